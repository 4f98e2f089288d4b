//! The shared list of stored forms, where it stands beside the checkout.

use super::*;
use crate::credential::recognise::{Said, Value, recognise, resolve};
use crate::credential::{opaque, verify};
use crate::model::credential::State;

const LIST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/vectors/schemes.tsv");

struct Row<'a> {
    scheme: &'a str,
    encoded: &'a str,
    plaintext: &'a str,
    verified: &'a str,
    note: &'a str,
}

impl<'a> Row<'a> {
    fn of(line: &'a str) -> Self {
        let fields: Vec<&str> = line.split('\t').collect();
        let [scheme, encoded, plaintext, verified, _, note] = fields[..] else {
            panic!("a row of {} fields", fields.len());
        };
        let plaintext = if plaintext.starts_with("(empty") { "" } else { plaintext };
        Self { scheme, encoded, plaintext, verified, note }
    }

    fn parameter(&self, name: &str) -> Option<&'a str> {
        let mut parts = self.note.split("; ");
        parts.find_map(|part| part.strip_prefix(name)?.strip_prefix('='))
    }

    /// The parameter that stands outside the text.
    fn outside(&self) -> String {
        let user = self.parameter("user").unwrap_or("");
        if let Some(realm) = self.parameter("realm") {
            return format!("{user}:{realm}");
        }
        let other = ["salt", "ssid", "engine"].into_iter().find_map(|name| self.parameter(name));
        other.unwrap_or(user).to_owned()
    }

    fn keys(&self) -> Keys {
        let key = self.parameter("master");
        key.map_or_else(Keys::default, |key| {
            Keys::parse(format!("{}:{key}", self.scheme).as_bytes()).unwrap()
        })
    }
}

fn rows(list: &str) -> impl Iterator<Item = Row<'_>> {
    list.lines().skip(1).map(Row::of)
}

fn list() -> Option<String> {
    let list = std::fs::read_to_string(LIST).ok();
    if list.is_none() {
        println!("left out: the list of schemes is not beside this checkout");
    }
    list
}

fn recognised(row: &Row<'_>, state: State) -> (&'static str, State, Value) {
    let (outside, keys) = (row.outside(), row.keys());
    let stored = Stored { keys: &keys, ..Stored::new(row.encoded.as_bytes(), outside.as_bytes()) };
    let said = Said { scheme: resolve(row.scheme), state, stored, device: true };
    let (seen, value) = recognise(&said);
    (seen.scheme, seen.state, value)
}

#[test]
fn every_proven_row_is_a_known_answer() {
    let Some(list) = list() else { return };
    let proven: Vec<Row<'_>> = rows(&list).filter(|row| row.verified == "yes").collect();
    for row in &proven {
        let (outside, keys) = (row.outside(), row.keys());
        let stored =
            Stored { keys: &keys, ..Stored::new(row.encoded.as_bytes(), outside.as_bytes()) };
        let (index, name) = named(row.scheme).unwrap_or_else(|| panic!("no {}", row.scheme));
        // The hash of the empty word stands where no LM hash is stored.
        if row.scheme == "lm" {
            assert!(matches!(at(index).parse(&stored), Ok(Parsed::Closed(State::Placeholder))));
            continue;
        }
        let word = row.plaintext.as_bytes();
        assert!(verify::opens(at(index), &stored, word), "{name}");
        assert!(!verify::opens(at(index), &stored, b"some other word"), "{name}");
    }
    println!("{} rows of schemes.tsv verify", proven.len());
    assert_eq!(proven.len(), 105);
}

#[test]
fn every_proven_row_stands_in_this_repository_too() {
    let Some(list) = list() else { return };
    for row in rows(&list).filter(|row| row.verified == "yes" && row.scheme != "lm") {
        let (index, _) = named(row.scheme).unwrap();
        // Rows of one algorithm under several names may repeat one value.
        let mut own = at(index).known_answers().iter();
        let same = |answer: &KnownAnswer| answer.encoded.eq_ignore_ascii_case(row.encoded);
        let half = row.scheme == "lm-half";
        assert!(half || own.any(same), "{} {}", row.scheme, row.encoded.len());
    }
}

#[test]
fn a_proven_row_is_recognised_in_its_state() {
    let Some(list) = list() else { return };
    for row in rows(&list).filter(|row| row.verified == "yes") {
        let expected = match row.scheme {
            "cisco-type0" | "wpa-supplicant-plain-psk" => State::Plain,
            "cisco-type6" | "junos-8" => State::ReversibleKeyed,
            "panos-aes" if row.parameter("master") != Some("p1a2l3o4a5l6t7o8") => {
                State::ReversibleKeyed
            }
            "cisco-type7" | "junos-9" | "panos-aes" | "gpp-cpassword" | "vnc-des-fixed-key" => {
                State::Reversible
            }
            "lm" => State::Placeholder,
            _ => State::Hash,
        };
        let said = if expected == State::Placeholder { State::Hash } else { expected };
        let (name, state, value) = recognised(&row, said);
        assert_eq!(state, expected, "{}", row.scheme);
        let name_shown = if expected == State::Plain { "" } else { row.scheme };
        assert_eq!(name, name_shown);
        let readable = !matches!(expected, State::Hash | State::Placeholder);
        assert_eq!(matches!(value, Value::Readable(_)), readable, "{}", row.scheme);
    }
}

// What the note of each unproven row implies: how it is stored is known or not; in no case is it
// opened by the word beside it on the strength of this list.
#[test]
fn unproven_rows_end_in_the_state_that_their_note_implies() {
    let Some(list) = list() else { return };
    let expected = [
        ("asa-pbkdf2-sha512", State::Hash),
        ("fortios-enc-reversible-legacy", State::ReversibleKeyed),
        ("alliedware-classic", State::Hash),
        ("comware-c3", State::Unknown),
        ("mikrotik-user.dat-xor", State::Reversible),
        ("domino5", State::Hash),
        ("openmrs-sha512", State::Hash),
        ("comware-h6", State::Unknown),
        ("nec-ix-hash-old", State::Unknown),
        ("nec-ix-hash-new", State::Unknown),
        ("yamaha-encrypted", State::Unknown),
    ];
    let unproven: Vec<Row<'_>> = rows(&list).filter(|row| row.verified != "yes").collect();
    assert_eq!(unproven.len(), expected.len());
    for (row, (scheme, state)) in unproven.iter().zip(expected) {
        let (name, seen, value) = recognised(row, State::Hash);
        assert_eq!((row.scheme, name, seen), (scheme, scheme, state));
        let evaluated = matches!(value, Value::Target(..));
        let text = matches!(value, Value::Text);
        assert!(evaluated || text, "{scheme} is compared, at least as text");
        assert_eq!(text, opaque::named(scheme).is_some(), "{scheme}");
    }
}
