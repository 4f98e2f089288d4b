//! Cisco type 4: SHA-256 of the password, without salt, in the letters of crypt(3).

use crate::credential::family::text::cisco64;
use crate::credential::family::{self, UnsaltedForm, digest};
use crate::credential::scheme::raw_sha256;
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};

pub(super) const SCHEME: UnsaltedForm = UnsaltedForm {
    names: &["cisco-type4"],
    announced: family::never,
    parse,
    answers: &[KnownAnswer::new("2btjjy78REtmYkkW0csHUbJZOstRXoWdX1mGrmmfeHI", "hashcat")],
    ..raw_sha256::SCHEME
};

fn parse(stored: &Stored<'_>) -> Result<Parsed, Refusal> {
    match stored.bytes.len() {
        43 => digest(&cisco64(stored.bytes)?),
        _ => Err(Refusal::Shape),
    }
}
