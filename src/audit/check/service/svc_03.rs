//! SVC-03: a program's account that may log on to any computer.

use super::names::looks_like_program;
use crate::audit::account::{PerAccount, Verdict};
use crate::audit::sink::Found;
use crate::audit::view::AccountView;
use crate::model::account::Flag;

/// The check. That somebody sits down and logs on with it stands in no export that is read.
pub(crate) struct Anywhere;

impl PerAccount<0> for Anywhere {
    const THRESHOLDS: [&'static str; 0] = [];

    fn judge(&self, account: &AccountView<'_>, []: [i32; 0]) -> Verdict {
        if !account.system.is_active_directory() {
            return Verdict::NotAsked;
        }
        let Some(mark) = looks_like_program(account) else { return Verdict::NotAsked };
        if account.enabled() != Some(true) || account.ask(Flag::WorkstationLimit) != Some(false) {
            return Verdict::Pass;
        }
        Verdict::Finding(Found::new("service-account").detail(mark))
    }
}
