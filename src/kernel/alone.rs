//! SHA one message at a time, by crates that use what instructions the processor has for it: short
//! vectors do not keep up with those.

use super::hash::{Hash, Sha1, Sha256, Sha512};
use super::vector::{Portable, Vector};
use std::marker::PhantomData;
use std::slice;

/// A hash as its crate computes it.
pub(super) struct Alone<H>(PhantomData<H>);

macro_rules! alone {
    ($hash:ty, $word:ty, $words:literal, $size:literal, $compress:path) => {
        impl Hash<Portable<$word, 1>> for Alone<$hash> {
            const DIGEST: usize = <$hash as Hash<Portable<$word, 1>>>::DIGEST;
            const BIG_ENDIAN: bool = <$hash as Hash<Portable<$word, 1>>>::BIG_ENDIAN;
            const START: [u64; 8] = <$hash as Hash<Portable<$word, 1>>>::START;

            fn compress(state: &mut [Portable<$word, 1>; 8], block: &[Portable<$word, 1>; 16]) {
                let (mut words, mut bytes) = ([0; $words], [0; 16 * $size]);
                for (word, own) in words.iter_mut().zip(&*state) {
                    own.store(slice::from_mut(word));
                }
                for (place, own) in bytes.as_chunks_mut::<$size>().0.iter_mut().zip(block) {
                    let mut word = 0;
                    own.store(slice::from_mut(&mut word));
                    *place = word.to_be_bytes();
                }
                $compress(&mut words, &[bytes]);
                for (own, word) in state.iter_mut().zip(words) {
                    *own = Vector::load(&[word]);
                }
            }
        }
    };
}
alone!(Sha1, u32, 5, 4, sha1::block_api::compress);
alone!(Sha256, u32, 8, 4, sha2::block_api::compress256);
alone!(Sha512, u64, 8, 8, sha2::block_api::compress512);
