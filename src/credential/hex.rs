//! Digests as exports write them: bytes that the reader decoded, or hexadecimal text.

use crate::credential::batch::Digest;

const fn nibble(letter: u8) -> Option<u8> {
    match letter {
        b'0'..=b'9' => Some(letter - b'0'),
        b'a'..=b'f' => Some(letter - b'a' + 10),
        b'A'..=b'F' => Some(letter - b'A' + 10),
        _ => None,
    }
}

/// Decodes hexadecimal text of an even length.
pub fn decode(text: &[u8]) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) {
        return None;
    }
    text.chunks_exact(2).map(|two| Some(nibble(two[0])? << 4 | nibble(two[1])?)).collect()
}

/// A digest of `width` bytes, given as such or in hexadecimal.
pub fn digest(stored: &[u8], width: usize) -> Option<Digest> {
    if stored.len() == width {
        return Digest::new(stored);
    }
    if stored.len() != width * 2 {
        return None;
    }
    let mut bytes = [0; super::batch::MAX_DIGEST];
    for (byte, two) in bytes.iter_mut().zip(stored.chunks_exact(2)) {
        *byte = nibble(two[0])? << 4 | nibble(two[1])?;
    }
    Digest::new(&bytes[..width])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_give_the_same_digest() {
        let from_text = digest(b"00fFa0", 3).unwrap();
        assert_eq!(from_text.as_bytes(), digest(&[0, 255, 160], 3).unwrap().as_bytes());
        assert!(digest(b"00ffa", 3).is_none() && digest(b"00fg", 2).is_none());
        assert_eq!(decode(b"0aF0"), Some(vec![10, 240]));
    }
}
