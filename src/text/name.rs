//! Forms of names: what is compared. Minimal; the full module replaces it.

use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// Key of a login: NFKC, case folded, trimmed, without `DOMAIN\` and `@domain`.
pub fn login_key(login: &str) -> Cow<'_, str> {
    let plain = employee_key(login);
    let user = plain.rsplit_once('\\').map_or(plain.as_str(), |(_, user)| user);
    let bare = user.split_once('@').map_or(user, |(name, _)| name);
    bare.to_owned().into()
}

/// Key of an employee number: NFKC, case folded, trimmed. Leading zeros stay.
pub fn employee_key(number: &str) -> String {
    number.nfkc().flat_map(char::to_lowercase).collect::<String>().trim().to_owned()
}

/// The number as a spreadsheet leaves it: without leading zeros where it is digits only.
pub fn without_leading_zeros(number: &str) -> &str {
    if number.is_empty() || !number.bytes().all(|b| b.is_ascii_digit()) {
        return number;
    }
    let bare = number.trim_start_matches('0');
    if bare.is_empty() { &number[number.len() - 1..] } else { bare }
}

/// Key of a person's name: NFKC without spaces.
pub fn person_name_key(name: &str) -> String {
    name.nfkc().filter(|c| !c.is_whitespace()).collect()
}

/// Key of a reading.
pub fn kana_key(reading: &str) -> String {
    person_name_key(reading)
}

/// Key of a name with variant kanji folded.
pub fn variant_key(name: &str) -> String {
    person_name_key(name)
}
