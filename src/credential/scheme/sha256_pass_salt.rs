//! SHA-256 of password and salt, `hexadecimal:salt` or the salt in a column of its own.

use crate::credential::family::{SaltedForm, each};
use crate::credential::scheme::KnownAnswer;
use crate::credential::scheme::sha1_pass_salt::parts;
use sha2::{Digest, Sha256};

pub(super) const SCHEME: SaltedForm = SaltedForm {
    names: &["sha256(pass.salt)"],
    announced: crate::credential::family::never,
    parse: |stored| parts(stored, 32),
    answers: &[KnownAnswer::new(
        "5bb7456f43e3610363f68ad6de82b8b96f3fc9ad24e9d1f1f8d8bd89638db7c0:12480864321",
        "hashcat",
    )],
    cost: |_| 3,
    run: |pairs, hits| {
        each(pairs, hits, |target, word| {
            Sha256::new().chain_update(word).chain_update(target.salt()).finalize()[..]
                == *target.digest()
        });
    },
};
