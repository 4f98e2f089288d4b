//! LDIF (RFC 2849): attributes and the ends of entries, unfolded only where somebody looks.

use crate::kernel::marks::{Marks, Positions};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use memchr::memchr;

/// How a value is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// `name: value`
    Text,
    /// `name:: base64`
    Base64,
    /// `name:< url`: never followed.
    Url,
    /// `X'hex'` in a cell of csvde.
    Hex,
}

/// One attribute line with its continuations.
#[derive(Clone, Copy, Debug)]
pub struct Attribute<'a> {
    /// Name without options.
    pub name: &'a [u8],
    /// What follows the first `;` of the name, such as `range=0-1499`.
    pub options: &'a [u8],
    /// How the value is written.
    pub form: Form,
    /// Physical line of its first byte.
    pub line: u32,
    raw: &'a [u8],
    folded: bool,
}

impl<'a> Attribute<'a> {
    /// A value that stands in a cell of a table, as csvde and dsquery write it.
    pub fn cell(name: &'a [u8], value: &'a [u8], line: u32) -> Self {
        let hex = value.strip_prefix(b"X'").and_then(|hex| hex.strip_suffix(b"'"));
        let form = if hex.is_some() { Form::Hex } else { Form::Text };
        let raw = hex.unwrap_or(value);
        let (name, options) = split_options(name);
        Attribute { name, options, form, line, raw, folded: false }
    }

    /// Appends the value to `out`; `None` where it is not base64 although it says so.
    pub fn append_to(&self, out: &mut Vec<u8>) -> Option<()> {
        match (self.form, self.folded) {
            (Form::Hex, _) => hex(self.raw, out),
            (Form::Base64, false) => STANDARD.decode_vec(self.raw, out).ok(),
            (Form::Base64, true) => {
                let mut text = Vec::with_capacity(self.raw.len());
                unfold(self.raw, &mut text);
                STANDARD.decode_vec(&text, out).ok()
            }
            (_, true) => {
                unfold(self.raw, out);
                Some(())
            }
            (_, false) => {
                out.extend_from_slice(self.raw);
                Some(())
            }
        }
    }

    /// The value where it is plain text on one line.
    pub fn plain(&self) -> Option<&[u8]> {
        (self.form == Form::Text && !self.folded).then_some(self.raw)
    }
}

/// `member;range=0-1499` → the name and what follows its first `;`.
pub fn split_options(name: &[u8]) -> (&[u8], &[u8]) {
    let end = memchr(b';', name).unwrap_or(name.len());
    (&name[..end], name.get(end + 1..).unwrap_or_default())
}

fn hex(digits: &[u8], out: &mut Vec<u8>) -> Option<()> {
    let digit = |byte: u8| (byte as char).to_digit(16).map(|digit| digit as u8);
    let (pairs, rest) = digits.as_chunks::<2>();
    for pair in pairs {
        out.push(digit(pair[0])? << 4 | digit(pair[1])?);
    }
    rest.is_empty().then_some(())
}

/// What stands next in a block.
#[derive(Debug)]
pub enum Item<'a> {
    /// An attribute.
    Attribute(Attribute<'a>),
    /// A line that is none, by its number.
    Malformed(u32),
    /// The empty line behind an entry, or the end of the block.
    End,
}

/// Walks a block of whole entries.
pub struct Items<'a, 'm> {
    bytes: &'a [u8],
    /// Line ends, and what ends a name or its options.
    marks: Positions<'m>,
    at: usize,
    line: u32,
    open: bool,
}

/// What [`Items`] looks for in a block.
pub fn marks(bytes: &[u8]) -> Marks {
    Marks::of(bytes, [b'\n', b':', b';'])
}

/// A physical line: where it ends, and the first `:` and `;` of it.
struct Line {
    end: usize,
    colon: usize,
    options: usize,
}

impl<'a, 'm> Items<'a, 'm> {
    /// Starts at the block's first line; `marks` are those of the block.
    pub fn new(bytes: &'a [u8], marks: &'m Marks, first_line: u32) -> Self {
        Self { bytes, marks: marks.from(0), at: 0, line: first_line, open: false }
    }

    /// Moves over the physical line at `self.at`.
    #[inline]
    fn physical(&mut self) -> Line {
        let (mut colon, mut options) = (usize::MAX, usize::MAX);
        let end = loop {
            match self.marks.next() {
                None => break self.bytes.len(),
                Some(at) if self.bytes[at] == b'\n' => break at,
                Some(at) if self.bytes[at] == b':' => colon = colon.min(at),
                Some(at) => options = options.min(at),
            }
        };
        self.at = end + 1;
        self.line += 1;
        Line { end, colon, options }
    }

    /// Moves over the continuations of the line just read; true if there were any.
    #[inline]
    fn skip_continuations(&mut self) -> bool {
        let mut folded = false;
        while self.bytes.get(self.at) == Some(&b' ') {
            self.physical();
            folded = true;
        }
        folded
    }
}

