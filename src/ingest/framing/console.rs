//! Text that was copied from a terminal: pagers, backspaces and prompts are taken out.

use std::borrow::Cow;

/// What pagers write between two screens.
const PAGERS: [&str; 4] = ["--More--", "<--- More --->", "---- More ----", "-- MORE --"];

/// Lines with their physical numbers, and how many of them had to be cleaned.
pub struct Lines<'a> {
    /// Physical line and text without its end.
    pub lines: Vec<(u32, Cow<'a, str>)>,
    /// Number of the first line in which a pager or terminal had left something; 0 = none.
    pub first_noise: u32,
    /// How many there were.
    pub noisy: u32,
}

/// Splits a text at CRLF, LF or (where no LF is) CR, and cleans each line.
pub fn lines(text: &str) -> Lines<'_> {
    let end = if text.contains('\n') { '\n' } else { '\r' };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut found = Lines { lines: Vec::new(), first_noise: 0, noisy: 0 };
    for (index, line) in text.split(end).enumerate() {
        let (number, line) = (index as u32 + 1, line.trim_end_matches('\r'));
        let clean = clean(line);
        if matches!(clean, Cow::Owned(_)) {
            found.noisy += 1;
            if found.first_noise == 0 {
                found.first_noise = number;
            }
        }
        found.lines.push((number, clean));
    }
    if found.lines.last().is_some_and(|(_, line)| line.is_empty()) {
        found.lines.pop();
    }
    found
}

fn clean(line: &str) -> Cow<'_, str> {
    let controls = line.contains(['\u{8}', '\r', '\u{1b}']);
    let pager = PAGERS.iter().any(|pager| line.contains(pager));
    if !controls && !pager {
        return Cow::Borrowed(line);
    }
    let shown = if controls { play(line) } else { line.to_owned() };
    Cow::Owned(without_pager(&shown))
}

/// What stays on the screen when a terminal shows the line.
fn play(line: &str) -> String {
    let (mut screen, mut column) = (Vec::new(), 0_usize);
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\u{8}' => column = column.saturating_sub(1),
            '\r' => column = 0,
            '\u{1b}' => skip_escape(&mut chars),
            c => {
                if column < screen.len() {
                    screen[column] = c;
                } else {
                    screen.push(c);
                }
                column += 1;
            }
        }
    }
    let mut text: String = screen.into_iter().collect();
    text.truncate(text.trim_end().len());
    text
}

/// `ESC [ ... letter`
fn skip_escape(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    if chars.next_if_eq(&'[').is_none() {
        chars.next();
        return;
    }
    for c in chars.by_ref() {
        if c.is_ascii_alphabetic() {
            return;
        }
    }
}

fn without_pager(line: &str) -> String {
    let mut line = line.to_owned();
    for pager in PAGERS {
        if let Some(at) = line.find(pager) {
            // Blanks before it are the pager's; those behind it may be indentation.
            let before = line[..at].trim_end().len();
            line.replace_range(before..at + pager.len(), "");
        }
    }
    line
}

/// The command behind a prompt (`core-sw#show run`, `fw01 (root) # show`), or `None` where the
/// line has none.
pub fn command(line: &str) -> Option<&str> {
    let name = line.find(|c: char| !(c.is_alphanumeric() || "._-/:@".contains(c)))?;
    if name == 0 {
        return None;
    }
    let mut rest = &line[name..];
    let context = rest.trim_start();
    if let Some(inner) = context.strip_prefix('(') {
        rest = inner.split_once(')')?.1;
    }
    let rest = rest.strip_prefix(' ').unwrap_or(rest);
    rest.strip_prefix(['#', '>']).map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        lines(text).lines.into_iter().map(|(_, line)| line.into_owned()).collect()
    }

    #[test]
    fn pagers_are_taken_out_and_indentation_stays() {
        let text = "a\n --More-- \u{8}\u{8}\u{8}\u{8}\u{8}\u{8}\u{8}\u{8}\u{8}\u{8}          \
                    \u{8}\u{8}\u{8}\u{8}\u{8}\u{8}\u{8}\u{8}\u{8}\u{8} login local\n";
        assert_eq!(texts(text), ["a", " login local"]);
        assert_eq!(texts("--More-- \r         \r    set x 1\r\n"), ["    set x 1"]);
        assert_eq!(texts("<--- More ---> enable\n"), [" enable"]);
        let found = lines(text);
        assert_eq!((found.first_noise, found.noisy), (2, 1));
    }

    #[test]
    fn line_ends_of_all_kinds() {
        assert_eq!(texts("a\r\nb\nc"), ["a", "b", "c"]);
        assert_eq!(texts("a\rb\r"), ["a", "b"]);
        assert_eq!(texts("a\u{1b}[2Kb\n"), ["ab"]);
    }

    #[test]
    fn prompts_are_told_from_statements() {
        assert_eq!(command("core-sw#show run"), Some("show run"));
        assert_eq!(command("core-sw(config-if)# exit"), Some("exit"));
        assert_eq!(command("fw01 (root) # show"), Some("show"));
        assert_eq!(command("sw>"), Some(""));
        for statement in ["#config-version=x", "hostname a", " password x", "banner motd #", "!"] {
            assert_eq!(command(statement), None, "{statement}");
        }
    }
}
