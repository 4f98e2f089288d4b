//! Candidates against secrets, in order of value. The one place of the engine with threads.

use crate::credential::Options;
use crate::credential::batch::{Digests, Hits, Pair, WordBatch};
use crate::credential::candidates::{Lines, blocks_of, short_numbers};
use crate::credential::defaults::Matched;
use crate::credential::forms::{MOST_DIGITS, Suffixes};
use crate::credential::own::{OwnWords, Scratch};
use crate::credential::pool::{EMPTY, Form, NO_WORD, Pool};
use crate::credential::remainder::Tried;
use crate::credential::scheme::{self, Body};
use crate::model::inventory::Inventory;
use hashbrown::HashMap;
use hashbrown::hash_map::Entry;
use rayon::prelude::*;

/// Pairs that one task evaluates.
const TASK: usize = 256;
/// Login forms that unsalted digests of a run may cost, about half a second of one core: with three
/// digits on a hundred thousand accounts, with fewer digits on more.
const FORMS: usize = 1 << 29;
/// Stems of a usual account: its login in three cases, and its number.
const STEMS: usize = 4;
/// Pairs that are evaluated before targets that were opened drop out.
const CHUNK: usize = 1 << 16;

/// Legal entities that a batch of words may be tried in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Border {
    /// Words of our own lists: everywhere.
    None,
    /// Words of one entity: there alone.
    Scope(u16),
}

impl Border {
    const fn lets(self, scope: u16) -> bool {
        match self {
            Self::None => true,
            Self::Scope(own) => own == scope,
        }
    }
}

/// The state of a search.
pub(super) struct Search<'a> {
    pool: &'a mut Pool,
    matched: &'a Matched<'a>,
    suffixes: &'a Suffixes,
    options: &'a Options<'a>,
    /// Work that salted schemes may still cost.
    left: u64,
    own_tried: Vec<u32>,
    target_tried: Vec<u32>,
    digest_tried: u32,
    login_digits: usize,
    /// Words of the estate that were tried already, by entity; sorted.
    offered: Vec<(u16, u32)>,
}

impl<'a> Search<'a> {
    /// Prepares a search.
    pub(super) fn new(
        pool: &'a mut Pool,
        matched: &'a Matched<'a>,
        suffixes: &'a Suffixes,
        options: &'a Options<'a>,
    ) -> Self {
        let own_tried = vec![0; pool.secrets.len()];
        let target_tried = vec![0; pool.targets.len()];
        Self {
            pool,
            matched,
            suffixes,
            options,
            left: options.work,
            own_tried,
            target_tried,
            digest_tried: 0,
            login_digits: if options.needed.login_digits { MOST_DIGITS } else { 0 },
            offered: Vec::new(),
        }
    }

    /// How much was tried.
    pub(super) fn finish(self) -> Tried {
        Tried {
            own: self.own_tried,
            target: self.target_tried,
            digest: self.digest_tried,
            login_digits: self.login_digits as u8,
        }
    }

    /// Runs all stages that are needed.
    pub(super) fn run(&mut self, sites: &[Inventory]) {
        let needed = self.options.needed;
        let mut empty = WordBatch::default();
        empty.push(b"", b"");
        self.offer(&[empty], Border::None);
        if needed.defaults {
            self.constants();
        }
        self.own_words(sites);
        self.spread();
        if needed.digits {
            self.short_numbers();
        }
        if needed.lists {
            self.lists();
        }
        // What the lists opened is tried where they were not: on salted secrets.
        if needed.digits {
            self.spread();
        }
    }

    fn constants(&mut self) {
        let constants: Vec<_> = self.matched.constants().collect();
        for slot in 1..self.pool.texts.len() as u32 {
            let stored = self.pool.text(slot).1;
            let Some((_, word)) = constants.iter().find(|row| row.0.as_bytes() == stored) else {
                continue;
            };
            let word = self.pool.words.intern(word.as_bytes());
            for secret in self.pool.text_holders.get(slot).to_vec() {
                self.pool.open(secret, word);
            }
        }
    }

