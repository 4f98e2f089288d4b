//! Tables that give equal things the same number, in one pass and without an allocation a row.

use crate::credential::batch::Target;
use hashbrown::hash_table::Entry;
use hashbrown::{DefaultHashBuilder, HashTable};
use std::hash::BuildHasher;
use zeroize::Zeroize;

/// Distinct texts, numbered in the order they came; number 0 is the empty one. Wiped on drop.
pub(super) struct Words {
    bytes: Vec<u8>,
    ends: Vec<usize>,
    table: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl Default for Words {
    fn default() -> Self {
        let hasher = DefaultHashBuilder::default();
        let mut words =
            Self { bytes: Vec::new(), ends: Vec::new(), table: HashTable::new(), hasher };
        words.intern(b"");
        words
    }
}

impl Words {
    /// The number of a text, which is added when it is new.
    pub(super) fn intern(&mut self, word: &[u8]) -> u32 {
        if let Some(number) = self.find(word) {
            return number;
        }
        self.reserve(word.len());
        self.bytes.extend_from_slice(word);
        self.ends.push(self.bytes.len());
        let number = self.ends.len() as u32 - 1;
        let (bytes, ends, hasher) = (&self.bytes, &self.ends, &self.hasher);
        let rehash = |&number: &u32| hasher.hash_one(piece(bytes, ends, number));
        self.table.insert_unique(hasher.hash_one(word), number, rehash);
        number
    }

    /// The number of a text that came before.
    pub(super) fn find(&self, word: &[u8]) -> Option<u32> {
        let hash = self.hasher.hash_one(word);
        self.table.find(hash, |&number| self.get(number) == word).copied()
    }

    /// A text.
    pub(super) fn get(&self, number: u32) -> &[u8] {
        piece(&self.bytes, &self.ends, number)
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    // A growing Vec leaves its old buffer behind unwiped, so the texts move by hand.
    fn reserve(&mut self, more: usize) {
        let need = self.bytes.len() + more;
        if need > self.bytes.capacity() {
            let mut larger = Vec::with_capacity(need.max(self.bytes.capacity() * 2).max(1 << 12));
            larger.extend_from_slice(&self.bytes);
            self.bytes.zeroize();
            self.bytes = larger;
        }
    }
}

fn piece<'a>(bytes: &'a [u8], ends: &[usize], number: u32) -> &'a [u8] {
    let index = number as usize;
    let start = if index == 0 { 0 } else { ends[index - 1] };
    &bytes[start..ends[index]]
}

impl Drop for Words {
    fn drop(&mut self) {
        self.bytes.zeroize();
    }
}

/// Bits of the filter before a digest table, by digest: as many as keep a million of them in the
/// second cache of one core.
const FILTER_BITS: usize = 8;

/// Distinct digests of one width, side by side.
pub(super) struct DigestTable {
    width: usize,
    bytes: Vec<u8>,
    table: HashTable<u32>,
    hasher: DefaultHashBuilder,
    /// Three bits in one word for each digest: most candidates end here. Empty until
    /// [`DigestTable::seal`].
    filter: Vec<u32>,
}

impl DigestTable {
    /// An empty table.
    pub(super) fn new(width: usize) -> Self {
        let hasher = DefaultHashBuilder::default();
        Self { width, bytes: Vec::new(), table: HashTable::new(), hasher, filter: Vec::new() }
    }

    /// Makes the filter, once all digests are in.
    pub(super) fn seal(&mut self) {
        let words = (self.len() * FILTER_BITS / 32).next_power_of_two();
        let mut filter = vec![0_u32; words];
        for digest in self.bytes.chunks_exact(self.width) {
            let (word, bits) = place(digest, words);
            filter[word] |= bits;
        }
        self.filter = filter;
    }

    /// The number of a digest, which is added when it is new.
    pub(super) fn intern(&mut self, digest: &[u8]) -> u32 {
        let fresh = self.len() as u32;
        let (bytes, width, hasher) = (&self.bytes, self.width, &self.hasher);
        let same = |&number: &u32| row(bytes, width, number) == digest;
        let rehash = |&number: &u32| hasher.hash_one(row(bytes, width, number));
        match self.table.entry(hasher.hash_one(digest), same, rehash) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(place) => {
                place.insert(fresh);
                self.bytes.extend_from_slice(digest);
                fresh
            }
        }
    }

    /// The number of a digest that some secret has.
    #[inline]
    pub(super) fn find(&self, digest: &[u8]) -> Option<u32> {
        if !self.filter.is_empty() {
            let (word, bits) = place(digest, self.filter.len());
            if self.filter[word] & bits != bits {
                return None;
            }
        }
        self.look_up(digest)
    }

    #[inline(never)]
    fn look_up(&self, digest: &[u8]) -> Option<u32> {
        let hash = self.hasher.hash_one(digest);
        self.table.find(hash, |&number| self.get(number) == digest).copied()
    }

    /// A digest.
    pub(super) fn get(&self, number: u32) -> &[u8] {
        row(&self.bytes, self.width, number)
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.bytes.len() / self.width
    }
}

