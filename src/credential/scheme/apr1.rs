//! apr1, `$apr1$salt$digest`: md5crypt under another name (Apache htpasswd).

use crate::credential::family::SaltedForm;
use crate::credential::scheme::KnownAnswer;
use crate::credential::scheme::md5crypt::{ROUNDS, parse, run};

pub(super) const SCHEME: SaltedForm = SaltedForm {
    names: &["apr1"],
    announced: |stored| stored.starts_with(b"$apr1$"),
    parse: |stored| parse(stored.bytes, "$apr1$"),
    answers: &[KnownAnswer::new("$apr1$62722340$zGjeAwVP2KwY6MtumUI1N/", "hashcat")],
    cost: |_| u64::from(ROUNDS),
    run: |pairs, hits| run(pairs, "$apr1$", hits),
};
