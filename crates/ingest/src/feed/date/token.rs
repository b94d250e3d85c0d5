//! A date in pieces: numbers, words and signs.

use super::{month, zone};

/// A piece.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// Its value, how many digits it has, and whether it touches what stands before it.
    Number(u32, usize, bool),
    /// In lower case.
    Word(String),
    /// Anything else but white space.
    Sign(char),
}

/// Splits into numbers, words and signs; the units of Chinese, Japanese and Korean are signs.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut touches = false;
    for c in text.chars().flat_map(char::to_lowercase) {
        if let Some(digit) = zone::digit(c) {
            match out.last_mut() {
                Some(Token::Number(value, length, _)) if touches && *length < 9 => {
                    *value = value.saturating_mul(10).saturating_add(digit);
                    *length += 1;
                }
                _ => out.push(Token::Number(digit, 1, touches)),
            }
        } else if let Some(sign) = month::unit(c) {
            out.push(Token::Sign(sign));
        } else if c.is_alphabetic() || month::marks(c) {
            match out.last_mut() {
                Some(Token::Word(word)) if touches => word.push(c),
                _ => out.push(Token::Word(c.into())),
            }
        } else if !c.is_whitespace() {
            // The points of "a.m." and "ม.ค." belong to their word.
            if c != '.' || !matches!(out.last(), Some(Token::Word(_))) {
                out.push(Token::Sign(c));
            }
        }
        touches = !c.is_whitespace();
    }
    out
}
