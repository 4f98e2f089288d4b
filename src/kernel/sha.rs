//! SHA-1 and SHA-256 by the instructions that processors have for them. Each of these waits for the one
//! before it, so two messages go side by side; the crates take one at a time.
//!
//! SAFETY of every block here: these types are only named inside entries that are compiled for the
//! instructions, and an entry runs only at a level that the processor has.

use super::constants;
use super::hash::{Hash, Sha1, Sha256};
use super::vector::{Portable, Vector};
use std::arch::x86_64::{
    __m128i, _mm_add_epi32, _mm_alignr_epi8, _mm_loadu_si128, _mm_set_epi32, _mm_setzero_si128,
    _mm_sha1msg1_epu32, _mm_sha1msg2_epu32, _mm_sha1nexte_epu32, _mm_sha1rnds4_epu32,
    _mm_sha256msg1_epu32, _mm_sha256msg2_epu32, _mm_sha256rnds2_epu32, _mm_shuffle_epi32,
    _mm_storeu_si128, _mm_unpackhi_epi32, _mm_unpackhi_epi64, _mm_unpacklo_epi32,
    _mm_unpacklo_epi64, _mm_xor_si128,
};
use std::marker::PhantomData;

/// Messages that share a block of lanes.
const LANES: usize = 4;
/// Messages that go side by side: more would not find room in sixteen registers.
const PAIR: usize = 2;

/// Lanes as kernels hold them: a word of every message.
pub(super) type Four = Portable<u32, LANES>;

/// The same word, or the same four, of each message of a pair.
type Pair = [__m128i; PAIR];

/// A hash by its instructions.
pub(super) struct Instructed<H>(PhantomData<H>);

/// Four words of each lane become four lanes of each word, or the other way about.
#[inline(always)]
fn transposed(rows: [__m128i; LANES]) -> [__m128i; LANES] {
    let [a, b, c, d] = rows;
    // SAFETY: see the module.
    unsafe {
        let (ab, cd) = (_mm_unpacklo_epi32(a, b), _mm_unpacklo_epi32(c, d));
        let (ab_high, cd_high) = (_mm_unpackhi_epi32(a, b), _mm_unpackhi_epi32(c, d));
        [
            _mm_unpacklo_epi64(ab, cd),
            _mm_unpackhi_epi64(ab, cd),
            _mm_unpacklo_epi64(ab_high, cd_high),
            _mm_unpackhi_epi64(ab_high, cd_high),
        ]
    }
}

#[inline(always)]
fn register(words: Four) -> __m128i {
    let mut lanes = [0; LANES];
    words.store(&mut lanes);
    // SAFETY: see the module; these are sixteen bytes.
    unsafe { _mm_loadu_si128(lanes.as_ptr().cast()) }
}

#[inline(always)]
fn words(register: __m128i) -> Four {
    let mut lanes = [0; LANES];
    // SAFETY: see the module; these are sixteen bytes.
    unsafe { _mm_storeu_si128(lanes.as_mut_ptr().cast(), register) };
    Four::load(&lanes)
}

/// Words by the places in which the instructions want them, one register a message.
#[inline(always)]
fn gathered(words: &[Four], places: [usize; 4]) -> [__m128i; LANES] {
    transposed(places.map(|place| register(words[place])))
}

/// The words of a block, four to a register.
#[inline(always)]
fn fours(block: &[Four; 16], places: [usize; 4]) -> [[__m128i; LANES]; 4] {
    std::array::from_fn(|four| gathered(&block[4 * four..][..4], places))
}

/// The other way about: words go back to their places.
#[inline(always)]
fn returned(state: &mut [Four; 8], places: [usize; 4], messages: [__m128i; LANES]) {
    for (place, own) in places.into_iter().zip(transposed(messages)) {
        state[place] = state[place].add(words(own));
    }
}

/// The same of two messages.
#[inline(always)]
fn each(of: impl Fn(usize) -> __m128i) -> Pair {
    [of(0), of(1)]
}

impl Hash<Four> for Instructed<Sha256> {
    const DIGEST: usize = <Sha256 as Hash<Four>>::DIGEST;
    const BIG_ENDIAN: bool = <Sha256 as Hash<Four>>::BIG_ENDIAN;
    const START: [u64; 8] = <Sha256 as Hash<Four>>::START;

    #[inline(always)]
    fn compress(state: &mut [Four; 8], block: &[Four; 16]) {
        const ABEF: [usize; 4] = [5, 4, 1, 0];
        const CDGH: [usize; 4] = [7, 6, 3, 2];
        let (mut abef, mut cdgh) = (gathered(state, ABEF), gathered(state, CDGH));
        let block = fours(block, [0, 1, 2, 3]);
        for first in (0..LANES).step_by(PAIR) {
            let (pair, words) = (first..first + PAIR, block.map(|four| each(|k| four[first + k])));
            sha256(&mut abef[pair.clone()], &mut cdgh[pair], words);
        }
        // What came in is added where the words go back.
        returned(state, ABEF, abef);
        returned(state, CDGH, cdgh);
    }
}

