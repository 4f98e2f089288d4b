//! The words of a line.

/// A word of a line; quotes around it are no part of its content.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// First byte, quote included.
    pub start: usize,
    /// Behind the last byte, quote included.
    pub end: usize,
    /// 1 where quotes stand around the content.
    pub(super) quote: usize,
}

impl Word {
    /// The content.
    pub fn text(self, line: &str) -> &str {
        &line[self.start + self.quote..self.end - self.quote]
    }
}

/// Most words of a line that are looked at.
const MOST_WORDS: usize = 512;

/// Splits a line at blanks and at the characters of `separators`; a quoted string is one word, and so
/// is what a scrubbing tool left.
pub fn split(line: &str, separators: &str, words: &mut Vec<Word>) {
    words.clear();
    let bytes = line.as_bytes();
    let apart = |byte: u8| byte.is_ascii_whitespace() || separators.as_bytes().contains(&byte);
    let mut at = 0;
    while words.len() < MOST_WORDS {
        while at < bytes.len() && apart(bytes[at]) {
            at += 1;
        }
        if at == bytes.len() {
            return;
        }
        let end = bytes[at..].iter().position(|&b| apart(b)).map_or(bytes.len(), |len| at + len);
        let closed = quoted(bytes, at).filter(|&end| end == bytes.len() || apart(bytes[end]));
        let left = || scrubbed(&line[at..]).map(|length| at + length);
        let word = match closed {
            Some(end) => Word { start: at, end, quote: 1 },
            None => Word { start: at, end: left().unwrap_or(end), quote: 0 },
        };
        at = word.end;
        words.push(word);
    }
}

/// Longest text that a scrubbing tool leaves, in bytes.
const LONGEST_LEFT: usize = 48;

/// Length of `<secret hidden>`, `<configuration removed>` and their like at the beginning of a text: a
/// word with a blank in it.
pub fn scrubbed(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('<')?;
    let end = inner.bytes().take(LONGEST_LEFT).position(|b| b == b'>')?;
    let words = inner[..end].bytes().all(|b| b.is_ascii_alphanumeric() || b" -_".contains(&b));
    (words && inner[..end].contains(' ')).then_some(end + 2)
}

/// The first word of a line without blanks before it, quotes aside.
pub fn first_word<'l>(line: &'l str, separators: &str) -> &'l str {
    let apart = |byte: u8| byte.is_ascii_whitespace() || separators.as_bytes().contains(&byte);
    let word = &line[..line.bytes().position(apart).unwrap_or(line.len())];
    if word.starts_with('"') || word.ends_with('"') { word.trim_matches('"') } else { word }
}

/// End of the quoted string that begins at `at`, where one does.
fn quoted(bytes: &[u8], at: usize) -> Option<usize> {
    if bytes[at] != b'"' {
        return None;
    }
    let mut end = at + 1;
    while end < bytes.len() {
        match bytes[end] {
            b'\\' => end += 1,
            b'"' => return Some(end + 1),
            _ => {}
        }
        end += 1;
    }
    None
}
