//! LIFE-04: past its end and still enabled.

use crate::audit::account::{PerAccount, Verdict};
use crate::audit::sink::Found;
use crate::audit::view::{AccountView, End};

/// The check.
pub(crate) struct Expired;

impl PerAccount<0> for Expired {
    const THRESHOLDS: [&'static str; 0] = [];

    fn judge(&self, account: &AccountView<'_>, []: [i32; 0]) -> Verdict {
        if account.enabled() != Some(true) {
            return Verdict::Pass;
        }
        match account.expires() {
            Some(End::On(end)) if account.days_since(end) > 0 => {
                Verdict::Finding(Found::days("days-since-end", account.days_since(end), end))
            }
            _ => Verdict::Pass,
        }
    }
}
