//! Digests of many short words with each of a few endings: a word is packed and laid into its lane
//! once, and an ending changes the few words of the block that it touches.

use super::hash::Engine;
use super::many::{Lanes, Words};
use super::vector::Vector;

/// Words and what is put behind each of them. Words of equal length stand side by side, or lanes
/// stay empty.
#[derive(Clone, Copy)]
pub struct Endings<'a> {
    /// What the endings are put behind.
    pub stems: Words<'a>,
    /// All of them go behind every stem.
    pub endings: &'a [Vec<u8>],
}

/// Hands over digests, as many at a time as there are lanes at most: `ending * stems + first stem`,
/// and the digests one behind the other. What is longer than one block with its ending gets a digest
/// without meaning.
#[inline(always)]
pub(super) fn digests_of<V: Vector>(
    engine: &Engine<V>,
    Endings { stems, endings }: Endings<'_>,
    each: &mut dyn FnMut(usize, &[u8]),
) {
    let mut lanes = Lanes::new(engine, stems);
    let (mut changes, mut state) = (Vec::new(), engine.start());
    let (mut first, mut known) = (0, None);
    while first < stems.ends.len() {
        let len = length(stems, first);
        if known != Some(len) {
            known = Some(len);
            let change = |ending: &Vec<u8>| change_of(engine, stems.wide, len, ending);
            changes = endings.iter().map(change).collect();
        }
        let most = stems.ends.len().min(first + V::LANES);
        let end = (first + 1..most).find(|&at| length(stems, at) != len).unwrap_or(most);
        lanes.load(first, end - first);
        let mut block = lanes.block;
        for (ending, change) in changes.iter().enumerate() {
            for &(word, bits) in change {
                block[word] = lanes.block[word].xor(V::splat(bits));
            }
            engine.restart(&mut state);
            engine.compress(&mut state, &block);
            each(ending * stems.ends.len() + first, lanes.rows(&state, end - first));
            for &(word, _) in change {
                block[word] = lanes.block[word];
            }
        }
        first = end;
    }
}

fn length(words: Words<'_>, at: usize) -> usize {
    (words.ends[at] - at.checked_sub(1).map_or(0, |before| words.ends[before])) as usize
}

/// Which bits of which words an ending turns in the padded block of a stem of so many bytes.
fn change_of<V: Vector>(
    engine: &Engine<V>,
    wide: bool,
    len: usize,
    ending: &[u8],
) -> Vec<(usize, u64)> {
    let block = |ending| padded(V::BITS as usize / 8, engine.big_endian, wide, len, ending);
    let turned = block(b"").into_iter().zip(block(ending)).map(|(without, with)| without ^ with);
    turned.enumerate().filter(|&(_, bits)| bits != 0).collect()
}

/// The padded block of `len` zeros and an ending, in words of `size` bytes. What is too long for one
/// block is cut.
fn padded(size: usize, big_endian: bool, wide: bool, len: usize, ending: &[u8]) -> [u64; 16] {
    let step = if wide { 2 } else { 1 };
    let bytes = (step * (len + ending.len())).min(16 * size - 2 * size - 1);
    let mut block = vec![0; 16 * size];
    for (place, &byte) in block[..bytes].iter_mut().skip(step * len).step_by(step).zip(ending) {
        *place = byte;
    }
    block[bytes] = 0x80;
    let mut words = block.chunks_exact(size).map(|word| {
        let shifted = |(at, &byte): (usize, &u8)| u64::from(byte) << (8 * at);
        if big_endian {
            word.iter().rev().enumerate().map(shifted).sum()
        } else {
            word.iter().enumerate().map(shifted).sum()
        }
    });
    let mut words = std::array::from_fn(|_| words.next().unwrap_or_default());
    words[if big_endian { 15 } else { 14 }] = 8 * bytes as u64;
    words
}
