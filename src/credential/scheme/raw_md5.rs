//! MD5 (RFC 1321) of the password's bytes, without salt.

use crate::credential::batch::{Digests, WordBatch};
use crate::credential::family::lanes;
use crate::credential::hex;
use crate::credential::scheme::{Body, KnownAnswer, Parsed, Refusal, Scheme, Stored, Unsalted};
use crate::kernel::Algorithm;
use crate::model::credential::State;

pub(super) struct RawMd5;

/// What OpenDolphin stores for removed users instead of a digest.
pub(super) const TOMBSTONE: [u8; 16] = [
    0xc9, 0xdb, 0xeb, 0x1d, 0xe8, 0x3e, 0x60, 0xeb, 0x1e, 0xb3, 0x67, 0x5f, 0xa7, 0xd6, 0x9a, 0x02,
];

/// A stored MD5, or the tombstone that stands in its place.
pub(super) fn parse(stored: &[u8]) -> Result<Parsed, Refusal> {
    let digest = hex::digest(stored, 16).ok_or(Refusal::Shape)?;
    if digest.as_bytes() == TOMBSTONE {
        return Ok(Parsed::Closed(State::Locked));
    }
    if digest.as_bytes() == [0; 16] {
        return Ok(Parsed::Closed(State::Placeholder));
    }
    Ok(Parsed::Digest(digest))
}

impl Scheme for RawMd5 {
    fn names(&self) -> &'static [&'static str] {
        &["raw-md5"]
    }

    fn parse(&self, stored: &Stored<'_>) -> Result<Parsed, Refusal> {
        parse(stored.bytes)
    }

    fn known_answers(&self) -> &'static [KnownAnswer] {
        const ANSWERS: &[KnownAnswer] =
            &[KnownAnswer::new("8743b52063cd84097a65d1633f5c74f5", "hashcat")];
        ANSWERS
    }

    fn body(&self) -> Body<'_> {
        Body::Unsalted(self)
    }
}

impl Unsalted for RawMd5 {
    fn family(&self) -> &'static str {
        "md5"
    }

    fn width(&self) -> usize {
        16
    }

    fn digests(&self, words: &WordBatch, out: &mut Digests) {
        lanes::digests(Algorithm::Md5, words, out);
    }
}
