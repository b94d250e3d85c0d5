//! Lists of what readers may have: cards of stories and excerpts, newest first, paged by key.

use crate::place::given;
use crate::row::{self, PictureRow};
use crate::sql::{all, maybe, sql};
use crate::{Result, Store, number};
use news::excerpt::{self, Room};
use news::front::Of;
use news::{
    ExcerptCard, Genre, Id, Millis, Place, ReadMore, Section, StoryCard, StoryId, Teaser,
    UsageTerms,
};
use sqlx::types::Json;
use std::collections::HashSet;

/// What every list reads: only columns that publication wrote.
macro_rules! teasers {
    ($from:literal) => {
        concat!(
            "SELECT s.id, s.kind, s.slug, s.headline, s.standfirst, s.note, s.lang, s.section_id, s.genre,
                s.dateline, s.urgency, s.published_at, s.card_at, s.excerpt, s.given_chars, s.source_url, s.source_host,
                src.slug AS source_slug, src.name AS source_name, src.terms AS source_terms,
                m.sha256, m.mime, m.width, m.height, m.credit, m.alt, m.caption,
                (SELECT string_agg(p.code, ',' ORDER BY p.position) FROM story_place p WHERE p.story_id = s.id) AS places,
                (SELECT string_agg(a.name, '\n' ORDER BY sa.position) FROM story_author sa
                    JOIN author a ON a.id = sa.author_id WHERE sa.story_id = s.id) AS authors
            FROM story s LEFT JOIN source src ON src.id = s.source_id LEFT JOIN media m ON m.id = s.hero_media_id ",
            $from,
            " AND s.pub_status = 'usable' ORDER BY s.published_at DESC, s.id DESC"
        )
    };
}

sql! {
    ONE = teasers!("WHERE s.id = $1");
    ALL = concat!(teasers!("WHERE (s.published_at, s.id) < ($1, $2)"), " LIMIT $3");
    OF_SECTION = concat!(
        teasers!("WHERE s.section_id = $1 AND (s.published_at, s.id) < ($2, $3)"), " LIMIT $4"
    );
    OF_PLACE = teasers!("WHERE s.id IN (SELECT story_id FROM story_place
        WHERE code = $1 AND listed_at IS NOT NULL AND (listed_at, story_id) < ($2, $3)
        ORDER BY listed_at DESC, story_id DESC LIMIT $4)");
    OF_REGION = teasers!("WHERE s.id IN (SELECT story_id FROM (SELECT DISTINCT listed_at, story_id FROM story_place
        WHERE region = $1 AND listed_at IS NOT NULL AND (listed_at, story_id) < ($2, $3)
        ORDER BY listed_at DESC, story_id DESC LIMIT $4) newest)");
    OF_SECTION_PLACE = teasers!("WHERE s.id IN (SELECT sp.story_id FROM story_place sp JOIN story o ON o.id = sp.story_id
        WHERE sp.code = $1 AND sp.listed_at IS NOT NULL AND (sp.listed_at, sp.story_id) < ($2, $3) AND o.section_id = $5
        ORDER BY sp.listed_at DESC, sp.story_id DESC LIMIT $4)");
    COUNT_SECTIONS = "SELECT section_id, COUNT(*) FROM story WHERE pub_status = 'usable' GROUP BY section_id";
    COUNT_PLACES = "SELECT p.code, s.section_id, COUNT(*) FROM story_place p JOIN story s ON s.id = p.story_id
        WHERE p.listed_at IS NOT NULL AND s.pub_status = 'usable' GROUP BY p.code, s.section_id";
}

/// How many graphemes of an agency's words a card shows.
const CARD_WORDS: usize = 240;

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

#[derive(sqlx::FromRow)]
struct TeaserRow {
    id: i64,
    kind: String,
    slug: Option<String>,
    headline: Option<String>,
    standfirst: Option<String>,
    note: Option<String>,
    lang: String,
    section_id: i64,
    genre: String,
    dateline: Option<String>,
    urgency: i64,
    published_at: Option<i64>,
    card_at: Option<i64>,
    excerpt: Option<Json<Vec<String>>>,
    given_chars: Option<i64>,
    source_url: Option<String>,
    source_host: Option<String>,
    source_slug: Option<String>,
    source_name: Option<String>,
    source_terms: Option<Json<UsageTerms>>,
    #[sqlx(flatten)]
    picture: PictureRow,
    places: Option<String>,
    authors: Option<String>,
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

    /// What to read next: shared places first, then the section's newest; never the story itself.
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
        near.retain(|teaser| seen.insert(teaser.id()));
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

impl TeaserRow {
    fn teaser(self) -> Result<Teaser> {
        let address = row::address(self.id, self.slug.as_deref());
        let lang = row::lang(&self.lang)?;
        let section = row::section(self.section_id)?;
        let places = row::places(self.places.as_deref())?;
        let published_at = Millis(self.published_at.unwrap_or_default());
        let headline = self.headline.unwrap_or_default();
        if self.kind == "excerpt" {
            let missing = || row::odd("excerpt", &self.id.to_string());
            let terms = self.source_terms.map(|terms| terms.0).unwrap_or_default();
            let words = self.excerpt.map(|e| e.0).unwrap_or_default();
            let room = Room::under(&terms, given(self.given_chars, &words));
            let room = room.at_most(CARD_WORDS).in_chars(&words);
            return Ok(Teaser::Excerpt(ExcerptCard {
                address,
                headline,
                note: self.note,
                words: first_words(&words, room),
                lang,
                section,
                places,
                source: (
                    self.source_slug.ok_or_else(missing)?,
                    self.source_name.ok_or_else(missing)?,
                ),
                read_more: ReadMore {
                    url: self.source_url.ok_or_else(missing)?,
                    host: self.source_host.ok_or_else(missing)?,
                },
                published_at,
            }));
        }
        Ok(Teaser::Story(StoryCard {
            address,
            headline,
            standfirst: self.standfirst.unwrap_or_default(),
            lang,
            section,
            genre: Genre::from_slug(&self.genre).ok_or_else(|| row::odd("genre", &self.genre))?,
            places,
            authors: row::lines(self.authors.as_deref()),
            dateline: self.dateline,
            picture: self.picture.picture(),
            urgency: u8::try_from(self.urgency).unwrap_or(5),
            published_at,
            updated_at: self.card_at.map_or(published_at, Millis),
        }))
    }
}

/// The first paragraph, or as much of it as there is room for: it ends as the page's words would.
fn first_words(paragraphs: &[String], room: usize) -> String {
    let first = paragraphs.get(..1).unwrap_or_default();
    let mut cut = excerpt::cut(first, Room::of_chars(room));
    cut.pop().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_shows_whole_words_or_sentences() {
        let check = |text: String, room: usize, want: &str| {
            let words = first_words(&[text], room);
            assert_eq!(words, want);
            assert!(excerpt::length(&[words]) <= room);
        };
        check("Short.".into(), 240, "Short.");
        check("Rain falls. Ferries wait".into(), 18, "Rain falls.");
        check("Ferries stop, and all wait".into(), 15, "Ferries stop…");
        check("台風が接近している".into(), 5, "台風が接…");
        check("बाढ़ से राहत मिली".into(), 10, "बाढ़ से राहत…");
        assert_eq!(first_words(&[], 240), "");
    }
}
