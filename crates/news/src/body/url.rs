//! What a link in a document may lead to. The editor's TypeScript asks the same question
//! (`frontend/editor/src/schema.ts`); both answer the table `urls.json` alike.

/// Whether this may stand in a link: http, https, mailto, or a path of this site.
///
/// Control characters, spaces and backslashes are refused because browsers read over them when they
/// look for the scheme; `//host` because nobody who edits means it. Entities are literal text here:
/// the renderer escapes `&`.
#[must_use]
pub fn allowed(url: &str) -> bool {
    if url.starts_with("//") || url.chars().any(|c| c <= ' ' || c == '\\' || c == '\u{7f}') {
        return false;
    }
    match url.split_once([':', '/', '?', '#']) {
        Some((scheme, _)) if url.as_bytes().get(scheme.len()) == Some(&b':') => {
            ["http", "https", "mailto"]
                .iter()
                .any(|known| scheme.eq_ignore_ascii_case(known))
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_table_is_answered() {
        let table: Vec<(String, bool)> =
            serde_json::from_str(include_str!("urls.json")).expect("the table is JSON");
        for (url, want) in table {
            assert_eq!(super::allowed(&url), want, "{url:?}");
        }
    }
}
