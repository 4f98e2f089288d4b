//! A file as the syntaxes want it: pagers taken out, endless lines too, cut where the prompt of
//! another device stands.

use crate::ingest::framing::console;
use memchr::{memchr, memchr_iter, memmem};
use std::borrow::Cow;

/// Longest line of a syntax that has lines.
const LONGEST_LINE: usize = 64 << 10;

/// A part of a file that one device wrote.
#[derive(PartialEq, Eq, Debug)]
pub(super) struct Part<'t> {
    /// Host of the prompt before it; empty where there was none.
    pub(super) host: &'t str,
    /// The statements.
    pub(super) text: &'t str,
    /// Physical line of the first byte.
    pub(super) line: u32,
}

/// Physical lines of a text; a last one without its end counts.
pub(super) fn count(text: &str) -> u64 {
    let ends = memchr_iter(b'\n', text.as_bytes()).count() as u64;
    ends + u64::from(!text.is_empty() && !text.ends_with('\n'))
}

/// The text without what a terminal left in it, and where that began (line, number of lines).
pub(super) fn cleaned(text: &str) -> (Cow<'_, str>, Option<(u32, u32)>) {
    let bytes = text.as_bytes();
    let noisy = memchr::memchr2(0x08, 0x1b, bytes).is_some()
        || ["--More--", "---- More", "<--- More", "-- MORE --"]
            .iter()
            .any(|pager| memmem::find(bytes, pager.as_bytes()).is_some())
        || (memchr(b'\r', bytes).is_some() && memchr(b'\n', bytes).is_none());
    if !noisy {
        return (Cow::Borrowed(text), None);
    }
    let lines = console::lines(text);
    let mut clean = String::with_capacity(text.len());
    for (_, line) in &lines.lines {
        clean.push_str(line);
        clean.push('\n');
    }
    let noise = (lines.noisy > 0).then_some((lines.first_noise, lines.noisy));
    (Cow::Owned(clean), noise)
}

/// Takes out lines that are longer than any statement. Gives their numbers and lengths.
pub(super) fn without_endless_lines(text: Cow<'_, str>) -> (Cow<'_, str>, Vec<(u32, usize)>) {
    let endless: Vec<(usize, usize, u32)> = lines(&text)
        .filter(|(_, line, _)| line.len() > LONGEST_LINE)
        .map(|(start, line, number)| (start, line.len(), number))
        .collect();
    if endless.is_empty() {
        return (text, Vec::new());
    }
    let mut kept = text.into_owned();
    for (start, length, _) in endless.iter().rev() {
        kept.replace_range(*start..start + length, "");
    }
    (Cow::Owned(kept), endless.into_iter().map(|(_, length, number)| (number, length)).collect())
}

/// Lines with the place of their first byte and their number.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, &str, u32)> {
    let (mut at, mut number) = (0, 0);
    std::iter::from_fn(move || {
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let end = memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
        let start = at;
        at += end + 1;
        number += 1;
        Some((start, &rest[..end], number))
    })
}

/// Cuts the text at prompts.
pub(super) fn parts(text: &str) -> Vec<Part<'_>> {
    let mut found: Vec<Part<'_>> = Vec::new();
    let (mut host, mut start, mut first) = ("", 0, 1);
    for (at, line, number) in lines(text) {
        if let Some(next) = prompt(line) {
            found.push(Part { host, text: &text[start..at], line: first });
            (host, start, first) = (next, (at + line.len() + 1).min(text.len()), number + 1);
        }
    }
    found.push(Part { host, text: &text[start..], line: first });
    found.retain(|part| !part.text.trim().is_empty());
    found
}

/// Host of a prompt that names user and host: `admin@fw1> `, `vyos@r1:~$ `,
/// `root@(lb1)(cfg-sync Standalone)(tmos)# `, `[admin@MikroTik] > `.
fn prompt(line: &str) -> Option<&str> {
    let head = line.get(..line.len().min(48)).unwrap_or(line);
    let at = memchr(b'@', head.as_bytes())?;
    let named = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
    let user = line[..at].strip_prefix('[').unwrap_or(&line[..at]);
    if user.is_empty() || !user.chars().all(named) {
        return None;
    }
    let rest = &line[at + 1..];
    let rest = rest.strip_prefix('(').unwrap_or(rest);
    let end = rest.find(|c: char| !named(c))?;
    let (host, tail) = rest.split_at(end);
    let stop = tail.find(['>', '#', '$', '%'])?;
    let between = &tail[..stop];
    let plain = !between.contains([';', '{', '"', '=', ',', '\'']);
    let behind = &tail[stop + 1..];
    let ends = behind.trim_end().is_empty() || behind.starts_with(' ');
    (!host.is_empty() && plain && ends && between.len() < 80).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prompts_name_the_host() {
        for (line, host) in [
            ("admin@fw1> show configuration", "fw1"),
            ("vyos@r1:~$ show configuration", "r1"),
            ("root@(lb1)(cfg-sync Standalone)(Active)(/Common)(tmos)# list", "lb1"),
            ("[admin@MikroTik] > /export", "MikroTik"),
            ("admin@PA-220(active)# ", "PA-220"),
        ] {
            assert_eq!(prompt(line), Some(host), "{line}");
        }
        for line in ["  a@b> c", "ftp://u@h#", "set a u@h", "contact x@y.example;", "a@b", "x# y"] {
            assert_eq!(prompt(line), None, "{line}");
        }
    }

    #[test]
    fn parts_keep_their_line_numbers() {
        let text = "junk\na@h1> show\nx 1;\na@h2> show\ny 2;\n";
        let seen: Vec<_> = parts(text).into_iter().map(|p| (p.host, p.text, p.line)).collect();
        assert_eq!(seen, [("", "junk\n", 1), ("h1", "x 1;\n", 3), ("h2", "y 2;\n", 5)]);
    }

    #[test]
    fn endless_lines_are_taken_out_and_the_rest_stays() {
        let text = format!("a\n{}\nb\n", "x".repeat(LONGEST_LINE + 1));
        let (kept, endless) = without_endless_lines(Cow::Borrowed(&text));
        assert_eq!((kept.as_ref(), endless), ("a\n\nb\n", vec![(2, LONGEST_LINE + 1)]));
    }
}
