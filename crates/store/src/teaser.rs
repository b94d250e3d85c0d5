//! Lists of what readers may have: cards of stories and excerpts, newest first, paged by key.

use crate::sql::{all, maybe, sql};
use crate::voice::voice;
use crate::{Result, Store, number, row};
use card::TeaserRow;
use news::front::Of;
use news::{ClusterId, Id, Millis, Place, Section, StoryId, Teaser};
use std::collections::HashSet;

mod card;

/// What every list reads: only columns that publication wrote.
macro_rules! teasers {
    ($where:expr) => {
        concat!(
            "SELECT s.id, s.kind, s.slug, s.headline, s.standfirst, s.note, s.lang, s.section_id, s.genre,
                s.dateline, s.urgency, s.published_at, s.card_at, s.excerpt, s.given_chars, s.source_url, s.source_host,
                src.slug AS source_slug, src.name AS source_name, src.terms AS source_terms,
                m.sha256, m.mime, m.width, m.height, m.credit, m.alt, m.caption,
                (SELECT string_agg(p.code, ',' ORDER BY p.position) FROM story_place p WHERE p.story_id = s.id) AS places,
                (SELECT string_agg(a.name, '\n' ORDER BY sa.position) FROM story_author sa
                    JOIN author a ON a.id = sa.author_id WHERE sa.story_id = s.id) AS authors,
                s.cluster_id, c.slug AS cluster_slug,
                (SELECT string_agg(", voice!("ts"), " || '\t' || COALESCE(ts.name, ''), '\n' ORDER BY t.published_at, t.id) FROM story t
                    LEFT JOIN source ts ON ts.id = t.source_id
                    WHERE t.cluster_id = s.cluster_id AND t.pub_status = 'usable') AS tellers
            FROM story s LEFT JOIN source src ON src.id = s.source_id LEFT JOIN media m ON m.id = s.hero_media_id
            LEFT JOIN cluster c ON c.id = s.cluster_id WHERE ",
            $where,
            " AND s.pub_status = 'usable' ORDER BY s.published_at DESC, s.id DESC"
        )
    };
}

