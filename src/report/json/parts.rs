//! Pieces of JSON that lines are put together from.

use crate::model::day::{Stamp, When};
use crate::report::digits::push_day;
use crate::report::escape::push_string;

/// A string on its own, for strings that repeat.
pub(super) fn string(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() + 2);
    push_string(&mut out, text);
    out
}

/// A key of ours behind another member of the object.
pub(super) fn push_key(out: &mut Vec<u8>, key: &[u8]) {
    out.extend_from_slice(b",\"");
    out.extend_from_slice(key);
    out.extend_from_slice(b"\":");
}

/// A word of our own, which needs no escape.
pub(super) fn push_word(out: &mut Vec<u8>, word: &str) {
    out.push(b'"');
    out.extend_from_slice(word.as_bytes());
    out.push(b'"');
}

/// A day, the word `never`, or null.
pub(super) fn push_stamp(out: &mut Vec<u8>, stamp: Stamp) {
    match stamp.when() {
        When::Unknown => out.extend_from_slice(b"null"),
        When::Never => out.extend_from_slice(b"\"never\""),
        When::On(day) => {
            out.push(b'"');
            push_day(out, day);
            out.push(b'"');
        }
    }
}

/// `"site_id":…,"system_kind":…,"system":…` with a comma before it; what is about a site as a whole
/// has null systems.
pub(super) fn place(site: &str, kind: &str, system: &str) -> Vec<u8> {
    let mut out = Vec::new();
    push_key(&mut out, b"site_id");
    push_string(&mut out, site);
    for (key, text) in [(&b"system_kind"[..], kind), (b"system", system)] {
        push_key(&mut out, key);
        if kind.is_empty() {
            out.extend_from_slice(b"null");
        } else {
            push_string(&mut out, text);
        }
    }
    out
}
