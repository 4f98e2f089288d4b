//! An account's own words against its own secret: login forms, factory defaults, names.

use crate::credential::batch::{Digests, Hits, Pair, WordBatch};
use crate::credential::context::Context;
use crate::credential::forms::{Bases, Forms, MOST_DIGITS};
use crate::credential::personal::Spelled;
use crate::credential::pool::{Form, Pool, Secret};
use crate::credential::scheme::{self, Body, Salted, Unsalted};
use crate::model::credential::Credential;
use crate::model::evidence::{WordClass, WordClasses};
use zeroize::Zeroizing;

/// What one account's own words may cost on one salted secret where no time was given: all forms of
/// cheap schemes, the likely ones of dear ones. In compressions of MD5, about 60 ms.
pub(super) const WORK: u64 = 600_000;
/// Work between two looks at the time.
const STEP: u64 = 1 << 22;
/// Pairs that are handed to a scheme at a time: as many as the widest kernel has lanes.
const PAIRS: usize = 64;
/// Classes of the words that are tried here.
const CLASSES: [WordClass; 4] =
    [WordClass::Login, WordClass::Default, WordClass::Person, WordClass::Device];

/// What is the same for every account.
pub(super) struct OwnWords<'a> {
    pub(super) pool: &'a Pool,
    pub(super) context: &'a Context<'a>,
    /// Digits behind login forms on unsalted digests.
    pub(super) digits: usize,
    /// Digits behind names on unsalted digests.
    pub(super) name_digits: usize,
}

/// Buffers that one thread uses for one account after another.
#[derive(Default)]
pub(super) struct Scratch {
    forms: Forms,
    defaults: WordBatch,
    stems: WordBatch,
    digests: Digests,
    spelled: Spelled,
}

/// What became of one secret.
#[derive(Default)]
pub(super) struct Outcome {
    pub(super) secret: u32,
    /// Words that were tried, of those that there were; counted on salted secrets.
    pub(super) tried: u32,
    pub(super) of: u32,
    /// Classes of which words are left.
    pub(super) missed: WordClasses,
    pub(super) word: Option<Zeroizing<Vec<u8>>>,
}

impl OwnWords<'_> {
    /// Tries all words of the account; `None` where there is nothing to note.
    pub(super) fn try_all(&self, number: u32, scratch: &mut Scratch) -> Option<Outcome> {
        let secret = &self.pool.secrets[number as usize];
        if self.context.options.watch.over() {
            let missed = WordClasses::of(&CLASSES);
            return Some(Outcome { secret: number, missed, ..Outcome::default() });
        }
        let site = &self.context.sites[usize::from(secret.site)];
        let credential = &site.credentials[secret.at.index as usize];
        let bases = self.gather(secret, credential, scratch);
        let outcome = match (secret.form, scheme::at(secret.scheme).body()) {
            (Form::Digest(..), Body::Unsalted(body)) => {
                let word = self.unsalted(secret, body, &bases, scratch);
                Outcome { word, ..Outcome::default() }
            }
            (Form::Target(slot), Body::Salted(body)) => self.salted(slot, body, &bases, scratch),
            _ => return None,
        };
        let notable = outcome.of > 0 || outcome.word.is_some();
        notable.then_some(Outcome { secret: number, ..outcome })
    }

    /// Fills the buffers with the account's defaults and stems.
    fn gather(&self, secret: &Secret, credential: &Credential, room: &mut Scratch) -> Bases<'_> {
        let (needed, row) = (self.context.options.needed, credential.account);
        let site = &self.context.sites[usize::from(secret.site)];
        room.defaults.clear();
        room.stems.clear();
        if needed.defaults {
            let login = site.text.get(site.accounts.login.get(row));
            let rows =
                self.context.matched.rows(secret.site, secret.system, credential.kind, login);
            rows.for_each(|default| room.defaults.push(default.password.as_bytes(), b""));
        }
        if needed.names {
            let personal = &self.context.personal;
            personal.person(secret.site, row, &mut room.spelled, &mut room.stems);
            for word in personal.device(secret.site, secret.system).iter() {
                room.stems.push(word, b"");
            }
        }
        if needed.login_forms { Bases::of(site, row) } else { Bases::default() }
    }

    fn unsalted(
        &self,
        secret: &Secret,
        body: &dyn Unsalted,
        bases: &Bases<'_>,
        scratch: &mut Scratch,
    ) -> Option<Zeroizing<Vec<u8>>> {
        let Form::Digest(family, slot) = secret.form else { return None };
        let Scratch { forms, defaults, stems, digests, .. } = scratch;
        if bases.is_empty() && defaults.is_empty() && stems.is_empty() {
            return None;
        }
        let own = self.pool.families[usize::from(family)].digests.get(slot);
        let suffixes = &self.context.suffixes;
        let mut look = |words: &WordBatch| {
            body.digests(words, digests);
            digests.position(own.as_bytes()).map(|word| Zeroizing::new(words.get(word).to_vec()))
        };
        let own_nt: Option<&[u8; 16]> =
            if body.family() == "nt" { own.as_bytes().try_into().ok() } else { None };
        let by_login = if let Some(own) = own_nt.filter(|_| forms.suited(bases)) {
            forms.reversed(bases);
            look(&forms.words)
                .or_else(|| look(defaults))
                .or_else(|| suffixes.nt_word(&forms.stems, own, self.digits))
        } else {
            forms.short(bases, suffixes);
            look(&forms.words).or_else(|| look(defaults)).or_else(|| {
                forms.digits(bases, suffixes, self.digits);
                look(&forms.words)
            })
        };
        by_login.or_else(|| match own_nt.filter(|_| Forms::suit(stems)) {
            Some(own) => suffixes.nt_word(stems, own, self.name_digits),
            None if stems.is_empty() => None,
            None => {
                forms.behind(stems, suffixes, self.name_digits);
                look(&forms.words)
            }
        })
    }

    fn salted(
        &self,
        slot: u32,
        body: &dyn Salted,
        bases: &Bases<'_>,
        scratch: &mut Scratch,
    ) -> Outcome {
        let mut trial = Trial::new(self, slot, body);
        let suffixes = &self.context.suffixes;
        let Scratch { forms, defaults, stems, .. } = scratch;
        forms.short(bases, suffixes);
        trial.words(&forms.words, &[WordClass::Login]);
        trial.words(defaults, &[WordClass::Default]);
        if !trial.done() && !stems.is_empty() {
            forms.behind(stems, suffixes, 0);
            trial.words(&forms.words, &[WordClass::Person, WordClass::Device]);
        }
        if !trial.done() && self.context.options.needed.login_digits {
            forms.digits(bases, suffixes, MOST_DIGITS);
            trial.words(&forms.words, &[WordClass::Login]);
        }
        trial.outcome
    }
}

