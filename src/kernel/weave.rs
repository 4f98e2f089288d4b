//! Rows of sixteen bytes become columns and columns rows, and bytes of words change their order, in
//! 256-bit and 512-bit registers.
//!
//! SAFETY of every block here: as in `x86`, whose types call these functions. No closure and no adapter
//! of the library stands between them and an instruction: it would not have the target feature.

use std::arch::x86_64::{
    __m256i, __m512i, _mm_loadu_si128, _mm256_castsi128_si256, _mm256_inserti128_si256,
    _mm256_permute2x128_si256, _mm256_setr_epi32, _mm256_shuffle_epi8, _mm256_unpackhi_epi32,
    _mm256_unpackhi_epi64, _mm256_unpacklo_epi32, _mm256_unpacklo_epi64, _mm512_loadu_si512,
    _mm512_permutex2var_epi32, _mm512_permutex2var_epi64, _mm512_set4_epi32, _mm512_setr_epi32,
    _mm512_setr_epi64, _mm512_shuffle_epi8, _mm512_shuffle_i64x2,
};

/// Rows `at` and `at + apart`.
#[inline(always)]
unsafe fn two(rows: &[u8], at: usize, apart: usize) -> __m256i {
    let low = &rows[16 * at..16 * at + 16];
    let high = &rows[16 * (at + apart)..16 * (at + apart) + 16];
    // SAFETY: see the module; the slices are as long as what is read.
    unsafe {
        let low = _mm256_castsi128_si256(_mm_loadu_si128(low.as_ptr().cast()));
        _mm256_inserti128_si256::<1>(low, _mm_loadu_si128(high.as_ptr().cast()))
    }
}

/// Rows from `4 * at` on.
#[inline(always)]
unsafe fn four(rows: &[u8], at: usize) -> __m512i {
    // SAFETY: see the module; the slice is as long as what is read.
    unsafe { _mm512_loadu_si512(rows[64 * at..64 * at + 64].as_ptr().cast()) }
}

/// Four words of 32 bits of each of eight rows.
#[inline(always)]
pub(super) unsafe fn columns_256x32(rows: &[u8]) -> [__m256i; 4] {
    // SAFETY: see the module.
    unsafe {
        let (a, b) = (two(rows, 0, 4), two(rows, 1, 4));
        let (c, d) = (two(rows, 2, 4), two(rows, 3, 4));
        let (ab, ab2) = (_mm256_unpacklo_epi32(a, b), _mm256_unpackhi_epi32(a, b));
        let (cd, cd2) = (_mm256_unpacklo_epi32(c, d), _mm256_unpackhi_epi32(c, d));
        [
            _mm256_unpacklo_epi64(ab, cd),
            _mm256_unpackhi_epi64(ab, cd),
            _mm256_unpacklo_epi64(ab2, cd2),
            _mm256_unpackhi_epi64(ab2, cd2),
        ]
    }
}

/// Eight rows of four words of 32 bits.
#[inline(always)]
pub(super) unsafe fn rows_256x32([a, b, c, d]: [__m256i; 4]) -> [__m256i; 4] {
    // SAFETY: see the module.
    unsafe {
        let (ab, ab2) = (_mm256_unpacklo_epi32(a, b), _mm256_unpackhi_epi32(a, b));
        let (cd, cd2) = (_mm256_unpacklo_epi32(c, d), _mm256_unpackhi_epi32(c, d));
        let (first, second) = (_mm256_unpacklo_epi64(ab, cd), _mm256_unpackhi_epi64(ab, cd));
        let (third, fourth) = (_mm256_unpacklo_epi64(ab2, cd2), _mm256_unpackhi_epi64(ab2, cd2));
        [
            _mm256_permute2x128_si256::<0x20>(first, second),
            _mm256_permute2x128_si256::<0x20>(third, fourth),
            _mm256_permute2x128_si256::<0x31>(first, second),
            _mm256_permute2x128_si256::<0x31>(third, fourth),
        ]
    }
}

/// Two words of 64 bits of each of four rows.
#[inline(always)]
pub(super) unsafe fn columns_256x64(rows: &[u8]) -> [__m256i; 2] {
    // SAFETY: see the module.
    unsafe {
        let (a, b) = (two(rows, 0, 2), two(rows, 1, 2));
        [_mm256_unpacklo_epi64(a, b), _mm256_unpackhi_epi64(a, b)]
    }
}

/// Four rows of two words of 64 bits.
#[inline(always)]
pub(super) unsafe fn rows_256x64([a, b]: [__m256i; 2]) -> [__m256i; 2] {
    // SAFETY: see the module.
    unsafe {
        let (low, high) = (_mm256_unpacklo_epi64(a, b), _mm256_unpackhi_epi64(a, b));
        [_mm256_permute2x128_si256::<0x20>(low, high), _mm256_permute2x128_si256::<0x31>(low, high)]
    }
}

