//! sha512crypt, `$6$[rounds=N$]salt$digest`: Ulrich Drepper, "Unix crypt using SHA-256 and
//! SHA-512".

use crate::credential::batch::{Hits, Pair, Target};
use crate::credential::crypt64;
use crate::credential::scheme::{Body, KnownAnswer, Parsed, Refusal, Salted, Scheme, Stored};
use sha2::{Digest, Sha512};
use zeroize::Zeroizing;

/// Rounds where the text names none.
const DEFAULT_ROUNDS: u32 = 5000;
/// A stored secret that demands more is not searched.
const MAX_ROUNDS: u32 = 5_000_000;

const GROUPS: &[[u8; 3]] = &[
    [0, 21, 42],
    [22, 43, 1],
    [44, 2, 23],
    [3, 24, 45],
    [25, 46, 4],
    [47, 5, 26],
    [6, 27, 48],
    [28, 49, 7],
    [50, 8, 29],
    [9, 30, 51],
    [31, 52, 10],
    [53, 11, 32],
    [12, 33, 54],
    [34, 55, 13],
    [56, 14, 35],
    [15, 36, 57],
    [37, 58, 16],
    [59, 17, 38],
    [18, 39, 60],
    [40, 61, 19],
    [62, 20, 41],
];

pub(super) struct Sha512Crypt;

impl Scheme for Sha512Crypt {
    fn names(&self) -> &'static [&'static str] {
        &["sha512crypt", "iosxr-type10-sha512crypt", "vyos-sha512crypt"]
    }

    fn announced(&self, stored: &[u8]) -> bool {
        stored.starts_with(b"$6$")
    }

    fn parse(&self, stored: &Stored<'_>) -> Result<Parsed, Refusal> {
        let text = std::str::from_utf8(stored.bytes).map_err(|_| Refusal::Shape)?;
        let rest = text.strip_prefix("$6$").ok_or(Refusal::Shape)?;
        let (rounds, rest) = match rest.strip_prefix("rounds=") {
            Some(rest) => {
                let (number, rest) = rest.split_once('$').ok_or(Refusal::Shape)?;
                (rounds_of(number)?, rest)
            }
            None => (DEFAULT_ROUNDS, rest),
        };
        let (salt, digest) = rest.split_once('$').ok_or(Refusal::Shape)?;
        if salt.is_empty() || salt.len() > 16 || !salt.bytes().all(|b| b.is_ascii_graphic()) {
            return Err(Refusal::Shape);
        }
        let digest =
            crypt64::decode::<64>(digest.as_bytes(), GROUPS, &[63]).ok_or(Refusal::Shape)?;
        Ok(Parsed::Target(Target::new([rounds, 0], salt.as_bytes(), &digest)))
    }

    fn known_answers(&self) -> &'static [KnownAnswer] {
        const ANSWERS: &[KnownAnswer] = &[
            KnownAnswer::new(
                "$6$72820166$U4DVzpcYxgw7MVVDGGvB2/H5lRistD5.Ah4upwENR5UtffLR4X4SxSzfREv8z6wVl0jRFX40/KnYVvK4829kD1",
                "hashcat",
            ),
            KnownAnswer::new(
                "$6$QxPS.uk6mfo$9QBSo8u1FkH16gMyAVhus6fU3LOzvLR9Z9.82m3tiHFAxTtIkhaZSWssSgzt4v4dGAL8rhVQxTg0oAG9/q11h/",
                "vyos",
            ),
        ];
        ANSWERS
    }

    fn body(&self) -> Body<'_> {
        Body::Salted(self)
    }
}

// crypt(3) raises small numbers to 1000.
fn rounds_of(number: &str) -> Result<u32, Refusal> {
    if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Refusal::Shape);
    }
    match number.parse::<u32>() {
        Ok(rounds) if rounds <= MAX_ROUNDS => Ok(rounds.max(1000)),
        _ => Err(Refusal::Cost),
    }
}

impl Salted for Sha512Crypt {
    fn cost(&self, target: &Target) -> u64 {
        u64::from(target.params()[0]) * 2
    }

    fn run(&self, pairs: &[Pair<'_>], hits: &mut Hits) {
        for pair in pairs {
            let target = pair.target;
            if sha512crypt(pair.word, target.salt(), target.params()[0])[..] == *target.digest() {
                hits.hit(pair.id);
            }
        }
    }
}

fn sha512crypt(word: &[u8], salt: &[u8], rounds: u32) -> [u8; 64] {
    let mut digest = start(word, salt);
    let word = repeated(&word_digest(word), word.len());
    let salt = repeated(&salt_digest(salt, digest[0]), salt.len());
    for round in 0..rounds {
        let (first, last) =
            if round % 2 == 1 { (&word[..], &digest[..]) } else { (&digest[..], &word[..]) };
        let mut sha = Sha512::new();
        sha.update(first);
        if round % 3 != 0 {
            sha.update(&*salt);
        }
        if round % 7 != 0 {
            sha.update(&*word);
        }
        sha.update(last);
        digest = sha.finalize().into();
    }
    digest
}

fn start(word: &[u8], salt: &[u8]) -> [u8; 64] {
    let inner: [u8; 64] =
        Sha512::new().chain_update(word).chain_update(salt).chain_update(word).finalize().into();
    let mut sha = Sha512::new().chain_update(word).chain_update(salt);
    sha.update(&*repeated(&inner, word.len()));
    let mut left = word.len();
    while left > 0 {
        sha.update(if left & 1 == 1 { &inner[..] } else { word });
        left >>= 1;
    }
    sha.finalize().into()
}

fn word_digest(word: &[u8]) -> [u8; 64] {
    let mut sha = Sha512::new();
    for _ in word {
        sha.update(word);
    }
    sha.finalize().into()
}

fn salt_digest(salt: &[u8], first: u8) -> [u8; 64] {
    let mut sha = Sha512::new();
    for _ in 0..16 + u32::from(first) {
        sha.update(salt);
    }
    sha.finalize().into()
}

fn repeated(digest: &[u8; 64], len: usize) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(digest.iter().copied().cycle().take(len).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str =
        "mQ6r2Ga8Ijk2lPDWqxjQ9.4GtkkVHEOPEV8ThRP8BkcyQ1YNqyNxIVi4BMA0yQFA9Il4uFUWpZ4YO8yBDwGrw1";

    fn refusal(text: &str) -> Option<Refusal> {
        Sha512Crypt.parse(&Stored { bytes: text.as_bytes(), salt: b"" }).err()
    }

    #[test]
    fn absurd_costs_are_refused() {
        assert_eq!(
            refusal(&format!("$6$rounds=999999999$ab$A{}", &SAMPLE[1..])),
            Some(Refusal::Cost)
        );
        assert_eq!(refusal(&format!("$6$rounds=99999999999$ab${SAMPLE}")), Some(Refusal::Cost));
        assert_eq!(refusal(&format!("$6$rounds=5000000$ab$A{}", &SAMPLE[1..])), None);
        assert_eq!(refusal(&format!("$6$rounds=-1$ab${SAMPLE}")), Some(Refusal::Shape));
    }

    #[test]
    fn a_value_that_is_too_short_is_a_scrubbed_one() {
        assert_eq!(refusal("$6$ab$abcdef"), Some(Refusal::Shape));
        assert_eq!(refusal("$6$ab"), Some(Refusal::Shape));
        assert_eq!(refusal("$6$"), Some(Refusal::Shape));
    }
}
