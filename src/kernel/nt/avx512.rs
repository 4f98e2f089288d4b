//! MD4 of sixty-four blocks in 512-bit registers. Written with intrinsics because the compiler
//! splits the portable loops into halves and spills them: six times slower, measured.

use super::{INIT, LANES, Lane};
use std::arch::x86_64::{
    __m512i, _mm512_add_epi32, _mm512_cmpeq_epi32_mask, _mm512_loadu_si512, _mm512_rol_epi32,
    _mm512_set1_epi32, _mm512_ternarylogic_epi32,
};

const VECTORS: usize = LANES / 16;

type Lanes = [__m512i; VECTORS];

/// Truth tables of RFC 1320's F, G and H for the ternary logic instruction.
const F: i32 = 0xCA;
const G: i32 = 0xE8;
const H: i32 = 0x96;

/// Lanes whose digest is `wanted`, as bits.
#[target_feature(enable = "avx512f")]
pub(super) fn matches(block: &[Lane; 16], wanted: [u32; 4]) -> u64 {
    let state = compress(block);
    let mut found = u64::MAX;
    for ((word, init), wanted) in state.into_iter().zip(INIT).zip(wanted) {
        // Comparing before the final addition saves the addition.
        let wanted = splat(wanted.wrapping_sub(init));
        let mut mask = 0;
        for (i, &vector) in word.iter().enumerate() {
            mask |= u64::from(_mm512_cmpeq_epi32_mask(vector, wanted)) << (16 * i);
        }
        found &= mask;
        if found == 0 {
            break;
        }
    }
    found
}

#[target_feature(enable = "avx512f")]
#[inline]
fn splat(word: u32) -> __m512i {
    _mm512_set1_epi32(word as i32)
}

#[target_feature(enable = "avx512f")]
#[inline]
fn step<const LOGIC: i32, const TURN: i32>(
    [a, b, c, d]: [Lanes; 4],
    block: &Lane,
    plus: __m512i,
) -> Lanes {
    let mut out = a;
    for i in 0..VECTORS {
        // SAFETY: a lane holds VECTORS times sixteen words, and the load needs no alignment.
        let word = unsafe { _mm512_loadu_si512(block.as_ptr().add(16 * i).cast()) };
        let mixed = _mm512_ternarylogic_epi32::<LOGIC>(b[i], c[i], d[i]);
        let sum = _mm512_add_epi32(_mm512_add_epi32(a[i], word), _mm512_add_epi32(mixed, plus));
        out[i] = _mm512_rol_epi32::<TURN>(sum);
    }
    out
}

/// Sixteen steps: message words in their order, four turns.
macro_rules! round {
    ($state:ident $block:ident $logic:ident $plus:expr; $t0:literal $t1:literal $t2:literal $t3:literal;
     $($k0:literal $k1:literal $k2:literal $k3:literal),+) => {
        let plus = splat($plus);
        $(
            let [a, b, c, d] = $state;
            let a = step::<$logic, $t0>([a, b, c, d], &$block[$k0], plus);
            let d = step::<$logic, $t1>([d, a, b, c], &$block[$k1], plus);
            let c = step::<$logic, $t2>([c, d, a, b], &$block[$k2], plus);
            let b = step::<$logic, $t3>([b, c, d, a], &$block[$k3], plus);
            $state = [a, b, c, d];
        )+
    };
}

#[target_feature(enable = "avx512f")]
#[inline]
fn compress(block: &[Lane; 16]) -> [Lanes; 4] {
    let mut state = INIT.map(|word| [splat(word); VECTORS]);
    round!(state block F 0; 3 7 11 19; 0 1 2 3, 4 5 6 7, 8 9 10 11, 12 13 14 15);
    round!(state block G 0x5a82_7999; 3 5 9 13; 0 4 8 12, 1 5 9 13, 2 6 10 14, 3 7 11 15);
    round!(state block H 0x6ed9_eba1; 3 9 11 15; 0 8 4 12, 2 10 6 14, 1 9 5 13, 3 11 7 15);
    state
}
