//! `MySQL` 4.1, `*` and 40 hexadecimal digits: SHA-1 of the SHA-1, without salt.

use crate::credential::family::{UnsaltedForm, fill, raw_digest};
use crate::credential::scheme::KnownAnswer;
use sha1::{Digest, Sha1};

pub(super) const SCHEME: UnsaltedForm = UnsaltedForm {
    names: &["mysql41"],
    announced: |stored| matches!(stored, [b'*', rest @ ..] if rest.len() == 40 && rest.iter().all(u8::is_ascii_hexdigit)),
    parse: |stored| raw_digest(stored.bytes.strip_prefix(b"*").unwrap_or(stored.bytes), 20),
    answers: &[
        KnownAnswer::new("fcf7c1b8749cf99d88e5f34271d636178fb5d130", "hashcat"),
        KnownAnswer::new("*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19", "password"),
    ],
    family: "mysql41",
    width: 20,
    digests: |words, out| {
        fill(words, out, |word| Some(Sha1::digest(Sha1::digest(word)).into()));
    },
    exact: true,
};
