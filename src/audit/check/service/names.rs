//! Whether an account looks like a program's: by its principal name, its login or its name.

use crate::audit::view::AccountView;
use crate::model::account::Flag;

/// What a login of a program begins with, and with the separators turned round, ends with.
const MARKS: &[&str] = &["svc", "service", "sa"];
/// Beginnings that need no separator.
const BEGINNINGS: &[&str] = &["sqlsvc", "appsvc"];
/// Words of Japanese names of programs.
const WORDS: &[&str] = &["連携", "システム", "バッチ"];
/// What makes such a word the name of a department or of somebody's post: 地域連携室, システム課.
const OFFICES: &[char] =
    &['課', '部', '室', '係', '班', '科', '担', '管', '責', '委', 'セ', '病', 'エ', '推', '開'];

/// The word for what shows that the account is a program's; `None` where nothing does. People of
/// the roster and whoever has an employee number are none.
pub(in crate::audit::check) fn looks_like_program(
    account: &AccountView<'_>,
) -> Option<&'static str> {
    let accounts = &account.site.inventory.accounts;
    let numbered = !accounts.employee.get(account.row).is_empty();
    if account.flag(Flag::Service).is_yes() {
        return Some("service");
    }
    if account.person_id().is_some() || numbered {
        return None;
    }
    if account.flag(Flag::HasSpn).is_yes() {
        return Some("has-spn");
    }
    let name = account.site.inventory.text.get(accounts.name.get(account.row));
    (is_program_login(account.login()) || is_program_name(name)).then_some("name-of-program")
}

/// `svc_backup`, `sql-service`, `sa-monitor`.
fn is_program_login(login: &str) -> bool {
    let login = login.rsplit('\\').next().unwrap_or(login);
    let starts =
        |word: &&str| login.get(..word.len()).is_some_and(|s| s.eq_ignore_ascii_case(word));
    let parted = |rest: &str| rest.starts_with(['-', '_']);
    let begins = |word: &&str| starts(word) && parted(&login[word.len()..]);
    let ends = |word: &&str| {
        let at = login.len().checked_sub(word.len() + 1);
        at.and_then(|at| login.get(at..))
            .is_some_and(|tail| parted(tail) && tail[1..].eq_ignore_ascii_case(word))
    };
    MARKS.iter().any(|word| begins(word) || ends(word)) || BEGINNINGS.iter().any(starts)
}

/// `放射線連携`, `夜間バッチ`, but neither `地域連携室` nor `システム課 佐藤`.
fn is_program_name(name: &str) -> bool {
    WORDS.iter().any(|word| {
        name.match_indices(word)
            .any(|(at, _)| !name[at + word.len()..].trim_start().starts_with(OFFICES))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logins_of_programs() {
        for login in
            ["svc_backup", "SVC-sql", "backup_svc", "sa-monitor", "CORP\\sql_service", "sqlsvc01"]
        {
            assert!(is_program_login(login), "{login}");
        }
        for login in
            ["sato", "sa", "savory", "t.sasaki", "asa", "svcs", "service", "三崎_sato", "usa", ""]
        {
            assert!(!is_program_login(login), "{login}");
        }
    }

    #[test]
    fn names_of_programs() {
        for name in ["放射線連携", "夜間バッチ", "検査システム", "連携用 給食"]
        {
            assert!(is_program_name(name), "{name}");
        }
        for name in [
            "地域連携室 田中",
            "システム課 佐藤",
            "情報システム部",
            "医療連携センター",
            "佐藤 拓也",
            "",
        ] {
            assert!(!is_program_name(name), "{name}");
        }
    }
}
