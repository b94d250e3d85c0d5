//! A source's terms as an admin's form sends them. The form and what it would do stand on the source's page; both read
//! what was sent by [`TermsForm::read`], so that what is tried is what is saved.
#![expect(
    missing_docs,
    reason = "#[server] makes a struct of the function's arguments"
)]

use crate::refused::Refused;
use jiff::Timestamp;
use leptos::prelude::*;
use news::{Millis, Refusal, UsageTerms};
use serde::{Deserialize, Serialize};
use store::SourceTerms;

/// The form's fields as text. A tick that isn't set isn't sent.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(default)]
pub struct TermsForm {
    /// Characters an excerpt may have.
    pub max_chars: String,
    /// Words it may have, or nothing.
    pub max_words: String,
    /// Per cent of the given text, or nothing.
    pub max_share: String,
    /// Minutes to wait.
    pub delay_min: String,
    /// Days it may stand, or nothing.
    pub archive_days: String,
    /// The first day without an agreement, or nothing.
    pub contract_ends: String,
    /// More domains of its own, parted by spaces or commas.
    pub hosts: String,
    /// A tick: photos.
    pub photos: Option<String>,
    /// A tick: the full text in the record.
    pub full_text: Option<String>,
    /// A tick: our address comes first.
    pub canonical_ours: Option<String>,
    /// A tick: search engines may index it.
    pub index: Option<String>,
    /// A line the licence asks for, or nothing.
    pub attribution: String,
    /// Where the terms stand, or nothing.
    pub terms_url: String,
    /// Whose the source is, or nothing.
    pub owner: String,
    /// Hours of silence.
    pub silent_after_h: String,
}

/// Sets the terms of a source.
///
/// # Errors
/// Where the viewer may not, a field can't be so, or the store can't.
#[server(prefix = "/api", endpoint = "set-terms")]
pub async fn set_terms(source: news::Id, terms: TermsForm) -> Result<(), Refused> {
    use super::write::server;
    use crate::refused::{by, said};
    let staff = server::guard(news::Act::ManageSources, None).await?;
    let terms = terms.read().map_err(said)?;
    let store = server::store()?;
    store
        .set_terms(source, staff.id, &terms)
        .await
        .map_err(by)?;
    // Not to the trial that led here: its fields would say that nothing is changed yet.
    let sources = store.sources().await.map_err(by)?;
    if let Some(source) = sources.into_iter().find(|known| known.id == source) {
        leptos_axum::redirect(&crate::routes::source(&source.slug));
    }
    Ok(())
}

impl TermsForm {
    /// As they stand.
    #[must_use]
    pub fn of(said: &SourceTerms) -> Self {
        let SourceTerms { terms, owner, .. } = said;
        let number = |n: Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
        let tick = |is: bool| is.then(|| "on".to_owned());
        Self {
            max_chars: terms.max_chars.to_string(),
            max_words: number(terms.max_words),
            max_share: number(terms.max_share.map(u32::from)),
            delay_min: terms.delay_min.to_string(),
            archive_days: number(terms.archive_days),
            contract_ends: terms.contract_ends.map(day).unwrap_or_default(),
            hosts: terms.hosts.join(" "),
            photos: tick(terms.photos),
            full_text: tick(terms.full_text),
            canonical_ours: tick(terms.canonical_ours),
            index: tick(terms.index),
            attribution: terms.attribution.clone().unwrap_or_default(),
            terms_url: terms.terms_url.clone().unwrap_or_default(),
            owner: owner.clone().unwrap_or_default(),
            silent_after_h: said.silent_after_h.to_string(),
        }
    }

    /// What they say.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with a sentence that names the field.
    pub fn read(&self) -> Result<SourceTerms, Refusal> {
        let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let share = maybe(&self.max_share, "The share of the given text", 1, 100)?;
        let terms = UsageTerms {
            max_chars: number(&self.max_chars, "The number of characters", 1, 100_000)?,
            max_words: maybe(&self.max_words, "The number of words", 1, 20_000)?,
            max_share: share.and_then(|percent| u8::try_from(percent).ok()),
            delay_min: number(&self.delay_min, "The delay in minutes", 0, 525_600)?,
            archive_days: maybe(&self.archive_days, "The number of days", 1, 36_500)?,
            contract_ends: end(&self.contract_ends)?,
            hosts: hosts(&self.hosts)?,
            photos: self.photos.is_some(),
            full_text: self.full_text.is_some(),
            canonical_ours: self.canonical_ours.is_some(),
            index: self.index.is_some(),
            attribution: some(&self.attribution),
            terms_url: some(&self.terms_url),
        };
        let is_web = |url: &str| url.starts_with("https://") || url.starts_with("http://");
        if terms.terms_url.as_deref().is_some_and(|url| !is_web(url)) {
            return Err(invalid(
                "The address of the terms begins with https:// or is empty.",
            ));
        }
        let silent = number(&self.silent_after_h, "The hours of silence", 1, 8_760)?;
        Ok(SourceTerms {
            terms,
            owner: some(&self.owner),
            silent_after_h: i64::from(silent),
        })
    }
}

