//! What stands before a table of digests: some bits in one word of a list for each digest that the
//! table holds. Many digests are asked about at a time, so that no look waits for the one before it.

use crate::kernel::Level;

/// Words of the largest set, 64 MiB: it cannot be put aside, and beyond that more digests pass.
const MOST: usize = 1 << 24;

/// Tells of most digests that a set does not hold them, by `MARKS` bits each, at most three. The
/// default holds none.
#[derive(Default)]
pub struct Sieve<const MARKS: usize> {
    words: Vec<u32>,
}

impl<const MARKS: usize> Sieve<MARKS> {
    /// An empty set with room for so many digests at so many bits each.
    pub fn of(digests: usize, bits: usize) -> Self {
        Self { words: vec![0; (digests * bits / 32).next_power_of_two().min(MOST)] }
    }

    /// Adds a digest.
    pub fn add(&mut self, digest: &[u8]) {
        let (word, bits) = place::<MARKS>(mix(digest), self.words.len());
        self.words[word] |= bits;
    }

    /// False for a digest that was not added; true for what was, and for few others.
    #[inline]
    pub fn lets(&self, digest: &[u8]) -> bool {
        let (word, bits) = place::<MARKS>(mix(digest), self.words.len());
        self.words.get(word).is_some_and(|word| word & bits == bits)
    }

    /// Adds to `out` the numbers of those rows of `width` bytes that [`Sieve::lets`] lets through.
    pub fn sift(&self, level: Level, rows: &[u8], width: usize, out: &mut Vec<u32>) {
        if self.words.is_empty() {
            return;
        }
        let first = match level {
            #[cfg(target_arch = "x86_64")]
            // SAFETY: levels are only made where the processor has their instructions.
            Level::Avx512 if width >= 8 => unsafe {
                x86::sift::<MARKS>(&self.words, rows, width, out)
            },
            _ => 0,
        };
        let rest = rows.chunks_exact(width).zip(0..).skip(first);
        out.extend(rest.filter(|(row, _)| self.lets(row)).map(|(_, number)| number));
    }
}

/// Odd, and its bits are as good as random.
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
/// Bits of a mixed digest that name its word begin here; those above name three bits of the word.
const WORD: u32 = 12;
const BITS: [u32; 3] = [59, 54, 49];

/// Digests are as good as random; their first bytes suffice.
#[inline]
fn mix(digest: &[u8]) -> u64 {
    let mut first = [0; 8];
    match digest.first_chunk::<8>() {
        Some(eight) => first = *eight,
        None => first[..digest.len()].copy_from_slice(digest),
    }
    u64::from_le_bytes(first).wrapping_mul(FACTOR)
}

