//! How strong stored secrets are: passwords in the open by zxcvbn, salted ones by their rounds.

use crate::credential::context::Context;
use crate::credential::pool::{Form, NO_WORD, Pool};
use crate::credential::scheme;
use crate::model::evidence::{CredentialRef, Rating};
use rayon::prelude::*;

/// Characters that are looked at: more only cost time, and are strong in any case.
const LOOKED_AT: usize = 64;
/// Fewest rounds (for bcrypt: their exponent) that a scheme should have today.
const FEWEST: &[(&str, u32)] = &[
    ("bcrypt", 10),
    ("cisco-type8-pbkdf2", 10_000),
    ("django-pbkdf2", 10_000),
    ("passlib-pbkdf2-sha256", 10_000),
    ("ldap-pbkdf2-sha256", 10_000),
    ("asa-pbkdf2-sha512", 5_000),
    ("sha256crypt", 5_000),
    ("sha512crypt", 5_000),
];

/// Salted secrets with too few rounds, sorted.
pub(super) fn cheap(pool: &Pool) -> Vec<CredentialRef> {
    let few = |form| {
        let Form::Target(slot) = form else { return false };
        let (scheme, target) = pool.targets.get(slot);
        let names = scheme::at(scheme).names();
        let least = FEWEST.iter().find(|row| names.contains(&row.0)).map_or(0, |row| row.1);
        target.params()[0] < least
    };
    let weak = pool.secrets.iter().filter(|secret| few(secret.form));
    let mut weak: Vec<_> = weak.map(|secret| secret.at).collect();
    weak.sort_unstable();
    weak
}

/// Ratings of all passwords that an export holds in the open, each distinct one rated once.
pub(super) fn ratings(pool: &Pool, context: &Context<'_>) -> Vec<Rating> {
    let lists = context.options.rules.words.lists.iter().flat_map(|list| &list.words);
    let names = context.sites.iter().flat_map(|site| {
        site.systems.iter().map(|system| site.names.get(system.name).to_lowercase())
    });
    let names: Vec<String> = names.collect();
    let ours: Vec<&str> =
        context.facility.iter().flatten().chain(lists).chain(&names).map(String::as_str).collect();
    let open = || {
        let all = pool.secrets.iter().zip(&pool.word_of);
        all.filter(|(secret, word)| matches!(secret.form, Form::Readable) && **word != NO_WORD)
    };
    let mut words: Vec<u32> = open().map(|(_, &word)| word).collect();
    words.sort_unstable();
    words.dedup();
    let rate = |&word: &u32| rate(pool.words.get(word), &ours);
    let rated: Vec<(u16, u8)> = words.par_iter().map(rate).collect();
    let mut ratings: Vec<_> = open()
        .filter_map(|(secret, word)| {
            let (length, score) = rated[words.binary_search(word).ok()?];
            Some(Rating { credential: secret.at, length, score })
        })
        .collect();
    ratings.sort_unstable_by_key(|rating| rating.credential);
    ratings
}

fn rate(word: &[u8], ours: &[&str]) -> (u16, u8) {
    let text = String::from_utf8_lossy(word);
    let text = zeroize::Zeroizing::new(text.into_owned());
    let length = text.chars().count();
    let end = text.char_indices().nth(LOOKED_AT).map_or(text.len(), |(at, _)| at);
    let score = if text.is_empty() { 0 } else { zxcvbn::zxcvbn(&text[..end], ours).score().into() };
    (length.min(usize::from(u16::MAX)) as u16, score)
}
