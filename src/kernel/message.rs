//! Messages of many lanes, word by word: what the lanes of a kernel load.

use super::hash::Engine;
use super::vector::Vector;
use std::slice;
use zeroize::Zeroize;

/// Words of a block.
pub(super) const BLOCK: usize = 16;

/// Padded messages of equal length in all lanes. Wiped on drop.
pub(super) struct Messages<V: Vector> {
    words: Vec<V>,
    big_endian: bool,
}

/// Blocks of a message of so many bytes, with its end mark and length.
pub(super) const fn blocks<V: Vector>(bytes: usize) -> usize {
    let word = V::BITS as usize / 8;
    (bytes + 1 + 2 * word).div_ceil(BLOCK * word)
}

impl<V: Vector> Messages<V> {
    /// Room for messages of up to so many blocks, all zero.
    pub(super) fn new(engine: &Engine<V>, blocks: usize) -> Self {
        Self { words: vec![V::splat(0); blocks * BLOCK], big_endian: engine.big_endian }
    }

    /// The words of all lanes.
    fn lanes(&mut self) -> &mut [V::Word] {
        let words = self.words.len() * V::LANES;
        // SAFETY: vectors lie in memory as their words.
        unsafe { slice::from_raw_parts_mut(self.words.as_mut_ptr().cast(), words) }
    }

    /// Writes bytes into a lane, `at` bytes from its beginning. The place must be zero before.
    pub(super) fn write(&mut self, lane: usize, at: usize, bytes: &[u8]) {
        let size = V::BITS as usize / 8;
        for (at, &byte) in (at..).zip(bytes) {
            let inside = if self.big_endian { size - 1 - at % size } else { at % size };
            let word = &mut self.lanes()[at / size * V::LANES + lane];
            *word = V::word(V::bits(*word) | u64::from(byte) << (8 * inside));
        }
    }

    /// Ends the message of a lane after so many bytes, `before` bytes having been taken already.
    pub(super) fn end(&mut self, lane: usize, bytes: usize, before: usize) {
        self.write(lane, bytes, &[0x80]);
        let length = 8 * (bytes + before) as u64;
        let last = blocks::<V>(bytes) * BLOCK - 1;
        let (low, high) = if self.big_endian { (last, last - 1) } else { (last - 1, last) };
        self.lanes()[low * V::LANES + lane] = V::word(length);
        if V::BITS == 32 {
            self.lanes()[high * V::LANES + lane] = V::word(length >> 32);
        }
    }

    /// A block of all lanes.
    #[inline(always)]
    pub(super) fn block(&self, block: usize) -> &[V; BLOCK] {
        &self.words.as_chunks().0[block]
    }

    /// The first words of all lanes, as many as a state has.
    pub(super) fn state(&self) -> [V; 8] {
        std::array::from_fn(|word| self.words[word])
    }

    /// Zeroes all lanes.
    pub(super) fn clear(&mut self) {
        self.words.fill(V::splat(0));
    }

    /// The place for a digest, `at` bytes from the beginning, where there are zeros now.
    pub(super) fn place(&self, engine: &Engine<V>, at: usize) -> Place<V> {
        let size = V::BITS as usize / 8;
        let (first, shift) = (at / size, 8 * (at % size) as u32);
        Place { first, shift, before: self.words[first], behind: self.words[first + engine.digest] }
    }

    /// Puts a digest into its place, over what stood there.
    #[inline(always)]
    pub(super) fn insert(&mut self, engine: &Engine<V>, place: &Place<V>, state: &[V; 8]) {
        let (digest, shift) = (&state[..engine.digest], place.shift);
        let words = &mut self.words[place.first..];
        if shift == 0 {
            words[..digest.len()].copy_from_slice(digest);
            return;
        }
        let (mut carried, back) = (place.before, V::BITS - shift);
        for (word, own) in words.iter_mut().zip(digest) {
            let (here, next) = if engine.big_endian {
                (own.shr(shift), own.shl(back))
            } else {
                (own.shl(shift), own.shr(back))
            };
            *word = carried.or(here);
            carried = next;
        }
        words[digest.len()] = carried.or(place.behind);
    }
}

/// Where a digest goes in a message, and what shares its first and its last word.
pub(super) struct Place<V> {
    first: usize,
    shift: u32,
    before: V,
    behind: V,
}

impl<V: Vector> Drop for Messages<V> {
    fn drop(&mut self) {
        self.lanes().zeroize();
    }
}

/// Writes the digests of some lanes, each `width` bytes.
#[inline(always)]
pub(super) fn digests<V: Vector>(
    engine: &Engine<V>,
    state: &[V; 8],
    lanes: usize,
    mut each: impl FnMut(usize, &[u8]),
) {
    let size = V::BITS as usize / 8;
    let mut words = vec![V::Word::default(); V::LANES];
    let mut bytes = vec![[0_u8; 64]; lanes];
    for (number, word) in state.iter().take(engine.digest).enumerate() {
        word.store(&mut words);
        for (lane, bytes) in bytes.iter_mut().enumerate() {
            let bits = V::bits(words[lane]);
            let place = &mut bytes[number * size..(number + 1) * size];
            if engine.big_endian {
                place.copy_from_slice(&bits.to_be_bytes()[8 - size..]);
            } else {
                place.copy_from_slice(&bits.to_le_bytes()[..size]);
            }
        }
    }
    for (lane, bytes) in bytes.iter().enumerate() {
        each(lane, &bytes[..engine.digest * size]);
    }
}
