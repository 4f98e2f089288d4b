//! Candidates against secrets, in order of value.

use crate::credential::batch::WordBatch;
use crate::credential::candidates::{Lines, blocks_of, short_numbers};
use crate::credential::constants;
use crate::credential::context::Context;
use crate::credential::forms::{MOST_DIGITS, Suffixes};
use crate::credential::lists::{Blocks, cases, look_alikes};
use crate::credential::offer::Offer;
use crate::credential::own::{Outcome, OwnWords, Scratch};
use crate::credential::plan::Purse;
use crate::credential::pool::{EMPTY, Form, NO_WORD, Pool};
use crate::credential::remainder::Tried;
use crate::kernel::paged::Paged;
use crate::model::evidence::{WordClass, WordClasses};
use rayon::prelude::*;

/// Accounts that one task looks at.
const TASK: usize = 256;
/// Secrets that are looked at together, and the answers then put away.
const PART: usize = 1 << 16;
/// Login forms that unsalted digests of a run may cost where no time was given, about half a second
/// of one core: with three digits on a hundred thousand accounts, with fewer digits on more.
const FORMS: usize = 1 << 29;
/// Stems of a usual account: its login in three cases, and its number.
const STEMS: usize = 4;
/// Stems of a usual name: two spellings of family and given name, alone and together, in two cases.
const NAME_STEMS: usize = 24;
/// People put a year or a number of one or two digits behind a name; three belong to logins.
const NAME_DIGITS: usize = 2;
/// Blocks that are handed out at a time, so that every thread has some.
const BLOCKS: usize = 32;
/// Digits that salted secrets are tried with before the operator's lists.
const FIRST_DIGITS: u32 = 4;
/// Endings that words of the operator's lists get: their lists are long.
const FEW: usize = 4;

/// The state of a search.
pub(super) struct Search<'a> {
    pub(super) pool: &'a mut Pool,
    pub(super) context: &'a Context<'a>,
    pub(super) purse: Purse,
    pub(super) tried: Tried,
    /// Words of the estate that were tried already, by entity; sorted.
    offered: Vec<(u16, u32)>,
}

impl<'a> Search<'a> {
    /// Prepares a search.
    pub(super) fn new(pool: &'a mut Pool, context: &'a Context<'a>) -> Self {
        let digits = if context.options.needed.login_digits { MOST_DIGITS } else { 0 };
        let tried = Tried::nothing(pool, digits);
        let purse = Purse::of(context.options, pool.targets.len());
        Self { pool, context, purse, tried, offered: Vec::new() }
    }

    /// Runs all stages that are needed.
    pub(super) fn run(mut self) -> Tried {
        let needed = self.context.options.needed;
        if needed.ours {
            let mut empty = WordBatch::default();
            empty.push(b"", b"");
            let all = Offer { limited: false, ..Offer::everywhere(&[WordClass::Empty]) };
            self.offer(&[empty], all);
        } else {
            self.tried.leave_words_of_all_classes();
        }
        if needed.defaults {
            constants::open(self.pool, &self.context.matched);
        }
        self.own_words();
        self.spread();
        if needed.names {
            self.facilities();
        }
        if needed.lists && needed.ours {
            self.our_lists();
        }
        if needed.digits {
            self.short_numbers();
        }
        self.spread();
        self.wordlists();
        if needed.digits {
            let six = Offer::everywhere(&[WordClass::Digits]);
            let rest = short_numbers(FIRST_DIGITS + 1..=6);
            rest.for_each(|block| self.offer_salted(&block, six));
        }
        // What was opened last is tried where it was not: on other salted secrets.
        self.spread();
        self.tried
    }

