//! Dahua cameras and recorders: eight letters made of the sums of neighbouring bytes of the MD5.

use crate::credential::family::{UnsaltedForm, digest, fill, never};
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};
use md5::{Digest, Md5};

pub(super) const SCHEME: UnsaltedForm = UnsaltedForm {
    names: &["dahua-camera-md5-8"],
    announced: never,
    parse,
    answers: &[KnownAnswer::new("GRuHbyVp", "hashcat")],
    family: "dahua",
    width: 8,
    digests: |words, out| fill(words, out, |word| Some(letters(&Md5::digest(word).into()))),
    exact: true,
};

fn parse(stored: &Stored<'_>) -> Result<Parsed, Refusal> {
    if stored.bytes.len() != 8 || !stored.bytes.iter().all(u8::is_ascii_alphanumeric) {
        return Err(Refusal::Shape);
    }
    digest(stored.bytes)
}

fn letters(md5: &[u8; 16]) -> [u8; 8] {
    const LETTERS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    std::array::from_fn(|index| {
        let sum = usize::from(md5[index * 2]) + usize::from(md5[index * 2 + 1]);
        LETTERS[sum % 62]
    })
}
