//! SHA-512 (FIPS 180-4) of the password's bytes, without salt.

use crate::credential::family::{UnsaltedForm, lanes, never, raw_digest};
use crate::credential::scheme::KnownAnswer;
use crate::kernel::Algorithm;

pub(super) const SCHEME: UnsaltedForm = UnsaltedForm {
    names: &["raw-sha512"],
    announced: never,
    parse: |stored| raw_digest(stored.bytes, 64),
    answers: &[KnownAnswer::new(
        "82a9dda829eb7f8ffe9fbe49e45d47d2dad9664fbb7adf72492e3c81ebd3e29134d9bc12212bf83c6840f10e8246b9db54a4859b7ccd0123d86e5872c1e5082f",
        "hashcat",
    )],
    family: "sha512",
    width: 64,
    digests: |words, out| lanes::digests(Algorithm::Sha512, words, out),
    exact: true,
};
