//! Pairs of a scheme on the lanes of the kernels: prepared one by one, run side by side.

use crate::credential::batch::{Hits, Pair, Target};
use crate::kernel::{self, Algorithm, Level, Rounds};
use zeroize::Zeroizing;

/// What the rounds of the crypt family start from.
pub struct Prepared {
    /// The word as the rounds take it.
    pub word: Zeroizing<Vec<u8>>,
    /// The salt as the rounds take it.
    pub salt: Zeroizing<Vec<u8>>,
    /// The digest before the first round.
    pub digest: Zeroizing<Vec<u8>>,
    /// How many rounds.
    pub rounds: u32,
}

/// Evaluates pairs of the crypt family; `alone` takes words that are too long for the lanes.
pub fn crypt_rounds(
    algorithm: Algorithm,
    pairs: &[Pair<'_>],
    hits: &mut Hits,
    prepare: impl Fn(&Target, &[u8]) -> Prepared,
    alone: impl Fn(&Target, &[u8]) -> bool,
) {
    let (short, long): (Vec<&Pair<'_>>, Vec<&Pair<'_>>) =
        pairs.iter().partition(|pair| pair.word.len() <= kernel::WORD);
    let prepared: Vec<Prepared> =
        short.iter().map(|pair| prepare(pair.target, pair.word)).collect();
    let jobs: Vec<Rounds<'_>> = prepared
        .iter()
        .map(|one| Rounds {
            word: &one.word,
            salt: &one.salt,
            digest: &one.digest,
            rounds: one.rounds,
        })
        .collect();
    kernel::crypt_rounds(Level::current(), algorithm, &jobs, &mut |job, digest| {
        if digest == short[job].target.digest() {
            hits.hit(short[job].id);
        }
    });
    for pair in long.into_iter().filter(|pair| alone(pair.target, pair.word)) {
        hits.hit(pair.id);
    }
}
