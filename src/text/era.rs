//! The five Japanese eras since 1868 and the days they cover.

use crate::model::day::Day;

/// An era whose years count from one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Era {
    /// 明治, 1868 to 1912-07-30.
    Meiji,
    /// 大正, 1912-07-30 to 1926-12-25.
    Taisho,
    /// 昭和, 1926-12-25 to 1989-01-07.
    Showa,
    /// 平成, 1989-01-08 to 2019-04-30.
    Heisei,
    /// 令和, from 2019-05-01.
    Reiwa,
}

/// Where a day lies relative to the era it was written in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fit {
    /// Inside the era.
    Inside,
    /// In the era's first year but before its first day (令和1年4月1日).
    BeforeStart,
    /// After the era's last day (平成31年5月1日).
    PastEnd,
}

impl Era {
    const ALL: [Self; 5] = [Self::Meiji, Self::Taisho, Self::Showa, Self::Heisei, Self::Reiwa];

    /// The digit that stands for the era in seven-digit dates: 1 明治 to 5 令和.
    pub const fn from_digit(digit: u32) -> Option<Self> {
        match digit {
            1 => Some(Self::Meiji),
            2 => Some(Self::Taisho),
            3 => Some(Self::Showa),
            4 => Some(Self::Heisei),
            5 => Some(Self::Reiwa),
            _ => None,
        }
    }

    /// The era whose name begins `text`, with the number of bytes of that name.
    ///
    /// `text` is in NFKC form and upper case, so that ㋿ and ｒ arrive as 令和 and `R`.
    /// Understood are 令和, 令 and `R`, and their like for the other eras.
    pub fn strip(text: &str) -> Option<(Self, usize)> {
        Self::ALL.into_iter().find_map(|era| {
            let (full, letter) = era.names();
            let short = full.chars().next().map_or(0, char::len_utf8);
            [full, &full[..short], letter]
                .into_iter()
                .find(|name| text.starts_with(name))
                .map(|name| (era, name.len()))
        })
    }

    /// The day that `year` (元年 = 1), `month` and `day` of this era name, with its fit.
    ///
    /// `None` where there is no such day; year 0 does not exist.
    pub fn day(self, year: u32, month: u32, day: u32) -> Option<(Day, Fit)> {
        if year == 0 || year > 99 {
            return None;
        }
        let found = Day::from_ymd(self.base() + year as i32, month, day)?;
        let fit = if found < self.first()? {
            Fit::BeforeStart
        } else if self.last().is_some_and(|last| found > last) {
            Fit::PastEnd
        } else {
            Fit::Inside
        };
        Some((found, fit))
    }

    /// The Gregorian year before the era's first.
    pub const fn base(self) -> i32 {
        match self {
            Self::Meiji => 1867,
            Self::Taisho => 1911,
            Self::Showa => 1925,
            Self::Heisei => 1988,
            Self::Reiwa => 2018,
        }
    }

