//! What was wrong with a feed, for whoever reads the report.

use std::fmt;

/// What was wrong with a feed or with one of its items.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum FeedComplaint {
    /// Larger than we take.
    TooLarge(usize),
    /// Some bytes meant nothing in its encoding.
    Damaged(&'static str),
    /// More of something than a feed has; it was searched, not parsed.
    Beyond(&'static str),
    /// The parser refused it; its reason.
    Refused(String),
    /// The parser panicked; the authors' names were left out and it was read again.
    Panicked,
    /// Only the items that could be found in the broken feed.
    Salvaged(usize),
    /// Nothing that we read.
    NoFeed,
    /// A mail, and who sent it: none of its source's senders.
    Unwelcome(String),
    /// An item, and what it lacks.
    Item {
        /// Its title, address or number.
        which: String,
        /// What is wrong with it.
        why: String,
    },
}

impl fmt::Display for FeedComplaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge(bytes) => write!(f, "the feed has {bytes} bytes, more than we take"),
            Self::Damaged(encoding) => write!(f, "some bytes mean nothing in {encoding}"),
            Self::Beyond(what) => write!(f, "the feed has {what}"),
            Self::Refused(why) => write!(f, "it can't be read: {why}"),
            Self::Panicked => f.write_str("the parser failed; read again without authors' names"),
            Self::Salvaged(items) => {
                write!(f, "the feed is broken; {items} items were found in it")
            }
            Self::NoFeed => {
                f.write_str("this is no RSS, Atom or JSON Feed, no ninjs, NewsML-G2 or NITF")
            }
            Self::Unwelcome(who) => write!(f, "mail of {who} isn't taken as this source's"),
            Self::Item { which, why } => write!(f, "{which}: {why}"),
        }
    }
}
