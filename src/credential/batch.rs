//! What travels between the engine and a scheme: words, digests, targets, pairs and hits.
//!
//! Nothing here can be printed or cloned by accident, and words are wiped when they go.

use crate::kernel::Words;
use zeroize::Zeroize;

/// Longest digest of any scheme, in bytes.
pub const MAX_DIGEST: usize = 64;

/// Longest word that is tried, in bytes. Longer secrets are compared, but never tried on others:
/// some schemes cost the square of a word's length.
pub const MAX_WORD: usize = 256;

/// A digest without salt, at most [`MAX_DIGEST`] bytes.
#[derive(Clone, Copy)]
pub struct Digest {
    len: u8,
    bytes: [u8; MAX_DIGEST],
}

impl Digest {
    /// Takes the bytes, or `None` where they are too many.
    pub fn new(bytes: &[u8]) -> Option<Self> {
        let mut digest = Self { len: bytes.len() as u8, bytes: [0; MAX_DIGEST] };
        digest.bytes.get_mut(..bytes.len())?.copy_from_slice(bytes);
        Some(digest)
    }

    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes[..usize::from(self.len)]
    }
}

/// What a candidate must reproduce: parameters, salt and digest of one stored secret.
pub struct Target {
    params: [u32; 2],
    salt_len: u32,
    bytes: Box<[u8]>,
}

impl Target {
    /// Two numbers of the scheme's own choice (rounds first), a salt and a digest.
    pub fn new(params: [u32; 2], salt: &[u8], digest: &[u8]) -> Self {
        let bytes = [salt, digest].concat().into_boxed_slice();
        Self { params, salt_len: salt.len() as u32, bytes }
    }

    /// The scheme's numbers.
    pub const fn params(&self) -> [u32; 2] {
        self.params
    }

    /// The salt.
    pub fn salt(&self) -> &[u8] {
        &self.bytes[..self.salt_len as usize]
    }

    /// The digest.
    pub fn digest(&self) -> &[u8] {
        &self.bytes[self.salt_len as usize..]
    }

    /// Salt and digest together, as tags are made from them.
    pub fn salt_and_digest(&self) -> &[u8] {
        &self.bytes
    }

    /// True where the same word opens both.
    pub fn same(&self, other: &Self) -> bool {
        self.params == other.params && self.salt_len == other.salt_len && self.bytes == other.bytes
    }
}

/// One evaluation: does this word open this target?
#[derive(Clone, Copy)]
pub struct Pair<'a> {
    /// What must be reproduced.
    pub target: &'a Target,
    /// The word.
    pub word: &'a [u8],
    /// The caller's number, reported on a hit.
    pub id: u32,
}

/// Numbers of the pairs that fitted.
#[derive(Default)]
pub struct Hits(Vec<u32>);

impl Hits {
    /// Reports a pair.
    pub fn hit(&mut self, id: u32) {
        self.0.push(id);
    }

    /// Hands the numbers out and starts anew.
    pub fn take(&mut self) -> Vec<u32> {
        std::mem::take(&mut self.0)
    }

    /// The numbers so far.
    pub fn ids(&self) -> &[u32] {
        &self.0
    }
}

/// Candidate words, packed.
#[derive(Default)]
pub struct WordBatch {
    bytes: Vec<u8>,
    ends: Vec<u32>,
}

impl WordBatch {
    /// Adds a word made of two parts; one that is longer than [`MAX_WORD`] is left out.
    pub fn push(&mut self, stem: &[u8], suffix: &[u8]) {
        if stem.len() + suffix.len() > MAX_WORD {
            return;
        }
        self.bytes.extend_from_slice(stem);
        if !suffix.is_empty() {
            self.bytes.extend_from_slice(suffix);
        }
        self.ends.push(self.bytes.len() as u32);
    }

    /// Number of words.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// True without words.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// A word.
    pub fn get(&self, index: usize) -> &[u8] {
        let start = if index == 0 { 0 } else { self.ends[index - 1] as usize };
        &self.bytes[start..self.ends[index] as usize]
    }

    /// All words in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &[u8]> {
        (0..self.len()).map(|index| self.get(index))
    }

    /// All words as kernels take them; `wide` makes UTF-16 of each byte.
    pub fn packed(&self, wide: bool) -> Words<'_> {
        Words { bytes: &self.bytes, ends: &self.ends, wide }
    }

    /// Some of the words, by their numbers.
    #[must_use]
    pub fn taken(&self, numbers: &[u32]) -> Self {
        let mut taken = Self::default();
        for &number in numbers {
            taken.push(self.get(number as usize), b"");
        }
        taken
    }

    /// Forgets the words and keeps the room.
    pub fn clear(&mut self) {
        self.bytes.clear();
        self.ends.clear();
    }

    /// Drops all words beyond the first `count`.
    pub fn truncate(&mut self, count: usize) {
        if count < self.ends.len() {
            self.ends.truncate(count);
            self.bytes.truncate(self.ends.last().map_or(0, |&end| end as usize));
        }
    }
}

impl Drop for WordBatch {
    fn drop(&mut self) {
        self.bytes.zeroize();
    }
}

/// Digests of a batch, one place for each word; a word that the scheme cannot express has none.
#[derive(Default)]
pub struct Digests {
    width: usize,
    bytes: Vec<u8>,
    present: Vec<bool>,
}

impl Digests {
    /// Makes room for `count` digests of `width` bytes, none of them present.
    pub fn reset(&mut self, count: usize, width: usize) {
        self.width = width;
        self.bytes.clear();
        self.bytes.resize(count * width, 0);
        self.present.clear();
        self.present.resize(count, false);
    }

    /// Sets the digest of word `index`; `digest` has the width given to [`Digests::reset`].
    pub fn set(&mut self, index: usize, digest: &[u8]) {
        let start = index * self.width;
        self.bytes[start..start + self.width].copy_from_slice(digest);
        self.present[index] = true;
    }

    /// Sets the digests of words from `first` on, one behind the other.
    pub fn set_rows(&mut self, first: usize, digests: &[u8]) {
        let count = digests.len() / self.width;
        self.bytes[first * self.width..][..digests.len()].copy_from_slice(digests);
        self.present[first..first + count].fill(true);
    }

    /// Takes the digest of word `index` away.
    pub fn unset(&mut self, index: usize) {
        self.present[index] = false;
    }

    /// The digest of a word.
    pub fn get(&self, index: usize) -> Option<&[u8]> {
        let start = index * self.width;
        self.present[index].then(|| &self.bytes[start..start + self.width])
    }

    /// All digests, one behind the other; in the place of one that is not present stands anything.
    pub fn rows(&self) -> &[u8] {
        &self.bytes
    }

    /// Position of the first word with this digest.
    pub fn position(&self, digest: &[u8]) -> Option<usize> {
        let same = |&(index, bytes): &(usize, &[u8])| bytes == digest && self.present[index];
        self.bytes.chunks_exact(self.width).enumerate().find(same).map(|(index, _)| index)
    }
}
