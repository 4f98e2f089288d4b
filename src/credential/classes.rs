//! Every class that a known word belongs to: an account that is found by its login drops out of the
//! search, and yet may hold a factory default as well. Words are compared here, nothing is hashed.

use crate::credential::Options;
use crate::credential::candidates::{Lines, is_short_number};
use crate::credential::defaults::Matched;
use crate::credential::forms::{Bases, Suffixes, is_form};
use crate::credential::pool::{EMPTY, Form, NO_WORD, Pool};
use crate::model::evidence::{Hit, WordClass};
use crate::model::inventory::Inventory;
use crate::model::site::SystemKind;
use rayon::prelude::*;

/// Classes of a word for one secret, as a set.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct ClassSet(u8);

impl ClassSet {
    fn add(&mut self, class: WordClass) {
        self.0 |= 1 << class as u8;
    }

    /// True where the class is in the set.
    pub(super) const fn has(self, class: WordClass) -> bool {
        self.0 & (1 << class as u8) != 0
    }

    /// True where somebody could guess the word.
    pub(super) fn guessable(self) -> bool {
        WordClass::ALL.iter().any(|&class| class != WordClass::Estate && self.has(class))
    }
}

/// The classes of all secrets, and which words are readable in which entity.
pub(super) struct Classes {
    of: Vec<ClassSet>,
    readable: Vec<(u16, u32)>,
}

impl Classes {
    /// Classes of a secret.
    pub(super) fn get(&self, secret: u32) -> ClassSet {
        self.of[secret as usize]
    }

    /// True where an export of this entity holds the word in the open.
    pub(super) fn is_readable(&self, scope: u16, word: u32) -> bool {
        self.readable.binary_search(&(scope, word)).is_ok()
    }

    /// Hits, sorted by credential and class.
    pub(super) fn hits(&self, pool: &Pool) -> Vec<Hit> {
        let mut hits = Vec::new();
        for ((secret, &word), classes) in pool.secrets.iter().zip(&pool.word_of).zip(&self.of) {
            let own = WordClass::ALL.iter().filter(|&&class| classes.has(class));
            hits.extend(own.map(|&class| Hit { credential: secret.at, class, word }));
        }
        hits.sort_unstable_by_key(|hit| (hit.credential, hit.class));
        hits
    }
}

/// Finds the classes of every known word.
pub(super) fn classify(
    pool: &Pool,
    sites: &[Inventory],
    matched: &Matched<'_>,
    suffixes: &Suffixes,
    options: &Options<'_>,
) -> Classes {
    let readable = readable_words(pool);
    let listed =
        if options.needed.lists { listed_words(pool, matched, options) } else { Vec::new() };
    let judge = Judge { pool, sites, matched, suffixes, options, readable, listed };
    let of = (0..pool.secrets.len() as u32).into_par_iter().map(|secret| judge.classes(secret));
    Classes { of: of.collect(), readable: judge.readable }
}

fn readable_words(pool: &Pool) -> Vec<(u16, u32)> {
    let all = pool.secrets.iter().zip(&pool.word_of);
    let open = all.filter(|(secret, _)| matches!(secret.form, Form::Readable));
    let mut words: Vec<_> = open.map(|(secret, &word)| (secret.scope, word)).collect();
    words.sort_unstable();
    words.dedup();
    words
}

// Numbers of the known words that stand in a list, sorted.
fn listed_words(pool: &Pool, matched: &Matched<'_>, options: &Options<'_>) -> Vec<u32> {
    let lines = options.wordlists.iter().flat_map(|list| Lines::of(list));
    let all = lines.chain(matched.all().map(str::as_bytes));
    let mut listed: Vec<_> = all.filter_map(|word| pool.words.find(word)).collect();
    listed.sort_unstable();
    listed.dedup();
    listed
}

struct Judge<'a> {
    pool: &'a Pool,
    sites: &'a [Inventory],
    matched: &'a Matched<'a>,
    suffixes: &'a Suffixes,
    options: &'a Options<'a>,
    readable: Vec<(u16, u32)>,
    listed: Vec<u32>,
}

impl Judge<'_> {
    fn classes(&self, number: u32) -> ClassSet {
        let mut classes = ClassSet::default();
        match self.pool.word_of[number as usize] {
            NO_WORD => {}
            EMPTY => classes.add(WordClass::Empty),
            word => self.classes_of_word(number, word, &mut classes),
        }
        classes
    }

    fn classes_of_word(&self, number: u32, id: u32, classes: &mut ClassSet) {
        let needed = self.options.needed;
        let secret = &self.pool.secrets[number as usize];
        let word = self.pool.words.get(id);
        if needed.login_forms && self.is_login_form(number, word) {
            classes.add(WordClass::Login);
        }
        let default = needed.defaults && self.is_default(number, word);
        if default {
            classes.add(WordClass::Default);
        }
        let open = matches!(secret.form, Form::Readable);
        if needed.estate && !open && self.readable.binary_search(&(secret.scope, id)).is_ok() {
            classes.add(WordClass::Estate);
        }
        if !default && self.listed.binary_search(&id).is_ok() {
            classes.add(WordClass::List);
        }
        if needed.digits && is_short_number(word) {
            classes.add(WordClass::Digits);
        }
    }

    fn is_login_form(&self, number: u32, word: &[u8]) -> bool {
        let secret = &self.pool.secrets[number as usize];
        let site = &self.sites[usize::from(secret.site)];
        let row = site.credentials[secret.at.index as usize].account;
        is_form(&Bases::of(site, row), self.suffixes, word)
    }

    fn is_default(&self, number: u32, word: &[u8]) -> bool {
        let secret = &self.pool.secrets[number as usize];
        let site = &self.sites[usize::from(secret.site)];
        let credential = &site.credentials[secret.at.index as usize];
        if site.system_of(credential.account).kind == SystemKind::Directory {
            return false;
        }
        let login = site.text.get(site.accounts.login.get(credential.account));
        let mut words = self.matched.words(secret.site, secret.system, credential.kind, login);
        words.any(|default| default.as_bytes() == word)
    }
}
