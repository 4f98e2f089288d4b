//! NT hashes (MD4 over UTF-16LE, RFC 1320) of one stem with many suffixes, against one target.
//!
//! The stem is the same in all lanes and the suffixes are packed once per process, so that nothing
//! is packed or transposed for an account: what is left is the hash itself.

#[cfg(target_arch = "x86_64")]
mod avx512;

use crate::kernel::Level;

const LANES: usize = 64;
/// Longest word of one MD4 block, in UTF-16 units.
const ONE_BLOCK: usize = 27;
/// Longest suffix that a table takes, in characters.
const SUFFIX: usize = 5;
/// Message words that a suffix and the end mark can touch.
const TOUCHED: usize = 4;
/// Start values of RFC 1320.
const INIT: [u32; 4] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476];

type Lane = [u32; LANES];

/// Suffixes of ASCII characters, packed for both parities of a stem's length.
pub struct Suffixes {
    /// By parity: groups of suffixes of one length.
    groups: [Vec<Group>; 2],
}

struct Group {
    /// Characters of every suffix of the group.
    len: usize,
    /// Position of each lane's suffix in the list that the table was made from.
    index: [u32; LANES],
    filled: usize,
    words: [Lane; TOUCHED],
}

impl Suffixes {
    /// Packs suffixes of one to five ASCII characters; others are left out and the caller keeps
    /// them for [`Suffixes::takes`] to tell.
    pub fn new<S: AsRef<str>>(list: &[S]) -> Self {
        let mut groups = [Vec::new(), Vec::new()];
        for (parity, packed) in groups.iter_mut().enumerate() {
            for len in 1..=SUFFIX {
                let of_len: Vec<(u32, &[u8])> = list
                    .iter()
                    .enumerate()
                    .map(|(index, suffix)| (index as u32, suffix.as_ref().as_bytes()))
                    .filter(|(_, suffix)| suffix.len() == len && suffix.is_ascii())
                    .collect();
                packed.extend(of_len.chunks(LANES).map(|chunk| pack(parity, len, chunk)));
            }
        }
        Self { groups }
    }

    /// True for a suffix that the table holds.
    pub fn takes(suffix: &str) -> bool {
        suffix.is_ascii() && (1..=SUFFIX).contains(&suffix.len())
    }

    /// True for a stem that the kernel can work on.
    pub fn suits(stem: &[u8]) -> bool {
        stem.is_ascii() && stem.len() + SUFFIX <= ONE_BLOCK
    }

    /// Position of the first suffix (in the order of lengths, then of the list) with which the
    /// stem has the NT hash `target`.
    pub fn find(&self, stem: &[u8], target: &[u8; 16]) -> Option<usize> {
        self.find_at(Level::current(), stem, target)
    }

