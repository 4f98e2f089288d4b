//! LDAP `{MD5}`: MD5 without salt, in base64 (RFC 2307).

use crate::credential::family::text::base64;
use crate::credential::family::{UnsaltedForm, fill, ldap};
use crate::credential::scheme::raw_md5;
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};
use md5::{Digest, Md5};

pub(super) const SCHEME: UnsaltedForm = UnsaltedForm {
    names: &["ldap-md5"],
    announced: |stored| ldap::after(stored, "{MD5}").is_some(),
    parse,
    answers: &[KnownAnswer::new("{MD5}CY9rzUYh03PK3k6DJie09g==", "test")],
    family: "md5",
    width: 16,
    digests: |words, out| fill(words, out, |word| Some(Md5::digest(word).into())),
    exact: true,
};

fn parse(stored: &Stored<'_>) -> Result<Parsed, Refusal> {
    raw_md5::parse(&base64(ldap::after(stored.bytes, "{MD5}").ok_or(Refusal::Shape)?)?)
}
