use super::*;
use proptest::prelude::*;

const STRICT: DateRules = DateRules {
    order: None,
    excel_serial: false,
    epoch: None,
    filetime: false,
    night_hours: false,
    column: DateColumn::Event,
};
const END: DateRules = DateRules { column: DateColumn::End, ..STRICT };
const MDY: DateRules = DateRules { order: Some(FieldOrder::Mdy), ..STRICT };
const DMY: DateRules = DateRules { order: Some(FieldOrder::Dmy), ..STRICT };
const NIGHT: DateRules = DateRules { night_hours: true, ..STRICT };
const SERIAL: DateRules = DateRules { excel_serial: true, ..STRICT };
const FILETIME: DateRules = DateRules { filetime: true, ..STRICT };
const SECONDS: DateRules = DateRules { epoch: Some(Epoch::Seconds), ..STRICT };
const MILLIS: DateRules = DateRules { epoch: Some(Epoch::Millis), ..STRICT };

fn day(y: i32, m: u32, d: u32) -> When {
    When::On(Day::from_ymd(y, m, d).unwrap())
}

#[track_caller]
fn reads(text: &str, rules: DateRules, when: When, minute: Option<u16>, note: Option<DateNote>) {
    assert_eq!(parse(text, &rules), Ok(Parsed { when, minute, note }), "{text:?}");
}

#[track_caller]
fn fails(texts: &[&str], rules: DateRules, error: DateError) {
    for text in texts {
        assert_eq!(parse(text, &rules), Err(error), "{text:?}");
    }
}

#[test]
fn the_default_is_strict() {
    assert_eq!(DateRules::default(), STRICT);
}

#[test]
fn western_forms() {
    let april = day(2024, 4, 1);
    for text in [
        "2024-04-01",
        "2024/4/1",
        "20240401",
        "2024年4月1日",
        "2024.4.1",
        "２０２４／０４／０１",
        "２０２４０４０１",
        "２０２４年　４月　１日",
        " 2024/04/01\u{3000}",
        "2024/04/01(月)",
        "2024年4月1日（月曜日）",
        "2024‐04‐01",
    ] {
        reads(text, STRICT, april, None, None);
    }
    for text in [
        "2024/04/01 08:30:00",
        "2024-04-01T08:30",
        "2024/4/1 8:30",
        "2024-04-01 08:30:59.123456",
        "2024年4月1日 8時30分",
        "2024年4月1日8時30分15秒",
        "2024/04/01（月） 午前8:30",
        "20240401 083000",
        "20240401T0830",
        "202404010830",
        "20240401083000",
        "2024/4/1 8:30:00 AM",
        "2024-04-01T08:30:00+09:00",
        "2024-04-01T08:30:00 JST",
        "2024-03-31T23:30:00Z",
        "2024-03-31T23:30:00.000Z",
        "2024-03-31 23:30:00 UTC",
        "2024-03-31T18:30:00-0500",
        "20240331T233000Z",
        "20240331233000.0Z",
    ] {
        reads(text, STRICT, april, Some(510), None);
    }
    reads("2024/04/01 午後0:30", STRICT, april, Some(750), None);
    reads("2024/04/01 12:30 AM", STRICT, april, Some(30), None);
}

#[test]
fn zones_move_the_day_at_midnight_in_japan() {
    reads("2024-03-31T14:59:59Z", STRICT, day(2024, 3, 31), Some(1439), None);
    reads("2024-03-31T15:00:00Z", STRICT, day(2024, 4, 1), Some(0), None);
    reads("1965-03-31T15:00:00Z", STRICT, day(1965, 4, 1), Some(0), None);
}

#[test]
fn era_forms() {
    for text in [
        "令和6年4月1日",
        "令和６年４月１日",
        "R6.4.1",
        "r06/04/01",
        "R 6. 4. 1",
        "Ｒ６．４．１",
        "R060401",
        "5060401",
        "㋿6.4.1",
        "令6-4-1",
        "令和 6年 4月 1日",
    ] {
        reads(text, STRICT, day(2024, 4, 1), None, None);
    }
    reads("令和元年5月1日", STRICT, day(2019, 5, 1), None, None);
    reads("令和元年５月１日", STRICT, day(2019, 5, 1), None, None);
    reads("R1.5.1", STRICT, day(2019, 5, 1), None, None);
    reads("㋿1.5.1", STRICT, day(2019, 5, 1), None, None);
    reads("H31.4.30", STRICT, day(2019, 4, 30), None, None);
    reads("平成31年4月30日", STRICT, day(2019, 4, 30), None, None);
    reads("㍻31.4.30", STRICT, day(2019, 4, 30), None, None);
    reads("S64.1.7", STRICT, day(1989, 1, 7), None, None);
    reads("H1.1.8", STRICT, day(1989, 1, 8), None, None);
    reads("4010108", STRICT, day(1989, 1, 8), None, None);
    reads("3640107", STRICT, day(1989, 1, 7), None, None);
    reads("明治45年7月30日", STRICT, day(1912, 7, 30), None, None);
    reads("大正元年7月30日", STRICT, day(1912, 7, 30), None, None);
    reads("2010730", STRICT, day(1912, 7, 30), None, None);
    reads("1450730", STRICT, day(1912, 7, 30), None, None);
    reads("R6.4.1 8:30", STRICT, day(2024, 4, 1), Some(510), None);
}

