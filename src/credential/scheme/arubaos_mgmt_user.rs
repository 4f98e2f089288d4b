//! `ArubaOS` `mgmt-user`: five bytes of salt, then SHA-1 of salt and password, in hexadecimal.

use crate::credential::family::{SaltedForm, each, hex_bytes, never, target};
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};
use sha1::{Digest, Sha1};

pub(super) const SCHEME: SaltedForm = SaltedForm {
    names: &["arubaos-mgmt-user"],
    announced: never,
    parse,
    answers: &[KnownAnswer::new("83377286015bcebb857b23b94331e2b316b6ecbe9fbf26c4fc", "hashcat")],
    cost: |_| 2,
    run: |pairs, hits| {
        each(pairs, hits, |target, word| {
            Sha1::new().chain_update(target.salt()).chain_update(word).finalize()[..]
                == *target.digest()
        });
    },
};

fn parse(stored: &Stored<'_>) -> Result<Parsed, Refusal> {
    let bytes = hex_bytes(stored.bytes, 25)?;
    Ok(target(&bytes[..5], &bytes[5..]))
}
