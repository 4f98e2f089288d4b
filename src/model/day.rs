//! Calendar days as the tool compares them: no time zone, no clock.

use std::fmt;

/// A day as the number of days since 1970-01-01 in the proleptic Gregorian calendar.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash, Default)]
pub struct Day(i32);

impl Day {
    /// The day that lies `days` after 1970-01-01.
    pub const fn from_epoch_days(days: i32) -> Self {
        Self(days)
    }

    /// Days since 1970-01-01.
    pub const fn epoch_days(self) -> i32 {
        self.0
    }

    /// A civil date, or `None` where the calendar has no such day (years 1 to 9999).
    pub const fn from_ymd(year: i32, month: u32, day: u32) -> Option<Self> {
        if year < 1 || year > 9999 || month < 1 || month > 12 {
            return None;
        }
        if day < 1 || day > days_in_month(year, month) {
            return None;
        }
        Some(Self(days_from_civil(year, month, day)))
    }

    /// Year, month and day of month.
    pub const fn ymd(self) -> (i32, u32, u32) {
        civil_from_days(self.0)
    }

    /// Whole days from `earlier` to `self`; negative where `earlier` is later.
    pub const fn days_since(self, earlier: Self) -> i32 {
        self.0 - earlier.0
    }

    /// The day `days` later.
    #[must_use]
    pub const fn plus(self, days: i32) -> Self {
        Self(self.0 + days)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (y, m, d) = self.ymd();
        write!(f, "{y:04}-{m:02}-{d:02}")
    }
}

/// What a date field says: nothing, "never", or a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum When {
    /// The export does not carry the field, or left it empty where empty has no meaning.
    Unknown,
    /// The export says that it never happened or never will.
    Never,
    /// On that day.
    On(Day),
}

/// A [`When`] in four bytes, as the inventory's date columns hold it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stamp(i32);

impl Stamp {
    /// The field is not known.
    pub const UNKNOWN: Self = Self(i32::MIN);
    /// The field says never.
    pub const NEVER: Self = Self(i32::MIN + 1);

    /// Unpacks the stamp.
    pub const fn when(self) -> When {
        match self.0 {
            i32::MIN => When::Unknown,
            x if x == i32::MIN + 1 => When::Never,
            days => When::On(Day::from_epoch_days(days)),
        }
    }
}

impl From<When> for Stamp {
    fn from(when: When) -> Self {
        match when {
            When::Unknown => Self::UNKNOWN,
            When::Never => Self::NEVER,
            When::On(day) => Self(day.epoch_days()),
        }
    }
}

/// Number of days in a month of the Gregorian calendar.
pub const fn days_in_month(year: i32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

// Hinnant's era arithmetic: years start in March so that leap days end a year.
const fn days_from_civil(year: i32, month: u32, day: u32) -> i32 {
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let yoe = y.rem_euclid(400);
    let mp = (month as i32 + 9) % 12;
    let doy = (153 * mp + 2) / 5 + day as i32 - 1;
    let doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    era * 146_097 + doe - 719_468
}

const fn civil_from_days(days: i32) -> (i32, u32, u32) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let day = doy - (153 * mp + 2) / 5 + 1;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    let year = yoe + era * 400 + (month <= 2) as i32;
    (year, month as u32, day as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn civil_round_trip_over_the_accepted_years() {
        let first = Day::from_ymd(1, 1, 1).unwrap().epoch_days();
        let last = Day::from_ymd(9999, 12, 31).unwrap().epoch_days();
        for days in (first..=last).step_by(17) {
            let day = Day::from_epoch_days(days);
            let (y, m, d) = day.ymd();
            assert_eq!(Day::from_ymd(y, m, d), Some(day));
        }
    }

    #[test]
    fn known_days() {
        assert_eq!(Day::from_ymd(1970, 1, 1).unwrap().epoch_days(), 0);
        assert_eq!(Day::from_ymd(2024, 2, 29).unwrap().to_string(), "2024-02-29");
        assert_eq!(Day::from_ymd(2023, 2, 29), None);
    }

    #[test]
    fn stamps_keep_the_three_answers() {
        for when in [When::Unknown, When::Never, When::On(Day::from_epoch_days(19_000))] {
            assert_eq!(Stamp::from(when).when(), when);
        }
    }
}
