//! A card from its row.

use crate::Result;
use crate::place::given;
use crate::row::{self, PictureRow};
use news::excerpt::{self, Room};
use news::{
    EventAddress, EventLine, ExcerptCard, Genre, Id, Millis, ReadMore, Slug, StoryCard, Teaser,
    UsageTerms,
};
use sqlx::types::Json;

/// How many graphemes of an agency's words a card shows.
const CARD_WORDS: usize = 240;

#[derive(sqlx::FromRow)]
pub(super) struct TeaserRow {
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
    cluster_id: Option<i64>,
    cluster_slug: Option<String>,
    tellers: Option<String>,
}

impl TeaserRow {
    pub(super) fn teaser(self) -> Result<Teaser> {
        let address = row::address(self.id, self.slug.as_deref());
        let lang = row::lang(&self.lang)?;
        let section = row::section(self.section_id)?;
        let places = row::places(self.places.as_deref())?;
        let published_at = Millis(self.published_at.unwrap_or_default());
        let headline = self.headline.unwrap_or_default();
        let event = event(
            self.cluster_id,
            self.cluster_slug.as_deref(),
            self.tellers.as_deref(),
        );
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
                event,
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
            event,
        }))
    }
}

/// The line of an event: one telling alone has none. `tellers` says who told, once for each telling, the first first:
/// whose voice it is and the name of the source.
fn event(cluster: Option<i64>, slug: Option<&str>, tellers: Option<&str>) -> Option<EventLine> {
    let tellers = tellers?;
    let address = EventAddress {
        slug: slug.and_then(Slug::parse),
        id: Id(cluster?),
    };
    let line = EventLine::of(
        address,
        tellers
            .split('\n')
            .map(|teller| teller.split_once('\t').unwrap_or((teller, teller))),
    );
    (line.tellings > 1).then_some(line)
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
