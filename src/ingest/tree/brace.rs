//! `word word { word value; }` and `set word word value`, in one file or apart.

use super::DEPTH;
use super::gather::{Gather, Statement};
use super::quote::{closing, unescaped};
use crate::rules::device::pattern::scrubbed;
use memchr::{memchr, memmem};
use std::borrow::Cow;
use zeroize::Zeroize;

/// First words of the objects that may follow a program.
const MODULES: [&str; 14] = [
    "analytics",
    "apm",
    "asm",
    "auth",
    "cli",
    "cm",
    "gtm",
    "ilx",
    "ltm",
    "net",
    "pem",
    "security",
    "sys",
    "wom",
];

/// How a product ends its statements, and what begins a line of command form.
pub(super) struct Style {
    /// True where `;` ends a statement and a line end does not.
    pub(super) semicolons: bool,
    /// First words of lines that state something.
    pub(super) set: &'static [&'static str],
    /// First words of lines that switch something off.
    pub(super) off: &'static [&'static str],
    /// First words of lines that take something away, or say nothing.
    pub(super) ignored: &'static [&'static str],
    /// Words behind the verb that say nothing of their own.
    pub(super) dropped: &'static [&'static str],
    /// Headings of blocks that hold programs: read over up to a `}` at the beginning of a line.
    pub(super) programs: &'static [&'static str],
}

/// Reads a text; `line` is the number of its first.
pub(super) fn read(style: &Style, text: &str, line: u32, gather: &mut Gather<'_>) {
    let mut walk = Walk {
        style,
        text,
        at: 0,
        line,
        words: Vec::new(),
        marks: Vec::new(),
        own: 0,
        began: line,
        off: None,
        deep: 0,
        gather,
    };
    while walk.at < text.len() {
        walk.step();
    }
    walk.finish();
}

struct Walk<'w, 't, 'p> {
    style: &'w Style,
    text: &'t str,
    at: usize,
    line: u32,
    words: Vec<Cow<'t, str>>,
    /// Number of words before each open block, and the line of its heading.
    marks: Vec<(usize, u32)>,
    own: usize,
    began: u32,
    off: Option<usize>,
    /// Blocks beyond the deepest that is read.
    deep: usize,
    gather: &'w mut Gather<'p>,
}

impl<'t> Walk<'_, 't, '_> {
    fn step(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        let fresh = self.words.len() == self.own;
        match rest[0] {
            b'\n' => {
                self.line += 1;
                self.at += 1;
                if !self.style.semicolons {
                    self.leaf();
                } else if self.marks.is_empty() && self.at_command() {
                    // What a terminal said before it is no beginning of a statement.
                    self.truncate(self.own);
                }
            }
            b' ' | b'\t' | b'\r' => self.at += 1,
            b'/' if rest.starts_with(b"/*") => self.comment(),
            b'#' if fresh => self.skip_line(),
            b'/' if fresh && rest.starts_with(b"//") => self.skip_line(),
            b';' if self.style.semicolons => {
                self.at += 1;
                self.leaf();
            }
            b'-' if rest.starts_with(b"---(more") => self.pager(),
            b'{' if fresh && rest.get(1).is_some_and(u8::is_ascii_alphabetic) => self.skip_line(),
            b'{' if self.stands_alone() => self.open(),
            b'}' if self.stands_alone() => self.close(),
            b'[' | b']' if self.style.semicolons => self.at += 1,
            b'"' => self.quote(b'"'),
            _ => self.word(),
        }
    }

    fn at_command(&self) -> bool {
        let rest = &self.text.as_bytes()[self.at..];
        let word = &rest[..memchr(b' ', &rest[..rest.len().min(16)]).unwrap_or(0)];
        let style = self.style;
        let verbs = [style.set, style.off, style.ignored];
        verbs.iter().any(|list| list.iter().any(|verb| verb.as_bytes() == word))
    }

    /// A brace is one only where it is no part of a word.
    fn stands_alone(&self) -> bool {
        let next = self.text.as_bytes().get(self.at + 1);
        self.style.semicolons || next.is_none_or(|b| b.is_ascii_whitespace() || *b == b'}')
    }

    fn comment(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        let end = memmem::find(rest, b"*/").map(|end| end + 2);
        if let Some(end) = end {
            return self.pass(end);
        }
        self.gather.refuse("unclosed-quote", self.line, 0);
        self.skip_line();
    }

    /// Moves on by so many bytes and counts their lines.
    fn pass(&mut self, bytes: usize) {
        let passed = &self.text.as_bytes()[self.at..self.at + bytes];
        self.line += memchr::memchr_iter(b'\n', passed).count() as u32;
        self.at += bytes;
    }

    /// `---(more 45%)---`, and the statement that a terminal wrote over it.
    fn pager(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        match memmem::find(&rest[..rest.len().min(40)], b")---") {
            Some(end) => self.at += end + 4,
            None => self.skip_line(),
        }
    }

    fn skip_line(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        self.at += memchr(b'\n', rest).unwrap_or(rest.len());
    }

    fn push(&mut self, word: Cow<'t, str>, line: u32) {
        if self.words.len() == self.own {
            self.began = line;
        }
        self.words.push(word);
    }

    fn word(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        let semicolons = self.style.semicolons;
        let ends = |b: &u8| {
            b.is_ascii_whitespace() || (semicolons && matches!(b, b';' | b'{' | b'}' | b'[' | b']'))
        };
        let length = scrubbed(&self.text[self.at..])
            .unwrap_or_else(|| rest.iter().position(ends).unwrap_or(rest.len()).max(1));
        let word = &self.text[self.at..self.at + length];
        let fresh = self.words.len() == self.own;
        if fresh && self.marks.is_empty() && self.command(word) {
            return;
        }
        self.at += length;
        match word {
            "inactive:" if fresh => self.off = self.off.or(Some(self.own)),
            "protect:" | "replace:" | "delete:" if fresh => {}
            _ => self.push(Cow::Borrowed(word), self.line),
        }
    }

