//! `FortiOS` administrators of old, `AK1` + base64 of a 12-byte salt and SHA-1(salt, password,
//! pepper).

use crate::credential::family::text::base64;
use crate::credential::family::{SaltedForm, after, each, target};
use crate::credential::scheme::fortios_sh2::PEPPER;
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};
use sha1::{Digest, Sha1};

pub(super) const SCHEME: SaltedForm = SaltedForm {
    names: &["fortios-ak1"],
    announced: |stored| stored.starts_with(b"AK1") && stored.len() == 3 + 44,
    parse,
    answers: &[
        KnownAnswer::new("AK1FCIhM0IUIQVFJgcDFwLCMi7GppdwtRzMyDpFOFxdpH8=", "hashcat"),
        KnownAnswer::new("AK1wTiFOMv7mZOTvQNmKQBAY98hZZjSRLxAY8vZp8NlDWU=", "fortigate"),
    ],
    cost: |_| 2,
    run: |pairs, hits| {
        each(pairs, hits, |target, word| {
            let sha = Sha1::new().chain_update(target.salt()).chain_update(word);
            sha.chain_update(PEPPER).finalize()[..] == *target.digest()
        });
    },
};

fn parse(stored: &Stored<'_>) -> Result<Parsed, Refusal> {
    let bytes = base64(after(stored.bytes, "AK1")?)?;
    if bytes.len() != 12 + 20 {
        return Err(Refusal::Shape);
    }
    Ok(target(&bytes[..12], &bytes[12..]))
}
