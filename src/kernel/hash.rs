//! The compression functions, once for all vectors.

#![expect(clippy::many_single_char_names, reason = "the names of the RFCs and of FIPS 180-4")]

use super::vector::Vector;

/// A hash of the Merkle-Damgard family whose blocks have sixteen words.
pub(super) trait Hash<V: Vector> {
    /// Words of a digest.
    const DIGEST: usize;
    /// Whether the first byte of a word is its highest.
    const BIG_ENDIAN: bool;
    /// Start values; unused ones are zero.
    const START: [u64; 8];

    /// Takes one block into the state.
    fn compress(state: &mut [V; 8], block: &[V; 16]);

    /// Takes the block in which HMAC ends, a digest behind one block of key: what surrounds the digest
    /// is known where this is compiled, and costs less.
    #[inline(always)]
    fn follow(state: &mut [V; 8], digest: &[V; 8]) {
        let bits = 8 * V::BITS as usize / 8 * (16 + Self::DIGEST);
        let mut block = [V::splat(0); 16];
        block[..Self::DIGEST].copy_from_slice(&digest[..Self::DIGEST]);
        block[Self::DIGEST] = V::splat(if Self::BIG_ENDIAN { 1 << (V::BITS - 1) } else { 0x80 });
        block[if Self::BIG_ENDIAN { 15 } else { 14 }] = V::splat(bits as u64);
        Self::compress(state, &block);
    }
}

/// A hash for one vector: its compression function is compiled once for each instruction set, and
/// the kernels call it.
pub(super) struct Engine<V> {
    compress: unsafe fn(&mut [V; 8], &[V; 16]),
    follow: unsafe fn(&mut [V; 8], &[V; 8]),
    start: [V; 8],
    /// Words of a digest.
    pub(super) digest: usize,
    /// Whether the first byte of a word is its highest.
    pub(super) big_endian: bool,
}

impl<V: Vector> Engine<V> {
    /// The engine of a hash.
    ///
    /// # Safety
    /// These are [`Hash::compress`] and [`Hash::follow`] compiled for an instruction set that the
    /// processor has.
    pub(super) unsafe fn of<H: Hash<V>>(
        compress: unsafe fn(&mut [V; 8], &[V; 16]),
        follow: unsafe fn(&mut [V; 8], &[V; 8]),
    ) -> Self {
        let (digest, big_endian) = (H::DIGEST, H::BIG_ENDIAN);
        Self { compress, follow, start: H::START.map(V::splat), digest, big_endian }
    }

    /// The state before the first block.
    pub(super) const fn start(&self) -> [V; 8] {
        self.start
    }

    /// Puts the words of a state that count back to what they were before the first block.
    #[inline(always)]
    pub(super) fn restart(&self, state: &mut [V; 8]) {
        state[..self.digest].copy_from_slice(&self.start[..self.digest]);
    }

    /// Takes one block into the state.
    #[inline(always)]
    pub(super) fn compress(&self, state: &mut [V; 8], block: &[V; 16]) {
        // SAFETY: whoever made the engine vouched for it.
        unsafe { (self.compress)(state, block) }
    }

    /// Takes the block in which HMAC ends.
    #[inline(always)]
    pub(super) fn follow(&self, state: &mut [V; 8], digest: &[V; 8]) {
        // SAFETY: as above.
        unsafe { (self.follow)(state, digest) }
    }

    /// Bytes of a digest.
    pub(super) const fn bytes(&self) -> usize {
        self.digest * V::BITS as usize / 8
    }
}

/// RFC 1320.
pub(super) struct Md4;
/// RFC 1321.
pub(super) struct Md5;
/// FIPS 180-4.
pub(super) struct Sha1;
/// FIPS 180-4.
pub(super) struct Sha256;
/// FIPS 180-4.
pub(super) struct Sha512;

const MD: [u64; 8] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0, 0, 0, 0];

/// The same block, to be read anew: words of the last round that stayed in registers would push the
/// state out of them.
#[inline(always)]
fn anew<V>(block: &[V; 16]) -> &[V; 16] {
    std::hint::black_box(block)
}

/// Steps of MD4 and MD5: `$mix` of three words, a word of the block and a constant.
macro_rules! md_steps {
    ($block:ident; $mix:expr; $($a:ident $b:ident $c:ident $d:ident $word:literal $turn:literal $plus:literal $then:expr;)+) => {
        $(
            let sum = $a.add($block[$word]).add($mix($b, $c, $d));
            let plus: u64 = $plus;
            let sum = if plus == 0 { sum } else { sum.add(V::splat(plus)) };
            $a = $then(sum.rotl::<$turn>(), $b);
        )+
    };
}

