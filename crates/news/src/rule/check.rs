//! What a rule may say. Each limit has a sentence for whoever passed it.

use super::{Conditions, Effects, Rule, words::fold};
use crate::{Refusal, text::single_spaced};

/// How many words a rule may look for.
const MOST_WORDS: usize = 20;
/// How many places a rule may add.
const MOST_PLACES: usize = 3;
/// Characters of a word or a category.
const LONGEST_WORD: usize = 60;
/// Characters of a name.
const LONGEST_NAME: usize = 60;
/// Characters of a reason.
const LONGEST_REASON: usize = 160;

impl Rule {
    /// The rule as it is kept: spaced evenly, without what is empty or stands there twice.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] where it has no name, no condition or no effect, or says too much.
    pub fn checked(self) -> Result<Self, Refusal> {
        let name = short(&self.name, LONGEST_NAME, "The name of a rule")?;
        if name.is_empty() {
            return no("Please give the rule a name.");
        }
        Ok(Self {
            name,
            when: conditions(self.when)?,
            then: effects(self.then)?,
            ..self
        })
    }
}

fn conditions(when: Conditions) -> Result<Conditions, Refusal> {
    let category = when.category.as_deref().unwrap_or_default();
    let category = short(category, LONGEST_WORD, "A category")?;
    let mut words: Vec<String> = vec![];
    for word in &when.words {
        let word = short(word, LONGEST_WORD, "A word")?;
        if word.is_empty() || words.iter().any(|known| fold(known) == fold(&word)) {
            continue;
        }
        if !word.chars().any(char::is_alphanumeric) {
            return no(&format!("“{word}” has no letter or figure to look for."));
        }
        words.push(word);
    }
    if words.len() > MOST_WORDS {
        return no(&format!(
            "A rule looks for {MOST_WORDS} words at most; please make two rules of it."
        ));
    }
    let when = Conditions {
        category: Some(category).filter(|category| !category.is_empty()),
        words,
        ..when
    };
    if when == Conditions::default() {
        return no("A rule needs a condition: a source, a language, a place, a category or words.");
    }
    Ok(when)
}

fn effects(then: Effects) -> Result<Effects, Refusal> {
    let reason = then.refuse.as_deref().unwrap_or_default();
    let reason = short(reason, LONGEST_REASON, "A reason")?;
    let mut places = then.places;
    let mut known = vec![];
    places.retain(|place| {
        let new = !known.contains(place);
        known.push(*place);
        new
    });
    if places.len() > MOST_PLACES {
        return no(&format!("A rule adds {MOST_PLACES} places at most."));
    }
    let then = Effects {
        places,
        refuse: Some(reason).filter(|reason| !reason.is_empty()),
        ..then
    };
    if then == Effects::default() {
        return no("A rule needs an effect: a section, places, to hold it, or a reason to refuse.");
    }
    Ok(then)
}

fn short(text: &str, most: usize, what: &str) -> Result<String, Refusal> {
    if text.contains('\0') {
        return no("The text holds the character U+0000, which no news needs.");
    }
    let line = single_spaced(text);
    if line.chars().count() > most {
        return no(&format!(
            "{what} can have {most} characters; please say it in fewer."
        ));
    }
    Ok(line)
}

fn no<T>(sentence: &str) -> Result<T, Refusal> {
    Err(Refusal::Invalid(sentence.into()))
}
