//! Moments on a universal time line, and the Japanese day they fall on.

use super::{DateError, scan::Cursor};
use crate::model::day::{Day, When};

/// Japanese standard time is UTC+09:00 all year.
pub const JST_OFFSET_SECONDS: i64 = 9 * 3_600;

pub(super) const DAY_SECONDS: i64 = 86_400;

/// Seconds from 1601-01-01 to 1970-01-01.
const FILETIME_TO_UNIX: i64 = 11_644_473_600;

const TICKS_PER_SECOND: i64 = 10_000_000;

/// The end of year 9999 in JST, in seconds from 1970.
const LAST_SECOND: i64 = 253_402_300_799 - JST_OFFSET_SECONDS;

/// The Japanese day of a moment given in seconds from 1970-01-01T00:00:00Z.
///
/// Moments outside of what a [`Day`] can hold give the nearest day.
pub fn instant_to_jst_day(unix_seconds: i64) -> Day {
    let days = unix_seconds.saturating_add(JST_OFFSET_SECONDS).div_euclid(DAY_SECONDS);
    let limit = i64::from(i32::MAX / 2);
    Day::from_epoch_days(days.clamp(-limit, limit) as i32)
}

/// The minute of the Japanese day, 0 to 1439.
pub(super) fn jst_minute(unix_seconds: i64) -> u16 {
    let seconds = unix_seconds.saturating_add(JST_OFFSET_SECONDS).rem_euclid(DAY_SECONDS);
    (seconds / 60) as u16
}

/// Seconds from 1970 of a Windows FILETIME that names a moment.
pub(super) fn filetime_seconds(ticks: i64) -> Option<i64> {
    // The first day counts as zero too: a zone conversion may have moved it by some hours.
    if ticks < DAY_SECONDS * TICKS_PER_SECOND {
        return None;
    }
    let seconds = ticks / TICKS_PER_SECOND - FILETIME_TO_UNIX;
    (seconds <= LAST_SECOND).then_some(seconds)
}

/// The Japanese day of a Windows FILETIME (100 ns from 1601-01-01T00:00:00Z).
///
/// 0, `i64::MAX`, negative values, the first day of 1601 and years past 9999 mean never.
pub fn filetime(ticks: i64) -> When {
    filetime_seconds(ticks).map_or(When::Never, |s| When::On(instant_to_jst_day(s)))
}

/// The minute of the Japanese day of a FILETIME, 0 to 1439, where it names a moment.
pub fn filetime_minute(ticks: i64) -> Option<u16> {
    filetime_seconds(ticks).map(jst_minute)
}

/// The minute of the Japanese day of seconds from 1970, 0 to 1439, where they name a moment.
pub fn unix_minute(seconds: i64) -> Option<u16> {
    matches!(seconds, 1..=LAST_SECOND).then(|| jst_minute(seconds))
}

/// The Japanese day of a count of seconds from 1970-01-01T00:00:00Z.
///
/// 0, negative values and `i64::MAX` mean never; a count past the year 9999 is no such
/// count (milliseconds, most likely) and gives unknown.
pub fn unix_seconds(seconds: i64) -> When {
    match seconds {
        i64::MIN..=0 | i64::MAX => When::Never,
        1..=LAST_SECOND => When::On(instant_to_jst_day(seconds)),
        _ => When::Unknown,
    }
}

/// The Japanese day of an LDAP generalised time such as `20190401000000.0Z`.
///
/// Minutes, seconds and fraction may be missing; the zone may not, for without it the day
/// is not certain. The zero day of 1601 means never.
pub fn generalized_time(text: &str) -> Result<When, DateError> {
    generalized_moment(text).map(|(day, _)| day)
}

/// As [`generalized_time`], with the minute of the Japanese day, 0 to 1439.
pub fn generalized_moment(text: &str) -> Result<(When, u16), DateError> {
    let seconds = generalized_seconds(text.trim())?;
    let zero = filetime_seconds((seconds + FILETIME_TO_UNIX).saturating_mul(TICKS_PER_SECOND));
    let day = zero.map_or(When::Never, |s| When::On(instant_to_jst_day(s)));
    Ok((day, jst_minute(seconds)))
}

