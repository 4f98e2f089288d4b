//! DEF-06: the built-in guest is enabled, or the built-in administrator under the name that
//! everybody knows.

use crate::audit::account::{PerAccount, Verdict};
use crate::audit::missing::{Lack, Missing};
use crate::audit::sink::Found;
use crate::audit::site::Class;
use crate::audit::view::AccountView;
use crate::text::name::login_key;

/// Relative ids of the two.
const ADMINISTRATOR: u32 = 500;
const GUEST: u32 = 501;

/// The check.
pub(crate) struct BuiltIns;

impl PerAccount<0> for BuiltIns {
    const ABOUT: Class = Class::ACCOUNT;
    const THRESHOLDS: [&'static str; 0] = [];

    fn judge(&self, account: &AccountView<'_>, []: [i32; 0]) -> Verdict {
        if account.system.cloud {
            return Verdict::NotAsked;
        }
        let login = login_key(account.login());
        let named = matches!(login.as_ref(), "administrator" | "guest");
        let found = match account.rid() {
            Some(GUEST) => Found::new("built-in").detail("guest-account"),
            Some(ADMINISTRATOR) if login == "administrator" => {
                Found::new("built-in").detail("only-administrator")
            }
            Some(ADMINISTRATOR) => return Verdict::Pass,
            None if named && account.enabled() == Some(true) => {
                account.lacks::<()>(Missing::lack(Lack::Rid));
                return Verdict::Pass;
            }
            _ => return Verdict::NotAsked,
        };
        match account.enabled() {
            Some(true) => Verdict::Finding(found),
            _ => Verdict::Pass,
        }
    }
}