#[test]
fn outside_of_the_era_is_noted_or_refused() {
    let past = Some(DateNote::PastEraEnd);
    reads("H31.5.1", STRICT, day(2019, 5, 1), None, past);
    reads("平成31年5月1日", STRICT, day(2019, 5, 1), None, past);
    reads("S64.1.8", STRICT, day(1989, 1, 8), None, past);
    reads("令和1年4月1日", STRICT, day(2019, 4, 1), None, Some(DateNote::BeforeEraStart));
    fails(
        &["R0.4.1", "令和6年13月1日", "R5.2.29", "5061301", "2024401"],
        STRICT,
        DateError::Impossible,
    );
}

#[test]
fn zeros_and_zero_days_are_never() {
    for text in [
        "00000000",
        "0",
        "0000-00-00",
        "0000/00/00 00:00:00",
        "1900/01/00",
        "1900/1/0 0:00:00",
        "1601-01-01",
        "1601/01/01 9:00:00",
        "1601-01-01T00:00:00Z",
        "1600-12-31",
        "0001-01-01",
        "0001/01/01 0:00:00",
        "1753-01-01",
        "1970-01-01T00:00:00Z",
        "16010101000000.0Z",
        "9223372036854775807",
        "Never",
        "NEVER LOGGED IN",
        "無期限",
        "未ログイン",
    ] {
        reads(text, STRICT, When::Never, None, None);
        reads(text, END, When::Never, None, None);
    }
    for text in ["", "  ", "\u{3000}", "\t"] {
        reads(text, STRICT, When::Unknown, None, None);
    }
    for text in ["-", "－", "なし", "無し", "NULL", "null", "N/A", "#N/A"] {
        reads(text, STRICT, When::Never, None, Some(DateNote::NotGiven));
    }
}

#[test]
fn far_off_years_depend_on_the_column() {
    let future = Some(DateNote::FutureSentinel);
    for text in ["99999999", "9999/12/31", "9999-12-31T23:59:59Z", "9999/99/99"] {
        reads(text, END, When::Never, None, None);
        reads(text, STRICT, day(9999, 12, 31), None, future);
    }
    for text in ["2099/12/31", "2099-12-31 23:59:59", "20991231", "令和81年12月31日"] {
        reads(text, END, When::Never, None, None);
        reads(text, STRICT, day(2099, 12, 31), None, future);
    }
    reads("H99.12.31", END, When::Never, None, None);
    reads("H99.12.31", STRICT, day(2087, 12, 31), None, future);
    reads("5811231", END, When::Never, None, None);
    reads("2098/12/31", END, day(2098, 12, 31), None, None);
}

#[test]
fn numbers_need_a_mapping() {
    fails(
        &["45383", "45383.5", "1711929600", "1711929600000", "133500000000000000"],
        STRICT,
        DateError::Ambiguous,
    );
    reads("45383", SERIAL, day(2024, 4, 1), None, None);
    reads("45383.3784722", SERIAL, day(2024, 4, 1), Some(545), None);
    reads("45413", SERIAL, day(2024, 5, 1), None, None);
    reads("59", SERIAL, day(1900, 2, 28), None, None);
    reads("61", SERIAL, day(1900, 3, 1), None, None);
    fails(&["60"], SERIAL, DateError::Impossible);
    reads("2958465", DateRules { excel_serial: true, ..END }, When::Never, None, None);
    reads("1711929600", SECONDS, day(2024, 4, 1), Some(540), None);
    reads("1711929600.25", SECONDS, day(2024, 4, 1), Some(540), None);
    reads("-1", SECONDS, When::Never, None, None);
    reads("1711929600000", MILLIS, day(2024, 4, 1), Some(540), None);
    reads("133500000000000000", FILETIME, day(2024, 1, 18), Some(380), None);
    reads("-9223372036854775808", FILETIME, When::Never, None, None);
    reads("/Date(1711929600000)/", STRICT, day(2024, 4, 1), Some(540), None);
    // A mapping allows its own unit only.
    fails(&["45383", "1711929600000", "133500000000000000"], SECONDS, DateError::Ambiguous);
    fails(&["1.34E+17", "1.34192E+17", "4.5E4", "1e5"], FILETIME, DateError::LossyNumber);
}