    fn own_words(&mut self) {
        if !self.context.options.needed.own_words() {
            return;
        }
        let (mut closed, twins) = self.closed_once();
        if self.groups_alone() {
            closed = self.shared_of(&closed);
        }
        let digits = self.affordable_digits(closed.len(), STEMS);
        self.tried.login_digits = digits;
        let own = OwnWords {
            digits,
            name_digits: self.affordable_digits(closed.len(), NAME_STEMS).min(NAME_DIGITS),
            pool: self.pool,
            context: self.context,
        };
        let outcomes: Vec<Vec<Outcome>> = closed
            .par_chunks(TASK)
            .map_init(Scratch::default, |scratch, part| {
                part.iter().filter_map(|&s| own.try_all(s, scratch)).collect()
            })
            .collect();
        for outcome in outcomes.into_iter().flatten() {
            self.tried.note_own(&outcome);
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

    /// True where words matter to groups alone, and can join nothing that equal digests do not: all
    /// secrets are digests of one algorithm. Then the word of a digest that one account holds is
    /// nobody's question.
    fn groups_alone(&self) -> bool {
        let options = self.context.options;
        let one = self.pool.families.len() == 1 && self.pool.targets.len() == 0;
        one && !options.needed.hits && options.key.is_none()
    }

    /// Those whose digest another account holds too.
    fn shared_of(&self, closed: &[u32]) -> Paged<u32> {
        let mut shared = Paged::new();
        for part in closed.chunks(PART) {
            let of_part = part.par_iter().copied().filter(|&secret| self.shared(secret));
            shared.extend_from_slice(&of_part.collect::<Vec<_>>());
        }
        shared
    }

    /// True where another account holds the same digest.
    fn shared(&self, secret: u32) -> bool {
        let subject = |secret: u32| self.pool.secrets[secret as usize].at.subject;
        match self.pool.secrets[secret as usize].form {
            Form::Digest(family, slot) => {
                let holders = self.pool.families[usize::from(family)].holders.get(slot);
                holders.iter().any(|&other| subject(other) != subject(secret))
            }
            _ => true,
        }
    }

    /// As many digits behind own words as [`FORMS`] affords on every secret.
    fn affordable_digits(&self, secrets: usize, stems: usize) -> usize {
        let suffixes: &Suffixes = &self.context.suffixes;
        let most = if self.context.options.needed.login_digits { MOST_DIGITS } else { 0 };
        let affords = |digits: &usize| {
            self.context.options.timed || secrets * stems * suffixes.count(*digits) <= FORMS
        };
        (0..=most).rev().find(affords).unwrap_or(0)
    }

    /// Closed secrets, and those that repeat one: an account's digest often stands in several
    /// exports, and its words need to be tried on it only once.
    fn closed_once(&self) -> (Paged<u32>, Vec<(u32, u32)>) {
        let (mut closed, mut twins, mut digests) = (Paged::new(), Vec::new(), Paged::new());
        for number in (0..self.pool.secrets.len() as u32).filter(|&s| self.pool.is_closed(s)) {
            let secret = &self.pool.secrets[number as usize];
            match secret.form {
                Form::Digest(family, slot) => {
                    digests.push((secret.at.subject, family, slot, number));
                }
                _ => closed.push(number),
            }
        }
        digests.par_sort_unstable();
        for same in digests.chunk_by(|a, b| (a.0, a.1, a.2) == (b.0, b.1, b.2)) {
            closed.push(same[0].3);
            twins.extend(same[1..].iter().map(|row| (row.3, same[0].3)));
        }
        closed.par_sort_unstable();
        (closed, twins)
    }

    /// Tries every word that is known of an entity, and was not yet tried, on the rest of it:
    /// what exports hold in the open, and what was found.
    fn spread(&mut self) {
        let needed = self.context.options.needed;
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
        let classes = WordClasses::of(&[WordClass::Estate]);
        for part in known.chunk_by(|a, b| a.0 == b.0) {
            let words = part.iter().map(|&(_, word)| self.pool.words.get(word));
            let blocks = blocks_of(words);
            self.offer(&blocks, Offer { scope: Some(part[0].0), classes, limited: false });
        }
        self.offered.extend(known);
        self.offered.sort_unstable();
    }

    /// Names of each site with years, numbers and marks, tried inside its entity.
    fn facilities(&mut self) {
        let context = self.context;
        let classes = [WordClass::List, WordClass::Person, WordClass::Root];
        for (words, &scope) in context.facility.iter().zip(&context.scopes) {
            let offer = Offer { scope: Some(scope), ..Offer::everywhere(&classes) };
            let years = context.suffixes.short().iter();
            let all: Vec<&str> = words.iter().map(String::as_str).collect();
            self.mutated(&all, years.chain(&context.endings), offer);
        }
    }

    fn our_lists(&mut self) {
        let context = self.context;
        let lists = &context.options.rules.words.lists;
        let ours = lists.iter().flat_map(|list| &list.words).map(String::as_str);
        let defaults = context.matched.all();
        self.mutated(
            &ours.clone().chain(defaults).collect::<Vec<_>>(),
            [].iter(),
            Offer::everywhere(&[WordClass::List]),
        );
        if context.options.needed.roots {
            let all: Vec<&str> = ours.collect();
            self.mutated(&all, context.endings.iter(), Offer::everywhere(&[WordClass::Root]));
        }
    }

    /// Words in all cases: bare, with look-alike letters, and with endings, the likely ones first.
    fn mutated<'w>(
        &mut self,
        words: &[&str],
        endings: impl Iterator<Item = &'w String>,
        offer: Offer,
    ) {
        let mut blocks = Blocks::new(BLOCKS, |blocks| self.offer(blocks, offer));
        for word in words {
            cases(word.as_bytes(), |word| blocks.push(word, b""));
        }
        let mut any = false;
        for ending in endings {
            any = true;
            for word in words {
                cases(word.as_bytes(), |word| blocks.push(word, ending.as_bytes()));
            }
        }
        for word in words.iter().filter(|_| any) {
            look_alikes(word.as_bytes(), |word| {
                blocks.push(word, b"");
                blocks.push(word, b"1");
                blocks.push(word, b"!");
            });
        }
        blocks.finish();
    }

    fn short_numbers(&mut self) {
        let offer = Offer::everywhere(&[WordClass::Digits]);
        for block in short_numbers(1..=6) {
            self.offer_unsalted(&[block], offer);
        }
        short_numbers(1..=FIRST_DIGITS).for_each(|block| self.offer_salted(&block, offer));
    }

    /// The operator's lists as they are, then with the likeliest endings and the mask, and in other
    /// cases.
    fn wordlists(&mut self) {
        let context = self.context;
        let few = context.endings[..FEW].iter().map(|ending| ending.clone().into_bytes());
        let endings: Vec<_> = few.chain(context.options.mask.endings().iter().cloned()).collect();
        let exact = Offer::everywhere(&[WordClass::List]);
        let likely = Offer::everywhere(&[WordClass::Root]);
        for list in &context.options.wordlists {
            let mut lines = Lines::of(list);
            while let Some(blocks) = lines.next_blocks() {
                self.offer(&blocks, exact);
                if !context.options.needed.roots {
                    continue;
                }
                self.with_endings(&blocks, &endings, likely);
                let shapes: Vec<_> = blocks.par_iter().map(other_cases).collect();
                self.offer(&shapes, likely);
            }
        }
    }
}

/// The words of a block in the cases that they are not written in.
fn other_cases(words: &WordBatch) -> WordBatch {
    let mut others = WordBatch::default();
    for word in words.iter() {
        cases(word, |shape| {
            if shape != word {
                others.push(shape, b"");
            }
        });
    }
    others
}
