//! PRIV-10: a primary group that nobody has by default: it hides a membership.

use crate::audit::account::{PerAccount, Verdict};
use crate::audit::missing::{Lack, Missing};
use crate::audit::sink::Found;
use crate::audit::site::Class;
use crate::audit::view::AccountView;
use crate::model::account::Flag;
use crate::model::finding::Unit;

/// Domain Users and Domain Guests.
const OF_USERS: &[u32] = &[513, 514];
/// Domain Computers and guests, domain controllers with and without the right to write. Accounts
/// of trusted domains are named like machines and are Domain Users.
const OF_MACHINES: &[u32] = &[513, 514, 515, 516, 521];

/// The check.
pub(crate) struct PrimaryGroup;

impl PerAccount<0> for PrimaryGroup {
    const ABOUT: Class = Class::ROW;
    const THRESHOLDS: [&'static str; 0] = [];

    fn judge(&self, account: &AccountView<'_>, []: [i32; 0]) -> Verdict {
        let gone = account.flag(Flag::Tombstone).is_yes();
        if !account.system.windows || !account.system.is_active_directory() || gone {
            return Verdict::NotAsked;
        }
        if account.enabled() != Some(true) {
            return Verdict::Pass;
        }
        let group = account.site.inventory.accounts.primary_group.get(account.row);
        if group == 0 {
            account.lacks::<()>(Missing::lack(Lack::PrimaryGroup));
            return Verdict::Pass;
        }
        let machine = account.flag(Flag::Machine).is_yes() || account.flag(Flag::Managed).is_yes();
        let usual = if machine { OF_MACHINES } else { OF_USERS };
        if usual.contains(&group) {
            return Verdict::Pass;
        }
        Verdict::Finding(Found::count("primary-group", i64::from(group), Unit::None))
    }
}
