//! One password in several places.

pub(super) mod edge;
mod reuse_08;
mod reuse_09;
mod reuse_10;
mod reuse_11;
mod reuse_12;
mod reuse_14;
mod reuse_15;

use crate::audit::check::Entry;
use crate::model::evidence::Edges;
use edge::Reuse;

/// The coded checks of this family.
pub(super) const CHECKS: &[Entry] = &[
    ("REUSE-01", &Reuse(Edges::EQUAL_IN_SYSTEM)),
    ("REUSE-02", &Reuse(Edges::CLONED)),
    ("REUSE-03", &Reuse(Edges::FROM_NT)),
    ("REUSE-04", &Reuse(Edges::KNOWN_WORD)),
    ("REUSE-05", &Reuse(Edges::LIST_WORD)),
    ("REUSE-06", &Reuse(Edges::OTHER_SYSTEM)),
    ("REUSE-08", &reuse_08::AdminAndUser),
    ("REUSE-09", &reuse_09::Unequal),
    ("REUSE-10", &reuse_10::LocalAdministrator),
    ("REUSE-11", &reuse_11::SharedKey),
    ("REUSE-12", &reuse_12::Spread),
    ("REUSE-14", &reuse_14::Lasting),
    ("REUSE-15", &reuse_15::OnePerson),
];
