//! Which stories an address lists, and the part of the list that a page shows of it.

use super::earlier_island::MOST;
pub(crate) use super::part::{Cursor, Part, cursor, written};
use crate::{error_page::Trouble, routes, when};
use news::{Channel, Millis, Place, Region, Section, Shows, Teaser, front::Of};
use store::Store;

/// How many stories a page of a list has.
const PAGE: usize = 30;

/// A list of stories, newest first, at its address.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct List {
    /// Which stories.
    pub(crate) of: Of,
    /// Its address.
    pub(crate) path: String,
    /// What changes when one of its stories does.
    pub(crate) shows: Shows,
    /// What an open page of it listens to.
    pub(crate) channel: Channel,
    /// What stands under one heading.
    pub(crate) by: By,
}

/// How far the stories under one heading of a list lie apart.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum By {
    /// A day.
    Day,
    /// An hour.
    Hour,
}

impl By {
    /// What the stories under one heading have in common.
    pub(crate) fn of(self, at: Millis) -> String {
        match self {
            Self::Day => when::day(at),
            Self::Hour => when::iso(when::hour_of(at)),
        }
    }
}

/// How deep the list of everything is.
const DEPTH: i64 = 7 * Millis::DAY;

/// Since when everything is in it: it begins with a whole hour, so that it changes with the hour and not with each look.
pub(crate) const fn depth(now: Millis) -> Millis {
    when::hour_of(now).plus(-DEPTH)
}

impl List {
    pub(crate) fn section(section: Section) -> Self {
        Self {
            of: Of::Section(section),
            path: routes::section(section),
            shows: Shows::Section(section),
            channel: Channel::Section(section),
            by: By::Day,
        }
    }

    pub(crate) fn section_place(section: Section, place: Place) -> Self {
        Self {
            of: Of::SectionPlace(section, place),
            path: routes::section_place(section, place),
            channel: Channel::SectionPlace(section, place),
            ..Self::section(section)
        }
    }

    pub(crate) fn place(place: Place) -> Self {
        Self {
            of: Of::Place(place),
            path: routes::place(place),
            shows: Shows::Place(place),
            channel: Channel::Place(place),
            by: By::Day,
        }
    }

    pub(crate) fn region(region: Region) -> Self {
        Self {
            of: Of::Region(region),
            path: routes::region(region),
            shows: Shows::Region(region),
            channel: Channel::Region(region),
            by: By::Day,
        }
    }

    /// Everything of the last seven days.
    pub(crate) fn latest(now: Millis) -> Self {
        Self {
            of: Of::Since(depth(now)),
            path: routes::LATEST.into(),
            shows: Shows::Front,
            channel: Channel::Latest,
            by: By::Hour,
        }
    }

    /// The list that stands at a path.
    pub(crate) fn at(path: &str) -> Option<Self> {
        let mut parts = path.strip_prefix('/')?.split('/');
        let (first, second, rest) = (parts.next()?, parts.next(), parts.next());
        let list = match (first, second) {
            ("latest", None) => Some(Self::latest(Store::now())),
            ("asia", Some(slug)) => Place::from_slug(slug)
                .map(Self::place)
                .or_else(|| Region::from_slug(slug).map(Self::region)),
            (section, None) => Section::from_slug(section).map(Self::section),
            (section, Some(place)) => Some(Self::section_place(
                Section::from_slug(section)?,
                Place::from_slug(place)?,
            )),
        };
        list.filter(|_| rest.is_none())
    }

    /// Reads one part of it.
    pub(crate) async fn read(&self, store: &Store, part: Part) -> Result<Page, Trouble> {
        let (after, most) = match part {
            Part::Top => (None, PAGE),
            Part::After(before) => (Some(before), PAGE),
            Part::Until(_) => (None, MOST),
        };
        // One more tells whether there are earlier ones.
        let asked = u32::try_from(most + 1).unwrap_or(u32::MAX);
        let teasers = store.teasers(self.of, after, asked).await?;
        let shown = match part {
            Part::Top | Part::After(_) => most,
            Part::Until(last) => teasers
                .partition_point(|teaser| place_of(teaser) >= last)
                .clamp(PAGE, MOST),
        };
        Ok(Page::new(teasers, shown, part))
    }
}

