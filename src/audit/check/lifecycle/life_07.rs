//! LIFE-07: an account was used after its owner had left; disabled since or not.

use crate::audit::account::{PerAccount, Verdict};
use crate::audit::check::lifecycle::life_06::{concerns_roster, sureness};
use crate::audit::missing::{Lack, Missing};
use crate::audit::people::Standing;
use crate::audit::sink::Found;
use crate::audit::view::{AccountView, Used};

/// The check.
pub(crate) struct UsedAfterLeaving;

impl PerAccount<1> for UsedAfterLeaving {
    const THRESHOLDS: [&'static str; 1] = ["grace_days"];

    fn judge(&self, account: &AccountView<'_>, [grace]: [i32; 1]) -> Verdict {
        if !concerns_roster(account) {
            return Verdict::NotAsked;
        }
        let left = match account.standing() {
            Some(Standing::Left(left)) => left,
            Some(Standing::LeftSomeDay) => {
                account.lacks::<()>(Missing::lack(Lack::LeaveDate));
                return Verdict::Pass;
            }
            Some(Standing::Employed) | None => return Verdict::Pass,
        };
        match account.last_use() {
            Some(Used::On(last)) if last.days_since(left) > grace => {
                let days = last.days_since(left);
                let found = Found::days("days-used-after-leaving", days, last);
                Verdict::Finding(
                    found.at_most(sureness(account)).detail(account.last_use_source().word()),
                )
            }
            _ => Verdict::Pass,
        }
    }
}
