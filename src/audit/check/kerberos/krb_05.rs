//! KRB-05: an account or computer that may act for others.

use crate::audit::account::{PerAccount, Verdict};
use crate::audit::sink::Found;
use crate::audit::site::Class;
use crate::audit::view::AccountView;
use crate::model::account::Flag;
use crate::model::finding::Severity;

/// The check. Domain controllers must delegate. Towards anything is as severe as the rule says,
/// for users who never showed a password one step less, towards named services low.
pub(crate) struct Delegation;

impl PerAccount<0> for Delegation {
    const ABOUT: Class = Class::ROW;
    const THRESHOLDS: [&'static str; 0] = [];

    fn judge(&self, account: &AccountView<'_>, []: [i32; 0]) -> Verdict {
        let gone = account.flag(Flag::Tombstone).is_yes();
        if !account.system.is_active_directory() || account.login().is_empty() || gone {
            return Verdict::NotAsked;
        }
        if account.enabled() != Some(true) {
            return Verdict::Pass;
        }
        if account.ask(Flag::Delegation) == Some(true) {
            return match account.ask(Flag::DomainController) {
                Some(false) => finding("unconstrained-delegation", false, Severity::Critical),
                _ => Verdict::Pass,
            };
        }
        if account.ask(Flag::ProtocolTransition) == Some(true) {
            return finding("protocol-transition", true, Severity::Critical);
        }
        // Many exports leave the list of services out; that it is there is told where it is known.
        if account.flag(Flag::ConstrainedDelegation).is_yes() {
            return finding("constrained-delegation", true, Severity::Low);
        }
        Verdict::Pass
    }
}

fn finding(detail: &'static str, milder: bool, most: Severity) -> Verdict {
    Verdict::Finding(Found { milder, most, ..Found::new("delegation").detail(detail) })
}
