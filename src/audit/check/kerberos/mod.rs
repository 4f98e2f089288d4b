//! What Kerberos gives away about accounts of a directory.

use crate::audit::check::Entry;

/// The coded checks of this family.
pub(super) const CHECKS: &[Entry] = &[];
