//! Filing: an agency's items become excerpts, those of a call in one transaction; a fetch of many items is
//! several calls (`ingest` hands over ten at a time).
//!
//! An item that may not stand here is refused alone; the others are filed. What is the same item is
//! told by [`known`]: filing the same again writes nothing.

use crate::cluster::{cluster_of, members};
use crate::db::Tx;
use crate::links::{both, set_places, stands};
use crate::rights::Deal;
use crate::source::{hold, source_of};
use crate::sql::{maybe, run, sql};
use crate::wire::{Fate, FileItems, NewExcerpt, Placing};
use crate::{Error, Result, Store, text};
pub(crate) use age::STATEMENTS as AGE;
use clean::{Clean, clean};
pub(crate) use embargo::STATEMENTS as EMBARGO;
use known::{Known, known};
pub(crate) use known::{Names, Recorded, STATEMENTS as KNOWN};
use news::{Id, Millis, NewsEvent, Refusal, Slug, Source, StoryId};
use record::Record;
pub(crate) use record::STATEMENTS as RECORD;
use sqlx::types::Json;
pub(crate) use version::STATEMENTS as VERSION;

mod age;
mod clean;
mod embargo;
mod known;
mod likeness;
mod record;
mod version;

sql! {
    ADD_EXCERPT = "INSERT INTO story(id, rev, kind, genre, stage, slug, lang, section_id, urgency, dateline,
            headline, source_id, source_url, source_host, excerpt, given_chars, pub_status, show_at, published_at,
            went_out_at, card_at, updated_at, undated, breaking_mark, to_place, held, archive)
        VALUES ($1, 1, 'excerpt', 'news', 'ready', $2, $3, $4, 5, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15, $15, $16,
            CASE WHEN (SELECT trust FROM source WHERE id = $7) > 0 THEN $17 END, $18, $19, $20)";
    TELL_AGAIN = "UPDATE story SET rev = rev + 1, lang = $2, dateline = $3, headline = $4, source_url = $5,
            source_host = $6, excerpt = CASE WHEN cut_by_editor THEN excerpt ELSE $7 END,
            section_id = CASE WHEN placed_by_editor OR ($12 AND NOT to_place) THEN section_id ELSE $8 END,
            pub_status = CASE WHEN to_place AND NOT $12 AND show_at IS NULL AND held IS NULL AND CAST($13 AS TEXT) IS NULL THEN 'usable' ELSE pub_status END,
            to_place = (to_place AND $12), held = CASE WHEN pub_status = 'withheld' THEN COALESCE(held, $13) ELSE held END,
            breaking_mark = COALESCE(breaking_mark, CASE WHEN (SELECT src.trust FROM source src WHERE src.id = story.source_id) > 0 THEN $11 END),
            given_chars = $10, went_out_at = $9, card_at = $9, updated_at = CASE WHEN $14 THEN $9 ELSE updated_at END
        WHERE id = $1 AND pub_status IN ('usable', 'withheld') RETURNING published_at, placed_by_editor, pub_status, excerpt";
}

/// What a batch has in common.
struct Batch<'a> {
    feed: Option<Id>,
    source: &'a Source,
    at: i64,
}

/// Published at, placed by an editor, its status and its words now.
type Told = (Option<i64>, bool, String, Json<Vec<String>>);

impl Store {
    /// Files the items of one fetch; a fate for each, in their order.
    pub async fn file_items(&self, batch: FileItems) -> Result<Vec<Fate>> {
        if batch.items.len() > FileItems::MOST {
            let limit = format!("at most {} items at once", FileItems::MOST);
            return Err(Refusal::TooLarge(limit).into());
        }
        // Two sources that name a new topic at once can stand in each other's way; one tries again.
        let mut tries = 0;
        loop {
            tries += 1;
            match self.try_to_file(&batch).await {
                Err(Error::Busy) if tries < 4 => tokio::task::yield_now().await,
                done => return done,
            }
        }
    }

