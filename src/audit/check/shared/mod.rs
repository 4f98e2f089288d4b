//! Accounts that several people use.

mod shr_01;
mod shr_02;
mod shr_03;
mod shr_04;

use crate::audit::account::ByAccount;
use crate::audit::check::Entry;

/// The coded checks of this family.
pub(super) const CHECKS: &[Entry] = &[
    ("SHR-01", &ByAccount(shr_01::Undeclared)),
    ("SHR-02", &shr_02::Unowned),
    ("SHR-03", &ByAccount(shr_03::SharedWriter)),
    ("SHR-04", &shr_04::HandedDown),
];
