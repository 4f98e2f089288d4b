//! Every class that a known word belongs to: an account that is found by its login drops out of the
//! search, and yet may hold a factory default as well. Words are compared here, nothing is hashed.

use crate::credential::batch::WordBatch;
use crate::credential::candidates::is_short_number;
use crate::credential::context::Context;
use crate::credential::forms::{Bases, is_form};
use crate::credential::listed::Listed;
use crate::credential::personal::Spelled;
use crate::credential::pool::{EMPTY, Form, NO_WORD, Pool};
use crate::kernel::paged::Paged;
use crate::model::evidence::{Hit, NO_LIST, WordClass, WordClasses};
use crate::rules::default::Certainty;
use rayon::prelude::*;

/// Classes that a list word is told by rather than by its root.
const NEARER: [WordClass; 4] =
    [WordClass::Login, WordClass::Default, WordClass::Person, WordClass::List];

/// What is known about the word of one secret.
#[derive(Clone, Copy)]
struct Judged {
    classes: WordClasses,
    list: u8,
    remembered: bool,
    one_kind: bool,
}

/// The classes of all secrets, and which words are readable in which entity.
pub(super) struct Classes {
    of: Vec<Judged>,
    readable: Vec<(u16, u32)>,
    /// Names of the lists that hits point at.
    pub(super) lists: Vec<String>,
}

impl Classes {
    /// Classes of a secret.
    pub(super) fn get(&self, secret: u32) -> WordClasses {
        self.of[secret as usize].classes
    }

    /// True where somebody could guess the word of a secret.
    pub(super) fn guessable(&self, secret: u32) -> bool {
        let guesses = |class: &&WordClass| **class != WordClass::Estate;
        WordClass::ALL.iter().filter(guesses).any(|&class| self.get(secret).has(class))
    }

    /// True where an export of this entity holds the word in the open.
    pub(super) fn is_readable(&self, scope: u16, word: u32) -> bool {
        self.readable.binary_search(&(scope, word)).is_ok()
    }

    /// Hits, sorted by credential and class.
    pub(super) fn hits(&self, pool: &Pool) -> Paged<Hit> {
        let mut hits = Paged::new();
        for ((secret, &word), judged) in pool.secrets.iter().zip(&pool.word_of).zip(&self.of) {
            let own = WordClass::ALL.iter().filter(|&&class| judged.classes.has(class));
            hits.extend(own.map(|&class| {
                let listed = matches!(class, WordClass::List | WordClass::Root);
                let list = if listed { judged.list } else { NO_LIST };
                let remembered = class == WordClass::Default && judged.remembered;
                let one_kind = judged.one_kind;
                Hit { credential: secret.at, class, word, list, remembered, one_kind }
            }));
        }
        hits.sort_unstable_by_key(|hit| (hit.credential, hit.class));
        hits
    }
}

/// Finds the classes of every known word.
pub(super) fn classify(pool: &Pool, context: &Context<'_>) -> Classes {
    let judge =
        Judge { pool, context, readable: readable_words(pool), listed: Listed::of(pool, context) };
    let room = || (Spelled::default(), WordBatch::default());
    let secrets = (0..pool.secrets.len() as u32).into_par_iter();
    let of = secrets.map_init(room, |room, secret| judge.secret(secret, room)).collect();
    Classes { of, readable: judge.readable, lists: judge.listed.names }
}

fn readable_words(pool: &Pool) -> Vec<(u16, u32)> {
    let all = pool.secrets.iter().zip(&pool.word_of);
    let open = all.filter(|(secret, _)| matches!(secret.form, Form::Readable));
    let mut words: Vec<_> = open.map(|(secret, &word)| (secret.scope, word)).collect();
    words.sort_unstable();
    words.dedup();
    words
}

struct Judge<'a> {
    pool: &'a Pool,
    context: &'a Context<'a>,
    readable: Vec<(u16, u32)>,
    listed: Listed,
}

