//! Vectors in 256-bit and 512-bit registers.
//!
//! SAFETY of every block here: these types are only named inside entries that are compiled for
//! their instruction set, and an entry runs only at a level that the processor has. Loads and
//! stores are unaligned and stay inside slices whose length is checked first.

use super::vector::Vector;
use super::weave;
use std::arch::x86_64::{
    __m256i, __m512i, _mm_cvtsi32_si128, _mm256_add_epi32, _mm256_add_epi64, _mm256_and_si256,
    _mm256_castsi256_pd, _mm256_castsi256_ps, _mm256_cmpeq_epi32, _mm256_cmpeq_epi64,
    _mm256_loadu_si256, _mm256_movemask_pd, _mm256_movemask_ps, _mm256_or_si256, _mm256_set1_epi32,
    _mm256_set1_epi64x, _mm256_sll_epi32, _mm256_sll_epi64, _mm256_srl_epi32, _mm256_srl_epi64,
    _mm256_storeu_si256, _mm256_xor_si256, _mm512_add_epi32, _mm512_add_epi64, _mm512_and_si512,
    _mm512_cmpeq_epi32_mask, _mm512_cmpeq_epi64_mask, _mm512_loadu_si512, _mm512_or_si512,
    _mm512_rol_epi32, _mm512_rol_epi64, _mm512_set1_epi32, _mm512_set1_epi64, _mm512_sll_epi32,
    _mm512_sll_epi64, _mm512_srl_epi32, _mm512_srl_epi64, _mm512_storeu_si512,
    _mm512_ternarylogic_epi32, _mm512_ternarylogic_epi64, _mm512_xor_si512,
};

/// A vector of one register: what all widths do in the same way, and what follows in braces each in
/// its own.
macro_rules! register {
    (
        $(#[$doc:meta])* $name:ident($register:ty) = $lanes:literal x $word:ty,
        $set1:ident as $as:ty, $load:ident, $store:ident, $add:ident, $xor:ident, $and:ident, $or:ident,
        $sll:ident, $srl:ident, $columns:ident, $rows:ident, $swap:ident, { $($own:tt)* }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy)]
        #[repr(transparent)]
        pub(super) struct $name($register);

        // SAFETY: a register lies in memory as its words do.
        unsafe impl Vector for $name {
            type Word = $word;
            const LANES: usize = $lanes;
            const BITS: u32 = <$word>::BITS;

            #[inline(always)]
            fn splat(word: u64) -> Self {
                // SAFETY: see the module.
                unsafe { Self($set1(word as $as)) }
            }
            #[inline(always)]
            fn load(words: &[$word]) -> Self {
                let words = &words[..$lanes];
                // SAFETY: see the module.
                unsafe { Self($load(words.as_ptr().cast())) }
            }
            #[inline(always)]
            fn store(self, words: &mut [$word]) {
                let words = &mut words[..$lanes];
                // SAFETY: see the module.
                unsafe { $store(words.as_mut_ptr().cast(), self.0) }
            }
            #[inline(always)]
            fn columns(rows: &[u8], columns: &mut [Self]) {
                // SAFETY: see the module.
                let own = unsafe { weave::$columns(&rows[..16 * $lanes]) };
                for (column, own) in columns.iter_mut().zip(own) {
                    *column = Self(own);
                }
            }
            #[inline(always)]
            fn rows(columns: &[Self], rows: &mut [$word]) {
                let columns = std::array::from_fn(|at| columns[at].0);
                // SAFETY: see the module.
                let own = unsafe { weave::$rows(columns) };
                for (rows, own) in rows.chunks_exact_mut($lanes).zip(own) {
                    Self(own).store(rows);
                }
            }
            #[inline(always)]
            fn swap(self) -> Self {
                // SAFETY: see the module.
                unsafe { Self(weave::$swap(self.0, Self::BITS)) }
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
                // SAFETY: see the module.
                unsafe { Self($add(self.0, other.0)) }
            }
            #[inline(always)]
            fn xor(self, other: Self) -> Self {
                // SAFETY: see the module.
                unsafe { Self($xor(self.0, other.0)) }
            }
            #[inline(always)]
            fn and(self, other: Self) -> Self {
                // SAFETY: see the module.
                unsafe { Self($and(self.0, other.0)) }
            }
            #[inline(always)]
            fn or(self, other: Self) -> Self {
                // SAFETY: see the module.
                unsafe { Self($or(self.0, other.0)) }
            }
            #[inline(always)]
            fn shl(self, bits: u32) -> Self {
                // SAFETY: see the module.
                unsafe { Self($sll(self.0, _mm_cvtsi32_si128(bits as i32))) }
            }
            #[inline(always)]
            fn shr(self, bits: u32) -> Self {
                // SAFETY: see the module.
                unsafe { Self($srl(self.0, _mm_cvtsi32_si128(bits as i32))) }
            }
            $($own)*
        }
    };
}

