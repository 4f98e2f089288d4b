//! Numbers and days as bytes, without an allocation.

use crate::model::day::Day;
use std::io::Write as _;

/// Appends a number.
pub(super) fn push_int(out: &mut Vec<u8>, value: i64) {
    let mut digits = [0; 20];
    let mut at = digits.len();
    let mut rest = value.unsigned_abs();
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if value < 0 {
        out.push(b'-');
    }
    out.extend_from_slice(&digits[at..]);
}

/// Appends a day as `YYYY-MM-DD`.
pub(super) fn push_day(out: &mut Vec<u8>, day: Day) {
    let (year, month, date) = day.ymd();
    let Ok(year @ 0..=9999) = u32::try_from(year) else {
        // Beyond four digits nothing is fixed in width. Writing to memory cannot fail.
        let _ = write!(out, "{day}");
        return;
    };
    let digit = |value: u32| b'0' + (value % 10) as u8;
    out.extend_from_slice(&[
        digit(year / 1000),
        digit(year / 100),
        digit(year / 10),
        digit(year),
        b'-',
        digit(month / 10),
        digit(month),
        b'-',
        digit(date / 10),
        digit(date),
    ]);
}

/// A count with separators: `1,642`.
pub(super) fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_the_standard_library_writes_them() {
        for value in [0, 7, -1, 42, 1_000, i64::MAX, i64::MIN] {
            let mut out = Vec::new();
            push_int(&mut out, value);
            assert_eq!(String::from_utf8(out).unwrap(), value.to_string());
        }
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_642), "1,642");
        assert_eq!(grouped(12_345_678), "12,345,678");
    }

    #[test]
    fn days_read_as_the_model_writes_them() {
        for days in [-719_162, -1, 0, 19_000, 2_932_896, 4_000_000] {
            let day = Day::from_epoch_days(days);
            let mut out = Vec::new();
            push_day(&mut out, day);
            assert_eq!(String::from_utf8(out).unwrap(), day.to_string());
        }
    }
}
