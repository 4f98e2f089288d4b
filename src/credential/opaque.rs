//! Schemes that are known by name only, because nobody published how they are made or nobody proved
//! it: their stored texts can be told apart from one another, and nothing more.

use crate::model::credential::State;

/// Name of the scheme, the prefix that announces it (an empty one announces nothing), and how it is
/// stored as far as anybody knows.
const NAMES: &[(&str, &str, State)] = &[
    ("alliedware-classic", "", State::Hash),
    ("aos-cx-ciphertext", "", State::ReversibleKeyed),
    ("comware-c3", "$c$3$", State::Unknown),
    ("comware-h6", "$h$6$", State::Unknown),
    ("domino5", "", State::Hash),
    ("f5-master-key", "$M$", State::ReversibleKeyed),
    ("fortios-enc-reversible-legacy", "", State::ReversibleKeyed),
    ("fortios-pb2", "PB2", State::Hash),
    ("gost-yescrypt", "$gy$", State::Hash),
    ("mikrotik-user.dat-xor", "", State::Reversible),
    ("nec-ix-hash-new", "", State::Unknown),
    ("nec-ix-hash-old", "", State::Unknown),
    ("sha1crypt", "$sha1$", State::Hash),
    ("yamaha-encrypted", "", State::Unknown),
];

/// The name as a constant, where it is known.
pub(super) fn named(name: &str) -> Option<&'static str> {
    NAMES.iter().find(|row| row.0 == name).map(|row| row.0)
}

/// The scheme that the stored text announces.
pub(super) fn announced(stored: &[u8]) -> Option<&'static str> {
    let said =
        |row: &&(&str, &str, State)| !row.1.is_empty() && stored.starts_with(row.1.as_bytes());
    NAMES.iter().find(said).map(|row| row.0)
}

/// How secrets of a scheme are stored.
pub(super) fn state(name: &str) -> Option<State> {
    NAMES.iter().find(|row| row.0 == name).map(|row| row.2)
}