fn invalid(sentence: &str) -> Refusal {
    Refusal::Invalid(sentence.into())
}

fn number(text: &str, what: &str, least: u32, most: u32) -> Result<u32, Refusal> {
    let read = text.trim().parse().ok();
    let fits = read.filter(|n| (least..=most).contains(n));
    fits.ok_or_else(|| {
        Refusal::Invalid(format!("{what} is a whole number from {least} to {most}."))
    })
}

fn maybe(text: &str, what: &str, least: u32, most: u32) -> Result<Option<u32>, Refusal> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    number(text, what, least, most).map(Some)
}

/// A day of the agreement's end is its first hour, in UTC.
fn end(text: &str) -> Result<Option<Millis>, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let moment: Option<Timestamp> = format!("{text}T00:00:00Z").parse().ok();
    let begins = moment.map(|moment| Millis(moment.as_millisecond()));
    begins
        .map(Some)
        .ok_or_else(|| invalid("The end of the agreement is a day such as 2027-03-31, or empty."))
}

fn day(at: Millis) -> String {
    let day = crate::when::iso(at);
    day.split('T').next().unwrap_or_default().to_owned()
}

fn hosts(text: &str) -> Result<Vec<String>, Refusal> {
    let mut all: Vec<String> = vec![];
    for host in text.split(|c: char| c.is_whitespace() || c == ',') {
        let host = host.trim().to_lowercase();
        if host.is_empty() || all.contains(&host) {
            continue;
        }
        let is_one = host.contains('.')
            && !host.starts_with('.')
            && !host.ends_with('.')
            && host
                .chars()
                .all(|c| c.is_alphanumeric() || c == '.' || c == '-');
        if !is_one {
            let sentence = format!("{host} is no domain such as agency.example.");
            return Err(Refusal::Invalid(sentence));
        }
        all.push(host);
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said() -> SourceTerms {
        SourceTerms {
            terms: UsageTerms {
                max_words: Some(60),
                max_share: Some(30),
                delay_min: 15,
                archive_days: Some(30),
                contract_ends: Some(Millis(1_806_451_200_000)),
                hosts: vec!["a.example".into(), "b.example".into()],
                photos: true,
                index: true,
                attribution: Some("© A".into()),
                terms_url: Some("https://a.example/terms".into()),
                ..UsageTerms::default()
            },
            owner: Some("A Group".into()),
            silent_after_h: 6,
        }
    }

    #[test]
    fn what_stands_there_is_read_back() {
        let form = TermsForm::of(&said());
        assert_eq!(form.contract_ends, "2027-03-31");
        assert_eq!(form.read(), Ok(said()));
        let plain = SourceTerms {
            terms: UsageTerms::default(),
            owner: None,
            silent_after_h: 24,
        };
        assert_eq!(TermsForm::of(&plain).read(), Ok(plain));
    }

    #[test]
    fn what_cannot_be_so_is_said_in_a_sentence() {
        let check = |change: fn(&mut TermsForm), words: &str| {
            let mut form = TermsForm::of(&said());
            change(&mut form);
            let sentence = form.read().unwrap_err().to_string();
            assert!(sentence.contains(words), "{sentence}");
        };
        check(
            |f| f.max_chars = "0".into(),
            "characters is a whole number from 1",
        );
        check(|f| f.max_chars = String::new(), "The number of characters");
        check(|f| f.max_share = "101".into(), "from 1 to 100");
        check(|f| f.delay_min = "-5".into(), "The delay in minutes");
        check(|f| f.archive_days = "ever".into(), "The number of days");
        check(
            |f| f.contract_ends = "31.3.2027".into(),
            "such as 2027-03-31",
        );
        check(
            |f| f.hosts = "a.example https://b.example".into(),
            "https://b.example is no domain",
        );
        check(
            |f| f.terms_url = "javascript:x".into(),
            "begins with https://",
        );
        check(|f| f.silent_after_h = "0".into(), "The hours of silence");
    }
}
