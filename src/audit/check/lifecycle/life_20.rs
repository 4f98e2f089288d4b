//! LIFE-20: a computer's account that no computer uses any more.

use crate::audit::account::{PerAccount, Verdict};
use crate::audit::idle::idle;
use crate::audit::site::Class;
use crate::audit::view::AccountView;
use crate::model::account::Flag;

/// The check. A computer that was made in advance and never joined is QUAL-11's.
pub(crate) struct StaleComputer;

impl PerAccount<2> for StaleComputer {
    const ABOUT: Class = Class::ROW;
    const THRESHOLDS: [&'static str; 2] = ["days", "lag_days"];

    fn judge(&self, account: &AccountView<'_>, [days, lag]: [i32; 2]) -> Verdict {
        let is = |flag| account.flag(flag).is_yes();
        if !is(Flag::Machine) || is(Flag::Managed) || is(Flag::Tombstone) {
            return Verdict::NotAsked;
        }
        if account.enabled() != Some(true) {
            return Verdict::Pass;
        }
        idle(account, days, lag).map_or(Verdict::Pass, Verdict::Finding)
    }
}
