//! Messages of many lanes, word by word: what the lanes of a kernel load.

use super::hash::Engine;
use super::vector::Vector;
use zeroize::Zeroize;

/// Words of a block.
pub(super) const BLOCK: usize = 16;

/// Padded messages of equal length in all lanes. Wiped on drop.
pub(super) struct Messages<V: Vector> {
    words: Vec<V::Word>,
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
        let words = vec![V::Word::default(); blocks * BLOCK * V::LANES];
        Self { words, big_endian: engine.big_endian }
    }

    /// Writes bytes into a lane, `at` bytes from its beginning. The place must be zero before.
    pub(super) fn write(&mut self, lane: usize, at: usize, bytes: &[u8]) {
        let size = V::BITS as usize / 8;
        for (at, &byte) in (at..).zip(bytes) {
            let inside = if self.big_endian { size - 1 - at % size } else { at % size };
            let word = &mut self.words[at / size * V::LANES + lane];
            *word = V::word(V::bits(*word) | u64::from(byte) << (8 * inside));
        }
    }

    /// Ends the message of a lane after so many bytes, `before` bytes having been taken already.
    pub(super) fn end(&mut self, lane: usize, bytes: usize, before: usize) {
        self.write(lane, bytes, &[0x80]);
        let length = 8 * (bytes + before) as u64;
        let last = blocks::<V>(bytes) * BLOCK - 1;
        let (low, high) = if self.big_endian { (last, last - 1) } else { (last - 1, last) };
        self.words[low * V::LANES + lane] = V::word(length);
        if V::BITS == 32 {
            self.words[high * V::LANES + lane] = V::word(length >> 32);
        }
    }

    /// A word of all lanes.
    #[inline(always)]
    pub(super) fn word(&self, word: usize) -> V {
        V::load(&self.words[word * V::LANES..])
    }

    /// A block of all lanes.
    #[inline(always)]
    pub(super) fn block(&self, block: usize) -> [V; BLOCK] {
        std::array::from_fn(|word| self.word(block * BLOCK + word))
    }

    /// Zeroes all lanes.
    pub(super) fn clear(&mut self) {
        self.words.fill(V::Word::default());
    }
}

impl<V: Vector> Drop for Messages<V> {
    fn drop(&mut self) {
        self.words.zeroize();
    }
}

/// Puts a digest of a message's own words `at` bytes into words that are zero there.
#[inline(always)]
pub(super) fn insert<V: Vector>(engine: &Engine<V>, words: &mut [V], at: usize, state: &[V; 8]) {
    let size = V::BITS as usize / 8;
    let (first, shift) = (at / size, 8 * (at % size) as u32);
    for (place, &word) in (first..).zip(&state[..engine.digest]) {
        if shift == 0 {
            words[place] = words[place].or(word);
        } else if engine.big_endian {
            words[place] = words[place].or(word.shr(shift));
            words[place + 1] = words[place + 1].or(word.shl(V::BITS - shift));
        } else {
            words[place] = words[place].or(word.shl(shift));
            words[place + 1] = words[place + 1].or(word.shr(V::BITS - shift));
        }
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
