//! Chains in which a lane's next message is the digest before and nothing that changes: PBKDF2
//! (RFC 8018), and phpass with its word behind the digest.

use super::hash::Engine;
use super::message::{Messages, digests};
use super::vector::Vector;

/// One block of PBKDF2's output.
#[derive(Clone, Copy)]
pub struct Pbkdf2<'a> {
    /// The key of HMAC, at most one block long; longer keys come hashed.
    pub key: &'a [u8],
    /// The first iteration's result: HMAC over salt and block number.
    pub first: &'a [u8],
    /// How many iterations in all, at least one.
    pub rounds: u32,
}

/// Runs all jobs and hands out the blocks by the jobs' positions, in any order.
#[inline(always)]
pub(super) fn pbkdf2<V: Vector>(
    engine: &Engine<V>,
    jobs: &[Pbkdf2<'_>],
    each: &mut dyn FnMut(usize, &[u8]),
) {
    let mut order: Vec<usize> = (0..jobs.len()).collect();
    order.sort_by_key(|&job| jobs[job].rounds);
    for equal in order.chunk_by(|&a, &b| jobs[a].rounds == jobs[b].rounds) {
        for part in equal.chunks(V::LANES) {
            let state = pbkdf2_lanes(engine, jobs, part);
            digests(engine, &state, part.len(), |lane, digest| each(part[lane], digest));
        }
    }
}

#[inline(always)]
fn pbkdf2_lanes<V: Vector>(engine: &Engine<V>, jobs: &[Pbkdf2<'_>], part: &[usize]) -> [V; 8] {
    let [inner, outer] = [0x3636_3636_3636_3636, 0x5c5c_5c5c_5c5c_5c5c].map(|pad| {
        let mut key = Messages::new(engine, 1);
        for (lane, &job) in part.iter().enumerate() {
            key.write(lane, 0, jobs[job].key);
        }
        let mut block = *key.block(0);
        for word in &mut block {
            *word = word.xor(V::splat(pad));
        }
        let mut state = engine.start();
        engine.compress(&mut state, &block);
        state
    });
    let mut first = Messages::new(engine, 1);
    for (lane, &job) in part.iter().enumerate() {
        first.write(lane, 0, jobs[job].first);
    }
    let mut last = first.state();
    let mut sum = last;
    for _ in 1..jobs[part[0]].rounds {
        for start in [&inner, &outer] {
            let mut state = *start;
            engine.follow(&mut state, &last);
            last = state;
        }
        for (sum, word) in sum.iter_mut().zip(&last).take(engine.digest) {
            *sum = sum.xor(*word);
        }
    }
    sum
}

/// One chain of phpass: digest of the digest before and the word.
#[derive(Clone, Copy)]
pub struct Phpass<'a> {
    /// The word.
    pub word: &'a [u8],
    /// Digest of salt and word.
    pub digest: &'a [u8],
    /// How many times.
    pub rounds: u32,
}

/// Longest word of a one-block chain, in bytes, for a digest of so many.
pub const fn phpass_word(digest: usize) -> usize {
    if digest > 32 { 128 - 17 - digest } else { 64 - 9 - digest }
}

/// Runs all jobs, whose words are no longer than [`phpass_word`].
#[inline(always)]
pub(super) fn phpass<V: Vector>(
    engine: &Engine<V>,
    jobs: &[Phpass<'_>],
    each: &mut dyn FnMut(usize, &[u8]),
) {
    let digest = engine.bytes();
    let mut order: Vec<usize> = (0..jobs.len()).collect();
    order.sort_by_key(|&job| jobs[job].rounds);
    for equal in order.chunk_by(|&a, &b| jobs[a].rounds == jobs[b].rounds) {
        for part in equal.chunks(V::LANES) {
            let (mut start, mut message) = (Messages::new(engine, 1), Messages::new(engine, 1));
            for (lane, &job) in part.iter().enumerate() {
                start.write(lane, 0, jobs[job].digest);
                message.write(lane, digest, jobs[job].word);
                message.end(lane, digest + jobs[job].word.len(), 0);
            }
            let mut state = start.state();
            let place = message.place(engine, 0);
            for _ in 0..jobs[part[0]].rounds {
                message.insert(engine, &place, &state);
                engine.restart(&mut state);
                engine.compress(&mut state, message.block(0));
            }
            digests(engine, &state, part.len(), |lane, digest| each(part[lane], digest));
        }
    }
}
