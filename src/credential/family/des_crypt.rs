//! DES (FIPS 46-3) with the salted expansion of crypt(3), for descrypt and its BSDI extension.

/// Builds what each S-box adds to a round: its four bits where the permutation P puts them.
const SP: [[u32; 64]; 8] = sp();

const S: [[u8; 64]; 8] = [
    [
        14, 4, 13, 1, 2, 15, 11, 8, 3, 10, 6, 12, 5, 9, 0, 7, 0, 15, 7, 4, 14, 2, 13, 1, 10, 6, 12,
        11, 9, 5, 3, 8, 4, 1, 14, 8, 13, 6, 2, 11, 15, 12, 9, 7, 3, 10, 5, 0, 15, 12, 8, 2, 4, 9,
        1, 7, 5, 11, 3, 14, 10, 0, 6, 13,
    ],
    [
        15, 1, 8, 14, 6, 11, 3, 4, 9, 7, 2, 13, 12, 0, 5, 10, 3, 13, 4, 7, 15, 2, 8, 14, 12, 0, 1,
        10, 6, 9, 11, 5, 0, 14, 7, 11, 10, 4, 13, 1, 5, 8, 12, 6, 9, 3, 2, 15, 13, 8, 10, 1, 3, 15,
        4, 2, 11, 6, 7, 12, 0, 5, 14, 9,
    ],
    [
        10, 0, 9, 14, 6, 3, 15, 5, 1, 13, 12, 7, 11, 4, 2, 8, 13, 7, 0, 9, 3, 4, 6, 10, 2, 8, 5,
        14, 12, 11, 15, 1, 13, 6, 4, 9, 8, 15, 3, 0, 11, 1, 2, 12, 5, 10, 14, 7, 1, 10, 13, 0, 6,
        9, 8, 7, 4, 15, 14, 3, 11, 5, 2, 12,
    ],
    [
        7, 13, 14, 3, 0, 6, 9, 10, 1, 2, 8, 5, 11, 12, 4, 15, 13, 8, 11, 5, 6, 15, 0, 3, 4, 7, 2,
        12, 1, 10, 14, 9, 10, 6, 9, 0, 12, 11, 7, 13, 15, 1, 3, 14, 5, 2, 8, 4, 3, 15, 0, 6, 10, 1,
        13, 8, 9, 4, 5, 11, 12, 7, 2, 14,
    ],
    [
        2, 12, 4, 1, 7, 10, 11, 6, 8, 5, 3, 15, 13, 0, 14, 9, 14, 11, 2, 12, 4, 7, 13, 1, 5, 0, 15,
        10, 3, 9, 8, 6, 4, 2, 1, 11, 10, 13, 7, 8, 15, 9, 12, 5, 6, 3, 0, 14, 11, 8, 12, 7, 1, 14,
        2, 13, 6, 15, 0, 9, 10, 4, 5, 3,
    ],
    [
        12, 1, 10, 15, 9, 2, 6, 8, 0, 13, 3, 4, 14, 7, 5, 11, 10, 15, 4, 2, 7, 12, 9, 5, 6, 1, 13,
        14, 0, 11, 3, 8, 9, 14, 15, 5, 2, 8, 12, 3, 7, 0, 4, 10, 1, 13, 11, 6, 4, 3, 2, 12, 9, 5,
        15, 10, 11, 14, 1, 7, 6, 0, 8, 13,
    ],
    [
        4, 11, 2, 14, 15, 0, 8, 13, 3, 12, 9, 7, 5, 10, 6, 1, 13, 0, 11, 7, 4, 9, 1, 10, 14, 3, 5,
        12, 2, 15, 8, 6, 1, 4, 11, 13, 12, 3, 7, 14, 10, 15, 6, 8, 0, 5, 9, 2, 6, 11, 13, 8, 1, 4,
        10, 7, 9, 5, 0, 15, 14, 2, 3, 12,
    ],
    [
        13, 2, 8, 4, 6, 15, 11, 1, 10, 9, 3, 14, 5, 0, 12, 7, 1, 15, 13, 8, 10, 3, 7, 4, 12, 5, 6,
        11, 0, 14, 9, 2, 7, 11, 4, 1, 9, 12, 14, 2, 0, 6, 10, 13, 15, 3, 5, 8, 2, 1, 14, 7, 4, 10,
        8, 13, 15, 12, 9, 0, 3, 5, 6, 11,
    ],
];
const P: [u8; 32] = [
    16, 7, 20, 21, 29, 12, 28, 17, 1, 15, 23, 26, 5, 18, 31, 10, 2, 8, 24, 14, 32, 27, 3, 9, 19,
    13, 30, 6, 22, 11, 4, 25,
];
const PC1: [u8; 56] = [
    57, 49, 41, 33, 25, 17, 9, 1, 58, 50, 42, 34, 26, 18, 10, 2, 59, 51, 43, 35, 27, 19, 11, 3, 60,
    52, 44, 36, 63, 55, 47, 39, 31, 23, 15, 7, 62, 54, 46, 38, 30, 22, 14, 6, 61, 53, 45, 37, 29,
    21, 13, 5, 28, 20, 12, 4,
];
const PC2: [u8; 48] = [
    14, 17, 11, 24, 1, 5, 3, 28, 15, 6, 21, 10, 23, 19, 12, 4, 26, 8, 16, 7, 27, 20, 13, 2, 41, 52,
    31, 37, 47, 55, 30, 40, 51, 45, 33, 48, 44, 49, 39, 56, 34, 53, 46, 42, 50, 36, 29, 32,
];
const IP: [u8; 64] = [
    58, 50, 42, 34, 26, 18, 10, 2, 60, 52, 44, 36, 28, 20, 12, 4, 62, 54, 46, 38, 30, 22, 14, 6,
    64, 56, 48, 40, 32, 24, 16, 8, 57, 49, 41, 33, 25, 17, 9, 1, 59, 51, 43, 35, 27, 19, 11, 3, 61,
    53, 45, 37, 29, 21, 13, 5, 63, 55, 47, 39, 31, 23, 15, 7,
];
const FP: [u8; 64] = inverse(&IP);
const SHIFTS: [u32; 16] = [1, 1, 2, 2, 2, 2, 2, 2, 1, 2, 2, 2, 2, 2, 2, 1];

