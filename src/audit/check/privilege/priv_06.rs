//! PRIV-06: an administrator whose logon a server may pass on.

use super::{administers_directory, protected};
use crate::audit::account::{PerAccount, Verdict};
use crate::audit::sink::Found;
use crate::audit::view::AccountView;
use crate::model::account::Flag;

/// The check. Members of Protected Users cannot be delegated either.
pub(crate) struct Delegatable;

impl PerAccount<0> for Delegatable {
    const THRESHOLDS: [&'static str; 0] = [];

    fn judge(&self, account: &AccountView<'_>, []: [i32; 0]) -> Verdict {
        if !account.system.is_active_directory() {
            return Verdict::NotAsked;
        }
        if !administers_directory(account)
            || account.ask(Flag::NotDelegated) != Some(false)
            || protected(account) != Some(false)
        {
            return Verdict::Pass;
        }
        Verdict::Finding(Found::new("delegation"))
    }
}
