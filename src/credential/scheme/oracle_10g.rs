//! Oracle 10g: DES in CBC over user and password in upper case, twice; the last block is kept.
//! Case is lost.

use crate::credential::family::{SaltedForm, each, never, raw_digest, target};
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};
use des::Des;
use des::cipher::{BlockCipherEncrypt, KeyInit};
use zeroize::Zeroizing;

const KEY: u64 = 0x0123_4567_89ab_cdef;

pub(super) const SCHEME: SaltedForm = SaltedForm {
    names: &["oracle-10g"],
    announced: never,
    parse,
    answers: &[KnownAnswer::salted("792FCB0AE31D8489", "7284616727", "hashcat")],
    cost: |_| 20,
    run: |pairs, hits| {
        each(pairs, hits, |target, word| {
            oracle(word, target.salt()).is_some_and(|digest| digest == target.digest())
        });
    },
};

fn parse(stored: &Stored<'_>) -> Result<Parsed, Refusal> {
    match raw_digest(stored.bytes, 8)? {
        Parsed::Digest(digest) => Ok(target(stored.user()?, digest.as_bytes())),
        closed => Ok(closed),
    }
}

fn oracle(word: &[u8], user: &[u8]) -> Option<[u8; 8]> {
    let text = [std::str::from_utf8(user).ok()?, std::str::from_utf8(word).ok()?];
    let upper = Zeroizing::new(text.map(str::to_uppercase));
    let wide = upper.iter().flat_map(|part| part.encode_utf16()).flat_map(u16::to_be_bytes);
    let wide: Zeroizing<Vec<u8>> = Zeroizing::new(wide.collect());
    let key = last_block(KEY, &wide);
    Some(last_block(key, &wide).to_be_bytes())
}

fn last_block(key: u64, text: &[u8]) -> u64 {
    let des = Des::new(&key.to_be_bytes().into());
    text.chunks(8).fold(0, |last, part| {
        let mut block = [0; 8];
        block[..part.len()].copy_from_slice(part);
        let mut block = (last ^ u64::from_be_bytes(block)).to_be_bytes().into();
        des.encrypt_block(&mut block);
        u64::from_be_bytes(block.into())
    })
}
