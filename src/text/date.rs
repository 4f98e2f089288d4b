//! Dates as exports write them. A bare date or time is Japanese standard time.
//!
//! Nothing is guessed: a text with two readings is an error unless the column's rules say
//! which is meant.

mod instant;
mod number;
mod scan;
mod stem;

pub use instant::{
    JST_OFFSET_SECONDS, filetime, filetime_minute, generalized_moment, generalized_time,
    instant_to_jst_day, unix_minute, unix_seconds,
};
pub use stem::{StemDate, date_in_name};

use crate::model::day::{Day, When};
use crate::text::name::nfkc;
use std::borrow::Cow;

/// Order of day and month in dates that end in a four-digit year.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FieldOrder {
    /// `28/3/2026`
    Dmy,
    /// `3/28/2026`
    Mdy,
}

/// Unit of a number that counts from 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Epoch {
    /// Seconds, 9 to 11 digits.
    Seconds,
    /// Milliseconds, 12 or 13 digits.
    Millis,
}

/// What a column's dates speak of; decides how far-off years are read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum DateColumn {
    /// Something that happened: a logon, a change, an entry.
    #[default]
    Event,
    /// An end or expiry, where 2099 or 9999 mean that there is none.
    End,
}

/// How one column is read. The default is strict: no form with a second reading.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct DateRules {
    /// Order of day and month where the year stands last; `None` refuses such dates.
    pub order: Option<FieldOrder>,
    /// Numbers of up to five digits are days of a spreadsheet (1900 system).
    pub excel_serial: bool,
    /// Numbers count from 1970 in this unit.
    pub epoch: Option<Epoch>,
    /// Numbers of 17 to 19 digits count 100 ns from 1601.
    pub filetime: bool,
    /// 24:00 to 29:59 are the first hours of the next day.
    pub night_hours: bool,
    /// What the column speaks of.
    pub column: DateColumn,
}

/// A date that was read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Parsed {
    /// The day in Japanese standard time, never, or (for an empty text) unknown.
    pub when: When,
    /// Minute of that day, 0 to 1439, where the text has a time.
    pub minute: Option<u16>,
    /// What a careful reader should be told.
    pub note: Option<DateNote>,
}

/// A remark on a date that was read all the same.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DateNote {
    /// After the last day of the era it is written in (平成31年5月1日).
    PastEraEnd,
    /// Before the first day of the era it is written in (令和1年4月1日).
    BeforeEraStart,
    /// 2099 or later in a column of events.
    FutureSentinel,
    /// A word for an empty field (`NULL`, `-`, `なし`), read as never.
    NotGiven,
}

/// Why a text gave no date.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum DateError {
    /// The form is known, the calendar or clock has no such moment.
    #[error("no such day or time")]
    Impossible,
    /// Two readings, and the column's rules do not choose.
    #[error("the date can be read in more than one way")]
    Ambiguous,
    /// No known form.
    #[error("not a date")]
    Unreadable,
    /// A spreadsheet has rounded the number (`1.34E+17`).
    #[error("the number was rounded by a spreadsheet")]
    LossyNumber,
}

impl Parsed {
    const UNKNOWN: Self = Self { when: When::Unknown, minute: None, note: None };
    const NEVER: Self = Self { when: When::Never, minute: None, note: None };

    const fn on(day: Day, minute: Option<u16>) -> Self {
        Self { when: When::On(day), minute, note: None }
    }
}

/// The first year that is taken for "no end".
const NO_END_YEAR: i32 = 2099;

/// No record of a hospital in use is older than the calendar reform's first era.
const FIRST_YEAR: i32 = 1868;

/// Reads one cell.
///
/// An empty cell is [`When::Unknown`]. Zeros, the zero days of usual systems (1601-01-01,
/// 0001-01-01, 1900-01-00, 1970-01-01) and words such as `Never` are [`When::Never`].
/// See [`DateRules`] for forms that must be allowed first.
pub fn parse(text: &str, rules: &DateRules) -> Result<Parsed, DateError> {
    let rules = *rules;
    let text = text.trim();
    if text.is_empty() {
        return Ok(Parsed::UNKNOWN);
    }
    if let Some(done) = fast(text.as_bytes(), rules) {
        return done;
    }
    let plain = plain(text);
    if let Some(parsed) = word(&plain) {
        return Ok(parsed);
    }
    if let Some(done) = number::parse(&plain, rules) {
        return done;
    }
    scan::parse(&plain, rules)
}

/// One spelling for what means the same: NFKC, upper case, one kind of hyphen.
fn plain(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        let changes = text.bytes().any(|b| b.is_ascii_lowercase());
        return if changes { text.to_ascii_uppercase().into() } else { text.into() };
    }
    let dashed = |c| if matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}') { '-' } else { c };
    let folded: String = nfkc(text).chars().map(dashed).collect();
    folded.trim().to_ascii_uppercase().into()
}

