//! Keyed tags: equal for equal passwords, worthless without the key.

use crate::rules::hex;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, Zeroizing};

/// The key of a run's tags: 32 bytes, wiped on drop. It cannot be printed:
///
/// ```compile_fail
/// fn needs_debug<T: std::fmt::Debug>() {}
/// needs_debug::<kagiban::credential::TagKey>();
/// ```
pub struct TagKey(Zeroizing<[u8; 32]>);

/// A key file that cannot be used.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum TagKeyError {
    /// Fewer than 32 bytes (64 hexadecimal digits).
    #[error(
        "the tag key is too short: {0} bytes\nhint: 32 random bytes, or 64 hexadecimal digits, are needed; `kagiban init` makes such a file"
    )]
    Short(usize),
}

impl TagKey {
    /// Reads a key file: at least 64 hexadecimal digits (white space around them is ignored), else
    /// at least 32 raw bytes. Longer keys are hashed to 32 bytes with SHA-256.
    pub fn from_bytes(file: &[u8]) -> Result<Self, TagKeyError> {
        let digits = super::hex::decode(file.trim_ascii()).filter(|bytes| bytes.len() >= 32);
        let raw = Zeroizing::new(digits.unwrap_or_else(|| file.to_vec()));
        if raw.len() < 32 {
            return Err(TagKeyError::Short(raw.len()));
        }
        let mut key = Zeroizing::new([0; 32]);
        if raw.len() == 32 {
            key.copy_from_slice(&raw);
        } else {
            let mut digest = Sha256::digest(&*raw);
            key.copy_from_slice(&digest);
            digest.zeroize();
        }
        Ok(Self(key))
    }

    /// What tells keys apart: the first eight hexadecimal digits of
    /// SHA-256(`kagiban/key-id/1`, key).
    pub fn id(&self) -> String {
        let mut sha = Sha256::new();
        sha.update(b"kagiban/key-id/1");
        sha.update(&self.0[..]);
        hex(&sha.finalize()[..4])
    }

    /// `pw:` and 12 base32 letters of HMAC-SHA-256(key, `kagiban/tag/1`, family, bytes). `family`
    /// is `plain` for a known plaintext, else the name of the algorithm that made the bytes.
    pub fn tag(&self, family: &str, bytes: &[u8]) -> String {
        let mut padded = Zeroizing::new([0; 64]);
        padded[..32].copy_from_slice(&self.0[..]);
        let mut mac = Hmac::<Sha256>::new((&*padded).into());
        for part in [b"kagiban/tag/1", family.as_bytes(), bytes] {
            mac.update(part);
        }
        let digest = mac.finalize().into_bytes();
        let bits = digest[..8].iter().fold(0_u64, |bits, &byte| bits << 8 | u64::from(byte));
        let letter = |place: u32| {
            b"abcdefghijklmnopqrstuvwxyz234567"[(bits >> (59 - 5 * place)) as usize & 31]
        };
        let letters = (0..12).map(|place| char::from(letter(place)));
        "pw:".chars().chain(letters).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_of_a_key_file_are_one_key() {
        let raw = TagKey::from_bytes(&[0xab; 32]).unwrap();
        let text = TagKey::from_bytes(format!("{}\n", "ab".repeat(32)).as_bytes()).unwrap();
        assert_eq!((raw.id(), raw.tag("nt", b"x")), (text.id(), text.tag("nt", b"x")));
        assert_eq!(TagKey::from_bytes(b"short").err(), Some(TagKeyError::Short(5)));
        assert!(TagKey::from_bytes(&[1; 40]).is_ok());
    }

    // The expected words were computed with another implementation (Python's hmac and hashlib).
    #[test]
    fn known_answers() {
        let key = TagKey::from_bytes(&[7; 32]).unwrap();
        assert_eq!(key.id(), "3f2a7b08");
        assert_eq!(key.tag("plain", b"Demo"), "pw:kgmytozibcre");
        assert_eq!(key.tag("nt", &[0x31; 16]), "pw:jroxikvfrgsw");
    }

    #[test]
    fn tags_differ_by_key_family_and_bytes() {
        let (a, b) = (TagKey::from_bytes(&[1; 32]).unwrap(), TagKey::from_bytes(&[2; 32]).unwrap());
        let tags = [a.tag("nt", b"x"), b.tag("nt", b"x"), a.tag("md5", b"x"), a.tag("nt", b"y")];
        for (index, tag) in tags.iter().enumerate() {
            assert_eq!(tag.len(), 15);
            assert!(!tags[..index].contains(tag));
        }
    }
}
