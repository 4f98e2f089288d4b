//! LIFE-13: somebody is on leave, and the account stays open unused.

use crate::audit::account::{PerAccount, Verdict};
use crate::audit::check::lifecycle::life_06::concerns_roster;
use crate::audit::idle::idle;
use crate::audit::missing::{Lack, Missing};
use crate::audit::sink::Found;
use crate::audit::view::{AccountView, Used};
use crate::model::finding::Confidence;
use crate::model::person::{Employment, Link};

/// The check.
pub(crate) struct OnLeave;

impl PerAccount<2> for OnLeave {
    const THRESHOLDS: [&'static str; 2] = ["days", "lag_days"];

    fn judge(&self, account: &AccountView<'_>, [days, lag]: [i32; 2]) -> Verdict {
        if !concerns_roster(account) {
            return Verdict::NotAsked;
        }
        if account.enabled() != Some(true) {
            return Verdict::Pass;
        }
        let Some(row) = account.roster() else { return Verdict::Pass };
        if row.status == Employment::Unknown && !account.site.states_employment {
            account.lacks::<()>(Missing::lack(Lack::Status));
        }
        if row.status != Employment::Leave {
            return Verdict::Pass;
        }
        let found = match account.last_use() {
            Some(Used::Never) => Some(Found::new("never-used")),
            _ => idle(account, days, lag),
        };
        let sure =
            if account.link() == Link::Account { Confidence::Medium } else { Confidence::High };
        found.map_or(Verdict::Pass, |found| Verdict::Finding(found.at_most(sure)))
    }
}
