//! Sealed accounts for emergencies.

mod brk_06;

use crate::audit::check::Entry;

/// The coded checks of this family.
pub(super) const CHECKS: &[Entry] = &[("BRK-06", &brk_06::SharedBreakGlass)];
