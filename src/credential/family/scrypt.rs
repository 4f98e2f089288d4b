//! scrypt (RFC 7914).

use crate::credential::batch::{Hits, Pair, Target};
use crate::credential::family;
use crate::credential::scheme::{Parsed, Refusal};
use ::scrypt::{Params, scrypt};

/// Memory of one evaluation beyond which a secret is not searched, in bytes.
pub const MAX_MEMORY: u64 = 256 << 20;
/// Bytes that one evaluation may go through.
pub const MAX_WORK: u64 = 8 << 30;

/// A target from its parts: log2 of N, block size, parallelism.
pub fn target(n: u32, r: u32, p: u32, salt: &[u8], key: &[u8]) -> Result<Parsed, Refusal> {
    if n == 0 || r == 0 || p == 0 || !(8..=64).contains(&key.len()) {
        return Err(Refusal::Shape);
    }
    if n > 30 || r > 1 << 12 || p > 1 << 12 {
        return Err(Refusal::Cost);
    }
    let memory = (u64::from(r) * 128) << n;
    if memory > MAX_MEMORY || memory * u64::from(p) > MAX_WORK {
        return Err(Refusal::Cost);
    }
    params([n, r << 16 | p]).ok_or(Refusal::Foreign)?;
    Ok(Parsed::Target(Target::new([n, r << 16 | p], salt, key)))
}

fn params([n, block]: [u32; 2]) -> Option<Params> {
    Params::new(n as u8, block >> 16, block & 0xffff).ok()
}

/// Cost of one evaluation of a target of this module.
pub fn cost(target: &Target) -> u64 {
    let [n, block] = target.params();
    (u64::from(block >> 16) * u64::from(block & 0xffff) * 4) << n
}

/// Evaluates pairs of targets of this module.
pub fn run(pairs: &[Pair<'_>], hits: &mut Hits) {
    family::each(pairs, hits, |target, word| {
        let mut key = [0; 64];
        let key = &mut key[..target.digest().len()];
        let Some(params) = params(target.params()) else { return false };
        scrypt(word, target.salt(), &params, key).is_ok() && key == target.digest()
    });
}