#[test]
fn two_readings_are_refused() {
    let texts = ["24/4/1", "06.4.1", "24年4月1日", "240401", "3/28/26", "3/28/2026", "5/1/2024"];
    fails(&texts, STRICT, DateError::Ambiguous);
    fails(&["01/05/2024", "3/28/2026 9:05:03 AM"], STRICT, DateError::Ambiguous);
    reads("3/28/2026 9:05:03 AM", MDY, day(2026, 3, 28), Some(545), None);
    reads("4/1/2026 9:05:03 PM", MDY, day(2026, 4, 1), Some(1265), None);
    reads("01/05/2024", DMY, day(2024, 5, 1), None, None);
    reads("2026/04/01 9:05:03", MDY, day(2026, 4, 1), Some(545), None);
    fails(&["3/28/2026"], DMY, DateError::Impossible);
    fails(&["3/28/26"], MDY, DateError::Ambiguous);
}

#[test]
fn clocks() {
    for text in ["2024/02/29 24:00", "2024/02/28 24:00:00"] {
        fails(&[text], STRICT, DateError::Impossible);
    }
    reads("2024/02/29 24:00", NIGHT, day(2024, 3, 1), Some(0), None);
    reads("2024/02/28 25:30", NIGHT, day(2024, 2, 29), Some(90), None);
    reads("令和6年2月28日 29時59分", NIGHT, day(2024, 2, 29), Some(359), None);
    fails(&["2024/02/28 30:00"], NIGHT, DateError::Impossible);
    fails(
        &["2023/02/29", "2024-02-30", "20230229", "2024/13/01", "2024/04/00", "0024/04/01"],
        STRICT,
        DateError::Impossible,
    );
    fails(
        &["2016-12-31T23:59:60Z", "2024/04/01 8:60", "2024/04/01 13:00 PM"],
        STRICT,
        DateError::Impossible,
    );
}

#[test]
fn no_dates() {
    fails(
        &["tanaka", "2024", "2024/4", "2024-04/01", "2024/4/1x", "8:30", "2024/4/1 8", "有"],
        STRICT,
        DateError::Unreadable,
    );
    fails(&["令和", "R", "R6/4", "2024/4/1 8:3", "123456789012345678901", "-5"], STRICT, {
        DateError::Unreadable
    });
}

proptest! {
    #[test]
    fn any_text_is_survived(
        text in "[0-9年月日令和元RHSTMZ/:. +E-]{0,24}|\\PC{0,20}",
        bits in 0_u8..64,
    ) {
        let rules = DateRules {
            order: (bits & 1 != 0).then_some(FieldOrder::Mdy),
            excel_serial: bits & 2 != 0,
            epoch: (bits & 4 != 0).then_some(Epoch::Millis),
            filetime: bits & 8 != 0,
            night_hours: bits & 16 != 0,
            column: if bits & 32 != 0 { DateColumn::End } else { DateColumn::Event },
        };
        let _ = parse(&text, &rules);
        let _ = generalized_time(&text);
    }

    #[test]
    fn any_number_is_survived(ticks: i64, bits in 0_u8..16) {
        let _ = (filetime(ticks), unix_seconds(ticks), instant_to_jst_day(ticks));
        let rules = DateRules {
            excel_serial: bits & 1 != 0,
            epoch: (bits & 2 != 0).then_some(Epoch::Seconds),
            filetime: bits & 4 != 0,
            ..STRICT
        };
        let _ = parse(&ticks.to_string(), &rules);
        let _ = parse(&format!("/Date({ticks})/"), &rules);
    }

    #[test]
    fn the_quick_way_and_the_long_way_agree(
        y in 1800_i32..2200, m in 0_u32..14, d in 0_u32..33, h in 0_u32..26, n in 0_u32..61,
    ) {
        for text in [
            format!("{y:04}/{m}/{d} {h}:{n:02}"),
            format!("{y:04}-{m:02}-{d:02}"),
            format!("{y:04}{m:02}{d:02}"),
        ] {
            let plain = plain(&text);
            let long = number::parse(&plain, STRICT)
                .unwrap_or_else(|| scan::parse(&plain, STRICT));
            prop_assert_eq!(parse(&text, &STRICT), long, "{}", text);
        }
    }
}
