//! Lists of breached passwords as the engine meets them: sorted digests in, counts out.

use crate::model::credential::words;
use crate::model::day::Day;

words! {
    /// Of what a list of breached passwords holds the digests.
    CorpusHash {
        /// MD4 over UTF-16LE, 16 bytes.
        Nt = "nt",
        /// SHA-1 over the password's bytes, 20 bytes.
        Sha1 = "sha1",
    }
}

impl CorpusHash {
    /// Hexadecimal digits of a digest.
    pub const fn digits(self) -> usize {
        match self {
            Self::Nt => 32,
            Self::Sha1 => 40,
        }
    }
}

/// A digest in the order of a sorted list. It cannot be printed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct DigestKey {
    /// Its first eight bytes, as a number.
    pub high: u64,
    /// The next eight.
    pub low: u64,
    /// The last four of a SHA-1, else 0.
    pub tail: u32,
}

impl DigestKey {
    /// Behind every digest.
    pub const MAX: Self = Self { high: u64::MAX, low: u64::MAX, tail: u32::MAX };

    /// The key of a digest of 16 or 20 bytes; missing bytes count as zero, further ones not at all.
    pub fn of(digest: &[u8]) -> Self {
        let mut bytes = [0; 20];
        let taken = digest.len().min(bytes.len());
        bytes[..taken].copy_from_slice(&digest[..taken]);
        let number = |from: usize, to: usize| {
            bytes[from..to].iter().fold(0, |sum, &byte| sum << 8 | u64::from(byte))
        };
        Self { high: number(0, 8), low: number(8, 16), tail: number(16, 20) as u32 }
    }
}

/// A list of breached passwords, however it is stored.
pub trait Corpus: Sync {
    /// What it is, for the record of the run.
    fn about(&self) -> &CorpusUsed;

    /// How often each digest was seen in breaches, 0 where it is not listed. `keys` are sorted and
    /// `counts` has a place for each. A list that proves broken on the way is an error, never a miss.
    fn counts(&self, keys: &[DigestKey], counts: &mut [u32]) -> Result<(), CorpusError>;
}

/// A list of breached passwords that cannot be used.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {message}\nhint: {hint}")]
pub struct CorpusError {
    /// File, with its line where there is one.
    pub place: String,
    /// What is wrong.
    pub message: String,
    /// What to do next.
    pub hint: &'static str,
}

/// A list of breached passwords that a run looked into.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CorpusUsed {
    /// Name of its file or folder.
    pub name: String,
    /// What it holds.
    pub hash: CorpusHash,
    /// Its files: one, or one for each prefix.
    pub files: u32,
    /// Bytes of a single file.
    pub bytes: Option<u64>,
    /// Day of the last change of the file or folder.
    pub date: Option<Day>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_stand_in_the_order_of_their_digests() {
        let mut digests = vec![[0_u8; 20], [255; 20], [1; 20], [0x80; 20]];
        digests.push(std::array::from_fn(|at| u8::from(at == 19)));
        digests.sort_unstable();
        assert!(digests.is_sorted_by_key(|digest| DigestKey::of(digest)));
        assert!(DigestKey::of(&[7; 16]) < DigestKey::of(&[7; 20]));
        assert!(DigestKey::of(&[255; 20]) == DigestKey::MAX);
    }
}
