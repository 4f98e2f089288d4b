//! Device configurations.

mod dev_01;
mod dev_02;
mod dev_03;
mod dev_04;
mod dev_05;
mod dev_06;
mod dev_07;

use crate::audit::check::Entry;

/// The coded checks of this family.
pub(super) const CHECKS: &[Entry] = &[
    ("DEV-01", &dev_01::OldForms),
    ("DEV-02", &dev_02::LoginMethod),
    ("DEV-03", &dev_03::OpenManagement),
    ("DEV-04", &dev_04::OpenSnmp),
    ("DEV-05", &dev_05::WeakKeys),
    ("DEV-06", &dev_06::UnreadLines),
    ("DEV-07", &dev_07::Strangers),
];
