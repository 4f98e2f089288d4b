//! The audit itself: what was not judged, and why.

mod aud_03;
mod exceptions;

use crate::audit::check::Entry;

/// The coded checks of this family.
pub(super) const CHECKS: &[Entry] = &[
    ("AUD-03", &aud_03::MissingColumns),
    ("AUD-04", &exceptions::Exceptions(&[])),
    ("AUD-05", &exceptions::Exceptions(&[])),
    ("AUD-06", &exceptions::Exceptions(&["accounts"])),
];
