//! The lanes in 512-bit registers. Written with intrinsics because the compiler splits the portable
//! loops into halves and spills them: six times slower, measured.

use super::steps::{PLUS, WORD, run_steps, written};
use super::{Lane, Task, VECTOR};
use std::arch::x86_64::{
    __m512i, _mm512_add_epi32, _mm512_cmpeq_epi32_mask, _mm512_loadu_si512, _mm512_rol_epi32,
    _mm512_set1_epi32, _mm512_ternarylogic_epi32,
};

/// Truth tables of RFC 1320's F, G and H for the ternary logic instruction.
const LOGIC: [i32; 3] = [0xCA, 0xE8, 0x96];

/// Lanes whose word of step `until` is the wanted one, as bits.
#[target_feature(enable = "avx512f")]
pub(super) fn matches(task: &Task<'_>) -> u64 {
    match task.filled.div_ceil(VECTOR) {
        ..=1 => on_vectors::<1>(task),
        2 => on_vectors::<2>(task),
        3 => on_vectors::<3>(task),
        _ => on_vectors::<4>(task),
    }
}

#[target_feature(enable = "avx512f")]
fn on_vectors<const VECTORS: usize>(task: &Task<'_>) -> u64 {
    let [mut a, mut b, mut c, mut d] = task.start.map(|word| [splat(word); VECTORS]);
    let (from, until) = (task.from, task.until);
    macro_rules! step {
        ($round:literal, $turn:literal, $number:block, $a:ident, $b:ident, $c:ident, $d:ident) => {
            $a = step::<{ LOGIC[$round] }, $turn, VECTORS>(
                [$a, $b, $c, $d],
                task.block[WORD[$number]],
                splat(PLUS[$round]),
            )
        };
    }
    run_steps!(step, from, until, [a b c d]);
    let made = [a, b, c, d][written(until)];
    let wanted = splat(task.wanted);
    (0..VECTORS).fold(0, |found, i| {
        found | u64::from(_mm512_cmpeq_epi32_mask(made[i], wanted)) << (VECTOR * i)
    })
}

#[target_feature(enable = "avx512f")]
#[inline]
fn splat(word: u32) -> __m512i {
    _mm512_set1_epi32(word as i32)
}

#[target_feature(enable = "avx512f")]
#[inline]
fn step<const LOGIC: i32, const TURN: i32, const VECTORS: usize>(
    [a, b, c, d]: [[__m512i; VECTORS]; 4],
    block: &Lane,
    plus: __m512i,
) -> [__m512i; VECTORS] {
    let mut out = a;
    for i in 0..VECTORS {
        // SAFETY: a lane holds at least VECTORS times sixteen words, and the load needs no alignment.
        let word = unsafe { _mm512_loadu_si512(block.as_ptr().add(VECTOR * i).cast()) };
        let mixed = _mm512_ternarylogic_epi32::<LOGIC>(b[i], c[i], d[i]);
        let sum = _mm512_add_epi32(_mm512_add_epi32(a[i], word), _mm512_add_epi32(mixed, plus));
        out[i] = _mm512_rol_epi32::<TURN>(sum);
    }
    out
}
