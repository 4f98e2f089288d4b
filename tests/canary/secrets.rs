//! Canaries: words and digits that occur nowhere else, and the schemes that hide them.

use base64::Engine as _;
use kagiban::rules::hex;
use md4::{Digest, Md4};
use md5::Md5;
use sha2::Sha256;
use std::collections::BTreeMap;

/// What was planted: where, and the text.
#[derive(Default)]
pub(crate) struct Canaries {
    /// Kind of place, and secret.
    pub(crate) planted: Vec<(&'static str, String)>,
    shared: Option<String>,
    /// Salted texts, by scheme: one of each stands in many places. Every other one would cost each
    /// run all the words that are tried on a salted secret.
    salted: BTreeMap<&'static str, String>,
}

impl Canaries {
    /// A new word that nobody else writes.
    pub(crate) fn word(&mut self, place: &'static str) -> String {
        let digest = Sha256::digest(format!("word {}", self.planted.len()));
        let letters = digest.iter().take(14).map(|byte| (b'a' + byte % 26) as char);
        let word: String = std::iter::once('Q').chain(letters).chain(['7']).collect();
        self.keep(place, word)
    }

    /// New hex digits.
    pub(crate) fn hex(&mut self, place: &'static str, length: usize) -> String {
        let digest = Sha256::digest(format!("hex {}", self.planted.len()));
        self.keep(place, hex(&digest)[..length].to_owned())
    }

    /// The one word that several accounts share.
    pub(crate) fn shared(&mut self) -> String {
        if self.shared.is_none() {
            self.shared = Some(self.word("shared word"));
        }
        self.shared.clone().unwrap_or_default()
    }

    /// The one salted text of a scheme.
    fn salted(&mut self, scheme: &'static str, make: impl Fn(&mut Self) -> String) -> String {
        if !self.salted.contains_key(scheme) {
            let made = make(self);
            self.salted.insert(scheme, made);
        }
        self.salted[scheme].clone()
    }

    /// Remembers a secret that was made elsewhere.
    pub(crate) fn keep(&mut self, place: &'static str, secret: String) -> String {
        self.planted.push((place, secret.clone()));
        secret
    }
}

/// NT hash of a word.
pub(crate) fn nt(word: &str) -> String {
    hex(&Md4::digest(word.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()))
}

/// `OpenDolphin` keeps the unsalted MD5.
pub(crate) fn opendolphin(word: &str) -> String {
    hex(&Md5::digest(word))
}

fn crypt_text(canaries: &mut Canaries, place: &'static str, length: usize) -> String {
    let digits = canaries.planted.len();
    let digest: Vec<u8> =
        (0..3).flat_map(|part| Sha256::digest(format!("crypt {digits} {part}")).to_vec()).collect();
    let alphabet = b"./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let text = digest.iter().map(|byte| alphabet[usize::from(byte % 64)] as char);
    // The last character of crypt(3) has few bits: a dot is always one of its values.
    let text: String = text.take(length - 1).chain(['.']).collect();
    canaries.keep(place, text)
}

/// A text of the shape of md5crypt.
pub(crate) fn md5crypt_like(canaries: &mut Canaries) -> String {
    canaries.salted("md5crypt", |canaries| {
        format!("$1$Ab1Cd2Ef${}", crypt_text(canaries, "md5crypt", 22))
    })
}

/// A text of the shape of sha512crypt, with the fewest rounds: a debug build tries it often.
pub(crate) fn sha512crypt_like(canaries: &mut Canaries) -> String {
    canaries.salted("sha512crypt", |canaries| {
        format!("$6$rounds=1000$Ab1Cd2EfGh3Ij4Kl${}", crypt_text(canaries, "sha512crypt", 86))
    })
}

/// A FortiOS administrator's hash of a word.
pub(crate) fn sh2(canaries: &mut Canaries) -> String {
    canaries.salted("SH2", |canaries| {
        let word = canaries.word("word behind SH2");
        sh2_of(canaries, &word)
    })
}

fn sh2_of(canaries: &mut Canaries, word: &str) -> String {
    let salt = b"saltsaltsalt";
    let pepper = [
        0xA3, 0x88, 0xBA, 0x2E, 0x42, 0x4C, 0xB0, 0x4A, 0x53, 0x79, 0x30, 0xC1, 0x31, 0x07, 0xCC,
        0x3F, 0xA1, 0x32, 0x90, 0x29, 0xA9, 0x81, 0x5B, 0x70,
    ];
    let digest =
        Sha256::new().chain_update(salt).chain_update(word).chain_update(pepper).finalize();
    let text = base64::prelude::BASE64_STANDARD.encode([&salt[..], &digest[..]].concat());
    format!("SH2{}", canaries.keep("SH2", text))
}

/// Cisco's reversible type 7.
pub(crate) fn type7(word: &str, offset: usize) -> String {
    const KEY: &[u8; 53] = b"dsfd;kfoA,.iyewrkldJKDHSUBsgvca69834ncxv9873254k;fg87";
    let digits =
        word.bytes().enumerate().map(|(i, b)| format!("{:02X}", b ^ KEY[(offset + i) % 53]));
    format!("{offset:02}{}", digits.collect::<String>())
}
