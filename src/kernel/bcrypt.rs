//! bcrypt (Provos and Mazières, "A Future-Adaptable Password Scheme", 1999), several evaluations at
//! once: every step of Blowfish waits for a look-up in its tables, and others fill that wait.

use super::pi;
use std::sync::LazyLock;
use zeroize::Zeroize;

/// Evaluations that run at once. Their tables, 4 KiB each, stay in the first cache.
const LANES: usize = 4;
/// "OrpheanBeholderScryDoubt", which the last state enciphers.
const TEXT: [u32; 6] =
    [0x4f72_7068, 0x6561_6e42, 0x6568_6f6c, 0x6465_7253, 0x6372_7944, 0x6f75_6274];

/// One evaluation.
#[derive(Clone, Copy)]
pub struct Bcrypt<'a> {
    /// The word with its end mark, 1 to 72 bytes.
    pub key: &'a [u8],
    /// The salt.
    pub salt: &'a [u8; 16],
    /// The state takes the key 2^cost times.
    pub cost: u32,
}

/// Blowfish's subkeys and tables. Wiped on drop.
#[derive(Clone)]
struct State {
    keys: [u32; 18],
    tables: [[u32; 256]; 4],
}

/// The digits of pi that every state begins with.
static START: LazyLock<State> = LazyLock::new(|| {
    let mut digits = pi::fraction(18 + 4 * 256).into_iter();
    let mut next = || digits.next().unwrap_or_default();
    let keys = std::array::from_fn(|_| next());
    State { keys, tables: std::array::from_fn(|_| std::array::from_fn(|_| next())) }
});

impl Drop for State {
    fn drop(&mut self) {
        self.keys.zeroize();
        self.tables.zeroize();
    }
}

/// Runs all jobs and hands out their 24 bytes by the jobs' positions, in any order.
pub fn bcrypt(jobs: &[Bcrypt<'_>], each: &mut dyn FnMut(usize, &[u8; 24])) {
    let mut order: Vec<usize> = (0..jobs.len()).collect();
    order.sort_by_key(|&job| jobs[job].cost);
    for equal in order.chunk_by(|&a, &b| jobs[a].cost == jobs[b].cost) {
        let (whole, rest) = equal.as_chunks::<LANES>();
        for part in whole {
            together(jobs, part, each);
        }
        for part in rest.as_chunks::<1>().0 {
            together(jobs, part, each);
        }
    }
}

fn together<const N: usize>(
    jobs: &[Bcrypt<'_>],
    part: &[usize; N],
    each: &mut dyn FnMut(usize, &[u8; 24]),
) {
    let mut states: Box<[State; N]> = Box::new(std::array::from_fn(|_| START.clone()));
    let mut keys = part.map(|job| words(jobs[job].key));
    let salts = part.map(|job| words(jobs[job].salt));
    expand(&mut states, &keys, Some(&salts));
    for _ in 0..1_u64 << jobs[part[0]].cost {
        expand(&mut states, &keys, None);
        expand(&mut states, &salts, None);
    }
    keys.zeroize();
    let mut texts = [[0; 6]; N];
    for half in 0..3 {
        let mut pairs = [[TEXT[2 * half], TEXT[2 * half + 1]]; N];
        for _ in 0..64 {
            encipher(&states, &mut pairs);
        }
        for (text, pair) in texts.iter_mut().zip(pairs) {
            text[2 * half..2 * half + 2].copy_from_slice(&pair);
        }
    }
    for (job, text) in part.iter().zip(texts) {
        let mut bytes = [0; 24];
        for (place, word) in bytes.chunks_exact_mut(4).zip(text) {
            place.copy_from_slice(&word.to_be_bytes());
        }
        each(*job, &bytes);
    }
}

/// As many words as there are subkeys, the bytes over and over.
fn words(bytes: &[u8]) -> [u32; 18] {
    let mut bytes = bytes.iter().cycle().copied();
    std::array::from_fn(|_| u32::from_be_bytes(std::array::from_fn(|_| bytes.next().unwrap_or(0))))
}

/// Takes a key into each state; the first time with the salt.
fn expand<const N: usize>(
    states: &mut [State; N],
    keys: &[[u32; 18]; N],
    salts: Option<&[[u32; 18]; N]>,
) {
    for (state, key) in states.iter_mut().zip(keys) {
        for (own, word) in state.keys.iter_mut().zip(key) {
            *own ^= word;
        }
    }
    let mut pairs = [[0; 2]; N];
    let mut step =
        |states: &mut [State; N], number: usize, put: fn(&mut State, usize, [u32; 2])| {
            if let Some(salts) = salts {
                for (pair, salt) in pairs.iter_mut().zip(salts) {
                    pair[0] ^= salt[2 * (number % 2)];
                    pair[1] ^= salt[2 * (number % 2) + 1];
                }
            }
            encipher(states, &mut pairs);
            for (state, pair) in states.iter_mut().zip(pairs) {
                put(state, number, pair);
            }
        };
    for number in 0..9 {
        step(states, number, |state, number, pair| {
            state.keys[2 * number..2 * number + 2].copy_from_slice(&pair);
        });
    }
    for number in 9..9 + 4 * 128 {
        step(states, number, |state, number, pair| {
            let (table, at) = ((number - 9) / 128, (number - 9) % 128);
            state.tables[table][2 * at..2 * at + 2].copy_from_slice(&pair);
        });
    }
}

/// Sixteen rounds of Blowfish on a pair of each state.
#[inline(always)]
fn encipher<const N: usize>(states: &[State; N], pairs: &mut [[u32; 2]; N]) {
    for round in 0..16 {
        for (state, [left, right]) in states.iter().zip(pairs.iter_mut()) {
            *left ^= state.keys[round];
            *right ^= mixed(&state.tables, *left);
            std::mem::swap(left, right);
        }
    }
    for (state, [left, right]) in states.iter().zip(pairs) {
        std::mem::swap(left, right);
        *right ^= state.keys[16];
        *left ^= state.keys[17];
    }
}

#[inline(always)]
fn mixed(tables: &[[u32; 256]; 4], word: u32) -> u32 {
    let [a, b, c, d] = word.to_be_bytes().map(usize::from);
    (tables[0][a].wrapping_add(tables[1][b]) ^ tables[2][c]).wrapping_add(tables[3][d])
}
