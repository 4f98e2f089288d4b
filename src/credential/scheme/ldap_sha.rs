//! LDAP `{SHA}`: SHA-1 without salt, in base64 (RFC 2307).

use crate::credential::family::text::base64;
use crate::credential::family::{OuterForm, digest_of, ldap};
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};

pub(super) const SCHEME: OuterForm = OuterForm {
    names: &["ldap-sha"],
    announced: |stored| ldap::after(stored, "{SHA}").is_some(),
    parse,
    answers: &[KnownAnswer::new("{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=", "password")],
};

fn parse(stored: &Stored<'_>) -> Result<Parsed, Refusal> {
    let bytes = base64(ldap::after(stored.bytes, "{SHA}").ok_or(Refusal::Shape)?)?;
    if bytes.len() == 20 { digest_of("raw-sha1", &bytes) } else { Err(Refusal::Shape) }
}
