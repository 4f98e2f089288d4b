//! BSDI's extended DES crypt, `_` with four letters of rounds, four of salt and eleven of digest.

use crate::credential::batch::Target;
use crate::credential::crypt64;
use crate::credential::family::des_crypt::{encrypt, key_of};
use crate::credential::family::{SaltedForm, after, each};
use crate::credential::scheme::descrypt::block;
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};

/// A stored secret that demands more is not searched.
const MAX_ROUNDS: u32 = 5_000_000;

pub(super) const SCHEME: SaltedForm = SaltedForm {
    names: &["bsdi-des"],
    announced: |stored| stored.first() == Some(&b'_') && parts(stored).is_ok(),
    parse,
    answers: &[KnownAnswer::new("_GW..8841inaTltazRsQ", "hashcat")],
    cost: |target| 10 + u64::from(target.params()[0]) * 2,
    run: |pairs, hits| {
        each(pairs, hits, |target, word| {
            let [rounds, salt] = target.params();
            !word.contains(&0)
                && encrypt(key(word), salt, rounds, 0).to_be_bytes() == target.digest()
        });
    },
};

fn parts(stored: &[u8]) -> Result<(u32, u32, [u8; 8]), Refusal> {
    let rest = after(stored, "_")?;
    if rest.len() != 19 {
        return Err(Refusal::Shape);
    }
    let number = |letters| crypt64::number(letters).ok_or(Refusal::Shape);
    Ok((number(&rest[..4])?, number(&rest[4..8])?, block(&rest[8..])?))
}

fn parse(stored: &Stored<'_>) -> Result<Parsed, Refusal> {
    let (rounds, salt, digest) = parts(stored.bytes)?;
    match rounds {
        0 => Err(Refusal::Shape),
        1..=MAX_ROUNDS => Ok(Parsed::Target(Target::new([rounds, salt], b"", &digest))),
        _ => Err(Refusal::Cost),
    }
}

// Each further eight letters are mixed into the encrypted key so far.
fn key(word: &[u8]) -> u64 {
    let mut parts = word.chunks(8).map(key_of);
    let first = parts.next().unwrap_or(0);
    parts.fold(first, |key, part| encrypt(key, 0, 1, key) ^ part)
}
