//! LDAP `{SSHA512}`: SHA-512 of password and salt, then the salt, in base64.

use crate::credential::family::{SaltedForm, each, ldap, target};
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};
use sha2::{Digest, Sha512};

pub(super) const SCHEME: SaltedForm = SaltedForm {
    names: &["ldap-ssha512"],
    announced: |stored| ldap::after(stored, "{SSHA512}").is_some(),
    parse,
    answers: &[
        KnownAnswer::new(
            "{SSHA512}Bz8w5q6qEtB1Nnc8b1jfTvTXVTwohWag33oghQGOtLChnkZTw/cuJaHQlLJEI3AWKZGCRyLA6Phujdxo+is7AjA2MDcyNjY1Mg==",
            "hashcat",
        ),
        KnownAnswer::new(
            "{SSHA512}WucBQuH6NyeRYMz6gHQddkJLwzTUXaf8Ag0n9YM0drMFHG9XCO+FllvvwjXmo5/yFPvs+n1JVvJmdsvX5XHYvSUn9Xw=",
            "test123",
        ),
    ],
    cost: |_| 2,
    run: |pairs, hits| {
        each(pairs, hits, |target, word| {
            Sha512::new().chain_update(word).chain_update(target.salt()).finalize()[..]
                == *target.digest()
        });
    },
};

fn parse(stored: &Stored<'_>) -> Result<Parsed, Refusal> {
    let (digest, salt) = ldap::salted(stored.bytes, "{SSHA512}", 64)?;
    Ok(target(&salt, &digest))
}
