//! One line of a list: a digest in hexadecimal, a colon, how often it was seen.

use crate::model::breach::{CorpusHash, DigestKey};

/// More bytes than a line has with its end: forty digits, a colon, twenty digits, CR and LF.
pub(super) const LONGEST: usize = 64;

/// A line.
#[derive(Clone, Copy)]
pub(super) struct Line {
    pub(super) key: DigestKey,
    pub(super) count: u32,
    /// Bytes, its end included.
    pub(super) bytes: usize,
}

/// Why a line is none.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Fault {
    /// No digest, colon and number.
    Shape,
    /// A count of zero.
    Padding,
}

impl Fault {
    /// What is wrong, and what to do.
    pub(super) const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Shape => (
                "no line of the form HASH:count",
                "a list has one kind of digest: 32 hexadecimal digits (NT) or 40 (SHA-1), a colon, a number",
            ),
            Self::Padding => {
                ("a count of 0", "this is padding of the service: get the list without Add-Padding")
            }
        }
    }
}

/// Reads the line that `text` begins with. It ends at a line feed or where the text does: whoever
/// calls gives [`LONGEST`] bytes where the file has them.
pub(super) fn parse(text: &[u8], digits: usize) -> Result<Line, Fault> {
    let Some((hash, rest)) = text.split_at_checked(digits) else { return Err(Fault::Shape) };
    let key = key(hash).ok_or(Fault::Shape)?;
    let (count, used) = count(rest).ok_or(Fault::Shape)?;
    match count {
        0 => Err(Fault::Padding),
        count => Ok(Line { key, count, bytes: digits + used }),
    }
}

/// `:count` and the end of the line; a count beyond 32 bits is the largest.
fn count(text: &[u8]) -> Option<(u32, usize)> {
    let digits = text.strip_prefix(b":")?;
    let len = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if !(1..=20).contains(&len) {
        return None;
    }
    let add = |sum: u32, digit: &u8| sum.saturating_mul(10).saturating_add(u32::from(digit - b'0'));
    let count = digits[..len].iter().fold(0, add);
    let end = match &digits[len..] {
        [] => 0,
        [b'\n', ..] | [b'\r'] => 1,
        [b'\r', b'\n', ..] => 2,
        _ => return None,
    };
    Some((count, 1 + len + end))
}

/// The key of a digest in hexadecimal, in either case.
fn key(hash: &[u8]) -> Option<DigestKey> {
    let (words, _) = hash.as_chunks::<8>();
    let mut numbers = [0_u32; 5];
    for (number, &word) in numbers.iter_mut().zip(words) {
        *number = eight_digits(word)?;
    }
    let [a, b, c, d, tail] = numbers;
    let long = |high: u32, low: u32| u64::from(high) << 32 | u64::from(low);
    Some(DigestKey { high: long(a, b), low: long(c, d), tail })
}

/// Eight hexadecimal digits side by side in one word.
fn eight_digits(text: [u8; 8]) -> Option<u32> {
    const fn all(byte: u64) -> u64 {
        byte * 0x0101_0101_0101_0101
    }
    let text = u64::from_be_bytes(text);
    // A letter has bit 6, and its low bits begin with 1 for `a`.
    let nibbles = (text & all(0x0f)) + 9 * (text >> 6 & all(1));
    // What these values are written like must be what was there.
    let letters = (nibbles + all(6)) >> 4 & all(1);
    let written = nibbles + all(0x30) + letters * 0x27;
    let lower = text | (text & all(0x40)) >> 1;
    if written != lower || nibbles & all(0xf0) != 0 {
        return None;
    }
    let pairs = (nibbles | nibbles >> 4) & 0x00ff_00ff_00ff_00ff;
    let fours = (pairs | pairs >> 8) & 0x0000_ffff_0000_ffff;
    Some((fours | fours >> 16) as u32)
}

/// What a list holds, by the place of the colon in its first line.
pub(super) fn kind(text: &[u8], prefix: usize) -> Option<CorpusHash> {
    let colon = text.iter().take(LONGEST).position(|&byte| byte == b':')? + prefix;
    CorpusHash::ALL.iter().copied().find(|hash| hash.digits() == colon)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_a_digit_or_is_not() {
        for byte in 0..=u8::MAX {
            for place in 0..8 {
                let mut text = *b"0123cdEF";
                text[place] = byte;
                let wanted = std::str::from_utf8(&text)
                    .ok()
                    .filter(|text| text.bytes().all(|byte| byte.is_ascii_hexdigit()))
                    .and_then(|text| u32::from_str_radix(text, 16).ok());
                assert_eq!(eight_digits(text), wanted, "{byte:#x} at {place}");
            }
        }
    }

    #[test]
    fn lines_end_in_every_way_that_lists_do() {
        let hash = "8846F7EAEE8FB117AD06BDD830B7586C";
        for end in ["\r\n", "\n", "", "\r", "\n0"] {
            let line = parse(format!("{hash}:42{end}").as_bytes(), 32).ok().unwrap();
            assert_eq!((line.count, line.bytes), (42, 35 + end.trim_end_matches('0').len()));
            assert!(
                line.key.high == 0x8846_f7ea_ee8f_b117 && line.key.low == 0xad06_bdd8_30b7_586c
            );
        }
        let large = parse(format!("{hash}:99999999999\n").as_bytes(), 32).ok().unwrap();
        assert_eq!(large.count, u32::MAX);
        for (text, fault) in [
            (format!("{hash}\n"), Fault::Shape),
            (format!("{hash}:\n"), Fault::Shape),
            (format!("{hash}:1 \n"), Fault::Shape),
            (format!("{hash}0:1\n"), Fault::Shape),
            (format!("{}g:1\n", &hash[1..]), Fault::Shape),
            (format!("{hash}:0\n"), Fault::Padding),
            (String::new(), Fault::Shape),
        ] {
            assert_eq!(parse(text.as_bytes(), 32).err(), Some(fault), "{text}");
        }
        assert_eq!(kind(format!("{hash}:1").as_bytes(), 0), Some(CorpusHash::Nt));
        assert_eq!(kind(format!("{}:1", &hash[5..]).as_bytes(), 5), Some(CorpusHash::Nt));
        assert_eq!(kind(format!("{hash}12345678:1").as_bytes(), 0), Some(CorpusHash::Sha1));
        assert_eq!(kind(b"password:1", 0), None);
    }
}
