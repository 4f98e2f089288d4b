//! Quoted words.

use memchr::memchr;
use std::borrow::Cow;

/// Most lines of one quoted value; certificates and scripts are shorter.
const LONGEST_QUOTE: usize = 5_000;

/// Bytes up to the quote that closes. Behind a quote of several lines a word must end: else it is
/// the next one's beginning, and this one was never closed.
pub(super) fn closing(bytes: &[u8], mark: u8) -> Option<usize> {
    let length = next_quote(bytes, mark)?;
    let behind = bytes.get(length + 1);
    let ends = behind.is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b';' | b'}'));
    (ends || memchr(b'\n', &bytes[..length]).is_none()).then_some(length)
}

/// Bytes up to the next quote that is not escaped.
fn next_quote(bytes: &[u8], mark: u8) -> Option<usize> {
    let (mut at, mut lines) = (0, 0);
    loop {
        at += bytes.get(at..)?.iter().position(|&b| b == mark || b == b'\n' || b == b'\\')?;
        match bytes[at] {
            b'\n' if mark == b'\'' => return None,
            b'\n' => {
                lines += 1;
                if lines > LONGEST_QUOTE {
                    return None;
                }
            }
            b'\\' if mark == b'"' => at += 1,
            b if b == mark => return Some(at),
            _ => {}
        }
        at += 1;
    }
}

/// Resolves `\"` and `\\`; other backslashes stay, as they do on the devices.
pub(super) fn unescaped(word: &str) -> Cow<'_, str> {
    if memchr(b'\\', word.as_bytes()).is_none() {
        return Cow::Borrowed(word);
    }
    let mut clean = String::with_capacity(word.len());
    let mut chars = word.chars();
    while let Some(c) = chars.next() {
        match (c, chars.as_str().chars().next()) {
            ('\\', Some(next @ ('"' | '\\'))) => {
                clean.push(next);
                chars.next();
            }
            _ => clean.push(c),
        }
    }
    Cow::Owned(clean)
}
