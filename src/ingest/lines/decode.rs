//! `[T] V`: what a value is, by the word that announces it and by its own shape.

use crate::ingest::device::{form, stand_in};
use crate::model::credential::State;
use crate::rules::device::pattern::scrubbed;
use crate::rules::device::{Profile, Rule};

/// A value with its form.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Value<'a> {
    /// The stored text; empty where nothing is to be compared.
    pub(super) text: &'a str,
    pub(super) scheme: &'static str,
    pub(super) state: State,
    /// Length of a value that does not fit the form it was given; 0 = it fits.
    pub(super) misfit: usize,
}

impl Value<'_> {
    /// There is no secret.
    pub(super) const fn none(state: State) -> Self {
        Self { text: "", scheme: "", state, misfit: 0 }
    }
}

/// Reads a value. Of a `rest` of several words only a plain password is more than the first.
pub(super) fn decode<'a>(
    profile: &Profile,
    rule: &Rule,
    announced: Option<&str>,
    rest: &'a str,
) -> Value<'a> {
    let table = profile.types.get(&rule.types);
    let word = || rest.split_ascii_whitespace().next().unwrap_or_default();
    let first = scrubbed(rest).map_or_else(word, |length| &rest[..length]);
    if stand_in(first).is_some() {
        return Value { text: first, ..Value::none(State::Masked) };
    }
    let usual = vec!["plain".to_owned()];
    let names = table.and_then(|table| table.get(announced.unwrap_or_default())).unwrap_or(&usual);
    for form in names.iter().filter_map(|name| form(name)) {
        let text = if form.state == State::Plain { rest } else { first };
        let text =
            if form.name.starts_with("snmpv3") { text.trim_start_matches("0x") } else { text };
        if form.fits(text) {
            let text = if form.state == State::Locked { "" } else { text };
            return Value { text, scheme: form.scheme(), state: form.state, misfit: 0 };
        }
    }
    if matches!(first, "!" | "!!" | "*") {
        return Value::none(State::Locked);
    }
    Value { misfit: first.len().max(1), ..Value::none(State::Unknown) }
}

/// An SNMPv3 secret that was localised, which shows in its being written in hexadecimal.
pub(super) fn localised<'a>(text: &'a str, algorithm: &str) -> Option<Value<'a>> {
    let digits = text.strip_prefix("0x").unwrap_or(text);
    if digits.len() < 32 || !digits.bytes().all(|b| b.is_ascii_hexdigit() || b == b':') {
        return None;
    }
    let name = match algorithm.to_ascii_lowercase().as_str() {
        "md5" => "snmpv3-localized-md5",
        "sha" | "sha1" | "sha-1" => "snmpv3-localized-sha1",
        _ => "",
    };
    // A privacy key may be cut to the length of its cipher.
    Some(match form(name).filter(|form| form.fits(digits)) {
        Some(form) => Value { text: digits, scheme: form.scheme(), state: State::Hash, misfit: 0 },
        None => Value { text: digits, ..Value::none(State::Unknown) },
    })
}
