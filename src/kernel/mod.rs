//! Hash kernels that work on many words at once, and the only place where unsafe code may stand;
//! [`paged`] is here for that reason alone.
//!
//! One source over portable arrays is compiled for several instruction sets; which of them runs is
//! settled once per process. `KAGIBAN_LANES=avx512|avx2|portable` forces one, for tests.

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
    /// 256-bit vectors.
    Avx2,
    /// Whatever the target has without asking.
    Portable,
}

impl Level {
    /// The level of this process.
    pub fn current() -> Self {
        static LEVEL: OnceLock<Level> = OnceLock::new();
        *LEVEL.get_or_init(|| {
            let wanted = std::env::var("KAGIBAN_LANES").unwrap_or_default();
            let best = Self::best();
            match wanted.as_str() {
                "portable" => Self::Portable,
                "avx2" if best != Self::Portable => Self::Avx2,
                _ => best,
            }
        })
    }

    /// Every level that this processor can run.
    pub fn available() -> Vec<Self> {
        match Self::best() {
            Self::Avx512 => vec![Self::Portable, Self::Avx2, Self::Avx512],
            Self::Avx2 => vec![Self::Portable, Self::Avx2],
            Self::Portable => vec![Self::Portable],
        }
    }

    #[cfg(target_arch = "x86_64")]
    fn best() -> Self {
        if is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512bw") {
            Self::Avx512
        } else if is_x86_feature_detected!("avx2") {
            Self::Avx2
        } else {
            Self::Portable
        }
    }

    #[cfg(not(target_arch = "x86_64"))]
    const fn best() -> Self {
        Self::Portable
    }
}
