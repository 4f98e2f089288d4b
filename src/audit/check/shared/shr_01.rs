//! SHR-01: a name that looks shared and stands in no register.

use crate::audit::account::{PerAccount, Verdict};
use crate::audit::check::shared_name;
use crate::audit::missing::Missing;
use crate::audit::sink::Found;
use crate::audit::view::AccountView;
use crate::model::account::Flag;
use crate::model::register::Register;

/// The check.
pub(crate) struct Undeclared;

impl PerAccount<0> for Undeclared {
    const THRESHOLDS: [&'static str; 0] = [];

    fn judge(&self, account: &AccountView<'_>, []: [i32; 0]) -> Verdict {
        if account.is_nobodys() || !shared_name::looks_shared(account) {
            return Verdict::Pass;
        }
        if !account.site.given(Register::Shared) {
            account.lacks::<()>(Missing::flag(Flag::Shared));
        }
        match account.enabled() {
            Some(true) => Verdict::Finding(Found::new("shared-name")),
            _ => Verdict::Pass,
        }
    }
}
