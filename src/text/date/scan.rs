//! Dates with separators, in Western years and eras, with times and zones.

use super::instant::{
    DAY_SECONDS, JST_OFFSET_SECONDS, generalized_seconds, instant_to_jst_day, jst_minute,
};
use super::{DateError, DateNote, DateRules, FieldOrder, Parsed, far_future, number, settle};
use crate::model::day::When;
use crate::text::era::{Era, Fit};

/// A number and how many digits it was written with.
type Number = (u32, usize);

/// Reads a date that [`super::plain`] has prepared.
pub(super) fn parse(plain: &str, rules: DateRules) -> Result<Parsed, DateError> {
    if let Some(millis) = plain.strip_prefix("/DATE(").and_then(|s| s.strip_suffix(")/")) {
        let millis: i64 = millis.parse().map_err(|_| DateError::Unreadable)?;
        return number::at(millis.div_euclid(1_000), rules);
    }
    if plain.bytes().take_while(u8::is_ascii_digit).count() == 14 {
        return generalized(plain, rules);
    }
    let mut cursor = Cursor::new(plain);
    let date = cursor.date(rules)?;
    cursor.weekday();
    let clock = cursor.clock(rules)?;
    let zone = if clock.is_some() { cursor.zone()? } else { None };
    cursor.end()?;
    let parsed = match date {
        Date::Western(y, m, d) => settle(y, m, d, clock, rules)?,
        Date::Era(era, y, m, d) => era_date(era, y, m, d, clock, rules)?,
    };
    Ok(zone.map_or(parsed, |offset| in_japan(parsed, offset)))
}

/// Moves a wall-clock moment `offset` seconds ahead of UTC to Japan.
fn in_japan(parsed: Parsed, offset: i64) -> Parsed {
    let (When::On(day), Some(minute)) = (parsed.when, parsed.minute) else {
        return parsed;
    };
    let wall = i64::from(day.epoch_days()) * DAY_SECONDS + i64::from(minute) * 60;
    let unix = wall - offset;
    let when = When::On(instant_to_jst_day(unix));
    Parsed { when, minute: Some(jst_minute(unix)), note: parsed.note }
}

fn generalized(plain: &str, rules: DateRules) -> Result<Parsed, DateError> {
    let unix = generalized_seconds(plain)?;
    let (y, m, d) = instant_to_jst_day(unix).ymd();
    settle(y, m, d, Some(u32::from(jst_minute(unix))), rules)
}

/// Seven digits: the era's digit, then year, month and day.
pub(super) fn era_digits(value: u32, rules: DateRules) -> Result<Parsed, DateError> {
    let era = Era::from_digit(value / 1_000_000).ok_or(DateError::Unreadable)?;
    let (y, m, d) = (value / 10_000 % 100, value / 100 % 100, value % 100);
    era_date(era, y, m, d, None, rules)
}

fn era_date(
    era: Era,
    year: u32,
    month: u32,
    day: u32,
    clock: Option<u32>,
    rules: DateRules,
) -> Result<Parsed, DateError> {
    let (found, fit) = era.day(year, month, day).ok_or(DateError::Impossible)?;
    let western = found.ymd().0;
    // 平成99 was filled in for "no end" long before 令和 was known; 令和81 is 2099.
    if western >= super::NO_END_YEAR || (era == Era::Heisei && year == 99) {
        return far_future(western, month, day, rules.column);
    }
    let late = clock.map_or(0, |m| m / 1440) as i32;
    let note = match fit {
        Fit::Inside => None,
        Fit::PastEnd => Some(DateNote::PastEraEnd),
        Fit::BeforeStart => Some(DateNote::BeforeEraStart),
    };
    let minute = clock.map(|m| (m % 1440) as u16);
    Ok(Parsed { when: When::On(found.plus(late)), minute, note })
}

/// Minutes from midnight, where the rules allow the hour. Leap seconds are refused: no
/// system that keeps accounts writes them.
pub(super) fn minutes(h: u32, m: u32, s: u32, rules: DateRules) -> Result<u32, DateError> {
    let last_hour = if rules.night_hours { 29 } else { 23 };
    if h > last_hour || m > 59 || s > 59 {
        return Err(DateError::Impossible);
    }
    Ok(h * 60 + m)
}

