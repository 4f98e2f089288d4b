//! SHA-512 of password and salt, `hexadecimal:salt` or the salt in a column of its own.

use crate::credential::family::{SaltedForm, each};
use crate::credential::scheme::KnownAnswer;
use crate::credential::scheme::sha1_pass_salt::parts;
use sha2::{Digest, Sha512};

pub(super) const SCHEME: SaltedForm = SaltedForm {
    names: &["sha512(pass.salt)", "openmrs-sha512"],
    announced: crate::credential::family::never,
    parse: |stored| parts(stored, 64),
    answers: &[KnownAnswer::new(
        "3f749c84d00c6f94a6651b5c195c71dacae08f3cea6fed760232856cef701f7bf60d7f38a587f69f159d4e4cbe00435aeb9c8c0a4927b252d76a744e16e87e91:388026522082",
        "hashcat",
    )],
    cost: |_| 3,
    run: |pairs, hits| {
        each(pairs, hits, |target, word| {
            Sha512::new().chain_update(word).chain_update(target.salt()).finalize()[..]
                == *target.digest()
        });
    },
};
