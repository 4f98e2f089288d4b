//! Previous passwords of an account: the current one again, or the same with its number counted up.

use crate::credential::batch::{Digests, Hits, MAX_WORD, Pair, WordBatch};
use crate::credential::keys::Keys;
use crate::credential::pool::{EMPTY, Form, NO_WORD, Pool, said};
use crate::credential::recognise::{Value, recognise, resolve};
use crate::credential::scheme::{self, Body};
use crate::model::evidence::{Repeat, Subjects};
use crate::model::inventory::Inventory;
use rayon::prelude::*;

/// How far back a number is counted.
const STEPS: u64 = 3;
/// Longest number that is counted.
const DIGITS: usize = 9;

/// Compares every previous secret with the current ones of its account.
pub(super) fn repeats(
    pool: &Pool,
    sites: &[Inventory],
    subjects: &Subjects,
    keys: &Keys,
) -> Vec<Repeat> {
    let mut current: Vec<(u32, u32)> = (0..pool.secrets.len() as u32)
        .map(|number| (pool.secrets[number as usize].at.subject, number))
        .collect();
    current.sort_unstable();
    let mut repeats: Vec<Repeat> = Vec::new();
    for (index, site) in sites.iter().enumerate() {
        let names: Vec<_> = site.names.iter().map(|(_, name)| resolve(name)).collect();
        let one = |credential: &crate::model::credential::Credential| {
            let subject = subjects.number(index, credential.account);
            let first = current.partition_point(|row| row.0 < subject);
            let own = current[first..].iter().take_while(|row| row.0 == subject);
            let mut own = own.map(|row| row.1).peekable();
            own.peek()?;
            let (_, value) = recognise(&said(site, credential, &names, keys));
            own.find_map(|secret| compare(pool, secret, &value)).map(|(secret, counted_up)| {
                Repeat {
                    credential: pool.secrets[secret as usize].at,
                    depth: credential.depth,
                    counted_up,
                }
            })
        };
        let previous = site.credentials.par_iter().filter(|credential| credential.depth > 0);
        repeats.extend(previous.filter_map(one).collect::<Vec<_>>());
    }
    repeats.sort_unstable_by_key(|row| (row.credential, row.counted_up, row.depth));
    repeats.dedup_by_key(|row| row.credential);
    repeats
}

fn compare(pool: &Pool, secret: u32, previous: &Value) -> Option<(u32, bool)> {
    let word = pool.word_of[secret as usize];
    if word == EMPTY {
        return None;
    }
    if equal(pool, secret, previous) {
        return Some((secret, false));
    }
    let known = word != NO_WORD && opens_earlier(pool.words.get(word), previous);
    known.then_some((secret, true))
}

fn equal(pool: &Pool, secret: u32, previous: &Value) -> bool {
    match (pool.secrets[secret as usize].form, previous) {
        (Form::Digest(family, slot), Value::Digest(scheme, digest)) => {
            let family = &pool.families[usize::from(family)];
            family.schemes.contains(scheme)
                && family.digests.get(slot).as_bytes() == digest.as_bytes()
        }
        (Form::Target(slot), Value::Target(scheme, target)) => {
            let (own, stored) = pool.targets.get(slot);
            own == *scheme && stored.same(target)
        }
        _ => false,
    }
}

/// True where the word with its number counted back opens the previous secret.
fn opens_earlier(word: &[u8], previous: &Value) -> bool {
    let earlier = counted_back(word);
    if earlier.is_empty() {
        return false;
    }
    match previous {
        Value::Digest(scheme, digest) => {
            let Body::Unsalted(body) = scheme::at(*scheme).body() else { return false };
            let mut digests = Digests::default();
            body.digests(&earlier, &mut digests);
            digests.position(digest.as_bytes()).is_some()
        }
        Value::Target(scheme, target) => {
            let Body::Salted(body) = scheme::at(*scheme).body() else { return false };
            let pairs: Vec<_> = earlier.iter().map(|word| Pair { target, word, id: 0 }).collect();
            let mut hits = Hits::default();
            body.run(&pairs, &mut hits);
            !hits.ids().is_empty()
        }
        _ => false,
    }
}

/// The word with its last number one to three lower, in as many digits.
fn counted_back(word: &[u8]) -> WordBatch {
    let mut earlier = WordBatch::default();
    let Some(last) = word.iter().rposition(u8::is_ascii_digit) else { return earlier };
    let first = word[..last].iter().rposition(|byte| !byte.is_ascii_digit()).map_or(0, |at| at + 1);
    let digits = &word[first..=last];
    if digits.len() > DIGITS || word.len() > MAX_WORD {
        return earlier;
    }
    let number = digits.iter().fold(0_u64, |number, digit| number * 10 + u64::from(digit - b'0'));
    for back in 1..=STEPS.min(number) {
        let text =
            zeroize::Zeroizing::new(format!("{:0width$}", number - back, width = digits.len()));
        let tail = zeroize::Zeroizing::new([text.as_bytes(), &word[last + 1..]].concat());
        earlier.push(&word[..first], &tail);
    }
    earlier
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_counted_back_in_place() {
        let words = |word: &[u8]| -> Vec<Vec<u8>> {
            counted_back(word).iter().map(<[u8]>::to_vec).collect()
        };
        assert_eq!(words(b"Demo010!"), [b"Demo009!", b"Demo008!", b"Demo007!"]);
        assert_eq!(words(b"Demo1"), [b"Demo0"]);
        assert_eq!(words(b"Demo2026"), [b"Demo2025", b"Demo2024", b"Demo2023"]);
        assert!(words(b"Demo").is_empty() && words(b"Demo0").is_empty());
        assert!(words(b"1234567890").is_empty());
    }
}
