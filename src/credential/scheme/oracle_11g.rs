//! Oracle 11g, `S:`: SHA-1 of password and salt, then ten bytes of salt, in hexadecimal.

use crate::credential::family::{SaltedForm, after, each, hex_bytes, target};
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal};
use sha1::{Digest, Sha1};

pub(super) const SCHEME: SaltedForm = SaltedForm {
    names: &["oracle-11g"],
    announced: |stored| parts(stored).is_ok(),
    parse: |stored| parts(stored.bytes),
    answers: &[KnownAnswer::new(
        "S:5FDAB69F543563582BA57894FE1C1361FB8ED57B903603F2C52ED1B4D642",
        "abc123",
    )],
    cost: |_| 2,
    run: |pairs, hits| {
        each(pairs, hits, |target, word| {
            Sha1::new().chain_update(word).chain_update(target.salt()).finalize()[..]
                == *target.digest()
        });
    },
};

fn parts(stored: &[u8]) -> Result<Parsed, Refusal> {
    let bytes = hex_bytes(after(stored, "S:")?, 30)?;
    Ok(target(&bytes[20..], &bytes[..20]))
}