macro_rules! md4_round {
    ($block:ident $a:ident $b:ident $c:ident $d:ident; $mix:expr; $plus:literal;
     $t0:literal $t1:literal $t2:literal $t3:literal; $($w0:literal $w1:literal $w2:literal $w3:literal),+) => {
        $(md_steps!($block; $mix;
            $a $b $c $d $w0 $t0 $plus |turned, _| turned;
            $d $a $b $c $w1 $t1 $plus |turned, _| turned;
            $c $d $a $b $w2 $t2 $plus |turned, _| turned;
            $b $c $d $a $w3 $t3 $plus |turned, _| turned;
        );)+
    };
}

impl<V: Vector> Hash<V> for Md4 {
    const DIGEST: usize = 4;
    const BIG_ENDIAN: bool = false;
    const START: [u64; 8] = MD;

    #[inline(always)]
    fn compress(state: &mut [V; 8], block: &[V; 16]) {
        let [mut a, mut b, mut c, mut d, ..] = *state;
        md4_round!(block a b c d; |x: V, y, z| x.choose(y, z); 0; 3 7 11 19;
            0 1 2 3, 4 5 6 7, 8 9 10 11, 12 13 14 15);
        let block = anew(block);
        md4_round!(block a b c d; |x: V, y, z| x.majority(y, z); 0x5a82_7999; 3 5 9 13;
            0 4 8 12, 1 5 9 13, 2 6 10 14, 3 7 11 15);
        let block = anew(block);
        md4_round!(block a b c d; |x: V, y, z| x.parity(y, z); 0x6ed9_eba1; 3 9 11 15;
            0 8 4 12, 2 10 6 14, 1 9 5 13, 3 11 7 15);
        add(state, [a, b, c, d]);
    }
}

macro_rules! md5_round {
    ($block:ident $a:ident $b:ident $c:ident $d:ident; $mix:expr;
     $t0:literal $t1:literal $t2:literal $t3:literal;
     $($w0:literal $k0:literal $w1:literal $k1:literal $w2:literal $k2:literal $w3:literal $k3:literal),+ $(,)?) => {
        $(md_steps!($block; $mix;
            $a $b $c $d $w0 $t0 $k0 |turned: V, b| turned.add(b);
            $d $a $b $c $w1 $t1 $k1 |turned: V, b| turned.add(b);
            $c $d $a $b $w2 $t2 $k2 |turned: V, b| turned.add(b);
            $b $c $d $a $w3 $t3 $k3 |turned: V, b| turned.add(b);
        );)+
    };
}

impl<V: Vector> Hash<V> for Md5 {
    const DIGEST: usize = 4;
    const BIG_ENDIAN: bool = false;
    const START: [u64; 8] = MD;

    #[inline(always)]
    fn compress(state: &mut [V; 8], block: &[V; 16]) {
        let [mut a, mut b, mut c, mut d, ..] = *state;
        md5_round!(block a b c d; |x: V, y, z| x.choose(y, z); 7 12 17 22;
            0 0xd76a_a478 1 0xe8c7_b756 2 0x2420_70db 3 0xc1bd_ceee,
            4 0xf57c_0faf 5 0x4787_c62a 6 0xa830_4613 7 0xfd46_9501,
            8 0x6980_98d8 9 0x8b44_f7af 10 0xffff_5bb1 11 0x895c_d7be,
            12 0x6b90_1122 13 0xfd98_7193 14 0xa679_438e 15 0x49b4_0821);
        let block = anew(block);
        md5_round!(block a b c d; |x: V, y: V, z: V| z.choose(x, y); 5 9 14 20;
            1 0xf61e_2562 6 0xc040_b340 11 0x265e_5a51 0 0xe9b6_c7aa,
            5 0xd62f_105d 10 0x0244_1453 15 0xd8a1_e681 4 0xe7d3_fbc8,
            9 0x21e1_cde6 14 0xc337_07d6 3 0xf4d5_0d87 8 0x455a_14ed,
            13 0xa9e3_e905 2 0xfcef_a3f8 7 0x676f_02d9 12 0x8d2a_4c8a);
        let block = anew(block);
        md5_round!(block a b c d; |x: V, y, z| x.parity(y, z); 4 11 16 23;
            5 0xfffa_3942 8 0x8771_f681 11 0x6d9d_6122 14 0xfde5_380c,
            1 0xa4be_ea44 4 0x4bde_cfa9 7 0xf6bb_4b60 10 0xbebf_bc70,
            13 0x289b_7ec6 0 0xeaa1_27fa 3 0xd4ef_3085 6 0x0488_1d05,
            9 0xd9d4_d039 12 0xe6db_99e5 15 0x1fa2_7cf8 2 0xc4ac_5665);
        let block = anew(block);
        md5_round!(block a b c d; |x: V, y, z| x.md5_i(y, z); 6 10 15 21;
            0 0xf429_2244 7 0x432a_ff97 14 0xab94_23a7 5 0xfc93_a039,
            12 0x655b_59c3 3 0x8f0c_cc92 10 0xffef_f47d 1 0x8584_5dd1,
            8 0x6fa8_7e4f 15 0xfe2c_e6e0 6 0xa301_4314 13 0x4e08_11a1,
            4 0xf753_7e82 11 0xbd3a_f235 2 0x2ad7_d2bb 9 0xeb86_d391);
        add(state, [a, b, c, d]);
    }
}

