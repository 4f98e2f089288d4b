//! SHA-1 of password and salt: `hexadecimal:salt`, the salt in a column of its own, or Tryton's
//! old `sha1$hexadecimal$salt`.

use crate::credential::family::{SaltedForm, each, raw_digest, split, target};
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};
use sha1::{Digest, Sha1};

pub(super) const SCHEME: SaltedForm = SaltedForm {
    names: &["sha1(pass.salt)"],
    announced: |stored| stored.starts_with(b"sha1$") && tryton(stored).is_ok(),
    parse: |stored| tryton(stored.bytes).or_else(|_| parts(stored, 20)),
    answers: &[
        KnownAnswer::new("848952984db93bdd2d0151d4ecca6ea44fcf49e3:30007548152", "hashcat"),
        KnownAnswer::new("sha1$848952984db93bdd2d0151d4ecca6ea44fcf49e3$30007548152", "hashcat"),
        KnownAnswer::salted("848952984db93bdd2d0151d4ecca6ea44fcf49e3", "30007548152", "hashcat"),
    ],
    cost: |_| 2,
    run: |pairs, hits| {
        each(pairs, hits, |target, word| {
            Sha1::new().chain_update(word).chain_update(target.salt()).finalize()[..]
                == *target.digest()
        });
    },
};

fn tryton(stored: &[u8]) -> Result<Parsed, Refusal> {
    let rest = stored.strip_prefix(b"sha1$").ok_or(Refusal::Shape)?;
    let (digest, salt) = split(rest, b'$')?;
    closed_or_salted(digest, salt, 20)
}

/// Digest of `width` bytes in hexadecimal, and salt after a colon or from its column.
pub(super) fn parts(stored: &Stored<'_>, width: usize) -> Result<Parsed, Refusal> {
    if let Some((digest, [b':', salt @ ..])) = stored.bytes.split_at_checked(width * 2) {
        return closed_or_salted(digest, salt, width);
    }
    // The digest's own shape comes first, so that damage is not taken for a missing salt.
    raw_digest(stored.bytes, width)?;
    closed_or_salted(stored.bytes, stored.outside()?, width)
}

fn closed_or_salted(digest: &[u8], salt: &[u8], width: usize) -> Result<Parsed, Refusal> {
    match raw_digest(digest, width)? {
        Parsed::Digest(digest) => Ok(target(salt, digest.as_bytes())),
        closed => Ok(closed),
    }
}
