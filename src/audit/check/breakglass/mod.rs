//! Sealed accounts for emergencies.

mod brk_01;
mod brk_02;
mod brk_03;
mod brk_04;
mod brk_05;
mod brk_06;

use crate::audit::check::Entry;

/// The coded checks of this family.
pub(super) const CHECKS: &[Entry] = &[
    ("BRK-01", &brk_01::TooFew),
    ("BRK-02", &brk_02::LockedOut),
    ("BRK-03", &brk_03::NoKey),
    ("BRK-04", &brk_04::Untested),
    ("BRK-05", &brk_05::Opened),
    ("BRK-06", &brk_06::SharedBreakGlass),
];
