//! PRIV-05: administrators outside Protected Users.

use super::{administers_directory, protected};
use crate::audit::account::{PerAccount, Verdict};
use crate::audit::check::service::names::looks_like_program;
use crate::audit::sink::Found;
use crate::audit::view::AccountView;
use crate::model::account::Flag;

/// The check. Programs must not be in that group, so nobody asks about them.
pub(crate) struct Unprotected;

impl PerAccount<0> for Unprotected {
    const THRESHOLDS: [&'static str; 0] = [];

    fn judge(&self, account: &AccountView<'_>, []: [i32; 0]) -> Verdict {
        if !account.system.is_active_directory() || is_program(account) {
            return Verdict::NotAsked;
        }
        if !administers_directory(account) || protected(account) != Some(false) {
            return Verdict::Pass;
        }
        Verdict::Finding(Found::new("protected-users"))
    }
}

fn is_program(account: &AccountView<'_>) -> bool {
    account.flag(Flag::Managed).is_yes() || looks_like_program(account).is_some()
}
