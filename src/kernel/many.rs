//! Digests of many short words side by side: each is packed into a row of one padded block, rows
//! become lanes, and the digests come back row by row.

use super::hash::Engine;
use super::vector::Vector;
use std::slice;
use zeroize::{DefaultIsZeroes, Zeroize};

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

/// Bytes of the longest block.
const LONGEST: usize = 128;
/// Bytes of a strip: blocks come into the lanes and digests out of them strip by strip.
const STRIP: usize = 16;
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

/// Characters from `at` on of the word of `len` that begins at `start`, its mark, and zeros. Whole
/// registers are read where there are as many bytes, and what follows the word is masked out.
#[inline(always)]
fn marked<const N: usize>(bytes: &[u8], start: usize, len: usize, at: usize) -> [u8; N] {
    let mut strip = [0; N];
    if let Some(whole) = bytes.get(start + at..).and_then(<[u8]>::first_chunk::<N>) {
        strip = *whole;
    } else {
        let left = bytes.get(start + at..start + len).unwrap_or_default();
        let left = &left[..left.len().min(N)];
        strip[..left.len()].copy_from_slice(left);
    }
    let window = LONGEST - len + at..LONGEST - len + at + N;
    let both = KEEP[window.clone()].iter().zip(&MARK[window]);
    for (byte, (keep, mark)) in strip.iter_mut().zip(both) {
        *byte = *byte & keep | mark;
    }
    strip
}

/// The same characters as UTF-16, which is right for ASCII.
#[inline(always)]
fn marked_wide(bytes: &[u8], start: usize, len: usize, at: usize) -> [u8; STRIP] {
    let mut strip = [0; STRIP];
    let units = marked::<{ STRIP / 2 }>(bytes, start, len, at);
    for (place, unit) in strip.as_chunks_mut::<2>().0.iter_mut().zip(units) {
        *place = u16::from(unit).to_le_bytes();
    }
    strip
}

/// A word of a block in memory.
pub(super) trait Pack: DefaultIsZeroes {
    /// The word whose lowest byte stands first in memory.
    fn little_endian(self) -> Self;
}

