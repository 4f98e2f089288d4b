//! AUD-03: columns that a system's export lacks, and the rules that could not judge for it.

use crate::audit::check::{Asking, Check};
use crate::audit::missing::Missing;
use crate::audit::sink::{Found, Sink};
use crate::model::finding::Unit;
use crate::rules::RuleSet;
use std::collections::BTreeMap;

/// The check.
pub(crate) struct MissingColumns;

impl Check for MissingColumns {
    fn about_all(&self) -> bool {
        true
    }

    fn last(&self, ask: &Asking<'_>, rules: &RuleSet, out: &mut Sink) {
        let mut by_system: BTreeMap<u16, BTreeMap<Missing, Vec<&str>>> = BTreeMap::new();
        for (rule, system, tally) in out.tallies() {
            let columns = tally.missing.columns();
            if tally.unjudged > 0 && !columns.is_none() {
                let rule = rules.checks[rule as usize].id.as_str();
                by_system.entry(system).or_default().entry(columns).or_default().push(rule);
            }
        }
        for system in ask.systems() {
            let Some(gaps) = by_system.get(&system) else {
                out.pass(ask, system);
                continue;
            };
            let mut columns = Missing::NONE;
            for &gap in gaps.keys() {
                columns.add(gap);
            }
            let count = columns.words().len() as i64;
            let found = Found::count("missing-columns", count, Unit::Columns);
            out.system_finding(ask, system, found.detail(detail(gaps)));
        }
    }
}

/// `last-use created: LIFE-02; expires: LIFE-04`.
fn detail(gaps: &BTreeMap<Missing, Vec<&str>>) -> String {
    let part = |(columns, rules): (&Missing, &Vec<&str>)| {
        format!("{}: {}", columns.words().join(" "), rules.join(" "))
    };
    gaps.iter().map(part).collect::<Vec<_>>().join("; ")
}
