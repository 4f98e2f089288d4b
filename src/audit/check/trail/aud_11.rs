//! AUD-11: an export of a directory that looks as if somebody had filtered it.

use crate::audit::check::{Asking, Check};
use crate::audit::missing::{Lack, Missing};
use crate::audit::sink::{Found, Sink};
use crate::model::account::Flag;
use crate::model::finding::Unit;
use crate::model::site::SystemKind;
use crate::model::tri::Tri;

/// The check. `expected` of site.toml serves for systems of every kind.
pub(crate) struct Filtered;

/// What the rows of one system show.
#[derive(Clone, Copy, Default)]
struct Seen {
    rids: i64,
    built_in: bool,
    states: i64,
    disabled: bool,
}

impl Check for Filtered {
    fn thresholds(&self) -> Vec<&'static str> {
        vec!["accounts", "percent"]
    }

    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        let limit = |key: &str| ask.policy.threshold(ask.rule, key);
        let (least, percent) = (limit("accounts"), limit("percent"));
        let seen = seen(ask);
        for system in ask.systems() {
            let (facts, seen) = (&ask.site.systems[system as usize], seen[system as usize]);
            let expected = expected(ask, system);
            let domain = facts.kind == SystemKind::Directory && !facts.cloud;
            if facts.accounts == 0 || (!domain && expected.is_none()) {
                continue;
            }
            if domain && seen.rids == 0 && expected.is_none() {
                ask.unjudged(system, Missing::lack(Lack::Rid), out);
                continue;
            }
            let stateless = domain && seen.rids > 0 && seen.states == 0;
            if stateless && expected.is_none() {
                ask.unjudged(system, Missing::flag(Flag::Enabled), out);
                continue;
            }
            ask.judged(system, out);
            let accounts = i64::from(facts.accounts);
            let fewer = expected.is_some_and(|wanted| accounts * 100 < wanted * percent);
            let faults = [
                (fewer, "fewer-than-expected"),
                (domain && seen.rids >= least && !seen.built_in, "built-in-missing"),
                // Guest and krbtgt are disabled in every domain.
                (
                    domain && seen.rids > 0 && seen.states >= least && !seen.disabled,
                    "no-disabled-row",
                ),
            ];
            let words: Vec<&str> = faults.iter().filter(|f| f.0).map(|f| f.1).collect();
            if !words.is_empty() {
                let found = Found::count("filtered", accounts, Unit::Accounts);
                out.system_finding(ask, system, found.detail(words.join(", ")));
            }
        }
    }
}

fn seen(ask: &Asking<'_>) -> Vec<Seen> {
    let accounts = &ask.site.inventory.accounts;
    let mut systems = vec![Seen::default(); ask.site.systems.len()];
    for row in accounts.rows() {
        let seen = &mut systems[accounts.system.get(row) as usize];
        // The column holds the relative id plus one: 500 to 502.
        let rid = accounts.rid.get(row);
        seen.rids += i64::from(rid > 0);
        seen.built_in |= (501..=503).contains(&rid);
        let enabled = accounts.flag(row, Flag::Enabled);
        seen.states += i64::from(enabled != Tri::Unknown);
        seen.disabled |= enabled == Tri::No;
    }
    systems
}

fn expected(ask: &Asking<'_>, system: u16) -> Option<i64> {
    let inventory = ask.site.inventory;
    let named = |row: &&(String, i64)| inventory.is_called(system, &row.0);
    inventory.site.expected.iter().find(named).map(|row| row.1)
}
