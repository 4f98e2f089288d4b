//! AUD-02: far fewer accounts or columns than in the last run: the export was filtered or cut.

use crate::audit::check::{Asking, Check};
use crate::audit::earlier::Earlier;
use crate::audit::missing::{Lack, Missing};
use crate::audit::sink::{Found, Sink};
use crate::model::finding::Unit;
use std::collections::BTreeSet;

/// The check.
pub(crate) struct Shrunk;

impl Check for Shrunk {
    fn thresholds(&self) -> Vec<&'static str> {
        vec!["percent", "least"]
    }

    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        for system in ask.systems() {
            let earlier = ask.run.earlier.as_ref();
            let before = earlier.and_then(|e| Some((e, e.system(ask.site.inventory, system)?)));
            let Some((earlier, before)) = before else {
                out.unjudged(ask, system, 1, Missing::lack(Lack::PreviousRun));
                continue;
            };
            out.pass(ask, system);
            accounts(ask, system, before.accounts, out);
            columns(ask, system, earlier, out);
        }
    }
}

fn accounts(ask: &Asking<'_>, system: u16, before: u32, out: &mut Sink) {
    let now = ask.site.systems[system as usize].accounts;
    let lost = i64::from(before) - i64::from(now);
    let limit = |key: &str| ask.policy.threshold(ask.rule, key);
    if i64::from(before) >= limit("least") && lost * 100 > limit("percent") * i64::from(before) {
        let found = Found::count("accounts-lost", lost, Unit::Accounts);
        let found = found.detail(format!("{before} → {now}"));
        out.system_finding(ask, system, found.told_apart("accounts"));
    }
}

fn columns(ask: &Asking<'_>, system: u16, earlier: &Earlier<'_>, out: &mut Sink) {
    let inventory = ask.site.inventory;
    let name = inventory.system_name(system);
    let before: BTreeSet<_> = earlier.columns(inventory, system).into_iter().collect();
    let files = inventory.files.iter().filter(|file| file.system == name && !file.superseded);
    let now: BTreeSet<_> = files.flat_map(|file| &file.columns_used).map(String::as_str).collect();
    let lost: Vec<_> = before.difference(&now).copied().collect();
    let percent = ask.policy.threshold(ask.rule, "percent") as usize;
    // Where no column is known now, another kind of export took the place of the old one.
    if !now.is_empty() && lost.len() * 100 > percent * before.len() {
        let found = Found::count("columns-lost", lost.len() as i64, Unit::Columns);
        out.system_finding(ask, system, found.detail(lost.join(" / ")).told_apart("columns"));
    }
}
