//! HTTP digest files (htdigest, `WildFly`): MD5 of `user:realm:password`. The parameter outside is
//! `user:realm`.

use crate::credential::family::{SaltedForm, each, never, raw_digest, target};
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};
use md5::{Digest, Md5};

pub(super) const SCHEME: SaltedForm = SaltedForm {
    names: &["htdigest-md5"],
    announced: never,
    parse,
    answers: &[KnownAnswer::salted(
        "d43c4df7b6f13ba91757e7df5f18348d",
        "admin:ManagementRealm",
        "Hygiene#2024",
    )],
    cost: |_| 1,
    run: |pairs, hits| {
        each(pairs, hits, |target, word| {
            Md5::new().chain_update(target.salt()).chain_update(b":").chain_update(word).finalize()
                [..]
                == *target.digest()
        });
    },
};

fn parse(stored: &Stored<'_>) -> Result<Parsed, Refusal> {
    match raw_digest(stored.bytes, 16)? {
        Parsed::Digest(digest) => Ok(target(stored.outside()?, digest.as_bytes())),
        closed => Ok(closed),
    }
}
