//! `takedown`, `sources withdraw` and `rights`, beside a site that is being served.

use super::{Served, check, done, program};
use std::time::{Duration, Instant};

fn asked(served: &Served, path: &str) -> String {
    served.ask(&format!(
        "GET {path} HTTP/1.1\r\nhost: l\r\nconnection: close\r\n\r\n"
    ))
}

/// Within how long every output has to follow an order.
const A_MINUTE: Duration = Duration::from_secs(60);

fn until(served: &Served, path: &str, is_so: impl Fn(&str) -> bool) {
    let end = Instant::now() + A_MINUTE;
    while !is_so(&asked(served, path)) {
        assert!(Instant::now() < end, "{path}: {}", asked(served, path));
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn orders_reach_a_served_site() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    done(&program(data, &["seed"]));
    let served = Served::new(data);
    let feed = asked(&served, "/feed.xml");
    let item = feed
        .split("<item>")
        .find(|item| item.contains("<source url="))
        .unwrap();
    let at = item.find("/story/").unwrap();
    let path = item[at..].split('<').next().unwrap();
    assert!(asked(&served, path).starts_with("HTTP/1.1 200"));
    let why = "Taken down by order of a court.";
    let order = ["takedown", path, "--why", why, "--by", "A court in Prague"];
    assert!(done(&program(data, &order)).contains("is withdrawn"));
    until(&served, path, |page| {
        page.starts_with("HTTP/1.1 410") && page.contains(why)
    });
    until(&served, "/feed.xml", |feed| !feed.contains(path));
    assert!(!asked(&served, path).contains("Prague"));
    assert!(done(&program(data, &order)).contains("was already withdrawn"));

    let all = ["sources", "withdraw", "kuroshio", "--why", why];
    let all = done(&program(data, &all));
    assert!(
        all.starts_with("Kuroshio Press is off; ") && !all.contains(" 0 excerpts"),
        "{all}"
    );
    until(&served, "/feed.xml", |feed| {
        !feed.contains(">Kuroshio Press</source>")
    });
    let month = jiff::Timestamp::now().strftime("%Y-%m").to_string();
    let row = |name: &str| -> Vec<String> {
        let words = ["rights", &month, "--source", name, "--csv"];
        let table = done(&program(data, &words));
        let mut lines = table.lines();
        let head = lines.next().unwrap();
        assert!(
            head.starts_with("source,name,filed,shown,most characters,"),
            "{head}"
        );
        lines
            .next()
            .unwrap()
            .split(',')
            .map(str::to_owned)
            .collect()
    };
    for (slug, name, most) in [("ap", "AP", 2_000), ("kuroshio", "Kuroshio Press", 280)] {
        let row = row(name);
        let count = |at: usize| row[at].parse::<u64>().unwrap();
        assert_eq!(row[..2], [slug, name]);
        assert!(count(2) > 0 && count(2) == count(3), "{row:?}");
        assert!((1..=most).contains(&count(4)), "{row:?}");
        assert_eq!(
            (count(5), count(6), count(7), count(9)),
            (0, 0, 0, 0),
            "{row:?}"
        );
        assert_eq!(count(8), if slug == "ap" { 1 } else { count(2) }, "{row:?}");
    }
    let early = done(&program(data, &["rights", "2001-01", "--source", "ap"]));
    assert!(
        early.lines().count() == 2 && early.contains("ap "),
        "{early}"
    );
    drop(served);
    // Nothing of it is taken any more, by whatever way it comes.
    let file = data.join("late.json");
    let late = "{\"uri\": \"urn:late\", \"headline\": \"港が開く\", \"body_text\": \"船が出た。\",
        \"altids\": {\"web\": \"https://kuroshio-press.example/late\"}}";
    std::fs::write(&file, late).unwrap();
    let late = ["ingest", file.to_str().unwrap(), "--source", "kuroshio"];
    let late = program(data, &late);
    let said = [late.stdout, late.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    assert!(said.contains("agreement"), "{said}");
}

#[test]
fn an_order_that_means_nothing_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    super::site(data);
    let takedown = |address: &str, why: &str| {
        program(
            data,
            &["takedown", address, "--why", why, "--by", "A court"],
        )
    };
    check(
        &takedown("/business", "It was wrong."),
        64,
        "no story's address",
    );
    check(
        &takedown("/story/nothing-5k2f9", "It was wrong."),
        65,
        "no such story",
    );
    check(
        &takedown("/story/nothing-5k2f9", " "),
        65,
        "give the reason",
    );
    let nobody = program(data, &["sources", "withdraw", "nobody", "--why", "x"]);
    check(&nobody, 65, "no source nobody");
    check(
        &program(data, &["rights", "2026-11", "--source", "nobody"]),
        65,
        "no source nobody",
    );
}
