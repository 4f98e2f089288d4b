//! PBKDF2 (RFC 8018) in the many forms that devices and programs write.

use crate::credential::batch::{Hits, Pair, Target};
use crate::credential::family;
use crate::credential::scheme::{Parsed, Refusal};
use ::pbkdf2::pbkdf2_hmac;
use md5::Md5;
use sha1::Sha1;
use sha2::{Sha256, Sha512};

/// Iterations beyond which a secret is not searched: some ten seconds an evaluation.
const MAX_ROUNDS: u32 = 10_000_000;

/// The hash inside HMAC.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Prf {
    /// MD5.
    Md5 = 0,
    /// SHA-1.
    Sha1 = 1,
    /// SHA-256.
    Sha256 = 2,
    /// SHA-512.
    Sha512 = 3,
}

/// A target from its parts.
pub fn target(prf: Prf, rounds: u32, salt: &[u8], key: &[u8]) -> Result<Parsed, Refusal> {
    bounded(rounds)?;
    // A key of fewer bytes would fit words by chance.
    if !(8..=64).contains(&key.len()) || salt.is_empty() {
        return Err(Refusal::Shape);
    }
    Ok(Parsed::Target(Target::new([rounds, prf as u32], salt, key)))
}

/// A number of iterations that is worth trying.
pub fn bounded(rounds: u32) -> Result<u32, Refusal> {
    match rounds {
        0 => Err(Refusal::Shape),
        1..=MAX_ROUNDS => Ok(rounds),
        _ => Err(Refusal::Cost),
    }
}

/// Cost of one evaluation of a target of this module.
pub fn cost(target: &Target) -> u64 {
    let [rounds, prf] = target.params();
    // Compressions in those of MD5, and bytes of one block of output.
    let (dear, width) = [(1, 16), (2, 20), (3, 32), (4, 64)][prf as usize];
    let blocks = target.digest().len().div_ceil(width) as u64;
    u64::from(rounds) * 2 * dear * blocks
}

/// Evaluates pairs of targets of this module.
pub fn run(pairs: &[Pair<'_>], hits: &mut Hits) {
    family::each(pairs, hits, |target, word| {
        let [rounds, prf] = target.params();
        let mut key = [0; 64];
        let key = &mut key[..target.digest().len()];
        match prf {
            0 => pbkdf2_hmac::<Md5>(word, target.salt(), rounds, key),
            1 => pbkdf2_hmac::<Sha1>(word, target.salt(), rounds, key),
            2 => pbkdf2_hmac::<Sha256>(word, target.salt(), rounds, key),
            _ => pbkdf2_hmac::<Sha512>(word, target.salt(), rounds, key),
        }
        key == target.digest()
    });
}
