//! LIFE-03: new and not used yet.

use crate::audit::account::{PerAccount, Verdict};
use crate::audit::check::lifecycle::life_02::{Unused, age_unused};
use crate::audit::view::AccountView;

/// The check.
pub(crate) struct NewUnused;

impl PerAccount<1> for NewUnused {
    const THRESHOLDS: [&'static str; 1] = ["days"];

    fn judge(&self, account: &AccountView<'_>, [days]: [i32; 1]) -> Verdict {
        match age_unused(account) {
            Unused::NotAsked => Verdict::NotAsked,
            Unused::Age(found, age) if age <= days => Verdict::Finding(found),
            Unused::Used | Unused::Age(..) => Verdict::Pass,
        }
    }
}
