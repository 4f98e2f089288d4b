//! LIFE-01: enabled and unused for a long time.

use crate::audit::account::{PerAccount, Verdict};
use crate::audit::idle::idle;
use crate::audit::view::AccountView;
use crate::model::account::Flag;

/// The check.
pub(crate) struct Stale;

impl PerAccount<3> for Stale {
    const THRESHOLDS: [&'static str; 3] = ["days", "privileged_days", "lag_days"];

    fn judge(&self, account: &AccountView<'_>, [days, privileged, lag]: [i32; 3]) -> Verdict {
        // Guests of a tenant are LIFE-21's.
        if account.flag(Flag::Guest).is_yes() {
            return Verdict::NotAsked;
        }
        if account.enabled() != Some(true) {
            return Verdict::Pass;
        }
        let days = if account.privileged_if_known().is_yes() { privileged.min(days) } else { days };
        match idle(account, days, lag) {
            Some(_) if account.is_break_glass() => Verdict::NotAsked,
            Some(found) => Verdict::Finding(found),
            None => Verdict::Pass,
        }
    }
}
