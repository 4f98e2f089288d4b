//! The date that an export's file name carries.

use crate::model::day::Day;
use crate::text::era::Era;
use crate::text::name::nfkc;

/// A date found in a file stem.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StemDate {
    /// The latest day that the stem names; a month stands for its first day.
    pub day: Day,
    /// The stem names months only.
    pub month_only: bool,
    /// The stem in NFKC form without its dates, and without the marks that joined them on.
    pub rest: String,
}

/// Marks that join a date to a name.
const JOINTS: [char; 6] = ['_', '-', '.', ' ', '~', '+'];

/// Years in which exports are made; other digits of a name are numbers of something else.
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2099;

struct Hit {
    day: Day,
    month_only: bool,
    len: usize,
}

/// Finds the date of a file stem such as `users_2026-11-22`, `職員名簿20261101` or `R8.11.1`.
///
/// A time that follows (`20261122-090503`) belongs to the date. Where a stem names several
/// dates all are taken out and the latest counts. `None` where there is none.
pub fn date_in_name(stem: &str) -> Option<StemDate> {
    let text = nfkc(stem);
    let mut rest = String::with_capacity(text.len());
    let mut found: Option<(Day, bool)> = None;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let Some(hit) = starts_here(&text, at).then(|| hit(&text[at..])).flatten() else {
            rest.push(c);
            at += c.len_utf8();
            continue;
        };
        at += hit.len;
        close_gap(&mut rest, &text[at..]);
        let better = found.is_none_or(|(day, _)| hit.day >= day);
        if better {
            found = Some((hit.day, hit.month_only));
        }
    }
    let (day, month_only) = found?;
    let rest = rest.replace("()", "").trim_matches(JOINTS).to_owned();
    Some(StemDate { day, month_only, rest })
}

/// Whether a date may begin at `at`: not inside a number, nor (an era's letter) in a word.
fn starts_here(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    let digit = text[at..].starts_with(|c: char| c.is_ascii_digit());
    !before.is_some_and(|b| if digit { b.is_ascii_digit() } else { b.is_ascii_alphanumeric() })
}

/// Where a date stood between two joints, one of them goes with it.
fn close_gap(rest: &mut String, after: &str) {
    if after.starts_with(JOINTS) && (rest.is_empty() || rest.ends_with(JOINTS)) {
        rest.pop();
    }
}

fn hit(text: &str) -> Option<Hit> {
    let digits = leading_digits(text);
    let mut hit = match digits {
        0 => era(text),
        4 => separated(text),
        6 => month_digits(text),
        8 | 12 | 14 => day_digits(text, digits),
        _ => None,
    }?;
    if !hit.month_only && matches!(digits, 4 | 8) {
        hit.len += time_len(&text[hit.len..]);
    }
    Some(hit)
}

fn leading_digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

fn western(year: i32, month: u32, day: Option<u32>, len: usize) -> Option<Hit> {
    let found = Day::from_ymd(year, month, day.unwrap_or(1))?;
    YEARS.contains(&year).then_some(Hit { day: found, month_only: day.is_none(), len })
}

/// `202611`
fn month_digits(text: &str) -> Option<Hit> {
    western(text[..4].parse().ok()?, text[4..6].parse().ok()?, None, 6)
}

/// `20261122`, `202611220905`, `20261122090503`
fn day_digits(text: &str, digits: usize) -> Option<Hit> {
    let day = text[6..8].parse().ok()?;
    western(text[..4].parse().ok()?, text[4..6].parse().ok()?, Some(day), digits)
}

/// `2026-11-22`, `2026年11月22日`, `2026-11`
fn separated(text: &str) -> Option<Hit> {
    let (month, day, len) = fields(&text[4..])?;
    western(text[..4].parse().ok()?, month, day, 4 + len)
}

/// `R8.11.1`, `令和8年11月`, `R081101`
fn era(text: &str) -> Option<Hit> {
    let upper: String = text.chars().take(2).collect::<String>().to_ascii_uppercase();
    let (era, start) = Era::strip(&upper)?;
    let body = &text[start..];
    let (year, month, day, len) = match leading_digits(body) {
        0 if body.starts_with('元') => {
            let (month, day, len) = fields(&body['元'.len_utf8()..])?;
            (1, month, day, '元'.len_utf8() + len)
        }
        6 => {
            let part = |from| body.get(from..from + 2).and_then(|s| s.parse::<u32>().ok());
            (part(0)?, part(2)?, part(4), 6)
        }
        digits @ 1..=2 => {
            let (month, day, len) = fields(&body[digits..])?;
            // R8-11 or R8_11 may as well be a room; R8.11 and R8年11月 are written for months.
            if start == 1 && day.is_none() && body[digits..].starts_with(['-', '_', '/']) {
                return None;
            }
            (body[..digits].parse().ok()?, month, day, digits + len)
        }
        _ => return None,
    };
    let (found, _) = era.day(year, month, day.unwrap_or(1))?;
    let plausible = YEARS.contains(&found.ymd().0);
    plausible.then_some(Hit { day: found, month_only: day.is_none(), len: start + len })
}