macro_rules! word {
    ($word:ty) => {
        impl Pack for $word {
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
    let mut state = engine.start();
    for first in (0..words.ends.len()).step_by(V::LANES) {
        let count = V::LANES.min(words.ends.len() - first);
        lanes.load(first, count);
        engine.restart(&mut state);
        engine.compress(&mut state, &lanes.block);
        each(first, lanes.rows(&state, count));
    }
}

/// Words on their way into the lanes, and digests on their way out. Wiped on drop.
pub(super) struct Lanes<'a, V: Vector> {
    engine: &'a Engine<V>,
    words: Words<'a>,
    /// The words, each padded as a block.
    pub(super) block: [V; 16],
    /// Columns of the block that words have reached; the others are zero, or a length.
    reached: usize,
    /// The first strip of every lane, then the second of every lane, and so on.
    strips: Vec<[u8; STRIP]>,
    lengths: Vec<V::Word>,
    woven: Vec<V::Word>,
    digests: Vec<V::Word>,
}

impl<'a, V: Vector> Lanes<'a, V> {
    const SIZE: usize = V::BITS as usize / 8;
    /// Words of a strip.
    const PART: usize = STRIP / Self::SIZE;

    /// Room for as many words as there are lanes.
    pub(super) fn new(engine: &'a Engine<V>, words: Words<'a>) -> Self {
        Self {
            engine,
            words,
            block: [V::splat(0); 16],
            reached: 0,
            strips: vec![[0; STRIP]; V::LANES * Self::SIZE],
            lengths: vec![V::Word::default(); V::LANES],
            woven: vec![V::Word::default(); V::LANES * Self::PART],
            digests: vec![V::Word::default(); V::LANES * engine.digest],
        }
    }

    /// Lays words into the lanes. What is longer than a block takes is cut.
    #[inline(always)]
    pub(super) fn load(&mut self, first: usize, count: usize) {
        let start = first.checked_sub(1).map_or(0, |before| self.words.ends[before] as usize);
        let ends = &self.words.ends[first..first + count];
        let longest = self.measure(start, ends);
        let strips = if self.words.wide {
            self.pack::<{ STRIP / 2 }>(start, ends, longest, marked_wide)
        } else {
            self.pack::<STRIP>(start, ends, longest, marked::<STRIP>)
        };
        self.weave(strips);
    }

    /// Characters that a block takes.
    const fn most(&self) -> usize {
        let bytes = 16 * Self::SIZE - 1 - 2 * Self::SIZE;
        if self.words.wide { bytes / 2 } else { bytes }
    }

    /// Notes the lengths of messages in bits; the result is the longest word's.
    #[inline(always)]
    fn measure(&mut self, mut start: usize, ends: &[u32]) -> usize {
        let (mut longest, most) = (0, self.most());
        let bits = if self.words.wide { 16 } else { 8 };
        for (length, &end) in self.lengths.iter_mut().zip(ends) {
            let len = (end as usize - start).min(most);
            longest = longest.max(len);
            *length = V::word((bits * len) as u64);
            start = end as usize;
        }
        longest
    }

    /// Writes as many strips of each word as the longest needs with its mark, and says how many.
    #[inline(always)]
    fn pack<const N: usize>(
        &mut self,
        start: usize,
        ends: &[u32],
        longest: usize,
        strip: impl Fn(&[u8], usize, usize, usize) -> [u8; STRIP],
    ) -> usize {
        let (strips, most) = (longest / N + 1, self.most());
        let all = self.strips.chunks_exact_mut(V::LANES).take(strips);
        for (places, at) in all.zip((0..LONGEST - N).step_by(N)) {
            let mut start = start;
            for (place, &end) in places.iter_mut().zip(ends) {
                let end = end as usize;
                *place = strip(self.words.bytes, start, (end - start).min(most), at);
                start = end;
            }
        }
        strips
    }

    /// The first strips of all lanes become columns, and lengths stand behind them.
    #[inline(always)]
    fn weave(&mut self, strips: usize) {
        let places = self.block.chunks_exact_mut(Self::PART).take(strips);
        for (columns, strips) in places.zip(self.strips.chunks_exact(V::LANES)) {
            V::columns(strips.as_flattened(), columns);
            if self.engine.big_endian {
                for column in columns {
                    *column = column.swap();
                }
            }
        }
        let reached = strips * Self::PART;
        if let Some(left) = self.block.get_mut(reached..self.reached) {
            left.fill(V::splat(0));
        }
        self.reached = reached;
        self.block[if self.engine.big_endian { 15 } else { 14 }] = V::load(&self.lengths);
    }

    /// The digests of the first lanes, one behind the other.
    #[inline(always)]
    pub(super) fn rows(&mut self, state: &[V; 8], count: usize) -> &[u8] {
        match (self.engine.digest, Self::PART) {
            (4, 4) => V::rows(&state[..4], &mut self.digests),
            (5, 4) => {
                self.scatter::<5, 4>(&state[..4], 0);
                self.ordered(state[4]).store(&mut self.woven);
                let rows = self.digests.as_chunks_mut::<5>().0.iter_mut();
                for (row, &word) in rows.zip(&self.woven) {
                    row[4] = word.little_endian();
                }
            }
            (_, 4) => {
                for at in [0, 4] {
                    self.scatter::<8, 4>(&state[at..at + 4], at);
                }
            }
            _ => {
                for at in [0, 2, 4, 6] {
                    self.scatter::<8, 2>(&state[at..at + 2], at);
                }
            }
        }
        let bytes = count * self.engine.bytes();
        // SAFETY: any words may be looked at as bytes, and there are as many.
        let digests = unsafe {
            let all = size_of_val(&self.digests[..]);
            slice::from_raw_parts(self.digests.as_ptr().cast::<u8>(), all)
        };
        &digests[..bytes]
    }

    /// Columns of `P` words become parts of rows of `D`, from column `at` on.
    #[inline(always)]
    fn scatter<const D: usize, const P: usize>(&mut self, columns: &[V], at: usize) {
        let mut own = [V::splat(0); P];
        for (own, &column) in own.iter_mut().zip(columns) {
            *own = self.ordered(column);
        }
        V::rows(&own, &mut self.woven);
        let rows = self.digests.as_chunks_mut::<D>().0.iter_mut();
        for (row, part) in rows.zip(self.woven.as_chunks::<P>().0) {
            row[at..at + P].copy_from_slice(part);
        }
    }

    #[inline(always)]
    fn ordered(&self, word: V) -> V {
        if self.engine.big_endian { word.swap() } else { word }
    }
}

impl<V: Vector> Drop for Lanes<'_, V> {
    fn drop(&mut self) {
        self.strips.zeroize();
    }
}
