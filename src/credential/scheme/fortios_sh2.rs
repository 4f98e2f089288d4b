//! `FortiOS` administrators, `SH2` + base64 of a 12-byte salt and SHA-256(salt, password, pepper).

use crate::credential::batch::{Hits, Pair, Target};
use crate::credential::scheme::{Body, KnownAnswer, Parsed, Refusal, Salted, Scheme, Stored};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

pub(super) const PEPPER: [u8; 24] = [
    0xa3, 0x88, 0xba, 0x2e, 0x42, 0x4c, 0xb0, 0x4a, 0x53, 0x79, 0x30, 0xc1, 0x31, 0x07, 0xcc, 0x3f,
    0xa1, 0x32, 0x90, 0x29, 0xa9, 0x81, 0x5b, 0x70,
];
const SALT: usize = 12;
const LETTERS: usize = 60;

pub(super) struct FortiosSh2;

impl Scheme for FortiosSh2 {
    fn names(&self) -> &'static [&'static str] {
        &["fortios-sh2"]
    }

    fn announced(&self, stored: &[u8]) -> bool {
        stored.starts_with(b"SH2") && stored.len() == 3 + LETTERS
    }

    fn parse(&self, stored: &Stored<'_>) -> Result<Parsed, Refusal> {
        let text = stored.bytes.strip_prefix(b"SH2").ok_or(Refusal::Shape)?;
        let bytes = STANDARD.decode(text).map_err(|_| Refusal::Shape)?;
        if bytes.len() != SALT + 32 {
            return Err(Refusal::Shape);
        }
        Ok(Parsed::Target(Target::new([1, 0], &bytes[..SALT], &bytes[SALT..])))
    }

    fn known_answers(&self) -> &'static [KnownAnswer] {
        const ANSWERS: &[KnownAnswer] = &[
            KnownAnswer::new(
                "SH2lpcpFXM5QRlWYwY5vL9+5svfYyb+c79qENpxEoB3NtZpVxKwHjuq/9TH88U=",
                "hashcat",
            ),
            KnownAnswer::new(
                "SH2+n+OiTlautpJQF1NBcMU2H1otOvlAz9g5wzxwHw+4il3Aiixv9oPtKnRgCc=",
                "a",
            ),
        ];
        ANSWERS
    }

    fn body(&self) -> Body<'_> {
        Body::Salted(self)
    }
}

impl Salted for FortiosSh2 {
    fn cost(&self, _target: &Target) -> u64 {
        2
    }

    fn run(&self, pairs: &[Pair<'_>], hits: &mut Hits) {
        for pair in pairs {
            let mut sha = Sha256::new();
            sha.update(pair.target.salt());
            sha.update(pair.word);
            sha.update(PEPPER);
            if sha.finalize()[..] == *pair.target.digest() {
                hits.hit(pair.id);
            }
        }
    }
}
