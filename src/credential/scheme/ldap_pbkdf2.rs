//! LDAP `{PBKDF2}`, `{PBKDF2-SHA256}`, `{PBKDF2-SHA512}`: OpenLDAP's pw-pbkdf2, rounds, salt and
//! key with `$` between.

use crate::credential::family::pbkdf2::{self, Prf};
use crate::credential::family::text::adapted64;
use crate::credential::family::{SaltedForm, ldap, number, split};
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};

const FORMS: &[(&str, Prf)] = &[
    ("{PBKDF2}", Prf::Sha1),
    ("{PBKDF2-SHA1}", Prf::Sha1),
    ("{PBKDF2-SHA256}", Prf::Sha256),
    ("{PBKDF2-SHA512}", Prf::Sha512),
];

pub(super) const SCHEME: SaltedForm = SaltedForm {
    names: &["ldap-pbkdf2-sha256", "ldap-pbkdf2-sha1", "ldap-pbkdf2-sha512"],
    announced: |stored| form(stored).is_some(),
    parse,
    answers: &[KnownAnswer::new(
        "{PBKDF2-SHA256}10000$MDEyMzQ1Njc4OWFiY2RlZg$SRpUzFUX82NQTHW4oqJ0LQwfnKRhpEMnA05DyXn4B/U",
        "Hygiene#2024",
    )],
    cost: pbkdf2::cost,
    run: pbkdf2::run,
};

fn form(stored: &[u8]) -> Option<(Prf, &[u8])> {
    FORMS.iter().find_map(|&(name, prf)| Some((prf, ldap::after(stored, name)?)))
}

fn parse(stored: &Stored<'_>) -> Result<Parsed, Refusal> {
    let (prf, rest) = form(stored.bytes).ok_or(Refusal::Shape)?;
    let (rounds, rest) = split(rest, b'$')?;
    let (salt, key) = split(rest, b'$')?;
    pbkdf2::target(prf, number(rounds)?, &adapted64(salt)?, &adapted64(key)?)
}
