//! Vectors of words, the same operations at every level. Hashes are written once over [`Vector`];
//! each entry of a kernel is compiled for each instruction set, with these operations inlined.

use super::many::Pack;

/// Most columns that become rows at a time.
const LONGEST_PART: usize = 4;

/// Several words that are worked on side by side.
///
/// # Safety
/// A vector lies in memory as [`Vector::LANES`] words, and any words are a vector.
pub(super) unsafe trait Vector: Copy {
    /// `u32` or `u64`.
    type Word: Pack;
    /// How many there are.
    const LANES: usize;
    /// Bits of a word.
    const BITS: u32;

    /// The same word in all lanes.
    fn splat(word: u64) -> Self;
    /// The first words of a slice, which holds at least [`Vector::LANES`].
    fn load(words: &[Self::Word]) -> Self;
    /// Writes all lanes to the beginning of a slice.
    fn store(self, words: &mut [Self::Word]);
    /// A word from 64 bits, upper ones dropped.
    fn word(bits: u64) -> Self::Word;
    /// A word as 64 bits.
    fn bits(word: Self::Word) -> u64;
    /// Sum without carry out of a lane.
    fn add(self, other: Self) -> Self;
    /// Bitwise exclusive or.
    fn xor(self, other: Self) -> Self;
    /// Bitwise and.
    fn and(self, other: Self) -> Self;
    /// Bitwise or.
    fn or(self, other: Self) -> Self;
    /// Rotated to the left.
    fn rotl<const N: i32>(self) -> Self;
    /// Shifted to the left by the same number of bits in all lanes.
    fn shl(self, bits: u32) -> Self;
    /// Shifted to the right, zeros coming in.
    fn shr(self, bits: u32) -> Self;

    /// Lanes in which both have the same word, as bits; of at most 64 lanes.
    fn equal(self, other: Self) -> u64;

    /// The words of as many rows of a few as there are lanes, one column to a vector; the lowest byte
    /// of a word stands first.
    fn columns(rows: &[u8], columns: &mut [Self]);
    /// The other way about: columns become rows.
    fn rows(columns: &[Self], rows: &mut [Self::Word]);

    /// Every word with its bytes in the other order.
    #[inline(always)]
    fn swap(self) -> Self {
        let swapped = |own: Self, bits: u32, low: u64| {
            let low = Self::splat(low);
            own.shr(bits).and(low).or(own.and(low).shl(bits))
        };
        let pairs = swapped(self, 8, 0x00ff_00ff_00ff_00ff);
        let fours = swapped(pairs, 16, 0x0000_ffff_0000_ffff);
        if Self::BITS == 64 { fours.shl(32).or(fours.shr(32)) } else { fours }
    }

    /// Bits of `x` where this has ones, of `y` where it has zeros.
    #[inline(always)]
    fn choose(self, x: Self, y: Self) -> Self {
        y.xor(self.and(x.xor(y)))
    }

    /// The bit that most of three have.
    #[inline(always)]
    fn majority(self, x: Self, y: Self) -> Self {
        self.and(x).or(y.and(self.or(x)))
    }

    /// Exclusive or of three.
    #[inline(always)]
    fn parity(self, x: Self, y: Self) -> Self {
        self.xor(x).xor(y)
    }

    /// RFC 1321's I: `x ^ (self | !y)`.
    #[inline(always)]
    fn md5_i(self, x: Self, y: Self) -> Self {
        x.xor(self.or(y.xor(Self::splat(u64::MAX))))
    }
}

/// Lanes as an array: the compiler makes of it what the target has.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub(super) struct Portable<W, const L: usize>([W; L]);

macro_rules! portable {
    ($word:ty) => {
        impl<const L: usize> Portable<$word, L> {
            #[inline(always)]
            fn each(mut self, f: impl Fn($word, usize) -> $word) -> Self {
                for lane in 0..L {
                    self.0[lane] = f(self.0[lane], lane);
                }
                self
            }
        }

        // SAFETY: it is an array of them.
        unsafe impl<const L: usize> Vector for Portable<$word, L> {
            type Word = $word;
            const LANES: usize = L;
            const BITS: u32 = <$word>::BITS;

            #[inline(always)]
            fn splat(word: u64) -> Self {
                Self([word as $word; L])
            }
            #[inline(always)]
            fn load(words: &[$word]) -> Self {
                Self([0; L]).each(|_, lane| words[lane])
            }
            #[inline(always)]
            fn store(self, words: &mut [$word]) {
                words[..L].copy_from_slice(&self.0);
            }
            #[inline(always)]
            fn columns(rows: &[u8], columns: &mut [Self]) {
                let (words, _) = rows.as_chunks::<{ size_of::<$word>() }>();
                let width = columns.len();
                for (at, column) in columns.iter_mut().enumerate() {
                    *column = column.each(|_, row| <$word>::from_le_bytes(words[row * width + at]));
                }
            }
            #[inline(always)]
            fn rows(columns: &[Self], rows: &mut [$word]) {
                for (row, words) in rows.chunks_exact_mut(columns.len()).enumerate() {
                    for (word, column) in words.iter_mut().zip(columns) {
                        *word = column.0[row].to_le();
                    }
                }
            }
            #[inline(always)]
            fn word(bits: u64) -> $word {
                bits as $word
            }
            #[inline(always)]
            fn bits(word: $word) -> u64 {
                u64::from(word)
            }
            #[inline(always)]
            fn add(self, other: Self) -> Self {
                self.each(|own, lane| own.wrapping_add(other.0[lane]))
            }
            #[inline(always)]
            fn xor(self, other: Self) -> Self {
                self.each(|own, lane| own ^ other.0[lane])
            }
            #[inline(always)]
            fn and(self, other: Self) -> Self {
                self.each(|own, lane| own & other.0[lane])
            }
            #[inline(always)]
            fn or(self, other: Self) -> Self {
                self.each(|own, lane| own | other.0[lane])
            }
            #[inline(always)]
            fn rotl<const N: i32>(self) -> Self {
                self.each(|own, _| own.rotate_left(N as u32))
            }
            #[inline(always)]
            fn shl(self, bits: u32) -> Self {
                self.each(|own, _| own << bits)
            }
            #[inline(always)]
            fn shr(self, bits: u32) -> Self {
                self.each(|own, _| own >> bits)
            }
            #[inline(always)]
            fn equal(self, other: Self) -> u64 {
                let same = |lane: usize| u64::from(self.0[lane] == other.0[lane]) << lane;
                (0..L).fold(0, |found, lane| found | same(lane))
            }
        }
    };
}
portable!(u32);
portable!(u64);

