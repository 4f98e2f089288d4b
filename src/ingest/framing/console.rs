//! Text that was copied from a terminal: pagers, backspaces and prompts are taken out.

use memchr::{memchr, memchr_iter, memchr2, memchr3, memmem};
use std::borrow::Cow;

/// What pagers write between two screens; a longer form stands before its beginning.
const PAGERS: [&str; 8] = [
    "-- MORE --, next page: Space, next line: Enter, quit: Control-C",
    "--More-- or (q)uit",
    "<--- More --->",
    "---- More ----",
    "--More--",
    "-- MORE --",
    "-- More --",
    "---つづく---",
];

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
    let mut stream = stream(text);
    let lines = stream.by_ref().collect();
    Lines { lines, first_noise: stream.first_noise, noisy: stream.noisy }
}

/// The same, line by line.
pub fn stream(text: &str) -> Stream<'_> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let bytes = text.as_bytes();
    let end = if memchr(b'\n', bytes).is_some() { b'\n' } else { b'\r' };
    let alone = |at: usize| end == b'\n' && bytes.get(at + 1) != Some(&b'\n');
    Stream {
        end,
        controls: memchr2(0x08, 0x1b, bytes).is_some() || memchr_iter(b'\r', bytes).any(alone),
        // All of them have two hyphens.
        pager: memmem::find(bytes, b"--").is_some()
            && PAGERS.iter().any(|pager| memmem::find(bytes, pager.as_bytes()).is_some()),
        rest: text,
        number: 0,
        first_noise: 0,
        noisy: 0,
    }
}

/// Lines of a text, cleaned as they are asked for.
#[derive(Clone)]
pub struct Stream<'a> {
    rest: &'a str,
    end: u8,
    number: u32,
    /// A terminal left more than line ends somewhere.
    controls: bool,
    /// A pager stands somewhere.
    pager: bool,
    /// Number of the first line in which a pager or terminal had left something so far; 0 = none.
    pub first_noise: u32,
    /// How many there were.
    pub noisy: u32,
}

impl Stream<'_> {
    /// True where nothing has to be cleaned: each line stands in the text as it is given.
    pub fn is_clean(&self) -> bool {
        !self.controls && !self.pager
    }
}

impl<'a> Iterator for Stream<'a> {
    type Item = (u32, Cow<'a, str>);

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let found = memchr(self.end, self.rest.as_bytes());
        let end = found.unwrap_or(self.rest.len());
        let line = &self.rest[..end];
        self.rest = self.rest.get(end + 1..).unwrap_or_default();
        self.number += 1;
        let line = line.trim_end_matches('\r');
        let clean = if self.is_clean() { Cow::Borrowed(line) } else { clean(line) };
        if matches!(clean, Cow::Owned(_)) {
            self.noisy += 1;
            if self.first_noise == 0 {
                self.first_noise = self.number;
            }
        }
        Some((self.number, clean))
    }
}

fn clean(line: &str) -> Cow<'_, str> {
    let controls = memchr3(0x08, 0x1b, b'\r', line.as_bytes()).is_some();
    let pager = line.contains("--") && PAGERS.iter().any(|pager| line.contains(pager));
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

/// A prompt and what was typed behind it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Prompt<'a> {
    /// Name of the device as the prompt shows it.
    pub name: &'a str,
    /// True where statements are typed (`core-sw(config)#`, `[sw1-vlan1]`).
    pub configures: bool,
    /// What was typed.
    pub command: &'a str,
}

/// The prompt that a line begins with: `name#`, `name(config)#`, `<name>`, `[name-context]`,
/// `(Name of a controller) >`. The sign stands right behind the name, so that a secret with such a
/// sign in it is not taken for one.
pub fn prompt(line: &str) -> Option<Prompt<'_>> {
    if !line.starts_with('[') && memchr2(b'#', b'>', line.as_bytes()).is_none() {
        return None;
    }
    let of_name = |c: char| c.is_alphanumeric() || "._-/:@~".contains(c);
    if let Some(rest) = line.strip_prefix('(') {
        let (name, rest) = rest.split_once(')')?;
        let (context, command) = rest.split_once(['>', '#'])?;
        let context = context.trim();
        let configures = context.starts_with("(config") || context == "config";
        let known = context.is_empty() || configures || context == "^";
        return (known && name.chars().all(|c| of_name(c) || c == ' ')).then_some(Prompt {
            name,
            configures,
            command: command.trim(),
        });
    }
    for (open, close) in [('<', '>'), ('[', ']')] {
        if let Some((name, command)) =
            line.strip_prefix(open).and_then(|rest| rest.split_once(close))
        {
            let name = name.trim_start_matches(['*', '~']);
            let fits = !name.is_empty() && name.chars().all(of_name);
            return fits.then_some(Prompt {
                name,
                configures: open == '[',
                command: command.trim(),
            });
        }
    }
    let end = line.find(|c: char| !of_name(c)).filter(|end| *end > 0)?;
    let (name, rest) = line.split_at(end);
    let (context, rest) = match rest.strip_prefix('(') {
        Some(inner) => inner.split_once(')')?,
        None => ("", rest),
    };
    let command = rest.strip_prefix(['#', '>'])?;
    Some(Prompt { name, configures: context.starts_with("config"), command: command.trim() })
}

impl Prompt<'_> {
    /// True where the command prints something that is no configuration.
    pub fn prints_other(&self) -> bool {
        const PRINTERS: [&str; 9] =
            ["show", "sho", "sh", "display", "disp", "dis", "ping", "traceroute", "dir"];
        const CONFIGURATION: [&str; 7] = ["run", "star", "conf", "cur", "sav", "tech", "full"];
        let mut words = self.command.split_ascii_whitespace();
        let prints = words.next().is_some_and(|first| PRINTERS.contains(&first));
        prints && !words.any(|word| CONFIGURATION.iter().any(|known| word.starts_with(known)))
    }
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
    fn prompts_show_a_name_and_a_command() {
        let seen = |line| prompt(line).map(|p| (p.name, p.configures, p.command));
        assert_eq!(seen("core-sw#show run"), Some(("core-sw", false, "show run")));
        assert_eq!(seen("asa/admin(config)# exit"), Some(("asa/admin", true, "exit")));
        assert_eq!(seen("<sw1>display current"), Some(("sw1", false, "display current")));
        assert_eq!(seen("[sw1-vlan1]ip address"), Some(("sw1-vlan1", true, "ip address")));
        assert_eq!(
            seen("(Cisco Controller) >show run"),
            Some(("Cisco Controller", false, "show run"))
        );
        for statement in
            ["password >abc", "key #abc", " key a#b", "#", "key abc#def", "(x) y", "<a b>"]
        {
            assert_eq!(seen(statement), None, "{statement}");
        }
        let other = |command| Prompt { name: "a", configures: false, command }.prints_other();
        assert!(other("show version") && other("display logbuffer"));
        assert!(!other("show running-config") && !other("sh conf") && !other("exit") && !other(""));
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
