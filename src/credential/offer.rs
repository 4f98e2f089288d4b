//! Words that are tried on everything inside the border of a legal entity.

use crate::credential::batch::{Digests, WordBatch};
use crate::credential::lists::Blocks;
use crate::credential::pool::Form;
use crate::credential::scheme::{self, Body};
use crate::credential::search::Search;
use crate::model::evidence::{WordClass, WordClasses};
use rayon::prelude::*;
use zeroize::Zeroizing;

/// Words that are offered, and to whom.
#[derive(Clone, Copy)]
pub(super) struct Offer {
    /// The legal entity whose words they are; words of our own lists go everywhere.
    pub(super) scope: Option<u16>,
    pub(super) classes: WordClasses,
    /// True for words that may cost a fixed amount of work and no more.
    pub(super) limited: bool,
}

impl Offer {
    pub(super) fn everywhere(classes: &[WordClass]) -> Self {
        Self { scope: None, classes: WordClasses::of(classes), limited: true }
    }

    pub(super) fn lets(self, scope: u16) -> bool {
        self.scope.is_none_or(|own| own == scope)
    }
}

impl Search<'_> {
    /// Tries words with every ending on everything inside the border.
    pub(super) fn with_endings(&mut self, stems: &[WordBatch], endings: &[Vec<u8>], offer: Offer) {
        let words = stems.iter().map(WordBatch::len).sum::<usize>() * endings.len();
        self.tried.digest_of = self.tried.digest_of.saturating_add(words as u32);
        if self.context.options.watch.over() {
            self.tried.digest_missed.join(offer.classes);
        } else {
            self.digests_with_endings(stems, endings, offer);
            self.tried.digest = self.tried.digest.saturating_add(words as u32);
        }
        if self.pool.targets.len() > 0 {
            let mut made = Blocks::new(1, |blocks| self.offer_salted(&blocks[0], offer));
            for stem in stems.iter().flat_map(WordBatch::iter) {
                for ending in endings {
                    made.push(stem, ending);
                }
            }
            made.finish();
        }
    }

    fn digests_with_endings(&mut self, stems: &[WordBatch], endings: &[Vec<u8>], offer: Offer) {
        let mut found = Vec::new();
        for (index, family) in self.pool.families.iter().enumerate() {
            for &scheme in &family.schemes {
                let Body::Unsalted(body) = scheme::at(scheme).body() else { continue };
                let probe = |block: &WordBatch| {
                    let mut hits = Vec::new();
                    body.digests_with_endings(block, endings, &mut |stems, ending, rows| {
                        let found = family.digests.find_rows(rows);
                        hits.extend(found.map(|(row, slot)| (stems[row] as usize, ending, slot)));
                    });
                    hits
                };
                let hits: Vec<_> = stems.par_iter().map(probe).collect();
                found
                    .extend(hits.into_iter().enumerate().map(|(block, hits)| (index, block, hits)));
            }
        }
        for (family, block, hits) in found {
            for (stem, ending, slot) in hits {
                let word = Zeroizing::new([stems[block].get(stem), &endings[ending]].concat());
                let (form, word) =
                    (Form::Digest(family as u8, slot), self.pool.words.intern(&word));
                self.pool.open_all(form, word, |scope| offer.lets(scope));
            }
        }
    }

    /// Tries words on everything inside the border.
    pub(super) fn offer(&mut self, blocks: &[WordBatch], offer: Offer) {
        self.offer_unsalted(blocks, offer);
        for block in blocks {
            self.offer_salted(block, offer);
        }
    }

    pub(super) fn offer_unsalted(&mut self, blocks: &[WordBatch], offer: Offer) {
        let words: usize = blocks.iter().map(WordBatch::len).sum();
        self.tried.digest_of = self.tried.digest_of.saturating_add(words as u32);
        if self.context.options.watch.over() {
            self.tried.digest_missed.join(offer.classes);
            return;
        }
        let mut found = Vec::new();
        for (index, family) in self.pool.families.iter().enumerate() {
            for &scheme in &family.schemes {
                let Body::Unsalted(body) = scheme::at(scheme).body() else { continue };
                let probe = |digests: &mut Digests, (number, block): (usize, &WordBatch)| {
                    body.digests(block, digests);
                    let found = family.digests.find_rows(digests.rows());
                    let present = found.filter(|&(word, _)| digests.get(word).is_some());
                    present.map(|(word, slot)| (number, word, slot)).collect::<Vec<_>>()
                };
                let hits: Vec<_> = blocks
                    .par_iter()
                    .enumerate()
                    .map_init(Digests::default, |digests, block| probe(digests, block))
                    .collect();
                found.extend(hits.into_iter().flatten().map(|hit| (index, hit)));
            }
        }
        for (family, (block, word, slot)) in found {
            let word = self.pool.words.intern(blocks[block].get(word));
            self.pool.open_all(Form::Digest(family as u8, slot), word, |scope| offer.lets(scope));
        }
        self.tried.digest = self.tried.digest.saturating_add(words as u32);
    }
}
