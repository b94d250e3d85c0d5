//! What a corpus of another parser's tests says of its feeds, and how many of that we read alike.
//! Its expectations are comparisons written in Python; only those of an item's title, link, date
//! and summary concern us. Words are compared, not the markup around them.

use super::{SourceHint, read_feed};
use crate::clean;
use jiff::{civil, tz::TimeZone};
use news::WireItem;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The four fields, and how many of a hundred expectations must be met.
const FIELDS: [(&str, usize); 4] = [("title", 93), ("link", 85), ("date", 90), ("summary", 94)];

#[test]
fn fields_are_as_the_corpus_expects() {
    let root = std::env::var_os("CORPUS_DIR").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
        PathBuf::from,
    );
    let folder = root.join("feeds/feedparser");
    let Ok(lines) = std::fs::read_to_string(folder.join("_expected.jsonl")) else {
        eprintln!("skipped: no corpus (fields_are_as_the_corpus_expects)");
        return;
    };
    let mut table: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for line in lines.lines() {
        let case: serde_json::Value = serde_json::from_str(line).unwrap();
        let file = case["file"].as_str().unwrap_or_default();
        let wanted = expectations(case["expect"].as_str().unwrap_or_default());
        if wanted.is_empty() {
            continue;
        }
        let items = read(&folder.join(file));
        for (at, field, want) in wanted {
            let (right, all) = table.entry(field).or_default();
            *all += 1;
            let met = items.get(at).is_some_and(|item| meets(item, field, &want));
            *right += usize::from(met);
            if !met {
                eprintln!("{file}: {field} of item {at} is not {want:?}");
            }
        }
    }
    eprintln!("{:<10}{:>7}{:>7}", "field", "right", "of");
    for (field, (right, all)) in &table {
        eprintln!("{field:<10}{right:>7}{all:>7}");
    }
    for (field, least) in FIELDS {
        let (right, all) = table[field];
        assert!(right * 100 >= all * least, "{field}: {right} of {all}");
    }
}

fn read(path: &Path) -> Vec<WireItem> {
    let hint = SourceHint {
        base: url::Url::parse("http://127.0.0.1:8097/").ok(),
        place: None,
    };
    let bytes = std::fs::read(path).unwrap_or_default();
    read_feed(&bytes, None, &hint).items
}

/// What a field must be.
#[derive(Debug)]
enum Want {
    Text(String),
    Moment(i64),
}

fn meets(item: &WireItem, field: &str, want: &Want) -> bool {
    match (field, want) {
        ("title", Want::Text(text)) => clean::line(&item.title) == words(text),
        ("link", Want::Text(text)) => {
            super::absolute(text, None).is_none_or(|address| address == item.url)
        }
        ("date", Want::Moment(moment)) => item.published.is_some_and(|p| p.0 == *moment),
        (_, Want::Text(text)) => [&item.summary_html, &item.content_html]
            .iter()
            .any(|ours| words(ours) == words(text)),
        _ => false,
    }
}

fn words(html: &str) -> String {
    clean::paragraphs(html).join(" ")
}

/// The comparisons of an item's field with a literal: the item's number, the field, the literal.
fn expectations(python: &str) -> Vec<(usize, &'static str, Want)> {
    let mut found = Vec::new();
    for part in python.split("entries[").skip(1) {
        let Some((at, rest)) = part.split_once(']') else {
            continue;
        };
        let Some((path, literal)) = rest.split_once("==") else {
            continue;
        };
        let path: String = path
            .chars()
            .map(|c| {
                if c.is_alphanumeric() || c == '_' {
                    c
                } else {
                    ' '
                }
            })
            .collect();
        let field = match path.split_whitespace().collect::<Vec<_>>().as_slice() {
            ["title"] | ["title_detail", "value"] => "title",
            ["link"] => "link",
            ["published_parsed" | "updated_parsed" | "created_parsed"] => "date",
            ["summary" | "description"]
            | ["content", "0", "value"]
            | ["summary_detail", "value"] => "summary",
            _ => continue,
        };
        if let (Ok(at), Some(want)) = (at.parse(), literal_of(literal.trim())) {
            found.push((at, field, want));
        }
    }
    found
}

fn literal_of(python: &str) -> Option<Want> {
    if let Some(numbers) = python.strip_prefix('(') {
        let numbers: Vec<i16> = numbers
            .split([',', ')'])
            .map_while(|n| n.trim().parse().ok())
            .collect();
        let [year, month, day, hour, minute, second, ..] = *numbers.as_slice() else {
            return None;
        };
        let small = |n: i16| i8::try_from(n).ok();
        let moment = civil::DateTime::new(
            year,
            small(month)?,
            small(day)?,
            small(hour)?,
            small(minute)?,
            small(second)?,
            0,
        )
        .ok()?;
        let moment = TimeZone::UTC.to_timestamp(moment).ok()?;
        return Some(Want::Moment(moment.as_millisecond()));
    }
    let python = python.strip_prefix('u').unwrap_or(python);
    let quote = python.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
    let mut text = String::new();
    let mut rest = python.get(1..)?.chars();
    loop {
        match rest.next()? {
            '\\' => text.push(escaped(&mut rest)?),
            c if c == quote => return Some(Want::Text(text)),
            c => text.push(c),
        }
    }
}

fn escaped(rest: &mut std::str::Chars<'_>) -> Option<char> {
    let kind = rest.next()?;
    let digits = match kind {
        'n' => return Some('\n'),
        't' => return Some('\t'),
        'r' => return Some('\r'),
        'x' => 2,
        'u' => 4,
        'U' => 8,
        other => return Some(other),
    };
    let code: String = rest.by_ref().take(digits).collect();
    char::from_u32(u32::from_str_radix(&code, 16).ok()?)
}
