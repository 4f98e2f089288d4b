//! AUD-08: letters of an export that were lost on the way.

use crate::audit::check::sources;
use crate::audit::check::{Asking, Check};
use crate::audit::sink::{Found, Sink};
use crate::model::file::{FileId, Origin, Weight};
use crate::model::finding::Unit;
use std::collections::BTreeMap;

/// The check: rows that were refused for it, and names with the marks of a lost letter.
pub(crate) struct LostLetters;

/// Reason codes of rows with bytes that their encoding does not have.
const CODES: &[&str] = &["bad-utf8", "bad-cp932", "bad-encoding"];

impl Check for LostLetters {
    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        let inventory = ask.site.inventory;
        let accounts = &inventory.accounts;
        // By system: rows, and where the first of them stands.
        let mut lost: BTreeMap<u16, (i64, Origin)> = BTreeMap::new();
        let mut note = |system: u16, origin: Origin| {
            lost.entry(system).or_insert((0, origin)).0 += 1;
        };
        for row in accounts.rows() {
            let name = inventory.text.get(accounts.name.get(row));
            if is_marked(name) {
                note(accounts.system.get(row), accounts.origin.get(row));
            }
        }
        if inventory.problems.iter().any(|problem| CODES.contains(&problem.code)) {
            let systems = sources::systems(ask);
            let refused = inventory.problems.iter().filter(|p| p.weight == Weight::Row);
            for problem in refused.filter(|problem| CODES.contains(&problem.code)) {
                let FileId(file) = problem.origin.file;
                let system = systems.get(&file).copied().unwrap_or_else(|| ask.site_itself());
                note(system, problem.origin);
            }
        }
        ask.judged_all(out);
        for (system, (rows, origin)) in lost {
            let found = Found::count("lost-letters", rows, Unit::Rows);
            out.system_finding(ask, system, Found { origin: Some(origin), ..found });
        }
    }
}

/// What programs write for a letter that they do not have: one of two marks, or two of two others.
fn is_marked(name: &str) -> bool {
    let mut before = ' ';
    name.chars().any(|letter| {
        let twice = letter == std::mem::replace(&mut before, letter);
        matches!(letter, '\u{fffd}' | '〓') || twice && matches!(letter, '?' | '□')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_question_mark_is_no_lost_letter() {
        for name in ["佐藤 ??", "\u{fffd}藤", "〓田", "□□"] {
            assert!(is_marked(name), "{name}");
        }
        for name in ["", "佐藤 花子?", "□ 佐藤 □", "O'Hara", "? ?"] {
            assert!(!is_marked(name), "{name}");
        }
    }
}
