//! `MySQL` `caching_sha2_password`: sha256crypt with 20 raw bytes of salt. As `mysql.user` holds it
//! (`$A$005$`, salt, 43 letters), or `$mysql$A$005*` with both parts in hexadecimal.

use crate::credential::batch::Target;
use crate::credential::family::sha_crypt::bounded;
use crate::credential::family::{SaltedForm, after, hex_bytes, split};
use crate::credential::scheme::sha256crypt;
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};

pub(super) const SCHEME: SaltedForm = SaltedForm {
    names: &["mysql-caching_sha2"],
    announced: |stored| stored.starts_with(b"$mysql$A$") || stored.starts_with(b"$A$"),
    parse,
    answers: &[KnownAnswer::new(
        "$mysql$A$005*F9CC98CE08892924F50A213B6BC571A2C11778C5*625479393559393965414D45316477456B484F41316E64484742577A2E3162785353526B7554584647562F",
        "hashcat",
    )],
    ..sha256crypt::SCHEME
};

fn parse(stored: &Stored<'_>) -> Result<Parsed, Refusal> {
    if stored.bytes.starts_with(b"$mysql$") {
        let (rounds, rest) = split(after(stored.bytes, "$mysql$A$")?, b'*')?;
        let (salt, digest) = split(rest, b'*')?;
        return target(rounds, &hex_bytes(salt, 20)?, &hex_bytes(digest, 43)?);
    }
    let (rounds, rest) = split(after(stored.bytes, "$A$")?, b'$')?;
    let (salt, digest) = rest.split_at_checked(20).ok_or(Refusal::Shape)?;
    target(rounds, salt, digest)
}

// The number counts thousands, in hexadecimal.
fn target(thousands: &[u8], salt: &[u8], letters: &[u8]) -> Result<Parsed, Refusal> {
    let text = std::str::from_utf8(thousands).map_err(|_| Refusal::Shape)?;
    if text.len() != 3 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(Refusal::Shape);
    }
    let thousands = u32::from_str_radix(text, 16).map_err(|_| Refusal::Shape)?;
    let rounds = bounded(thousands * 1000)?;
    Ok(Parsed::Target(Target::new([rounds, 0], salt, &sha256crypt::letters(letters)?)))
}
