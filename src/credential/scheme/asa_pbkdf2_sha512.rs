//! Cisco ASA `pbkdf2`, `$sha512$rounds$salt$key`: PBKDF2-SHA512 with a key of 16 bytes.
//!
//! The parameters are published, but no value of a device with its password is. A wrong guess of
//! the construction could only miss, and what is not opened is counted as not comparable.

use crate::credential::family::pbkdf2::{self, Prf};
use crate::credential::family::text::base64;
use crate::credential::family::{SaltedForm, after, number, split};
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};

pub(super) const SCHEME: SaltedForm = SaltedForm {
    names: &["asa-pbkdf2-sha512"],
    announced: |stored| stored.starts_with(b"$sha512$"),
    parse,
    // Made with Python's hashlib.pbkdf2_hmac.
    answers: &[KnownAnswer::new(
        "$sha512$1000$MDEyMzQ1Njc4OWFiY2RlZg==$KBP1vKZ5WhDMYR568CXyiw==",
        "Demo-Asa-1!",
    )],
    cost: pbkdf2::cost,
    run: pbkdf2::run,
};

fn parse(stored: &Stored<'_>) -> Result<Parsed, Refusal> {
    let (rounds, rest) = split(after(stored.bytes, "$sha512$")?, b'$')?;
    let (salt, key) = split(rest, b'$')?;
    let (salt, key) = (base64(salt)?, base64(key)?);
    if salt.len() != 16 || key.len() != 16 {
        return Err(Refusal::Shape);
    }
    pbkdf2::target(Prf::Sha512, number(rounds)?, &salt, &key)
}
