//! Oracle 12c, `T:`: SHA-512 of a PBKDF2-SHA512 key and its salt, then the salt, in hexadecimal.

use crate::credential::batch::Target;
use crate::credential::family::{SaltedForm, after, each, hex_bytes, target};
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal};
use pbkdf2::pbkdf2_hmac;
use sha2::{Digest, Sha512};

const ROUNDS: u32 = 4096;

pub(super) const SCHEME: SaltedForm = SaltedForm {
    names: &["oracle-12c"],
    announced: |stored| parts(stored).is_ok(),
    parse: |stored| parts(stored.bytes),
    answers: &[KnownAnswer::new(
        "T:8F75FBD166AFDB6D7587DAB89C2F15672AAC031C5B0B5E65C0835FB130555F6FF4E0E5764976755558112246FFF306450C22F6B7746B9E9831ED97B373992F9157436180438417080374881414745255",
        "hashcat",
    )],
    cost: |_| u64::from(ROUNDS) * 8,
    run: |pairs, hits| each(pairs, hits, opens),
};

fn parts(stored: &[u8]) -> Result<Parsed, Refusal> {
    let bytes = hex_bytes(after(stored, "T:")?, 80)?;
    Ok(target(&bytes[64..], &bytes[..64]))
}

fn opens(target: &Target, word: &[u8]) -> bool {
    let salt = [target.salt(), b"AUTH_PBKDF2_SPEEDY_KEY"].concat();
    let mut key = [0; 64];
    pbkdf2_hmac::<Sha512>(word, &salt, ROUNDS, &mut key);
    Sha512::new().chain_update(key).chain_update(target.salt()).finalize()[..] == *target.digest()
}
