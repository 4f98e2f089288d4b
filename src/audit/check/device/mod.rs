//! Device configurations.

mod dev_06;

use crate::audit::check::Entry;

/// The coded checks of this family.
pub(super) const CHECKS: &[Entry] = &[("DEV-06", &dev_06::UnreadLines)];
