//! Digests of many short words side by side: each is packed into a row of one padded block, rows
//! become lanes, and the digests come back row by row.

use super::hash::Engine;
use super::vector::{LONGEST_LANES, Vector};
use std::slice;
use zeroize::Zeroize;

/// Longest message of one block in bytes, for words of 32 and of 64 bits.
pub const SHORT: [usize; 2] = [55, 111];

/// Words one behind the other.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    /// The bytes of all of them.
    pub bytes: &'a [u8],
    /// Where each ends; the first begins at 0.
    pub ends: &'a [u32],
    /// Each byte is taken as a UTF-16 unit, which is right for ASCII.
    pub wide: bool,
}

/// A word of a block in memory.
pub(super) trait Pack: Copy + Default + Zeroize {
    /// The word whose lowest byte stands first.
    fn read(bytes: &[u8]) -> Self;

    /// The word whose lowest byte stands first in memory.
    fn little_endian(self) -> Self;
}

/// Bytes of the longest block.
const LONGEST: usize = 128;
/// Read from `LONGEST - len` on: ones for as many bytes as a word has, then zeros.
static KEEP: [u8; 2 * LONGEST] = {
    let mut keep = [0; 2 * LONGEST];
    let mut at = 0;
    while at < LONGEST {
        keep[at] = 0xff;
        at += 1;
    }
    keep
};
/// The same for the mark behind it.
static MARK: [u8; 2 * LONGEST] = {
    let mut mark = [0; 2 * LONGEST];
    mark[LONGEST] = 0x80;
    mark
};

/// The word that `text` begins with, its mark, and zeros. Whole registers are read where there are
/// as many bytes, and what follows the word is masked out.
#[inline(always)]
fn marked<const N: usize>(text: &[u8], len: usize) -> [u8; N] {
    let mut block = [0; N];
    match text.first_chunk::<N>() {
        Some(whole) => block = *whole,
        None => block[..len].copy_from_slice(&text[..len]),
    }
    let window = LONGEST - len..LONGEST - len + N;
    let both = KEEP[window.clone()].iter().zip(&MARK[window]);
    for (byte, (keep, mark)) in block.iter_mut().zip(both) {
        *byte = *byte & keep | mark;
    }
    block
}

/// A block that holds the word of `len` bytes that `text` begins with, its end mark and length. What
/// is longer than a block takes is cut.
#[inline(always)]
fn pack<const N: usize, const UNITS: usize>(
    block: &mut [u8; N],
    (text, len): (&[u8], usize),
    wide: bool,
    big_endian: bool,
) {
    let most = N - 1 - N / 8;
    let bytes = if wide {
        let len = len.min(most / 2);
        let mut units = [0_u16; UNITS];
        for (unit, byte) in units.iter_mut().zip(marked::<UNITS>(text, len)) {
            *unit = u16::from(byte).to_le();
        }
        // SAFETY: any bytes may be looked at, and there are twice as many as units.
        let bytes = unsafe { slice::from_raw_parts(units.as_ptr().cast::<u8>(), 2 * UNITS) };
        block.copy_from_slice(bytes);
        2 * len
    } else {
        let len = len.min(most);
        *block = marked::<N>(text, len);
        len
    };
    let bits = 8 * bytes as u32;
    if big_endian {
        block[N - 4..].copy_from_slice(&bits.to_be_bytes());
    } else {
        block[N - N / 8..][..4].copy_from_slice(&bits.to_le_bytes());
    }
}

macro_rules! word {
    ($word:ty) => {
        impl Pack for $word {
            #[inline(always)]
            fn read(bytes: &[u8]) -> Self {
                bytes.first_chunk().map_or(0, |bytes| Self::from_le_bytes(*bytes))
            }
            #[inline(always)]
            fn little_endian(self) -> Self {
                self.to_le()
            }
        }
    };
}
word!(u32);
word!(u64);

