//! Password policies as domains, hosts and devices state them.

use crate::audit::check::Entry;

/// The coded checks of this family.
pub(super) const CHECKS: &[Entry] = &[];
