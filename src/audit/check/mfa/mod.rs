//! Second factors.

mod mfa_01;
mod mfa_06;
mod mfa_10;

use crate::audit::account::ByAccount;
use crate::audit::check::Entry;

/// The coded checks of this family.
pub(super) const CHECKS: &[Entry] = &[
    ("MFA-01", &ByAccount(mfa_01::NoSecondFactor)),
    ("MFA-06", &ByAccount(mfa_06::RemoteWithoutFactor)),
    ("MFA-10", &mfa_10::EmptyColumn),
];
