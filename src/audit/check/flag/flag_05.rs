//! FLAG-05: an attribute that everybody may read holds a password.

use crate::audit::account::{PerAccount, Verdict};
use crate::audit::sink::Found;
use crate::audit::site::Class;
use crate::audit::view::AccountView;
use crate::model::account::Flag;

/// The check. Other LDAP servers keep their protected hashes under the same name: only accounts of
/// an Active Directory are asked.
pub(crate) struct ReadableAttribute;

impl PerAccount<0> for ReadableAttribute {
    const ABOUT: Class = Class::ACCOUNT;
    const THRESHOLDS: [&'static str; 0] = [];

    fn judge(&self, account: &AccountView<'_>, []: [i32; 0]) -> Verdict {
        if !account.system.windows {
            return Verdict::NotAsked;
        }
        match account.ask(Flag::PasswordAttribute) {
            Some(true) => Verdict::Finding(Found::new("flag")),
            _ => Verdict::Pass,
        }
    }
}
