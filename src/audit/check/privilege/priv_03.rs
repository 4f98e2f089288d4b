//! PRIV-03: the mark of an administrator on an account that is none now.

use crate::audit::account::{PerAccount, Verdict};
use crate::audit::sink::Found;
use crate::audit::view::AccountView;
use crate::model::account::Flag;
use crate::model::finding::Confidence;
use crate::model::tri::Tri;

/// The check. Where only direct memberships were exported, a group in a group may explain the
/// mark: then the finding is one to look at.
pub(crate) struct FormerAdministrator;

impl PerAccount<0> for FormerAdministrator {
    const THRESHOLDS: [&'static str; 0] = [];

    fn judge(&self, account: &AccountView<'_>, []: [i32; 0]) -> Verdict {
        if !account.system.is_active_directory() {
            return Verdict::NotAsked;
        }
        let marked = account.ask(Flag::AdminCount) == Some(true);
        if !marked || account.enabled() != Some(true) || account.privileged() != Some(false) {
            return Verdict::Pass;
        }
        let found = Found::new("admin-count");
        if account.flag(Flag::Privileged) == Tri::No {
            Verdict::Finding(found.detail("all-memberships"))
        } else {
            Verdict::Finding(found.detail("direct-memberships").at_most(Confidence::Low))
        }
    }
}
