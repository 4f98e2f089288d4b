//! Citrix `NetScaler`, `1`, eight letters of salt, SHA-1 of salt, password and a zero.

use crate::credential::family::{SaltedForm, each, hex_bytes, never, target};
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};
use sha1::{Digest, Sha1};

pub(super) const SCHEME: SaltedForm = SaltedForm {
    names: &["netscaler-sha1"],
    announced: never,
    parse: |stored| parts(stored, b'1', 20),
    answers: &[KnownAnswer::new("1130725275da09ca13254957f2314a639818d44c37ef6d558", "hashcat")],
    cost: |_| 2,
    run: |pairs, hits| {
        each(pairs, hits, |target, word| {
            let sha = Sha1::new().chain_update(target.salt()).chain_update(word);
            sha.chain_update([0]).finalize()[..] == *target.digest()
        });
    },
};

/// The kind's digit, salt as text, digest of `width` bytes.
pub(super) fn parts(stored: &Stored<'_>, kind: u8, width: usize) -> Result<Parsed, Refusal> {
    let [digit, rest @ ..] = stored.bytes else { return Err(Refusal::Shape) };
    let (salt, digest) = rest.split_at_checked(8).ok_or(Refusal::Shape)?;
    if *digit != kind || !salt.iter().all(u8::is_ascii_alphanumeric) {
        return Err(Refusal::Shape);
    }
    Ok(target(salt, &hex_bytes(digest, width)?))
}
