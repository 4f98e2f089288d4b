//! LDAP `{SSHA256}`: SHA-256 of password and salt, then the salt, in base64.

use crate::credential::family::{SaltedForm, each, ldap, target};
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};
use sha2::{Digest, Sha256};

pub(super) const SCHEME: SaltedForm = SaltedForm {
    names: &["ldap-ssha256"],
    announced: |stored| ldap::after(stored, "{SSHA256}").is_some(),
    parse,
    answers: &[KnownAnswer::new(
        "{SSHA256}L5Wk0zPY2lmoR5pH20zngq37KkxFwgTquEhx95rxfVk3Ng==",
        "hashcat",
    )],
    cost: |_| 2,
    run: |pairs, hits| {
        each(pairs, hits, |target, word| {
            Sha256::new().chain_update(word).chain_update(target.salt()).finalize()[..]
                == *target.digest()
        });
    },
};

fn parse(stored: &Stored<'_>) -> Result<Parsed, Refusal> {
    let (digest, salt) = ldap::salted(stored.bytes, "{SSHA256}", 32)?;
    Ok(target(&salt, &digest))
}