/// Word of so many, a power of two, and bits in it.
#[inline]
fn place<const MARKS: usize>(mixed: u64, words: usize) -> (usize, u32) {
    let bits = BITS[..MARKS].iter().fold(0, |bits, from| bits | 1 << (mixed >> from & 31));
    ((mixed >> WORD) as usize & words.wrapping_sub(1), bits)
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::{BITS, FACTOR, WORD};
    use std::arch::x86_64::{
        __m256i, __m512i, _mm256_and_si256, _mm256_cmpeq_epi32_mask, _mm256_loadu_si256,
        _mm512_and_si512, _mm512_cvtepi64_epi32, _mm512_loadu_si512, _mm512_mullo_epi64,
        _mm512_or_si512, _mm512_set1_epi64, _mm512_sllv_epi64, _mm512_srli_epi64,
        _mm512_storeu_si512,
    };

    /// Rows that are looked at together.
    const TOGETHER: usize = 8;

    /// Sifts rows, eight together, and says how many that were; what is left is fewer than eight.
    /// Loads are written one by one: gathering is slower on many processors.
    #[target_feature(enable = "avx512f,avx512dq,avx512vl")]
    pub(super) fn sift<const MARKS: usize>(
        words: &[u32],
        rows: &[u8],
        width: usize,
        out: &mut Vec<u32>,
    ) -> usize {
        let (factor, ones) = (_mm512_set1_epi64(FACTOR as i64), _mm512_set1_epi64(1));
        let (last, five) = (_mm512_set1_epi64(words.len() as i64 - 1), _mm512_set1_epi64(31));
        let (mut heads, mut at, mut held) = ([0_u64; TOGETHER], [0_u64; TOGETHER], [0; TOGETHER]);
        let mut first = 0;
        for eight in rows.chunks_exact(width * TOGETHER) {
            for (head, row) in heads.iter_mut().zip(eight.chunks_exact(width)) {
                *head = row.first_chunk().map_or(0, |head| u64::from_le_bytes(*head));
            }
            // SAFETY: there are eight numbers.
            let heads = unsafe { _mm512_loadu_si512(heads.as_ptr().cast()) };
            let mixed = _mm512_mullo_epi64(heads, factor);
            let word = _mm512_and_si512(_mm512_srli_epi64::<WORD>(mixed), last);
            // SAFETY: there is room for eight numbers.
            unsafe { _mm512_storeu_si512(at.as_mut_ptr().cast(), word) };
            for (held, &at) in held.iter_mut().zip(&at) {
                // SAFETY: no number is beyond that of the last word.
                *held = unsafe { *words.get_unchecked(at as usize) };
            }
            // SAFETY: there are eight words.
            let held: __m256i = unsafe { _mm256_loadu_si256(held.as_ptr().cast()) };
            let bit = |from: __m512i| _mm512_sllv_epi64(ones, _mm512_and_si512(from, five));
            let mut all = bit(_mm512_srli_epi64::<{ BITS[0] }>(mixed));
            if MARKS > 1 {
                all = _mm512_or_si512(all, bit(_mm512_srli_epi64::<{ BITS[1] }>(mixed)));
            }
            if MARKS > 2 {
                all = _mm512_or_si512(all, bit(_mm512_srli_epi64::<{ BITS[2] }>(mixed)));
            }
            let bits = _mm512_cvtepi64_epi32(all);
            let mut found = _mm256_cmpeq_epi32_mask(_mm256_and_si256(held, bits), bits);
            while found != 0 {
                out.push(first + found.trailing_zeros());
                found &= found - 1;
            }
            first += TOGETHER as u32;
        }
        first as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digest(number: u64, width: usize) -> Vec<u8> {
        let mixed = number.wrapping_mul(0xd6e8_feb8_6659_fd93).rotate_left(23).to_le_bytes();
        mixed.iter().cycle().take(width).copied().collect()
    }

    #[test]
    fn what_was_added_passes_and_hardly_anything_else() {
        let mut sieve = Sieve::<3>::of(10_000, 32);
        (0..10_000).for_each(|number| sieve.add(&digest(number, 16)));
        assert!((0..10_000).all(|number| sieve.lets(&digest(number, 16))));
        let others = (10_000..110_000).filter(|&number| sieve.lets(&digest(number, 16))).count();
        assert!(others < 500, "{others} of 100,000 others pass");
        assert!(!Sieve::<3>::default().lets(&digest(1, 16)));
        let mut short = Sieve::<2>::of(1, 32);
        short.add(b"four");
        assert!(short.lets(b"four"));
    }

    fn agrees<const MARKS: usize>(width: usize) {
        let mut sieve = Sieve::<MARKS>::of(100, 8);
        (0..100).for_each(|number| sieve.add(&digest(number, width)));
        for count in [0, 1, 7, 8, 9, 1000] {
            let rows: Vec<u8> = (0..count).flat_map(|n| digest(n + 50, width)).collect();
            let alone = rows.chunks_exact(width).zip(0..).filter(|(row, _)| sieve.lets(row));
            let wanted: Vec<u32> = alone.map(|(_, number)| number).collect();
            for level in Level::available() {
                let mut found = Vec::new();
                sieve.sift(level, &rows, width, &mut found);
                assert_eq!(found, wanted, "{level:?} {width} {count}");
            }
        }
    }

    #[test]
    fn many_rows_pass_as_each_does_alone_at_every_level() {
        for width in [4, 8, 16, 20, 64] {
            agrees::<1>(width);
            agrees::<2>(width);
            agrees::<3>(width);
        }
        let mut found = Vec::new();
        Sieve::<2>::default().sift(Level::current(), &[0; 160], 16, &mut found);
        assert!(found.is_empty());
    }
}
