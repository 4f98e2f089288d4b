//! MFA-08: an administrator of a domain who may log in without a smart card.

use crate::audit::account::{PerAccount, Verdict};
use crate::audit::sink::Found;
use crate::audit::view::AccountView;
use crate::model::account::Flag;
use crate::model::tri::Tri;

/// The check. Whether the hash behind a card is renewed stands in no export: the metadata of an
/// attribute would tell.
pub(crate) struct NoSmartCard;

impl PerAccount<0> for NoSmartCard {
    const THRESHOLDS: [&'static str; 0] = [];

    fn judge(&self, account: &AccountView<'_>, []: [i32; 0]) -> Verdict {
        // An account that neither a SID nor userAccountControl is known of may be a cloud's, which
        // has no such setting: MFA-03 asks for it.
        let card = account.flag(Flag::SmartcardRequired);
        if account.system.cloud || (card == Tri::Unknown && account.rid().is_none()) {
            return Verdict::NotAsked;
        }
        if account.enabled() != Some(true) || account.privileged() != Some(true) {
            return Verdict::Pass;
        }
        if account.is_break_glass() || account.is_nobodys() {
            return Verdict::NotAsked;
        }
        match account.ask(Flag::SmartcardRequired) {
            Some(false) if account.second_factor_if_known() != Tri::Yes => {
                Verdict::Finding(Found::new("no-smart-card"))
            }
            _ => Verdict::Pass,
        }
    }
}
