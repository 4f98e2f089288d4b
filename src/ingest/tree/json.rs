//! JSON → statements: one for each value that is no object or list. Items of a list are numbered.

use super::gather::{Gather, Statement};
use super::{COUNTED, DEPTH};
use std::borrow::Cow;
use zeroize::Zeroize;

/// Reads a document; what follows a fault is not read.
pub(super) fn read(text: &str, line: u32, gather: &mut Gather<'_>) {
    let mut walk = Walk { bytes: text.as_bytes(), text, at: 0, line, words: Vec::new(), gather };
    walk.peek();
    if walk.value().is_none() {
        let code = if walk.at >= text.len() { "truncated" } else { "bad-json" };
        let line = walk.line;
        if walk.words.len() <= DEPTH {
            walk.gather.spoil(code, line);
        } else {
            walk.gather.spoil("too-deep", line);
        }
    }
}

struct Walk<'w, 't, 'p> {
    bytes: &'t [u8],
    text: &'t str,
    at: usize,
    line: u32,
    words: Vec<Cow<'t, str>>,
    gather: &'w mut Gather<'p>,
}

impl<'t> Walk<'_, 't, '_> {
    fn peek(&mut self) -> Option<u8> {
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b'\n' => self.line += 1,
                b' ' | b'\t' | b'\r' => {}
                _ => return Some(byte),
            }
            self.at += 1;
        }
        None
    }

    fn value(&mut self) -> Option<()> {
        if self.words.len() > DEPTH {
            return None;
        }
        let line = self.line;
        let word = match self.peek()? {
            b'{' => return self.object(),
            b'[' => return self.array(),
            b'"' => self.string()?,
            _ => self.bare()?,
        };
        self.words.push(word);
        let own = self.words.len().saturating_sub(2);
        let words = self.words.as_slice();
        self.gather.statement(&Statement { words, own, line, opens: false, off: None });
        self.pop();
        Some(())
    }

    fn pop(&mut self) {
        if let Some(Cow::Owned(mut word)) = self.words.pop() {
            word.zeroize();
        }
    }

    fn object(&mut self) -> Option<()> {
        self.at += 1;
        if self.peek()? == b'}' {
            self.at += 1;
            return Some(());
        }
        loop {
            if self.peek()? != b'"' {
                return None;
            }
            let name = self.string()?;
            if self.peek()? != b':' {
                return None;
            }
            self.at += 1;
            self.words.push(name);
            self.peek()?;
            self.value()?;
            self.pop();
            if !self.more(b'}')? {
                return Some(());
            }
        }
    }

    fn array(&mut self) -> Option<()> {
        self.at += 1;
        if self.peek()? == b']' {
            self.at += 1;
            return Some(());
        }
        for number in 0_u32.. {
            let item = self.peek()?;
            let keyed = matches!(item, b'{' | b'[');
            if keyed {
                self.words.push(Cow::Owned(format!("{COUNTED}{number}")));
            }
            self.value()?;
            if keyed {
                self.pop();
            }
            if !self.more(b']')? {
                break;
            }
        }
        Some(())
    }

    /// Behind a value: whether another follows.
    fn more(&mut self, end: u8) -> Option<bool> {
        let byte = self.peek()?;
        self.at += 1;
        match byte {
            b',' => Some(true),
            byte if byte == end => Some(false),
            _ => {
                self.at -= 1;
                None
            }
        }
    }

    /// A number, `true`, `false` or `null`.
    fn bare(&mut self) -> Option<Cow<'t, str>> {
        let rest = &self.bytes[self.at..];
        let ends = |b: &u8| !(b.is_ascii_alphanumeric() || matches!(b, b'-' | b'+' | b'.'));
        let length = rest.iter().position(ends).unwrap_or(rest.len());
        let word = &self.text[self.at..self.at + length];
        self.at += length;
        match word {
            "null" => Some(Cow::Borrowed("")),
            "true" | "false" => Some(Cow::Borrowed(word)),
            _ => word.parse::<f64>().ok().map(|_| Cow::Borrowed(word)),
        }
    }

    fn string(&mut self) -> Option<Cow<'t, str>> {
        let start = self.at + 1;
        let mut at = start;
        loop {
            at += memchr::memchr2(b'"', b'\\', self.bytes.get(at..)?).or_else(|| {
                self.at = self.bytes.len();
                None
            })?;
            if self.bytes[at] == b'"' {
                break;
            }
            at += 2;
        }
        let whole = &self.text[self.at..=at];
        self.at = at + 1;
        if !whole.contains('\\') {
            return Some(Cow::Borrowed(&self.text[start..at]));
        }
        serde_json::from_str::<String>(whole).ok().map(Cow::Owned)
    }
}
