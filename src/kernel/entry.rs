//! Entries of the kernels: one for each job, compiled for each instruction set.

use super::alone::Alone;
use super::hash::{Engine, Hash, Md4, Md5, Sha1, Sha256, Sha512};
#[cfg(target_arch = "x86_64")]
use super::sha::{Four, Instructed};
use super::vector::{Portable, Wide};
#[cfg(target_arch = "x86_64")]
use super::x86::{Avx2x32, Avx2x64, Avx512x32, Avx512x64};
use super::{Level, bare, chain, endings, many, rounds};

/// A hash that kernels know.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Algorithm {
    /// RFC 1320.
    Md4,
    /// RFC 1321.
    Md5,
    /// FIPS 180-4.
    Sha1,
    /// FIPS 180-4.
    Sha256,
    /// FIPS 180-4.
    Sha512,
}

/// Takes the digest of each job by the job's position.
type Each<'e> = &'e mut dyn FnMut(usize, &[u8]);

/// The engines of a level. How many vectors a hash works on at once is measured; chains have their own
/// number for MD5, because their messages must stay near.
macro_rules! engines {
    ($module:ident, $compiled:meta; $($name:ident $hash:ty, $vector:ty;)+) => {
        mod $module {
            use super::*;
            $(
                pub(super) fn $name() -> Engine<$vector> {
                    #[$compiled]
                    fn compress(state: &mut [$vector; 8], block: &[$vector; 16]) {
                        <$hash as Hash<$vector>>::compress(state, block);
                    }
                    #[$compiled]
                    fn follow(state: &mut [$vector; 8], digest: &[$vector; 8]) {
                        <$hash as Hash<$vector>>::follow(state, digest);
                    }
                    // SAFETY: levels are only made where the processor has their instructions.
                    unsafe { Engine::of::<$hash>(compress, follow) }
                }
            )+
        }
    };
}

#[cfg(target_arch = "x86_64")]
engines! {
    avx512, target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl");
    md4 Md4, Wide<Avx512x32, 6>;
    md5 Md5, Wide<Avx512x32, 6>;
    md5_chained Md5, Wide<Avx512x32, 4>;
    sha1 Sha1, Wide<Avx512x32, 2>;
    sha256 Sha256, Avx512x32;
    sha512 Sha512, Wide<Avx512x64, 2>;
}
#[cfg(target_arch = "x86_64")]
engines! {
    avx2, target_feature(enable = "avx2");
    md4 Md4, Wide<Avx2x32, 2>;
    md5 Md5, Wide<Avx2x32, 2>;
    md5_chained Md5, Wide<Avx2x32, 2>;
    sha1 Sha1, Avx2x32;
    sha256 Sha256, Avx2x32;
    sha512 Sha512, Avx2x64;
}
#[cfg(target_arch = "x86_64")]
engines! {
    sha, target_feature(enable = "sha,sse4.1");
    sha1 Instructed<Sha1>, Four;
    sha256 Instructed<Sha256>, Four;
}
engines! {
    portable, inline(never);
    md4 Md4, Portable<u32, 8>;
    md5 Md5, Portable<u32, 8>;
    md5_chained Md5, Portable<u32, 8>;
    sha1 Alone<Sha1>, Portable<u32, 1>;
    sha256 Alone<Sha256>, Portable<u32, 1>;
    sha512 Alone<Sha512>, Portable<u64, 1>;
}

macro_rules! by_algorithm {
    ($level:ident, $md5:ident, $module:ident::$body:ident($algorithm:ident, $jobs:ident, $each:ident)) => {
        match $algorithm {
            Algorithm::Md4 => $module::$body(&$level::md4(), $jobs, $each),
            Algorithm::Md5 => $module::$body(&$level::$md5(), $jobs, $each),
            Algorithm::Sha1 => $module::$body(&$level::sha1(), $jobs, $each),
            Algorithm::Sha256 => $module::$body(&$level::sha256(), $jobs, $each),
            Algorithm::Sha512 => $module::$body(&$level::sha512(), $jobs, $each),
        }
    };
}

macro_rules! entry {
    ($(#[$doc:meta])* $name:ident($jobs:ty) = $module:ident::$body:ident with $md5:ident) => {
        $(#[$doc])*
        pub fn $name(level: Level, algorithm: Algorithm, jobs: $jobs, each: Each<'_>) {
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl")]
            fn on_avx512(algorithm: Algorithm, jobs: $jobs, each: Each<'_>) {
                by_algorithm!(avx512, $md5, $module::$body(algorithm, jobs, each));
            }
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2")]
            fn on_avx2(algorithm: Algorithm, jobs: $jobs, each: Each<'_>) {
                by_algorithm!(avx2, $md5, $module::$body(algorithm, jobs, each));
            }
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "sha,sse4.1")]
            fn on_sha(algorithm: Algorithm, jobs: $jobs, each: Each<'_>) {
                if algorithm == Algorithm::Sha1 {
                    $module::$body(&sha::sha1(), jobs, each);
                } else {
                    $module::$body(&sha::sha256(), jobs, each);
                }
            }
            match level.of(algorithm) {
                #[cfg(target_arch = "x86_64")]
                // SAFETY: levels are only made where the processor has their instructions.
                Level::Avx512 => unsafe { on_avx512(algorithm, jobs, each) },
                #[cfg(target_arch = "x86_64")]
                // SAFETY: as above.
                Level::Avx2 => unsafe { on_avx2(algorithm, jobs, each) },
                #[cfg(target_arch = "x86_64")]
                // SAFETY: as above; only SHA-1 and SHA-256 are made at this one.
                Level::Sha => unsafe { on_sha(algorithm, jobs, each) },
                _ => by_algorithm!(portable, $md5, $module::$body(algorithm, jobs, each)),
            }
        }
    };
}

entry! {
    /// Digests of words of one block each, [`SHORT`](super::SHORT) bytes at most, handed over as many
    /// at a time as there are lanes.
    digests(many::Words<'_>) = many::digests_of with md5
}
entry! {
    /// Digests of words with each of a few endings, of one block each.
    digests_with_endings(endings::Endings<'_>) = endings::digests_of with md5
}
entry! {
    /// The rounds of the crypt family.
    crypt_rounds(&[rounds::Rounds<'_>]) = rounds::run with md5_chained
}
entry! {
    /// PBKDF2 with HMAC.
    pbkdf2(&[chain::Pbkdf2<'_>]) = chain::pbkdf2 with md5_chained
}
entry! {
    /// phpass chains.
    phpass(&[chain::Phpass<'_>]) = chain::phpass with md5_chained
}
entry! {
    /// Compression functions alone: numbers below the given one, hashed in every lane.
    compressions(u32) = bare::run with md5
}
