//! The audit itself: what was not judged, and why.

mod aud_01;
mod aud_02;
mod aud_03;
mod aud_07;
mod aud_08;
mod aud_09;
mod aud_10;
mod aud_11;
mod exceptions;

use crate::audit::check::Entry;

/// The coded checks of this family.
pub(super) const CHECKS: &[Entry] = &[
    ("AUD-01", &aud_01::OldSource),
    ("AUD-02", &aud_02::Shrunk),
    ("AUD-03", &aud_03::MissingColumns),
    ("AUD-04", &exceptions::Exceptions(&[])),
    ("AUD-05", &exceptions::Exceptions(&[])),
    ("AUD-06", &exceptions::Exceptions(&["accounts"])),
    ("AUD-07", &aud_07::SameLogin),
    ("AUD-08", &aud_08::LostLetters),
    ("AUD-09", &aud_09::UnknownForms),
    ("AUD-10", &aud_10::SameFile),
    ("AUD-11", &aud_11::Filtered),
];