macro_rules! avx2 {
    ($name:ident, $lanes:literal x $word:ty, $set1:ident as $as:ty, $add:ident, $sll:ident, $srl:ident,
     $same:ident, $cast:ident, $mask:ident, $columns:ident, $rows:ident) => {
        register! {
            /// Words in a 256-bit register.
            $name(__m256i) = $lanes x $word, $set1 as $as, _mm256_loadu_si256, _mm256_storeu_si256,
            $add, _mm256_xor_si256, _mm256_and_si256, _mm256_or_si256, $sll, $srl, $columns, $rows,
            swap_256,
            {
                #[inline(always)]
                fn rotl<const N: i32>(self) -> Self {
                    self.shl(N as u32).or(self.shr(Self::BITS - N as u32))
                }
                #[inline(always)]
                fn equal(self, other: Self) -> u64 {
                    // SAFETY: see the module.
                    unsafe { $mask($cast($same(self.0, other.0))) as u64 }
                }
            }
        }
    };
}
avx2!(
    Avx2x32, 8 x u32, _mm256_set1_epi32 as i32, _mm256_add_epi32, _mm256_sll_epi32,
    _mm256_srl_epi32, _mm256_cmpeq_epi32, _mm256_castsi256_ps, _mm256_movemask_ps, columns_256x32, rows_256x32
);
avx2!(
    Avx2x64, 4 x u64, _mm256_set1_epi64x as i64, _mm256_add_epi64, _mm256_sll_epi64,
    _mm256_srl_epi64, _mm256_cmpeq_epi64, _mm256_castsi256_pd, _mm256_movemask_pd, columns_256x64, rows_256x64
);

macro_rules! avx512 {
    ($name:ident, $lanes:literal x $word:ty, $set1:ident as $as:ty, $add:ident, $sll:ident, $srl:ident,
     $rol:ident, $logic:ident, $same:ident, $columns:ident, $rows:ident) => {
        register! {
            /// Words in a 512-bit register.
            $name(__m512i) = $lanes x $word, $set1 as $as, _mm512_loadu_si512, _mm512_storeu_si512,
            $add, _mm512_xor_si512, _mm512_and_si512, _mm512_or_si512, $sll, $srl, $columns, $rows,
            swap_512,
            {
                #[inline(always)]
                fn rotl<const N: i32>(self) -> Self {
                    // SAFETY: see the module.
                    unsafe { Self($rol::<N>(self.0)) }
                }
                #[inline(always)]
                fn equal(self, other: Self) -> u64 {
                    // SAFETY: see the module.
                    unsafe { u64::from($same(self.0, other.0)) }
                }
                // The numbers are truth tables: the result for each of the eight cases of three bits.
                #[inline(always)]
                fn choose(self, x: Self, y: Self) -> Self {
                    // SAFETY: see the module.
                    unsafe { Self($logic::<0xCA>(self.0, x.0, y.0)) }
                }
                #[inline(always)]
                fn majority(self, x: Self, y: Self) -> Self {
                    // SAFETY: see the module.
                    unsafe { Self($logic::<0xE8>(self.0, x.0, y.0)) }
                }
                #[inline(always)]
                fn parity(self, x: Self, y: Self) -> Self {
                    // SAFETY: see the module.
                    unsafe { Self($logic::<0x96>(self.0, x.0, y.0)) }
                }
                #[inline(always)]
                fn md5_i(self, x: Self, y: Self) -> Self {
                    // SAFETY: see the module.
                    unsafe { Self($logic::<0x39>(self.0, x.0, y.0)) }
                }
            }
        }
    };
}
avx512!(
    Avx512x32, 16 x u32, _mm512_set1_epi32 as i32, _mm512_add_epi32, _mm512_sll_epi32,
    _mm512_srl_epi32, _mm512_rol_epi32, _mm512_ternarylogic_epi32, _mm512_cmpeq_epi32_mask, columns_512x32, rows_512x32
);
avx512!(
    Avx512x64, 8 x u64, _mm512_set1_epi64 as i64, _mm512_add_epi64, _mm512_sll_epi64,
    _mm512_srl_epi64, _mm512_rol_epi64, _mm512_ternarylogic_epi64, _mm512_cmpeq_epi64_mask, columns_512x64, rows_512x64
);
