//! Names that several people seem to share.

use crate::audit::view::AccountView;
use crate::text::name::login_key;

/// Whole parts of a login: `er` and `or` are inside many family names.
const PARTS: &[&str] =
    &["nurse", "ns", "er", "or", "lab", "xray", "recep", "station", "test", "temp"];

/// Japanese words, anywhere in the login or the display name.
const WORDS: &[&str] = &["共有", "共用", "病棟", "外来", "受付"];

/// True where an account that is tied to nobody has the name of a place or a purpose.
pub(crate) fn looks_shared(account: &AccountView<'_>) -> bool {
    account.person_id().is_none()
        && (by_login(account.login()) || {
            let name = account.site.inventory.accounts.name.get(account.row);
            has_word(account.site.inventory.text.get(name))
        })
}

fn by_login(login: &str) -> bool {
    let key = login_key(login);
    let parts = parts(&key);
    let numbered = parts.windows(2).any(|pair| pair[0] == "user" && is_number(pair[1]));
    numbered || has_word(&key) || parts.iter().any(|part| PARTS.contains(part))
}

fn has_word(text: &str) -> bool {
    !text.is_ascii() && WORDS.iter().any(|word| text.contains(word))
}

fn is_number(part: &str) -> bool {
    part.bytes().all(|byte| byte.is_ascii_digit())
}

/// Runs of letters and runs of digits: `er2-nurse` is `er`, `2`, `nurse`.
fn parts(login: &str) -> Vec<&str> {
    let kind = |c: char| match c {
        c if c.is_numeric() => 1,
        c if c.is_alphabetic() => 2,
        _ => 0,
    };
    let (mut parts, mut start, mut last) = (Vec::new(), 0, 0);
    for (at, c) in login.char_indices() {
        if kind(c) != last {
            if last != 0 {
                parts.push(&login[start..at]);
            }
            (start, last) = (at, kind(c));
        }
    }
    if last != 0 {
        parts.push(&login[start..]);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_parted_at_separators_and_digits() {
        assert_eq!(parts("er2-nurse"), ["er", "2", "nurse"]);
        assert_eq!(parts("__user007"), ["user", "007"]);
        assert!(parts("-").is_empty());
    }

    #[test]
    fn whole_parts_count_and_parts_of_names_do_not() {
        for shared in ["nurse", "ER-1", "ns3f", "user12", "test01", "lab.pc", "３階病棟", "or_2"]
        {
            assert!(by_login(shared), "{shared}");
        }
        for own in
            ["moriyama", "nsato", "labelle", "user", "username1", "tester", "contest", "erika"]
        {
            assert!(!by_login(own), "{own}");
        }
    }
}
