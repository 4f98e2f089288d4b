//! KRB-01: a user account with a service principal name: anybody of the domain can take a ticket
//! home and guess its password there.

use crate::audit::account::{PerAccount, Verdict};
use crate::audit::sink::Found;
use crate::audit::view::AccountView;
use crate::model::account::Flag;
use crate::model::finding::{Severity, Unit};

/// The check. It is as severe as the rule says for an administrator with a password that is not
/// new, and for tickets without AES; otherwise it is a list to confirm.
pub(crate) struct Roastable;

impl PerAccount<1> for Roastable {
    const THRESHOLDS: [&'static str; 1] = ["privileged_days"];

    fn judge(&self, account: &AccountView<'_>, [days]: [i32; 1]) -> Verdict {
        if !account.system.is_active_directory() {
            return Verdict::NotAsked;
        }
        if account.enabled() != Some(true) || account.ask(Flag::HasSpn) != Some(true) {
            return Verdict::Pass;
        }
        let privileged = account.privileged_if_known().is_yes();
        let age = account.password_age();
        let old = age.is_none_or(|age| age >= days);
        let detail = match () {
            () if privileged => "administrator",
            () if account.flag(Flag::NoAes).is_yes() => "aes-left-out",
            () => "",
        };
        let grave = (privileged && old) || account.flag(Flag::NoAes).is_yes();
        let most = if grave { Severity::Critical } else { Severity::Low };
        let mut found = Found::new("password-age").detail(detail);
        if let Some(age) = age {
            found.value = Some(i64::from(age));
            found.unit = Unit::Days;
        }
        Verdict::Finding(Found { most, ..found })
    }
}
