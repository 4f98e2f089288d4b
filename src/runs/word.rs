//! Words of the machine, read back: reports hold them as texts that live as long as the program.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

/// Longest word that a run file may bring.
const LONGEST: usize = 80;
/// Most different words over all runs that are read.
const MOST: usize = 8192;

static WORDS: Mutex<Option<HashSet<&'static str>>> = Mutex::new(None);

/// The word for good; `None` where a file brings more or longer words than any run has. Each word is
/// kept once, so that the memory that is never given back stays small.
pub(super) fn kept(word: &str) -> Option<&'static str> {
    if word.is_empty() {
        return Some("");
    }
    let mut guard = WORDS.lock().unwrap_or_else(PoisonError::into_inner);
    let words = guard.get_or_insert_with(HashSet::new);
    if let Some(&known) = words.get(word) {
        return Some(known);
    }
    if word.len() > LONGEST || words.len() >= MOST {
        return None;
    }
    let word: &'static str = Box::leak(word.to_owned().into_boxed_str());
    words.insert(word);
    Some(word)
}
