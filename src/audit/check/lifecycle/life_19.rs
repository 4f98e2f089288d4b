//! LIFE-19: locked by failed logons, and nobody has come to unlock it.

use crate::audit::account::{PerAccount, Verdict};
use crate::audit::people::day;
use crate::audit::sink::Found;
use crate::audit::view::{AccountView, Since};
use crate::model::account::Flag;
use crate::model::day::Day;
use crate::model::tri::Tri;

/// The check. A directory keeps the time of a lockout until the next successful logon, also where
/// the lock has ended by itself.
pub(crate) struct LockedLong;

impl PerAccount<1> for LockedLong {
    const THRESHOLDS: [&'static str; 1] = ["days"];

    fn judge(&self, account: &AccountView<'_>, [days]: [i32; 1]) -> Verdict {
        // Only Windows records the time for everybody; elsewhere a lock without one is a gap.
        if account.rid().is_none() && account.flag(Flag::Locked) != Tri::Yes {
            return Verdict::NotAsked;
        }
        if account.enabled() != Some(true) {
            return Verdict::Pass;
        }
        match account.locked_since() {
            Some(Since::On(since)) if account.days_since(since) > days => {
                if used_after(account, since) {
                    return Verdict::Pass;
                }
                let locked = account.days_since(since);
                Verdict::Finding(Found::days("days-since-lockout", locked, since))
            }
            _ => Verdict::Pass,
        }
    }
}

fn used_after(account: &AccountView<'_>, since: Day) -> bool {
    let last = day(account.site.inventory.accounts.last_use.get(account.row));
    last.is_some_and(|last| last.days_since(since) > 0)
}