/// Hands over the digests of all words, as many at a time as there are lanes: the number of the
/// first, and the digests one behind the other. A word beyond [`SHORT`] gets one without meaning.
#[inline(always)]
pub(super) fn digests_of<V: Vector>(
    engine: &Engine<V>,
    words: Words<'_>,
    each: &mut dyn FnMut(usize, &[u8]),
) {
    let mut lanes = Lanes::new(engine, words);
    let mut block = [V::splat(0); 16];
    for first in (0..words.ends.len()).step_by(V::LANES) {
        let count = V::LANES.min(words.ends.len() - first);
        lanes.load(first, count, &mut block);
        let mut state = engine.start();
        engine.compress(&mut state, &block);
        each(first, lanes.rows(&state, count));
    }
}

/// Words on their way into the lanes, and digests on their way out. Wiped on drop.
pub(super) struct Lanes<'a, V: Vector> {
    engine: &'a Engine<V>,
    words: Words<'a>,
    rows: Vec<u8>,
    digests: Vec<V::Word>,
}

impl<'a, V: Vector> Lanes<'a, V> {
    const SIZE: usize = V::BITS as usize / 8;

    /// Room for as many words as there are lanes.
    pub(super) fn new(engine: &'a Engine<V>, words: Words<'a>) -> Self {
        let (rows, digests) = (V::LANES * 16 * Self::SIZE, V::LANES * engine.digest);
        Self { engine, words, rows: vec![0; rows], digests: vec![V::Word::default(); digests] }
    }

    /// Lays words into the lanes, each padded as a block.
    #[inline(always)]
    pub(super) fn load(&mut self, first: usize, count: usize, block: &mut [V; 16]) {
        let Words { bytes, ends, wide } = self.words;
        let mut start = first.checked_sub(1).map_or(0, |before| ends[before] as usize);
        let ends = &ends[first..first + count];
        for (row, &end) in self.rows.chunks_exact_mut(16 * Self::SIZE).zip(ends) {
            let word = (&bytes[start..], end as usize - start);
            pack_row(row, word, wide, self.engine.big_endian);
            start = end as usize;
        }
        V::columns(&self.rows, block);
        if self.engine.big_endian {
            for column in block {
                *column = column.swap();
            }
        }
    }

    /// The digests of the first lanes, one behind the other.
    #[inline(always)]
    pub(super) fn rows(&mut self, state: &[V; 8], count: usize) -> &[u8] {
        let mut columns = [[V::Word::default(); LONGEST_LANES]; 8];
        for (column, &word) in columns.iter_mut().zip(state).take(self.engine.digest) {
            let word = if self.engine.big_endian { word.swap() } else { word };
            word.store(column);
        }
        match self.engine.digest {
            4 => interleave::<V::Word, 4>(&columns, &mut self.digests),
            5 => interleave::<V::Word, 5>(&columns, &mut self.digests),
            _ => interleave::<V::Word, 8>(&columns, &mut self.digests),
        }
        let bytes = count * self.engine.bytes();
        // SAFETY: any words may be looked at as bytes, and there are as many.
        let digests = unsafe {
            let all = size_of_val(&self.digests[..]);
            slice::from_raw_parts(self.digests.as_ptr().cast::<u8>(), all)
        };
        &digests[..bytes]
    }
}

impl<V: Vector> Drop for Lanes<'_, V> {
    fn drop(&mut self) {
        self.rows.zeroize();
    }
}

/// A padded block of 16 words of 32 or of 64 bits.
#[inline(always)]
pub(super) fn pack_row(row: &mut [u8], word: (&[u8], usize), wide: bool, big_endian: bool) {
    if let Ok(row) = <&mut [u8; 64]>::try_from(&mut *row) {
        pack::<64, 32>(row, word, wide, big_endian);
    } else if let Ok(row) = <&mut [u8; 128]>::try_from(row) {
        pack::<128, 64>(row, word, wide, big_endian);
    }
}

/// Columns of `D` words become rows.
#[inline(always)]
fn interleave<W: Pack, const D: usize>(columns: &[[W; LONGEST_LANES]; 8], rows: &mut [W]) {
    for (lane, row) in rows.as_chunks_mut::<D>().0.iter_mut().enumerate() {
        for at in 0..D {
            row[at] = columns[at][lane].little_endian();
        }
    }
}
