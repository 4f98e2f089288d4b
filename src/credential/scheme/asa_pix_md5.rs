//! Cisco PIX and ASA `enable` and `passwd` lines: MD5 of the padded password, three bytes of each
//! four, without salt.

use crate::credential::crypt64;
use crate::credential::family::{UnsaltedForm, digest, fill, never};
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};
use md5::{Digest, Md5};

pub(super) const SCHEME: UnsaltedForm = UnsaltedForm {
    names: &["asa-pix-md5"],
    announced: never,
    parse: |stored| digest(&letters(stored)?),
    answers: &[
        KnownAnswer::new("dRRVnUmUHXOTt9nk", "hashcat"),
        KnownAnswer::new("2KFQnbNIdI.2KYOU", "cisco"),
        KnownAnswer::new("8Ry2YjIyt7RRXU24", ""),
    ],
    family: "pix",
    width: 12,
    digests: |words, out| {
        fill(words, out, |word| match word.len() {
            ..=16 => Some(padded::<16>(word)),
            17..=32 => Some(padded::<32>(word)),
            _ => None,
        });
    },
    exact: true,
};

/// The twelve bytes of sixteen letters.
pub(super) fn letters(stored: &Stored<'_>) -> Result<Vec<u8>, Refusal> {
    if stored.bytes.len() != 16 {
        return Err(Refusal::Shape);
    }
    crypt64::unpack(stored.bytes).ok_or(Refusal::Shape)
}

/// Digest of a text that is cut or filled with zeros to N bytes.
pub(super) fn padded<const N: usize>(text: &[u8]) -> [u8; 12] {
    let mut block = [0; N];
    let len = text.len().min(N);
    block[..len].copy_from_slice(&text[..len]);
    let md5 = Md5::digest(block);
    std::array::from_fn(|index| md5[index / 3 * 4 + index % 3])
}

/// A parsed account line: the salt is four letters made of the user name.
pub(super) fn salted(user: &[u8], stored: &Stored<'_>) -> Result<Parsed, Refusal> {
    let four: Vec<u8> = user.iter().copied().cycle().take(4).collect();
    Ok(crate::credential::family::target(&four, &letters(stored)?))
}