/// Where a filter of so many words, a power of two, keeps a digest, and as which bits. Digests are as
/// good as random.
#[inline]
fn place(digest: &[u8], words: usize) -> (usize, u32) {
    let mut first = [0; 8];
    match digest.first_chunk::<8>() {
        Some(eight) => first = *eight,
        None => first[..digest.len()].copy_from_slice(digest),
    }
    let mixed = u64::from_le_bytes(first).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let bits = 1 << (mixed >> 59) | 1 << (mixed >> 54 & 31) | 1 << (mixed >> 49 & 31);
    ((mixed >> 12) as usize & (words - 1), bits)
}

fn row(bytes: &[u8], width: usize, number: u32) -> &[u8] {
    &bytes[number as usize * width..][..width]
}

/// Distinct salted targets with their schemes.
#[derive(Default)]
pub(super) struct TargetTable {
    targets: Vec<(u8, Target)>,
    table: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl TargetTable {
    /// The number of a target, which is added when it is new.
    pub(super) fn intern(&mut self, scheme: u8, target: Target) -> u32 {
        let hash = hash_of(&self.hasher, scheme, &target);
        let targets = &self.targets;
        let same = |&number: &u32| {
            let (other_scheme, other) = &targets[number as usize];
            *other_scheme == scheme && other.same(&target)
        };
        if let Some(&number) = self.table.find(hash, same) {
            return number;
        }
        let number = self.targets.len() as u32;
        self.targets.push((scheme, target));
        let (targets, hasher) = (&self.targets, &self.hasher);
        let rehash = |&number: &u32| {
            let (scheme, target) = &targets[number as usize];
            hash_of(hasher, *scheme, target)
        };
        self.table.insert_unique(hash, number, rehash);
        number
    }

    /// Scheme and target.
    pub(super) fn get(&self, number: u32) -> (u8, &Target) {
        let (scheme, target) = &self.targets[number as usize];
        (*scheme, target)
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.targets.len()
    }
}

fn hash_of(hasher: &DefaultHashBuilder, scheme: u8, target: &Target) -> u64 {
    hasher.hash_one((scheme, target.params(), target.salt_and_digest()))
}

/// Which secrets hold each number of a table: one flat list and where each number's part starts.
#[derive(Default)]
pub(super) struct Holders {
    starts: Vec<u32>,
    secrets: Vec<u32>,
}

impl Holders {
    /// Sorts (number, secret) rows by number; secrets keep their order.
    pub(super) fn of(numbers: usize, rows: impl Iterator<Item = (u32, u32)> + Clone) -> Self {
        let mut starts = vec![0; numbers + 1];
        for (number, _) in rows.clone() {
            starts[number as usize + 1] += 1;
        }
        for index in 0..numbers {
            starts[index + 1] += starts[index];
        }
        let mut secrets = vec![0; starts[numbers] as usize];
        let mut next = starts.clone();
        for (number, secret) in rows {
            secrets[next[number as usize] as usize] = secret;
            next[number as usize] += 1;
        }
        Self { starts, secrets }
    }

    /// The secrets that hold a number.
    pub(super) fn get(&self, number: u32) -> &[u32] {
        let index = number as usize;
        &self.secrets[self.starts[index] as usize..self.starts[index + 1] as usize]
    }

    /// The secrets of every number, in order of the numbers.
    pub(super) fn iter(&self) -> impl Iterator<Item = &[u32]> {
        (0..self.starts.len().saturating_sub(1)).map(|number| self.get(number as u32))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_things_get_equal_numbers() {
        let mut words = Words::default();
        assert_eq!(words.intern(b""), 0);
        let first = words.intern(b"one");
        assert_eq!((words.intern(b"two"), words.intern(b"one")), (first + 1, first));
        assert_eq!((words.get(first), words.find(b"three")), (&b"one"[..], None));
        let mut digests = DigestTable::new(4);
        assert_eq!((digests.intern(b"aaaa"), digests.intern(b"bbbb")), (0, 1));
        assert_eq!((digests.intern(b"aaaa"), digests.find(b"bbbb")), (0, Some(1)));
        let mut targets = TargetTable::default();
        let target = |salt: &[u8]| Target::new([1, 0], salt, b"digest");
        assert_eq!(targets.intern(3, target(b"a")), 0);
        assert_eq!(targets.intern(4, target(b"a")), 1);
        assert_eq!(targets.intern(3, target(b"a")), 0);
    }

    #[test]
    fn a_sealed_table_finds_what_an_open_one_finds() {
        for width in [4, 8, 16, 20] {
            let digest = |number: u64| -> Vec<u8> {
                let mixed = number.wrapping_mul(0xff51_afd7_ed55_8ccd).to_be_bytes();
                mixed.iter().cycle().take(width).copied().collect()
            };
            let mut digests = DigestTable::new(width);
            digests.seal();
            assert_eq!(digests.find(&digest(0)), None);
            for number in 0..3_000 {
                digests.intern(&digest(number));
            }
            digests.seal();
            for number in 0..6_000 {
                let known = (number < 3_000).then_some(number as u32);
                assert_eq!(digests.find(&digest(number)), known, "{width} {number}");
            }
        }
    }

    #[test]
    fn holders_are_listed_by_number() {
        let holders = Holders::of(3, [(2, 5), (0, 6), (2, 7)].into_iter());
        assert_eq!(
            (holders.get(0), holders.get(1), holders.get(2)),
            (&[6][..], &[][..], &[5, 7][..])
        );
        assert_eq!(holders.iter().count(), 3);
        assert_eq!(Holders::default().iter().count(), 0);
    }
}
