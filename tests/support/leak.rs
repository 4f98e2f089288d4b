//! Looks for secrets in whatever was written: as they are, in either case, as UTF-16, base64,
//! hex, reversed hex, and for hex digits also as the bytes that they stand for.

#![allow(dead_code, reason = "every test uses a part of this")]

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{Cursor, Read as _};

/// Shorter needles would be found by chance.
const SHORTEST: usize = 8;

/// Secrets to look for, in every form, found by their first eight bytes.
pub(crate) struct Search {
    needles: Vec<Needle>,
    by_start: HashMap<[u8; SHORTEST], Vec<usize>>,
}

struct Needle {
    secret: String,
    form: &'static str,
    bytes: Vec<u8>,
}

impl Search {
    /// Prepares the search; secrets shorter than eight bytes are refused.
    pub(crate) fn new<S: AsRef<str>>(secrets: &[S]) -> Self {
        let mut search = Self { needles: Vec::new(), by_start: HashMap::new() };
        for secret in secrets.iter().map(AsRef::as_ref) {
            assert!(secret.len() >= SHORTEST, "{secret} is too short to be searched for");
            for (form, bytes) in forms(secret) {
                let start = bytes[..SHORTEST].try_into().expect("eight bytes");
                let list = search.by_start.entry(start).or_default();
                list.push(search.needles.len());
                search.needles.push(Needle { secret: secret.to_owned(), form, bytes });
            }
        }
        search
    }

    /// `secret as form` for everything that is found, also in the members of an archive.
    pub(crate) fn leaks(&self, bytes: &[u8]) -> Vec<String> {
        let mut found: Vec<String> =
            members(bytes).iter().flat_map(|member| self.leaks(member)).collect();
        for (at, start) in bytes.windows(SHORTEST).enumerate() {
            let start: &[u8; SHORTEST] = start.try_into().expect("eight bytes");
            for &number in self.by_start.get(start).map_or(&[][..], Vec::as_slice) {
                let needle = &self.needles[number];
                if bytes[at..].starts_with(&needle.bytes) {
                    found.push(format!("{} as {}", needle.secret, needle.form));
                }
            }
        }
        found.sort();
        found.dedup();
        found
    }
}

/// What an archive (a workbook) holds, unpacked; nothing for other bytes.
fn members(bytes: &[u8]) -> Vec<Vec<u8>> {
    if !bytes.starts_with(b"PK\x03\x04") {
        return Vec::new();
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let all = archive.len();
    let read = |at| {
        let mut member = Vec::new();
        archive.by_index(at).expect("a member").read_to_end(&mut member).expect("its bytes");
        member
    };
    (0..all).map(read).collect()
}

/// Every form in which a secret is looked for.
pub(crate) fn forms(secret: &str) -> Vec<(&'static str, Vec<u8>)> {
    let utf16 =
        |order: fn(u16) -> [u8; 2]| secret.encode_utf16().flat_map(order).collect::<Vec<_>>();
    let (little, big) = (utf16(u16::to_le_bytes), utf16(u16::to_be_bytes));
    let mut forms = vec![
        ("itself", secret.as_bytes().to_vec()),
        ("upper case", secret.to_uppercase().into_bytes()),
        ("lower case", secret.to_lowercase().into_bytes()),
        ("UTF-16LE", little.clone()),
        ("UTF-16BE", big),
    ];
    encoded(secret.as_bytes(), &mut forms);
    encoded(&little, &mut forms);
    if let Some(bytes) = unhex(secret) {
        forms.push(("bytes", bytes.clone()));
        encoded(&bytes, &mut forms);
    }
    forms
}

fn encoded(bytes: &[u8], forms: &mut Vec<(&'static str, Vec<u8>)>) {
    let reversed: Vec<u8> = bytes.iter().rev().copied().collect();
    let hex = hex(bytes);
    forms.push(("reversed hex", hex.chars().rev().collect::<String>().into_bytes()));
    forms.push(("hex in upper case", hex.to_uppercase().into_bytes()));
    forms.push(("hex", hex.into_bytes()));
    forms.push(("hex of the reverse", self::hex(&reversed).into_bytes()));
    for before in 0..3 {
        let standard = base64_inside(bytes, before);
        let safe = standard.replace('+', "-").replace('/', "_");
        forms.push(("base64", standard.into_bytes()));
        forms.push(("base64 for addresses", safe.into_bytes()));
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    if text.len() < 2 * SHORTEST || !text.len().is_multiple_of(2) {
        return None;
    }
    let pairs = text.as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

/// The base64 characters that are the same whatever stands around the bytes, where `before`
/// bytes of a group of three precede them.
fn base64_inside(bytes: &[u8], before: usize) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let padded: Vec<u8> = std::iter::repeat_n(0, before).chain(bytes.iter().copied()).collect();
    let bit = |at: usize| padded[at / 8] >> (7 - at % 8) & 1;
    let first = (before * 8).div_ceil(6);
    let characters = (first..padded.len() * 8 / 6).map(|character| {
        let value = (0..6).fold(0, |value, i| value << 1 | bit(character * 6 + i));
        ALPHABET[usize::from(value)] as char
    });
    characters.collect()
}
