//! The feeds we poll: when each is due, who has it at present, and what its last fetch left behind.
//! Whose they are stands in [`crate::source`], who tells us of their changes in [`crate::subscription`].

use news::{Id, Millis};

mod keep;

pub(crate) use keep::STATEMENTS;

/// An address of a source that we poll.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Feed {
    /// Its number.
    pub id: Id,
    /// Whose it is.
    pub source: Id,
    /// Its address.
    pub url: String,
    /// The validator it gave last.
    pub etag: Option<String>,
    /// The other validator.
    pub last_modified: Option<String>,
    /// A digest of the bytes it had last.
    pub body_hash: Option<String>,
    /// Seconds between two fetches as an operator set them.
    pub interval_s: i64,
    /// What the feed itself says and shows of how often it changes.
    pub pace: Pace,
    /// When it is due.
    pub next_at: Millis,
    /// Failures in a row.
    pub failures: u32,
    /// What went wrong last.
    pub last_error: Option<String>,
    /// Whether nobody polls it at present.
    pub off: bool,
    /// Where it says it has moved to for good.
    pub moved: Option<Moved>,
    /// The address it was added with, where it has moved since.
    pub first_url: Option<String>,
    /// Since when its server refuses it (401, 403, 404), without a break.
    pub refused_since: Option<Millis>,
    /// Until when a hub tells us of its changes.
    pub told_until: Option<Millis>,
    /// What its last polls came to.
    pub spent: Spent,
    /// The registrable domain it was last read from.
    pub host: Option<String>,
    /// What was odd about it, until somebody has looked: it may be somebody else's now.
    pub alarm: Option<String>,
    /// That it speaks another language than it did, until somebody has looked.
    pub alarm_lang: Option<String>,
    /// Why what it brings waits for the desk.
    pub held: Option<String>,
}

/// What the last polls of a feed came to. Older ones count less and less.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Spent {
    /// How many they were.
    pub polls: i64,
    /// How many of them found it as it had been.
    pub unchanged: i64,
    /// How many bytes were read.
    pub bytes: i64,
    /// How long its host took, in milliseconds.
    pub ms: i64,
}

impl Spent {
    /// How many of a hundred polls found nothing new.
    #[must_use]
    pub fn unchanged_percent(&self) -> Option<i64> {
        self.unchanged.saturating_mul(100).checked_div(self.polls)
    }

    /// Bytes and milliseconds of one poll.
    #[must_use]
    pub fn for_one(&self) -> Option<(i64, i64)> {
        let bytes = self.bytes.checked_div(self.polls)?;
        Some((bytes, self.ms.checked_div(self.polls)?))
    }
}

/// What one poll came to.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Cost {
    /// Whether the feed was as it had been.
    pub unchanged: bool,
    /// How many bytes were read.
    pub bytes: i64,
    /// How long its host took, in milliseconds.
    pub ms: i64,
}

/// How often a feed changes, by its items and by its own words.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Pace {
    /// Seconds: half the median between its last items; `None` where too few say when they are from.
    pub every_s: Option<i64>,
    /// Seconds that it asks its readers to wait at least.
    pub least_s: i64,
    /// Hours of the day (UTC) in which it asks not to be read: bit 0 is the hour after midnight.
    pub skip_hours: u32,
    /// Days of the week, in the same way: bit 0 is Monday.
    pub skip_days: u32,
}

/// A redirect for good.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Moved {
    /// Where to.
    pub to: String,
    /// When it was first said.
    pub since: Millis,
}

/// A feed that is due, before anybody has claimed it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DueFeed {
    /// Its number.
    pub id: Id,
    /// Its address.
    pub url: String,
    /// Failures in a row.
    pub failures: u32,
}

/// What a fetch of a feed left behind. Begin with [`Feed::fetched`].
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct FeedFetched {
    /// Which feed.
    pub feed: Id,
    /// When the fetch began.
    pub at: Millis,
    /// The validator for the next conditional GET.
    pub etag: Option<String>,
    /// The other validator.
    pub last_modified: Option<String>,
    /// A digest of the bytes.
    pub body_hash: Option<String>,
    /// How often the feed changes.
    pub pace: Pace,
    /// Where it says it has moved to for good.
    pub moved: Option<Moved>,
    /// It has said so for long enough: this is its address from now on, unless another feed has it.
    pub moves: Option<String>,
    /// Since when its server refuses it.
    pub refused_since: Option<Millis>,
    /// Whether nobody is to poll it any more.
    pub off: bool,
    /// When it is due again.
    pub next_at: Millis,
    /// Failures in a row, this one counted.
    pub failures: u32,
    /// What went wrong.
    pub error: Option<String>,
    /// What it came to.
    pub cost: Cost,
    /// Whether it only adds to a note that stands already: then it is no poll of its own.
    pub again: bool,
    /// The registrable domain it was read from.
    pub host: Option<String>,
    /// What is odd about it; one that stands there already stays.
    pub alarm: Option<String>,
    /// That it speaks another language than it did, in the same way.
    pub alarm_lang: Option<String>,
    /// Why what it brings waits for the desk from now on.
    pub held: Option<String>,
}

impl Feed {
    /// A refusal that lasts so long is no passing fault.
    const PATIENCE: i64 = 5 * Millis::DAY;

    /// Whether its server has refused it for five days: somebody has to look.
    #[must_use]
    pub fn is_refused(&self, now: Millis) -> bool {
        let since = self.refused_since.filter(|_| !self.off);
        since.is_some_and(|since| now.since(since) >= Self::PATIENCE)
    }

    /// A fetch that began at this moment, went well and changed nothing.
    #[must_use]
    pub fn fetched(&self, at: Millis, next_at: Millis) -> FeedFetched {
        FeedFetched {
            feed: self.id,
            at,
            etag: self.etag.clone(),
            last_modified: self.last_modified.clone(),
            body_hash: self.body_hash.clone(),
            pace: self.pace,
            moved: self.moved.clone(),
            moves: None,
            refused_since: None,
            off: false,
            next_at,
            failures: 0,
            error: None,
            cost: Cost::default(),
            again: false,
            host: self.host.clone(),
            alarm: None,
            alarm_lang: None,
            held: None,
        }
    }
}
