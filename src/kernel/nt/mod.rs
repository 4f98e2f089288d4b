//! NT hashes (MD4 over UTF-16LE, RFC 1320) of one stem with many suffixes, against one target.
//!
//! The stem is the same in all lanes and the suffixes are packed once per process, so that nothing
//! is packed or transposed for an account. Steps that see the stem alone are taken once; the last
//! steps are undone from the target as far as they see no suffix. What is left for the lanes is
//! some forty of MD4's forty-eight steps and one comparison.

mod lanes;
mod steps;

use crate::kernel::Level;
use std::mem::MaybeUninit;
use steps::{INIT, State, digest, forward, last_use, undo};

const LANES: usize = 64;
/// Lanes of one vector of the widest level.
const VECTOR: usize = 16;
/// Longest word of one MD4 block, in UTF-16 units.
const ONE_BLOCK: usize = 27;
/// Longest suffix that a table takes, in characters.
const SUFFIX: usize = 5;
/// Message words that a suffix and the end mark can touch.
const TOUCHED: usize = 4;
/// Message word that holds the length in bits.
const LENGTH: usize = 14;

type Lane = [u32; LANES];

static ZERO: Lane = [0; LANES];

/// Suffixes of ASCII characters, packed for both parities of a stem's length.
pub struct Suffixes {
    /// By parity.
    groups: [Vec<Group>; 2],
}

/// As many suffixes as there are lanes.
struct Group {
    /// Position of each lane's suffix in the list that the table was made from.
    index: [u32; LANES],
    filled: usize,
    /// Suffix and end mark, from the word on in which the stem ends.
    words: [Lane; TOUCHED],
    /// Bits of each suffix.
    bits: Lane,
    /// Which of the words, and after them the length, are not the same in all lanes.
    varies: [bool; TOUCHED + 1],
}

/// What the lanes compute: steps `from..=until` of MD4, then compare the word made last.
struct Task<'a> {
    block: [&'a Lane; 16],
    start: State,
    from: usize,
    until: usize,
    wanted: u32,
    /// Lanes that hold a suffix; what the others say means nothing.
    filled: usize,
}

impl Suffixes {
    /// Packs suffixes of up to five ASCII characters; others are left out and the caller keeps
    /// them for [`Suffixes::takes`] to tell.
    pub fn new<S: AsRef<str>>(list: &[S]) -> Self {
        let taken: Vec<(u32, &[u8])> = (0..)
            .zip(list)
            .filter(|(_, suffix)| Self::takes(suffix.as_ref()))
            .map(|(index, suffix)| (index, suffix.as_ref().as_bytes()))
            .collect();
        // Groups of about as many vectors each: one vector alone would wait for its own steps.
        let vectors = taken.len().div_ceil(VECTOR).max(1);
        let each = vectors.div_ceil(vectors.div_ceil(LANES / VECTOR)) * VECTOR;
        let pack = |parity| taken.chunks(each).map(|part| Group::of(parity, part)).collect();
        Self { groups: [pack(0), pack(1)] }
    }

    /// True for a suffix that the table holds.
    pub fn takes(suffix: &str) -> bool {
        suffix.is_ascii() && suffix.len() <= SUFFIX
    }

    /// True for a stem that the kernel can work on.
    pub fn suits(stem: &[u8]) -> bool {
        stem.is_ascii() && stem.len() + SUFFIX <= ONE_BLOCK
    }

    /// Position of the first suffix in the list with which the stem has the NT hash `target`.
    pub fn find(&self, stem: &[u8], target: &[u8; 16]) -> Option<usize> {
        self.find_at(Level::current(), stem, target)
    }

