//! AGE-02: passwords of users that have not been changed for a long time.

use crate::audit::account::{Verdict, each_account};
use crate::audit::aged::old;
use crate::audit::check::age::age_03::unchanging;
use crate::audit::check::{Asking, Check};
use crate::audit::sink::{Found, Sink};
use crate::audit::site::Class;
use crate::audit::view::AccountView;
use crate::model::account::Flag;
use crate::model::finding::Severity;
use std::cell::RefCell;

/// The check. Where the profile asks for no change, the age is told once for each system.
pub(crate) struct OldOfUser;

impl Check for OldOfUser {
    fn thresholds(&self) -> Vec<&'static str> {
        vec!["days"]
    }

    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        let days = ask.policy.threshold(ask.rule, "days") as i32;
        let kept = RefCell::new(vec![0_u32; ask.scope.len()]);
        let rows = 0..ask.site.inventory.accounts.len();
        each_account(ask, Class::PERSONS, rows, out, |account| {
            if !concerns(account) {
                return Verdict::NotAsked;
            }
            if account.enabled() != Some(true) {
                return Verdict::Pass;
            }
            match old(ask, account, days) {
                Some(old) if old.demanded => return Verdict::Finding(old.found()),
                Some(_) => {
                    let system = account.site.inventory.accounts.system.get(account.row);
                    kept.borrow_mut()[system as usize] += 1;
                }
                None => {}
            }
            Verdict::Pass
        });
        for (system, count) in (0..).zip(kept.into_inner()).filter(|&(_, count)| count > 0) {
            let judged = out.tally(ask.index, system).judged;
            let found = Found::new("old-passwords").detail(format!("{count}/{judged}"));
            out.system_finding(ask, system, Found { most: Severity::Info, ..found });
        }
    }
}

/// Administrators and passwords that nothing makes anybody change have rules of their own.
fn concerns(account: &AccountView<'_>) -> bool {
    let random = account.flag(Flag::SmartcardRequired).is_yes();
    !(random || account.privileged_if_known().is_yes() || unchanging(account).is_yes())
}
