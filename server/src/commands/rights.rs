//! `rights`: a month's account of what was done with agencies' words, for whoever has to answer one.

use super::{Failed, beside, say};
use crate::config::Config;
use clap::Args;
use jiff::civil::Date;
use jiff::{Span, Timestamp};
use news::Millis;
use store::{Account, Store};

/// A month, and whose.
#[derive(Args, Debug)]
pub(crate) struct Rights {
    /// The month, in UTC: 2026-11.
    #[arg(value_parser = month)]
    month: (Millis, Millis),
    /// Only this source: its name or short name.
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// For a spreadsheet: commas between the columns.
    #[arg(long)]
    csv: bool,
}

const COLUMNS: [&str; 10] = [
    "source",
    "name",
    "filed",
    "shown",
    "most characters",
    "updates",
    "kills",
    "ended by licence",
    "withdrawn",
    "photos",
];

/// From its first moment until the next month's.
fn month(text: &str) -> Result<(Millis, Millis), String> {
    let no = || format!("{text} is no month; it is written 2026-11");
    let first: Date = format!("{text}-01").parse().map_err(|_| no())?;
    let next = first.checked_add(Span::new().months(1)).map_err(|_| no())?;
    let at = |date: Date| {
        let moment: Option<Timestamp> = format!("{date}T00:00:00Z").parse().ok();
        moment.map(|moment| Millis(moment.as_millisecond()))
    };
    at(first).zip(at(next)).ok_or_else(no)
}

impl Rights {
    pub(crate) async fn run(self, config: Config) -> Result<(), Failed> {
        beside(&config, async |store| self.with(store).await).await
    }

    async fn with(self, store: &Store) -> Result<(), Failed> {
        let (from, until) = self.month;
        let mut accounts = store.rights(from, until).await?;
        if let Some(name) = &self.source {
            let Some(source) = store.source(name).await? else {
                let line = format!("there is no source {name}");
                return Err(Failed::with_code(line, 65));
            };
            accounts.retain(|account| account.slug == source.slug);
            if accounts.is_empty() {
                accounts.push(Account {
                    slug: source.slug,
                    name: source.name,
                    ..Account::default()
                });
            }
        }
        let rows = accounts.iter().map(cells);
        let rows = std::iter::once(COLUMNS.map(String::from)).chain(rows);
        if self.csv {
            return rows.into_iter().try_for_each(|row| {
                let cells: Vec<String> = row.iter().map(|cell| quoted(cell)).collect();
                say(format_args!("{}", cells.join(",")))
            });
        }
        rows.into_iter().try_for_each(|[slug, name, counts @ ..]| {
            let counts: Vec<String> = counts.iter().map(|n| format!("{n:>16}")).collect();
            say(format_args!("{slug:<26} {name:<26}{}", counts.join(" ")))
        })
    }
}

fn cells(account: &Account) -> [String; 10] {
    [
        account.slug.clone(),
        account.name.clone(),
        account.filed.to_string(),
        account.shown.to_string(),
        account.most_chars.to_string(),
        account.updated.to_string(),
        account.killed.to_string(),
        account.ended.to_string(),
        account.withdrawn.to_string(),
        account.photos.to_string(),
    ]
}

/// A cell as RFC 4180 has it.
fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_ends_where_the_next_begins() {
        let day = Millis::DAY;
        let (from, until) = month("2026-11").unwrap();
        assert_eq!((from.0, until.0 - from.0), (1_793_491_200_000, 30 * day));
        let (december, january) = month("2026-12").unwrap();
        assert_eq!((december, january.0 - december.0), (until, 31 * day));
        for text in ["2026", "2026-13", "November", "2026-11-01", ""] {
            assert!(month(text).is_err(), "{text}");
        }
        assert_eq!(quoted("Wire, \"Asia\""), "\"Wire, \"\"Asia\"\"\"");
    }
}