    const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Meiji => ("明治", "M"),
            Self::Taisho => ("大正", "T"),
            Self::Showa => ("昭和", "S"),
            Self::Heisei => ("平成", "H"),
            Self::Reiwa => ("令和", "R"),
        }
    }

    const fn first(self) -> Option<Day> {
        match self {
            // The era was proclaimed in October for the whole year, counted by the old calendar.
            Self::Meiji => Day::from_ymd(1868, 1, 25),
            Self::Taisho => Day::from_ymd(1912, 7, 30),
            Self::Showa => Day::from_ymd(1926, 12, 25),
            Self::Heisei => Day::from_ymd(1989, 1, 8),
            Self::Reiwa => Day::from_ymd(2019, 5, 1),
        }
    }

    const fn last(self) -> Option<Day> {
        match self {
            // The first two changes fell inside a day, which therefore belongs to both eras.
            Self::Meiji => Day::from_ymd(1912, 7, 30),
            Self::Taisho => Day::from_ymd(1926, 12, 25),
            Self::Showa => Day::from_ymd(1989, 1, 7),
            Self::Heisei => Day::from_ymd(2019, 4, 30),
            Self::Reiwa => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::date::{DateRules, parse};
    use icu_calendar::{Date, cal::Japanese};
    use proptest::prelude::*;

    fn icu_era(day: Day) -> (Era, u32) {
        let (y, m, d) = day.ymd();
        let date = Date::try_new_gregorian(y, m as u8, d as u8).unwrap();
        let year = date.to_calendar(Japanese::new()).era_year();
        let era = match year.era.as_str() {
            "meiji" => Era::Meiji,
            "taisho" => Era::Taisho,
            "showa" => Era::Showa,
            "heisei" => Era::Heisei,
            "reiwa" => Era::Reiwa,
            other => panic!("{other}"),
        };
        (era, year.year as u32)
    }

    /// As forms print it: full-width digits, signs and spaces.
    fn wide(text: &str) -> String {
        let widened = |c: char| match c {
            ' ' => '\u{3000}',
            '!'..='~' => char::from_u32(c as u32 + 0xFEE0).unwrap(),
            other => other,
        };
        text.chars().map(widened).collect()
    }

    fn gannen(year: u32) -> String {
        if year == 1 { "元".to_owned() } else { year.to_string() }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]
        // The independent calendar begins its Japanese years with the reform of 1873;
        // from 2087 on 平成99 style sentinels do not concern 令和.
        #[test]
        fn era_dates_agree_with_an_independent_calendar(days in -35_428_i32..47_117) {
            let day = Day::from_epoch_days(days);
            let (era, year) = icu_era(day);
            let (_, m, d) = day.ymd();
            prop_assert_eq!(era.day(year, m, d), Some((day, Fit::Inside)));
            let (full, letter) = era.names();
            let digit = Era::ALL.iter().position(|e| *e == era).unwrap() + 1;
            for text in [
                format!("{full}{year}年{m}月{d}日"),
                format!("{letter}{year:02}.{m}.{d}"),
                format!("{}{year:>2}/{m:>2}/{d:>2}", letter.to_lowercase()),
                format!("{letter}{year:02}{m:02}{d:02}"),
                format!("{digit}{year:02}{m:02}{d:02}"),
                format!("{letter}{year:>2}.{m:>2}.{d:>2}"),
                wide(&format!("{full} {year:>2}年 {m:>2}月 {d:>2}日")),
                wide(&format!("{letter}{year}.{m}.{d}")),
                format!("{full}{}年{m}月{d}日", gannen(year)),
            ] {
                let parsed = parse(&text, &DateRules::default()).unwrap();
                prop_assert_eq!(parsed.when, crate::model::day::When::On(day), "{}", text);
                prop_assert_eq!(parsed.note, None, "{}", text);
            }
        }
    }

    #[test]
    fn the_day_of_a_change_belongs_to_both_eras() {
        let day = Day::from_ymd(1912, 7, 30).unwrap();
        assert_eq!(Era::Meiji.day(45, 7, 30), Some((day, Fit::Inside)));
        assert_eq!(Era::Taisho.day(1, 7, 30), Some((day, Fit::Inside)));
        assert_eq!(Era::Heisei.day(31, 5, 1).unwrap().1, Fit::PastEnd);
        assert_eq!(Era::Reiwa.day(1, 4, 30).unwrap().1, Fit::BeforeStart);
        assert_eq!(Era::Reiwa.day(0, 4, 30), None);
        assert_eq!(Era::Reiwa.day(6, 13, 1), None);
    }

    #[test]
    fn names_are_stripped() {
        assert_eq!(Era::strip("令和6年"), Some((Era::Reiwa, 6)));
        assert_eq!(Era::strip("平31"), Some((Era::Heisei, 3)));
        assert_eq!(Era::strip("S64.1.7"), Some((Era::Showa, 1)));
        assert_eq!(Era::strip("2024"), None);
    }
}