/// Four words of 32 bits of each of sixteen rows.
#[inline(always)]
pub(super) unsafe fn columns_512x32(rows: &[u8]) -> [__m512i; 4] {
    // SAFETY: see the module.
    unsafe {
        let (a, b, c, d) = (four(rows, 0), four(rows, 1), four(rows, 2), four(rows, 3));
        let even = _mm512_setr_epi32(0, 4, 8, 12, 16, 20, 24, 28, 1, 5, 9, 13, 17, 21, 25, 29);
        let odd = _mm512_setr_epi32(2, 6, 10, 14, 18, 22, 26, 30, 3, 7, 11, 15, 19, 23, 27, 31);
        let (ab, ab2) =
            (_mm512_permutex2var_epi32(a, even, b), _mm512_permutex2var_epi32(a, odd, b));
        let (cd, cd2) =
            (_mm512_permutex2var_epi32(c, even, d), _mm512_permutex2var_epi32(c, odd, d));
        [
            _mm512_shuffle_i64x2::<0x44>(ab, cd),
            _mm512_shuffle_i64x2::<0xee>(ab, cd),
            _mm512_shuffle_i64x2::<0x44>(ab2, cd2),
            _mm512_shuffle_i64x2::<0xee>(ab2, cd2),
        ]
    }
}

/// Sixteen rows of four words of 32 bits.
#[inline(always)]
pub(super) unsafe fn rows_512x32([a, b, c, d]: [__m512i; 4]) -> [__m512i; 4] {
    // SAFETY: see the module.
    unsafe {
        let low = _mm512_setr_epi32(0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
        let high = _mm512_setr_epi32(8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
        let ab = [_mm512_permutex2var_epi32(a, low, b), _mm512_permutex2var_epi32(a, high, b)];
        let cd = [_mm512_permutex2var_epi32(c, low, d), _mm512_permutex2var_epi32(c, high, d)];
        let [first, second] = rows_512x64([ab[0], cd[0]]);
        let [third, fourth] = rows_512x64([ab[1], cd[1]]);
        [first, second, third, fourth]
    }
}

/// Two words of 64 bits of each of eight rows.
#[inline(always)]
pub(super) unsafe fn columns_512x64(rows: &[u8]) -> [__m512i; 2] {
    // SAFETY: see the module.
    unsafe {
        let (a, b) = (four(rows, 0), four(rows, 1));
        let even = _mm512_setr_epi64(0, 2, 4, 6, 8, 10, 12, 14);
        let odd = _mm512_setr_epi64(1, 3, 5, 7, 9, 11, 13, 15);
        [_mm512_permutex2var_epi64(a, even, b), _mm512_permutex2var_epi64(a, odd, b)]
    }
}

/// Eight rows of two words of 64 bits.
#[inline(always)]
pub(super) unsafe fn rows_512x64([a, b]: [__m512i; 2]) -> [__m512i; 2] {
    // SAFETY: see the module.
    unsafe {
        let low = _mm512_setr_epi64(0, 8, 1, 9, 2, 10, 3, 11);
        let high = _mm512_setr_epi64(4, 12, 5, 13, 6, 14, 7, 15);
        [_mm512_permutex2var_epi64(a, low, b), _mm512_permutex2var_epi64(a, high, b)]
    }
}

/// Where the bytes of two words of 64 bits or of four of 32 come from, in quarters of a strip.
const fn order(bits: u32) -> [i32; 4] {
    if bits == 64 {
        [0x0405_0607, 0x0001_0203, 0x0c0d_0e0f, 0x0809_0a0b]
    } else {
        [0x0001_0203, 0x0405_0607, 0x0809_0a0b, 0x0c0d_0e0f]
    }
}

/// Words with their bytes in the other order.
#[inline(always)]
pub(super) unsafe fn swap_256(words: __m256i, bits: u32) -> __m256i {
    let [a, b, c, d] = order(bits);
    // SAFETY: see the module.
    unsafe { _mm256_shuffle_epi8(words, _mm256_setr_epi32(a, b, c, d, a, b, c, d)) }
}

/// Words with their bytes in the other order.
#[inline(always)]
pub(super) unsafe fn swap_512(words: __m512i, bits: u32) -> __m512i {
    let [a, b, c, d] = order(bits);
    // SAFETY: see the module.
    unsafe { _mm512_shuffle_epi8(words, _mm512_set4_epi32(d, c, b, a)) }
}
