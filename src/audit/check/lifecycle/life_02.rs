//! LIFE-02: enabled, old and never used.

use crate::audit::account::{PerAccount, Verdict};
use crate::audit::sink::Found;
use crate::audit::view::{AccountView, Used};
use crate::model::account::Flag;

/// The check.
pub(crate) struct NeverUsed;

impl PerAccount<1> for NeverUsed {
    const THRESHOLDS: [&'static str; 1] = ["days"];

    fn judge(&self, account: &AccountView<'_>, [days]: [i32; 1]) -> Verdict {
        match age_unused(account) {
            Unused::NotAsked => Verdict::NotAsked,
            Unused::Age(found, age) if age > days => Verdict::Finding(found),
            Unused::Used | Unused::Age(..) => Verdict::Pass,
        }
    }
}

/// Whether and since when an enabled account waits for its first use.
pub(crate) enum Unused {
    /// A sealed account, or a guest, whom LIFE-21 judges.
    NotAsked,
    /// Used, disabled, or nobody knows.
    Used,
    /// Never used, with the days since it was made.
    Age(Found, i32),
}

/// Asks for the age of an account that was never used.
pub(crate) fn age_unused(account: &AccountView<'_>) -> Unused {
    if account.flag(Flag::Guest).is_yes() {
        return Unused::NotAsked;
    }
    if account.enabled() != Some(true) || account.last_use() != Some(Used::Never) {
        return Unused::Used;
    }
    if account.is_break_glass() {
        return Unused::NotAsked;
    }
    account.created().map_or(Unused::Used, |created| {
        let age = account.days_since(created);
        Unused::Age(Found::days("days-since-creation", age, created), age)
    })
}
