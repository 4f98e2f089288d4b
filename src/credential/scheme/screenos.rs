//! `ScreenOS`: MD5 of `user:Administration Tools:password` in 24 letters of base64, three for each
//! 16 bits, with the letters `nrcstn` put between.

use crate::credential::family::{SaltedForm, each, never, target};
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};
use md5::{Digest, Md5};

const MARKS: [(usize, u8); 6] =
    [(0, b'n'), (6, b'r'), (12, b'c'), (17, b's'), (23, b't'), (29, b'n')];
const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

pub(super) const SCHEME: SaltedForm = SaltedForm {
    names: &["screenos"],
    announced: never,
    parse,
    answers: &[KnownAnswer::salted("nKjiFErqK7TPcZdFZsZMNWPtw4Pv8n", "26506173", "hashcat")],
    cost: |_| 1,
    run: |pairs, hits| {
        each(pairs, hits, |target, word| {
            let md5 = Md5::new().chain_update(target.salt());
            md5.chain_update(b":Administration Tools:").chain_update(word).finalize()[..]
                == *target.digest()
        });
    },
};

fn parse(stored: &Stored<'_>) -> Result<Parsed, Refusal> {
    let text = stored.bytes;
    if text.len() != 30 || MARKS.iter().any(|&(place, mark)| text[place] != mark) {
        return Err(Refusal::Shape);
    }
    let rest = text.iter().enumerate().filter(|(place, _)| MARKS.iter().all(|m| m.0 != *place));
    let values: Option<Vec<u32>> = rest
        .map(|(_, letter)| LETTERS.iter().position(|l| l == letter).map(|value| value as u32))
        .collect();
    let words = values.ok_or(Refusal::Shape)?;
    let words: Option<Vec<u16>> = words
        .chunks_exact(3)
        .map(|three| u16::try_from(three[0] << 12 | three[1] << 6 | three[2]).ok())
        .collect();
    let digest: Vec<u8> =
        words.ok_or(Refusal::Shape)?.into_iter().flat_map(u16::to_be_bytes).collect();
    Ok(target(stored.user()?, &digest))
}
