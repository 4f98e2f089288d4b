//! Cisco type 4: SHA-256 of the password, without salt, in the letters of crypt(3).

use crate::credential::family::text::cisco64;
use crate::credential::family::{OuterForm, digest_of, never};
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};

pub(super) const SCHEME: OuterForm = OuterForm {
    names: &["cisco-type4"],
    announced: never,
    parse,
    answers: &[KnownAnswer::new("2btjjy78REtmYkkW0csHUbJZOstRXoWdX1mGrmmfeHI", "hashcat")],
};

fn parse(stored: &Stored<'_>) -> Result<Parsed, Refusal> {
    match stored.bytes.len() {
        43 => digest_of("raw-sha256", &cisco64(stored.bytes)?),
        _ => Err(Refusal::Shape),
    }
}
