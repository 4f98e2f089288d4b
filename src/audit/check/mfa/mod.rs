//! Second factors.

mod mfa_01;
mod mfa_02;
mod mfa_03;
mod mfa_06;
mod mfa_07;
mod mfa_08;
mod mfa_10;
mod mfa_11;
mod policies;

use crate::audit::account::ByAccount;
use crate::audit::check::Entry;

/// The coded checks of this family.
pub(super) const CHECKS: &[Entry] = &[
    ("MFA-01", &ByAccount(mfa_01::NoSecondFactor)),
    ("MFA-02", &ByAccount(mfa_02::WeakFactors)),
    ("MFA-03", &ByAccount(mfa_03::PassedOn)),
    ("MFA-04", &policies::EVERYBODY),
    ("MFA-05", &policies::OLD_PROGRAMS),
    ("MFA-06", &ByAccount(mfa_06::RemoteWithoutFactor)),
    ("MFA-07", &mfa_07::OneFactor),
    ("MFA-08", &ByAccount(mfa_08::NoSmartCard)),
    ("MFA-09", &policies::SIDE_DOORS),
    ("MFA-10", &mfa_10::EmptyColumn),
    ("MFA-11", &ByAccount(mfa_11::Elsewhere)),
];
