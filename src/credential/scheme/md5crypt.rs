//! md5crypt, `$1$salt$digest`: Poul-Henning Kamp's crypt of `FreeBSD` 2, a thousand rounds of MD5.

use crate::credential::batch::{Hits, Pair, Target};
use crate::credential::crypt64;
use crate::credential::family::{after, split};
use crate::credential::scheme::{Body, KnownAnswer, Parsed, Refusal, Salted, Scheme, Stored};
use md5::{Digest, Md5};

/// Rounds of every string.
pub(super) const ROUNDS: u32 = 1000;
const MAGIC: &str = "$1$";
const GROUPS: &[[u8; 3]] = &[[0, 6, 12], [1, 7, 13], [2, 8, 14], [3, 9, 15], [4, 10, 5]];

pub(super) struct Md5Crypt;

impl Scheme for Md5Crypt {
    fn names(&self) -> &'static [&'static str] {
        &[
            "md5crypt",
            "cisco-type5-md5crypt",
            "awplus-8-md5crypt",
            "edgeos-md5crypt",
            "panos-phash-md5crypt",
        ]
    }

    fn announced(&self, stored: &[u8]) -> bool {
        stored.starts_with(MAGIC.as_bytes())
    }

    fn parse(&self, stored: &Stored<'_>) -> Result<Parsed, Refusal> {
        parse(stored.bytes, MAGIC)
    }

    fn known_answers(&self) -> &'static [KnownAnswer] {
        const ANSWERS: &[KnownAnswer] = &[
            KnownAnswer::new("$1$38652870$DUjsu4TTlTsOe/xxZ05uf/", "hashcat"),
            KnownAnswer::new("$1$bJoVec4D$JwOJGPr7YqoExA0GVasdE0", "friend"),
            KnownAnswer::new("$1$zKNoUbAo$gomzUbYvgyUMcD436Wo66.", "ubnt"),
        ];
        ANSWERS
    }

    fn body(&self) -> Body<'_> {
        Body::Salted(self)
    }
}

/// Salt and digest of what follows the prefix that names the algorithm.
pub(super) fn parse(stored: &[u8], magic: &str) -> Result<Parsed, Refusal> {
    let (salt, digest) = split(after(stored, magic)?, b'$')?;
    if salt.len() > 8 || !salt.iter().all(u8::is_ascii_graphic) {
        return Err(Refusal::Shape);
    }
    let digest = crypt64::decode::<16>(digest, GROUPS, &[11]).ok_or(Refusal::Shape)?;
    Ok(Parsed::Target(Target::new([ROUNDS, 0], salt, &digest)))
}

impl Salted for Md5Crypt {
    fn cost(&self, _target: &Target) -> u64 {
        u64::from(ROUNDS)
    }

    fn run(&self, pairs: &[Pair<'_>], hits: &mut Hits) {
        for pair in pairs {
            if md5crypt(pair.word, pair.target.salt(), MAGIC) == pair.target.digest() {
                hits.hit(pair.id);
            }
        }
    }
}

/// The digest of a word; `magic` is the prefix of the text.
pub(super) fn md5crypt(word: &[u8], salt: &[u8], magic: &str) -> [u8; 16] {
    let mut digest = start(word, salt, magic);
    for round in 0..ROUNDS {
        let (first, last) = if round % 2 == 1 { (word, &digest[..]) } else { (&digest[..], word) };
        let mut md5 = Md5::new();
        md5.update(first);
        if round % 3 != 0 {
            md5.update(salt);
        }
        if round % 7 != 0 {
            md5.update(word);
        }
        md5.update(last);
        digest = md5.finalize().into();
    }
    digest
}

fn start(word: &[u8], salt: &[u8], magic: &str) -> [u8; 16] {
    let inner: [u8; 16] =
        Md5::new().chain_update(word).chain_update(salt).chain_update(word).finalize().into();
    let mut md5 = Md5::new().chain_update(word).chain_update(magic).chain_update(salt);
    for part in word.chunks(16) {
        md5.update(&inner[..part.len()]);
    }
    let mut left = word.len();
    while left > 0 {
        // A slip of the first version that became the format: the zero byte of a wiped buffer.
        md5.update(if left & 1 == 1 { &[0] } else { &word[..1] });
        left >>= 1;
    }
    md5.finalize().into()
}
