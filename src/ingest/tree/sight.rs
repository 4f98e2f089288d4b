//! Secrets that show themselves, whatever stands around them.

use crate::ingest::device::url_password;
use crate::model::credential::{Kind, State};

/// A URL may name a peer, but not with the password in it.
pub(super) fn without_password(word: &str) -> String {
    url_in(word).map_or(word, |(_, host)| host).to_owned()
}

/// A private key in PEM or the password of a URL: kind, state, value, and the host that it is for.
pub(super) fn in_sight(word: &str) -> Option<(Kind, State, &str, &str)> {
    if word.len() > 64 && private_key(word) {
        let closed = word.contains("ENCRYPTED");
        let state = if closed { State::ReversibleKeyed } else { State::Plain };
        return Some((Kind::PrivateKey, state, word, ""));
    }
    let (password, host) = url_in(word)?;
    Some((Kind::UrlPassword, State::Plain, password, host))
}

fn private_key(word: &str) -> bool {
    word.trim_start().starts_with("-----BEGIN ") && word.contains("PRIVATE KEY-----")
}

/// Password and host of a URL.
fn url_in(word: &str) -> Option<(&str, &str)> {
    if word.len() < 8 || memchr::memchr(b'@', word.as_bytes()).is_none() || word.contains(' ') {
        return None;
    }
    url_password(word)
}
