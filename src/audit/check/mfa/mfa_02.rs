//! MFA-02: every second factor of an account is an SMS, a telephone call or a mail.

use crate::audit::account::{PerAccount, Verdict};
use crate::audit::sink::Found;
use crate::audit::view::AccountView;
use crate::model::account::Flag;

/// The check. Who has no second factor at all is told by MFA-01.
pub(crate) struct WeakFactors;

impl PerAccount<0> for WeakFactors {
    const THRESHOLDS: [&'static str; 0] = [];

    fn judge(&self, account: &AccountView<'_>, []: [i32; 0]) -> Verdict {
        if account.flag(Flag::Guest).is_yes() {
            return Verdict::NotAsked;
        }
        if account.enabled() != Some(true) || account.second_factor() != Some(true) {
            return Verdict::Pass;
        }
        match account.ask(Flag::MfaWeakOnly) {
            Some(true) if account.is_break_glass() => Verdict::NotAsked,
            Some(true) => Verdict::Finding(Found::new("weak-factors")),
            _ => Verdict::Pass,
        }
    }
}
