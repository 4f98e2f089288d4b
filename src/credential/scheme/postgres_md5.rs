//! `PostgreSQL`, `md5` and 32 hexadecimal digits: MD5 of password and user name.

use crate::credential::family::{SaltedForm, after, each, raw_digest, target};
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};
use md5::{Digest, Md5};

pub(super) const SCHEME: SaltedForm = SaltedForm {
    names: &["postgres-md5"],
    announced: |stored| {
        stored.len() == 35
            && stored.starts_with(b"md5")
            && stored[3..].iter().all(u8::is_ascii_hexdigit)
    },
    parse,
    answers: &[KnownAnswer::salted("md5a6343a68d964ca596d9752250d54bb8a", "postgres", "hashcat")],
    cost: |_| 1,
    run: |pairs, hits| {
        each(pairs, hits, |target, word| {
            Md5::new().chain_update(word).chain_update(target.salt()).finalize()[..]
                == *target.digest()
        });
    },
};

fn parse(stored: &Stored<'_>) -> Result<Parsed, Refusal> {
    match raw_digest(after(stored.bytes, "md5")?, 16)? {
        Parsed::Digest(digest) => Ok(target(stored.user()?, digest.as_bytes())),
        closed => Ok(closed),
    }
}
