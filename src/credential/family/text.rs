//! Letters and words as stored forms write them.

use crate::credential::scheme::Refusal;
use base64::Engine as _;
use base64::alphabet;
use base64::engine::DecodePaddingMode::Indifferent;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use zeroize::Zeroizing;

const ANY_PADDING: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(Indifferent);
const STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, ANY_PADDING);
const CRYPT: GeneralPurpose = GeneralPurpose::new(&alphabet::CRYPT, ANY_PADDING);
// The last letter of a bcrypt salt has bits that nobody reads, and some writers fill them.
const BCRYPT: GeneralPurpose =
    GeneralPurpose::new(&alphabet::BCRYPT, ANY_PADDING.with_decode_allow_trailing_bits(true));

/// Standard base64, with or without padding.
pub fn base64(text: &[u8]) -> Result<Vec<u8>, Refusal> {
    STANDARD.decode(text).map_err(|_| Refusal::Shape)
}

/// Base64 in the order of the standard with the letters of crypt(3): Cisco types 4, 8 and 9.
pub fn cisco64(text: &[u8]) -> Result<Vec<u8>, Refusal> {
    CRYPT.decode(text).map_err(|_| Refusal::Shape)
}

/// The base64 of bcrypt.
pub fn bcrypt64(text: &[u8]) -> Result<Vec<u8>, Refusal> {
    BCRYPT.decode(text).map_err(|_| Refusal::Shape)
}

/// Base64 with `.` for `+`, as passlib and OpenLDAP's pw-pbkdf2 write it.
pub fn adapted64(text: &[u8]) -> Result<Vec<u8>, Refusal> {
    let text: Vec<u8> = text.iter().map(|&b| if b == b'.' { b'+' } else { b }).collect();
    base64(&text)
}

/// UTF-16LE of a word in UTF-8; `None` for other bytes.
pub fn utf16le(word: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let text = std::str::from_utf8(word).ok()?;
    Some(Zeroizing::new(text.encode_utf16().flat_map(u16::to_le_bytes).collect()))
}

/// Lower-case hexadecimal text.
pub fn hex(bytes: &[u8]) -> Vec<u8> {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let two = |&byte: &u8| [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]];
    bytes.iter().flat_map(two).collect()
}
