//! A story's row, whole, as the readers' page and the desk both read it. It holds no draft's words.

use crate::db::Tx;
use crate::sql::{all, maybe, sql};
use crate::{Error, Result, media, number, place};
use news::excerpt::{self, Room};
use news::story::{Excerpt, Picture, Topic};
use news::{
    Document, Genre, Id, Kind, Lang, Millis, Place, PubStatus, ReadMore, Section, Slug, Source,
    Stage, Story, StoryAddress, StoryId, UsageTerms,
};
use serde_json::Value;
use sqlx::types::Json;

sql! {
    STORY = "SELECT s.id, s.rev, s.kind, s.genre, s.pub_status, s.stage, s.slug, s.lang, s.section_id, s.urgency,
            s.dateline, s.owner_id, s.headline, s.excerpt, s.given_chars, s.note, s.source_url, s.source_host,
            s.draft_version, s.published_version, s.published_at, s.went_out_at, s.updated_at, s.drafted_at,
            s.canceled_at, s.canceled_why, s.breaking_until,
            src.id AS source_id, src.slug AS source_slug, src.name AS source_name,
            src.home_url AS source_home, src.lang AS source_lang, src.terms AS source_terms,
            m.sha256, m.mime, m.width, m.height, m.credit, m.alt, m.caption,
            (SELECT string_agg(p.code, ',' ORDER BY p.position) FROM story_place p WHERE p.story_id = s.id) AS places,
            (SELECT string_agg(a.name, '\n' ORDER BY sa.position) FROM story_author sa
                JOIN author a ON a.id = sa.author_id WHERE sa.story_id = s.id) AS authors
        FROM story s
        LEFT JOIN source src ON src.id = s.source_id
        LEFT JOIN media m ON m.id = s.hero_media_id
        WHERE s.id = $1";
    TOPICS = "SELECT t.slug, t.names FROM story_topic st JOIN topic t ON t.id = st.topic_id
        WHERE st.story_id = $1 ORDER BY st.position";
}

/// A row of [`STORY`].
#[derive(sqlx::FromRow)]
pub(crate) struct StoryRow {
    id: i64,
    rev: i64,
    kind: String,
    genre: String,
    pub_status: String,
    stage: String,
    slug: Option<String>,
    lang: String,
    section_id: i64,
    urgency: i64,
    dateline: Option<String>,
    owner_id: Option<i64>,
    headline: Option<String>,
    excerpt: Option<Json<Vec<String>>>,
    given_chars: Option<i64>,
    note: Option<String>,
    source_url: Option<String>,
    source_host: Option<String>,
    draft_version: i64,
    published_version: Option<i64>,
    published_at: Option<i64>,
    went_out_at: Option<i64>,
    updated_at: i64,
    drafted_at: Option<i64>,
    canceled_at: Option<i64>,
    canceled_why: Option<String>,
    breaking_until: Option<i64>,
    source_id: Option<i64>,
    source_slug: Option<String>,
    source_name: Option<String>,
    source_home: Option<String>,
    source_lang: Option<String>,
    source_terms: Option<Json<UsageTerms>>,
    #[sqlx(flatten)]
    picture: PictureRow,
    places: Option<String>,
    authors: Option<String>,
}

/// The columns of a picture, empty where there is none.
#[derive(sqlx::FromRow)]
pub(crate) struct PictureRow {
    sha256: Option<String>,
    mime: Option<String>,
    width: Option<i64>,
    height: Option<i64>,
    credit: Option<String>,
    alt: Option<String>,
    caption: Option<String>,
}

/// The story's row and what it is filed under.
pub(crate) async fn story(tx: &mut Tx, id: StoryId) -> Result<Option<(StoryRow, Vec<Topic>)>> {
    let row: Option<StoryRow> = maybe!(tx tx; STORY, id.0)?;
    let Some(row) = row else { return Ok(None) };
    let topics: Vec<(String, Json<Value>)> = all!(tx tx; TOPICS, id.0)?;
    let topics = topics.into_iter().map(|(slug, names)| {
        let name = names
            .get("en")
            .and_then(Value::as_str)
            .unwrap_or(&slug)
            .to_owned();
        Topic { slug, name }
    });
    Ok(Some((row, topics.collect())))
}

impl StoryRow {
    pub(crate) fn kind(&self) -> Result<Kind> {
        Kind::from_slug(&self.kind).ok_or_else(|| odd("kind", &self.kind))
    }

    pub(crate) fn pub_status(&self) -> Result<PubStatus> {
        PubStatus::from_slug(&self.pub_status).ok_or_else(|| odd("pub_status", &self.pub_status))
    }

    pub(crate) const fn published_version(&self) -> Option<i64> {
        self.published_version
    }

    pub(crate) fn gone(&self) -> news::story::Gone {
        news::story::Gone {
            id: Id(self.id),
            at: Millis(self.canceled_at.unwrap_or(self.updated_at)),
            why: self.canceled_why.clone().unwrap_or_default(),
        }
    }