/// Whether a telling stands for its event in a list: no other of its tellings that stands in the list comes before it.
macro_rules! first_of_event {
    ($story:literal, $in_list:expr) => {
        concat!(
            "NOT EXISTS (SELECT 1 FROM story f WHERE f.cluster_id = ",
            $story,
            ".cluster_id AND f.pub_status = 'usable'
                AND (f.cluster_rank, f.published_at, f.id) < (",
            $story,
            ".cluster_rank, ",
            $story,
            ".published_at, ",
            $story,
            ".id)",
            $in_list,
            ")"
        )
    };
}

sql! {
    ONE = teasers!("s.id = $1");
    OF_EVENT = teasers!("s.cluster_id = $1");
    ALL = concat!(teasers!(concat!("(s.published_at, s.id) < ($1, $2) AND ", first_of_event!("s", ""))), " LIMIT $3");
    // What gave no date of its own stands where it came in; among the latest it would be news for ever.
    SINCE = concat!(teasers!(concat!("s.published_at >= $1 AND NOT s.undated AND NOT s.archive AND (s.published_at, s.id) < ($2, $3) AND ",
        first_of_event!("s", " AND f.published_at >= $1 AND NOT f.undated AND NOT f.archive"))), " LIMIT $4");
    IS_SINCE = "SELECT id FROM story WHERE id = $1 AND pub_status = 'usable' AND NOT undated AND NOT archive AND published_at >= $2";
    IS_ARCHIVE = "SELECT id FROM story WHERE id = $1 AND archive";
    OF_SECTION = concat!(teasers!(concat!("s.section_id = $1 AND (s.published_at, s.id) < ($2, $3) AND ",
        first_of_event!("s", " AND f.section_id = s.section_id"))), " LIMIT $4");
    OF_PLACE = teasers!(concat!("s.id IN (SELECT sp.story_id FROM story_place sp JOIN story o ON o.id = sp.story_id
        WHERE sp.code = $1 AND sp.listed_at IS NOT NULL AND (sp.listed_at, sp.story_id) < ($2, $3) AND ",
        first_of_event!("o", " AND EXISTS (SELECT 1 FROM story_place fp WHERE fp.story_id = f.id AND fp.code = $1)"),
        " ORDER BY sp.listed_at DESC, sp.story_id DESC LIMIT $4)"));
    OF_REGION = teasers!(concat!("s.id IN (SELECT story_id FROM (SELECT DISTINCT sp.listed_at, sp.story_id FROM story_place sp
        JOIN story o ON o.id = sp.story_id
        WHERE sp.region = $1 AND sp.listed_at IS NOT NULL AND (sp.listed_at, sp.story_id) < ($2, $3) AND ",
        first_of_event!("o", " AND EXISTS (SELECT 1 FROM story_place fp WHERE fp.story_id = f.id AND fp.region = $1)"),
        " ORDER BY sp.listed_at DESC, sp.story_id DESC LIMIT $4) newest)"));
    OF_SECTION_PLACE = teasers!(concat!("s.id IN (SELECT sp.story_id FROM story_place sp JOIN story o ON o.id = sp.story_id
        WHERE sp.code = $1 AND sp.listed_at IS NOT NULL AND (sp.listed_at, sp.story_id) < ($2, $3) AND o.section_id = $5 AND ",
        first_of_event!("o", " AND f.section_id = $5
            AND EXISTS (SELECT 1 FROM story_place fp WHERE fp.story_id = f.id AND fp.code = $1)"),
        " ORDER BY sp.listed_at DESC, sp.story_id DESC LIMIT $4)"));
    COUNT_SECTIONS = "SELECT section_id, COUNT(*) FROM story WHERE pub_status = 'usable' GROUP BY section_id";
    COUNT_PLACES = "SELECT p.code, s.section_id, COUNT(*) FROM story_place p JOIN story s ON s.id = p.story_id
        WHERE p.listed_at IS NOT NULL AND s.pub_status = 'usable' GROUP BY p.code, s.section_id";
}

/// How many stories stand where.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Counts {
    /// All of them.
    pub all: u64,
    /// By section, in the site's order; empty ones are left out.
    pub sections: Vec<(Section, u64)>,
    /// By place, in the site's order; empty ones are left out.
    pub places: Vec<(Place, u64)>,
    /// By both; empty ones are left out.
    pub crossed: Vec<(Section, Place, u64)>,
}

impl Store {
    /// What readers may have, newest first; the page after `before` (the last teaser's moment and id).
    ///
    /// A card's `updated_at` is the moment the card itself last changed: a correction of the body
    /// alone leaves every list as it is, byte for byte.
    pub async fn teasers(
        &self,
        of: Of,
        before: Option<(Millis, Id)>,
        most: u32,
    ) -> Result<Vec<Teaser>> {
        let (at, id) = before.map_or((i64::MAX, i64::MAX), |(at, id)| (at.0, id.0));
        let most = i64::from(most);
        let rows: Vec<TeaserRow> = match of {
            Of::All => all!(read self.db(); ALL, at, id, most)?,
            Of::Since(since) => all!(read self.db(); SINCE, since.0, at, id, most)?,
            Of::Section(section) => all!(read self.db(); OF_SECTION, section.id(), at, id, most)?,
            Of::Place(place) => all!(read self.db(); OF_PLACE, place.code(), at, id, most)?,
            Of::Region(region) => all!(read self.db(); OF_REGION, region.slug(), at, id, most)?,
            Of::SectionPlace(section, place) => {
                all!(read self.db(); OF_SECTION_PLACE, place.code(), at, id, most, section.id())?
            }
        };
        rows.into_iter().map(TeaserRow::teaser).collect()
    }

    /// One card; `None` where readers don't have the story.
    pub async fn teaser(&self, id: StoryId) -> Result<Option<Teaser>> {
        let row: Option<TeaserRow> = maybe!(read self.db(); ONE, id.0)?;
        row.map(TeaserRow::teaser).transpose()
    }

    /// The tellings of an event that readers have, newest first.
    pub async fn tellings(&self, cluster: ClusterId) -> Result<Vec<Teaser>> {
        let rows: Vec<TeaserRow> = all!(read self.db(); OF_EVENT, cluster.0)?;
        rows.into_iter().map(TeaserRow::teaser).collect()
    }

    /// Whether a story stands in the list of everything since a moment ([`Of::Since`]).
    pub async fn is_since(&self, id: StoryId, since: Millis) -> Result<bool> {
        let row: Option<(i64,)> = maybe!(read self.db(); IS_SINCE, id.0, since.0)?;
        Ok(row.is_some())
    }

    /// Whether it was too old for news when it first came: it stands in its lists, and nobody is told of it.
    pub async fn is_archive(&self, id: StoryId) -> Result<bool> {
        let row: Option<(i64,)> = maybe!(read self.db(); IS_ARCHIVE, id.0)?;
        Ok(row.is_some())
    }

    /// What to read next: shared places first, then the section's newest; never the story itself, and no other telling
    /// of its event.
    /// It follows from the lists of the story's section and places alone.
    pub async fn related(&self, id: StoryId, most: u32) -> Result<Vec<Teaser>> {
        let Some(this) = self.teaser(id).await? else {
            return Ok(vec![]);
        };
        let window = most.saturating_add(1).max(24);
        let mut near = self
            .teasers(Of::Section(this.section()), None, window)
            .await?;
        for place in this.places() {
            near.extend(self.teasers(Of::Place(*place), None, window).await?);
        }
        let mut seen = HashSet::from([id]);
        let event = |teaser: &Teaser| teaser.event().map(|event| event.address.id);
        let own = event(&this);
        near.retain(|near| seen.insert(near.id()) && (own.is_none() || event(near) != own));
        let shared = |t: &Teaser| {
            t.places()
                .iter()
                .filter(|place| this.places().contains(place))
                .count()
        };
        near.sort_by_key(|t| std::cmp::Reverse((shared(t), t.published_at(), t.id())));
        near.truncate(usize::try_from(most).unwrap_or(usize::MAX));
        Ok(near)
    }

    /// How many stories readers have, by section and place.
    pub async fn counts(&self) -> Result<Counts> {
        let mut tx = self.db().look().await?;
        let sections: Vec<(i64, i64)> = all!(tx tx; COUNT_SECTIONS)?;
        let crossed: Vec<(String, i64, i64)> = all!(tx tx; COUNT_PLACES)?;
        let mut counts = Counts::default();
        for (id, n) in sections {
            counts.sections.push((row::section(id)?, number(n)?));
            counts.all += number(n)?;
        }
        for (code, id, n) in crossed {
            for place in row::places(Some(&code))? {
                counts.crossed.push((row::section(id)?, place, number(n)?));
            }
        }
        counts.sections.sort();
        counts.crossed.sort();
        counts.places = Place::ALL
            .into_iter()
            .map(|p| {
                (
                    p,
                    counts
                        .crossed
                        .iter()
                        .filter(|c| c.1 == p)
                        .map(|c| c.2)
                        .sum(),
                )
            })
            .filter(|(_, n)| *n > 0)
            .collect();
        Ok(counts)
    }
}
