//! MFA-03: an administrator whose second factor can be passed on to a false page.

use crate::audit::account::{PerAccount, Verdict};
use crate::audit::sink::Found;
use crate::audit::view::AccountView;
use crate::model::account::Flag;
use crate::model::tri::Tri;

/// The check. Who has no second factor at all is told by MFA-01; smart cards of a domain by MFA-08,
/// sealed accounts by BRK-03.
pub(crate) struct PassedOn;

impl PerAccount<0> for PassedOn {
    const THRESHOLDS: [&'static str; 0] = [];

    fn judge(&self, account: &AccountView<'_>, []: [i32; 0]) -> Verdict {
        if account.flag(Flag::SmartcardRequired) != Tri::Unknown {
            return Verdict::NotAsked;
        }
        if account.enabled() != Some(true) || account.privileged() != Some(true) {
            return Verdict::Pass;
        }
        if account.is_break_glass() || account.second_factor_if_known() == Tri::No {
            return Verdict::NotAsked;
        }
        match account.ask(Flag::MfaResistant) {
            Some(false) => Verdict::Finding(Found::new("passed-on")),
            _ => Verdict::Pass,
        }
    }
}
