//! How much of an agency's text stands in an answer of ours, told without the code that cuts it.

use news::UsageTerms;
use std::collections::HashMap;
use unicode_segmentation::UnicodeSegmentation;

/// A run this short may be chance.
const RUN: usize = 4;

/// A text as its agency gave it.
pub(crate) struct Given<'a> {
    graphemes: Vec<&'a str>,
    runs: HashMap<[&'a str; RUN], Vec<usize>>,
}

impl<'a> Given<'a> {
    pub(crate) fn of(paragraphs: &'a [String]) -> Self {
        let mut graphemes = vec![];
        for paragraph in paragraphs {
            graphemes.extend(paragraph.graphemes(true));
            // No run goes on over the end of a paragraph.
            graphemes.push("\n");
        }
        let mut runs: HashMap<_, Vec<usize>> = HashMap::new();
        for (at, run) in graphemes.windows(RUN).enumerate() {
            runs.entry(run.try_into().unwrap()).or_default().push(at);
        }
        Self { graphemes, runs }
    }

    /// How many characters there are, for a share of them.
    fn length(&self) -> usize {
        self.graphemes.iter().filter(|g| **g != "\n").count()
    }

    /// What of the agency's words stands in this text: the longest runs of them, one after the other.
    pub(crate) fn in_text(&self, text: &str) -> Vec<String> {
        let text: Vec<&str> = text.graphemes(true).collect();
        let (mut found, mut at) = (vec![], 0);
        while let Some(run) = text.get(at..at + RUN) {
            let key: [&str; RUN] = run.try_into().unwrap();
            let starts = self.runs.get(&key).map_or(&[][..], |starts| &starts[..]);
            let same = |start: &usize| {
                let theirs = self.graphemes[*start..].iter();
                let ours = text[at..].iter();
                theirs
                    .zip(ours)
                    .take_while(|(a, b)| a == b && **a != "\n")
                    .count()
            };
            match starts.iter().map(same).max() {
                Some(long) if long >= RUN => {
                    found.push(text[at..at + long].concat());
                    at += long;
                }
                _ => at += 1,
            }
        }
        found
    }

    /// Why these words are more than the terms allow, where they are.
    pub(crate) fn beyond(&self, terms: &UsageTerms, shown: &[String]) -> Option<String> {
        let size = |n: u32| usize::try_from(n).unwrap();
        let chars: usize = shown.iter().map(|run| run.graphemes(true).count()).sum();
        if chars > size(terms.max_chars) {
            return Some(format!("{chars} characters of {}", terms.max_chars));
        }
        let share = terms
            .max_share
            .map(|share| self.length() * usize::from(share) / 100);
        if share.is_some_and(|most| chars > most) {
            return Some(format!("{chars} characters of a share of {share:?}"));
        }
        let words: usize = shown.iter().map(|run| run.unicode_words().count()).sum();
        if terms.max_words.is_some_and(|most| words > size(most)) {
            return Some(format!("{words} words of {:?}", terms.max_words));
        }
        None
    }
}

/// What is wrong with the end of `shown`, the first words of `given`, where something is.
pub(crate) fn ends_badly(given: &[String], shown: &[String]) -> Option<&'static str> {
    let (last, whole) = shown.split_last()?;
    if given.get(..whole.len()) != Some(whole) {
        return Some("they are not the first paragraphs");
    }
    let theirs = given.get(whole.len())?;
    let all = last == theirs && shown.len() == given.len();
    let (words, marked) = match last.strip_suffix('…') {
        Some(words) if last != theirs => (words, true),
        _ => (last.as_str(), false),
    };
    let Some(rest) = theirs.strip_prefix(words) else {
        return Some("they are not the first words");
    };
    if !rest.is_empty()
        && !theirs
            .grapheme_indices(true)
            .any(|(at, _)| at == words.len())
    {
        return Some("they end inside a character");
    }
    let stops = ['.', '!', '?', '؟', '۔', '।', '։', '။', '។', '།', '。', '…'];
    let at_stop = words
        .trim_end_matches(['」', '”', '"', '’'])
        .ends_with(stops);
    match (all, marked) {
        (true, _) => None,
        (false, false) if at_stop => None,
        (false, false) => Some("they end without a mark, and not after a sentence"),
        (false, true) => (!ends_a_word(words, rest)).then_some("they end inside a word"),
    }
}

/// By a space or a sign that no word holds; in scripts without spaces by neither of what must stay together.
fn ends_a_word(words: &str, rest: &str) -> bool {
    let Some(next) = rest.chars().next() else {
        return true;
    };
    let spaced = |text: &str| text.contains(char::is_whitespace);
    let last = words.chars().next_back().unwrap_or(' ');
    if is_unspaced(last) || is_unspaced(next) {
        let holds_on = ('เ'..='ไ').contains(&last) || ('ເ'..='ໄ').contains(&last);
        let joined = matches!(last, '\u{1039}' | '\u{17d2}' | '\u{200d}');
        let leans = "ะาำๆຽະາຳໆーェュ。」\u{102b}\u{102c}\u{1038}".contains(next);
        return !holds_on && !joined && !leans;
    }
    // One word that is longer than all the room there is has no border to end at.
    !next.is_alphanumeric() || !last.is_alphanumeric() || last == '་' || !spaced(words)
}

fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
        || matches!(c, '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}')
}

/// An answer's words: what stands between its tags as one text, and each value of an attribute and each script alone.
pub(crate) fn parts(html: &str) -> (String, Vec<String>) {
    let (mut body, mut apart) = (String::new(), vec![]);
    let mut rest = html;
    while let Some((text, tagged)) = rest.split_once('<') {
        body.push_str(text);
        let (tag, after) = tagged.split_once('>').unwrap_or((tagged, ""));
        apart.extend(tag.split('"').skip(1).step_by(2).map(unescaped));
        rest = after;
        if tag.starts_with("script") {
            let (script, after) = rest.split_once("</script").unwrap_or((rest, ""));
            apart.push(script.to_owned());
            rest = after.split_once('>').map_or("", |(_, after)| after);
        } else if !tag.starts_with('!') {
            body.push('\n');
        }
    }
    body.push_str(rest);
    (unescaped(&body), apart)
}

pub(crate) fn unescaped(text: &str) -> String {
    [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}
