//! passlib's PBKDF2 strings, `$pbkdf2-sha256$rounds$salt$key`: Odoo, Tryton and other programs.

use crate::credential::family::pbkdf2::{self, Prf};
use crate::credential::family::text::adapted64;
use crate::credential::family::{SaltedForm, number, split};
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};

const FORMS: &[(&str, Prf)] = &[
    ("$pbkdf2$", Prf::Sha1),
    ("$pbkdf2-sha1$", Prf::Sha1),
    ("$pbkdf2-sha256$", Prf::Sha256),
    ("$pbkdf2-sha512$", Prf::Sha512),
];

pub(super) const SCHEME: SaltedForm = SaltedForm {
    names: &["passlib-pbkdf2-sha256", "passlib-pbkdf2-sha1", "passlib-pbkdf2-sha512"],
    announced: |stored| form(stored).is_some(),
    parse,
    answers: &[KnownAnswer::new(
        "$pbkdf2-sha256$29000$x9h7j/Ge8x6DMEao1VqrdQ$kra3R1wEnY8mPdDWOpTqOTINaAmZvRMcYd8u5OBQP9A",
        "hashcat",
    )],
    cost: pbkdf2::cost,
    run: pbkdf2::run,
};

fn form(stored: &[u8]) -> Option<(Prf, &[u8])> {
    FORMS.iter().find_map(|&(name, prf)| Some((prf, stored.strip_prefix(name.as_bytes())?)))
}

fn parse(stored: &Stored<'_>) -> Result<Parsed, Refusal> {
    let (prf, rest) = form(stored.bytes).ok_or(Refusal::Shape)?;
    let (rounds, rest) = split(rest, b'$')?;
    let (salt, key) = split(rest, b'$')?;
    pbkdf2::target(prf, number(rounds)?, &adapted64(salt)?, &adapted64(key)?)
}