    fn own_words(&mut self, sites: &[Inventory]) {
        let needed = self.options.needed;
        if !needed.login_forms && !needed.defaults {
            return;
        }
        let (closed, twins) = self.closed_once();
        self.login_digits = self.affordable_digits(closed.len());
        let own = OwnWords {
            digits: self.login_digits,
            pool: self.pool,
            sites,
            matched: self.matched,
            suffixes: self.suffixes,
            needed,
        };
        let tried: Vec<_> = closed
            .par_chunks(TASK)
            .map_init(Scratch::default, |scratch, part| {
                part.iter().filter_map(|&s| own.try_all(s, scratch)).collect::<Vec<_>>()
            })
            .collect();
        for outcome in tried.into_iter().flatten() {
            self.own_tried[outcome.secret as usize] = outcome.tried;
            if let Some(word) = outcome.word {
                let word = self.pool.words.intern(&word);
                self.pool.open(outcome.secret, word);
            }
        }
        for (twin, first) in twins {
            if !self.pool.is_closed(first) {
                self.pool.open(twin, self.pool.word_of[first as usize]);
            }
        }
    }

    /// As many digits behind login forms as [`FORMS`] affords on every secret.
    fn affordable_digits(&self, secrets: usize) -> usize {
        let affords = |digits: &usize| secrets * STEMS * self.suffixes.count(*digits) <= FORMS;
        (0..=self.login_digits).rev().find(affords).unwrap_or(0)
    }

    /// Closed secrets, and those that repeat one: an account's digest often stands in several
    /// exports, and its words need to be tried on it only once.
    fn closed_once(&self) -> (Vec<u32>, Vec<(u32, u32)>) {
        let (mut closed, mut twins) = (Vec::new(), Vec::new());
        let mut last: HashMap<(u32, u8, u32), u32> = HashMap::new();
        for number in (0..self.pool.secrets.len() as u32).filter(|&s| self.pool.is_closed(s)) {
            let secret = &self.pool.secrets[number as usize];
            let Form::Digest(family, slot) = secret.form else {
                closed.push(number);
                continue;
            };
            match last.entry((secret.at.subject, family, slot)) {
                Entry::Occupied(first) => twins.push((number, *first.get())),
                Entry::Vacant(place) => {
                    place.insert(number);
                    closed.push(number);
                }
            }
        }
        (closed, twins)
    }

    /// Tries every word that is known of an entity, and was not yet tried, on the rest of it:
    /// what exports hold in the open, and what was found.
    fn spread(&mut self) {
        let needed = self.options.needed;
        let mut known: Vec<(u16, u32)> = Vec::new();
        for (secret, &word) in self.pool.secrets.iter().zip(&self.pool.word_of) {
            let open = matches!(secret.form, Form::Readable);
            let wanted = if open { needed.estate } else { needed.reuse };
            if wanted && word != NO_WORD && word != EMPTY {
                known.push((secret.scope, word));
            }
        }
        known.sort_unstable();
        known.dedup();
        known.retain(|row| self.offered.binary_search(row).is_err());
        for part in known.chunk_by(|a, b| a.0 == b.0) {
            let words = part.iter().map(|&(_, word)| self.pool.words.get(word));
            let blocks = blocks_of(words);
            self.offer(&blocks, Border::Scope(part[0].0));
        }
        self.offered.extend(known);
        self.offered.sort_unstable();
    }

    fn short_numbers(&mut self) {
        for block in short_numbers() {
            self.offer_unsalted(&[block], Border::None);
        }
    }

    fn lists(&mut self) {
        let defaults = blocks_of(self.matched.all().map(str::as_bytes));
        self.offer(&defaults, Border::None);
        for list in &self.options.wordlists {
            let mut lines = Lines::of(list);
            while let Some(blocks) = lines.next_blocks() {
                self.offer(&blocks, Border::None);
            }
        }
    }

    /// Tries words on everything inside the border.
    fn offer(&mut self, blocks: &[WordBatch], border: Border) {
        self.offer_unsalted(blocks, border);
        for block in blocks {
            self.offer_salted(block, border);
        }
    }

