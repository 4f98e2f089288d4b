//! KRB-03: DES keys.

use crate::audit::account::{PerAccount, Verdict};
use crate::audit::sink::Found;
use crate::audit::site::Class;
use crate::audit::view::AccountView;
use crate::model::account::Flag;
use crate::model::tri::Tri;

/// The check. Where DES stands beside better forms, whoever asks can still choose it: one step
/// less severe than DES alone.
pub(crate) struct Des;

impl PerAccount<0> for Des {
    const ABOUT: Class = Class::ACCOUNT;
    const THRESHOLDS: [&'static str; 0] = [];

    fn judge(&self, account: &AccountView<'_>, []: [i32; 0]) -> Verdict {
        if !account.system.is_active_directory() {
            return Verdict::NotAsked;
        }
        if account.enabled() != Some(true) {
            return Verdict::Pass;
        }
        if account.flag(Flag::DesOnly).is_yes() {
            return Verdict::Finding(Found::new("des").detail("des-only"));
        }
        if account.flag(Flag::DesAllowed).is_yes() {
            let milder = account.flag(Flag::NoAes) == Tri::No;
            return Verdict::Finding(Found { milder, ..Found::new("des").detail("des-allowed") });
        }
        account.ask(Flag::DesOnly);
        account.ask(Flag::DesAllowed);
        Verdict::Pass
    }
}
