//! LIFE-01: enabled and unused for a long time.

use crate::audit::account::{PerAccount, Verdict};
use crate::audit::idle::idle;
use crate::audit::missing::Missing;
use crate::audit::view::AccountView;
use crate::model::account::Flag;
use crate::model::tri::Tri;

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
        let above = account.privileged_if_known();
        let soonest = privileged.min(days);
        let allowed = if above.is_yes() { soonest } else { days };
        let found = idle(account, allowed, lag);
        // Too long for an administrator: whether it is one decides.
        let open =
            found.is_none() && above == Tri::Unknown && idle(account, soonest, lag).is_some();
        if (open || found.is_some()) && account.is_break_glass() {
            return Verdict::NotAsked;
        }
        if open {
            account.lacks::<()>(Missing::flag(Flag::Privileged));
        }
        found.map_or(Verdict::Pass, Verdict::Finding)
    }
}
