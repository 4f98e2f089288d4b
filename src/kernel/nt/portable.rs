//! The lanes as arrays, which the compiler turns into whatever vectors the target has.

use super::steps::{PLUS, WORD, run_steps, written};
use super::{LANES, Lane, Task};

/// Lanes whose word of step `until` is the wanted one, as bits.
#[inline(always)]
pub(super) fn matches(task: &Task<'_>) -> u64 {
    let [mut a, mut b, mut c, mut d] = task.start.map(|word| [word; LANES]);
    let (from, until) = (task.from, task.until);
    macro_rules! step {
        ($round:literal, $turn:literal, $number:block, $a:ident, $b:ident, $c:ident, $d:ident) => {
            step::<$round, $turn>(&mut $a, [&$b, &$c, &$d], task.block[WORD[$number]])
        };
    }
    run_steps!(step, from, until, [a b c d]);
    let made = [&a, &b, &c, &d][written(until)];
    made.iter()
        .zip(0..)
        .fold(0, |found, (&word, lane)| found | u64::from(word == task.wanted) << lane)
}

#[inline(always)]
fn step<const ROUND: usize, const TURN: u32>(own: &mut Lane, [x, y, z]: [&Lane; 3], block: &Lane) {
    for lane in 0..LANES {
        let (x, y, z) = (x[lane], y[lane], z[lane]);
        let mixed = match ROUND {
            0 => z ^ (x & (y ^ z)),
            1 => (x & y) | (z & (x | y)),
            _ => x ^ y ^ z,
        };
        let sum = own[lane].wrapping_add(mixed).wrapping_add(block[lane]);
        own[lane] = sum.wrapping_add(PLUS[ROUND]).rotate_left(TURN);
    }
}
