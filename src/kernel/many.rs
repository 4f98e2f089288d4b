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

    /// Writes the bytes of a digest's word.
    fn write(self, place: &mut [u8], big_endian: bool);
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
            fn write(self, place: &mut [u8], big_endian: bool) {
                let bytes = if big_endian { self.to_be_bytes() } else { self.to_le_bytes() };
                place.copy_from_slice(&bytes);
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
    let (width, size) = (engine.bytes(), V::BITS as usize / 8);
    let mut rows = vec![0; V::LANES * 16 * size];
    let mut digests = vec![0; V::LANES * width];
    let mut block = [V::splat(0); 16];
    let (mut first, mut start) = (0, 0);
    let (wide, big_endian) = (words.wide, engine.big_endian);
    for ends in words.ends.chunks(V::LANES) {
        for (row, &end) in rows.chunks_exact_mut(16 * size).zip(ends) {
            let word = (&words.bytes[start..], end as usize - start);
            if let Ok(row) = <&mut [u8; 64]>::try_from(&mut *row) {
                pack::<64, 32>(row, word, wide, big_endian);
            } else if let Ok(row) = <&mut [u8; 128]>::try_from(&mut *row) {
                pack::<128, 64>(row, word, wide, big_endian);
            }
            start = end as usize;
        }
        V::columns(&rows, &mut block);
        if big_endian {
            for column in &mut block {
                *column = column.swap();
            }
        }
        let mut state = engine.start();
        engine.compress(&mut state, &block);
        for (at, word) in state.iter().take(engine.digest).enumerate() {
            let mut lanes = [V::Word::default(); LONGEST_LANES];
            word.store(&mut lanes);
            for (digest, lane) in digests.chunks_exact_mut(width).zip(lanes) {
                lane.write(&mut digest[at * size..(at + 1) * size], engine.big_endian);
            }
        }
        each(first, &digests[..ends.len() * width]);
        first += ends.len();
    }
    rows.zeroize();
}
