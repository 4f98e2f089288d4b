//! Cisco type 7: two decimal digits of offset, then hexadecimal pairs XOR a fixed key of 53 bytes.

use crate::credential::hex;
use crate::credential::scheme::{Body, KnownAnswer, Parsed, Refusal, Reversible, Scheme, Stored};
use crate::model::credential::State;
use zeroize::Zeroizing;

const KEY: &[u8; 53] = b"dsfd;kfoA,.iyewrkldJKDHSUBsgvca69834ncxv9873254k;fg87";

pub(super) struct CiscoType7;

fn decode(stored: &[u8]) -> Result<Zeroizing<Vec<u8>>, Refusal> {
    let [tens @ b'0'..=b'9', ones @ b'0'..=b'9', rest @ ..] = stored else {
        return Err(Refusal::Shape);
    };
    let offset = usize::from(tens - b'0') * 10 + usize::from(ones - b'0');
    if offset >= KEY.len() || rest.is_empty() {
        return Err(Refusal::Shape);
    }
    let mut text = Zeroizing::new(hex::decode(rest).ok_or(Refusal::Shape)?);
    for (index, byte) in text.iter_mut().enumerate() {
        *byte ^= KEY[(offset + index) % KEY.len()];
    }
    // Some vendors write a text of their own under the digit 7.
    if text.iter().any(|byte| !(b' '..=b'~').contains(byte)) {
        return Err(Refusal::Foreign);
    }
    Ok(text)
}

impl Scheme for CiscoType7 {
    fn names(&self) -> &'static [&'static str] {
        &["cisco-type7"]
    }

    fn parse(&self, stored: &Stored<'_>) -> Result<Parsed, Refusal> {
        decode(stored.bytes).map(|_| Parsed::Readable(State::Reversible))
    }

    fn known_answers(&self) -> &'static [KnownAnswer] {
        const ANSWERS: &[KnownAnswer] = &[
            KnownAnswer::new("094F4107180B", "conan"),
            KnownAnswer::new("122A00190102180D3C2E", "Sensitive"),
            KnownAnswer::new("00071C080555", "conan"),
        ];
        ANSWERS
    }

    fn body(&self) -> Body<'_> {
        Body::Reversible(self)
    }
}

impl Reversible for CiscoType7 {
    fn decode(&self, stored: &Stored<'_>) -> Option<Zeroizing<Vec<u8>>> {
        decode(stored.bytes).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_is_refused() {
        let refusal = |text: &[u8]| CiscoType7.parse(&Stored::new(text, b"")).err();
        assert_eq!(refusal(b"094F4107180"), Some(Refusal::Shape));
        assert_eq!(refusal(b"53AA"), Some(Refusal::Shape));
        assert_eq!(refusal(b"09"), Some(Refusal::Shape));
        assert_eq!(refusal(b"00FFFFFF"), Some(Refusal::Foreign));
    }

    #[test]
    fn the_key_wraps() {
        let text: Vec<u8> = (0..60).map(|i| b'a' ^ KEY[(50 + i) % 53]).collect();
        let stored = format!("50{}", crate::rules::hex(&text));
        let decoded = decode(stored.as_bytes()).map(|text| text.len());
        assert_eq!(decoded, Ok(60));
    }
}
