//! MD4's forty-eight steps (RFC 1320) one at a time, forwards and backwards.

use std::ops::Range;

/// The four words a, b, c, d.
pub(super) type State = [u32; 4];

/// Start values.
pub(super) const INIT: State = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476];

/// Message word of every step.
pub(super) const WORD: [usize; 48] = [
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14,
    3, 7, 11, 15, 0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15,
];
/// Constants of the three rounds.
pub(super) const PLUS: [u32; 3] = [0, 0x5a82_7999, 0x6ed9_eba1];

const TURNS: [[u32; 4]; 3] = [[3, 7, 11, 19], [3, 5, 9, 13], [3, 9, 11, 15]];

/// Which word of the state a step writes: a, d, c, b in turn.
pub(super) const fn written(step: usize) -> usize {
    (4 - step % 4) % 4
}

/// The last step that takes a word of which `differs` holds.
pub(super) fn last_use(differs: impl Fn(usize) -> bool) -> usize {
    (32..48).rev().find(|&step| differs(WORD[step])).unwrap_or(32)
}

/// Takes steps.
pub(super) fn forward(mut state: State, block: &[u32; 16], steps: Range<usize>) -> State {
    for step in steps {
        let own = written(step);
        let sum = state[own].wrapping_add(rest(&state, block, step));
        state[own] = sum.rotate_left(TURNS[step / 16][step % 4]);
    }
    state
}

/// The state after step `last` of a message whose digest words are `digest`; the steps behind it
/// are undone.
pub(super) fn undo(digest: State, block: &[u32; 16], last: usize) -> State {
    let mut state: State = std::array::from_fn(|word| digest[word].wrapping_sub(INIT[word]));
    for step in (last + 1..48).rev() {
        let own = written(step);
        let sum = state[own].rotate_right(TURNS[step / 16][step % 4]);
        state[own] = sum.wrapping_sub(rest(&state, block, step));
    }
    state
}

/// Digest of one block.
pub(super) fn digest(block: &[u32; 16]) -> [u8; 16] {
    let state = forward(INIT, block, 0..48);
    let mut bytes = [0; 16];
    for (word, place) in bytes.as_chunks_mut::<4>().0.iter_mut().enumerate() {
        *place = state[word].wrapping_add(INIT[word]).to_le_bytes();
    }
    bytes
}

// What a step adds to the word that it writes; it does not depend on that word.
fn rest(state: &State, block: &[u32; 16], step: usize) -> u32 {
    let own = written(step);
    let [x, y, z] = [1, 2, 3].map(|next| state[(own + next) % 4]);
    let mixed = match step / 16 {
        0 => z ^ (x & (y ^ z)),
        1 => (x & y) | (z & (x | y)),
        _ => x ^ y ^ z,
    };
    mixed.wrapping_add(block[WORD[step]]).wrapping_add(PLUS[step / 16])
}

/// Whether a run of steps `from..=until` takes a step. A stem has eleven words at most and the
/// last word of a state stands for three more steps, so those between need no question.
#[inline(always)]
pub(super) const fn taken(step: usize, from: usize, until: usize) -> bool {
    (step > 11 || from <= step) && (step < 29 || step <= until)
}

/// Expands to the steps `$from..=$until`, each as `$step!(round, turn, number, a, b, c, d)`: the
/// first of the words is the one written, and all four take turns.
macro_rules! run_steps {
    ($step:ident, $from:ident, $until:ident, $words:tt) => {
        run_steps!(@quads $step $from $until $words 0 [3 7 11 19] 0 4 8 12);
        run_steps!(@quads $step $from $until $words 1 [3 5 9 13] 16 20 24 28);
        run_steps!(@quads $step $from $until $words 2 [3 9 11 15] 32 36 40 44);
    };
    (@quads $step:ident $from:ident $until:ident $words:tt $round:literal $turns:tt
     $($number:literal)+) => {
        $(run_steps!(@quad $step $from $until $words $round $turns $number);)+
    };
    (@quad $step:ident $from:ident $until:ident [$a:ident $b:ident $c:ident $d:ident]
     $round:literal [$t0:literal $t1:literal $t2:literal $t3:literal] $number:literal) => {
        run_steps!(@one $step $from $until $round $t0 { $number } $a $b $c $d);
        run_steps!(@one $step $from $until $round $t1 { $number + 1 } $d $a $b $c);
        run_steps!(@one $step $from $until $round $t2 { $number + 2 } $c $d $a $b);
        run_steps!(@one $step $from $until $round $t3 { $number + 3 } $b $c $d $a);
    };
    (@one $step:ident $from:ident $until:ident $round:literal $turn:literal $number:block
     $a:ident $b:ident $c:ident $d:ident) => {
        if $crate::kernel::nt::steps::taken($number, $from, $until) {
            $step!($round, $turn, $number, $a, $b, $c, $d);
        }
    };
}
pub(super) use run_steps;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn undoing_steps_gives_the_state_before_them() {
        let block: [u32; 16] =
            std::array::from_fn(|word| 0x9e37_79b9_u32.wrapping_mul(word as u32 + 1));
        let full = forward(INIT, &block, 0..48);
        let words: State = std::array::from_fn(|word| full[word].wrapping_add(INIT[word]));
        for last in 32..48 {
            assert_eq!(undo(words, &block, last), forward(INIT, &block, 0..last + 1), "{last}");
        }
    }
}
