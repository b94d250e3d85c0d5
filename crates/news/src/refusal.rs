//! Why we said no, as a sentence for a person, with a status.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A refusal is never our failure: the person who reads it can do something about it.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Refusal {
    /// No such story, draft or page.
    NotFound,
    /// There is no session, or it has ended.
    SignInFirst,
    /// Signed in, but this role may not.
    NotYours,
    /// The request came from another site.
    WrongOrigin,
    /// E-mail and password don't belong together.
    WrongPassword,
    /// A sign-in link that was used before, is too old or never was one.
    LinkUsed,
    /// Too many tries; seconds to wait.
    TooOften(u32),
    /// Somebody else was faster.
    Stale {
        /// The version the request was made against.
        yours: u64,
        /// The version the store has.
        ours: u64,
    },
    /// A change that our schema doesn't allow; why, in a few words.
    NotOurSchema(String),
    /// More than we take at once; what, and the limit.
    TooLarge(String),
    /// The agency's words would exceed its terms.
    BeyondTerms {
        /// Whose terms.
        source: String,
        /// What they allow: "280 characters".
        allow: String,
    },
    /// A field is missing or can't be so; the whole sentence.
    Invalid(String),
    /// The words are of another member of the staff than the one who is signed in.
    SomebodyElse,
    /// The story was withdrawn and stays so.
    Withdrawn,
    /// The disk or the database doesn't take writes at the moment.
    Unavailable,
}

impl Refusal {
    /// The HTTP status it is answered with.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::NotFound => 404,
            Self::SignInFirst | Self::SomebodyElse | Self::WrongPassword => 401,
            Self::NotYours | Self::WrongOrigin => 403,
            Self::TooOften(_) => 429,
            Self::Stale { .. } => 409,
            Self::NotOurSchema(_) | Self::BeyondTerms { .. } | Self::Invalid(_) => 422,
            Self::TooLarge(_) => 413,
            Self::LinkUsed | Self::Withdrawn => 410,
            Self::Unavailable => 503,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound => f.write_str("There is no such story or page."),
            Self::SignInFirst => f.write_str("Please sign in first; your text is kept."),
            Self::NotYours => f.write_str("Your role doesn't allow this. Ask an editor."),
            Self::WrongOrigin => {
                f.write_str("This request came from another site and was not carried out.")
            }
            Self::WrongPassword => f.write_str("E-mail and password don't belong together."),
            Self::LinkUsed => {
                f.write_str("This link was used before or is too old. Ask for a new one.")
            }
            Self::TooOften(seconds) => {
                write!(
                    f,
                    "Too many tries. Please wait {seconds} seconds and try again."
                )
            }
            Self::Stale { .. } => f.write_str(
                "Somebody else changed this meanwhile. Please look at what stands there now, and try again.",
            ),
            Self::NotOurSchema(why) => write!(f, "This change can't be taken: {why}."),
            Self::TooLarge(what) => write!(f, "This is too large: {what}."),
            Self::BeyondTerms { source, allow } => write!(
                f,
                "The terms of {source} allow {allow}; the excerpt can't be longer."
            ),
            Self::Invalid(sentence) => f.write_str(sentence),
            Self::SomebodyElse => f.write_str(
                "Somebody else is signed in in this browser now. Your text is kept until you are again.",
            ),
            Self::Withdrawn => f.write_str("This story was withdrawn and can't be changed."),
            Self::Unavailable => f.write_str(
                "The newsroom can't save at the moment. Your text is kept; please try again.",
            ),
        }
    }
}

impl std::error::Error for Refusal {}
