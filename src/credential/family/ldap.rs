//! `{NAME}` forms of LDAP servers (RFC 2307 and OpenLDAP): base64 of a digest, then its salt.

use crate::credential::family::text::base64;
use crate::credential::scheme::Refusal;

/// The text after `{NAME}`; the name in any case.
pub fn after<'a>(stored: &'a [u8], name: &str) -> Option<&'a [u8]> {
    let (start, rest) = stored.split_at_checked(name.len())?;
    start.eq_ignore_ascii_case(name.as_bytes()).then_some(rest)
}

/// Digest of `width` bytes and salt.
pub fn salted(stored: &[u8], name: &str, width: usize) -> Result<(Vec<u8>, Vec<u8>), Refusal> {
    let mut digest = base64(after(stored, name).ok_or(Refusal::Shape)?)?;
    if digest.len() <= width || digest.len() > width + 64 {
        return Err(Refusal::Shape);
    }
    let salt = digest.split_off(width);
    Ok((digest, salt))
}
