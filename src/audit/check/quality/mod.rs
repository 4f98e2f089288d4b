//! Passwords that are easily guessed or badly stored.

mod qual_02;
mod qual_03;
mod qual_06;
mod qual_08;
mod qual_09;
mod qual_11;
mod qual_12;

use crate::audit::check::Entry;
use crate::audit::check::hit::Hits;
use crate::model::evidence::WordClass;

/// The coded checks of this family.
pub(super) const CHECKS: &[Entry] = &[
    ("QUAL-01", &Hits(WordClass::Empty)),
    ("QUAL-02", &qual_02::LmKept),
    ("QUAL-03", &qual_03::Breached),
    ("QUAL-04", &Hits(WordClass::List)),
    ("QUAL-05", &Hits(WordClass::Login)),
    ("QUAL-06", &qual_06::NameAsPassword),
    ("QUAL-07", &Hits(WordClass::Device)),
    ("QUAL-08", &qual_08::Weak),
    ("QUAL-09", &qual_09::Repeated),
    ("QUAL-10", &Hits(WordClass::Root)),
    ("QUAL-11", &qual_11::ComputerName),
    ("QUAL-12", &qual_12::WeakStorage),
    ("QUAL-13", &Hits(WordClass::Digits)),
];
