//! Administrators' accounts.

mod priv_02;

use crate::audit::account::ByAccount;
use crate::audit::check::Entry;

/// The coded checks of this family.
pub(super) const CHECKS: &[Entry] = &[("PRIV-02", &ByAccount(priv_02::StalePrivileged))];
