//! descrypt, the DES of traditional crypt(3): two letters of salt and eleven of digest. Only the
//! first eight letters of a password count.

use crate::credential::batch::Target;
use crate::credential::crypt64;
use crate::credential::family::des_crypt::{encrypt, key_of};
use crate::credential::family::{SaltedForm, each, never};
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};

pub(super) const SCHEME: SaltedForm = SaltedForm {
    names: &["descrypt", "panos-phash-descrypt", "ubnt-airos-descrypt"],
    announced: never,
    parse,
    answers: &[
        KnownAnswer::new("24leDr0hHfb3A", "hashcat"),
        KnownAnswer::new("fnRL/G5lXVMug", "admin"),
        KnownAnswer::new("VvpvCwhccFv6Q", "ubnt"),
    ],
    cost: |_| 60,
    run: |pairs, hits| {
        each(pairs, hits, |target, word| {
            // crypt(3) reads up to the first zero.
            !word.contains(&0)
                && encrypt(key_of(word), target.params()[0], 25, 0).to_be_bytes() == target.digest()
        });
    },
};

fn parse(stored: &Stored<'_>) -> Result<Parsed, Refusal> {
    let (salt, digest) = stored.bytes.split_at_checked(2).ok_or(Refusal::Shape)?;
    let salt = crypt64::number(salt).ok_or(Refusal::Shape)?;
    Ok(Parsed::Target(Target::new([salt, 0], b"", &block(digest)?)))
}

/// The eight bytes of eleven letters, most significant six bits first.
pub(super) fn block(letters: &[u8]) -> Result<[u8; 8], Refusal> {
    if letters.len() != 11 {
        return Err(Refusal::Shape);
    }
    let bits = letters.iter().try_fold(0_u128, |bits, &letter| {
        Some(bits << 6 | u128::from(crypt64::number(&[letter])?))
    });
    let bits = bits.ok_or(Refusal::Shape)?;
    if bits.trailing_zeros() >= 2 {
        Ok(((bits >> 2) as u64).to_be_bytes())
    } else {
        Err(Refusal::Shape)
    }
}