/// The steps of SHA-256 on two messages.
#[inline(always)]
fn sha256(abef: &mut [__m128i], cdgh: &mut [__m128i], block: [Pair; 4]) {
    let ([mut m0, mut m1, mut m2, mut m3], mut x, mut y) =
        (block, [abef[0], abef[1]], [cdgh[0], cdgh[1]]);
    macro_rules! plus {
        ($at:expr) => {
            constants::SHA256[$at] as i32
        };
    }
    // Four steps, and the words of four later ones.
    macro_rules! steps {
        ($at:literal $m:ident) => {{
            // SAFETY: see the module.
            unsafe {
                let plus = _mm_set_epi32(plus!($at + 3), plus!($at + 2), plus!($at + 1), plus!($at));
                let sum = each(|k| _mm_add_epi32($m[k], plus));
                y = each(|k| _mm_sha256rnds2_epu32(y[k], x[k], sum[k]));
                x = each(|k| _mm_sha256rnds2_epu32(x[k], y[k], _mm_shuffle_epi32::<0x0e>(sum[k])));
            }
        }};
        ($at:literal $m:ident $next:ident $then:ident $last:ident) => {{
            steps!($at $m);
            // SAFETY: see the module.
            unsafe {
                $m = each(|k| {
                    let near = _mm_alignr_epi8::<4>($last[k], $then[k]);
                    let sum = _mm_add_epi32(_mm_sha256msg1_epu32($m[k], $next[k]), near);
                    _mm_sha256msg2_epu32(sum, $last[k])
                });
            }
        }};
    }
    steps!(0 m0 m1 m2 m3);
    steps!(4 m1 m2 m3 m0);
    steps!(8 m2 m3 m0 m1);
    steps!(12 m3 m0 m1 m2);
    steps!(16 m0 m1 m2 m3);
    steps!(20 m1 m2 m3 m0);
    steps!(24 m2 m3 m0 m1);
    steps!(28 m3 m0 m1 m2);
    steps!(32 m0 m1 m2 m3);
    steps!(36 m1 m2 m3 m0);
    steps!(40 m2 m3 m0 m1);
    steps!(44 m3 m0 m1 m2);
    steps!(48 m0);
    steps!(52 m1);
    steps!(56 m2);
    steps!(60 m3);
    abef.copy_from_slice(&x);
    cdgh.copy_from_slice(&y);
}

impl Hash<Four> for Instructed<Sha1> {
    const DIGEST: usize = <Sha1 as Hash<Four>>::DIGEST;
    const BIG_ENDIAN: bool = <Sha1 as Hash<Four>>::BIG_ENDIAN;
    const START: [u64; 8] = <Sha1 as Hash<Four>>::START;

    #[inline(always)]
    fn compress(state: &mut [Four; 8], block: &[Four; 16]) {
        const ABCD: [usize; 4] = [3, 2, 1, 0];
        // SAFETY: see the module.
        let zero = unsafe { _mm_setzero_si128() };
        let mut abcd = gathered(state, ABCD);
        let mut e = transposed([zero, zero, zero, register(state[4])]);
        let block = fours(block, [3, 2, 1, 0]);
        for first in (0..LANES).step_by(PAIR) {
            let (pair, words) = (first..first + PAIR, block.map(|four| each(|k| four[first + k])));
            sha1(&mut abcd[pair.clone()], &mut e[pair], words);
        }
        returned(state, ABCD, abcd);
        // With what came in, as the last instruction adds it.
        state[4] = words(transposed(e)[3]);
    }
}

/// The steps of SHA-1 on two messages.
#[inline(always)]
fn sha1(abcd: &mut [__m128i], e: &mut [__m128i], block: [Pair; 4]) {
    let ([mut m0, mut m1, mut m2, mut m3], mut x) = (block, [abcd[0], abcd[1]]);
    // SAFETY: see the module.
    let mut sum = unsafe { each(|k| _mm_add_epi32(e[k], m0[k])) };
    let mut before;
    // Four steps, of which the words have been added, and the words of the four behind them.
    macro_rules! steps {
        ($turn:literal $next:ident) => {{
            before = x;
            // SAFETY: see the module.
            unsafe {
                x = each(|k| _mm_sha1rnds4_epu32::<$turn>(x[k], sum[k]));
                sum = each(|k| _mm_sha1nexte_epu32(before[k], $next[k]));
            }
        }};
        ($turn:literal $next:ident = $m:ident $then:ident $last:ident) => {{
            // SAFETY: see the module.
            unsafe {
                $m = each(|k| {
                    let far = _mm_xor_si128(_mm_sha1msg1_epu32($m[k], $next[k]), $then[k]);
                    _mm_sha1msg2_epu32(far, $last[k])
                });
            }
            steps!($turn $next);
        }};
    }
    steps!(0 m1 = m0 m2 m3);
    steps!(0 m2 = m1 m3 m0);
    steps!(0 m3 = m2 m0 m1);
    steps!(0 m0 = m3 m1 m2);
    steps!(0 m1 = m0 m2 m3);
    steps!(1 m2 = m1 m3 m0);
    steps!(1 m3 = m2 m0 m1);
    steps!(1 m0 = m3 m1 m2);
    steps!(1 m1 = m0 m2 m3);
    steps!(1 m2 = m1 m3 m0);
    steps!(2 m3 = m2 m0 m1);
    steps!(2 m0 = m3 m1 m2);
    steps!(2 m1 = m0 m2 m3);
    steps!(2 m2 = m1 m3 m0);
    steps!(2 m3 = m2 m0 m1);
    steps!(3 m0 = m3 m1 m2);
    steps!(3 m1);
    steps!(3 m2);
    steps!(3 m3);
    before = x;
    // SAFETY: see the module.
    unsafe {
        x = each(|k| _mm_sha1rnds4_epu32::<3>(x[k], sum[k]));
        sum = each(|k| _mm_sha1nexte_epu32(before[k], e[k]));
    }
    abcd.copy_from_slice(&x);
    e.copy_from_slice(&sum);
}
