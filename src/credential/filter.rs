//! What stands before a table of digests: nearly every candidate ends here, in two steps of which
//! the first stays in the second cache of a core.

use crate::kernel::Level;
use crate::kernel::sieve::Sieve;

/// Bits by digest of the two steps: the first for a million digests is half as large as a second
/// cache.
const BITS: [usize; 2] = [4, 32];
/// The second step looks at other bits of a digest than the first, where it has so many.
const OTHER: usize = 4;

/// Tells of most digests that a table does not hold them. The default holds none.
#[derive(Default)]
pub(super) struct Filter {
    first: Sieve<2>,
    second: Sieve<3>,
}

impl Filter {
    /// An empty filter for so many digests.
    pub(super) fn of(digests: usize) -> Self {
        Self { first: Sieve::of(digests, BITS[0]), second: Sieve::of(digests, BITS[1]) }
    }

    /// Adds a digest.
    pub(super) fn add(&mut self, digest: &[u8]) {
        self.first.add(digest);
        self.second.add(other(digest));
    }

    /// False for a digest that was not added; true for what was, and for few others.
    #[inline]
    pub(super) fn lets(&self, digest: &[u8]) -> bool {
        self.first.lets(digest) && self.second.lets(other(digest))
    }

    /// Numbers of those rows of `width` bytes that [`Filter::lets`] lets through.
    pub(super) fn sift(&self, rows: &[u8], width: usize) -> Vec<u32> {
        let mut numbers = Vec::new();
        self.first.sift(Level::current(), rows, width, &mut numbers);
        let mut kept = 0;
        for at in 0..numbers.len() {
            let number = numbers[at];
            // Without a branch no look waits for the one before it.
            numbers[kept] = number;
            kept += usize::from(self.second.lets(other(&rows[number as usize * width..][..width])));
        }
        numbers.truncate(kept);
        numbers
    }
}

#[inline]
fn other(digest: &[u8]) -> &[u8] {
    if digest.len() >= OTHER + 8 { &digest[OTHER..] } else { digest }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_added_passes_both_steps_and_hardly_anything_else() {
        let digest = |number: u64| -> Vec<u8> {
            let halves = [0xd6e8_feb8_6659_fd93, 0xff51_afd7_ed55_8ccd_u64];
            let mixed =
                halves.map(|f: u64| (number + 1).wrapping_mul(f).rotate_left(23).to_le_bytes());
            mixed.concat()
        };
        let mut filter = Filter::of(10_000);
        (0..10_000).for_each(|number| filter.add(&digest(number)));
        let rows: Vec<u8> = (0..110_000).flat_map(digest).collect();
        let found = filter.sift(&rows, 16);
        assert!((0..10_000).all(|number| filter.lets(&digest(number))));
        assert_eq!(found[..10_000], (0..10_000).collect::<Vec<u32>>());
        assert!(found.len() < 10_100, "{} of 100,000 others pass", found.len() - 10_000);
        assert!(!Filter::default().lets(&digest(1)));
    }
}
