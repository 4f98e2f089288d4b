//! MFA-11: a second factor that somebody else asks for: declared, never seen by this site.

use crate::audit::account::{PerAccount, Verdict};
use crate::audit::sink::Found;
use crate::audit::view::AccountView;
use crate::model::account::Flag;

/// The check. It asks only where a list says of anybody who asks for the factor.
pub(crate) struct Elsewhere;

impl PerAccount<0> for Elsewhere {
    const THRESHOLDS: [&'static str; 0] = [];

    fn judge(&self, account: &AccountView<'_>, []: [i32; 0]) -> Verdict {
        let guarded = account.second_factor_if_known().is_yes();
        if !account.system.sourced || !guarded || account.enabled() == Some(false) {
            return Verdict::NotAsked;
        }
        match account.ask(Flag::MfaDeclared) {
            Some(true) => Verdict::Finding(Found::new("declared")),
            _ => Verdict::Pass,
        }
    }
}
