//! LDAP `{SSHA}`: SHA-1 of password and salt, then the salt, in base64.

use crate::credential::family::{SaltedForm, each, ldap, target};
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};
use sha1::{Digest, Sha1};

pub(super) const SCHEME: SaltedForm = SaltedForm {
    names: &["ldap-ssha"],
    announced: |stored| ldap::after(stored, "{SSHA}").is_some(),
    parse,
    answers: &[KnownAnswer::new("{SSHA}FLzWcQqyle6Mo7NvrwXCMAmRzXQxNjYxMTYzNw==", "hashcat")],
    cost: |_| 2,
    run: |pairs, hits| {
        each(pairs, hits, |target, word| {
            Sha1::new().chain_update(word).chain_update(target.salt()).finalize()[..]
                == *target.digest()
        });
    },
};

fn parse(stored: &Stored<'_>) -> Result<Parsed, Refusal> {
    let (digest, salt) = ldap::salted(stored.bytes, "{SSHA}", 20)?;
    Ok(target(&salt, &digest))
}
