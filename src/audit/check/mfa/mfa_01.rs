//! MFA-01: a member of a directory without a usable second factor.

use crate::audit::account::{PerAccount, Verdict};
use crate::audit::people::day;
use crate::audit::sink::Found;
use crate::audit::view::AccountView;
use crate::model::account::Flag;

/// The check.
pub(crate) struct NoSecondFactor;

impl PerAccount<0> for NoSecondFactor {
    const THRESHOLDS: [&'static str; 0] = [];

    fn judge(&self, account: &AccountView<'_>, []: [i32; 0]) -> Verdict {
        if account.flag(Flag::Guest).is_yes() {
            return Verdict::NotAsked;
        }
        if account.enabled() != Some(true) || account.second_factor() != Some(false) {
            return Verdict::Pass;
        }
        if account.is_break_glass() || hired_later(account) {
            return Verdict::NotAsked;
        }
        let registered = account.flag(Flag::MfaRegistered).is_yes();
        let detail = if registered { "registered, not usable" } else { "not registered" };
        Verdict::Finding(Found::new("second-factor").detail(detail))
    }
}

fn hired_later(account: &AccountView<'_>) -> bool {
    let roster = account.person_id().and_then(|person| account.site.people.roster(person));
    let joined = roster.and_then(|(_, row)| day(row.joined));
    joined.is_some_and(|joined| account.days_since(joined) < 0)
}
