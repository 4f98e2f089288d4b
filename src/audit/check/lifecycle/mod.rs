//! Accounts over time: unused, expired, of people who left.

mod life_01;
mod life_02;
mod life_03;
mod life_04;
mod life_05;
mod life_06;
mod life_07;
mod life_08;
mod life_09;
mod life_10;
mod life_11;
mod life_12;
mod life_13;
mod life_14;
mod life_15;
mod life_16;
mod life_17;
mod life_18;
mod life_19;
mod life_20;
mod life_21;

use crate::audit::account::ByAccount;
use crate::audit::check::Entry;

/// The coded checks of this family.
pub(super) const CHECKS: &[Entry] = &[
    ("LIFE-01", &ByAccount(life_01::Stale)),
    ("LIFE-02", &ByAccount(life_02::NeverUsed)),
    ("LIFE-03", &ByAccount(life_03::NewUnused)),
    ("LIFE-04", &ByAccount(life_04::Expired)),
    ("LIFE-05", &ByAccount(life_05::NoEnd)),
    ("LIFE-06", &ByAccount(life_06::Leaver)),
    ("LIFE-07", &ByAccount(life_07::UsedAfterLeaving)),
    ("LIFE-08", &life_08::NoOwner),
    ("LIFE-09", &ByAccount(life_09::Mixed)),
    ("LIFE-10", &life_10::Mover),
    ("LIFE-11", &ByAccount(life_11::NotRemoved)),
    ("LIFE-12", &ByAccount(life_12::DisabledInGroups)),
    ("LIFE-13", &ByAccount(life_13::OnLeave)),
    ("LIFE-14", &life_14::Duplicate),
    ("LIFE-15", &ByAccount(life_15::Conflict)),
    ("LIFE-16", &ByAccount(life_16::Recent)),
    ("LIFE-17", &life_17::EnabledAgain),
    ("LIFE-18", &life_18::StaleShare),
    ("LIFE-19", &ByAccount(life_19::LockedLong)),
    ("LIFE-20", &ByAccount(life_20::StaleComputer)),
    ("LIFE-21", &ByAccount(life_21::IdleGuest)),
];
