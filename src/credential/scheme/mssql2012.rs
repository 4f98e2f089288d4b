//! SQL Server 2012, `0x0200`, four bytes of salt, SHA-512 of the password in UTF-16LE and the salt.

use crate::credential::family::text::utf16le;
use crate::credential::family::{SaltedForm, each, target};
use crate::credential::scheme::mssql2005::bytes;
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};
use sha2::{Digest, Sha512};

pub(super) const SCHEME: SaltedForm = SaltedForm {
    names: &["mssql2012"],
    announced: |stored| bytes(stored, 2, 68).is_ok(),
    parse,
    answers: &[KnownAnswer::new(
        "0x02003788006711b2e74e7d8cb4be96b1d187c962c5591a02d5a6ae81b3a4a094b26b7877958b26733e45016d929a756ed30d0a5ee65d3ce1970f9b7bf946e705c595f07625b1",
        "hashcat",
    )],
    cost: |_| 4,
    run: |pairs, hits| {
        each(pairs, hits, |target, word| {
            utf16le(word).is_some_and(|wide| {
                Sha512::new().chain_update(&*wide).chain_update(target.salt()).finalize()[..]
                    == *target.digest()
            })
        });
    },
};

fn parse(stored: &Stored<'_>) -> Result<Parsed, Refusal> {
    let bytes = bytes(stored.bytes, 2, 68)?;
    Ok(target(&bytes[..4], &bytes[4..]))
}
