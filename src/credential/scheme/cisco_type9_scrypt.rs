//! Cisco type 9, `$9$salt$key`: scrypt with N 16384, r 1, p 1, the salt's 14 letters as text.

use crate::credential::family::{SaltedForm, scrypt};
use crate::credential::scheme::cisco_type8_pbkdf2::parts;
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};

pub(super) const SCHEME: SaltedForm = SaltedForm {
    names: &["cisco-type9-scrypt"],
    announced: |stored| parts(stored, "$9$").is_ok(),
    parse,
    answers: &[KnownAnswer::new(
        "$9$87023684531115$phio0TBQwaO7KZ8toQFyGFyDvyOzidaypRWN0uKX0hU",
        "hashcat",
    )],
    cost: scrypt::cost,
    run: scrypt::run,
};

fn parse(stored: &Stored<'_>) -> Result<Parsed, Refusal> {
    let (salt, key) = parts(stored.bytes, "$9$")?;
    scrypt::target(14, 1, 1, salt, &key)
}