/// Words that stand where a date should.
fn word(plain: &str) -> Option<Parsed> {
    match plain {
        "-" | "--" | "---" | "ー" | "NULL" | "(NULL)" | "N/A" | "#N/A" | "NA" | "NONE" | "NIL"
        | "なし" | "無し" | "無" | "未設定" | "該当なし" => {
            Some(Parsed { note: Some(DateNote::NotGiven), ..Parsed::NEVER })
        }
        "NEVER" | "(NEVER)" | "<NEVER>" | "NEVER LOGGED IN" | "NEVER LOGGED ON"
        | "NEVER EXPIRES" | "無期限" | "期限なし" | "無制限" | "未ログイン" | "ログインなし"
        | "未使用" | "未利用" => Some(Parsed::NEVER),
        _ => None,
    }
}

/// The forms that nearly every cell has, without allocation; `None` leaves it to the rest.
fn fast(bytes: &[u8], rules: DateRules) -> Option<Result<Parsed, DateError>> {
    if bytes.len() == 8 && bytes.iter().all(u8::is_ascii_digit) {
        let (y, m, d) = (two(bytes, 0)? * 100 + two(bytes, 2)?, two(bytes, 4)?, two(bytes, 6)?);
        return Some(settle(y as i32, m, d, None, rules));
    }
    let sep = *bytes.get(4)?;
    if sep != b'-' && sep != b'/' {
        return None;
    }
    let year = two(bytes, 0)? * 100 + two(bytes, 2)?;
    let (month, at) = one_or_two(bytes, 5)?;
    if *bytes.get(at)? != sep {
        return None;
    }
    let (day, at) = one_or_two(bytes, at + 1)?;
    let minute = match bytes.get(at) {
        None => None,
        Some(b' ' | b'T') => Some(fast_clock(bytes, at + 1)?),
        Some(_) => return None,
    };
    Some(settle(year as i32, month, day, minute, rules))
}

/// `H:MM` or `H:MM:SS` up to the end, in minutes; `None` also for impossible times.
fn fast_clock(bytes: &[u8], at: usize) -> Option<u32> {
    let (hour, at) = one_or_two(bytes, at)?;
    let minute = two(bytes, at + 1)?;
    let seconds = match bytes.len() - (at + 3) {
        0 => Some(0),
        3 if bytes[at + 3] == b':' => two(bytes, at + 4),
        _ => None,
    }?;
    let sound = bytes[at] == b':' && hour < 24 && minute < 60 && seconds < 60;
    sound.then_some(hour * 60 + minute)
}

fn two(bytes: &[u8], at: usize) -> Option<u32> {
    let pair = bytes.get(at..at + 2)?;
    (pair[0].is_ascii_digit() && pair[1].is_ascii_digit())
        .then(|| u32::from(pair[0] - b'0') * 10 + u32::from(pair[1] - b'0'))
}

fn one_or_two(bytes: &[u8], at: usize) -> Option<(u32, usize)> {
    if let Some(value) = two(bytes, at) {
        return Some((value, at + 2));
    }
    let digit = bytes.get(at).filter(|b| b.is_ascii_digit())?;
    Some((u32::from(digit - b'0'), at + 1))
}

/// Judges year, month and day as written; `minute` may run past midnight.
fn settle(
    year: i32,
    month: u32,
    day: u32,
    minute: Option<u32>,
    rules: DateRules,
) -> Result<Parsed, DateError> {
    if is_zero_day(year, month, day) {
        return Ok(Parsed::NEVER);
    }
    if year >= NO_END_YEAR {
        return far_future(year, month, day, rules.column);
    }
    if year < FIRST_YEAR {
        return Err(DateError::Impossible);
    }
    let day = Day::from_ymd(year, month, day).ok_or(DateError::Impossible)?;
    let late = minute.map_or(0, |m| m / 1440) as i32;
    Ok(Parsed::on(day.plus(late), minute.map(|m| (m % 1440) as u16)))
}

/// The days that systems show for "nothing": their counter's zero, give or take a time zone.
fn is_zero_day(year: i32, month: u32, day: u32) -> bool {
    matches!(
        (year, month, day),
        (0, 0, 0)
            | (1 | 1753 | 1900 | 1970, 1, 1)
            | (1600, 12, 31)
            | (1601, 1, 1 | 2)
            | (1899, 12, 30 | 31)
            | (1900, 1, 0)
    )
}

fn far_future(year: i32, month: u32, day: u32, column: DateColumn) -> Result<Parsed, DateError> {
    // 99999999 and 9999-99-99 are written by systems that fill the field with nines.
    let nines = year == 9999 && month == 99 && day == 99;
    let (month, day) = if nines { (12, 31) } else { (month, day) };
    let day = Day::from_ymd(year, month, day).ok_or(DateError::Impossible)?;
    Ok(match column {
        DateColumn::End => Parsed::NEVER,
        DateColumn::Event => {
            Parsed { note: Some(DateNote::FutureSentinel), ..Parsed::on(day, None) }
        }
    })
}

#[cfg(test)]
mod tests;
