//! Decimal digits of ASCII, several at a time.

/// The number that eight digits make; `None` where one of them is none.
#[inline]
pub fn eight(digits: [u8; 8]) -> Option<u32> {
    const ALL: u64 = 0x0101_0101_0101_0101;
    let text = u64::from_le_bytes(digits);
    // A digit has 3 in its upper half, also after 6 was added.
    if (text & text.wrapping_add(ALL * 6)) & (ALL * 0xF0) != ALL * 0x30
        || (text | text.wrapping_add(ALL * 6)) & (ALL * 0xF0) != ALL * 0x30
    {
        return None;
    }
    let pairs = (text & (ALL * 0x0F)).wrapping_mul(10 << 8 | 1) >> 8 & 0x00FF_00FF_00FF_00FF;
    let fours = pairs.wrapping_mul(100 << 16 | 1) >> 16 & 0x0000_FFFF_0000_FFFF;
    Some((fours.wrapping_mul(10_000 << 32 | 1) >> 32) as u32)
}

/// The number that up to eighteen digits make; `None` for more, for none and for other bytes.
#[inline]
pub fn number(digits: &[u8]) -> Option<u64> {
    if digits.is_empty() || digits.len() > 18 {
        return None;
    }
    let (eights, rest) = digits.as_chunks::<8>();
    let whole = eights.iter().try_fold(0_u64, |number, &digits| {
        Some(number * 100_000_000 + u64::from(eight(digits)?))
    })?;
    rest.iter().try_fold(whole, |number, byte| {
        byte.is_ascii_digit().then(|| number * 10 + u64::from(byte - b'0'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn eight_digits_make_a_number() {
        assert_eq!(eight(*b"20190401"), Some(20_190_401));
        assert_eq!(eight(*b"99999999"), Some(99_999_999));
        assert_eq!(eight(*b"00000000"), Some(0));
    }

    proptest! {
        #[test]
        fn a_number_is_what_the_library_reads(text in "[0-9]{0,20}") {
            let plain = text.parse::<u64>().ok().filter(|_| text.len() <= 18);
            prop_assert_eq!(number(text.as_bytes()), plain);
        }

        #[test]
        fn other_bytes_make_no_number(mut digits in prop::array::uniform8(b'0'..=b'9'), at in 0_usize..8, byte: u8) {
            digits[at] = byte;
            prop_assert_eq!(eight(digits).is_some(), byte.is_ascii_digit());
            prop_assert_eq!(number(&digits).is_some(), byte.is_ascii_digit());
        }
    }
}
