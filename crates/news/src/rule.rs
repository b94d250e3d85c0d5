//! Rules of the desk for what comes in by the wire: where it stands, what it is about, and what isn't taken.
//! A rule is conditions and effects; an item must meet every condition that is set. Which words fit is told in
//! `rule/words.rs`, what a rule may say in `rule/check.rs`.

mod check;
mod words;

use crate::{Id, Lang, Place, Section};
use serde::{Deserialize, Serialize};
use words::{fold, stands_in};

/// One rule.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Rule {
    /// Its number.
    pub id: Id,
    /// What the desk calls it; it stands in the reason of whatever it places.
    pub name: String,
    /// What an item must be.
    pub when: Conditions,
    /// What becomes of it.
    pub then: Effects,
}

/// What an item must be: everything that is set, and of the words any one.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(default)]
pub struct Conditions {
    /// Whose it is.
    pub source: Option<Id>,
    /// Its language; one without a script stands for all scripts of it.
    pub lang: Option<Lang>,
    /// A place that it was found to be about.
    pub place: Option<Place>,
    /// A category that its feed gave it.
    pub category: Option<String>,
    /// Words of its headline or its text.
    pub words: Vec<String>,
}

/// What becomes of an item.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(default)]
pub struct Effects {
    /// Where readers find it.
    pub section: Option<Section>,
    /// What it is about besides.
    pub places: Vec<Place>,
    /// Whether it waits for the desk's word.
    pub hold: bool,
    /// Why it isn't taken.
    pub refuse: Option<String>,
}

/// An item as rules look at it.
#[derive(Clone, Debug)]
pub struct Piece<'a> {
    source: Id,
    lang: &'a Lang,
    places: &'a [Place],
    categories: Vec<String>,
    text: String,
}

impl<'a> Piece<'a> {
    /// The headline and the text are looked at as one; no word stands across the border between two of them.
    pub fn new<'t>(
        (source, lang, places): (Id, &'a Lang, &'a [Place]),
        categories: impl IntoIterator<Item = &'t str>,
        text: impl IntoIterator<Item = &'t str>,
    ) -> Self {
        let text: Vec<String> = text.into_iter().map(fold).collect();
        Self {
            source,
            lang,
            places,
            categories: categories.into_iter().map(fold).collect(),
            text: text.join("\n"),
        }
    }
}

/// Rules that are on, in their order, ready for many items.
#[derive(Clone, Debug, Default)]
pub struct Rules(Vec<Ready>);

/// A rule whose words were folded once.
#[derive(Clone, Debug)]
struct Ready {
    rule: Rule,
    category: Option<String>,
    words: Vec<String>,
}

/// What the rules that fit say of an item.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Verdict {
    /// Where it stands; the first rule that names a section has the word.
    pub section: Option<Section>,
    /// What it is about besides.
    pub places: Vec<Place>,
    /// Why it waits for the desk's word, by the first rule that holds it.
    pub hold: Option<String>,
    /// Why it isn't taken, by the first rule that refuses it.
    pub refuse: Option<String>,
    /// What was done by which rule: `section: rule Harbours`.
    pub why: Vec<String>,
}

impl Rules {
    /// How many a site may have.
    pub const MOST: usize = 200;

    /// These, in this order.
    pub fn new(rules: impl IntoIterator<Item = Rule>) -> Self {
        let ready = rules.into_iter().map(|rule| Ready {
            category: rule.when.category.as_deref().map(fold),
            words: rule.when.words.iter().map(|word| fold(word)).collect(),
            rule,
        });
        Self(ready.collect())
    }

    /// Whether none is on.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What they say of it; nothing, where none fits.
    #[must_use]
    pub fn of(&self, piece: &Piece<'_>) -> Option<Verdict> {
        let mut verdict = Verdict::default();
        for ready in self.0.iter().filter(|ready| ready.fits(piece)) {
            let (name, then) = (&ready.rule.name, &ready.rule.then);
            if verdict.section.is_none() && then.section.is_some() {
                verdict.section = then.section;
                verdict.why.push(format!("section: rule {name}"));
            }
            let mut added = false;
            for place in &then.places {
                if !piece.places.contains(place) && !verdict.places.contains(place) {
                    verdict.places.push(*place);
                    added = true;
                }
            }
            if added {
                verdict.why.push(format!("places: rule {name}"));
            }
            if verdict.hold.is_none() && then.hold {
                verdict.hold = Some(format!("Rule {name}"));
                verdict.why.push(format!("held: rule {name}"));
            }
            if verdict.refuse.is_none()
                && let Some(why) = &then.refuse
            {
                verdict.refuse = Some(format!("Rule {name}: {why}"));
                verdict.why.push(format!("refused: rule {name}"));
            }
            // A rule that would only say what is so already fits all the same.
            if verdict.why.is_empty() {
                verdict.why.push(format!("nothing new: rule {name}"));
            }
        }
        (!verdict.why.is_empty()).then_some(verdict)
    }
}

impl Ready {
    fn fits(&self, piece: &Piece<'_>) -> bool {
        let when = &self.rule.when;
        when.source.is_none_or(|source| source == piece.source)
            && when
                .lang
                .as_ref()
                .is_none_or(|lang| lang == piece.lang || lang.as_str() == piece.lang.primary())
            && when.place.is_none_or(|place| piece.places.contains(&place))
            && self
                .category
                .as_ref()
                .is_none_or(|category| piece.categories.contains(category))
            && (self.words.is_empty() || self.words.iter().any(|word| stands_in(&piece.text, word)))
    }
}

#[cfg(test)]
mod tests;
