//! Citrix `NetScaler`, `2`, eight letters of salt, SHA-512 of salt, password and a zero.

use crate::credential::family::{SaltedForm, each, never};
use crate::credential::scheme::KnownAnswer;
use crate::credential::scheme::netscaler_sha1::parts;
use sha2::{Digest, Sha512};

pub(super) const SCHEME: SaltedForm = SaltedForm {
    names: &["netscaler-sha512"],
    announced: never,
    parse: |stored| parts(stored, b'2', 64),
    answers: &[KnownAnswer::new(
        "2f9282ade42ce148175dc3b4d8b5916dae5211eee49886c3f7cc768f6b9f2eb982a5ac2f2672a0223999bfd15349093278adf12f6276e8b61dacf5572b3f93d0b4fa886ce",
        "hashcat",
    )],
    cost: |_| 4,
    run: |pairs, hits| {
        each(pairs, hits, |target, word| {
            let sha = Sha512::new().chain_update(target.salt()).chain_update(word);
            sha.chain_update([0]).finalize()[..] == *target.digest()
        });
    },
};
