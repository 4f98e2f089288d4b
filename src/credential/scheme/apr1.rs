//! apr1, `$apr1$salt$digest`: md5crypt under another name (Apache htpasswd).

use crate::credential::family::{SaltedForm, each};
use crate::credential::scheme::KnownAnswer;
use crate::credential::scheme::md5crypt::{ROUNDS, md5crypt, parse};

pub(super) const SCHEME: SaltedForm = SaltedForm {
    names: &["apr1"],
    announced: |stored| stored.starts_with(b"$apr1$"),
    parse: |stored| parse(stored.bytes, "$apr1$"),
    answers: &[KnownAnswer::new("$apr1$62722340$zGjeAwVP2KwY6MtumUI1N/", "hashcat")],
    cost: |_| u64::from(ROUNDS),
    run: |pairs, hits| {
        each(pairs, hits, |target, word| {
            md5crypt(word, target.salt(), "$apr1$") == target.digest()
        });
    },
};
