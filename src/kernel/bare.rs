//! The compression function alone, for benches: what is left of a kernel when words need not come into
//! the lanes nor digests out of them, as where a cracker counts up in its own registers.

use super::hash::Engine;
use super::message::{Messages, digests};
use super::vector::Vector;

/// Hashes the numbers below `times`, each a message of one word, in every lane; hands out the lanes'
/// digests, all of them combined by exclusive or.
#[inline(always)]
pub(super) fn run<V: Vector>(engine: &Engine<V>, times: u32, each: &mut dyn FnMut(usize, &[u8])) {
    let mut message = Messages::new(engine, 1);
    for lane in 0..V::LANES {
        message.end(lane, V::BITS as usize / 8, 0);
    }
    let mut block = *message.block(0);
    let (mut state, mut sum) = (engine.start(), [V::splat(0); 8]);
    for number in 0..times {
        block[0] = V::splat(u64::from(number));
        engine.restart(&mut state);
        engine.compress(&mut state, &block);
        for (sum, word) in sum.iter_mut().zip(&state).take(engine.digest) {
            *sum = sum.xor(*word);
        }
    }
    digests(engine, &sum, V::LANES, each);
}
