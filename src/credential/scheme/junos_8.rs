//! Junos `$8$` under a master password:
//! `$8$aes256-gcm$hmac-sha2-256$rounds$salt$iv$tag$text`.

use crate::credential::family::pbkdf2::bounded;
use crate::credential::family::text::base64;
use crate::credential::family::{ReversibleForm, after, number};
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};
use crate::model::credential::State;
use aes_gcm::aead::inout::InOutBuf;
use aes_gcm::{AeadInOut, Aes256Gcm, KeyInit};
use pbkdf2::pbkdf2_hmac;
use sha2::Sha256;
use zeroize::Zeroizing;

/// A stored secret that demands more is not opened; devices write 100.
const MAX_ROUNDS: u32 = 100_000;
const PREFIX: &str = "$8$aes256-gcm$hmac-sha2-256$";

pub(super) const SCHEME: ReversibleForm = ReversibleForm {
    names: &["junos-8"],
    announced: |stored| stored.starts_with(PREFIX.as_bytes()),
    parse: |stored| read(stored).map(|_| Parsed::Readable(State::ReversibleKeyed)),
    answers: &[KnownAnswer::keyed(
        "$8$aes256-gcm$hmac-sha2-256$100$p8XEvHtxRNE$d/hqRmh5etkBzo7WSdtvjg$7w1eMTYXkz4RdzMF9CAkJQ$qVLunbFwBWwyxln2Vg",
        "a3f8d9e112c04b7af1c3e8b92d057a4e",
        "LabBgpSecret1",
    )],
    read,
};

struct Parts {
    rounds: u32,
    salt: Vec<u8>,
    nonce: [u8; 12],
    tag: [u8; 16],
    text: Vec<u8>,
}

fn parts(stored: &[u8]) -> Result<Parts, Refusal> {
    let fields: Vec<&[u8]> = after(stored, PREFIX)?.split(|&byte| byte == b'$').collect();
    let [rounds, salt, iv, tag, text] = fields[..] else { return Err(Refusal::Shape) };
    let (iv, tag) = (base64(iv)?, base64(tag)?);
    if iv.len() != 16 {
        return Err(Refusal::Shape);
    }
    let rounds = bounded(number(rounds)?)?;
    if rounds > MAX_ROUNDS {
        return Err(Refusal::Cost);
    }
    Ok(Parts {
        rounds,
        salt: base64(salt)?,
        nonce: std::array::from_fn(|index| iv[index]),
        tag: tag.try_into().map_err(|_| Refusal::Shape)?,
        text: base64(text)?,
    })
}

fn read(stored: &Stored<'_>) -> Result<Zeroizing<Vec<u8>>, Refusal> {
    let parts = parts(stored.bytes)?;
    stored.keys.of("junos-8").find_map(|key| open(&parts, key)).ok_or(Refusal::NoKey)
}

fn open(parts: &Parts, master: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let mut key = Zeroizing::new([0; 32]);
    pbkdf2_hmac::<Sha256>(master, &parts.salt, parts.rounds, &mut *key);
    let mut text = Zeroizing::new(parts.text.clone());
    let buffer = InOutBuf::from(&mut text[..]);
    Aes256Gcm::new_from_slice(&*key)
        .ok()?
        .decrypt_inout_detached(&parts.nonce.into(), b"", buffer, &parts.tag.into())
        .ok()?;
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credential::keys::Keys;

    const REST: &str =
        "p8XEvHtxRNE$d/hqRmh5etkBzo7WSdtvjg$7w1eMTYXkz4RdzMF9CAkJQ$qVLunbFwBWwyxln2Vg";

    #[test]
    fn rounds_keys_and_parts_are_checked() {
        let keys = Keys::parse(b"junos-8:a3f8d9e112c04b7af1c3e8b92d057a4e\n").unwrap();
        let refusal = |rest: &str, keys: &Keys| {
            let text = format!("{PREFIX}{rest}");
            read(&Stored { keys, ..Stored::new(text.as_bytes(), b"") }).err()
        };
        assert_eq!(refusal(&format!("100${REST}"), &keys), None);
        assert_eq!(refusal(&format!("100${REST}"), Keys::none()), Some(Refusal::NoKey));
        assert_eq!(refusal(&format!("101${REST}"), &keys), Some(Refusal::NoKey));
        assert_eq!(refusal(&format!("100001${REST}"), &keys), Some(Refusal::Cost));
        assert_eq!(refusal(&format!("99999999999${REST}"), &keys), Some(Refusal::Cost));
        assert_eq!(refusal("100$a$b$c", &keys), Some(Refusal::Shape));
    }
}