impl Judge<'_> {
    fn secret(&self, number: u32, room: &mut (Spelled, WordBatch)) -> Judged {
        let (classes, list) = (WordClasses::NONE, NO_LIST);
        let mut judged = Judged { classes, list, remembered: false, one_kind: false };
        match self.pool.word_of[number as usize] {
            NO_WORD => {}
            EMPTY => judged.classes.add(WordClass::Empty),
            word => self.word(number, word, &mut judged, room),
        }
        judged
    }

    fn word(&self, number: u32, id: u32, out: &mut Judged, room: &mut (Spelled, WordBatch)) {
        let needed = self.context.options.needed;
        let secret = &self.pool.secrets[number as usize];
        let word = self.pool.words.get(id);
        out.one_kind =
            word.iter().all(u8::is_ascii_digit) || word.iter().all(u8::is_ascii_alphabetic);
        if needed.login_forms && self.is_login_form(number, word) {
            out.classes.add(WordClass::Login);
        }
        if let Some(remembered) = self.default(number, word).filter(|_| needed.defaults) {
            out.classes.add(WordClass::Default);
            out.remembered = remembered;
        }
        let open = matches!(secret.form, Form::Readable);
        if needed.estate && !open && self.is_readable(secret.scope, id) {
            out.classes.add(WordClass::Estate);
        }
        if needed.digits && is_short_number(word) {
            out.classes.add(WordClass::Digits);
        }
        if needed.names {
            self.names(number, word, &mut out.classes, room);
        }
        self.lists(secret.scope, id, out);
    }

    /// A default is no list word as well, and a root is told only where nothing nearer is.
    fn lists(&self, scope: u16, id: u32, out: &mut Judged) {
        let default = out.classes.has(WordClass::Default);
        if let Some(list) = self.listed.exact(scope, id).filter(|_| !default) {
            out.classes.add(WordClass::List);
            out.list = list;
        }
        let nearer = out.classes.any(&NEARER) || !self.context.options.needed.roots;
        if let Some(list) = self.listed.root(scope, id).filter(|_| !nearer) {
            out.classes.add(WordClass::Root);
            out.list = list;
        }
    }

    fn is_readable(&self, scope: u16, word: u32) -> bool {
        self.readable.binary_search(&(scope, word)).is_ok()
    }

    fn is_login_form(&self, number: u32, word: &[u8]) -> bool {
        let secret = &self.pool.secrets[number as usize];
        let site = &self.context.sites[usize::from(secret.site)];
        let row = site.credentials[secret.at.index as usize].account;
        is_form(&Bases::of(site, row), &self.context.suffixes, word)
    }

    /// For a factory default: whether it is known from memory alone.
    fn default(&self, number: u32, word: &[u8]) -> Option<bool> {
        let secret = &self.pool.secrets[number as usize];
        let site = &self.context.sites[usize::from(secret.site)];
        let credential = &site.credentials[secret.at.index as usize];
        let login = site.text.get(site.accounts.login.get(credential.account));
        let rows = self.context.matched.rows(secret.site, secret.system, credential.kind, login);
        let same = rows.filter(|row| row.password.as_bytes() == word);
        same.map(|row| row.certainty == Certainty::Remembered).reduce(|all, one| all && one)
    }

    fn names(
        &self,
        number: u32,
        word: &[u8],
        out: &mut WordClasses,
        (spelled, stems): &mut (Spelled, WordBatch),
    ) {
        let secret = &self.pool.secrets[number as usize];
        let site = &self.context.sites[usize::from(secret.site)];
        let row = site.credentials[secret.at.index as usize].account;
        let suffixes = &self.context.suffixes;
        let made = |stems: &WordBatch| {
            stems.iter().any(|stem| word.strip_prefix(stem).is_some_and(|rest| suffixes.has(rest)))
        };
        let personal = &self.context.personal;
        personal.person(secret.site, row, spelled, stems);
        let facility = |stem: &String| {
            let (stem, rest) = (stem.as_bytes(), word.get(stem.len()..).unwrap_or_default());
            !rest.is_empty() && word[..stem.len()].eq_ignore_ascii_case(stem) && suffixes.has(rest)
        };
        if made(stems) || self.context.facility[usize::from(secret.site)].iter().any(facility) {
            out.add(WordClass::Person);
        }
        if made(personal.device(secret.site, secret.system)) {
            out.add(WordClass::Device);
        }
    }
}
