//! AGE-03: an old password that nothing ever makes anybody change: of a program, or of an account
//! whose password never expires.

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
pub(crate) struct OldUnchanging;

impl Check for OldUnchanging {
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
    if random || account.privileged_if_known().is_yes() || unchanging(account) == Tri::No {
        return Verdict::NotAsked;
    }
    if account.enabled() != Some(true) {
        return Verdict::Pass;
    }
    let Some(old) = old(ask, account, days) else { return Verdict::Pass };
    if unchanging(account).is_yes() || account.ask(Flag::PasswordNeverExpires) == Some(true) {
        return Verdict::Finding(old.found());
    }
    Verdict::Pass
}

/// Whether nothing ever asks for a new password, as far as the exports say.
pub(super) fn unchanging(account: &AccountView<'_>) -> Tri {
    let program = [Flag::Service, Flag::HasSpn].iter().any(|&flag| account.flag(flag).is_yes());
    if program { Tri::Yes } else { account.flag(Flag::PasswordNeverExpires) }
}
