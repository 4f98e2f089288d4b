//! scrypt strings of passlib, `$scrypt$ln=N,r=R,p=P$salt$key`.

use crate::credential::family::text::base64;
use crate::credential::family::{SaltedForm, after, number, scrypt, split};
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};

pub(super) const SCHEME: SaltedForm = SaltedForm {
    names: &["scrypt"],
    announced: |stored| stored.starts_with(b"$scrypt$"),
    parse,
    // Made with passlib 1.7.4.
    answers: &[KnownAnswer::new(
        "$scrypt$ln=8,r=8,p=1$MDEyMzQ1Njc4OWFiY2RlZg$+seGm70xMrDSy6uGLszMeRAdZcMBypRb2gBrpAcffLU",
        "Hygiene#2024",
    )],
    cost: scrypt::cost,
    run: scrypt::run,
};

fn parse(stored: &Stored<'_>) -> Result<Parsed, Refusal> {
    let (params, rest) = split(after(stored.bytes, "$scrypt$")?, b'$')?;
    let (salt, key) = split(rest, b'$')?;
    let (n, params) = split(after(params, "ln=")?, b',')?;
    let (r, p) = split(after(params, "r=")?, b',')?;
    let (n, r, p) = (number(n)?, number(r)?, number(after(p, "p=")?)?);
    scrypt::target(n, r, p, &base64(salt)?, &base64(key)?)
}
