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

#[test]
fn a_source_gets_its_ways_in_and_loses_them() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    site(data);
    let secret = |said: String| {
        let last = said.lines().last().unwrap_or_default().to_owned();
        assert!(
            last.len() == 64 && said.contains("/wire/push/kuroshio"),
            "{said}"
        );
        last
    };
    let first = secret(done(&program(data, &["sources", "push", "kuroshio"])));
    let second = secret(done(&program(data, &["sources", "push", "kuroshio"])));
    assert_ne!(first, second);
    let ended = done(&program(data, &["sources", "push", "kuroshio", "--end"]));
    assert!(ended.contains("may push no more"), "{ended}");
    let mail = ["sources", "mail", "kuroshio"];
    let some = [&mail[..], &["Desk@Kuroshio-Press.example", "@news.example"]].concat();
    let said = done(&program(data, &some));
    assert!(
        said.contains("desk@kuroshio-press.example, @news.example"),
        "{said}"
    );
    assert!(done(&program(data, &mail)).contains("No mail is taken"));
    check(
        &program(data, &[&mail[..], &["desk"]].concat()),
        65,
        "no address of mail",
    );
    check(
        &program(data, &["sources", "push", "nobodys"]),
        65,
        "no source \"nobodys\"",
    );
}

#[test]
fn an_agencys_document_is_taken_in_by_hand() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    site(data);
    let file = data.join("7.xml");
    let nitf = "<nitf><head><meta name='canonical' content='https://kuroshio-press.example/7'/></head><body>\
                <body.head><hedline><hl1>台風が接近</hl1></hedline></body.head></body></nitf>";
    std::fs::write(&file, nitf).unwrap();
    let ingest = ["ingest", file.to_str().unwrap(), "--source", "kuroshio"];
    let said = done(&program(data, &ingest));
    assert!(said.contains("1 new, 0 updated"), "{said}");
    std::fs::write(&file, nitf.replace("</nitf>", "")).unwrap();
    check(&program(data, &ingest), 65, "it ends inside <nitf>");
}
