//! The steps of MD4 in lanes.

use super::steps::{PLUS, WORD, run_steps, written};
use super::{LANES, Task};
#[cfg(target_arch = "x86_64")]
use crate::kernel::vector::Wide;
use crate::kernel::vector::{Portable, Vector};
#[cfg(target_arch = "x86_64")]
use crate::kernel::x86::{Avx2x32, Avx512x32};

/// Lanes whose word of step `until` is the wanted one, as bits.
#[inline(always)]
pub(super) fn portable(task: &Task<'_>) -> u64 {
    matches::<Portable<u32, LANES>, 0>(task)
}

/// As [`portable`], with as many vectors as are filled.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl")]
pub(super) fn avx512(task: &Task<'_>) -> u64 {
    match task.filled {
        ..=16 => matches::<Avx512x32, 0>(task),
        17..=32 => matches::<Wide<Avx512x32, 2>, 0>(task),
        33..=48 => matches::<Wide<Avx512x32, 3>, 0>(task),
        _ => matches::<Wide<Avx512x32, 4>, 0>(task),
    }
}

/// As [`portable`], two vectors at a time: four would not find room in the registers.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
pub(super) fn avx2(task: &Task<'_>) -> u64 {
    let mut found = 0;
    macro_rules! from {
        ($($first:literal)+) => {
            $(if task.filled > $first {
                found |= matches::<Wide<Avx2x32, 2>, $first>(task) << $first;
            })+
        };
    }
    from!(0 16 32 48);
    found
}

#[inline(always)]
fn matches<V: Vector<Word = u32>, const FIRST: usize>(task: &Task<'_>) -> u64 {
    let [mut a, mut b, mut c, mut d] = task.start.map(|word| V::splat(u64::from(word)));
    let (from, until) = (task.from, task.until);
    macro_rules! step {
        ($round:literal, $turn:literal, $number:block, $a:ident, $b:ident, $c:ident, $d:ident) => {
            let mixed = match $round {
                0 => $b.choose($c, $d),
                1 => $b.majority($c, $d),
                _ => $b.parity($c, $d),
            };
            let word = V::load(&task.block[WORD[$number]][FIRST..]);
            let plus = V::splat(u64::from(PLUS[$round]));
            $a = $a.add(word).add(mixed.add(plus)).rotl::<$turn>();
        };
    }
    run_steps!(step, from, until, [a b c d]);
    [a, b, c, d][written(until)].equal(V::splat(u64::from(task.wanted)))
}
