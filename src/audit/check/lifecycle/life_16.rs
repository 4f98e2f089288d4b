//! LIFE-16: accounts made lately, a list to compare with what was asked for.

use crate::audit::account::{PerAccount, Verdict};
use crate::audit::missing::Missing;
use crate::audit::sink::Found;
use crate::audit::view::AccountView;
use crate::model::account::Flag;
use crate::model::tri::Tri;

/// The check. Administrators stand on the list longer.
pub(crate) struct Recent;

impl PerAccount<2> for Recent {
    const THRESHOLDS: [&'static str; 2] = ["days", "privileged_days"];

    fn judge(&self, account: &AccountView<'_>, [days, privileged]: [i32; 2]) -> Verdict {
        if account.enabled() != Some(true) {
            return Verdict::Pass;
        }
        let above = account.privileged_if_known();
        let administers = above.is_yes();
        let within = if administers { privileged.max(days) } else { days };
        let Some(created) = account.created() else { return Verdict::Pass };
        let age = account.days_since(created);
        if !(0..=within).contains(&age) {
            // Still on the list if it administers anything, which nobody said.
            if above == Tri::Unknown && (0..=privileged.max(days)).contains(&age) {
                account.lacks::<()>(Missing::flag(Flag::Privileged));
            }
            return Verdict::Pass;
        }
        let found = Found::days("days-since-creation", age, created);
        Verdict::Finding(if administers { found.detail(Flag::Privileged.word()) } else { found })
    }
}
