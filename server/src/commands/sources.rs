//! `sources`: publishers and agencies whose feeds may be polled. Each is off until somebody turns it on.
//!
//! The list is `sources.json`: real publishers of Asia, with a cautious limit of our own for each. Who turns
//! one on has read its terms.

mod ways;

use super::{Failed, beside, say};
use crate::config::Config;
use anyhow::Context;
use clap::Subcommand;
use news::{Lang, Place, Source, UsageTerms};
use serde::Deserialize;
use std::collections::BTreeSet;
use store::{Store, TakeDown};

const LIST: &str = include_str!("../sources.json");

/// Seconds between two fetches, until a feed's own rhythm is known.
const INTERVAL_S: i64 = 900;

/// What can be done about sources.
#[derive(Debug, Subcommand)]
pub(crate) enum Sources {
    /// Those we know of: on or off, place, language, limit in characters, name.
    List {
        /// Only those of this place, by its code: TH.
        #[arg(long, value_parser = place)]
        place: Option<Place>,
    },
    /// Poll the feeds of these from now on. Please read their terms first; `list` names them.
    Enable {
        /// The names in the first column of `list`.
        #[arg(required = true)]
        slug: Vec<String>,
    },
    /// Believe the marks of breaking news on their items: marked by one, and told by somebody else, it breaks by itself.
    Trust {
        /// The sources' names on the command line.
        #[arg(required = true)]
        slug: Vec<String>,
    },
    /// Believe their marks no more.
    Distrust {
        /// The sources' names on the command line.
        #[arg(required = true)]
        slug: Vec<String>,
    },
    /// Poll them no more. What they sent stays, under their terms.
    Disable {
        /// The names in the first column of `list`.
        #[arg(required = true)]
        slug: Vec<String>,
    },
    /// Make a secret with which a source signs what it pushes, and print it once.
    Push {
        /// The source's short name.
        slug: String,
        /// Take its pushes no more instead.
        #[arg(long)]
        end: bool,
    },
    /// Take mail of these senders in the watched folder as a source's, and of nobody else; none ends it.
    Mail {
        /// The source's short name.
        slug: String,
        /// Addresses such as desk@agency.example, or @agency.example for all of a domain.
        sender: Vec<String>,
    },
    /// Take down all that stands of a source, and poll it no more: its addresses answer 410 with the reason.
    Withdraw {
        /// Its name or short name.
        slug: String,
        /// The reason, as readers are told.
        #[arg(long, value_name = "SENTENCE")]
        why: String,
        /// Whose order it is, for the record; readers don't see it.
        #[arg(long, value_name = "NAME", default_value = "the newsroom")]
        by: String,
    },
}

fn place(code: &str) -> Result<Place, String> {
    Place::from_code(&code.to_uppercase()).ok_or_else(|| format!("{code} is none of our places"))
}

/// A source as the list has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    slug: String,
    name: String,
    owner: String,
    place: Place,
    lang: Lang,
    home: String,
    feeds: Vec<ListedFeed>,
    terms: Option<String>,
    max_chars: u32,
    max_share: Option<u8>,
    photos: bool,
    /// Where the feed's address was seen.
    #[expect(dead_code, reason = "for who reviews the list")]
    seen: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ListedFeed {
    url: String,
    #[serde(default)]
    #[expect(dead_code, reason = "a feed's section is kept once feeds have one")]
    section: Option<String>,
}

impl Sources {
    pub(crate) async fn run(self, config: Config) -> Result<(), Failed> {
        beside(&config, async |store| self.with(store).await).await
    }

    async fn with(self, store: &Store) -> Result<(), Failed> {
        let all = listed().map_err(|error| Failed::new(format_args!("{error:#}")))?;
        match self {
            Self::List { place } => list(store, &all, place).await,
            Self::Enable { slug } => {
                for source in chosen(&all, &slug)? {
                    enable(store, source).await?;
                }
                Ok(())
            }
            Self::Trust { slug } => trust(store, &slug, 1).await,
            Self::Distrust { slug } => trust(store, &slug, 0).await,
            Self::Disable { slug } => {
                for source in chosen(&all, &slug)? {
                    disable(store, source).await?;
                }
                Ok(())
            }
            Self::Push { slug, end: false } => ways::push(store, &slug).await,
            Self::Push { slug, end: true } => ways::end_push(store, &slug).await,
            Self::Mail { slug, sender } => ways::mail(store, &slug, &sender).await,
            Self::Withdraw { slug, why, by } => withdraw(store, &slug, &TakeDown { why, by }).await,
        }
    }
}

fn listed() -> anyhow::Result<Vec<Listed>> {
    serde_json::from_str(LIST).context("the list of sources")
}

