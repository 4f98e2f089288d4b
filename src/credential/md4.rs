//! MD4 (RFC 1320) over UTF-16LE, sixty-four words side by side.
//!
//! Portable arrays that the compiler turns into vector code. Words of more than 27 UTF-16 units or
//! with letters outside ASCII go one at a time through the RustCrypto crate.

use crate::credential::batch::{Digests, WordBatch};
use md4::{Digest, Md4};

const LANES: usize = 64;
const ONE_BLOCK: usize = 27;
/// Fewer words cost less one by one than a group of lanes that are mostly empty.
const WORTH_IT: usize = 16;

type Lane = [u32; LANES];

/// Digests of all words; a word that is not UTF-8 has none.
pub(super) fn digests_of_utf16(words: &WordBatch, out: &mut Digests) {
    out.reset(words.len(), 16);
    let mut group = [0; LANES];
    let mut filled = 0;
    for (index, word) in words.iter().enumerate() {
        if word.len() <= ONE_BLOCK && word.is_ascii() {
            group[filled] = index;
            filled += 1;
            if filled == LANES {
                run(words, &group, out);
                filled = 0;
            }
        } else if let Ok(text) = std::str::from_utf8(word) {
            out.set(index, &scalar(text));
        }
    }
    run(words, &group[..filled], out);
}

fn scalar(text: &str) -> [u8; 16] {
    let mut md4 = Md4::new();
    for unit in text.encode_utf16() {
        md4.update(unit.to_le_bytes());
    }
    md4.finalize().into()
}

fn run(words: &WordBatch, group: &[usize], out: &mut Digests) {
    if group.len() < WORTH_IT {
        for &index in group {
            // Only ASCII words are grouped, so none is left out.
            if let Ok(text) = std::str::from_utf8(words.get(index)) {
                out.set(index, &scalar(text));
            }
        }
        return;
    }
    let mut block = [[0; LANES]; 16];
    for (lane, &index) in group.iter().enumerate() {
        pack(words.get(index), lane, &mut block);
    }
    let state = compress(&block);
    for (lane, &index) in group.iter().enumerate() {
        let mut digest = [0; 16];
        for (bytes, word) in digest.chunks_exact_mut(4).zip(&state) {
            bytes.copy_from_slice(&word[lane].to_le_bytes());
        }
        out.set(index, &digest);
    }
}

// Two UTF-16 units to a word, the end mark, and the length in bits.
fn pack(word: &[u8], lane: usize, block: &mut [Lane; 16]) {
    let mut pairs = word.chunks_exact(2);
    let mut place = 0;
    for pair in &mut pairs {
        block[place][lane] = u32::from(pair[0]) | u32::from(pair[1]) << 16;
        place += 1;
    }
    block[place][lane] = match pairs.remainder() {
        [last] => u32::from(*last) | 0x80 << 16,
        _ => 0x80,
    };
    block[14][lane] = word.len() as u32 * 16;
}

// One step of RFC 1320 on all lanes. The loop is long enough not to be unrolled into scalars.
#[expect(clippy::many_single_char_names, reason = "the names of RFC 1320")]
#[inline]
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

// Sixteen steps: word numbers and turns in their order.
#[expect(clippy::many_single_char_names, reason = "the names of RFC 1320")]
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

fn compress(block: &[Lane; 16]) -> [Lane; 4] {
    const INIT: [u32; 4] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476];
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

    #[test]
    fn every_length_and_lane_agrees_with_rustcrypto() {
        let mut words = WordBatch::default();
        for length in 0..40 {
            for lane in 0..=LANES {
                let word: Vec<u8> = (0..length).map(|i| b'!' + (i * 7 + lane) as u8 % 90).collect();
                words.push(&word, b"");
            }
        }
        words.push("ぱすわーど１２３🔑".as_bytes(), b"");
        words.push(b"\xff\xfe", b"");
        let mut digests = Digests::default();
        digests_of_utf16(&words, &mut digests);
        for (index, word) in words.iter().enumerate() {
            let wanted = std::str::from_utf8(word).ok().map(scalar);
            assert_eq!(digests.get(index), wanted.as_ref().map(|digest| &digest[..]), "{index}");
        }
    }
}
