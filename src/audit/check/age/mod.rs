//! Passwords over time: too old, never changed, changed all at once.

mod age_01;
mod age_02;
mod age_03;
mod age_04;
mod age_05;
mod age_08;
mod age_09;
mod age_10;
mod age_11;
mod age_12;

use crate::audit::account::ByAccount;
use crate::audit::check::Entry;

/// The coded checks of this family.
pub(super) const CHECKS: &[Entry] = &[
    ("AGE-01", &age_01::OldOfAdministrator),
    ("AGE-02", &age_02::OldOfUser),
    ("AGE-03", &age_03::OldUnchanging),
    ("AGE-04", &ByAccount(age_04::OldTicketKey)),
    ("AGE-05", &age_05::BuiltInAdministrator),
    ("AGE-08", &ByAccount(age_08::ChangePending)),
    ("AGE-09", &ByAccount(age_09::InitialPassword)),
    ("AGE-10", &age_10::PasswordRanOut),
    ("AGE-11", &age_11::MassReset),
    ("AGE-12", &age_12::OldAndWeak),
];