    /// The story as readers have it: nothing in it moves while the desk writes on.
    pub(crate) fn published(self, topics: Vec<Topic>, document: Document) -> Result<Story> {
        let version = number(self.published_version.unwrap_or_default())?;
        let mut story = self.draft(topics, document, version)?;
        story.draft_version = version;
        story.stage = Stage::Ready;
        Ok(story)
    }

    /// The story as the desk has it, with the document of `version`.
    pub(crate) fn draft(
        self,
        topics: Vec<Topic>,
        document: Document,
        version: u64,
    ) -> Result<Story> {
        Ok(Story {
            genre: Genre::from_slug(&self.genre).ok_or_else(|| odd("genre", &self.genre))?,
            pub_status: self.pub_status()?,
            stage: Stage::from_slug(&self.stage).ok_or_else(|| odd("stage", &self.stage))?,
            address: address(self.id, self.slug.as_deref()),
            rev: number(self.rev)?,
            lang: lang(&self.lang)?,
            section: section(self.section_id)?,
            places: places(self.places.as_deref())?,
            topics,
            authors: lines(self.authors.as_deref()),
            dateline: self.dateline,
            document,
            version,
            draft_version: number(self.draft_version)?,
            published_version: self.published_version.map(number).transpose()?,
            picture: self.picture.picture(),
            owner: self.owner_id.map(Id),
            first_published_at: self.published_at.map(Millis),
            published_at: self.went_out_at.map(Millis),
            updated_at: Millis(self.updated_at),
            urgency: u8::try_from(self.urgency).unwrap_or(5),
            breaking_until: self.breaking_until.map(Millis),
        })
    }

    pub(crate) fn excerpt(mut self, topics: Vec<Topic>) -> Result<Excerpt> {
        let missing = || odd("excerpt", &self.id.to_string());
        let source = Source {
            id: Id(self.source_id.ok_or_else(missing)?),
            slug: self.source_slug.clone().ok_or_else(missing)?,
            name: self.source_name.clone().ok_or_else(missing)?,
            home_url: self.source_home.clone().ok_or_else(missing)?,
            lang: lang(self.source_lang.as_deref().unwrap_or_default())?,
            terms: self
                .source_terms
                .as_ref()
                .map(|t| t.0.clone())
                .ok_or_else(missing)?,
        };
        let words = self.excerpt.take();
        let mut paragraphs = words.map(|words| words.0).unwrap_or_default();
        // Terms may have become narrower since the item was filed.
        let room = Room::under(&source.terms, place::given(self.given_chars, &paragraphs));
        if !room.holds(&paragraphs) {
            paragraphs = excerpt::cut(&paragraphs, room);
        }
        Ok(Excerpt {
            pub_status: self.pub_status()?,
            read_more: ReadMore {
                url: self.source_url.clone().ok_or_else(missing)?,
                host: self.source_host.clone().ok_or_else(missing)?,
            },
            published_at: Millis(self.published_at.ok_or_else(missing)?),
            address: address(self.id, self.slug.as_deref()),
            rev: number(self.rev)?,
            headline: self.headline.unwrap_or_default(),
            note: self.note,
            paragraphs,
            lang: lang(&self.lang)?,
            section: section(self.section_id)?,
            places: places(self.places.as_deref())?,
            topics,
            dateline: self.dateline,
            source,
            updated_at: Millis(self.updated_at),
            breaking_until: self.breaking_until.map(Millis),
        })
    }

    /// When the desk last touched it.
    pub(crate) fn drafted_at(&self) -> Millis {
        Millis(self.drafted_at.unwrap_or(self.updated_at))
    }
}

impl PictureRow {
    pub(crate) fn picture(self) -> Option<Picture> {
        let pixels = |n: Option<i64>| n.and_then(|n| u32::try_from(n).ok()).unwrap_or_default();
        Some(Picture {
            url: media::url(&self.sha256?, &self.mime?),
            alt: self.alt.unwrap_or_default(),
            width: pixels(self.width),
            height: pixels(self.height),
            credit: self.credit.unwrap_or_default(),
            caption: self.caption.unwrap_or_default(),
        })
    }
}

pub(crate) fn address(id: i64, slug: Option<&str>) -> StoryAddress {
    StoryAddress {
        slug: slug.and_then(Slug::parse),
        id: Id(id),
    }
}

pub(crate) fn lang(tag: &str) -> Result<Lang> {
    Lang::parse(tag).ok_or_else(|| odd("language", tag))
}

pub(crate) fn section(id: i64) -> Result<Section> {
    Section::from_id(id).ok_or_else(|| odd("section", &id.to_string()))
}

/// Places from their codes, as the statements join them.
pub(crate) fn places(codes: Option<&str>) -> Result<Vec<Place>> {
    codes
        .unwrap_or_default()
        .split(',')
        .filter(|code| !code.is_empty())
        .map(|code| Place::from_code(code).ok_or_else(|| odd("place", code)))
        .collect()
}

/// Names, as the statements join them: no name holds a line's end.
pub(crate) fn lines(joined: Option<&str>) -> Vec<String> {
    joined
        .unwrap_or_default()
        .lines()
        .map(str::to_owned)
        .collect()
}

pub(crate) fn odd(what: &str, found: &str) -> Error {
    Error::Broken(format!("the {what} {found:?}"))
}
