//! The crypt of Ulrich Drepper, "Unix crypt using SHA-256 and SHA-512", for either hash.

use crate::credential::family::{number, split};
use crate::credential::scheme::Refusal;
use sha2::Digest;
use sha2::digest::Output;
use zeroize::Zeroizing;

/// Rounds where the text names none.
pub const DEFAULT_ROUNDS: u32 = 5000;
/// A stored secret that demands more is not searched.
const MAX_ROUNDS: u32 = 5_000_000;

/// Rounds, salt and the letters of the digest of what follows `$5$` or `$6$`.
pub fn parts(rest: &[u8]) -> Result<(u32, &[u8], &[u8]), Refusal> {
    let (rounds, rest) = match rest.strip_prefix(b"rounds=") {
        Some(rest) => {
            let (digits, rest) = split(rest, b'$')?;
            (bounded(number(digits)?)?, rest)
        }
        None => (DEFAULT_ROUNDS, rest),
    };
    let (salt, digest) = split(rest, b'$')?;
    if salt.len() > 16 || !salt.iter().all(u8::is_ascii_graphic) {
        return Err(Refusal::Shape);
    }
    Ok((rounds, salt, digest))
}

/// A number of rounds that is worth trying; crypt(3) raises small numbers to 1000.
pub fn bounded(rounds: u32) -> Result<u32, Refusal> {
    if rounds <= MAX_ROUNDS { Ok(rounds.max(1000)) } else { Err(Refusal::Cost) }
}

/// The digest of a word.
pub fn hash<D: Digest>(word: &[u8], salt: &[u8], rounds: u32) -> Output<D> {
    let mut digest = start::<D>(word, salt);
    let word = repeated(&many::<D>(word, word.len()), word.len());
    let salt = repeated(&many::<D>(salt, 16 + usize::from(digest[0])), salt.len());
    for round in 0..rounds {
        let (first, last) =
            if round % 2 == 1 { (&word[..], &digest[..]) } else { (&digest[..], &word[..]) };
        let mut sha = D::new();
        sha.update(first);
        if round % 3 != 0 {
            sha.update(&*salt);
        }
        if round % 7 != 0 {
            sha.update(&*word);
        }
        sha.update(last);
        digest = sha.finalize();
    }
    digest
}

fn start<D: Digest>(word: &[u8], salt: &[u8]) -> Output<D> {
    let inner = D::new().chain_update(word).chain_update(salt).chain_update(word).finalize();
    let mut sha = D::new().chain_update(word).chain_update(salt);
    sha.update(&*repeated(&inner, word.len()));
    let mut left = word.len();
    while left > 0 {
        sha.update(if left & 1 == 1 { &inner[..] } else { word });
        left >>= 1;
    }
    sha.finalize()
}

fn many<D: Digest>(text: &[u8], times: usize) -> Output<D> {
    let mut sha = D::new();
    for _ in 0..times {
        sha.update(text);
    }
    sha.finalize()
}

fn repeated(digest: &[u8], len: usize) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(digest.iter().copied().cycle().take(len).collect())
}
