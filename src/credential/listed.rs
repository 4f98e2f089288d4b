//! Which known words stand in a list, as they are or by their root. Lists are read once, line by
//! line; nothing is hashed with a password scheme.

use crate::credential::candidates::Lines;
use crate::credential::context::Context;
use crate::credential::lists::roots;
use crate::credential::pool::Pool;
use crate::credential::table::Words;
use crate::model::evidence::NO_LIST;
use rayon::prelude::*;
use std::collections::HashSet;
use zeroize::Zeroizing;

/// Names of lists that are no file of ours.
const DEFAULTS: &str = "factory-defaults";
const FACILITY: &str = "facility";
const WORDLIST: &str = "wordlist";

/// Lower-case forms and roots of all known words, and the first list that each stands in.
pub(super) struct Listed {
    /// Names of the lists.
    pub(super) names: Vec<String>,
    /// By word: its lower-case form.
    lower: Vec<u32>,
    /// By word: its two roots and what stands before the mask, or 0.
    roots: Vec<[u32; 3]>,
    /// By form: a list that holds it.
    list: Vec<u8>,
    /// Forms that are a name of a site, by legal entity.
    facility: HashSet<(u16, u32)>,
}

impl Listed {
    /// Looks all known words up.
    pub(super) fn of(pool: &Pool, context: &Context<'_>) -> Self {
        let (mut forms, mut all) = (Words::default(), Self::named(context));
        for word in 0..pool.words.len() as u32 {
            let word = pool.words.get(word);
            all.lower.push(forms.intern(&lower(word)));
            let root = roots(word).map(|roots| roots.map(|root| forms.intern(&root)));
            let [plain, other] = root.unwrap_or_default();
            let stem = context.options.mask.stem(word).map(|stem| forms.intern(&lower(stem)));
            all.roots.push([plain, other, stem.unwrap_or_default()]);
        }
        all.list = vec![NO_LIST; forms.len()];
        if context.options.needed.lists {
            all.read(&forms, context);
        }
        if context.options.needed.names {
            for (words, &scope) in context.facility.iter().zip(&context.scopes) {
                let known = words.iter().filter_map(|word| forms.find(&lower(word.as_bytes())));
                all.facility.extend(known.map(|form| (scope, form)));
            }
        }
        all
    }

    fn named(context: &Context<'_>) -> Self {
        let ours = context.options.rules.words.lists.iter().map(|list| list.name.clone());
        let others = [DEFAULTS, FACILITY, WORDLIST].map(str::to_owned);
        Self {
            names: ours.chain(others).collect(),
            lower: Vec::new(),
            roots: Vec::new(),
            list: Vec::new(),
            facility: HashSet::new(),
        }
    }

    fn read(&mut self, forms: &Words, context: &Context<'_>) {
        let lists = &context.options.rules.words.lists;
        for (number, list) in lists.iter().enumerate() {
            let forms = list.words.iter().filter_map(|word| form_of(forms, word.as_bytes()));
            forms.for_each(|form| self.note(form, number));
        }
        let defaults = context.matched.all().filter_map(|word| form_of(forms, word.as_bytes()));
        defaults.for_each(|form| self.note(form, lists.len()));
        let sieve = Sieve::of(forms);
        for list in &context.options.wordlists {
            let known = |lines: Lines<'_>| -> Vec<u32> {
                let sifted = lines.filter(|line| sieve.lets(line));
                sifted.filter_map(|line| form_of(forms, line)).collect()
            };
            let found: Vec<_> = Lines::of(list).parts().into_par_iter().map(known).collect();
            found.into_iter().flatten().for_each(|form| self.note(form, lists.len() + 2));
        }
    }

    fn note(&mut self, form: u32, list: usize) {
        let known = &mut self.list[form as usize];
        *known = (*known).min(list as u8);
    }

    /// The list that a word of an entity stands in as it is, but for its case.
    pub(super) fn exact(&self, scope: u16, word: u32) -> Option<u8> {
        self.form(scope, self.lower[word as usize])
    }

    /// The list that its root stands in.
    pub(super) fn root(&self, scope: u16, word: u32) -> Option<u8> {
        self.roots[word as usize].iter().find_map(|&root| self.form(scope, root))
    }

    fn form(&self, scope: u16, form: u32) -> Option<u8> {
        let list = self.list[form as usize];
        let facility = (self.names.len() - 2) as u8;
        match list {
            _ if form == 0 => None,
            NO_LIST => self.facility.contains(&(scope, form)).then_some(facility),
            list => Some(list),
        }
    }
}

/// Tells of most words that no form equals them, without making their lower-case form: the lists of
/// operators have millions of lines, and few of them opened something.
struct Sieve(Vec<bool>);

impl Sieve {
    const PLACES: usize = 1 << 18;

    fn of(forms: &Words) -> Self {
        let mut places = vec![false; Self::PLACES];
        for form in 0..forms.len() as u32 {
            places[Self::place(forms.get(form))] = true;
        }
        Self(places)
    }

    fn lets(&self, word: &[u8]) -> bool {
        self.0[Self::place(word)]
    }

    /// The same for a word in both cases: the bit that tells them apart is set everywhere.
    fn place(word: &[u8]) -> usize {
        let mut ends = [0; 16];
        match (word.first_chunk::<8>(), word.last_chunk::<8>()) {
            (Some(first), Some(last)) => {
                ends[..8].copy_from_slice(first);
                ends[8..].copy_from_slice(last);
            }
            _ => ends[..word.len()].copy_from_slice(word),
        }
        let (eights, _) = ends.as_chunks::<8>();
        let mixed = eights.iter().fold(word.len() as u64, |mixed, &eight| {
            let cased = u64::from_le_bytes(eight) | 0x2020_2020_2020_2020;
            (mixed ^ cased).wrapping_mul(0x9e37_79b9_7f4a_7c15)
        });
        (mixed >> 46) as usize
    }
}

/// The form that a word has, where a known word has it too.
fn form_of(forms: &Words, word: &[u8]) -> Option<u32> {
    forms.find(&lower(word)).filter(|&form| form > 0)
}

fn lower(word: &[u8]) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(word.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sieve_lets_every_form_through_in_every_case() {
        let mut forms = Words::default();
        let words = ["a", "byouin", "Password1", "ｱｲｳ", "@[{", "a-very-long-word-of-2026!"];
        for word in words {
            forms.intern(&lower(word.as_bytes()));
        }
        let sieve = Sieve::of(&forms);
        for word in words {
            assert!(
                sieve.lets(word.as_bytes()) && sieve.lets(word.to_ascii_uppercase().as_bytes())
            );
        }
        let others = (0..1_000).filter(|n| sieve.lets(format!("word{n}").as_bytes())).count();
        assert!(others < 20, "{others} of 1000 other words pass");
    }
}
