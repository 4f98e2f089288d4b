//! Cells that are nothing but a number.

use super::instant::{filetime_seconds, instant_to_jst_day, jst_minute};
use super::{DateError, DateRules, Epoch, Parsed, scan, settle};
use crate::model::day::Day;

/// 9999-12-31 in the 1900 date system.
const LAST_SERIAL: i64 = 2_958_465;

/// Reads a number; `None` where the text is something else.
pub(super) fn parse(plain: &str, rules: DateRules) -> Option<Result<Parsed, DateError>> {
    let (sign, body) = plain.strip_prefix('-').map_or((1, plain), |rest| (-1, rest));
    let digits = body.bytes().take_while(u8::is_ascii_digit).count();
    let (whole, rest) = body.split_at(digits);
    if whole.is_empty() {
        return None;
    }
    if is_exponent_form(rest) {
        return Some(Err(DateError::LossyNumber));
    }
    let fraction = rest.strip_prefix('.').filter(|f| f.bytes().all(|b| b.is_ascii_digit()));
    if !rest.is_empty() && fraction.is_none() {
        return None;
    }
    if sign < 0 {
        return Some(negative(whole, rules));
    }
    Some(match fraction {
        None => integer(whole, rules),
        Some(fraction) => with_fraction(whole, fraction, rules),
    })
}

/// `.34E+17`, `E17`: what a spreadsheet leaves of a long number.
fn is_exponent_form(rest: &str) -> bool {
    let Some((fraction, exponent)) = rest.split_once('E') else {
        return false;
    };
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    let fraction = fraction.strip_prefix('.').unwrap_or(fraction);
    !exponent.is_empty() && digits(exponent) && digits(fraction)
}

fn negative(whole: &str, rules: DateRules) -> Result<Parsed, DateError> {
    let counted = rules.filetime || rules.epoch.is_some();
    if counted && whole.len() <= 19 { Ok(Parsed::NEVER) } else { Err(DateError::Unreadable) }
}

fn integer(whole: &str, rules: DateRules) -> Result<Parsed, DateError> {
    if whole.bytes().all(|b| b == b'0') {
        return Ok(Parsed::NEVER);
    }
    // Directory and FILETIME columns alike write the largest number for "never".
    let value: i64 = whole.parse().map_err(|_| DateError::Unreadable)?;
    if value == i64::MAX {
        return Ok(Parsed::NEVER);
    }
    match (whole.len(), rules.epoch) {
        (1..=5, _) if rules.excel_serial => serial(value, None, rules),
        (7, _) if rules.excel_serial && value == LAST_SERIAL => serial(value, None, rules),
        (9..=11, Some(Epoch::Seconds)) => at(value, rules),
        (12 | 13, Some(Epoch::Millis)) => at(value / 1_000, rules),
        (17..=19, _) if rules.filetime => {
            filetime_seconds(value).map_or(Ok(Parsed::NEVER), |unix| at(unix, rules))
        }
        (7, _) => scan::era_digits(value as u32, rules),
        (8 | 12 | 14, _) => compact(whole, rules),
        // Two-digit years, a serial, seconds, milliseconds or a FILETIME: only the column's
        // rules can say.
        (5 | 6 | 10 | 13 | 17 | 18, _) => Err(DateError::Ambiguous),
        _ => Err(DateError::Unreadable),
    }
}

/// `20240401`, `202404010830` or `20240401083000`.
fn compact(whole: &str, rules: DateRules) -> Result<Parsed, DateError> {
    let part = |from: usize, to: usize| -> Result<u32, DateError> {
        whole.get(from..to).map_or(Ok(0), |s| s.parse().map_err(|_| DateError::Unreadable))
    };
    let clock = if whole.len() > 8 {
        Some(scan::minutes(part(8, 10)?, part(10, 12)?, part(12, 14)?, rules)?)
    } else {
        None
    };
    settle(part(0, 4)? as i32, part(4, 6)?, part(6, 8)?, clock, rules)
}

fn with_fraction(whole: &str, fraction: &str, rules: DateRules) -> Result<Parsed, DateError> {
    let value: i64 = whole.parse().map_err(|_| DateError::Unreadable)?;
    match (whole.len(), rules.epoch) {
        (1..=5, _) if rules.excel_serial => serial(value, minute_of(fraction), rules),
        (9..=11, Some(Epoch::Seconds)) => at(value, rules),
        (5, _) => Err(DateError::Ambiguous),
        _ => Err(DateError::Unreadable),
    }
}

/// The minute that a serial's decimals name; they are a fraction of a day, so a whole
/// second may lie a little below its own value.
fn minute_of(fraction: &str) -> Option<u32> {
    const DIGITS: usize = 9;
    let digits = fraction.bytes().chain(std::iter::repeat(b'0')).take(DIGITS);
    let parts = digits.fold(0_u64, |acc, b| acc * 10 + u64::from(b - b'0'));
    let scale = 10_u64.pow(DIGITS as u32);
    let seconds = (parts * 86_400 + scale / 2) / scale;
    let minute = (seconds.min(86_399) / 60) as u32;
    (parts > 0).then_some(minute)
}

/// A day of the 1900 date system, which believes in a 1900-02-29.
fn serial(value: i64, minute: Option<u32>, rules: DateRules) -> Result<Parsed, DateError> {
    let days = match value {
        0 => return Ok(Parsed::NEVER),
        1..=59 => value - 25_568,
        60 => return Err(DateError::Impossible),
        _ => value - 25_569,
    };
    let (y, m, d) = Day::from_epoch_days(days as i32).ymd();
    settle(y, m, d, minute, rules)
}

/// A moment in seconds from 1970; nothing at or before a counter's start is a real one.
pub(super) fn at(unix: i64, rules: DateRules) -> Result<Parsed, DateError> {
    if unix <= 0 {
        return Ok(Parsed::NEVER);
    }
    let (y, m, d) = instant_to_jst_day(unix).ymd();
    settle(y, m, d, Some(u32::from(jst_minute(unix))), rules)
}
