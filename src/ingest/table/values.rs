//! Words of cells: yes, no, nothing, a day.

use crate::model::account::Minute;
use crate::model::credential::State;
use crate::model::day::Stamp;
use crate::model::tri::Tri;
use crate::text::date::{self, DateColumn, DateError, DateRules, FieldOrder};

/// Yes or no in the words of exports; anything else is unknown.
pub fn yes_no(cell: &str) -> Tri {
    match cell {
        "True" | "true" | "TRUE" | "1" | "Y" | "y" | "T" | "t" | "Yes" | "yes" | "YES" | "on"
        | "○" | "◯" | "〇" | "有" | "有り" | "あり" | "有効" | "使用中" | "使用" | "可" | "済"
        | "登録済" | "はい" | "Enabled" | "Enforced" | "enabled" | "Active" => Tri::Yes,
        "False" | "false" | "FALSE" | "0" | "N" | "n" | "F" | "f" | "No" | "no" | "NO" | "off"
        | "×" | "✕" | "無" | "無し" | "なし" | "無効" | "停止" | "停止中" | "廃止" | "不可"
        | "未" | "未登録" | "未使用" | "いいえ" | "Disabled" | "disabled" | "Suspended"
        | "Archived" => Tri::No,
        _ => Tri::Unknown,
    }
}

/// Words of a state column that explain themselves, whatever the column is called.
pub fn state_word(cell: &str) -> Tri {
    match cell {
        "有効" | "使用中" | "利用中" | "在職" | "在籍" | "稼働" | "Active" | "active"
        | "Enabled" | "enabled" => Tri::Yes,
        "無効" | "停止" | "停止中" | "廃止" | "退職" | "削除" | "休止" | "失効" | "ロック"
        | "Disabled" | "disabled" | "Suspended" | "suspended" | "Archived" | "Inactive" => Tri::No,
        _ => Tri::Unknown,
    }
}

/// Words that stand for "not given".
pub fn nothing(cell: &str) -> bool {
    matches!(cell, "" | "-" | "－" | "NULL" | "null" | "\\N" | "なし" | "N/A" | "#N/A" | "n/a")
}

/// A date cell and its time of day; an empty one is `empty`.
pub fn moment(
    cell: &str,
    order: Option<FieldOrder>,
    end: bool,
    empty: Stamp,
) -> Result<(Stamp, Minute), DateError> {
    if nothing(cell) {
        return Ok((empty, Minute::default()));
    }
    if let Some(filetime) = filetime(cell)? {
        return Ok(filetime);
    }
    let rules = DateRules {
        order,
        column: if end { DateColumn::End } else { DateColumn::Event },
        ..DateRules::default()
    };
    let parsed = date::parse(cell, &rules)?;
    Ok((parsed.when.into(), Minute::said(parsed.minute)))
}

/// A FILETIME is recognised by its 18 digits; no other date form has that many.
fn filetime(cell: &str) -> Result<Option<(Stamp, Minute)>, DateError> {
    let digits = cell.bytes().all(|b| b.is_ascii_digit());
    if digits && cell.len() >= 17 {
        let ticks: i64 = cell.parse().map_err(|_| DateError::Unreadable)?;
        let minute = Minute::said(date::filetime_minute(ticks));
        return Ok(Some((date::filetime(ticks).into(), minute)));
    }
    Ok(None)
}

/// What a password-like cell holds before any scheme looks at it.
pub fn secret_state(cell: &str) -> State {
    match cell {
        "" => State::NoPassword,
        "NULL" | "null" | "\\N" | "NoLogin" | "*" | "!" | "!!" | "x" | "LK" | "*LK*" => {
            State::Locked
        }
        _ if cell.bytes().all(|b| b == b'*') => State::Masked,
        _ => State::Hash,
    }
}

/// Reason code of a date that cannot be used.
pub const fn date_code(error: DateError) -> &'static str {
    match error {
        DateError::Impossible | DateError::Unreadable => "bad-date",
        DateError::Ambiguous => "ambiguous-date",
        DateError::LossyNumber => "lossy-number",
    }
}

/// The day that an empty cell of a column means.
pub const fn empty_day(never: bool) -> Stamp {
    if never { Stamp::NEVER } else { Stamp::UNKNOWN }
}
