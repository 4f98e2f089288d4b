//! AGE-08: the first password still waits to be changed.

use crate::audit::account::{PerAccount, Verdict};
use crate::audit::missing::Missing;
use crate::audit::sink::Found;
use crate::audit::view::{AccountView, Since};
use crate::model::account::Flag;
use crate::model::tri::Tri;

/// The check.
pub(crate) struct ChangePending;

impl PerAccount<1> for ChangePending {
    const THRESHOLDS: [&'static str; 1] = ["days"];

    fn judge(&self, account: &AccountView<'_>, [days]: [i32; 1]) -> Verdict {
        // Where it never expires, nobody is asked for a new one at the next logon.
        if account.flag(Flag::PasswordNeverExpires).is_yes() {
            return Verdict::NotAsked;
        }
        if account.enabled() != Some(true) || pending(account) != Some(true) {
            return Verdict::Pass;
        }
        let Some(created) = account.created() else { return Verdict::Pass };
        // A help desk that resets a password changes the account: the wait begins there.
        let since = account.changed_if_known().map_or(created, |changed| changed.max(created));
        let waits = account.days_since(since);
        if waits > days {
            return Verdict::Finding(Found::days("days-pending", waits, since));
        }
        Verdict::Pass
    }
}

/// Whether the password must be changed at the next logon.
fn pending(account: &AccountView<'_>) -> Option<bool> {
    match account.flag(Flag::MustChange) {
        Tri::Unknown => {}
        answer => return Some(answer.is_yes()),
    }
    let set = account.site.inventory.accounts.password_set.get(account.row);
    match set.when() {
        crate::model::day::When::Unknown => account.lacks(Missing::flag(Flag::MustChange)),
        _ => Some(account.password_set() == Some(Since::Never)),
    }
}
