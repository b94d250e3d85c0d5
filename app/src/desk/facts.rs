//! What the desk's bar knows of the page under it. It travels in the `data-desk` of a story's element, for staff only.

use news::{Genre, Lang, Millis, Place, PubStatus, Section, StoryId};
use serde::{Deserialize, Serialize};

/// A story or an excerpt, as the bar and its drawer need it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct DeskFacts {
    /// Which one.
    pub story: StoryId,
    /// One of ours, or an agency's.
    pub kind: news::Kind,
    /// Whether readers have it.
    pub pub_status: PubStatus,
    /// The draft's version; 0 for an excerpt.
    pub version: u64,
    /// The version readers have.
    pub published_version: Option<u64>,
    /// Counts every change of its row.
    pub rev: u64,
    /// Where readers find it.
    pub section: Section,
    /// What it is about.
    pub places: Vec<Place>,
    /// Its language.
    pub lang: Lang,
    /// What kind of piece it is.
    pub genre: Genre,
    /// The courtesy part of its address.
    pub slug: Option<String>,
    /// A few words of ours beside an agency's headline.
    pub note: Option<String>,
    /// Until when it is breaking news.
    pub breaking_until: Option<Millis>,
    /// What the viewer may do.
    pub may: May,
}

/// What the role table allows the viewer here.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct May {
    /// Change the words and facts.
    pub edit: bool,
    /// Make a version public.
    pub publish: bool,
    /// Withdraw it.
    pub withdraw: bool,
    /// Say that it breaks.
    pub mark_breaking: bool,
}

impl DeskFacts {
    /// What stands now, with what was chosen since `known` and isn't kept yet: only the facts that were touched.
    #[must_use]
    pub fn with_choices(mut self, chosen: &Self, known: &Self) -> Self {
        fn pick<T: Clone + PartialEq>(now: &mut T, chosen: &T, known: &T) {
            if chosen != known {
                now.clone_from(chosen);
            }
        }
        pick(&mut self.section, &chosen.section, &known.section);
        pick(&mut self.lang, &chosen.lang, &known.lang);
        pick(&mut self.genre, &chosen.genre, &known.genre);
        pick(&mut self.slug, &chosen.slug, &known.slug);
        pick(&mut self.note, &chosen.note, &known.note);
        // Places are ticked one by one: what somebody else ticked meanwhile stays.
        let (had, has) = (&known.places, &chosen.places);
        self.places.retain(|p| !had.contains(p) || has.contains(p));
        for place in has.iter().filter(|place| !had.contains(place)) {
            if !self.places.contains(place) {
                self.places.push(*place);
            }
        }
        self
    }

    /// Whether the viewer may change its words.
    #[must_use]
    pub fn is_ours_to_edit(&self) -> bool {
        self.kind == news::Kind::Story && self.may.edit
    }

    /// As they stand once it is withdrawn: nothing more may be done with it.
    pub fn withdrawn(&mut self) {
        self.pub_status = PubStatus::Canceled;
        self.may = May::default();
    }
}

#[cfg(feature = "ssr")]
pub(crate) use server::{of_excerpt, of_story, written};

#[cfg(feature = "ssr")]
mod server {
    use super::{DeskFacts, May};
    use crate::viewer::Viewer;
    use news::{Act, Genre, Kind, Story, story::Excerpt};

    /// Of one of ours.
    pub(crate) fn of_story(story: &Story, viewer: &Viewer) -> DeskFacts {
        let owner = Some(story.owner);
        DeskFacts {
            story: story.address.id,
            kind: Kind::Story,
            pub_status: story.pub_status,
            version: story.draft_version,
            published_version: story.published_version,
            rev: story.rev,
            section: story.section,
            places: story.places.clone(),
            lang: story.lang.clone(),
            genre: story.genre,
            slug: story.address.slug.as_ref().map(ToString::to_string),
            note: None,
            breaking_until: story.breaking_until,
            may: May {
                edit: auth::guard(viewer.0.as_ref(), Act::EditOwnStory, owner).is_ok(),
                publish: viewer.may(Act::Publish),
                withdraw: viewer.may(Act::Withdraw),
                mark_breaking: viewer.may(Act::MarkBreaking),
            },
        }
    }

    /// Of an agency's.
    pub(crate) fn of_excerpt(excerpt: &Excerpt, viewer: &Viewer) -> DeskFacts {
        DeskFacts {
            story: excerpt.address.id,
            kind: Kind::Excerpt,
            pub_status: excerpt.pub_status,
            version: 0,
            published_version: None,
            rev: excerpt.rev,
            section: excerpt.section,
            places: excerpt.places.clone(),
            lang: excerpt.lang.clone(),
            genre: Genre::News,
            slug: excerpt.address.slug.as_ref().map(ToString::to_string),
            note: excerpt.note.clone(),
            breaking_until: excerpt.breaking_until,
            may: May {
                edit: viewer.may(Act::PlaceExcerpt),
                publish: false,
                withdraw: viewer.may(Act::Withdraw),
                mark_breaking: viewer.may(Act::MarkBreaking),
            },
        }
    }

    /// As an attribute.
    pub(crate) fn written(facts: &DeskFacts) -> String {
        serde_json::to_string(facts).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts() -> DeskFacts {
        DeskFacts {
            story: news::Id(7),
            kind: news::Kind::Story,
            pub_status: PubStatus::Usable,
            version: 3,
            published_version: Some(3),
            rev: 5,
            section: Section::Politics,
            places: vec![Place::JP, Place::KR],
            lang: Lang::english(),
            genre: Genre::News,
            slug: Some("rice".into()),
            note: None,
            breaking_until: None,
            may: May::default(),
        }
    }

    #[test]
    fn what_was_chosen_here_stays_and_what_others_set_comes() {
        let known = facts();
        let chosen = DeskFacts {
            section: Section::Business,
            places: vec![Place::JP, Place::TH],
            slug: None,
            ..facts()
        };
        let now = DeskFacts {
            rev: 6,
            section: Section::Culture,
            genre: Genre::Analysis,
            places: vec![Place::JP, Place::KR, Place::CN],
            ..facts()
        };
        let want = DeskFacts {
            rev: 6,
            section: Section::Business,
            genre: Genre::Analysis,
            places: vec![Place::JP, Place::CN, Place::TH],
            slug: None,
            ..facts()
        };
        assert_eq!(now.clone().with_choices(&chosen, &known), want);
        assert_eq!(now.clone().with_choices(&known, &known), now);
    }
}
