//! WPA pre-shared key of 256 bits: PBKDF2-SHA1 of the passphrase with the SSID, 4096 rounds
//! (IEEE 802.11i, annex H.4).

use crate::credential::family::pbkdf2::{self, Prf};
use crate::credential::family::{SaltedForm, hex_bytes, never};
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};

pub(super) const SCHEME: SaltedForm = SaltedForm {
    names: &["wpa-psk"],
    announced: never,
    parse,
    answers: &[KnownAnswer::salted(
        "f42c6fc52df0ebef9ebb4b90b38a5f902e83fe1b135a70e23aed762e9710a12e",
        "IEEE",
        "password",
    )],
    cost: pbkdf2::cost,
    run: |pairs, hits| {
        // A passphrase has 8 to 63 letters; others need not be computed.
        let possible = pairs.iter().filter(|pair| (8..=63).contains(&pair.word.len()));
        pbkdf2::run(&possible.copied().collect::<Vec<_>>(), hits);
    },
};

fn parse(stored: &Stored<'_>) -> Result<Parsed, Refusal> {
    let key = hex_bytes(stored.bytes, 32)?;
    pbkdf2::target(Prf::Sha1, 4096, stored.outside()?, &key)
}
