//! Accounts of programs and of maintenance companies.

pub(super) mod names;
mod registered;
mod svc_01;
mod svc_02;
mod svc_03;
mod svc_04;
mod svc_05;

use crate::audit::account::{ByAccount, IfSeveral};
use crate::audit::check::Entry;

/// The coded checks of this family.
pub(super) const CHECKS: &[Entry] = &[
    ("SVC-01", &svc_01::Undeclared),
    ("SVC-02", &IfSeveral(svc_02::PowerfulAndOld)),
    ("SVC-03", &ByAccount(svc_03::Anywhere)),
    ("SVC-04", &svc_04::Incomplete),
    ("SVC-05", &svc_05::PastContract),
];
