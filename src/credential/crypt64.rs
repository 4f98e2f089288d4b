//! The base64 of crypt(3): `./0-9A-Za-z`, least significant six bits first, bytes in a scrambled
//! order that each scheme chooses.

const fn value(letter: u8) -> Option<u32> {
    Some(match letter {
        b'.' => 0,
        b'/' => 1,
        b'0'..=b'9' => (letter - b'0') as u32 + 2,
        b'A'..=b'Z' => (letter - b'A') as u32 + 12,
        b'a'..=b'z' => (letter - b'a') as u32 + 38,
        _ => return None,
    })
}

/// True for a letter of the alphabet.
pub const fn is_letter(letter: u8) -> bool {
    value(letter).is_some()
}

/// The number that at most five letters stand for, least significant six bits first.
pub fn number(letters: &[u8]) -> Option<u32> {
    letters.iter().rev().try_fold(0, |sum, &letter| Some(sum << 6 | value(letter)?))
}

/// Decodes a digest. Each of `groups` names the places of three bytes (most significant first)
/// that four letters stand for; `last` does so for the one or two bytes that remain. `None` where
/// length, alphabet or the unused bits do not fit.
pub fn decode<const N: usize>(text: &[u8], groups: &[[u8; 3]], last: &[u8]) -> Option<[u8; N]> {
    if text.len() != groups.len() * 4 + last.len() + 1 {
        return None;
    }
    let mut out = [0; N];
    let (body, tail) = text.split_at(groups.len() * 4);
    for (letters, places) in body.chunks_exact(4).zip(groups) {
        spread(number(letters)?, places, &mut out)?;
    }
    spread(number(tail)?, last, &mut out)?;
    Some(out)
}

/// Decodes bytes in their own order: four letters for three of them. `None` where alphabet, length
/// or the unused bits do not fit.
pub fn unpack(text: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3 + 2);
    for letters in text.chunks(4) {
        let (bits, whole) = (number(letters)?, letters.len().checked_sub(1)?);
        if letters.len() == 1 || bits >> (8 * whole) != 0 {
            return None;
        }
        out.extend_from_slice(&bits.to_le_bytes()[..whole]);
    }
    Some(out)
}

/// The letters of bytes in their own order.
pub fn pack(bytes: &[u8]) -> Vec<u8> {
    const LETTERS: &[u8; 64] = b"./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let mut out = Vec::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let bits = three.iter().rev().fold(0_u32, |bits, &byte| bits << 8 | u32::from(byte));
        let letters = (0..=three.len()).map(|index| LETTERS[(bits >> (6 * index) & 63) as usize]);
        out.extend(letters);
    }
    out
}

fn spread(number: u32, places: &[u8], out: &mut [u8]) -> Option<()> {
    for (index, &place) in places.iter().rev().enumerate() {
        *out.get_mut(usize::from(place))? = (number >> (8 * index)) as u8;
    }
    (u64::from(number) >> (8 * places.len()) == 0).then_some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_read_least_significant_first() {
        assert_eq!(decode::<1>(b"z1", &[], &[0]), Some([0xff]));
        assert_eq!(decode::<3>(b"/...", &[[0, 1, 2]], &[]), None);
        assert_eq!(decode::<4>(b"/.....", &[[0, 1, 2]], &[3]), Some([0, 0, 1, 0]));
    }

    #[test]
    fn what_is_packed_is_unpacked() {
        for len in 0..9_u8 {
            let bytes: Vec<u8> = (0..len).map(|index| 250_u8.wrapping_mul(index + 1)).collect();
            assert_eq!(unpack(&pack(&bytes)), Some(bytes));
        }
        assert_eq!(unpack(b"zzz"), None, "two bytes leave two bits unused");
        assert_eq!(unpack(b"....."), None);
    }

    #[test]
    fn unused_bits_and_strange_letters_are_refused() {
        assert_eq!(decode::<1>(b"zz", &[], &[0]), None);
        assert_eq!(decode::<1>(b"-.", &[], &[0]), None);
        assert_eq!(decode::<1>(b".", &[], &[0]), None);
    }
}
