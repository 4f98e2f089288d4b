//! Hash kernels that work on many words at once, and the only place where unsafe code may stand;
//! [`paged`] is here for that reason alone.
//!
//! One source over portable arrays is compiled for several instruction sets; which of them runs is
//! settled once per process. `KAGIBAN_LANES=avx512|avx2-sha|avx2|sha|portable` forces one, for tests.

#![allow(unsafe_code)]
#![allow(clippy::inline_always, reason = "a target feature reaches what is inlined, nothing else")]

mod alone;
mod bare;
mod bcrypt;
mod chain;
mod constants;
mod endings;
mod entry;
mod hash;
mod many;
pub mod marks;
mod message;
pub mod nt;
pub mod paged;
mod pi;
mod rounds;
#[cfg(target_arch = "x86_64")]
mod sha;
pub mod sieve;
#[cfg(test)]
mod tests;
mod vector;
#[cfg(target_arch = "x86_64")]
mod weave;
#[cfg(target_arch = "x86_64")]
mod x86;

pub use bcrypt::{Bcrypt, bcrypt};
pub use chain::{Pbkdf2, Phpass, phpass_word};
pub use endings::Endings;
pub use entry::{
    Algorithm, compressions, crypt_rounds, digests, digests_with_endings, pbkdf2, phpass,
};
pub use many::{SHORT, Words};
pub use rounds::{Rounds, SALT, WORD};

use std::sync::OnceLock;

/// Instruction sets that kernels are compiled for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Level {
    /// 512-bit vectors.
    Avx512,
    /// 256-bit vectors, and instructions for SHA-256.
    Avx2Sha,
    /// 256-bit vectors.
    Avx2,
    /// Instructions for SHA-1 and SHA-256.
    Sha,
    /// Whatever the target has without asking.
    Portable,
}

impl Level {
    /// All levels, the best first.
    const ALL: [Self; 5] = [Self::Avx512, Self::Avx2Sha, Self::Avx2, Self::Sha, Self::Portable];

    /// The level of this process.
    pub fn current() -> Self {
        static LEVEL: OnceLock<Level> = OnceLock::new();
        *LEVEL.get_or_init(|| {
            let wanted = std::env::var("KAGIBAN_LANES").unwrap_or_default();
            let named = Self::ALL.into_iter().find(|level| level.word() == wanted);
            let best = || Self::ALL.into_iter().find(|level| level.runs());
            named.filter(|level| level.runs()).or_else(best).unwrap_or(Self::Portable)
        })
    }

    /// Every level that this processor can run.
    pub fn available() -> Vec<Self> {
        Self::ALL.into_iter().rev().filter(|level| level.runs()).collect()
    }

    /// As `KAGIBAN_LANES` names it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Avx512 => "avx512",
            Self::Avx2Sha => "avx2-sha",
            Self::Avx2 => "avx2",
            Self::Sha => "sha",
            Self::Portable => "portable",
        }
    }

    /// The level that has the best instructions of this one for a hash.
    #[must_use]
    pub const fn of(self, algorithm: Algorithm) -> Self {
        match (self, algorithm) {
            (Self::Avx2Sha | Self::Sha, Algorithm::Sha256) | (Self::Sha, Algorithm::Sha1) => {
                Self::Sha
            }
            _ => self.vectors(),
        }
    }

    /// The level without its instructions for SHA, for all work that is none.
    const fn vectors(self) -> Self {
        match self {
            Self::Avx2Sha => Self::Avx2,
            Self::Sha => Self::Portable,
            level => level,
        }
    }

    #[cfg(target_arch = "x86_64")]
    fn runs(self) -> bool {
        let sha = || is_x86_feature_detected!("sha") && is_x86_feature_detected!("sse4.1");
        match self {
            Self::Avx512 => {
                is_x86_feature_detected!("avx512f")
                    && is_x86_feature_detected!("avx512bw")
                    && is_x86_feature_detected!("avx512dq")
                    && is_x86_feature_detected!("avx512vl")
            }
            Self::Avx2Sha => is_x86_feature_detected!("avx2") && sha(),
            Self::Avx2 => is_x86_feature_detected!("avx2"),
            Self::Sha => sha(),
            Self::Portable => true,
        }
    }

    #[cfg(not(target_arch = "x86_64"))]
    const fn runs(self) -> bool {
        matches!(self, Self::Portable)
    }
}
