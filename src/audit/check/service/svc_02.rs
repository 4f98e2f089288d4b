//! SVC-02: administrators of the domain whose password never expires and is not new: programs run
//! with the keys of the house.

use crate::audit::account::{PerAccount, Verdict};
use crate::audit::sink::Found;
use crate::audit::view::{AccountView, Since};
use crate::model::account::Flag;

/// The check.
pub(crate) struct PowerfulAndOld;

impl PerAccount<1> for PowerfulAndOld {
    const THRESHOLDS: [&'static str; 1] = ["days"];

    fn judge(&self, account: &AccountView<'_>, [days]: [i32; 1]) -> Verdict {
        if !account.system.is_active_directory() {
            return Verdict::NotAsked;
        }
        if account.enabled() != Some(true)
            || account.privileged() != Some(true)
            || account.ask(Flag::PasswordNeverExpires) != Some(true)
        {
            return Verdict::Pass;
        }
        match account.password_set() {
            Some(Since::On(set)) if account.days_since(set) > days => {
                Verdict::Finding(Found::days("password-age", account.days_since(set), set))
            }
            _ => Verdict::Pass,
        }
    }
}
