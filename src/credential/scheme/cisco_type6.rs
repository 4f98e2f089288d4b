//! Cisco type 6 under a master key: base 41 of salt, AES in counter mode and a short HMAC.

use crate::credential::family::aes_blocks::encrypt;
use crate::credential::family::{ReversibleForm, never};
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};
use crate::model::credential::State;
use hmac::{Hmac, KeyInit, Mac};
use md5::{Digest, Md5};
use sha1::Sha1;
use zeroize::Zeroizing;

const SALT: usize = 8;
const MAC: usize = 4;

pub(super) const SCHEME: ReversibleForm = ReversibleForm {
    names: &["cisco-type6"],
    announced: never,
    parse: |stored| read(stored).map(|_| Parsed::Readable(State::ReversibleKeyed)),
    answers: &[
        KnownAnswer::keyed(r"NdUI^_YP[VEPG[MT_bfTEFNZYFCYe\R\M", "cisco123", "password"),
        KnownAnswer::keyed(r"fe_a`iJYE\DZYJhDhTP[`MYaTgRH_MAAB", "Cisco123", "Cisco123"),
        KnownAnswer::keyed(
            "XOUDEUYHeLGdB`UAZKX\\GK[iEgCWMZXEXN^dTGZ[UAAAB",
            "mySecretMasterkey",
            "mySecretPassword",
        ),
    ],
    read,
};

// Three letters from `A` on give two bytes.
fn bytes(stored: &[u8]) -> Result<Vec<u8>, Refusal> {
    let fits = stored.len().is_multiple_of(3) && stored.iter().all(|b| (b'A'..=b'i').contains(b));
    // Salt, check and at least one letter.
    if !fits || stored.len() / 3 * 2 < SALT + 1 + MAC {
        return Err(Refusal::Shape);
    }
    let mut out = Vec::with_capacity(stored.len() / 3 * 2);
    for three in stored.chunks_exact(3) {
        let sum = three.iter().fold(0, |sum, &letter| sum * 41 + u32::from(letter - b'A'));
        out.extend(u16::try_from(sum).map_err(|_| Refusal::Shape)?.to_be_bytes());
    }
    Ok(out)
}

fn read(stored: &Stored<'_>) -> Result<Zeroizing<Vec<u8>>, Refusal> {
    let bytes = bytes(stored.bytes)?;
    stored.keys.of("cisco-type6").find_map(|master| open(&bytes, master)).ok_or(Refusal::NoKey)
}

// The last one or two bytes may be filling; the check tells.
fn open(bytes: &[u8], master: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let master: [u8; 16] = Md5::digest(master).into();
    let mut block = [0; 16];
    block[..SALT].copy_from_slice(&bytes[..SALT]);
    let check = encrypt(&master, &block);
    block[15] = 1;
    let cipher = encrypt(&master, &block);
    let fits = |filling: &usize| {
        let Some(end) = bytes.len().checked_sub(MAC + filling) else { return false };
        let Ok(mac) = Hmac::<Sha1>::new_from_slice(&check) else { return false };
        end > SALT
            && mac
                .chain_update(&bytes[SALT..end])
                .verify_truncated_left(&bytes[end..end + MAC])
                .is_ok()
    };
    let filling = (0..=2).find(fits)?;
    let mut text = Zeroizing::new(bytes[SALT..bytes.len() - MAC - filling].to_vec());
    for (number, part) in text.chunks_mut(16).enumerate() {
        let mut counter = [0; 16];
        counter[3] = number as u8;
        part.iter_mut().zip(encrypt(&cipher, &counter)).for_each(|(byte, key)| *byte ^= key);
    }
    // Most writers encrypt the zero that ends the text as well.
    if text.last() == Some(&0) {
        text.pop();
    }
    (!text.is_empty() && !text.contains(&0)).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credential::keys::Keys;

    #[test]
    fn without_the_right_key_it_stays_shut() {
        let refusal = |text: &[u8], keys: &[u8]| {
            let keys = Keys::parse(keys).unwrap();
            (SCHEME.parse)(&Stored { keys: &keys, ..Stored::new(text, b"") }).err()
        };
        let text = r"fe_a`iJYE\DZYJhDhTP[`MYaTgRH_MAAB".as_bytes();
        assert_eq!(refusal(text, b""), Some(Refusal::NoKey));
        assert_eq!(refusal(text, b"cisco-type6:cisco123"), Some(Refusal::NoKey));
        assert_eq!(refusal(text, b"cisco-type6:no\ncisco-type6:Cisco123"), None);
        assert_eq!(refusal(&text[..18], b""), Some(Refusal::Shape), "twelve bytes are too few");
        assert_eq!(refusal(&text[..20], b""), Some(Refusal::Shape));
        assert_eq!(refusal(b"iiiiiiiiiiiiiiiiiiiiiiiii", b""), Some(Refusal::Shape));
        assert_eq!(refusal(b"iiiiiiiiiiiiiiiiiiiiiiii", b""), Some(Refusal::Shape), "no two bytes");
    }
}
