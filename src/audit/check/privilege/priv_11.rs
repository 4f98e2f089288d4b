//! PRIV-11: identifiers of another domain, which carry its rights along.

use crate::audit::account::{PerAccount, Verdict};
use crate::audit::sink::Found;
use crate::audit::site::Class;
use crate::audit::view::AccountView;
use crate::model::account::Flag;

/// The check. The identifiers themselves are not kept, so it cannot tell a migration that is not
/// finished from a back door.
pub(crate) struct SidHistory;

impl PerAccount<0> for SidHistory {
    const ABOUT: Class = Class::ACCOUNT;
    const THRESHOLDS: [&'static str; 0] = [];

    fn judge(&self, account: &AccountView<'_>, []: [i32; 0]) -> Verdict {
        if !account.system.is_active_directory() {
            return Verdict::NotAsked;
        }
        match account.ask(Flag::SidHistory) {
            Some(true) => Verdict::Finding(Found::new("flag")),
            _ => Verdict::Pass,
        }
    }
}