#[inline(always)]
fn add<V: Vector, const N: usize>(state: &mut [V; 8], words: [V; N]) {
    for (place, word) in state.iter_mut().zip(words) {
        *place = place.add(word);
    }
}

impl<V: Vector> Hash<V> for Sha1 {
    const DIGEST: usize = 5;
    const BIG_ENDIAN: bool = true;
    const START: [u64; 8] =
        [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0, 0, 0, 0];

    #[inline(always)]
    fn compress(state: &mut [V; 8], block: &[V; 16]) {
        const PLUS: [u64; 4] = [0x5a82_7999, 0x6ed9_eba1, 0x8f1b_bcdc, 0xca62_c1d6];
        let [mut a, mut b, mut c, mut d, mut e, ..] = *state;
        let mut schedule = *block;
        macro_rules! steps {
            ($($five:literal)+) => {
                $(
                    step!($five, a b c d e);
                    step!({ $five + 1 }, e a b c d);
                    step!({ $five + 2 }, d e a b c);
                    step!({ $five + 3 }, c d e a b);
                    step!({ $five + 4 }, b c d e a);
                )+
            };
        }
        macro_rules! step {
            ($number:expr, $a:ident $b:ident $c:ident $d:ident $e:ident) => {
                {
                const NUMBER: usize = $number;
                if NUMBER >= 16 {
                    let near = schedule[(NUMBER + 13) % 16].parity(schedule[(NUMBER + 8) % 16], schedule[(NUMBER + 2) % 16]);
                    schedule[NUMBER % 16] = near.xor(schedule[NUMBER % 16]).rotl::<1>();
                }
                let mixed = match NUMBER / 20 {
                    0 => $b.choose($c, $d),
                    2 => $b.majority($c, $d),
                    _ => $b.parity($c, $d),
                };
                let sum = $e.add(schedule[NUMBER % 16]).add(V::splat(PLUS[NUMBER / 20]));
                $e = sum.add(mixed).add($a.rotl::<5>());
                $b = $b.rotl::<30>();
                }
            };
        }
        steps!(0 5 10 15 20 25 30 35 40 45 50 55 60 65 70 75);
        add(state, [a, b, c, d, e]);
    }
}

/// What SHA-256 and SHA-512 do not share.
trait Sha2 {
    /// Constants of the steps.
    const PLUS: &[u64];

    /// FIPS 180-4's small sigma 0.
    fn small0<V: Vector>(word: V) -> V;
    /// Small sigma 1.
    fn small1<V: Vector>(word: V) -> V;
    /// Big sigma 0.
    fn big0<V: Vector>(word: V) -> V;
    /// Big sigma 1.
    fn big1<V: Vector>(word: V) -> V;
}

