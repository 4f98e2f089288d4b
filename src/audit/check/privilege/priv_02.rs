//! PRIV-02: an administrator's account that nobody uses.

use crate::audit::account::{PerAccount, Verdict};
use crate::audit::idle::idle;
use crate::audit::view::AccountView;
use crate::model::tri::Tri;

/// The check.
pub(crate) struct StalePrivileged;

impl PerAccount<2> for StalePrivileged {
    const THRESHOLDS: [&'static str; 2] = ["days", "lag_days"];

    fn judge(&self, account: &AccountView<'_>, [days, lag]: [i32; 2]) -> Verdict {
        let ordinary = account.privileged_if_known() == Tri::No;
        if ordinary || account.enabled() != Some(true) {
            return Verdict::Pass;
        }
        let Some(found) = idle(account, days, lag) else { return Verdict::Pass };
        if account.is_break_glass() {
            return Verdict::NotAsked;
        }
        match account.privileged() {
            Some(true) => Verdict::Finding(found),
            _ => Verdict::Pass,
        }
    }
}
