//! SHA-1 (FIPS 180-4) of the password's bytes, without salt.

use crate::credential::family::{UnsaltedForm, lanes, never, raw_digest};
use crate::credential::scheme::KnownAnswer;
use crate::kernel::Algorithm;

pub(super) const SCHEME: UnsaltedForm = UnsaltedForm {
    names: &["raw-sha1", "aos-s-sha1"],
    announced: never,
    parse: |stored| raw_digest(stored.bytes, 20),
    answers: &[KnownAnswer::new("b89eaac7e61417341b710b727768294d0e6a277b", "hashcat")],
    family: "sha1",
    width: 20,
    digests: |words, out| lanes::digests(Algorithm::Sha1, words, out),
    exact: true,
};
