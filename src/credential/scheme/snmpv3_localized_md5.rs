//! `SNMPv3` key localised to an engine, MD5 (RFC 3414 A.2). The parameter outside is the engine's
//! id in hexadecimal.

use crate::credential::family::{SaltedForm, each, never, raw_digest, target};
use crate::credential::hex;
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};
use md5::digest::Output;
use md5::{Digest, Md5};

/// The password is repeated to a mebibyte.
const EXPANDED: usize = 1 << 20;
/// Cost of one evaluation with MD5.
pub(super) const COST: u64 = EXPANDED as u64 / 64;

pub(super) const SCHEME: SaltedForm = SaltedForm {
    names: &["snmpv3-localized-md5"],
    announced: never,
    parse: |stored| parts(stored, 16),
    answers: &[KnownAnswer::salted(
        "526f5eed9fcce26f8964c2930787d82b",
        "000000000000000000000002",
        "maplesyrup",
    )],
    cost: |_| COST,
    run: |pairs, hits| {
        each(pairs, hits, |target, word| {
            localized::<Md5>(word, target.salt())[..] == *target.digest()
        });
    },
};

/// Key of `width` bytes, with or without `0x` or colons, and engine.
pub(super) fn parts(stored: &Stored<'_>, width: usize) -> Result<Parsed, Refusal> {
    let bare = |text: &'_ [u8]| {
        let digits = text.strip_prefix(b"0x").unwrap_or(text).iter();
        digits.copied().filter(|&byte| byte != b':').collect::<Vec<u8>>()
    };
    match raw_digest(&bare(stored.bytes), width)? {
        Parsed::Digest(digest) => {
            let engine = hex::decode(&bare(stored.outside()?)).ok_or(Refusal::Lacking)?;
            Ok(target(&engine, digest.as_bytes()))
        }
        closed => Ok(closed),
    }
}

/// The key of a word at an engine.
pub(super) fn localized<D: Digest>(word: &[u8], engine: &[u8]) -> Output<D> {
    let mut hash = D::new();
    if word.is_empty() {
        return hash.finalize();
    }
    // Long pieces of whole words, so that the hash is fed seldom.
    let piece = zeroize::Zeroizing::new(word.repeat(4096_usize.div_ceil(word.len())));
    let mut left = EXPANDED;
    while left > 0 {
        let part = &piece[..piece.len().min(left)];
        hash.update(part);
        left -= part.len();
    }
    let key = hash.finalize();
    D::new().chain_update(&key).chain_update(engine).chain_update(&key).finalize()
}
