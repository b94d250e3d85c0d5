//! Our renderer against ProseMirror's: for documents made by chance the HTML is the same to the byte.

use crate::node::lines;
use news::{Document, body::html};

#[test]
fn our_html_is_prosemirrors() {
    let Some(lines) = lines("html.mjs", &["20261124", "1000"]) else {
        return;
    };
    let mut equal = 0;
    for line in lines {
        if let Some(urls) = line.get("urls").and_then(serde_json::Value::as_array) {
            for row in urls {
                let url = row[0].as_str().expect("a row is a URL and an answer");
                assert_eq!(
                    Some(news::body::url::allowed(url)),
                    row[1].as_bool(),
                    "{url:?}"
                );
            }
            continue;
        }
        let document = Document(line["doc"].clone());
        assert_eq!(
            html::words(&document, None),
            line["html"],
            "{}",
            line["doc"]
        );
        equal += 1;
    }
    assert_eq!(equal, 1_000);
}
