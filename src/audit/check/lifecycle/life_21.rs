//! LIFE-21: a guest of the tenant who does not come, or never accepted.

use crate::audit::account::{PerAccount, Verdict};
use crate::audit::idle::idle;
use crate::audit::sink::Found;
use crate::audit::view::{AccountView, Used};
use crate::model::account::Flag;

/// The check.
pub(crate) struct IdleGuest;

impl PerAccount<2> for IdleGuest {
    const THRESHOLDS: [&'static str; 2] = ["days", "pending_days"];

    fn judge(&self, account: &AccountView<'_>, [days, pending]: [i32; 2]) -> Verdict {
        if !account.system.cloud {
            return Verdict::NotAsked;
        }
        if account.ask(Flag::Guest) != Some(true) {
            return Verdict::Pass;
        }
        if account.enabled() != Some(true) {
            return Verdict::Pass;
        }
        let found = if account.flag(Flag::Invited).is_yes() {
            waiting(account, pending, Flag::Invited.word())
        } else if account.last_use() == Some(Used::Never) {
            waiting(account, pending, "never-used")
        } else {
            idle(account, days, 0)
        };
        found.map_or(Verdict::Pass, Verdict::Finding)
    }
}

/// Invited more than `days` ago.
fn waiting(account: &AccountView<'_>, days: i32, why: &'static str) -> Option<Found> {
    let created = account.created()?;
    let age = account.days_since(created);
    (age > days).then(|| Found::days("days-since-invitation", age, created).detail(why))
}
