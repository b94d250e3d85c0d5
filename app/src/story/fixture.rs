//! Stories for tests; they read like news.

use news::{Genre, Id, Lang, Millis, Place, Section, Slug, StoryAddress, StoryCard};

/// The n-th of a row of stories, one a minute.
pub(crate) fn a_card(n: i64) -> StoryCard {
    StoryCard {
        address: StoryAddress {
            slug: Slug::from_headline("Kaohsiung sells its empty hours"),
            id: Id(1000 + n),
        },
        headline: "Kaohsiung sells its empty hours".into(),
        standfirst: "Ships that slow down at sea get a berth by appointment.".into(),
        lang: Lang::english(),
        section: Section::Business,
        genre: Genre::News,
        places: vec![Place::TW],
        authors: vec!["Chen Yi-ling".into()],
        dateline: Some("Kaohsiung".into()),
        picture: None,
        urgency: 5,
        published_at: Millis(1_795_521_840_000 - n * Millis::MINUTE),
        updated_at: Millis(1_795_521_840_000),
        event: None,
    }
}