    async fn try_to_file(&self, batch: &FileItems) -> Result<Vec<Fate>> {
        let looked = self.as_they_are(batch).await?;
        let mut tx = self.write().await?;
        // Two fetches of one source follow one another, and its terms stay until this one is through.
        hold(&mut tx, batch.source).await?;
        let Some(source) = source_of(&mut tx, batch.source).await? else {
            return Err(Refusal::Invalid("There is no such source.".into()).into());
        };
        let common = Batch {
            feed: batch.feed,
            source: &source,
            at: Self::now().0,
        };
        let mut fates = vec![];
        for (item, known) in batch.items.iter().zip(looked) {
            fates.push(match known {
                Some(id) => Fate::Duplicate(id),
                None => self.file(&mut tx, &common, item).await?,
            });
        }
        if let Some(fetched) = &batch.validators {
            self.note_fetch(&mut tx, fetched).await?;
        }
        tx.commit().await?;
        Ok(fates)
    }

    async fn file(&self, tx: &mut Tx, batch: &Batch<'_>, item: &NewExcerpt) -> Result<Fate> {
        let names = (text::clean(&item.guid), text::clean(&item.address));
        let (Ok(guid), Ok(address), Ok(hash)) = (names.0, names.1, text::clean(&item.content_hash))
        else {
            return Ok(refused("The item's id holds the character U+0000."));
        };
        let names = Names::of(&guid, &address);
        if names.guid.is_empty() {
            return Ok(refused("An item needs an id of its own."));
        }
        let (known, key) = known(tx, batch.source.id, names, item).await?;
        let names = Names {
            guid: &key,
            ..names
        };
        let story = known.as_ref().and_then(|k| k.story_id).map(Id);
        let same = known.as_ref().is_some_and(|k| k.content_hash == hash);
        let rejected = known.as_ref().is_some_and(|k| k.fate == "rejected");
        if let (Some(id), true, false) = (story, same, rejected) {
            return Ok(Fate::Duplicate(id));
        }
        if let Some(id) = story
            && version::is_past(tx, batch, names.guid, item).await?
        {
            return Ok(Fate::Duplicate(id));
        }
        if known.as_ref().is_some_and(Known::is_gone) {
            // What was withdrawn stays withdrawn, whatever the agency sends.
            return Ok(Fate::Refused(Refusal::Withdrawn));
        }
        let clean = match clean(batch, item, story) {
            Ok(clean) => clean,
            Err(Error::Refused(why)) => {
                if !(same && rejected) {
                    let record = Record {
                        why: &why.to_string(),
                        refused: Some(crate::rule::refused(item)),
                        ..Record::default()
                    };
                    self.record(tx, batch, (names, &hash), story, "rejected", record)
                        .await?;
                }
                return Ok(Fate::Refused(why));
            }
            Err(fault) => return Err(fault),
        };
        let retold = match story {
            Some(id) => age::is_retold(tx, id, &clean).await?,
            None => false,
        };
        let fate = match (story, known) {
            (Some(id), Some(known)) => {
                let waited = known.pub_status.as_deref() == Some("withheld");
                self.tell_again(tx, batch, (item, &clean), (id, waited, retold))
                    .await?
            }
            _ => self.tell_first(tx, batch, item, &clean).await?,
        };
        let (id, word) = match &fate {
            Fate::Update(id) => (Some(*id), "update"),
            Fate::New(id) => (Some(*id), "new"),
            Fate::Duplicate(_) | Fate::Refused(_) => return Ok(fate),
        };
        let record = Record {
            why: &clean.why,
            medtop: item.medtop.as_deref(),
            retold_at: retold.then_some(batch.at),
            ..Record::default()
        };
        self.record(tx, batch, (names, &hash), id, word, record)
            .await?;
        version::keep(tx, batch, names.guid, item).await?;
        Ok(fate)
    }

