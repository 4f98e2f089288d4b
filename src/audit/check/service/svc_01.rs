//! SVC-01: an account that looks like a program's and stands on no register.

use super::names::looks_like_program;
use crate::audit::account::{Verdict, each_account};
use crate::audit::check::{Asking, Check};
use crate::audit::missing::{Lack, Missing};
use crate::audit::sink::{Found, Sink};
use crate::audit::site::Class;
use crate::audit::view::AccountView;
use crate::model::account::Flag;
use crate::model::register::Register;
use std::ops::Range;

/// The check.
pub(crate) struct Undeclared;

impl Check for Undeclared {
    fn rows(&self, ask: &Asking<'_>, rows: Range<u32>, out: &mut Sink) {
        let given = ask.site.inventory.given.contains(&Register::Service);
        each_account(ask, Class::PERSONS, rows, out, |account| judge(account, given));
    }
}

fn judge(account: &AccountView<'_>, given: bool) -> Verdict {
    let Some(mark) = looks_like_program(account) else { return Verdict::NotAsked };
    let declared =
        [Flag::Service, Flag::Vendor, Flag::Shared].iter().any(|&f| account.flag(f).is_yes());
    if declared || account.is_break_glass() || account.enabled() != Some(true) {
        return Verdict::Pass;
    }
    if !given {
        account.lacks::<()>(Missing::lack(Lack::ServiceRegister));
    }
    Verdict::Finding(Found::new("service-account").detail(mark))
}
