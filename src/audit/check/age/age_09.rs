//! AGE-09: in use, and still with the password that the account was made with.

use crate::audit::account::{PerAccount, Verdict};
use crate::audit::sink::Found;
use crate::audit::view::{AccountView, Since, Used};
use crate::model::day::Day;

/// The check. Accounts of programs keep the password that was set when they were made.
pub(crate) struct InitialPassword;

impl PerAccount<2> for InitialPassword {
    const THRESHOLDS: [&'static str; 2] = ["days", "minutes"];

    fn judge(&self, account: &AccountView<'_>, [days, minutes]: [i32; 2]) -> Verdict {
        if account.is_nobodys() {
            return Verdict::NotAsked;
        }
        if account.enabled() != Some(true) {
            return Verdict::Pass;
        }
        let Some(created) = kept_from_the_beginning(account, i64::from(minutes)) else {
            return Verdict::Pass;
        };
        let age = account.days_since(created);
        if age > days && matches!(account.last_use(), Some(Used::On(_))) {
            return Verdict::Finding(Found::days("days-since-creation", age, created));
        }
        Verdict::Pass
    }
}

/// The day of creation, where the password was set within so many minutes of it. Whoever changes
/// the first password on the same day has changed it, so a day alone decides only against.
fn kept_from_the_beginning(account: &AccountView<'_>, minutes: i64) -> Option<Day> {
    let (created, set) = (account.created(), account.password_set());
    let (Some(created), Some(Since::On(set))) = (created, set) else { return None };
    if set.days_since(created).abs() > 1 {
        return None;
    }
    (account.minutes_to_password()?.abs() <= minutes).then_some(created)
}
