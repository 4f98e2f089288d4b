//! LM hash: DES of a constant under each half of the upper-cased password (MS-NLMP 3.3.1).
//!
//! The presence of an LM hash is a finding of its own. As case is lost, equal LM hashes do not
//! prove equal passwords, and they are neither compared nor searched.

use crate::credential::batch::{Digests, WordBatch};
use crate::credential::hex;
use crate::credential::scheme::{Body, KnownAnswer, Parsed, Refusal, Scheme, Stored, Unsalted};
use crate::model::credential::State;
use des::Des;
use des::cipher::{BlockCipherEncrypt, KeyInit};

pub(super) const EMPTY_HALF: [u8; 8] = [0xaa, 0xd3, 0xb4, 0x35, 0xb5, 0x14, 0x04, 0xee];

pub(super) struct Lm;

impl Scheme for Lm {
    fn names(&self) -> &'static [&'static str] {
        &["lm"]
    }

    fn parse(&self, stored: &Stored<'_>) -> Result<Parsed, Refusal> {
        let digest = hex::digest(stored.bytes, 16).ok_or(Refusal::Shape)?;
        // The hash of the empty word is what tools print where none is stored.
        if digest.as_bytes() == [EMPTY_HALF; 2].concat() || digest.as_bytes() == [0; 16] {
            return Ok(Parsed::Closed(State::Placeholder));
        }
        Ok(Parsed::Digest(digest))
    }

    fn known_answers(&self) -> &'static [KnownAnswer] {
        const ANSWERS: &[KnownAnswer] = &[
            KnownAnswer::new("299bd128c1101fd6aad3b435b51404ee", "HASHCAT"),
            KnownAnswer::new("D1BA0012299000EBC2265B23734E0DAC", "Hygiene1"),
        ];
        ANSWERS
    }

    fn body(&self) -> Body<'_> {
        Body::Unsalted(self)
    }
}

impl Unsalted for Lm {
    fn family(&self) -> &'static str {
        "lm"
    }

    fn width(&self) -> usize {
        16
    }

    fn digests(&self, words: &WordBatch, out: &mut Digests) {
        out.reset(words.len(), 16);
        for (index, word) in words.iter().enumerate() {
            if word.len() <= 14 && word.is_ascii() {
                out.set(index, &lm(word));
            }
        }
    }

    fn exact(&self) -> bool {
        false
    }
}

pub(super) fn lm(word: &[u8]) -> [u8; 16] {
    let mut padded = [0; 14];
    padded[..word.len()].copy_from_slice(word);
    padded.make_ascii_uppercase();
    let mut out = [0; 16];
    for (half, place) in padded.chunks_exact(7).zip(out.chunks_exact_mut(8)) {
        let mut block = (*b"KGS!@#$%").into();
        Des::new(&spread(half).into()).encrypt_block(&mut block);
        place.copy_from_slice(&block);
    }
    out
}

// 56 bits become eight bytes of seven bits and a parity bit that DES ignores.
fn spread(half: &[u8]) -> [u8; 8] {
    let bits = half.iter().fold(0_u64, |bits, &byte| bits << 8 | u64::from(byte));
    std::array::from_fn(|i| (bits >> (49 - 7 * i) << 1) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_of_the_empty_word_means_that_none_is_stored() {
        let stored = Stored::new(b"aad3b435b51404eeaad3b435b51404ee", b"");
        assert!(matches!(Lm.parse(&stored), Ok(Parsed::Closed(State::Placeholder))));
        assert_eq!(lm(b""), [EMPTY_HALF; 2].concat()[..]);
    }
}