fn place_of(teaser: &Teaser) -> Cursor {
    (teaser.published_at(), teaser.id())
}

/// A part of a list: its stories, and where the list goes on.
pub(crate) struct Page {
    /// Which part.
    pub(crate) part: Part,
    /// The stories.
    pub(crate) teasers: Vec<Teaser>,
    /// The place of the last of them, also when it is taken out of the list.
    pub(crate) last: Option<Cursor>,
    /// Whether there are earlier ones.
    pub(crate) more: bool,
    /// Whether the list has grown as far as it does in place.
    pub(crate) full: bool,
}

impl Page {
    fn new(mut teasers: Vec<Teaser>, shown: usize, part: Part) -> Self {
        let more = teasers.len() > shown;
        teasers.truncate(shown);
        Self {
            part,
            last: teasers.last().map(place_of),
            full: !part.is_from_the_top() || teasers.len() >= MOST,
            teasers,
            more,
        }
    }

    /// Where the next page of the list begins, if there is one.
    pub(crate) fn rest(&self) -> Option<Cursor> {
        self.last.filter(|_| self.more)
    }

    /// Takes the front's top out of the list: a splash with a picture where there is one, what stands beside it,
    /// and what agencies say.
    pub(crate) fn take_top(&mut self) -> Top {
        let mut top = Top::default();
        if !self.part.is_from_the_top() {
            return top;
        }
        let ours = |t: &Teaser| matches!(t, Teaser::Story(_));
        let reach = self.teasers.len().min(12);
        let found = self
            .teasers
            .iter()
            .take(reach)
            .position(Teaser::is_pictured)
            .or_else(|| self.teasers.iter().take(reach).position(ours));
        let Some(at) = found else {
            return top;
        };
        top.splash = Some(self.teasers.remove(at));
        while top.seconds.len() < 2 {
            let Some(at) = self.teasers.iter().take(reach).position(ours) else {
                break;
            };
            top.seconds.push(self.teasers.remove(at));
        }
        while top.wire.len() < WIRE {
            let first = self.teasers.iter().take(PAGE);
            let Some(at) = first.map(ours).position(|ours| !ours) else {
                break;
            };
            top.wire.push(self.teasers.remove(at));
        }
        top
    }
}

/// How many of the agencies' newest stand beside a list.
const WIRE: usize = 4;

/// What stands above and beside a list.
#[derive(Default)]
pub(crate) struct Top {
    /// The one that matters most.
    pub(crate) splash: Option<Teaser>,
    /// The next two.
    pub(crate) seconds: Vec<Teaser>,
    /// Agencies' words, newest first.
    pub(crate) wire: Vec<Teaser>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::fixture::a_card;

    fn teasers(n: i64) -> Vec<Teaser> {
        (0..n).map(|i| Teaser::Story(a_card(i))).collect()
    }

    #[test]
    fn a_page_knows_whether_there_is_more() {
        assert_eq!(Page::new(teasers(30), PAGE, Part::Top).rest(), None);
        let page = Page::new(teasers(31), PAGE, Part::Top);
        assert_eq!(page.teasers.len(), PAGE);
        assert_eq!(page.rest(), page.teasers.last().map(place_of));
    }

    #[test]
    fn an_address_names_its_list() {
        let lists = [
            List::section(Section::Politics),
            List::section_place(Section::Culture, Place::JP),
            List::place(Place::KZ),
            List::region(Region::SouthernAsia),
        ];
        for list in lists {
            assert_eq!(List::at(&list.path), Some(list));
        }
        for path in [
            "",
            "/",
            "/nothing",
            "/asia",
            "/asia/mars",
            "/politics/japan/x",
            "politics",
        ] {
            assert_eq!(List::at(path), None, "{path}");
        }
    }
}