    /// A quoted word. One that is never closed costs its line alone.
    fn quote(&mut self, mark: u8) {
        let (line, start) = (self.line, self.at + 1);
        let Some(length) = closing(&self.text.as_bytes()[start..], mark) else {
            self.gather.refuse("unclosed-quote", line, 0);
            self.truncate(self.own);
            return self.skip_line();
        };
        let word = unescaped(&self.text[start..start + length]);
        self.pass(length + 2);
        self.push(word, line);
    }

    fn leaf(&mut self) {
        if self.words.len() > self.own {
            self.emit(false);
        }
        self.truncate(self.own);
    }

    fn emit(&mut self, opens: bool) {
        if self.deep == 0 {
            let (words, own) = (self.words.as_slice(), self.own);
            let statement = Statement { words, own, line: self.began, opens, off: self.off };
            self.gather.statement(&statement);
        }
    }

    fn truncate(&mut self, length: usize) {
        for word in self.words.drain(length..) {
            if let Cow::Owned(mut word) = word {
                word.zeroize();
            }
        }
        if self.off.is_some_and(|off| off >= length) {
            self.off = None;
        }
    }

    fn open(&mut self) {
        self.at += 1;
        if self.marks.len() >= DEPTH {
            if self.deep == 0 {
                self.gather.refuse("too-deep", self.line, 0);
            }
            self.deep += 1;
            return self.truncate(self.own);
        }
        if self.is_program() {
            return self.pass_program();
        }
        if self.words.len() > self.own {
            self.emit(true);
        }
        self.marks.push((self.own, self.line));
        self.own = self.words.len();
    }

    fn is_program(&self) -> bool {
        let heading =
            self.words[self.own..].iter().take(2).map(Cow::as_ref).collect::<Vec<_>>().join(" ");
        self.marks.is_empty() && self.style.programs.contains(&heading.as_str())
    }

    /// Programs have braces of their own: the block ends where a `}` begins a line and the next
    /// line begins another object, or nothing follows.
    fn pass_program(&mut self) {
        let rest = &self.text[self.at..];
        let ends = |end: &usize| {
            let behind = rest[end + 2..].trim_start_matches(['\r', '\n', ' ']);
            let word = behind.split(' ').next().unwrap_or_default();
            behind.is_empty() || behind.starts_with('#') || MODULES.contains(&word)
        };
        match rest.match_indices("\n}").map(|(end, _)| end).find(ends) {
            Some(end) => self.pass(end + 2),
            None => self.gather.spoil("truncated", self.began),
        }
        self.truncate(self.own);
    }

    fn close(&mut self) {
        self.at += 1;
        self.leaf();
        if self.deep > 0 {
            self.deep -= 1;
            return;
        }
        match self.marks.pop() {
            Some((own, _)) => {
                self.own = own;
                self.truncate(own);
            }
            // The beginning of the file is missing.
            None if self.gather.flaws.iter().any(|flaw| flaw.code == "truncated") => {}
            None => self.gather.spoil("truncated", self.line),
        }
    }

    fn finish(&mut self) {
        self.leaf();
        if let Some((_, line)) = self.marks.first() {
            self.gather.spoil("truncated", *line);
        }
        self.truncate(0);
    }

    /// `set a b c` on a line of its own.
    fn command(&mut self, verb: &str) -> bool {
        let style = self.style;
        let (set, off) = (style.set.contains(&verb), style.off.contains(&verb));
        if !set && !off && !style.ignored.contains(&verb) {
            return false;
        }
        if !set && !off {
            self.skip_line();
            return true;
        }
        self.at += verb.len();
        self.began = self.line;
        if !self.words_of_line() {
            self.truncate(self.own);
            return true;
        }
        if self.words.first().is_some_and(|word| style.dropped.contains(&word.as_ref())) {
            self.words.remove(0);
        }
        if off {
            let path = self.words.join(" ");
            self.gather.switched_off.push(path);
        } else {
            self.emit(false);
        }
        self.truncate(self.own);
        true
    }

    /// The words up to the line end; quoted ones may reach beyond it.
    fn words_of_line(&mut self) -> bool {
        loop {
            let rest = &self.text.as_bytes()[self.at..];
            match rest.first() {
                None | Some(b'\n') => return true,
                Some(b' ' | b'\t' | b'\r') => self.at += 1,
                Some(b'[' | b']') if rest.get(1).is_none_or(u8::is_ascii_whitespace) => {
                    self.at += 1;
                }
                Some(&mark @ (b'"' | b'\'')) => match closing(&rest[1..], mark) {
                    Some(length) => {
                        let word = &self.text[self.at + 1..][..length];
                        let word = if mark == b'"' { unescaped(word) } else { Cow::Borrowed(word) };
                        self.pass(length + 2);
                        self.words.push(word);
                    }
                    None if mark == b'\'' => self.bare(),
                    None => {
                        self.gather.refuse("unclosed-quote", self.line, 0);
                        self.skip_line();
                        return false;
                    }
                },
                Some(_) => self.bare(),
            }
        }
    }

    fn bare(&mut self) {
        let rest = &self.text[self.at..];
        let end = || rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
        let end = scrubbed(rest).unwrap_or_else(end);
        self.words.push(Cow::Borrowed(&rest[..end]));
        self.at += end;
    }
}