// Bits are counted from the most significant one, which is number 1, as in the standard.
const fn permute(bits: u64, width: u32, table: &[u8]) -> u64 {
    let (mut out, mut index) = (0, 0);
    while index < table.len() {
        out = out << 1 | (bits >> (width - table[index] as u32) & 1);
        index += 1;
    }
    out
}

const fn inverse(table: &[u8; 64]) -> [u8; 64] {
    let (mut out, mut index) = ([0; 64], 0);
    while index < 64 {
        out[table[index] as usize - 1] = index as u8 + 1;
        index += 1;
    }
    out
}

const fn sp() -> [[u32; 64]; 8] {
    let (mut out, mut group) = ([[0; 64]; 8], 0);
    while group < 8 {
        let mut six = 0;
        while six < 64 {
            let row = six >> 4 & 2 | six & 1;
            let four = S[group][row * 16 + (six >> 1 & 15)] as u64;
            out[group][six] = permute(four << (28 - 4 * group), 32, &P) as u32;
            six += 1;
        }
        group += 1;
    }
    out
}

fn round_keys(key: u64) -> [u64; 16] {
    const HALF: u64 = (1 << 28) - 1;
    let chosen = permute(key, 64, &PC1);
    let (mut c, mut d) = (chosen >> 28, chosen & HALF);
    SHIFTS.map(|shift| {
        c = (c << shift | c >> (28 - shift)) & HALF;
        d = (d << shift | d >> (28 - shift)) & HALF;
        permute(c << 28 | d, 56, &PC2)
    })
}

// Bit n of the salt swaps bits n and n + 24 of what the expansion gives.
fn feistel(right: u32, key: u64, swap: u64) -> u32 {
    let six = |group: u32| u64::from((right.rotate_right(1)).rotate_left(4 * group) >> 26);
    let wide = (0..8).fold(0, |wide, group| wide << 6 | six(group));
    let differ = (wide >> 24 ^ wide) & swap;
    let mixed = wide ^ differ ^ differ << 24 ^ key;
    (0..8).fold(0, |sum, group| sum ^ SP[group][(mixed >> (42 - 6 * group) & 63) as usize])
}

/// Encrypts a block `count` times in a row. The salt has up to 24 bits, the first letter of its
/// text in the lowest ones.
pub fn encrypt(key: u64, salt: u32, count: u32, block: u64) -> u64 {
    let swap = u64::from(salt.reverse_bits() >> 8);
    let keys = round_keys(key);
    let block = permute(block, 64, &IP);
    let (mut left, mut right) = ((block >> 32) as u32, block as u32);
    for _ in 0..count {
        for &key in &keys {
            (left, right) = (right, left ^ feistel(right, key, swap));
        }
        (left, right) = (right, left);
    }
    permute(u64::from(left) << 32 | u64::from(right), 64, &FP)
}

/// Up to eight letters as a key: seven bits of each, the rest zeros.
pub fn key_of(letters: &[u8]) -> u64 {
    (0..8).fold(0, |key, index| key << 8 | u64::from(letters.get(index).copied().unwrap_or(0) << 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use des::Des;
    use des::cipher::{BlockCipherEncrypt, KeyInit};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn without_salt_it_is_des(key: u64, block: u64) {
            let mut expected = block.to_be_bytes().into();
            Des::new(&key.to_be_bytes().into()).encrypt_block(&mut expected);
            prop_assert_eq!(encrypt(key, 0, 1, block).to_be_bytes(), <[u8; 8]>::from(expected));
        }

        #[test]
        fn counts_are_encryptions_in_a_row(key: u64, salt in 0_u32..1 << 24, block: u64) {
            let twice = encrypt(key, salt, 1, encrypt(key, salt, 1, block));
            prop_assert_eq!(encrypt(key, salt, 2, block), twice);
        }
    }
}