    async fn tell_first(
        &self,
        tx: &mut Tx,
        batch: &Batch<'_>,
        item: &NewExcerpt,
        clean: &Clean,
    ) -> Result<Fate> {
        let id = self.next_id();
        let slug = Slug::from_headline(&clean.headline);
        let published_at = batch.published_at(item);
        let waits = batch.waits_until(published_at);
        let to_place = item.placing == Placing::Guess;
        let hidden = waits.is_some() || to_place || item.hold.is_some();
        let status = if hidden { "withheld" } else { "usable" };
        let listed_at = (!hidden).then_some(published_at);
        run!(tx; ADD_EXCERPT, id.0, slug.as_ref().map(Slug::as_str), item.lang.as_str(),
            item.section.id(), clean.dateline.as_deref(), clean.headline.as_str(), batch.source.id.0,
            clean.url.as_str(), clean.host.as_str(), Json(&clean.words), clean.given, status, waits,
            published_at, batch.at, item.undated, clean.breaking.as_deref(), to_place, item.hold.as_deref(), clean.archive)?;
        set_places(tx, id, &item.places, listed_at).await?;
        self.set_topics(tx, id, &clean.topics).await?;
        let (now, words) = (Millis(batch.at), Some(clean.words.as_slice()));
        self.deal(tx, id, Deal::Filed, None, now).await?;
        if hidden {
            return Ok(Fate::New(id));
        }
        self.deal(tx, id, Deal::Shown, words, now).await?;
        let stands = stands(tx, id).await?;
        tx.tell(NewsEvent::ExcerptFiled {
            story: id,
            stands,
            new: true,
        });
        Ok(Fate::New(id))
    }

    async fn tell_again(
        &self,
        tx: &mut Tx,
        batch: &Batch<'_>,
        (item, clean): (&NewExcerpt, &Clean),
        (id, waited, retold): (StoryId, bool, bool),
    ) -> Result<Fate> {
        if let Some(refusal) = embargo::heeded(tx, batch, item, id).await? {
            return Ok(Fate::Refused(refusal));
        }
        let stood = stands(tx, id).await?;
        let headline = clean.headline.as_str();
        let to_place = item.placing == Placing::Guess;
        let told: Option<Told> = maybe!(tx tx; TELL_AGAIN, id.0, item.lang.as_str(),
            clean.dateline.as_deref(), headline, clean.url.as_str(), clean.host.as_str(),
            Json(&clean.words), item.section.id(), batch.at, clean.given, clean.breaking.as_deref(), to_place,
            item.hold.as_deref(), retold)?;
        // What the row says now: an editor may have placed or withdrawn it since it was looked at.
        let Some((published_at, placed_by_editor, status, words)) = told else {
            return Ok(Fate::Refused(Refusal::Withdrawn));
        };
        let shown = status == "usable";
        if !placed_by_editor {
            let listed_at = published_at.filter(|_| shown);
            set_places(tx, id, &item.places, listed_at).await?;
        }
        self.set_topics(tx, id, &clean.topics).await?;
        let words = Some(words.0.as_slice()).filter(|_| shown);
        let deal = if shown && waited {
            Deal::Shown
        } else {
            Deal::Updated
        };
        self.deal(tx, id, deal, words, Millis(batch.at)).await?;
        if !shown {
            return Ok(Fate::Update(id));
        }
        // A mark that comes with a change counts as one that came at once.
        if clean.breaking.is_some()
            && let Some(cluster) = cluster_of(tx, id).await?
        {
            let tellings = members(tx, cluster).await?;
            self.breaking_after_join(tx, &tellings, Millis(batch.at))
                .await?;
        }
        let now = stands(tx, id).await?;
        let section = now.sections.first().copied().unwrap_or(item.section);
        let stands = both(stood, section, &now.places);
        tx.tell(NewsEvent::ExcerptFiled {
            story: id,
            stands,
            new: waited,
        });
        Ok(Fate::Update(id))
    }
}

fn refused(sentence: &str) -> Fate {
    Fate::Refused(Refusal::Invalid(sentence.into()))
}