/// One salted secret, and what its own words may still cost.
struct Trial<'a> {
    own: &'a OwnWords<'a>,
    slot: u32,
    body: &'a dyn Salted,
    cost: u64,
    left: u64,
    outcome: Outcome,
}

impl<'a> Trial<'a> {
    fn new(own: &'a OwnWords<'a>, slot: u32, body: &'a dyn Salted) -> Self {
        let cost = body.cost(own.pool.targets.get(slot).1).max(1);
        let left = if own.context.options.timed { u64::MAX } else { WORK };
        Self { own, slot, body, cost, left, outcome: Outcome::default() }
    }

    fn done(&self) -> bool {
        self.outcome.word.is_some()
    }

    /// Tries words until one fits or the work is used up.
    fn words(&mut self, words: &WordBatch, classes: &[WordClass]) {
        if self.done() {
            return;
        }
        self.outcome.of += words.len() as u32;
        let step = (STEP / self.cost).clamp(1, 1 << 12) as usize;
        let mut from = 0;
        while from < words.len() && !self.done() {
            let affordable = (self.left / self.cost).min(step as u64) as usize;
            let to = words.len().min(from + affordable);
            if to == from || self.own.context.options.watch.over() {
                self.outcome.missed.join(WordClasses::of(classes));
                return;
            }
            self.part(words, from, to);
            let work = (to - from) as u64 * self.cost;
            self.left -= work;
            self.own.context.options.watch.done(work);
            from = to;
        }
    }

    fn part(&mut self, words: &WordBatch, from: usize, to: usize) {
        let target = self.own.pool.targets.get(self.slot).1;
        let mut pairs = [Pair { target, word: b"", id: 0 }; PAIRS];
        for start in (from..to).step_by(PAIRS) {
            let count = PAIRS.min(to - start);
            for (place, pair) in pairs[..count].iter_mut().enumerate() {
                *pair = Pair { target, word: words.get(start + place), id: (start + place) as u32 };
            }
            let mut hits = Hits::default();
            self.body.run(&pairs[..count], &mut hits);
            self.outcome.tried += count as u32;
            if let Some(&first) = hits.ids().iter().min() {
                self.outcome.word = Some(Zeroizing::new(words.get(first as usize).to_vec()));
                return;
            }
        }
    }
}
