//! Stored forms that other programs made, against our schemes. A sample stands beside this file;
//! tests/differential.sh makes a new and longer one and names it in `KAGIBAN_VECTORS`.

use kagiban::credential::scheme::{SCHEMES, Stored, at, named};
use kagiban::credential::verify::opens;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Schemes of crypt(3) that no sample may lack.
const CRYPT: [&str; 11] = [
    "descrypt",
    "bsdi-des",
    "md5crypt",
    "apr1",
    "sha256crypt",
    "sha512crypt",
    "bcrypt",
    "yescrypt",
    "scrypt-$7$",
    "phpass",
    "argon2id",
];

fn bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<u32> =
        hex.chars().map(|digit| digit.to_digit(16).expect("a word in hexadecimal")).collect();
    digits.chunks_exact(2).map(|two| (two[0] * 16 + two[1]) as u8).collect()
}

/// Verifies a list and counts its rows by scheme.
fn verified(path: &Path) -> BTreeMap<String, usize> {
    let list = std::fs::read_to_string(path).expect("a list that can be read");
    let mut counts = BTreeMap::new();
    for (number, line) in list.lines().enumerate() {
        let fields: Vec<&str> = line.splitn(5, '\t').collect();
        let [scheme, outside, word, source, encoded] = fields[..] else {
            panic!("line {}: {} fields", number + 1, fields.len());
        };
        let index = named(scheme).unwrap_or_else(|| panic!("no scheme {scheme}")).0;
        let stored = Stored::new(encoded.as_bytes(), outside.as_bytes());
        let (word, place) = (bytes(word), format!("line {}: {scheme} by {source}", number + 1));
        assert!(opens(at(index), &stored, &word), "{place}");
        assert!(!opens(at(index), &stored, b"another word"), "{place}: opened by another word");
        *counts.entry(scheme.to_owned()).or_insert(0) += 1;
    }
    counts
}

/// Verifies a list that must hold all of crypt(3), and says what it held.
fn verify(path: &Path) -> String {
    let counts = verified(path);
    let rows: usize = counts.values().sum();
    let lacking: Vec<_> = CRYPT.iter().filter(|name| !counts.contains_key(**name)).collect();
    assert!(lacking.is_empty(), "no rows of {lacking:?}");
    format!("{rows} rows under {} names verify, of {} schemes in all", counts.len(), SCHEMES.len())
}

#[test]
fn the_sample_verifies() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/differential/sample.tsv");
    println!("{}", verify(&sample));
}

#[test]
fn a_list_that_is_named_verifies() {
    let Some(path) = std::env::var_os("KAGIBAN_VECTORS") else {
        println!("left out: KAGIBAN_VECTORS names no list; tests/differential.sh makes one");
        return;
    };
    println!("{}", verify(&PathBuf::from(path)));
}
