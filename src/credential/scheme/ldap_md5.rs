//! LDAP `{MD5}`: MD5 without salt, in base64 (RFC 2307).

use crate::credential::family::text::base64;
use crate::credential::family::{OuterForm, digest_of, ldap};
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};

pub(super) const SCHEME: OuterForm = OuterForm {
    names: &["ldap-md5"],
    announced: |stored| ldap::after(stored, "{MD5}").is_some(),
    parse,
    answers: &[KnownAnswer::new("{MD5}CY9rzUYh03PK3k6DJie09g==", "test")],
};

fn parse(stored: &Stored<'_>) -> Result<Parsed, Refusal> {
    let bytes = base64(ldap::after(stored.bytes, "{MD5}").ok_or(Refusal::Shape)?)?;
    if bytes.len() == 16 { digest_of("raw-md5", &bytes) } else { Err(Refusal::Shape) }
}
