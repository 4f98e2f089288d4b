//! What a value is, by its own look where the product has several forms.

use crate::model::credential::State;
use std::borrow::Cow;

/// A prefix, the scheme that it announces, and the state that such a value is in.
pub(super) type Prefix = (&'static str, &'static str, State);

/// The text is the password.
pub(super) fn plain(_: &str, _: &[Cow<'_, str>]) -> (&'static str, State) {
    ("", State::Plain)
}

/// One-way forms of crypt(3); anything else under such a name is not known.
pub(super) fn crypt(value: &str, _: &[Cow<'_, str>]) -> (&'static str, State) {
    announced(value, CRYPT).unwrap_or_else(|| unannounced(value))
}

/// Encrypted under a key of the device.
pub(super) fn keyed(_: &str, _: &[Cow<'_, str>]) -> (&'static str, State) {
    ("", State::ReversibleKeyed)
}

/// Some form that nobody knows: comparable as text at most.
pub(super) fn unknown(_: &str, _: &[Cow<'_, str>]) -> (&'static str, State) {
    ("", State::Unknown)
}

/// Forms of crypt(3) that announce themselves.
pub(super) const CRYPT: &[Prefix] = &[
    ("$1$", "md5crypt", State::Hash),
    ("$2", "bcrypt", State::Hash),
    ("$5$", "sha256crypt", State::Hash),
    ("$6$", "sha512crypt", State::Hash),
    ("$y$", "yescrypt", State::Hash),
    ("$7$", "scrypt-$7$", State::Hash),
    ("$apr1$", "apr1", State::Hash),
];

/// The first prefix that fits.
pub(super) fn announced(value: &str, prefixes: &[Prefix]) -> Option<(&'static str, State)> {
    let found = prefixes.iter().find(|prefix| value.starts_with(prefix.0))?;
    Some((found.1, found.2))
}

/// Thirteen characters of traditional crypt, a lock, or something unknown.
pub(super) fn unannounced(value: &str) -> (&'static str, State) {
    if is_descrypt(value) {
        return ("descrypt", State::Hash);
    }
    let locked = matches!(value, "!" | "!!" | "x" | "*LK*" | "NP") || value.starts_with("!$");
    ("", if locked { State::Locked } else { State::Unknown })
}

/// Two characters of salt and eleven of digest.
pub(super) fn is_descrypt(value: &str) -> bool {
    let alphabet = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'/');
    value.len() == 13 && value.bytes().all(alphabet)
}

/// Only hexadecimal digits, so many of them.
pub(super) fn is_hex(value: &str, digits: usize) -> bool {
    value.len() == digits && value.bytes().all(|b| b.is_ascii_hexdigit())
}
