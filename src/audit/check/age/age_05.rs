//! AGE-05: the domain's own Administrator, in daily use or with an old password.

use crate::audit::account::{Verdict, each_account};
use crate::audit::aged::old;
use crate::audit::check::{Asking, Check};
use crate::audit::missing::Lack;
use crate::audit::sink::{Found, Sink};
use crate::audit::site::Class;
use crate::audit::view::{AccountView, Used};
use std::cell::RefCell;
use std::ops::Range;

/// The check. Both faults of one account are told apart.
pub(crate) struct BuiltInAdministrator;

/// Relative id of the account.
const ADMINISTRATOR: u32 = 500;

impl Check for BuiltInAdministrator {
    fn thresholds(&self) -> Vec<&'static str> {
        vec!["days", "use_days"]
    }

    fn rows(&self, ask: &Asking<'_>, rows: Range<u32>, out: &mut Sink) {
        let limit = |key| ask.policy.threshold(ask.rule, key) as i32;
        let (days, use_days) = (limit("days"), limit("use_days"));
        let used = RefCell::new(Vec::new());
        each_account(ask, Class::ACCOUNT, rows, out, |account| {
            if account.rid() != Some(ADMINISTRATOR) {
                return Verdict::NotAsked;
            }
            used.borrow_mut()
                .extend(daily_use(account, use_days).map(|found| (account.row, found)));
            match old(ask, account, days) {
                Some(old) => Verdict::Finding(old.found().detail(Lack::PasswordSet.word())),
                None => Verdict::Pass,
            }
        });
        for (row, found) in used.into_inner() {
            out.finding(ask, row, found);
        }
    }
}

/// The account is for building and rescuing a domain; people have accounts of their own.
fn daily_use(account: &AccountView<'_>, days: i32) -> Option<Found> {
    if account.enabled() != Some(true) {
        return None;
    }
    let Used::On(last) = account.last_use()? else { return None };
    let ago = account.days_since(last);
    let found = Found::days("days-since-use", ago, last).detail(Lack::LastUse.word());
    (ago <= days).then(|| Found { discriminator: "use".into(), ..found })
}