    /// [`Suffixes::find`] at a given level, for tests.
    pub fn find_at(&self, level: Level, stem: &[u8], target: &[u8; 16]) -> Option<usize> {
        match level {
            #[cfg(target_arch = "x86_64")]
            // SAFETY: levels are only made where the processor has their instructions.
            Level::Avx512 => unsafe { self.find_avx512(stem, target) },
            #[cfg(target_arch = "x86_64")]
            // SAFETY: as above.
            Level::Avx2 => unsafe { self.find_avx2(stem, target) },
            _ => self.search(stem, target, matches),
        }
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx512f")]
    fn find_avx512(&self, stem: &[u8], target: &[u8; 16]) -> Option<usize> {
        self.search(stem, target, |block, wanted| avx512::matches(block, wanted))
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    fn find_avx2(&self, stem: &[u8], target: &[u8; 16]) -> Option<usize> {
        self.search(stem, target, matches)
    }

    #[inline(always)]
    fn search(
        &self,
        stem: &[u8],
        target: &[u8; 16],
        matches: impl Fn(&[Lane; 16], [u32; 4]) -> u64,
    ) -> Option<usize> {
        let word =
            |i: usize| u32::from_le_bytes([target[i], target[i + 1], target[i + 2], target[i + 3]]);
        let wanted = [word(0), word(4), word(8), word(12)];
        let mut block = [[0; LANES]; 16];
        let first = stem.len() / 2;
        for (place, pair) in stem.chunks_exact(2).enumerate() {
            block[place] = [u32::from(pair[0]) | u32::from(pair[1]) << 16; LANES];
        }
        let odd = if stem.len() % 2 == 1 { u32::from(stem[stem.len() - 1]) } else { 0 };
        for group in &self.groups[stem.len() % 2] {
            block[first..first + TOUCHED].copy_from_slice(&group.words);
            for lane in &mut block[first] {
                *lane |= odd;
            }
            block[14] = [((stem.len() + group.len) * 16) as u32; LANES];
            let found = matches(&block, wanted).trailing_zeros() as usize;
            if found < group.filled {
                return Some(group.index[found] as usize);
            }
        }
        None
    }
}

/// Lanes whose digest is `wanted`, as bits.
#[inline(always)]
fn matches(block: &[Lane; 16], wanted: [u32; 4]) -> u64 {
    let state = compress(block);
    let hit = |lane: usize| (0..4).all(|i| state[i][lane] == wanted[i]);
    (0..LANES).filter(|&lane| hit(lane)).fold(0, |found, lane| found | 1 << lane)
}

fn pack(parity: usize, len: usize, suffixes: &[(u32, &[u8])]) -> Group {
    let mut group =
        Group { len, index: [0; LANES], filled: suffixes.len(), words: [[0; LANES]; TOUCHED] };
    for (lane, &(index, suffix)) in suffixes.iter().enumerate() {
        group.index[lane] = index;
        let marked = suffix.iter().copied().chain([0x80]);
        for (unit, byte) in marked.enumerate() {
            let at = unit + parity;
            group.words[at / 2][lane] |= u32::from(byte) << (16 * (at % 2));
        }
    }
    group
}

#[expect(clippy::many_single_char_names, reason = "the names of RFC 1320")]
#[inline(always)]
fn step(
    state: (&mut Lane, &Lane, &Lane, &Lane),
    block: &Lane,
    plus: u32,
    turn: u32,
    f: impl Fn(u32, u32, u32) -> u32,
) {
    let (a, b, c, d) = state;
    for i in 0..LANES {
        let mixed = f(b[i], c[i], d[i]).wrapping_add(block[i]).wrapping_add(plus);
        a[i] = a[i].wrapping_add(mixed).rotate_left(turn);
    }
}

#[expect(clippy::many_single_char_names, reason = "the names of RFC 1320")]
#[inline(always)]
fn round(
    state: &mut [Lane; 4],
    block: &[Lane; 16],
    order: [usize; 16],
    turns: [u32; 4],
    plus: u32,
    f: impl Fn(u32, u32, u32) -> u32 + Copy,
) {
    let [a, b, c, d] = state;
    for four in order.chunks_exact(4) {
        step((a, b, c, d), &block[four[0]], plus, turns[0], f);
        step((d, a, b, c), &block[four[1]], plus, turns[1], f);
        step((c, d, a, b), &block[four[2]], plus, turns[2], f);
        step((b, c, d, a), &block[four[3]], plus, turns[3], f);
    }
}

#[inline(always)]
fn compress(block: &[Lane; 16]) -> [Lane; 4] {
    const FIRST: [usize; 16] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
    const SECOND: [usize; 16] = [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15];
    const THIRD: [usize; 16] = [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15];
    let mut state = INIT.map(|word| [word; LANES]);
    round(&mut state, block, FIRST, [3, 7, 11, 19], 0, |x, y, z| z ^ (x & (y ^ z)));
    round(&mut state, block, SECOND, [3, 5, 9, 13], 0x5a82_7999, |x, y, z| (x & y) | (z & (x | y)));
    round(&mut state, block, THIRD, [3, 9, 11, 15], 0x6ed9_eba1, |x, y, z| x ^ y ^ z);
    for (lanes, word) in state.iter_mut().zip(INIT) {
        for lane in lanes {
            *lane = lane.wrapping_add(word);
        }
    }
    state
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
        list.extend(["!", "R8", "abcde", "too-long", "é"].map(str::to_owned));
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
    fn long_and_foreign_stems_are_not_suited() {
        assert!(Suffixes::suits(b"s.hayashi"));
        assert!(!Suffixes::suits("さとう".as_bytes()));
        assert!(!Suffixes::suits(&[b'x'; 23]));
    }
}
