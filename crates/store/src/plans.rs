//! How SQLite goes about each statement: none that is asked for an item, a page or a save may walk through a whole
//! table, or through all that one source ever sent.

use crate::{Location, REGISTRY, Store, db::Db};
use sqlx::Row;

/// These may. What they walk through stays small (feeds, rules, staff, sources, links of a minute), or an operator
/// asks them now and then, or they count everything and are asked once for many pages.
const MAY_WALK: &[&str] = &[
    "cluster_link.MERGED",
    "feed.FEEDS",
    "feed.MOVE",
    "feed.MOVED",
    "feed.SWITCH_OFF",
    "health.HEALTH",
    "place.TO_PLACE",
    "rule.COUNT",
    "rule.HOLD_ALL",
    "rule.RULES",
    "source.ADD_SOURCE",
    "source.SOURCES",
    "source.TRUSTED",
    "staff.LIST",
    "staff::sign_in.DROP_LINKS",
    "staff::sign_in.DROP_OWN_LINKS",
    "staff::sign_in.DROP_SESSIONS",
    "staff::sign_in.END_ALL",
    "teaser.COUNT_PLACES",
    "teaser.COUNT_SECTIONS",
];

/// Steps over the few rows that an index found.
const FEW: &[(&str, &str)] = &[
    ("licence.UNPLACED", "SCAN late"),
    ("file::known.CANDIDATES", "SCAN named"),
    ("rule::recent.RECENT", "SCAN c"),
    ("rule::recent.RECENT_TOPICS", "SCAN c"),
    ("rule::recent.RECENT_TOPICS", "SCAN s"),
    ("teaser.OF_REGION", "SCAN newest"),
];

#[tokio::test]
async fn no_statement_walks_through_what_grows() {
    let folder = tempfile::tempdir().unwrap();
    let at = Location::Folder(folder.path().to_owned());
    let store = Store::open(&at).await.unwrap();
    let Db::Lite { read, .. } = store.db() else {
        panic!("a folder is SQLite's");
    };
    let mut walks = vec![];
    for (module, statements) in REGISTRY {
        for (name, text) in *statements {
            let asked = sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {text}"));
            for step in sqlx::query(asked).fetch_all(read).await.unwrap() {
                let step: String = step.get("detail");
                let all_of_a_source = step.ends_with("wire_item_of_source (source_id=?)");
                let name = format!("{module}.{name}");
                let few = FEW.contains(&(name.as_str(), step.as_str()));
                if (step.starts_with("SCAN ") && !few) || all_of_a_source {
                    walks.push((name, step));
                }
            }
        }
    }
    let said = |name: &str| walks.iter().any(|(walk, _)| walk == name);
    let fine: Vec<_> = MAY_WALK.iter().filter(|name| !said(name)).collect();
    assert!(fine.is_empty(), "these don't walk any more: {fine:?}");
    walks.retain(|(name, _)| !MAY_WALK.contains(&name.as_str()));
    assert!(walks.is_empty(), "{walks:#?}");
}
