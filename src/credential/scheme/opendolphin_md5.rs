//! OpenDolphin: MD5 over the password in ISO-8859-1, without salt (`HashUtil.MD5`).

use crate::credential::batch::{Digests, WordBatch};
use crate::credential::scheme::raw_md5;
use crate::credential::scheme::{Body, KnownAnswer, Parsed, Refusal, Scheme, Stored, Unsalted};
use md5::{Digest, Md5};

pub(super) struct OpenDolphinMd5;

impl Scheme for OpenDolphinMd5 {
    fn names(&self) -> &'static [&'static str] {
        &["opendolphin-md5"]
    }

    fn parse(&self, stored: &Stored<'_>) -> Result<Parsed, Refusal> {
        raw_md5::parse(stored.bytes)
    }

    fn known_answers(&self) -> &'static [KnownAnswer] {
        const ANSWERS: &[KnownAnswer] =
            &[KnownAnswer::new("21232f297a57a5a743894a0e4a801fc3", "admin")];
        ANSWERS
    }

    fn body(&self) -> Body<'_> {
        Body::Unsalted(self)
    }
}

impl Unsalted for OpenDolphinMd5 {
    fn family(&self) -> &'static str {
        "md5"
    }

    fn width(&self) -> usize {
        16
    }

    fn digests(&self, words: &WordBatch, out: &mut Digests) {
        out.reset(words.len(), 16);
        for (index, word) in words.iter().enumerate() {
            if let Some(digest) = md5_of_latin1(word) {
                out.set(index, &digest);
            }
        }
    }
}

// Java replaces letters that ISO-8859-1 lacks by `?`: such a digest proves nothing, so none is made.
fn md5_of_latin1(word: &[u8]) -> Option<[u8; 16]> {
    if word.is_ascii() {
        return Some(Md5::digest(word).into());
    }
    let mut md5 = Md5::new();
    for letter in std::str::from_utf8(word).ok()?.chars() {
        md5.update([u8::try_from(letter).ok()?]);
    }
    Some(md5.finalize().into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::credential::State;

    #[test]
    fn the_tombstone_of_removed_users_is_no_password() {
        let stored = Stored::new(b"c9dbeb1de83e60eb1eb3675fa7d69a02", b"");
        assert!(matches!(OpenDolphinMd5.parse(&stored), Ok(Parsed::Closed(State::Locked))));
    }

    #[test]
    fn letters_outside_latin1_have_no_digest() {
        assert!(md5_of_latin1("é".as_bytes()).is_some_and(|d| d[..] == Md5::digest([0xe9])[..]));
        assert!(md5_of_latin1("鍵".as_bytes()).is_none());
    }
}
