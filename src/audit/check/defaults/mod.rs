//! Factory defaults: passwords, names, communities, nothing set at all.

mod def_02;
mod def_05;
mod def_06;
mod def_07;
mod no_password;

use crate::audit::account::ByAccount;
use crate::audit::check::Entry;
use crate::audit::check::hit::{Communities, Hits};
use crate::model::evidence::WordClass;

/// The coded checks of this family.
pub(super) const CHECKS: &[Entry] = &[
    ("DEF-01", &Hits(WordClass::Default)),
    ("DEF-02", &def_02::FactoryName),
    ("DEF-03", &Communities),
    ("DEF-04", &no_password::NoPassword),
    ("DEF-05", &def_05::VendorWide),
    ("DEF-06", &ByAccount(def_06::BuiltIns)),
    ("DEF-07", &def_07::NotExported),
];
