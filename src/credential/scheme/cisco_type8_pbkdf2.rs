//! Cisco type 8, `$8$salt$key`: PBKDF2-SHA256 with 20,000 rounds, the salt's 14 letters as text.

use crate::credential::family::pbkdf2::{self, Prf};
use crate::credential::family::text::cisco64;
use crate::credential::family::{SaltedForm, after, split};
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};

pub(super) const SCHEME: SaltedForm = SaltedForm {
    names: &["cisco-type8-pbkdf2"],
    announced: |stored| parts(stored, "$8$").is_ok(),
    parse,
    answers: &[KnownAnswer::new(
        "$8$84486783037343$pYNyVrtyMalQrZLxRi7ZLQS1Fl.jkYCgASUi5P8JNb2",
        "hashcat",
    )],
    cost: pbkdf2::cost,
    run: pbkdf2::run,
};

/// Salt of 14 letters and key of 32 bytes.
pub(super) fn parts<'a>(stored: &'a [u8], prefix: &str) -> Result<(&'a [u8], Vec<u8>), Refusal> {
    let (salt, key) = split(after(stored, prefix)?, b'$')?;
    if salt.len() != 14 || key.len() != 43 {
        return Err(Refusal::Shape);
    }
    Ok((salt, cisco64(key)?))
}

fn parse(stored: &Stored<'_>) -> Result<Parsed, Refusal> {
    let (salt, key) = parts(stored.bytes, "$8$")?;
    pbkdf2::target(Prf::Sha256, 20_000, salt, &key)
}