    fn offer_unsalted(&mut self, blocks: &[WordBatch], border: Border) {
        let mut found = Vec::new();
        for (index, family) in self.pool.families.iter().enumerate() {
            for &scheme in &family.schemes {
                let Body::Unsalted(body) = scheme::at(scheme).body() else { continue };
                let probe = |digests: &mut Digests, (number, block): (usize, &WordBatch)| {
                    body.digests(block, digests);
                    let slot = |word| family.digests.find(digests.get(word)?);
                    let hits =
                        (0..block.len()).filter_map(|word| Some((number, word, slot(word)?)));
                    hits.collect::<Vec<_>>()
                };
                let hits: Vec<_> = blocks
                    .par_iter()
                    .enumerate()
                    .map(|b| probe(&mut Digests::default(), b))
                    .collect();
                found.extend(hits.into_iter().flatten().map(|hit| (index, hit)));
            }
        }
        for (family, (block, word, slot)) in found {
            let word = self.pool.words.intern(blocks[block].get(word));
            let holders = self.pool.families[family].holders.get(slot).to_vec();
            self.open_all(&holders, word, border);
        }
        let words: usize = blocks.iter().map(WordBatch::len).sum();
        self.digest_tried = self.digest_tried.saturating_add(words as u32);
    }

    fn offer_salted(&mut self, words: &WordBatch, border: Border) {
        let mut active = self.active_targets(border);
        let mut from = 0;
        while from < words.len() && !active.is_empty() {
            let to = words.len().min(from + (CHUNK / active.len()).max(1));
            self.afford(&mut active, (to - from) as u64);
            for (slot, word) in self.evaluate(&active, words, from..to) {
                let word = self.pool.words.intern(words.get(word));
                let holders = self.pool.target_holders.get(slot).to_vec();
                self.open_all(&holders, word, border);
            }
            for &(_, slot) in &active {
                self.target_tried[slot as usize] += (to - from) as u32;
            }
            active.retain(|&(_, slot)| self.is_active(slot, border));
            from = to;
        }
    }

    // Cheap ones first, so that a budget that does not suffice covers as many as it can.
    fn active_targets(&self, border: Border) -> Vec<(u64, u32)> {
        let all = 0..self.pool.targets.len() as u32;
        let mut active: Vec<_> = all
            .filter(|&slot| self.is_active(slot, border))
            .filter_map(|slot| {
                let (scheme, target) = self.pool.targets.get(slot);
                let Body::Salted(body) = scheme::at(scheme).body() else { return None };
                Some((body.cost(target), scheme, slot))
            })
            .collect();
        active.sort_unstable();
        active.into_iter().map(|(cost, _, slot)| (cost, slot)).collect()
    }

    fn is_active(&self, slot: u32, border: Border) -> bool {
        let holders = self.pool.target_holders.get(slot).iter();
        let mut closed = holders.filter(|&&secret| self.pool.is_closed(secret));
        closed.any(|&secret| border.lets(self.pool.secrets[secret as usize].scope))
    }

    fn afford(&mut self, active: &mut Vec<(u64, u32)>, words: u64) {
        let paid = active.iter().take_while(|(cost, _)| {
            let price = cost.saturating_mul(words);
            let enough = price <= self.left;
            if enough {
                self.left -= price;
            }
            enough
        });
        let count = paid.count();
        active.truncate(count);
    }

    fn evaluate(
        &self,
        active: &[(u64, u32)],
        words: &WordBatch,
        range: std::ops::Range<usize>,
    ) -> Vec<(u32, usize)> {
        let (width, total) = (range.len(), active.len() * range.len());
        let place = |pair: usize| (active[pair / width].1, range.start + pair % width);
        let task = |number: usize| {
            let mut hits = Hits::default();
            let pairs: Vec<_> = (number * TASK..total.min((number + 1) * TASK))
                .map(|pair| {
                    let (slot, word) = place(pair);
                    let (scheme, target) = self.pool.targets.get(slot);
                    (scheme, Pair { target, word: words.get(word), id: pair as u32 })
                })
                .collect();
            for run in pairs.chunk_by(|a, b| a.0 == b.0) {
                let Body::Salted(body) = scheme::at(run[0].0).body() else { continue };
                let run: Vec<_> = run.iter().map(|pair| pair.1).collect();
                body.run(&run, &mut hits);
            }
            hits.take()
        };
        let tasks: Vec<_> = (0..total.div_ceil(TASK)).into_par_iter().map(task).collect();
        let mut ids: Vec<u32> = tasks.into_iter().flatten().collect();
        ids.sort_unstable();
        ids.into_iter().map(|id| place(id as usize)).collect()
    }

    fn open_all(&mut self, holders: &[u32], word: u32, border: Border) {
        for &secret in holders {
            if border.lets(self.pool.secrets[secret as usize].scope) {
                self.pool.open(secret, word);
            }
        }
    }
}
