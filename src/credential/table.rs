//! Tables that give equal things the same number, in one pass and without an allocation a row.

use crate::credential::batch::Target;
use crate::kernel::paged::Paged;
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
    starts: Paged<u32>,
    secrets: Paged<u32>,
}

impl Holders {
    /// Sorts (number, secret) rows by number; secrets keep their order.
    pub(super) fn of(numbers: usize, rows: impl Iterator<Item = (u32, u32)> + Clone) -> Self {
        let mut starts = Paged::new();
        starts.resize(numbers + 1, 0);
        for (number, _) in rows.clone() {
            starts[number as usize + 1] += 1;
        }
        for index in 0..numbers {
            starts[index + 1] += starts[index];
        }
        let mut secrets = Paged::new();
        secrets.resize(starts[numbers] as usize, 0);
        let mut next: Paged<u32> = starts.iter().copied().collect();
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
        let mut targets = TargetTable::default();
        let target = |salt: &[u8]| Target::new([1, 0], salt, b"digest");
        assert_eq!(targets.intern(3, target(b"a")), 0);
        assert_eq!(targets.intern(4, target(b"a")), 1);
        assert_eq!(targets.intern(3, target(b"a")), 0);
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