/// All of them, or none where one isn't known.
fn chosen<'a>(all: &'a [Listed], slugs: &[String]) -> Result<Vec<&'a Listed>, Failed> {
    let known = |slug: &String| {
        let known = all.iter().find(|source| source.slug == *slug);
        known.ok_or_else(|| {
            let line = format!("there is no source {slug:?}; `sources list` names them");
            Failed::with_code(line, 65)
        })
    };
    slugs.iter().map(known).collect()
}

async fn list(store: &Store, all: &[Listed], place: Option<Place>) -> Result<(), Failed> {
    let polled: BTreeSet<String> = store
        .feeds()
        .await?
        .into_iter()
        .filter(|feed| !feed.off)
        // A feed that has moved is the one that the list names by its old address.
        .map(|feed| feed.first_url.unwrap_or(feed.url))
        .collect();
    let trusted = store.trusted().await?;
    for source in all
        .iter()
        .filter(|source| place.is_none_or(|place| place == source.place))
    {
        let on = source.feeds.iter().any(|feed| polled.contains(&feed.url));
        say(format_args!(
            "{:<26} {:<4} {:<3} {:<8} {:>4}  {} ({}){}",
            source.slug,
            if on { "on" } else { "off" },
            source.place.code(),
            source.lang,
            source.max_chars,
            source.name,
            source.owner,
            if trusted.contains(&source.slug) {
                ", trusted"
            } else {
                ""
            }
        ))?;
    }
    Ok(())
}

async fn enable(store: &Store, source: &Listed) -> Result<(), Failed> {
    // Terms that somebody has set stay as they are.
    let id = match store.source(&source.slug).await? {
        Some(known) => known.id,
        None => store.set_source(&made(source)).await?,
    };
    store.set_owner(id, Some(&source.owner)).await?;
    for feed in &source.feeds {
        store.add_feed(id, &feed.url, INTERVAL_S).await?;
    }
    let terms = source.terms.as_deref().unwrap_or("on its site");
    say(format_args!(
        "{} is on: {} characters of each item; its terms: {terms}",
        source.name, source.max_chars
    ))
}

fn made(source: &Listed) -> Source {
    Source {
        id: news::Id(0),
        slug: source.slug.clone(),
        name: source.name.clone(),
        home_url: source.home.clone(),
        lang: source.lang.clone(),
        terms: UsageTerms {
            max_chars: source.max_chars,
            max_share: source.max_share,
            photos: source.photos,
            terms_url: source.terms.clone(),
            ..UsageTerms::default()
        },
    }
}

/// All of them, or none where one isn't known.
async fn trust(store: &Store, slugs: &[String], trust: i64) -> Result<(), Failed> {
    let mut sources = vec![];
    for slug in slugs {
        let source = store.source(slug).await?.ok_or_else(|| {
            let line = format!("there is no source {slug:?} on this site; enable it first");
            Failed::with_code(line, 65)
        })?;
        sources.push(source);
    }
    for source in sources {
        store.set_trust(source.id, trust).await?;
        let not = if trust > 0 { "" } else { "not " };
        say(format_args!("{} is {not}trusted.", source.name))?;
    }
    Ok(())
}

async fn disable(store: &Store, source: &Listed) -> Result<(), Failed> {
    if let Some(known) = store.source(&source.slug).await? {
        store.switch_feeds_off(known.id).await?;
    }
    say(format_args!("{} is off.", source.name))
}

async fn withdraw(store: &Store, slug: &str, order: &TakeDown) -> Result<(), Failed> {
    let Some(source) = store.source(slug).await? else {
        return Err(Failed::with_code(format!("there is no source {slug}"), 65));
    };
    store.switch_feeds_off(source.id).await?;
    let mut gone = store.take_source_down(&source, order).await?;
    // Nothing of it is taken any more, by whatever way it comes; what came meanwhile goes as well.
    let mut ended = source.clone();
    ended.terms.contract_ends = Some(Store::now());
    store.set_source(&ended).await?;
    gone += store.take_source_down(&source, order).await?;
    let name = source.name;
    say(format_args!(
        "{name} is off; {gone} excerpts are withdrawn."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_wide_and_careful() {
        let all = listed().unwrap();
        let count = |of: Vec<String>| of.into_iter().collect::<BTreeSet<_>>().len();
        let each = |what: fn(&Listed) -> String| count(all.iter().map(what).collect());
        assert!(all.len() >= 60, "{}", all.len());
        assert!(each(|s| s.place.code().into()) >= 30);
        assert!(each(|s| s.lang.primary().into()) >= 12);
        assert_eq!(each(|s| s.slug.clone()), all.len());
        assert_eq!(each(|s| s.name.clone()), all.len());
        for source in &all {
            assert!(source.max_chars <= 280 && !source.photos, "{}", source.slug);
            assert!(!source.feeds.is_empty(), "{}", source.slug);
            assert!(
                ingest::registrable(&source.home).is_some(),
                "{}",
                source.slug
            );
            for feed in &source.feeds {
                assert!(url::Url::parse(&feed.url).is_ok(), "{}", feed.url);
            }
        }
    }
}
