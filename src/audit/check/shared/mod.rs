//! Accounts that several people use.

mod shr_04;

use crate::audit::check::Entry;

/// The coded checks of this family.
pub(super) const CHECKS: &[Entry] = &[("SHR-04", &shr_04::HandedDown)];
