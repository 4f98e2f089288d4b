//! Secrets that show themselves, whatever stands around them.

use crate::ingest::device::url_password;

/// A URL may name a peer, but not with the password in it.
pub(super) fn without_password(word: &str) -> String {
    url_in(word).map_or(word, |(_, host)| host).to_owned()
}

/// A private key in PEM.
pub(super) fn private_key(word: &str) -> bool {
    word.trim_start().starts_with("-----BEGIN ") && word.contains("PRIVATE KEY-----")
}

/// Password and host of a URL.
pub(super) fn url_in(word: &str) -> Option<(&str, &str)> {
    if word.len() < 8 || memchr::memchr(b'@', word.as_bytes()).is_none() || word.contains(' ') {
        return None;
    }
    url_password(word)
}
