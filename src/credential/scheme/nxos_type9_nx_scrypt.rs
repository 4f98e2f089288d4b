//! NX-OS type 9, `$nx-scrypt$salt$key`: scrypt with r 8 (IOS: 1) and the salt decoded.

use crate::credential::family::text::cisco64;
use crate::credential::family::{SaltedForm, scrypt};
use crate::credential::scheme::cisco_type8_pbkdf2::parts;
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};

pub(super) const SCHEME: SaltedForm = SaltedForm {
    names: &["nxos-type9-nx-scrypt"],
    announced: |stored| stored.starts_with(b"$nx-scrypt$"),
    parse,
    answers: &[KnownAnswer::new(
        "$nx-scrypt$1hYvWojAYSY7nk$fHkseAeAtlTv8az4j1/HuwOAVwWxK9bIrSTHy4wdOiU",
        "admin",
    )],
    cost: scrypt::cost,
    run: scrypt::run,
};

fn parse(stored: &Stored<'_>) -> Result<Parsed, Refusal> {
    let (salt, key) = parts(stored.bytes, "$nx-scrypt$")?;
    scrypt::target(14, 8, 1, &cisco64(salt)?, &key)
}
