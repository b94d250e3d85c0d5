//! Where an agency's text is cut: whole where the terms allow it, else after a sentence, else
//! between words. What may follow what is in [`super::border`].

use super::{Room, border};
use unicode_segmentation::UnicodeSegmentation;

/// The first of these paragraphs, as much of them as there is room for.
///
/// What fits stands as it came. Longer text ends after a sentence where one ends in the last 40 %
/// of the room there is, and that needs no mark; else it ends between two words (between two
/// characters in scripts without spaces) and "…" says that it goes on.
#[must_use]
pub fn cut(paragraphs: &[impl AsRef<str>], room: Room) -> Vec<String> {
    let whole = || paragraphs.iter().map(|p| p.as_ref().to_owned());
    if room.holds(paragraphs) {
        return whole().collect();
    }
    let max_chars = room.in_chars(paragraphs);
    let mut room = max_chars;
    let mut kept: Vec<String> = Vec::new();
    // An earlier paragraph that closes a sentence late enough is a good end, too.
    let mut good_end = 0;
    for paragraph in paragraphs {
        let text = paragraph.as_ref();
        let graphemes: Vec<&str> = text.graphemes(true).collect();
        if graphemes.len() <= room {
            kept.push(text.to_owned());
            room -= graphemes.len();
            if room * 10 <= max_chars * 4 && border::closes_sentence(&graphemes, graphemes.len()) {
                good_end = kept.len();
            }
            continue;
        }
        // Of this paragraph, the first `late` graphemes lie outside the last 40 % of the room.
        let late = room.saturating_sub(max_chars * 4 / 10);
        if let Some(end) = sentence_end(&graphemes, late, room) {
            kept.push(graphemes.iter().take(end).copied().collect());
        } else if good_end > 0 {
            kept.truncate(good_end);
        } else {
            end_between_words(&mut kept, &graphemes, room);
        }
        break;
    }
    kept
}

/// The latest sentence end after more than `late` graphemes and at most `room`.
fn sentence_end(graphemes: &[&str], late: usize, room: usize) -> Option<usize> {
    (late.max(1)..=room)
        .rev()
        .find(|&end| border::ends_sentence(graphemes, end))
}

/// Adds as much of `graphemes` as `room` holds beside the "…"; without any, the paragraph before
/// ends with the "…".
fn end_between_words(kept: &mut Vec<String>, graphemes: &[&str], room: usize) {
    let most = room.saturating_sub(1);
    let words = (1..=most)
        .rev()
        .find(|&end| border::between_words(graphemes, end));
    let torn = || {
        let mut ends = (1..=most).rev();
        let fit = ends.find(|&end| border::may_break(graphemes, end));
        fit.filter(|_| !border::starts_with_url(graphemes))
    };
    if let Some(end) = words.or_else(torn).filter(|_| room > 0) {
        let fits = graphemes.get(..end).unwrap_or_default();
        let mut text: String = without_hanging(fits).concat();
        if !text.is_empty() {
            text.push('…');
            kept.push(text);
            return;
        }
    }
    let mut room = room;
    while let Some(last) = kept.pop() {
        let graphemes: Vec<&str> = last.graphemes(true).collect();
        if room == 0 && !graphemes.is_empty() {
            // It fills the terms to the brim, so it gives up its last words for the mark.
            return end_between_words(kept, &graphemes, graphemes.len());
        }
        let words = without_hanging(&graphemes).concat();
        if !words.is_empty() {
            kept.push(format!("{words}…"));
            return;
        }
        room += graphemes.len();
    }
}

/// Without what may not stand before "…", whole graphemes at a time.
fn without_hanging<'a>(graphemes: &'a [&'a str]) -> &'a [&'a str] {
    let mut left = graphemes;
    while let Some((last, rest)) = left.split_last()
        && last.chars().all(border::hangs)
    {
        left = rest;
    }
    left
}
