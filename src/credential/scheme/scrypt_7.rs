//! scrypt of crypt(3), `$7$` with one letter of log2 N, five of r, five of p, a salt as text.

use crate::credential::crypt64;
use crate::credential::family::{SaltedForm, after, scrypt, split};
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};

pub(super) const SCHEME: SaltedForm = SaltedForm {
    names: &["scrypt-$7$"],
    announced: |stored| stored.starts_with(b"$7$"),
    parse,
    answers: &[KnownAnswer::new(
        "$7$C6..../....SodiumChloride$kBGj9fHznVYFQMEn/qDCfrDevf9YDtcDdKvEqHJLV8D",
        "pleaseletmein",
    )],
    cost: scrypt::cost,
    run: scrypt::run,
};

fn parse(stored: &Stored<'_>) -> Result<Parsed, Refusal> {
    let rest = after(stored.bytes, "$7$")?;
    let (params, rest) = rest.split_at_checked(11).ok_or(Refusal::Shape)?;
    let (salt, key) = split(rest, b'$')?;
    let number = |letters: &[u8]| crypt64::number(letters).ok_or(Refusal::Shape);
    let (n, r, p) = (number(&params[..1])?, number(&params[1..6])?, number(&params[6..])?);
    let key = crypt64::unpack(key).filter(|key| key.len() == 32).ok_or(Refusal::Shape)?;
    scrypt::target(n, r, p, salt, &key)
}