/// Sixteen steps at a time: words take turns by name, and stay in registers where there are enough.
#[inline(always)]
fn sha2<H: Sha2, V: Vector>(state: &mut [V; 8], block: &[V; 16]) {
    let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = *state;
    let mut schedule = *block;
    macro_rules! word {
        (known $at:expr) => {
            schedule[$at]
        };
        (next $at:expr) => {{
            let small =
                H::small0(schedule[($at + 1) % 16]).add(H::small1(schedule[($at + 14) % 16]));
            schedule[$at] = schedule[$at].add(schedule[($at + 9) % 16]).add(small);
            schedule[$at]
        }};
    }
    macro_rules! step {
        ($word:expr, $a:ident $b:ident $c:ident $d:ident $e:ident $f:ident $g:ident $h:ident) => {
            let sum = $h.add($word).add($e.choose($f, $g)).add(H::big1($e));
            $d = $d.add(sum);
            $h = sum.add(H::big0($a).add($a.majority($b, $c)));
        };
    }
    macro_rules! eights {
        ($plus:ident $which:ident $($from:literal)+) => {$(
            step!(eights!(@sum $plus $which $from), a b c d e f g h);
            step!(eights!(@sum $plus $which $from + 1), h a b c d e f g);
            step!(eights!(@sum $plus $which $from + 2), g h a b c d e f);
            step!(eights!(@sum $plus $which $from + 3), f g h a b c d e);
            step!(eights!(@sum $plus $which $from + 4), e f g h a b c d);
            step!(eights!(@sum $plus $which $from + 5), d e f g h a b c);
            step!(eights!(@sum $plus $which $from + 6), c d e f g h a b);
            step!(eights!(@sum $plus $which $from + 7), b c d e f g h a);
        )+};
        (@sum $plus:ident $which:ident $at:expr) => {
            word!($which $at).add(V::splat($plus[$at]))
        };
    }
    let (first, rest) = H::PLUS.split_at(16);
    let (second, rest) = rest.split_at(16);
    eights!(first known 0 8);
    // Apart from the others: what is known of a block goes on into these words.
    eights!(second next 0 8);
    for plus in rest.as_chunks::<16>().0 {
        eights!(plus next 0 8);
    }
    add(state, [a, b, c, d, e, f, g, h]);
}

macro_rules! sha2 {
    ($name:ident, $bits:literal, $start:expr, $plus:expr,
     [$s0a:literal $s0b:literal $s0s:literal] [$s1a:literal $s1b:literal $s1s:literal]
     [$b0a:literal $b0b:literal $b0c:literal] [$b1a:literal $b1b:literal $b1c:literal]) => {
        impl Sha2 for $name {
            const PLUS: &[u64] = &$plus;

            #[inline(always)]
            fn small0<V: Vector>(word: V) -> V {
                let (a, b) = (word.rotl::<{ $bits - $s0a }>(), word.rotl::<{ $bits - $s0b }>());
                a.parity(b, word.shr($s0s))
            }
            #[inline(always)]
            fn small1<V: Vector>(word: V) -> V {
                let (a, b) = (word.rotl::<{ $bits - $s1a }>(), word.rotl::<{ $bits - $s1b }>());
                a.parity(b, word.shr($s1s))
            }
            #[inline(always)]
            fn big0<V: Vector>(word: V) -> V {
                let (a, b) = (word.rotl::<{ $bits - $b0a }>(), word.rotl::<{ $bits - $b0b }>());
                a.parity(b, word.rotl::<{ $bits - $b0c }>())
            }
            #[inline(always)]
            fn big1<V: Vector>(word: V) -> V {
                let (a, b) = (word.rotl::<{ $bits - $b1a }>(), word.rotl::<{ $bits - $b1b }>());
                a.parity(b, word.rotl::<{ $bits - $b1c }>())
            }
        }

        impl<V: Vector> Hash<V> for $name {
            const DIGEST: usize = 8;
            const BIG_ENDIAN: bool = true;
            const START: [u64; 8] = $start;

            #[inline(always)]
            fn compress(state: &mut [V; 8], block: &[V; 16]) {
                sha2::<Self, V>(state, block);
            }
        }
    };
}

sha2!(Sha256, 32,
    [0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19],
    super::constants::SHA256, [7 18 3] [17 19 10] [2 13 22] [6 11 25]);
sha2!(Sha512, 64,
    [0x6a09_e667_f3bc_c908, 0xbb67_ae85_84ca_a73b, 0x3c6e_f372_fe94_f82b, 0xa54f_f53a_5f1d_36f1,
     0x510e_527f_ade6_82d1, 0x9b05_688c_2b3e_6c1f, 0x1f83_d9ab_fb41_bd6b, 0x5be0_cd19_137e_2179],
    super::constants::SHA512, [1 8 7] [19 61 6] [28 34 39] [14 18 41]);
