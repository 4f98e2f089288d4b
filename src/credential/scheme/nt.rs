//! NT hash: MD4 over the password in UTF-16LE (MS-NLMP 3.3.1).

use crate::credential::batch::{Digests, WordBatch};
use crate::credential::family::lanes;
use crate::credential::hex;
use crate::credential::scheme::{
    Body, EachRows, KnownAnswer, Parsed, Refusal, Scheme, Stored, Unsalted,
};
use crate::model::credential::State;

pub(super) struct Nt;

impl Scheme for Nt {
    fn names(&self) -> &'static [&'static str] {
        &["nt"]
    }

    fn parse(&self, stored: &Stored<'_>) -> Result<Parsed, Refusal> {
        let digest = hex::digest(stored.bytes, 16).ok_or(Refusal::Shape)?;
        if digest.as_bytes() == [0; 16] {
            return Ok(Parsed::Closed(State::Placeholder));
        }
        Ok(Parsed::Digest(digest))
    }

    fn known_answers(&self) -> &'static [KnownAnswer] {
        const ANSWERS: &[KnownAnswer] = &[
            KnownAnswer::new("b4b9b02e6f09a9bd760f388b67351e2b", "hashcat"),
            KnownAnswer::new("31d6cfe0d16ae931b73c59d7e0c089c0", ""),
        ];
        ANSWERS
    }

    fn body(&self) -> Body<'_> {
        Body::Unsalted(self)
    }
}

impl Unsalted for Nt {
    fn family(&self) -> &'static str {
        "nt"
    }

    fn width(&self) -> usize {
        16
    }

    fn digests(&self, words: &WordBatch, out: &mut Digests) {
        lanes::nt_digests(words, out);
    }

    fn digests_with_endings(&self, stems: &WordBatch, endings: &[Vec<u8>], each: EachRows<'_>) {
        lanes::nt_with_endings(self, stems, endings, each);
    }
}
