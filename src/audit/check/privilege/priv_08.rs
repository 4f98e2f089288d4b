//! PRIV-08: an administrator who belongs to another organisation's directory.

use crate::audit::account::{PerAccount, Verdict};
use crate::audit::sink::Found;
use crate::audit::view::AccountView;
use crate::model::account::Flag;

/// What a cloud directory puts into the name of an account that lives in another.
const OUTSIDE: &str = "#EXT#";

/// The check. Whether a role is held for good or for an hour stands in no export that is read.
pub(crate) struct OutsideAdministrator;

impl PerAccount<0> for OutsideAdministrator {
    const THRESHOLDS: [&'static str; 0] = [];

    fn judge(&self, account: &AccountView<'_>, []: [i32; 0]) -> Verdict {
        let outside = account.flag(Flag::Guest).is_yes() || is_outside(account.login());
        if !outside {
            return Verdict::NotAsked;
        }
        if account.enabled() != Some(true) || account.privileged() != Some(true) {
            return Verdict::Pass;
        }
        Verdict::Finding(Found::new("guest"))
    }
}

fn is_outside(login: &str) -> bool {
    login
        .as_bytes()
        .windows(OUTSIDE.len())
        .any(|part| part.eq_ignore_ascii_case(OUTSIDE.as_bytes()))
}
