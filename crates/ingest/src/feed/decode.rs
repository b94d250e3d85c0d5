//! A feed's bytes as text, whatever it says or forgets to say about its encoding.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// A feed's text, without a byte order mark and without an XML declaration (it is no longer true).
pub(crate) struct Decoded {
    /// The text.
    pub(crate) text: String,
    /// What it was encoded in.
    pub(crate) encoding: &'static str,
    /// Whether some bytes meant nothing and were replaced.
    pub(crate) damaged: bool,
}

/// Reads the bytes: byte order mark, then the shape of UTF-16 and UTF-32, then the HTTP charset,
/// then the XML declaration, then UTF-8 where it is valid, then what it looks like.
pub(crate) fn decode(bytes: &[u8], http_charset: Option<&str>) -> Decoded {
    if let Some(text) = utf_32(bytes) {
        return Decoded {
            text: without_declaration(&text),
            encoding: "UTF-32",
            damaged: false,
        };
    }
    let sure = Encoding::for_bom(bytes)
        .map(|(encoding, _)| encoding)
        .or_else(|| shape(bytes));
    let encoding = sure.unwrap_or_else(|| {
        let declared = [http_charset.and_then(labelled), declaration(bytes)];
        choose(bytes, declared.into_iter().flatten())
    });
    let (text, _, damaged) = encoding.decode(bytes);
    Decoded {
        text: without_declaration(&text),
        encoding: encoding.name(),
        damaged,
    }
}

/// The first declared encoding that fits the bytes.
fn choose(bytes: &[u8], declared: impl Iterator<Item = &'static Encoding>) -> &'static Encoding {
    let utf_8 = std::str::from_utf8(bytes).is_ok();
    let mut first = None;
    for encoding in declared {
        // Text that is valid UTF-8 beyond ASCII is hardly ever in a one-byte encoding, whatever
        // the server adds to its headers.
        if utf_8 && encoding.is_single_byte() {
            return UTF_8;
        }
        if encoding
            .decode_without_bom_handling_and_without_replacement(bytes)
            .is_some()
        {
            return encoding;
        }
        first = first.or(Some(encoding));
    }
    if utf_8 {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Allow);
    match first {
        // Damaged either way: then it is what it says it is.
        Some(first) if guess.decode_without_bom_handling(bytes).1 => first,
        _ => guess,
    }
}

fn labelled(label: &str) -> Option<&'static Encoding> {
    let encoding = Encoding::for_label_no_replacement(label.trim().as_bytes())?;
    // Bytes that are 16 bits wide have been seen by their shape already.
    (encoding != UTF_16BE && encoding != UTF_16LE).then_some(encoding)
}

/// `encoding="…"` of the XML declaration.
fn declaration(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(512))?).into_owned();
    let (_, from) = head.split_once("<?xml")?;
    let (inside, _) = from.split_once("?>")?;
    let (_, value) = inside.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    labelled(value.get(1..)?.split(quote).next()?)
}

/// UTF-16 without a mark: "<" or white space, then a zero, or the other way round.
fn shape(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0, b'<' | b' ' | b'\n' | b'\r' | b'{', 0, ..] => Some(UTF_16BE),
        [b'<' | b' ' | b'\n' | b'\r' | b'{', 0, _, 0, ..] => Some(UTF_16LE),
        _ => None,
    }
}

fn utf_32(bytes: &[u8]) -> Option<String> {
    let wide = |read: fn([u8; 4]) -> u32| -> String {
        let quads = bytes
            .chunks_exact(4)
            .filter_map(|quad| quad.try_into().ok());
        quads
            .map(|quad| char::from_u32(read(quad)).unwrap_or('\u{fffd}'))
            .collect()
    };
    match bytes {
        [0, 0, 0xfe, 0xff, ..] | [0, 0, 0, b'<' | b'{', ..] => Some(wide(u32::from_be_bytes)),
        [0xff, 0xfe, 0, 0, ..] | [b'<' | b'{', 0, 0, 0, ..] => Some(wide(u32::from_le_bytes)),
        _ => None,
    }
}

/// Without the declaration, and without what stands before the first tag.
fn without_declaration(text: &str) -> String {
    let text = text.trim_start_matches('\u{feff}');
    let start = text.find(['<', '{']).unwrap_or(0);
    let text = text.get(start..).unwrap_or_default();
    let body = text
        .strip_prefix("<?xml")
        .filter(|rest| rest.starts_with(char::is_whitespace));
    let body = body
        .and_then(|rest| rest.split_once("?>"))
        .map_or(text, |(_, body)| body);
    body.trim_start().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{BIG5, EUC_JP, EUC_KR, GBK, ISO_2022_JP, SHIFT_JIS, WINDOWS_874};

    fn check(bytes: &[u8], charset: Option<&str>, want: &str) {
        let found = decode(bytes, charset);
        assert_eq!(found.text, want, "{}", found.encoding);
    }

    #[test]
    fn declared_encodings_of_asia() {
        for (encoding, words) in [
            (SHIFT_JIS, "台風が接近している"),
            (EUC_JP, "台風が接近している"),
            (ISO_2022_JP, "台風が接近している"),
            (GBK, "台风正在逼近"),
            (BIG5, "颱風逼近"),
            (EUC_KR, "태풍이 온다"),
            (WINDOWS_874, "ฝนตกหนัก"),
        ] {
            let text = format!(
                "<?xml version='1.0' encoding='{}'?><t>{words}</t>",
                encoding.name()
            );
            check(&encoding.encode(&text).0, None, &format!("<t>{words}</t>"));
            let text = format!("<t>{words}</t>");
            check(&encoding.encode(&text).0, Some(encoding.name()), &text);
        }
    }

    #[test]
    fn undeclared_encodings_are_recognised() {
        let text = "<rss><title>台风正在逼近东部沿海，居民已经撤离，学校停课三天</title></rss>";
        check(&GBK.encode(text).0, None, text);
        let text = "<rss><title>台風が九州に接近している。住民は避難した。</title></rss>";
        check(&SHIFT_JIS.encode(text).0, None, text);
        check(text.as_bytes(), None, text);
    }

    #[test]
    fn wide_characters_with_and_without_a_mark() {
        let text = "<t>東京</t>";
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let wide: Vec<u8> = text
            .chars()
            .flat_map(|c| u32::from(c).to_be_bytes())
            .collect();
        for bytes in [&big, &little, &wide] {
            check(bytes, None, text);
            check(bytes, Some("utf-8"), text);
        }
        check(&[&[0xfe, 0xff], big.as_slice()].concat(), None, text);
        check(&[&[0xff, 0xfe], little.as_slice()].concat(), None, text);
    }

    #[test]
    fn labels_that_lie() {
        let text = "<t>東京 café</t>";
        check(text.as_bytes(), Some("iso-8859-1"), text);
        check(
            format!("<?xml version='1.0' encoding='utf-16'?>{text}").as_bytes(),
            None,
            text,
        );
        let text = "<t>台風が九州に接近している。住民は避難した。</t>";
        check(&SHIFT_JIS.encode(text).0, Some("nonsense"), text);
    }
}