#[derive(Clone, Copy)]
enum Date {
    Western(i32, u32, u32),
    Era(Era, u32, u32, u32),
}

/// Half of the day that a time of the twelve-hour clock belongs to.
#[derive(Clone, Copy, PartialEq)]
enum Half {
    Morning,
    Afternoon,
}

/// A place in a text, moved forward by what is recognised there.
pub(super) struct Cursor<'a> {
    rest: &'a str,
}

impl<'a> Cursor<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Self { rest: text }
    }

    fn spaces(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn eat(&mut self, token: &str) -> bool {
        self.rest.strip_prefix(token).map(|rest| self.rest = rest).is_some()
    }

    /// A number of at most eight digits, with their count.
    fn number(&mut self) -> Option<Number> {
        let len = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, rest) = self.rest.split_at(len);
        if !(1..=8).contains(&len) {
            return None;
        }
        self.rest = rest;
        digits.parse().ok().map(|value| (value, len))
    }

    fn need(&mut self) -> Result<Number, DateError> {
        self.spaces();
        self.number().ok_or(DateError::Unreadable)
    }

    pub(super) fn end(&mut self) -> Result<(), DateError> {
        self.spaces();
        if self.rest.is_empty() { Ok(()) } else { Err(DateError::Unreadable) }
    }

    fn date(&mut self, rules: DateRules) -> Result<Date, DateError> {
        if let Some((era, len)) = Era::strip(self.rest) {
            self.rest = &self.rest[len..];
            return self.era_fields(era);
        }
        let (first, len) = self.need()?;
        if len == 8 {
            return Ok(Date::Western((first / 10_000) as i32, first / 100 % 100, first % 100));
        }
        let ((second, _), (third, third_len)) = self.two_more()?;
        match (len, third_len) {
            (4, 1 | 2) => Ok(Date::Western(first as i32, second, third)),
            (1 | 2, 4) => match rules.order.ok_or(DateError::Ambiguous)? {
                FieldOrder::Dmy => Ok(Date::Western(third as i32, second, first)),
                FieldOrder::Mdy => Ok(Date::Western(third as i32, first, second)),
            },
            (1 | 2, 1 | 2) => Err(DateError::Ambiguous),
            _ => Err(DateError::Unreadable),
        }
    }

    fn era_fields(&mut self, era: Era) -> Result<Date, DateError> {
        self.spaces();
        let year = if self.eat("元") {
            1
        } else {
            match self.need()? {
                (all, 6) => return Ok(Date::Era(era, all / 10_000, all / 100 % 100, all % 100)),
                (year, 1 | 2) => year,
                _ => return Err(DateError::Unreadable),
            }
        };
        match self.two_more()? {
            ((month, _), (day, 1 | 2)) => Ok(Date::Era(era, year, month, day)),
            _ => Err(DateError::Unreadable),
        }
    }

    /// Separator, number, the same separator, number: what follows a date's first number.
    fn two_more(&mut self) -> Result<(Number, Number), DateError> {
        self.spaces();
        let (first, second, last) = match self.rest.chars().next() {
            Some('年') => ("年", "月", "日"),
            Some('/') => ("/", "/", ""),
            Some('-') => ("-", "-", ""),
            Some('.') => (".", ".", ""),
            _ => return Err(DateError::Unreadable),
        };
        self.eat(first);
        let one = self.need()?;
        self.spaces();
        if one.1 > 2 || !self.eat(second) {
            return Err(DateError::Unreadable);
        }
        let two = self.need()?;
        self.spaces();
        if self.eat(last) { Ok((one, two)) } else { Err(DateError::Unreadable) }
    }

    /// `(月)` or `(月曜日)`; whether it is the right day is not asked.
    fn weekday(&mut self) {
        self.spaces();
        let Some((inside, rest)) = self.rest.strip_prefix('(').and_then(|r| r.split_once(')'))
        else {
            return;
        };
        let name = inside.trim().trim_end_matches("曜日");
        if ["日", "月", "火", "水", "木", "金", "土"].contains(&name) {
            self.rest = rest;
        }
    }

    /// A time of day in minutes from midnight, or `None` where the text ends.
    fn clock(&mut self, rules: DateRules) -> Result<Option<u32>, DateError> {
        let _ = self.eat("T");
        self.spaces();
        if self.rest.is_empty() {
            return Ok(None);
        }
        let mut half = self.half();
        self.spaces();
        let (hour, minute, second) = self.clock_fields()?;
        self.fraction();
        self.spaces();
        half = half.or_else(|| self.half());
        let hour = match half {
            None => hour,
            Some(_) if hour > 12 => return Err(DateError::Impossible),
            Some(Half::Morning) => hour % 12,
            Some(Half::Afternoon) => hour % 12 + 12,
        };
        minutes(hour, minute, second, rules).map(Some)
    }

    fn half(&mut self) -> Option<Half> {
        if self.eat("午前") || self.eat("AM") || self.eat("A.M.") {
            return Some(Half::Morning);
        }
        (self.eat("午後") || self.eat("PM") || self.eat("P.M.")).then_some(Half::Afternoon)
    }

    /// `8:30`, `08:30:00`, `8時30分5秒`, `0830`, `083000`.
    fn clock_fields(&mut self) -> Result<(u32, u32, u32), DateError> {
        let (hour, len) = self.need()?;
        match len {
            4 => return Ok((hour / 100, hour % 100, 0)),
            6 => return Ok((hour / 10_000, hour / 100 % 100, hour % 100)),
            1 | 2 => {}
            _ => return Err(DateError::Unreadable),
        }
        if self.eat("時") {
            let minute = self.unit("分")?.unwrap_or(0);
            let second = self.unit("秒")?.unwrap_or(0);
            return Ok((hour, minute, second));
        }
        if !self.eat(":") {
            return Err(DateError::Unreadable);
        }
        let minute = self.clock_pair()?;
        let second = if self.eat(":") { self.clock_pair()? } else { 0 };
        Ok((hour, minute, second))
    }

    fn clock_pair(&mut self) -> Result<u32, DateError> {
        self.number().filter(|(_, len)| *len == 2).map(|n| n.0).ok_or(DateError::Unreadable)
    }

    fn unit(&mut self, name: &str) -> Result<Option<u32>, DateError> {
        self.spaces();
        match self.number() {
            None => Ok(None),
            Some((value, 1 | 2)) if self.eat(name) => Ok(Some(value)),
            Some(_) => Err(DateError::Unreadable),
        }
    }

    /// Skips a fraction of a second.
    pub(super) fn fraction(&mut self) {
        if let Some(rest) = self.rest.strip_prefix(['.', ',']) {
            let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
            if digits.len() < rest.len() {
                self.rest = digits;
            }
        }
    }

    /// A zone as seconds ahead of UTC, or `None` where the text ends.
    pub(super) fn zone(&mut self) -> Result<Option<i64>, DateError> {
        self.spaces();
        if self.rest.is_empty() {
            return Ok(None);
        }
        if ["Z", "UTC", "GMT"].into_iter().any(|name| self.eat(name)) {
            return Ok(Some(0));
        }
        if self.eat("JST") {
            return Ok(Some(JST_OFFSET_SECONDS));
        }
        let sign = if self.eat("+") {
            1
        } else if self.eat("-") {
            -1
        } else {
            return Err(DateError::Unreadable);
        };
        let (hours, minutes) = match self.number() {
            Some((all, 4)) => (all / 100, all % 100),
            Some((hours, 2)) => (hours, if self.eat(":") { self.clock_pair()? } else { 0 }),
            _ => return Err(DateError::Unreadable),
        };
        if hours > 14 || minutes > 59 {
            return Err(DateError::Impossible);
        }
        Ok(Some(sign * i64::from(hours * 3_600 + minutes * 60)))
    }
}