/// Separator and month, then perhaps the same separator and day, with the bytes used.
fn fields(text: &str) -> Option<(u32, Option<u32>, usize)> {
    let first = text.chars().next().filter(|c| "-_./年".contains(*c))?;
    let western = first != '年';
    let at = first.len_utf8();
    let digits = leading_digits(&text[at..]);
    let month: u32 = text[at..].get(..digits).filter(|_| digits <= 2)?.parse().ok()?;
    let after = at + digits;
    let second = if western { first } else { '月' };
    let month_end = if western { after } else { after + '月'.len_utf8() };
    if !text[after..].starts_with(second) {
        return western.then_some((month, None, after));
    }
    let start = after + second.len_utf8();
    let digits = leading_digits(&text[start..]);
    let Some(day) = text[start..start + digits].parse().ok().filter(|_| digits <= 2) else {
        return Some((month, None, month_end));
    };
    let mut end = start + digits;
    if !western {
        end += text[end..].strip_prefix('日').map(|_| '日'.len_utf8())?;
    }
    Some((month, Some(day), end))
}

/// Bytes of a time after a date: a joint or `T`, then `HHMMSS`; `HHMM` only after `T`,
/// because four digits after a joint may as well number a ward or a site.
fn time_len(text: &str) -> usize {
    let Some(joint) = text.chars().next().filter(|c| "_-T ".contains(*c)) else {
        return 0;
    };
    let clock = &text[1..];
    let digits = leading_digits(clock);
    let pair = |at: usize| clock.get(at..at + 2).and_then(|s| s.parse::<u32>().ok());
    let sound = pair(0).is_some_and(|h| h < 24)
        && pair(2).is_some_and(|m| m < 60)
        && (digits == 4 || pair(4).is_some_and(|s| s < 60));
    let known = digits == 6 || (digits == 4 && joint == 'T');
    if known && sound { 1 + digits } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(stem: &str) -> Option<(String, bool, String)> {
        date_in_name(stem).map(|f| (f.day.to_string(), f.month_only, f.rest))
    }

    fn day(stem: &str, date: &str, rest: &str) {
        assert_eq!(found(stem), Some((date.to_owned(), false, rest.to_owned())), "{stem}");
    }

    #[test]
    fn days_in_names() {
        day("職員名簿20261101", "2026-11-01", "職員名簿");
        day("職員名簿２０２６１１０１", "2026-11-01", "職員名簿");
        day("職員名簿(20261101)", "2026-11-01", "職員名簿");
        day("users_2026-11-22", "2026-11-22", "users");
        day("2026-11-22_users", "2026-11-22", "users");
        day("users_2026_11_22_ward", "2026-11-22", "users_ward");
        day("R8.11.1", "2026-11-01", "");
        day("職員R8.11.1", "2026-11-01", "職員");
        day("staff_r081101", "2026-11-01", "staff");
        day("令和8年11月1日現在名簿", "2026-11-01", "現在名簿");
        day("名簿令和元年5月1日", "2019-05-01", "名簿");
        day("名簿2026年11月1日", "2026-11-01", "名簿");
        day("export_20261122090503", "2026-11-22", "export");
        day("export_20261122-090503", "2026-11-22", "export");
        day("export_20261122T0905", "2026-11-22", "export");
        day("log_20261001-20261031", "2026-10-31", "log");
    }

    #[test]
    fn codes_beside_a_date_stay() {
        day("users_20261122_1001", "2026-11-22", "users_1001");
        day("1234567_20261122", "2026-11-22", "1234567");
        day("users_20261122_999999", "2026-11-22", "users_999999");
    }

    #[test]
    fn months_are_flagged() {
        for stem in ["名簿202611", "名簿_2026-11", "名簿2026年11月", "名簿R8.11", "名簿令和8年11月"]
        {
            let expected = ("2026-11-01".to_owned(), true, "名簿".to_owned());
            assert_eq!(found(stem), Some(expected), "{stem}");
        }
    }

    #[test]
    fn numbers_that_are_no_dates() {
        for stem in [
            "users",
            "",
            "user8.11.1",
            "1234567890",
            "261122",
            "20261301",
            "v1.2.3",
            "site_0412",
            "ward_R1_2",
        ] {
            assert_eq!(found(stem), None, "{stem}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_name_is_survived(stem in "[0-9RHr年月日元令和_./ -]{0,24}|\\PC{0,16}") {
            let _ = date_in_name(&stem);
        }
    }
}
