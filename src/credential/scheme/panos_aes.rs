//! PAN-OS, `-AQ==`, base64 of the password's SHA-1, base64 of AES under a master key.
//!
//! The factory's master key is public. Under another one the SHA-1 still stands in the open, so
//! that equal passwords show across devices and against every other unsalted SHA-1.

use crate::credential::batch::Digest;
use crate::credential::family::aes_blocks::decrypt_cbc;
use crate::credential::family::text::base64;
use crate::credential::family::{ReversibleForm, after};
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};
use crate::model::credential::State;
use md5::Md5;
use sha1::{Digest as _, Sha1};
use zeroize::Zeroizing;

const FACTORY_KEY: &[u8] = b"p1a2l3o4a5l6t7o8";

pub(super) const SCHEME: ReversibleForm = ReversibleForm {
    names: &["panos-aes"],
    announced: |stored| stored.starts_with(b"-AQ=="),
    parse,
    answers: &[
        KnownAnswer::new("-AQ==4oaXexPxqJ4g0EWSB1RdFf4eugg=QB2FTzPzPnegOOdK2VtojQ==", "letmein123"),
        KnownAnswer::keyed(
            "-AQ==4oaXexPxqJ4g0EWSB1RdFf4eugg=yicd7NMQ47s6u8/GgByLMQ==",
            "1234567812345678",
            "letmein123",
        ),
    ],
    read: |stored| read(stored).map(|(_, text)| text),
};

fn parts(stored: &[u8]) -> Result<([u8; 20], Vec<u8>), Refusal> {
    let (sha, text) = after(stored, "-AQ==")?.split_at_checked(28).ok_or(Refusal::Shape)?;
    let (sha, text) = (base64(sha)?, base64(text)?);
    if text.is_empty() || !text.len().is_multiple_of(16) {
        return Err(Refusal::Shape);
    }
    Ok((sha.try_into().map_err(|_| Refusal::Shape)?, text))
}

fn parse(stored: &Stored<'_>) -> Result<Parsed, Refusal> {
    let (sha, _) = parts(stored.bytes)?;
    match read(stored) {
        Ok((state, _)) => Ok(Parsed::Readable(state)),
        Err(Refusal::NoKey) => {
            let digest = Digest::new(&sha).ok_or(Refusal::Shape)?;
            let value = Box::new(Parsed::Digest(digest));
            Ok(Parsed::Other { scheme: "raw-sha1", state: State::ReversibleKeyed, value })
        }
        Err(refusal) => Err(refusal),
    }
}

fn read(stored: &Stored<'_>) -> Result<(State, Zeroizing<Vec<u8>>), Refusal> {
    let (sha, text) = parts(stored.bytes)?;
    let open = |master: &[u8]| {
        decrypt_cbc(&key_of(master), &text).filter(|text| Sha1::digest(&**text)[..] == sha)
    };
    if let Some(text) = open(FACTORY_KEY) {
        return Ok((State::Reversible, text));
    }
    let text = stored.keys.of("panos-aes").find_map(open).ok_or(Refusal::NoKey)?;
    Ok((State::ReversibleKeyed, text))
}

fn key_of(master: &[u8]) -> [u8; 32] {
    let half: [u8; 16] =
        Md5::new().chain_update(master).chain_update(Md5::digest(b"pannetwork")).finalize().into();
    std::array::from_fn(|index| half[index % 16])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_the_key_the_digest_serves() {
        let blob = b"-AQ==4oaXexPxqJ4g0EWSB1RdFf4eugg=yicd7NMQ47s6u8/GgByLMQ==";
        let Ok(Parsed::Other { scheme, state, value }) = parse(&Stored::new(blob, b"")) else {
            panic!("the key was not given");
        };
        let Parsed::Digest(digest) = *value else { panic!("no digest") };
        assert_eq!((scheme, state), ("raw-sha1", State::ReversibleKeyed));
        assert_eq!(digest.as_bytes(), &Sha1::digest(b"letmein123")[..]);
    }

    #[test]
    fn a_damaged_one_is_refused() {
        let refusal = |blob: &[u8]| parse(&Stored::new(blob, b"")).err();
        assert_eq!(refusal(b"-AQ==4oaXexPxqJ4g0EWSB1RdFf4eugg="), Some(Refusal::Shape));
        assert_eq!(refusal(b"-AQ==4oaXexPxqJ4g0EWSB1RdFf4eugg=yicd7NMQ"), Some(Refusal::Shape));
        assert_eq!(refusal(b"-AQ==abc"), Some(Refusal::Shape));
    }
}
