//! LIFE-15: what replication left where one entry was made twice at the same time.

use crate::audit::account::{PerAccount, Verdict};
use crate::audit::sink::Found;
use crate::audit::site::Class;
use crate::audit::view::AccountView;
use crate::model::account::Flag;
use crate::model::tri::Tri;

/// The check.
pub(crate) struct Conflict;

impl PerAccount<0> for Conflict {
    const ABOUT: Class = Class::ROW;
    const THRESHOLDS: [&'static str; 0] = [];

    fn judge(&self, account: &AccountView<'_>, []: [i32; 0]) -> Verdict {
        // Directories without relative ids do not replicate this way.
        if account.rid().is_none() && account.flag(Flag::Conflict) == Tri::Unknown {
            return Verdict::NotAsked;
        }
        match account.ask(Flag::Conflict) {
            Some(true) => Verdict::Finding(Found::new("conflict")),
            _ => Verdict::Pass,
        }
    }
}
