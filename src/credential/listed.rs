//! Which known words stand in a list, as they are or by their root. Lists are read once, line by
//! line; nothing is hashed with a password scheme.

use crate::credential::candidates::Lines;
use crate::credential::context::Context;
use crate::credential::lists::roots;
use crate::credential::pool::Pool;
use crate::credential::table::Words;
use crate::model::evidence::NO_LIST;
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
    /// By word: its roots, or 0.
    roots: Vec<[u32; 2]>,
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
            all.roots.push(root.unwrap_or_default());
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
            list.words.iter().for_each(|word| self.note(forms, &lower(word.as_bytes()), number));
        }
        for word in context.matched.all() {
            self.note(forms, &lower(word.as_bytes()), lists.len());
        }
        for line in context.options.wordlists.iter().flat_map(|list| Lines::of(list)) {
            self.note(forms, &lower(line), lists.len() + 2);
        }
    }

    fn note(&mut self, forms: &Words, word: &[u8], list: usize) {
        if let Some(form) = forms.find(word).filter(|&form| form > 0) {
            let known = &mut self.list[form as usize];
            *known = (*known).min(list as u8);
        }
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

fn lower(word: &[u8]) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(word.to_ascii_lowercase())
}
