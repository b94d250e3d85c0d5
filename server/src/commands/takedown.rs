//! `takedown`: by order of somebody outside, or by our own word, a story or an excerpt goes for good.

use super::{Failed, beside, say};
use crate::config::Config;
use clap::Args;
use news::StoryAddress;
use store::TakeDown;

/// One story or excerpt.
#[derive(Args, Debug)]
pub(crate) struct Takedown {
    /// Its address on this site, or the last part of it: /story/typhoon-nears-kyushu-5k2f9.
    address: String,
    /// The reason, as readers are told in its place.
    #[arg(long, value_name = "SENTENCE")]
    why: String,
    /// Whose order it is: a court, an agency's desk, a person. For the record; readers don't see it.
    #[arg(long, value_name = "NAME")]
    by: String,
}

impl Takedown {
    pub(crate) async fn run(self, config: Config) -> Result<(), Failed> {
        let path = self.address.split(['?', '#']).next().unwrap_or_default();
        let path = path.trim_end_matches('/');
        // What has no /story/ in it may be the last part alone, and nothing else.
        let part = path.rsplit_once("/story/").map_or(path, |(_, part)| part);
        let Some(address) = StoryAddress::parse(part) else {
            let line = format!("{} is no story's address", self.address);
            return Err(Failed::with_code(line, 64));
        };
        let order = TakeDown {
            why: self.why,
            by: self.by,
        };
        beside(&config, async |store| {
            let now = store.take_down(address.id, &order).await?;
            let so = if now { "is" } else { "was already" };
            say(format_args!("{address} {so} withdrawn: it answers 410."))
        })
        .await
    }
}
