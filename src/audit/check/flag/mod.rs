//! Secrets and weaknesses that an account carries in its own fields.

use crate::audit::check::Entry;

/// The coded checks of this family.
pub(super) const CHECKS: &[Entry] = &[];
