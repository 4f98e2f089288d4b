//! Checks that look at one account at a time.

use crate::audit::check::{Asking, Check};
use crate::audit::missing::Missing;
use crate::audit::sink::{Found, Sink};
use crate::audit::site::Class;
use crate::audit::view::AccountView;
use std::ops::Range;

/// What a check says of an account.
#[derive(Debug)]
pub(crate) enum Verdict {
    /// The rule is not about such accounts.
    NotAsked,
    /// Asked, and nothing to say.
    Pass,
    /// A finding.
    Finding(Found),
}

/// A check of single accounts with `N` thresholds.
///
/// Whatever it returns, an account about which something was asked and not known counts as not
/// judged. So a check may use `?`-like early returns of [`Verdict::Pass`] on missing answers.
pub(crate) trait PerAccount<const N: usize>: Sync {
    /// What it is about.
    const ABOUT: Class = Class::PERSONS;
    /// Names of the thresholds in the rule file.
    const THRESHOLDS: [&'static str; N];

    /// Judges an account with the thresholds' numbers.
    fn judge(&self, account: &AccountView<'_>, limits: [i32; N]) -> Verdict;
}

/// Runs a [`PerAccount`] check over rows.
pub(crate) struct ByAccount<C, const N: usize>(pub(crate) C);

impl<C: PerAccount<N>, const N: usize> Check for ByAccount<C, N> {
    fn thresholds(&self) -> Vec<&'static str> {
        C::THRESHOLDS.to_vec()
    }

    fn rows(&self, ask: &Asking<'_>, rows: Range<u32>, out: &mut Sink) {
        let limits = C::THRESHOLDS.map(|key| ask.policy.threshold(ask.rule, key) as i32);
        each_account(ask, C::ABOUT, rows, out, |account| self.0.judge(account, limits));
    }
}

/// Judges each row of a class, of a system in scope, and counts.
pub(crate) fn each_account(
    ask: &Asking<'_>,
    about: Class,
    rows: Range<u32>,
    out: &mut Sink,
    judge: impl Fn(&AccountView<'_>) -> Verdict,
) {
    each_finding(ask, about, rows, out, judge, |out, row, found| out.finding(ask, row, found));
}

/// The same, where somebody else decides what becomes of a finding.
fn each_finding(
    ask: &Asking<'_>,
    about: Class,
    rows: Range<u32>,
    out: &mut Sink,
    judge: impl Fn(&AccountView<'_>) -> Verdict,
    mut take: impl FnMut(&mut Sink, u32, Found),
) {
    let accounts = &ask.site.inventory.accounts;
    for row in rows {
        let system = accounts.system.get(row);
        if !ask.scope[system as usize] || !ask.site.class(row).is(about) {
            continue;
        }
        let account = AccountView::new(ask.site, row);
        let verdict = judge(&account);
        if account.missing() != Missing::NONE {
            out.unjudged_row(ask, row, account.missing());
            continue;
        }
        match verdict {
            Verdict::NotAsked => {}
            Verdict::Pass => out.pass(ask, system),
            Verdict::Finding(found) => {
                out.pass(ask, system);
                take(out, row, found);
            }
        }
    }
}

/// Runs a [`PerAccount`] check whose findings count only where a system has several of them. Its
/// rule has the threshold `count` beside those of the check.
pub(crate) struct IfSeveral<C, const N: usize>(pub(crate) C);

impl<C: PerAccount<N>, const N: usize> Check for IfSeveral<C, N> {
    fn thresholds(&self) -> Vec<&'static str> {
        C::THRESHOLDS.into_iter().chain(["count"]).collect()
    }

    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        let limits = C::THRESHOLDS.map(|key| ask.policy.threshold(ask.rule, key) as i32);
        let accounts = &ask.site.inventory.accounts;
        let (mut found, mut counts) = (Vec::new(), vec![0_i64; ask.scope.len()]);
        let judge = |account: &AccountView<'_>| self.0.judge(account, limits);
        each_finding(ask, C::ABOUT, 0..accounts.len(), out, judge, |_, row, one| {
            counts[accounts.system.get(row) as usize] += 1;
            found.push((row, one));
        });
        let least = ask.policy.threshold(ask.rule, "count");
        for (row, one) in found {
            if counts[accounts.system.get(row) as usize] >= least {
                out.finding(ask, row, one);
            }
        }
    }
}
