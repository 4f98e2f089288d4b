//! Flags of single accounts.

mod flag_05;
mod flag_07;

use crate::audit::account::ByAccount;
use crate::audit::check::Entry;

/// The coded checks of this family.
pub(super) const CHECKS: &[Entry] =
    &[("FLAG-05", &ByAccount(flag_05::ReadableAttribute)), ("FLAG-07", &flag_07::ReadableSecret)];
