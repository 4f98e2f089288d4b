//! Where three bytes stand in a text, as a bit for every byte: the first pass of every framing.
//!
//! Dense marks (a table's delimiters) make a search from mark to mark pay its start again and
//! again; a bitmap costs the same however many there are.

use crate::kernel::Level;

/// Bytes of a block, one bit each.
const BLOCK: usize = 64;

/// The marked positions of a text.
#[derive(Default)]
pub struct Marks {
    bits: Vec<u64>,
}

impl Marks {
    /// Marks every `wanted` byte of `text`.
    pub fn of(text: &[u8], wanted: [u8; 3]) -> Self {
        Self::at(Level::current(), text, wanted)
    }

    /// [`Marks::of`] at a given level, for tests.
    pub fn at(level: Level, text: &[u8], wanted: [u8; 3]) -> Self {
        let mut bits = Vec::with_capacity(text.len().div_ceil(BLOCK));
        let (blocks, rest) = text.as_chunks::<BLOCK>();
        match level.vectors() {
            #[cfg(target_arch = "x86_64")]
            // SAFETY: levels are only made where the processor has their instructions.
            Level::Avx512 => unsafe { x86::mark_avx512(blocks, wanted, &mut bits) },
            #[cfg(target_arch = "x86_64")]
            // SAFETY: as above.
            Level::Avx2 => unsafe { x86::mark_avx2(blocks, wanted, &mut bits) },
            _ => bits.extend(blocks.iter().map(|block| mask(block, wanted))),
        }
        if !rest.is_empty() {
            bits.push(mask(rest, wanted));
        }
        Self { bits }
    }

    /// Marked positions from `start` on, in order.
    #[inline]
    pub fn from(&self, start: usize) -> Positions<'_> {
        let block = start / BLOCK;
        let word = self.bits.get(block).map_or(0, |bits| bits & !0 << (start % BLOCK));
        Positions { bits: &self.bits, block, word }
    }
}

/// How many bytes of `text` are `wanted`.
pub fn count(text: &[u8], wanted: u8) -> usize {
    count_at(Level::current(), text, wanted)
}

fn count_at(level: Level, text: &[u8], wanted: u8) -> usize {
    match level.vectors() {
        #[cfg(target_arch = "x86_64")]
        Level::Avx512 => {
            let (blocks, rest) = text.as_chunks::<BLOCK>();
            // SAFETY: levels are only made where the processor has their instructions.
            let of_blocks = unsafe { x86::count_avx512(blocks, wanted) };
            of_blocks + count_plain(rest, wanted)
        }
        _ => count_plain(text, wanted),
    }
}

/// Vectorises: few enough at a time for a byte to count them.
fn count_plain(text: &[u8], wanted: u8) -> usize {
    let part = |part: &[u8]| part.iter().map(|&byte| u8::from(byte == wanted)).sum::<u8>();
    text.chunks(255).map(|some| usize::from(part(some))).sum()
}

/// Marked positions, one after another.
#[derive(Clone)]
pub struct Positions<'m> {
    bits: &'m [u64],
    block: usize,
    /// What is left of the block.
    word: u64,
}

impl Iterator for Positions<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        while self.word == 0 {
            self.block += 1;
            self.word = *self.bits.get(self.block)?;
        }
        let bit = self.word.trailing_zeros() as usize;
        self.word &= self.word - 1;
        Some(self.block * BLOCK + bit)
    }
}

fn mask(block: &[u8], wanted: [u8; 3]) -> u64 {
    let hit = |byte: u8| wanted.contains(&byte);
    block.iter().zip(0..).fold(0, |bits, (&byte, at)| bits | u64::from(hit(byte)) << at)
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::BLOCK;
    use std::arch::x86_64::{
        _mm256_cmpeq_epi8, _mm256_loadu_si256, _mm256_movemask_epi8, _mm256_or_si256,
        _mm256_set1_epi8, _mm512_cmpeq_epi8_mask, _mm512_loadu_si512, _mm512_movm_epi8,
        _mm512_reduce_add_epi64, _mm512_sad_epu8, _mm512_set1_epi8, _mm512_setzero_si512,
        _mm512_sub_epi8,
    };

    #[target_feature(enable = "avx512f,avx512bw")]
    pub(super) fn mark_avx512(blocks: &[[u8; BLOCK]], wanted: [u8; 3], bits: &mut Vec<u64>) {
        let [x, y, z] = wanted.map(|byte| _mm512_set1_epi8(byte as i8));
        bits.extend(blocks.iter().map(|block| {
            // SAFETY: a block has 64 bytes, and the load needs no alignment.
            let text = unsafe { _mm512_loadu_si512(block.as_ptr().cast()) };
            _mm512_cmpeq_epi8_mask(text, x)
                | _mm512_cmpeq_epi8_mask(text, y)
                | _mm512_cmpeq_epi8_mask(text, z)
        }));
    }

    #[target_feature(enable = "avx512f,avx512bw")]
    pub(super) fn count_avx512(blocks: &[[u8; BLOCK]], wanted: u8) -> usize {
        let (wanted, zero) = (_mm512_set1_epi8(wanted as i8), _mm512_setzero_si512());
        // A byte of a sum counts one in each block: 255 of them at most.
        let count = |some: &[[u8; BLOCK]]| {
            let sums = some.iter().fold(zero, |sums, block| {
                // SAFETY: a block has 64 bytes, and the load needs no alignment.
                let text = unsafe { _mm512_loadu_si512(block.as_ptr().cast()) };
                let hits = _mm512_movm_epi8(_mm512_cmpeq_epi8_mask(text, wanted));
                _mm512_sub_epi8(sums, hits)
            });
            _mm512_reduce_add_epi64(_mm512_sad_epu8(sums, zero)) as usize
        };
        blocks.chunks(255).map(count).sum()
    }

    #[target_feature(enable = "avx2")]
    pub(super) fn mark_avx2(blocks: &[[u8; BLOCK]], wanted: [u8; 3], bits: &mut Vec<u64>) {
        let [x, y, z] = wanted.map(|byte| _mm256_set1_epi8(byte as i8));
        bits.extend(blocks.iter().map(|block| {
            let half = |at: usize| {
                // SAFETY: a block has 64 bytes, `at` is 0 or 32, and the load needs no alignment.
                let text = unsafe { _mm256_loadu_si256(block.as_ptr().add(at).cast()) };
                let either =
                    _mm256_or_si256(_mm256_cmpeq_epi8(text, x), _mm256_cmpeq_epi8(text, y));
                let any = _mm256_or_si256(either, _mm256_cmpeq_epi8(text, z));
                u64::from(_mm256_movemask_epi8(any).cast_unsigned())
            };
            half(0) | half(32) << 32
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_level_finds_what_a_walk_finds(
            text in prop::collection::vec(0_u8..6, 0..300),
            start in 0_usize..300,
        ) {
            let wanted: Vec<usize> =
                (start..text.len()).filter(|&at| [1, 3, 5].contains(&text[at])).collect();
            for level in Level::available() {
                let fives = memchr::memchr_iter(5, &text).count();
                prop_assert_eq!(count_at(level, &text, 5), fives, "{:?}", level);
                let found: Vec<usize> = Marks::at(level, &text, [1, 3, 5]).from(start).collect();
                prop_assert_eq!(&found, &wanted, "{:?}", level);
            }
        }
    }
}
