//! DEV-06: lines of a configuration that hold a secret and that no rule understood, per device.

use crate::audit::check::{Asking, Check};
use crate::audit::sink::{Found, Sink};
use crate::model::finding::Unit;
use crate::model::inventory::UnreadSecret;

/// The check.
pub(crate) struct UnreadLines;

/// Lines that the evidence names before it breaks off.
const NAMED: usize = 5;

impl Check for UnreadLines {
    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        for system in ask.systems() {
            out.tally(ask.index, system).judged += ask.site.systems[system as usize].accounts;
            let all = ask.site.inventory.unread_secrets.iter();
            let mut lines: Vec<_> = all.filter(|line| line.system == system).collect();
            lines.sort_by_key(|line| (line.origin.file, line.origin.line));
            if let Some(first) = lines.first() {
                let found = Found::count("unread-lines", lines.len() as i64, Unit::Lines);
                let found = Found { origin: Some(first.origin), ..found.detail(named(&lines)) };
                out.system_finding(ask, system, found);
            }
        }
    }
}

/// `secret:41, key:57`: the words of our own list, never those of the line.
fn named(lines: &[&UnreadSecret]) -> String {
    let name = |line: &&UnreadSecret| format!("{}:{}", line.word, line.origin.line);
    let mut names: Vec<_> = lines.iter().take(NAMED).map(name).collect();
    if lines.len() > NAMED {
        names.push("...".to_owned());
    }
    names.join(", ")
}
