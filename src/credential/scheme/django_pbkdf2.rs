//! Django, `pbkdf2_sha256$rounds$salt$key`: the salt as text, the key in base64.

use crate::credential::family::pbkdf2::{self, Prf};
use crate::credential::family::text::base64;
use crate::credential::family::{SaltedForm, number, split};
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};

pub(super) const SCHEME: SaltedForm = SaltedForm {
    names: &["django-pbkdf2"],
    announced: |stored| form(stored).is_some(),
    parse,
    answers: &[KnownAnswer::new(
        "pbkdf2_sha256$10000$1135411628$bFYX62rfJobJ07VwrUMXfuffLfj2RDM2G6/BrTrUWkE=",
        "hashcat",
    )],
    cost: pbkdf2::cost,
    run: pbkdf2::run,
};

fn form(stored: &[u8]) -> Option<(Prf, &[u8])> {
    let named = |name: &str, prf| Some((prf, stored.strip_prefix(name.as_bytes())?));
    named("pbkdf2_sha256$", Prf::Sha256).or_else(|| named("pbkdf2_sha1$", Prf::Sha1))
}

fn parse(stored: &Stored<'_>) -> Result<Parsed, Refusal> {
    let (prf, rest) = form(stored.bytes).ok_or(Refusal::Shape)?;
    let (rounds, rest) = split(rest, b'$')?;
    let (salt, key) = split(rest, b'$')?;
    pbkdf2::target(prf, number(rounds)?, salt, &base64(key)?)
}
