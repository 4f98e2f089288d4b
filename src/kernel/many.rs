//! Digests of many short messages side by side.

use super::hash::Engine;
use super::message::{Messages, blocks, digests};
use super::vector::Vector;

/// Longest message of one block in bytes, for words of 32 and of 64 bits.
pub const SHORT: [usize; 2] = [55, 111];

/// Digests of all messages, none of them longer than one block takes.
#[inline(always)]
pub(super) fn digests_of<V: Vector>(
    engine: &Engine<V>,
    messages: &[&[u8]],
    each: &mut dyn FnMut(usize, &[u8]),
) {
    let mut lanes = Messages::new(engine, 1);
    for (number, part) in messages.chunks(V::LANES).enumerate() {
        lanes.clear();
        for (lane, message) in part.iter().enumerate() {
            debug_assert!(blocks::<V>(message.len()) == 1);
            lanes.write(lane, 0, message);
            lanes.end(lane, message.len(), 0);
        }
        let mut state = engine.start();
        engine.compress(&mut state, &lanes.block(0));
        digests(engine, &state, part.len(), |lane, digest| each(number * V::LANES + lane, digest));
    }
}
