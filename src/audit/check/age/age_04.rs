//! AGE-04: the key of the domain's tickets, krbtgt, has not been changed for a long time. No profile
//! about people's passwords speaks of it, and the account is always disabled.

use crate::audit::account::{PerAccount, Verdict};
use crate::audit::sink::Found;
use crate::audit::site::Class;
use crate::audit::view::{AccountView, Since};

/// The check.
pub(crate) struct OldTicketKey;

/// Relative id of the account.
const KRBTGT: u32 = 502;

impl PerAccount<2> for OldTicketKey {
    const ABOUT: Class = Class::ACCOUNT;
    const THRESHOLDS: [&'static str; 2] = ["days", "severe_days"];

    fn judge(&self, account: &AccountView<'_>, [days, severe]: [i32; 2]) -> Verdict {
        if !issues_tickets(account) {
            return Verdict::NotAsked;
        }
        match account.password_set() {
            Some(Since::On(set)) if account.days_since(set) > days => {
                let age = account.days_since(set);
                let found = Found::days("days-since-password", age, set);
                Verdict::Finding(Found { milder: age <= severe, ..found })
            }
            _ => Verdict::Pass,
        }
    }
}

/// The domain's own account, or that of a read-only domain controller (`krbtgt_12345`).
fn issues_tickets(account: &AccountView<'_>) -> bool {
    let login = account.login();
    let number = login.get(..7).filter(|start| start.eq_ignore_ascii_case("krbtgt_"));
    let of_controller = number.is_some() && login[7..].bytes().all(|b| b.is_ascii_digit());
    account.rid() == Some(KRBTGT)
        || login.eq_ignore_ascii_case("krbtgt")
        || (of_controller && login.len() > 7)
}
