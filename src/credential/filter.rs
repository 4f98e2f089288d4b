//! What stands before a table of digests: nearly every candidate ends here, in two steps of which
//! the first stays in the second cache of a core.

/// Bits by digest of the two steps: the first for a million digests is as large as a second cache.
const BITS: [usize; 2] = [8, 32];

/// Tells of most digests that a table does not hold them. The default holds none.
#[derive(Default)]
pub(super) struct Filter {
    /// Three bits in one word of each step for each digest.
    words: [Vec<u32>; 2],
}

impl Filter {
    /// An empty filter for so many digests.
    pub(super) fn of(digests: usize) -> Self {
        Self { words: BITS.map(|bits| vec![0; (digests * bits / 32).next_power_of_two()]) }
    }

    /// Adds a digest.
    pub(super) fn add(&mut self, digest: &[u8]) {
        let mut mixed = mix(digest);
        for words in &mut self.words {
            let (word, bits) = place(mixed, words.len());
            words[word] |= bits;
            mixed = again(mixed);
        }
    }

    /// False for a digest that was not added; true for what was, and for few others.
    #[inline]
    pub(super) fn lets(&self, digest: &[u8]) -> bool {
        let has = |words: &[u32], mixed| {
            let (word, bits) = place(mixed, words.len());
            words.get(word).is_some_and(|word| word & bits == bits)
        };
        let mixed = mix(digest);
        has(&self.words[0], mixed) && has(&self.words[1], again(mixed))
    }
}

/// Digests are as good as random; their first bytes suffice.
#[inline]
fn mix(digest: &[u8]) -> u64 {
    let mut first = [0; 8];
    match digest.first_chunk::<8>() {
        Some(eight) => first = *eight,
        None => first[..digest.len()].copy_from_slice(digest),
    }
    u64::from_le_bytes(first).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The number of the second step.
#[inline]
const fn again(mixed: u64) -> u64 {
    (mixed ^ mixed >> 32).wrapping_mul(0xff51_afd7_ed55_8ccd)
}

/// Word of so many, a power of two, and bits in it.
#[inline]
const fn place(mixed: u64, words: usize) -> (usize, u32) {
    let bits = 1 << (mixed >> 59) | 1 << (mixed >> 54 & 31) | 1 << (mixed >> 49 & 31);
    ((mixed >> 12) as usize & words.wrapping_sub(1), bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_added_passes_and_hardly_anything_else() {
        let digest =
            |number: u64| number.wrapping_mul(0xd6e8_feb8_6659_fd93).rotate_left(23).to_le_bytes();
        let mut filter = Filter::of(10_000);
        (0..10_000).for_each(|number| filter.add(&digest(number)));
        assert!((0..10_000).all(|number| filter.lets(&digest(number))));
        let others = (10_000..110_000).filter(|&number| filter.lets(&digest(number))).count();
        assert!(others < 100, "{others} of 100,000 others pass");
        assert!(!Filter::default().lets(&digest(1)));
        let mut short = Filter::of(1);
        short.add(b"four");
        assert!(short.lets(b"four"));
    }
}