    /// [`Suffixes::find`] at a given level, for tests.
    pub fn find_at(&self, level: Level, stem: &[u8], target: &[u8; 16]) -> Option<usize> {
        match level.vectors() {
            #[cfg(target_arch = "x86_64")]
            // SAFETY: levels are only made where the processor has their instructions.
            Level::Avx512 => unsafe { self.find_avx512(stem, target) },
            #[cfg(target_arch = "x86_64")]
            // SAFETY: as above.
            Level::Avx2 => unsafe { self.find_avx2(stem, target) },
            _ => self.search(stem, target, lanes::portable),
        }
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl")]
    fn find_avx512(&self, stem: &[u8], target: &[u8; 16]) -> Option<usize> {
        self.search(stem, target, |task| lanes::avx512(task))
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    fn find_avx2(&self, stem: &[u8], target: &[u8; 16]) -> Option<usize> {
        self.search(stem, target, |task| lanes::avx2(task))
    }

    // Inlined, so that it is compiled for the instruction set of each caller.
    #[inline(always)]
    fn search(
        &self,
        stem: &[u8],
        target: &[u8; 16],
        matches: impl Fn(&Task<'_>) -> u64,
    ) -> Option<usize> {
        let (parity, first) = (stem.len() % 2, stem.len() / 2);
        let mut known = [0; 16];
        for (word, pair) in known.iter_mut().zip(stem.chunks(2)) {
            *word = u32::from(pair[0]) | pair.get(1).map_or(0, |&unit| u32::from(unit) << 16);
        }
        // Filled in place, and only as far as the stem goes: copying or zeroing all of them costs as
        // much as the hash.
        let mut splats = [const { MaybeUninit::<Lane>::uninit() }; ONE_BLOCK / 2];
        for (splat, word) in splats.iter_mut().zip(known).take(first) {
            splat.write([word; LANES]);
        }
        let start = forward(INIT, &known, 0..first);
        let wanted = words_of(target);
        let (mut meeting, mut bits) = ([0; LANES], [0; LANES]);
        for group in &self.groups[parity] {
            for lane in 0..LANES {
                meeting[lane] = group.words[0][lane] | known[first];
                bits[lane] = group.bits[lane] + 16 * stem.len() as u32;
            }
            let mut block: [&Lane; 16] = [&ZERO; 16];
            for (place, splat) in block.iter_mut().zip(&splats).take(first) {
                // SAFETY: as many were written above.
                *place = unsafe { splat.assume_init_ref() };
            }
            block[first] = &meeting;
            for (word, lane) in group.words.iter().enumerate().skip(1) {
                block[first + word] = lane;
            }
            block[LENGTH] = &bits;
            let last = last_use(|word| group.differs(first, word));
            let state = undo(wanted, &block.map(|lane| lane[0]), last);
            // The word that a step makes stands for the next three.
            let (from, until) = (first, last - 3);
            let wanted = state[steps::written(until)];
            let filled = group.filled;
            let mut found = matches(&Task { block, start, from, until, wanted, filled });
            while found != 0 {
                let lane = found.trailing_zeros() as usize;
                if lane < group.filled && digest(&block.map(|word| word[lane])) == *target {
                    return Some(group.index[lane] as usize);
                }
                found &= found - 1;
            }
        }
        None
    }
}

impl Group {
    fn of(parity: usize, suffixes: &[(u32, &[u8])]) -> Self {
        let mut group = Self {
            index: [0; LANES],
            filled: suffixes.len(),
            words: [[0; LANES]; TOUCHED],
            bits: [0; LANES],
            varies: [false; TOUCHED + 1],
        };
        for lane in 0..LANES {
            // Lanes without a suffix of their own repeat the first.
            let (index, suffix) = suffixes.get(lane).unwrap_or(&suffixes[0]);
            group.index[lane] = *index;
            group.bits[lane] = 16 * suffix.len() as u32;
            for (at, byte) in (parity..).zip(suffix.iter().copied().chain([0x80])) {
                group.words[at / 2][lane] |= u32::from(byte) << (16 * (at % 2));
            }
        }
        for (word, varies) in group.words.iter().chain([&group.bits]).zip(&mut group.varies) {
            *varies = word.iter().any(|value| *value != word[0]);
        }
        group
    }

    /// Whether a word of the message differs between lanes, the stem ending in word `first`.
    fn differs(&self, first: usize, word: usize) -> bool {
        match word {
            LENGTH => self.varies[TOUCHED],
            _ => word.checked_sub(first).is_some_and(|at| at < TOUCHED && self.varies[at]),
        }
    }
}

fn words_of(digest: &[u8; 16]) -> State {
    let (words, _) = digest.as_chunks::<4>();
    std::array::from_fn(|word| u32::from_le_bytes(words[word]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use md4::{Digest, Md4};

    fn nt(word: &str) -> [u8; 16] {
        let utf16: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
        Md4::digest(&utf16).into()
    }

    fn list() -> Vec<String> {
        let mut list: Vec<String> = (0..10).map(|n| n.to_string()).collect();
        list.extend((0..1000).map(|n| format!("{n:03}")));
        list.extend((1990..2028).map(|n| n.to_string()));
        list.extend(["!", "R8", "abcde", "", "too-long", "é"].map(str::to_owned));
        list
    }

    #[test]
    fn every_stem_length_suffix_and_level_agrees_with_rustcrypto() {
        let list = list();
        let table = Suffixes::new(&list);
        for level in Level::available() {
            for length in 0..=ONE_BLOCK - SUFFIX {
                let stem: String = (0..length).map(|i| (b'a' + (i % 26) as u8) as char).collect();
                for index in (0..list.len()).step_by(7).chain([0, 9, 10, list.len() - 3]) {
                    let target = nt(&format!("{stem}{}", list[index]));
                    let found = table.find_at(level, stem.as_bytes(), &target);
                    let wanted = Suffixes::takes(&list[index]).then_some(index);
                    assert_eq!(found, wanted, "{level:?} {length} {}", list[index]);
                }
                assert_eq!(table.find_at(level, stem.as_bytes(), &nt("another")), None);
            }
        }
    }

    #[test]
    fn every_lane_of_small_tables_is_found() {
        for count in [1, 2, 16, 17, 63, 64, 65, 80] {
            let list: Vec<String> = (0..count).map(|n| format!("{n:02}")).collect();
            let table = Suffixes::new(&list);
            for level in Level::available() {
                for (index, suffix) in list.iter().enumerate() {
                    for stem in ["", "t", "tanaka"] {
                        let target = nt(&format!("{stem}{suffix}"));
                        assert_eq!(table.find_at(level, stem.as_bytes(), &target), Some(index));
                    }
                }
            }
        }
    }

    #[test]
    fn long_and_foreign_stems_are_not_suited() {
        assert!(Suffixes::suits(b"s.hayashi"));
        assert!(!Suffixes::suits("さとう".as_bytes()));
        assert!(!Suffixes::suits(&[b'x'; 23]));
    }
}
