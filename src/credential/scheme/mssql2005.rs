//! SQL Server 2005, `0x0100`, four bytes of salt, SHA-1 of the password in UTF-16LE and the salt.

use crate::credential::family::text::utf16le;
use crate::credential::family::{SaltedForm, each, hex_bytes, target};
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};
use sha1::{Digest, Sha1};

pub(super) const SCHEME: SaltedForm = SaltedForm {
    names: &["mssql2005"],
    announced: |stored| bytes(stored, 1, 24).is_ok(),
    parse,
    answers: &[KnownAnswer::new(
        "0x010045083578bf13a6e30ca29c40e540813772754d54a5ffd325",
        "hashcat",
    )],
    cost: |_| 2,
    run: |pairs, hits| {
        each(pairs, hits, |target, word| {
            utf16le(word).is_some_and(|wide| {
                Sha1::new().chain_update(&*wide).chain_update(target.salt()).finalize()[..]
                    == *target.digest()
            })
        });
    },
};

/// What follows the version, as bytes.
pub(super) fn bytes(stored: &[u8], version: u8, width: usize) -> Result<Vec<u8>, Refusal> {
    let start: [u8; 6] = [b'0', b'x', b'0', b'0' + version, b'0', b'0'];
    let (head, rest) = stored.split_at_checked(6).ok_or(Refusal::Shape)?;
    if !head.eq_ignore_ascii_case(&start) {
        return Err(Refusal::Shape);
    }
    hex_bytes(rest, width)
}

fn parse(stored: &Stored<'_>) -> Result<Parsed, Refusal> {
    let bytes = bytes(stored.bytes, 1, 24)?;
    Ok(target(&bytes[..4], &bytes[4..]))
}
