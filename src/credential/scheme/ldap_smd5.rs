//! LDAP `{SMD5}`: MD5 of password and salt, then the salt, in base64.

use crate::credential::family::{SaltedForm, each, ldap, target};
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};
use md5::{Digest, Md5};

pub(super) const SCHEME: SaltedForm = SaltedForm {
    names: &["ldap-smd5"],
    announced: |stored| ldap::after(stored, "{SMD5}").is_some(),
    parse,
    answers: &[KnownAnswer::new("{SMD5}I+2zMNUzpct3I3eor8MTxnNhbHQ=", "Hygiene#2024")],
    cost: |_| 2,
    run: |pairs, hits| {
        each(pairs, hits, |target, word| {
            Md5::new().chain_update(word).chain_update(target.salt()).finalize()[..]
                == *target.digest()
        });
    },
};

fn parse(stored: &Stored<'_>) -> Result<Parsed, Refusal> {
    let (digest, salt) = ldap::salted(stored.bytes, "{SMD5}", 16)?;
    Ok(target(&salt, &digest))
}
