//! LIFE-06: somebody has left and the account lives on.

use crate::audit::account::{PerAccount, Verdict};
use crate::audit::people::Standing;
use crate::audit::sink::Found;
use crate::audit::view::AccountView;
use crate::model::finding::Confidence;
use crate::model::person::{Employment, Link};

/// The check.
pub(crate) struct Leaver;

impl PerAccount<2> for Leaver {
    const THRESHOLDS: [&'static str; 2] = ["grace_days", "early_days"];

    fn judge(&self, account: &AccountView<'_>, [grace, early]: [i32; 2]) -> Verdict {
        if !concerns_roster(account) {
            return Verdict::NotAsked;
        }
        if account.enabled() != Some(true) {
            return Verdict::Pass;
        }
        let found = match account.standing() {
            Some(Standing::Left(left)) if account.days_since(left) > grace => {
                let days = account.days_since(left);
                Found { milder: days <= early, ..Found::days("days-since-leaving", days, left) }
            }
            Some(Standing::LeftSomeDay) => {
                Found::new("days-since-leaving").at_most(Confidence::Medium)
            }
            _ => return Verdict::Pass,
        };
        Verdict::Finding(found.at_most(sureness(account)).detail(account.link().word()))
    }
}

/// True for accounts that a roster is expected to know, or does know.
pub(crate) fn concerns_roster(account: &AccountView<'_>) -> bool {
    account.person_id().is_some() || !(account.is_local() || account.is_nobodys())
}

/// How sure a statement about somebody's leaving can be.
pub(crate) fn sureness(account: &AccountView<'_>) -> Confidence {
    let still_active = account.roster().is_some_and(|row| row.status == Employment::Active);
    match account.link() {
        // The day says gone, the status says here.
        _ if still_active => Confidence::Low,
        Link::Account => Confidence::Medium,
        _ => Confidence::High,
    }
}
