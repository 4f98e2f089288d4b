//! Accounts of programs and of maintenance companies.

use crate::audit::check::Entry;

/// The coded checks of this family.
pub(super) const CHECKS: &[Entry] = &[];
