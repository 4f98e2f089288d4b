//! SHA-256 (FIPS 180-4) of the password's bytes, without salt.

use crate::credential::family::{UnsaltedForm, lanes, never, raw_digest};
use crate::credential::scheme::KnownAnswer;
use crate::kernel::Algorithm;

pub(super) const SCHEME: UnsaltedForm = UnsaltedForm {
    names: &["raw-sha256"],
    announced: never,
    parse: |stored| raw_digest(stored.bytes, 32),
    answers: &[KnownAnswer::new(
        "127e6fbfe24a750e72930c220a8e138275656b8e5d8f48a98c3c92df2caba935",
        "hashcat",
    )],
    family: "sha256",
    width: 32,
    digests: |words, out| lanes::digests(Algorithm::Sha256, words, out),
    exact: true,
};
