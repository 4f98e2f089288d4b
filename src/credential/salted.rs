//! Shared words on salted secrets: cheap ones first, pairs of any accounts in one batch.

use crate::credential::batch::{Hits, Pair, WordBatch};
use crate::credential::offer::Offer;
use crate::credential::pool::Form;
use crate::credential::scheme::{self, Body};
use crate::credential::search::Search;
use rayon::prelude::*;
use std::ops::Range;

/// Pairs that one task evaluates at most.
const TASK: usize = 256;
/// Fewest pairs of a task: as many as lanes of a usual kernel.
const LANES: usize = 16;
/// Work of one task, about 50 ms, so that a stop is seen soon.
const TASK_WORK: u64 = 1 << 19;
/// Pairs that are evaluated before targets that were opened drop out.
const CHUNK: usize = 1 << 16;
/// Work between two looks at the time, over all threads.
const CHUNK_WORK: u64 = 1 << 24;

impl Search<'_> {
    /// Tries words on every salted secret that is still closed.
    pub(super) fn offer_salted(&mut self, words: &WordBatch, offer: Offer) {
        let active = self.active_targets(offer);
        for class in active.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let slots: Vec<u32> = class.iter().map(|row| row.2).collect();
            for &slot in &slots {
                self.tried.target_of[slot as usize] += words.len() as u32;
            }
            self.sweep(class[0].0.max(1), slots, words, offer);
        }
    }

    /// Cost, scheme and number; cheap ones first, so that a budget that does not suffice covers as
    /// many as it can.
    fn active_targets(&self, offer: Offer) -> Vec<(u64, u8, u32)> {
        let all = 0..self.pool.targets.len() as u32;
        let mut active: Vec<_> = all
            .filter(|&slot| self.is_active(slot, offer))
            .filter_map(|slot| {
                let (scheme, target) = self.pool.targets.get(slot);
                let Body::Salted(body) = scheme::at(scheme).body() else { return None };
                Some((body.cost(target), scheme, slot))
            })
            .collect();
        active.sort_unstable();
        active
    }

    fn is_active(&self, slot: u32, offer: Offer) -> bool {
        let holders = self.pool.target_holders.get(slot).iter();
        let mut closed = holders.filter(|&&secret| self.pool.is_closed(secret));
        closed.any(|&secret| offer.lets(self.pool.secrets[secret as usize].scope))
    }

    /// Word after word over targets of one scheme and cost, until the work is used up.
    fn sweep(&mut self, cost: u64, mut open: Vec<u32>, words: &WordBatch, offer: Offer) {
        let at_once = (CHUNK_WORK / cost).clamp(LANES as u64, CHUNK as u64) as usize;
        let mut from = 0;
        while from < words.len() && !open.is_empty() {
            if offer.limited {
                let (purse, tried) = (&self.purse, &mut self.tried);
                open.retain(|&slot| {
                    let lasts = purse.lasts(slot, cost);
                    if !lasts {
                        tried.target_missed[slot as usize].join(offer.classes);
                    }
                    lasts
                });
            }
            if open.is_empty() {
                return;
            }
            let to = words.len().min(from + (at_once / open.len()).max(1));
            for part in open.chunks(at_once) {
                let work = cost.saturating_mul(part.len() as u64 * (to - from) as u64);
                if self.context.options.watch.over() || !self.purse.pay(work, offer.limited) {
                    for &slot in &open {
                        self.tried.target_missed[slot as usize].join(offer.classes);
                    }
                    return;
                }
                self.step(cost, part, words, from..to, offer);
                self.context.options.watch.done(work);
            }
            open.retain(|&slot| self.is_active(slot, offer));
            from = to;
        }
    }

    fn step(
        &mut self,
        cost: u64,
        part: &[u32],
        words: &WordBatch,
        range: Range<usize>,
        offer: Offer,
    ) {
        for (slot, word) in self.evaluate(cost, part, words, range.clone()) {
            let word = self.pool.words.intern(words.get(word));
            self.pool.open_all(Form::Target(slot), word, |scope| offer.lets(scope));
        }
        for &slot in part {
            self.tried.target[slot as usize] += range.len() as u32;
            if offer.limited {
                self.purse.spend(slot, cost.saturating_mul(range.len() as u64));
            }
        }
    }

    fn evaluate(
        &self,
        cost: u64,
        part: &[u32],
        words: &WordBatch,
        range: Range<usize>,
    ) -> Vec<(u32, usize)> {
        let (width, total) = (range.len(), part.len() * range.len());
        let size = (TASK_WORK / cost).clamp(LANES as u64, TASK as u64) as usize;
        let place = |pair: usize| (part[pair / width], range.start + pair % width);
        let task = |number: usize| {
            let mut hits = Hits::default();
            let pairs: Vec<_> = (number * size..total.min((number + 1) * size))
                .map(|pair| {
                    let (slot, word) = place(pair);
                    let target = self.pool.targets.get(slot).1;
                    Pair { target, word: words.get(word), id: pair as u32 }
                })
                .collect();
            let scheme = self.pool.targets.get(part[0]).0;
            if let Body::Salted(body) = scheme::at(scheme).body() {
                body.run(&pairs, &mut hits);
            }
            hits.take()
        };
        let tasks: Vec<_> = (0..total.div_ceil(size)).into_par_iter().map(task).collect();
        let mut ids: Vec<u32> = tasks.into_iter().flatten().collect();
        ids.sort_unstable();
        ids.into_iter().map(|id| place(id as usize)).collect()
    }
}
