//! MD4 (RFC 1320) of the password's bytes, without salt.

use crate::credential::family::{UnsaltedForm, lanes, never, raw_digest};
use crate::credential::scheme::KnownAnswer;
use crate::kernel::Algorithm;

pub(super) const SCHEME: UnsaltedForm = UnsaltedForm {
    names: &["raw-md4"],
    announced: never,
    parse: |stored| raw_digest(stored.bytes, 16),
    answers: &[KnownAnswer::new("afe04867ec7a3845145579a95f72eca7", "hashcat")],
    family: "md4",
    width: 16,
    digests: |words, out| lanes::digests(Algorithm::Md4, words, out),
    exact: true,
};
