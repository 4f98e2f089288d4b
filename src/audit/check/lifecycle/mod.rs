//! Accounts over time: unused, expired, of people who left.

mod life_01;
mod life_02;
mod life_03;
mod life_04;
mod life_06;
mod life_07;
mod life_09;
mod life_10;
mod life_17;

use crate::audit::account::ByAccount;
use crate::audit::check::Entry;

/// The coded checks of this family.
pub(super) const CHECKS: &[Entry] = &[
    ("LIFE-01", &ByAccount(life_01::Stale)),
    ("LIFE-02", &ByAccount(life_02::NeverUsed)),
    ("LIFE-03", &ByAccount(life_03::NewUnused)),
    ("LIFE-04", &ByAccount(life_04::Expired)),
    ("LIFE-06", &ByAccount(life_06::Leaver)),
    ("LIFE-07", &ByAccount(life_07::UsedAfterLeaving)),
    ("LIFE-09", &ByAccount(life_09::Mixed)),
    ("LIFE-10", &life_10::Mover),
    ("LIFE-17", &life_17::EnabledAgain),
];
