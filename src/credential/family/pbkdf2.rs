//! PBKDF2 (RFC 8018) in the many forms that devices and programs write.

use crate::credential::batch::{Hits, Pair, Target};
use crate::credential::scheme::{Parsed, Refusal};
use crate::kernel::{self, Algorithm, Level};
use hmac::{EagerHash, Hmac, KeyInit, Mac};
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};
use zeroize::Zeroizing;

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
    for prf in [Prf::Md5, Prf::Sha1, Prf::Sha256, Prf::Sha512] {
        let own: Vec<Pair<'_>> =
            pairs.iter().filter(|pair| pair.target.params()[1] == prf as u32).copied().collect();
        if own.is_empty() {
            continue;
        }
        match prf {
            Prf::Md5 => side_by_side::<Md5>(Algorithm::Md5, 64, &own, hits),
            Prf::Sha1 => side_by_side::<Sha1>(Algorithm::Sha1, 64, &own, hits),
            Prf::Sha256 => side_by_side::<Sha256>(Algorithm::Sha256, 64, &own, hits),
            Prf::Sha512 => side_by_side::<Sha512>(Algorithm::Sha512, 128, &own, hits),
        }
    }
}

/// One block of one pair's output.
struct Part {
    pair: usize,
    block: usize,
    key: Zeroizing<Vec<u8>>,
    first: Zeroizing<Vec<u8>>,
}

fn side_by_side<D: Digest + EagerHash>(
    algorithm: Algorithm,
    block_bytes: usize,
    pairs: &[Pair<'_>],
    hits: &mut Hits,
) {
    let width = <D as Digest>::output_size();
    let blocks = |pair: &Pair<'_>| pair.target.digest().len().div_ceil(width);
    let mut parts = Vec::with_capacity(pairs.len());
    for (number, pair) in pairs.iter().enumerate() {
        // HMAC takes the digest of a key that is longer than a block.
        let long = pair.word.len() > block_bytes;
        let key = if long { D::digest(pair.word).to_vec() } else { pair.word.to_vec() };
        for block in 0..blocks(pair) {
            let salt = [pair.target.salt(), &(block as u32 + 1).to_be_bytes()].concat();
            let first = Zeroizing::new(first::<D>(&key, &salt));
            parts.push(Part { pair: number, block, key: Zeroizing::new(key.clone()), first });
        }
    }
    let jobs: Vec<kernel::Pbkdf2<'_>> = parts
        .iter()
        .map(|part| kernel::Pbkdf2 {
            key: &part.key,
            first: &part.first,
            rounds: pairs[part.pair].target.params()[0],
        })
        .collect();
    let mut fits = vec![0; pairs.len()];
    kernel::pbkdf2(Level::current(), algorithm, &jobs, &mut |job, output| {
        let part = &parts[job];
        let wanted = &pairs[part.pair].target.digest()[part.block * width..];
        let length = wanted.len().min(width);
        fits[part.pair] += usize::from(output[..length] == wanted[..length]);
    });
    for (pair, fits) in pairs.iter().zip(fits) {
        if fits == blocks(pair) {
            hits.hit(pair.id);
        }
    }
}

fn first<D: EagerHash>(key: &[u8], salt: &[u8]) -> Vec<u8> {
    let Ok(mut mac) = Hmac::<D>::new_from_slice(key) else { return Vec::new() };
    mac.update(salt);
    mac.finalize().into_bytes().to_vec()
}