impl<'a> Iterator for Items<'a, '_> {
    type Item = Item<'a>;

    #[inline]
    fn next(&mut self) -> Option<Item<'a>> {
        while self.at < self.bytes.len() {
            let (start, number) = (self.at, self.line);
            let line = self.physical();
            let text = &self.bytes[start..line.end];
            let text = text.strip_suffix(b"\r").unwrap_or(text);
            match text.first() {
                None if self.open => {
                    self.open = false;
                    return Some(Item::End);
                }
                None => continue,
                Some(b'#') => {
                    self.skip_continuations();
                    continue;
                }
                Some(_) => {}
            }
            self.open = true;
            let folded = self.skip_continuations();
            let end = self.at.min(self.bytes.len());
            let whole = if folded { &self.bytes[start..end] } else { text };
            if line.colon == usize::MAX {
                return Some(Item::Malformed(number));
            }
            let ends = (line.colon.min(line.options) - start, line.colon - start);
            return Some(attribute(whole, ends, folded, number));
        }
        let ends = self.open;
        self.open = false;
        ends.then_some(Item::End)
    }
}

/// `ends` are those of the name itself and of its options.
#[inline]
fn attribute(whole: &[u8], ends: (usize, usize), folded: bool, line: u32) -> Item<'_> {
    let (end, colon) = ends;
    if colon == 0 || whole[0] == b' ' {
        return Item::Malformed(line);
    }
    let (form, from) = match whole.get(colon + 1) {
        Some(b':') => (Form::Base64, colon + 2),
        Some(b'<') => (Form::Url, colon + 2),
        _ => (Form::Text, colon + 1),
    };
    let mut raw = &whole[from.min(whole.len())..];
    while let [b' ', rest @ ..] = raw {
        raw = rest;
    }
    if form == Form::Base64 {
        raw = raw.trim_ascii_end();
    }
    let (name, options) = (&whole[..end], &whole[(end + 1).min(colon)..colon]);
    Item::Attribute(Attribute { name, options, form, line, raw, folded })
}

/// Joins continuation lines: each line end and the one space behind it go.
fn unfold(raw: &[u8], out: &mut Vec<u8>) {
    let mut rest = raw;
    while let Some(end) = memchr(b'\n', rest) {
        let line = &rest[..end];
        out.extend_from_slice(line.strip_suffix(b"\r").unwrap_or(line));
        rest = &rest[end + 1..];
        rest = rest.strip_prefix(b" ").unwrap_or(rest);
    }
    out.extend_from_slice(rest.strip_suffix(b"\r").unwrap_or(rest));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walk(text: &str) -> Vec<String> {
        let shown = |item| match item {
            Item::End => "--".to_owned(),
            Item::Malformed(line) => format!("{line} malformed"),
            Item::Attribute(a) => {
                let mut value = Vec::new();
                let ok = a.append_to(&mut value).is_some();
                let (name, options) =
                    (String::from_utf8_lossy(a.name), String::from_utf8_lossy(a.options));
                let value = String::from_utf8_lossy(&value);
                format!("{} {name}/{options} {:?} {ok} {value}", a.line, a.form)
            }
        };
        let marks = marks(text.as_bytes());
        Items::new(text.as_bytes(), &marks, 1).map(shown).collect()
    }

    #[test]
    fn folding_base64_comments_and_entry_ends() {
        let text = "version: 1\n# a comment\n  that folds\n\ndn: CN=a,\n DC=b\ncn:: 5L2Q6Jek\n  \n\
                    x::5L2Q\n 6Jek\nmember;range=0-9:  z \n\n\n# end\n";
        assert_eq!(
            walk(text),
            [
                "1 version/ Text true 1",
                "--",
                "5 dn/ Text true CN=a,DC=b",
                "7 cn/ Base64 true 佐藤",
                "9 x/ Base64 true 佐藤",
                "11 member/range=0-9 Text true z ",
                "--",
            ]
        );
    }

    #[test]
    fn crlf_gives_the_same() {
        let text = "dn: CN=a,\n DC=b\ncn:: 5L2Q\n 6Jek\n\ndn: c\n";
        assert_eq!(walk(text), walk(&text.replace('\n', "\r\n")));
    }

    #[test]
    fn damage_is_named_by_line() {
        let seen = walk("dn: a\nnonsense\n:x\nu:< file:///etc/shadow\nb:: %%%\n");
        assert_eq!(seen[1..3], ["2 malformed", "3 malformed"]);
        assert_eq!(seen[3], "4 u/ Url true file:///etc/shadow");
        assert!(seen[4].starts_with("5 b/ Base64 false"));
        assert_eq!(walk(" lost continuation\ndn: a\n")[0], "1 malformed");
    }
}