/// `K` vectors as one: independent work that fills the waiting of each.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub(super) struct Wide<V, const K: usize>([V; K]);

impl<V: Vector, const K: usize> Wide<V, K> {
    #[inline(always)]
    fn each(mut self, f: impl Fn(V, usize) -> V) -> Self {
        for k in 0..K {
            self.0[k] = f(self.0[k], k);
        }
        self
    }
}

// SAFETY: it is an array of vectors.
unsafe impl<V: Vector, const K: usize> Vector for Wide<V, K> {
    type Word = V::Word;
    const LANES: usize = V::LANES * K;
    const BITS: u32 = V::BITS;

    #[inline(always)]
    fn splat(word: u64) -> Self {
        Self([V::splat(word); K])
    }
    #[inline(always)]
    fn load(words: &[V::Word]) -> Self {
        Self::splat(0).each(|_, k| V::load(&words[k * V::LANES..]))
    }
    #[inline(always)]
    fn store(self, words: &mut [V::Word]) {
        for (k, vector) in self.0.into_iter().enumerate() {
            vector.store(&mut words[k * V::LANES..]);
        }
    }
    #[inline(always)]
    fn columns(rows: &[u8], columns: &mut [Self]) {
        let size = rows.len() / K;
        let mut part = [V::splat(0); LONGEST_PART];
        let part = &mut part[..columns.len()];
        for (k, rows) in rows.chunks_exact(size).enumerate() {
            V::columns(rows, part);
            for (column, own) in columns.iter_mut().zip(&*part) {
                column.0[k] = *own;
            }
        }
    }
    #[inline(always)]
    fn rows(columns: &[Self], rows: &mut [V::Word]) {
        let size = rows.len() / K;
        let mut part = [V::splat(0); LONGEST_PART];
        let part = &mut part[..columns.len()];
        for (k, rows) in rows.chunks_exact_mut(size).enumerate() {
            for (own, column) in part.iter_mut().zip(columns) {
                *own = column.0[k];
            }
            V::rows(part, rows);
        }
    }
    #[inline(always)]
    fn swap(self) -> Self {
        self.each(|own, _| own.swap())
    }
    #[inline(always)]
    fn word(bits: u64) -> V::Word {
        V::word(bits)
    }
    #[inline(always)]
    fn bits(word: V::Word) -> u64 {
        V::bits(word)
    }
    #[inline(always)]
    fn add(self, other: Self) -> Self {
        self.each(|own, k| own.add(other.0[k]))
    }
    #[inline(always)]
    fn xor(self, other: Self) -> Self {
        self.each(|own, k| own.xor(other.0[k]))
    }
    #[inline(always)]
    fn and(self, other: Self) -> Self {
        self.each(|own, k| own.and(other.0[k]))
    }
    #[inline(always)]
    fn or(self, other: Self) -> Self {
        self.each(|own, k| own.or(other.0[k]))
    }
    #[inline(always)]
    fn rotl<const N: i32>(self) -> Self {
        self.each(|own, _| own.rotl::<N>())
    }
    #[inline(always)]
    fn shl(self, bits: u32) -> Self {
        self.each(|own, _| own.shl(bits))
    }
    #[inline(always)]
    fn shr(self, bits: u32) -> Self {
        self.each(|own, _| own.shr(bits))
    }
    #[inline(always)]
    fn equal(self, other: Self) -> u64 {
        let same = |k: usize| self.0[k].equal(other.0[k]) << (k * V::LANES);
        (0..K).fold(0, |found, k| found | same(k))
    }
    #[inline(always)]
    fn choose(self, x: Self, y: Self) -> Self {
        self.each(|own, k| own.choose(x.0[k], y.0[k]))
    }
    #[inline(always)]
    fn majority(self, x: Self, y: Self) -> Self {
        self.each(|own, k| own.majority(x.0[k], y.0[k]))
    }
    #[inline(always)]
    fn parity(self, x: Self, y: Self) -> Self {
        self.each(|own, k| own.parity(x.0[k], y.0[k]))
    }
    #[inline(always)]
    fn md5_i(self, x: Self, y: Self) -> Self {
        self.each(|own, k| own.md5_i(x.0[k], y.0[k]))
    }
}
