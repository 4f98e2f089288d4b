//! OpenMRS of old: SHA-1 of password and salt in hexadecimal; the oldest rows lack the leading
//! zero of each byte (`Integer.toHexString`), so that they are shorter than 40 letters.

use crate::credential::batch::Target;
use crate::credential::family::text::hex;
use crate::credential::family::{SaltedForm, each, never};
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};
use crate::model::credential::State;
use sha1::{Digest, Sha1};

pub(super) const SCHEME: SaltedForm = SaltedForm {
    names: &["openmrs-sha1"],
    announced: never,
    parse,
    answers: &[
        KnownAnswer::salted(
            "4a1750c8607d0fa237de36c6305715c223415189",
            "c788c6ad82a157b712392ca695dfcf2eed193d7f",
            "test",
        ),
        KnownAnswer::salted(
            "4a1750c8607dfa237de36c6305715c223415189",
            "c788c6ad82a157b712392ca695dfcf2eed193d7f",
            "test",
        ),
    ],
    cost: |_| 3,
    run: |pairs, hits| each(pairs, hits, opens),
};

fn parse(stored: &Stored<'_>) -> Result<Parsed, Refusal> {
    let mut text = stored.bytes.to_ascii_lowercase();
    if text.len() == 20 {
        text = hex(stored.bytes);
    }
    // Of twenty bytes rarely more than six begin with a zero.
    if !(34..=40).contains(&text.len()) || !text.iter().all(u8::is_ascii_hexdigit) {
        return Err(Refusal::Shape);
    }
    if text.iter().all(|&digit| digit == b'0') {
        return Ok(Parsed::Closed(State::Placeholder));
    }
    Ok(Parsed::Target(Target::new([0; 2], stored.outside()?, &text)))
}

fn opens(target: &Target, word: &[u8]) -> bool {
    let sha: [u8; 20] =
        Sha1::new().chain_update(word).chain_update(target.salt()).finalize().into();
    let whole = hex(&sha);
    let short = whole.chunks_exact(2).flat_map(|two| if two[0] == b'0' { &two[1..] } else { two });
    target.digest() == whole || target.digest().iter().eq(short)
}
