//! `sources`: what may be polled, and what is.

use super::{check, done, program, site};

#[test]
fn a_source_is_off_until_it_is_turned_on() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    site(data);
    let line = |slug: &str| {
        let list = done(&program(data, &["sources", "list", "--place", "kz"]));
        assert!(list.lines().all(|line| line.contains(" KZ ")), "{list}");
        let line = list.lines().find(|line| line.starts_with(slug));
        line.unwrap().to_owned()
    };
    assert!(line("astana-times").contains(" off "));
    let on = done(&program(data, &["sources", "enable", "astana-times"]));
    assert!(
        on.contains("The Astana Times is on: 240 characters"),
        "{on}"
    );
    assert!(line("astana-times").contains(" on "));
    done(&program(data, &["sources", "enable", "astana-times"]));
    done(&program(data, &["sources", "disable", "astana-times"]));
    assert!(line("astana-times").contains(" off "));
    // Whose marks of breaking news count.
    assert!(!line("astana-times").ends_with("trusted"));
    let trusted = done(&program(data, &["sources", "trust", "astana-times", "ap"]));
    assert_eq!(trusted, "The Astana Times is trusted.\nAP is trusted.\n");
    assert!(line("astana-times").ends_with(", trusted"));
    let unknown = program(data, &["sources", "distrust", "astana-times", "nobodys"]);
    check(&unknown, 65, "no source \"nobodys\" on this site");
    assert!(line("astana-times").ends_with(", trusted"));
    done(&program(data, &["sources", "distrust", "astana-times"]));
    assert!(!line("astana-times").ends_with("trusted"));
    // One that isn't known turns none of the others on.
    let unknown = program(data, &["sources", "enable", "astana-times", "nobodys"]);
    check(&unknown, 65, "no source \"nobodys\"");
    assert!(line("astana-times").contains(" off "));
}
