//! AUD-03: columns that a system's export lacks, and the rules that could not judge for it.

use crate::audit::missing::Missing;
use crate::audit::sink::{Found, Sink};
use crate::audit::{Asking, Check};
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
        let mut gaps: BTreeMap<u16, (Missing, Vec<&str>)> = BTreeMap::new();
        for (rule, system, tally) in out.tallies() {
            let columns = tally.missing.columns();
            if tally.unjudged > 0 && !columns.is_none() {
                let (missing, silenced) = gaps.entry(system).or_default();
                missing.add(columns);
                silenced.push(rules.checks[rule as usize].id.as_str());
            }
        }
        for system in ask.systems() {
            let Some((columns, silenced)) = gaps.get(&system) else {
                out.pass(ask, system);
                continue;
            };
            let columns = columns.words();
            let found = Found::count("missing-columns", columns.len() as i64, Unit::Columns);
            let detail = format!("{}, → {}", columns.join(", "), silenced.join(" "));
            out.system_finding(ask, system, found.detail(detail));
        }
    }
}
