//! AGE-01: an administrator's password that has not been changed for a long time.

use crate::audit::account::{Verdict, each_account};
use crate::audit::aged::old;
use crate::audit::check::{Asking, Check};
use crate::audit::sink::Sink;
use crate::audit::site::Class;
use crate::audit::view::AccountView;
use crate::model::account::Flag;
use crate::model::tri::Tri;
use std::ops::Range;

/// The check.
pub(crate) struct OldOfAdministrator;

impl Check for OldOfAdministrator {
    fn thresholds(&self) -> Vec<&'static str> {
        vec!["days"]
    }

    fn rows(&self, ask: &Asking<'_>, rows: Range<u32>, out: &mut Sink) {
        let days = ask.policy.threshold(ask.rule, "days") as i32;
        each_account(ask, Class::PERSONS, rows, out, |account| judge(ask, account, days));
    }
}

fn judge(ask: &Asking<'_>, account: &AccountView<'_>, days: i32) -> Verdict {
    let random = account.flag(Flag::SmartcardRequired).is_yes();
    if random || account.privileged_if_known() == Tri::No {
        return Verdict::NotAsked;
    }
    if account.enabled() != Some(true) {
        return Verdict::Pass;
    }
    match old(ask, account, days) {
        Some(old) if account.privileged() == Some(true) => Verdict::Finding(old.found()),
        _ => Verdict::Pass,
    }
}
