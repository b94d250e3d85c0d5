//! Mail: an agency's documents as attachments, or a story as plain text with its address in it.
//!
//! Whose mail is taken is settled by its `From`; that it is true is the mail server's business, which
//! checks the sender's domain before it delivers (contract 005).

use crate::clean;
use crate::excerpt::registrable;
use crate::feed::{FeedComplaint, MAX_BYTES, ReadFeed, SourceHint, absolute, read_feed};
use mail_parser::{HeaderName, Message, MessageParser, MessagePart, MimeHeaders};
use news::{Millis, PubStatus, WireItem};

/// More attachments than an agency sends in one mail.
const MOST_PARTS: usize = 64;
/// A line with the story's address has few other words; it is no part of the story.
const MOST_BESIDE_ADDRESS: usize = 4;

/// What a mail holds, where it is of one of these senders.
pub(crate) fn read_mail(bytes: &[u8], senders: &[String], hint: &SourceHint) -> ReadFeed {
    let mut read = ReadFeed::empty();
    if bytes.len() > MAX_BYTES {
        read.complaints.push(FeedComplaint::TooLarge(bytes.len()));
        return read;
    }
    let Some(mail) = MessageParser::default().parse(bytes) else {
        let why = "this is no mail".into();
        read.complaints.push(FeedComplaint::Refused(why));
        return read;
    };
    match sender(&mail) {
        Some(sender) if is_welcome(&sender, senders) => {}
        other => {
            let who = other.unwrap_or_else(|| "nobody".into());
            read.complaints.push(FeedComplaint::Unwelcome(who));
            return read;
        }
    }
    let documents = mail.parts.iter().filter(|part| is_document(part));
    for part in documents.take(MOST_PARTS) {
        let found = read_feed(part.contents(), charset(part), hint);
        read.way = read.way.or(found.way);
        read.panics += found.panics;
        read.items.extend(found.items);
        read.complaints.extend(found.complaints);
    }
    let is_plain = read.way.is_none() && read.complaints.is_empty();
    read.items.extend(is_plain.then(|| story(&mail, hint)));
    read
}

/// The one address it says it is from; `None` where it says several.
fn sender(mail: &Message<'_>) -> Option<String> {
    let said = mail.header_values(HeaderName::From).count();
    let from = mail.from().filter(|_| said == 1)?;
    let mut all = from.iter();
    let only = all.next().filter(|_| all.next().is_none())?;
    Some(only.address()?.trim().to_lowercase())
}

/// By its whole address, or by its domain.
fn is_welcome(sender: &str, senders: &[String]) -> bool {
    let domain = sender.rfind('@').and_then(|at| sender.get(at..));
    senders
        .iter()
        .any(|welcome| welcome == sender || Some(welcome.as_str()) == domain)
}

/// Whether a part is one of the documents we read: by its kind, or by its file's name.
fn is_document(part: &MessagePart<'_>) -> bool {
    let kind = part.content_type().and_then(|kind| kind.subtype());
    let kind = kind.unwrap_or_default().to_ascii_lowercase();
    let name = part
        .attachment_name()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let named = [".xml", ".json", ".nitf", ".ninjs", ".newsml"];
    kind.ends_with("xml") || kind.ends_with("json") || named.iter().any(|end| name.ends_with(end))
}

/// What the mail says of a part that is still as it came; text has been decoded already.
fn charset<'x>(part: &'x MessagePart<'_>) -> Option<&'x str> {
    if part.is_text() {
        return Some("utf-8");
    }
    part.content_type()?.attribute("charset")
}

/// A mail of words: its subject is the headline. Its address is the one that leads to the source's site.
fn story(mail: &Message<'_>, hint: &SourceHint) -> WireItem {
    let text = mail.body_text(0).unwrap_or_default().replace("\r\n", "\n");
    let text = text.split("\n-- \n").next().unwrap_or_default();
    let subject = clean::line(mail.subject().unwrap_or_default());
    let lines = text.lines().filter(|line| !is_address(line));
    let words = lines.collect::<Vec<_>>().join("\n");
    let first = words.trim_start().lines().next().unwrap_or_default();
    // Until when, a machine can't say; so nobody sees it before a person has looked.
    let waits = [&subject, first]
        .iter()
        .any(|line| line.to_lowercase().contains("embargo"));
    let date = mail
        .date()
        .map(|date| Millis(date.to_timestamp().saturating_mul(1_000)));
    WireItem {
        guid: mail.message_id().unwrap_or_default().to_owned(),
        url: address(text, hint),
        title: subject,
        content_html: clean::as_html(&words),
        published: date,
        status: if waits {
            PubStatus::Withheld
        } else {
            PubStatus::Usable
        },
        ..WireItem::default()
    }
}

fn is_address(line: &str) -> bool {
    let words = line.split_whitespace().count();
    line.contains("://") && words <= MOST_BESIDE_ADDRESS + 1
}

/// The last address of the source's own site: agencies put it below their words.
fn address(text: &str, hint: &SourceHint) -> String {
    let home = hint
        .base
        .as_ref()
        .and_then(|base| registrable(base.as_str()));
    let words =
        text.split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '（' | '）'));
    let trimmed = words.map(|word| {
        let from = word.find("http").unwrap_or(word.len());
        let word = word.get(from..).unwrap_or_default();
        word.trim_end_matches(['.', ',', ';', ')', ']', '。', '、'])
    });
    let all: Vec<String> = trimmed.filter_map(|word| absolute(word, None)).collect();
    let ours = all
        .iter()
        .rfind(|url| home.is_some() && registrable(url) == home);
    ours.or(all.last()).cloned().unwrap_or_default()
}

#[cfg(test)]
mod tests;
