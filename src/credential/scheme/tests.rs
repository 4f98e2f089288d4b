//! Properties that every scheme must have.

mod vectors;

use super::*;
use crate::credential::keys::Keys;
use crate::credential::verify::opens;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// Schemes that take any text for what it says, so that damage gives another word or none.
const READS_ANYTHING: [&str; 1] = ["plain"];

/// The operator's keys for a known answer.
fn keys(scheme: &dyn Scheme, key: &str) -> Keys {
    if key.is_empty() {
        return Keys::default();
    }
    Keys::parse(format!("{}:{key}", scheme.names()[0]).as_bytes()).unwrap()
}

fn stored<'a>(answer: &'a KnownAnswer, keys: &'a Keys) -> Stored<'a> {
    Stored { keys, ..Stored::new(answer.encoded.as_bytes(), answer.salt.as_bytes()) }
}

#[test]
fn every_file_is_in_the_table() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/credential/scheme");
    let files: BTreeSet<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .filter(|stem| stem != "mod" && stem != "tests")
        .collect();
    let table: BTreeSet<String> = SCHEMES.iter().map(|(file, _)| (*file).to_owned()).collect();
    assert_eq!(files, table, "every file of the folder needs its line in SCHEMES");
}

#[test]
fn names_are_unique_and_found() {
    let mut seen = BTreeSet::new();
    for (index, (_, scheme)) in SCHEMES.iter().enumerate() {
        for name in scheme.names() {
            assert!(seen.insert(*name), "{name} stands twice");
            assert_eq!(named(name).unwrap().0, index as u8);
        }
    }
}

#[test]
fn every_scheme_gives_its_known_answers() {
    for (file, scheme) in SCHEMES {
        assert!(!scheme.known_answers().is_empty(), "{file} has no known answers");
        for (number, answer) in scheme.known_answers().iter().enumerate() {
            let keys = keys(*scheme, answer.key);
            let stored = stored(answer, &keys);
            assert!(opens(*scheme, &stored, answer.plaintext.as_bytes()), "{file} {number}");
            assert!(!opens(*scheme, &stored, b"some other word"), "{file} {number}");
        }
    }
}

#[test]
fn a_flipped_digest_does_not_open() {
    for (file, scheme) in SCHEMES.iter().filter(|(file, _)| *file != "plain") {
        for answer in scheme.known_answers() {
            let mut bytes = answer.encoded.as_bytes().to_vec();
            // A line of smbpasswd ends with a time, which proves nothing.
            let place = if *file == "smbpasswd_line" { 60 } else { bytes.len() - 3 };
            bytes[place] = if bytes[place] == b'1' { b'2' } else { b'1' };
            let keys = keys(*scheme, answer.key);
            let changed = Stored { keys: &keys, ..Stored::new(&bytes, answer.salt.as_bytes()) };
            assert!(!opens(*scheme, &changed, answer.plaintext.as_bytes()), "{file}");
        }
    }
}

#[test]
fn pairs_of_many_targets_are_told_apart() {
    for (file, scheme) in SCHEMES {
        let Body::Salted(body) = scheme.body() else { continue };
        let answer = &scheme.known_answers()[0];
        let stored = stored(answer, Keys::none());
        let Ok(Parsed::Target(right)) = scheme.parse(&stored) else { panic!("{file}") };
        let wrong = Target::new(right.params(), right.salt(), &vec![0; right.digest().len()]);
        let word = answer.plaintext.as_bytes();
        let pair = |target, word, id| Pair { target, word, id };
        let pairs = [pair(&wrong, word, 0), pair(&right, word, 1), pair(&right, b"", 2)];
        let mut hits = Hits::default();
        body.run(&pairs, &mut hits);
        assert_eq!(hits.take(), [1], "{file}");
        assert!(body.cost(&right) > 0);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_neither_panic_nor_verify(
        bytes in proptest::collection::vec(any::<u8>(), 0..120),
        word in proptest::collection::vec(any::<u8>(), 0..40),
    ) {
        for (file, scheme) in SCHEMES.iter().filter(|(file, _)| *file != "plain") {
            let stored = Stored::new(&bytes, &word);
            prop_assert!(!opens(*scheme, &stored, &word), "{}", file);
        }
    }

    #[test]
    fn damaged_known_answers_are_refused_or_stay_shut(
        cut in 0_usize..4,
        place in 0_usize..200,
        byte: u8,
    ) {
        for (file, scheme) in SCHEMES.iter().filter(|(file, _)| !READS_ANYTHING.contains(file)) {
            for answer in scheme.known_answers() {
                let mut bytes = answer.encoded.as_bytes().to_vec();
                let end = bytes.len();
                bytes[place % end] = byte;
                bytes.truncate(end - cut.min(end));
                let keys = keys(*scheme, answer.key);
                let damaged = Stored { keys: &keys, ..Stored::new(&bytes, answer.salt.as_bytes()) };
                let refused = match scheme.parse(&damaged) {
                    Err(refusal) => !refusal.word().is_empty(),
                    Ok(Parsed::Target(target)) => cost_is_bounded(*scheme, &target),
                    Ok(_) => true,
                };
                prop_assert!(refused, "{}", file);
            }
        }
    }
}

// What parses may be run, so that it must end within some seconds.
fn cost_is_bounded(scheme: &dyn Scheme, target: &Target) -> bool {
    match scheme.body() {
        Body::Salted(body) => (1..=800_000_000).contains(&body.cost(target)),
        _ => false,
    }
}
