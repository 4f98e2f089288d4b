//! LIFE-11: disabled long ago and never removed.

use crate::audit::account::{PerAccount, Verdict};
use crate::audit::sink::Found;
use crate::audit::view::AccountView;

/// The check. Any later change to the account starts the days again, so it may be disabled longer
/// than it says, never shorter.
pub(crate) struct NotRemoved;

impl PerAccount<1> for NotRemoved {
    const THRESHOLDS: [&'static str; 1] = ["days"];

    fn judge(&self, account: &AccountView<'_>, [days]: [i32; 1]) -> Verdict {
        if account.enabled() != Some(false) {
            return Verdict::Pass;
        }
        match account.changed() {
            Some(changed) if account.days_since(changed) > days => {
                let since = account.days_since(changed);
                Verdict::Finding(Found::days("days-since-change", since, changed))
            }
            _ => Verdict::Pass,
        }
    }
}