/// Seconds from 1970 of a generalised time with a zone.
pub(super) fn generalized_seconds(text: &str) -> Result<i64, DateError> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if !matches!(digits, 10 | 12 | 14) {
        return Err(DateError::Unreadable);
    }
    // Every byte up to there is a digit.
    let bytes = text.as_bytes();
    let two = |at: usize| 10 * u32::from(bytes[at] - b'0') + u32::from(bytes[at + 1] - b'0');
    let later = |at: usize| if at < digits { two(at) } else { 0 };
    let year = (100 * two(0) + two(2)) as i32;
    let [month, day, hour, minute, second] = [two(4), two(6), two(8), later(10), later(12)];
    let offset = match &text[digits..] {
        "Z" | ".0Z" => 0,
        rest => zone(rest)?,
    };
    if hour > 23 || minute > 59 || second > 59 {
        return Err(DateError::Impossible);
    }
    let day = Day::from_ymd(year, month, day).ok_or(DateError::Impossible)?;
    let clock = i64::from(hour * 3_600 + minute * 60 + second);
    Ok(i64::from(day.epoch_days()) * DAY_SECONDS + clock - offset)
}

/// Seconds that the zone behind the digits and their fraction is ahead.
fn zone(text: &str) -> Result<i64, DateError> {
    let mut rest = Cursor::new(text);
    rest.fraction();
    let offset = rest.zone()?.ok_or(DateError::Unreadable)?;
    rest.end()?;
    Ok(offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(y: i32, m: u32, d: u32) -> When {
        When::On(Day::from_ymd(y, m, d).unwrap())
    }

    #[test]
    fn filetimes() {
        for never in [0, -1, i64::MIN, i64::MAX, 1, 863_999_999_999] {
            assert_eq!(filetime(never), When::Never, "{never}");
        }
        assert_eq!(filetime(133_500_000_000_000_000), on(2024, 1, 18));
        // 2024-03-31T15:00:00Z is midnight in Japan.
        assert_eq!(filetime(133_563_708_000_000_000), on(2024, 4, 1));
        assert_eq!(filetime(133_563_707_999_999_999), on(2024, 3, 31));
    }

    #[test]
    fn times_of_day_are_japanese() {
        assert_eq!(filetime_minute(133_563_708_600_000_000), Some(1));
        assert_eq!(filetime_minute(0), None);
        assert_eq!((unix_minute(1_711_897_260), unix_minute(0)), (Some(1), None));
        assert_eq!(generalized_moment("20190331150500Z"), Ok((on(2019, 4, 1), 5)));
        assert!(generalized_moment("soon").is_err());
    }

    #[test]
    fn unix_counts() {
        for never in [0, -1, i64::MIN, i64::MAX] {
            assert_eq!(unix_seconds(never), When::Never);
        }
        assert_eq!(unix_seconds(1_711_929_600), on(2024, 4, 1));
        assert_eq!(unix_seconds(1_711_897_199), on(2024, 3, 31));
        assert_eq!(unix_seconds(1_711_897_200), on(2024, 4, 1));
        assert_eq!(unix_seconds(1_711_929_600_000), When::Unknown);
        assert_eq!(unix_seconds(LAST_SECOND), on(9999, 12, 31));
    }

    #[test]
    fn generalised_times() {
        assert_eq!(generalized_time("20190401000000.0Z"), Ok(on(2019, 4, 1)));
        assert_eq!(generalized_time("20190331150000Z"), Ok(on(2019, 4, 1)));
        assert_eq!(generalized_time("201903311459Z"), Ok(on(2019, 3, 31)));
        assert_eq!(generalized_time("20190401000000,5+0900"), Ok(on(2019, 4, 1)));
        assert_eq!(generalized_time("16010101000000.0Z"), Ok(When::Never));
        assert_eq!(generalized_time("00010101000000.0Z"), Ok(When::Never));
        assert_eq!(generalized_time("20190431000000.0Z"), Err(DateError::Impossible));
        assert_eq!(generalized_time("20190401250000.0Z"), Err(DateError::Impossible));
        for bad in ["20190401000000", "2019", "", "20190401000000.0Zx", "2019-04-01", "２０１９"]
        {
            assert_eq!(generalized_time(bad), Err(DateError::Unreadable), "{bad}");
        }
    }
}
