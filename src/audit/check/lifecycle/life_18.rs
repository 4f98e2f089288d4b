//! LIFE-18: the share of a system's accounts that LIFE-01 lists.

use crate::audit::account::{PerAccount, Verdict, each_account};
use crate::audit::check::lifecycle::life_01::Stale;
use crate::audit::check::{Asking, Check};
use crate::audit::sink::{Found, Sink};
use crate::audit::site::Class;
use crate::model::account::Flag;
use crate::model::finding::Unit;
use crate::rules::RuleSet;
use std::ops::Range;

/// The check. What it counts is what LIFE-01 found, so that the two never disagree.
pub(crate) struct StaleShare;

/// The rule whose findings are counted.
const STALE: &str = "LIFE-01";

impl Check for StaleShare {
    fn thresholds(&self) -> Vec<&'static str> {
        vec!["percent", "at_least"]
    }

    fn about_all(&self) -> bool {
        true
    }

    /// Counts the enabled accounts whose last use LIFE-01 could judge.
    fn rows(&self, ask: &Asking<'_>, rows: Range<u32>, out: &mut Sink) {
        let Some((_, rule)) = ask.rules.check(STALE).filter(|(_, rule)| ask.policy.enabled(rule))
        else {
            return;
        };
        let limits = Stale::THRESHOLDS.map(|key| ask.policy.threshold(rule, key) as i32);
        each_account(ask, Class::PERSONS, rows, out, |account| {
            match Stale.judge(account, limits) {
                Verdict::Pass if !account.flag(Flag::Enabled).is_yes() => Verdict::NotAsked,
                Verdict::NotAsked => Verdict::NotAsked,
                _ => Verdict::Pass,
            }
        });
    }

    fn last(&self, ask: &Asking<'_>, rules: &RuleSet, out: &mut Sink) {
        let Some((stale, _)) = rules.check(STALE) else { return };
        let most = ask.policy.threshold(ask.rule, "percent");
        let least = ask.policy.threshold(ask.rule, "at_least");
        for system in ask.systems() {
            let enabled = i64::from(out.tally(ask.index, system).judged);
            let count = i64::from(out.tally(stale, system).findings);
            if enabled >= least && count * 100 > most * enabled {
                let found = Found::count("stale-accounts", count, Unit::Accounts);
                out.system_finding(ask, system, found.detail(format!("{count}/{enabled}")));
            }
        }
    }
}
