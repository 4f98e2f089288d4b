//! `config` / `edit` / `set` / `next` / `end`: lines → statements, quotes over several lines.

use crate::ingest::framing::console::{self, Lines};
use crate::rules::device::pattern::scrubbed;

/// A statement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Statement {
    /// `config system admin`
    Config(String),
    /// `edit "admin"`
    Edit(String),
    /// `set accprofile "super_admin"`
    Set(String, Vec<String>),
    /// `next`
    Next,
    /// `end`
    End,
    /// A quote that no later line closes.
    Unclosed,
}

/// Statements with the physical line they begin on.
pub(super) fn statements(lines: &Lines<'_>) -> Vec<(u32, Statement)> {
    let mut found = Vec::new();
    let mut index = 0;
    while let Some((number, line)) = lines.lines.get(index) {
        index += 1;
        let text = line.trim();
        if text.is_empty() || text.starts_with('#') || console::command(line).is_some() {
            continue;
        }
        let mut words = Words::default();
        words.line(text);
        let mut next = index;
        while words.open && next < lines.lines.len() && next - index < LONGEST {
            words.line(&lines.lines[next].1);
            next += 1;
        }
        if words.open {
            // The line alone is given up: reading on inside a quote would lose the file.
            found.push((*number, Statement::Unclosed));
            continue;
        }
        index = next;
        found.extend(words.statement().map(|statement| (*number, statement)));
    }
    found
}

/// Most lines of one quoted value; certificates and replacement pages are shorter.
const LONGEST: usize = 5_000;

/// Words of a statement, quotes and escapes resolved.
#[derive(Default)]
struct Words {
    list: Vec<String>,
    open: bool,
    begun: bool,
}

impl Words {
    /// Adds a physical line. One that begins inside a quote goes on with it.
    fn line(&mut self, line: &str) {
        if self.open {
            self.push("\n");
        }
        let ends = |c: char| matches!(c, '\\' | '"' | '<') || c.is_whitespace();
        let mut rest = line;
        while !rest.is_empty() {
            let (run, behind) = rest.split_at(rest.find(ends).unwrap_or(rest.len()));
            if !run.is_empty() {
                self.push(run);
            }
            // What a scrubbing tool left is one word, blanks included.
            if let Some(whole) = scrubbed(behind).filter(|_| !self.open) {
                self.push(&behind[..whole]);
                rest = &behind[whole..];
                continue;
            }
            let mut chars = behind.chars();
            match chars.next() {
                Some('\\') => {
                    let escaped = chars.next().unwrap_or('\n');
                    self.push(escaped.encode_utf8(&mut [0; 4]));
                }
                Some('"') => {
                    self.open = !self.open;
                    self.begin();
                }
                Some('<') => self.push("<"),
                Some(blank) if self.open => self.push(blank.encode_utf8(&mut [0; 4])),
                _ => self.begun &= behind.is_empty(),
            }
            rest = chars.as_str();
        }
        if !self.open {
            self.begun = false;
        }
    }

    fn begin(&mut self) {
        if !self.begun {
            self.list.push(String::new());
            self.begun = true;
        }
    }

    fn push(&mut self, text: &str) {
        self.begin();
        if let Some(word) = self.list.last_mut() {
            word.push_str(text);
        }
    }

    fn statement(self) -> Option<Statement> {
        let mut words = self.list.into_iter();
        match words.next()?.as_str() {
            "config" => Some(Statement::Config(words.collect::<Vec<_>>().join(" "))),
            "edit" => Some(Statement::Edit(words.next().unwrap_or_default())),
            "set" => Some(Statement::Set(words.next()?, words.collect())),
            "next" => Some(Statement::Next),
            "end" => Some(Statement::End),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(u32, Statement)> {
        statements(&console::lines(text))
    }

    fn set(key: &str, values: &[&str]) -> Statement {
        Statement::Set(key.into(), values.iter().map(|&v| v.into()).collect())
    }

    #[test]
    fn quotes_escapes_and_several_lines() {
        let text = "#config-version=x\nconfig system admin\n    edit \"a b\"\n set x \"q\\\"q\" y\n\
                    set c \"-----BEGIN\nset password z\n-----END\"\n    next\nend\n";
        let seen = read(text);
        assert_eq!(seen[0], (2, Statement::Config("system admin".into())));
        assert_eq!(read("set a <secret hidden> b"), [(1, set("a", &["<secret hidden>", "b"]))]);
        assert_eq!(seen[1], (3, Statement::Edit("a b".into())));
        assert_eq!(seen[2], (4, set("x", &["q\"q", "y"])));
        assert_eq!(seen[3], (5, set("c", &["-----BEGIN\nset password z\n-----END"])));
        assert_eq!(seen[4..], [(8, Statement::Next), (9, Statement::End)]);
    }

    #[test]
    fn an_unclosed_quote_costs_one_line() {
        let seen = read("config x\nset a \"b\nset c d\nend\n");
        assert_eq!(
            seen[1..],
            [(2, Statement::Unclosed), (3, set("c", &["d"])), (4, Statement::End)]
        );
    }

    #[test]
    fn prompts_are_passed_over() {
        assert_eq!(read("fw01 # show\nfw01 (root) $ x\nend\n"), [(3, Statement::End)]);
    }
}
