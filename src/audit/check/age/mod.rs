//! Passwords over time: too old, never changed, changed all at once.

use crate::audit::check::Entry;

/// The coded checks of this family.
pub(super) const CHECKS: &[Entry] = &[];
