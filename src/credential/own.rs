//! An account's own words against its own secret: login forms and factory defaults.

use crate::credential::Needed;
use crate::credential::batch::{Digests, Hits, Pair, WordBatch};
use crate::credential::defaults::Matched;
use crate::credential::forms::{Bases, Forms, MOST_DIGITS, Suffixes};
use crate::credential::pool::{Form, Pool, Secret};
use crate::credential::scheme::{self, Body, Salted, Unsalted};
use crate::model::inventory::Inventory;
use zeroize::Zeroizing;

/// What one account's own words may cost on one salted secret: all forms of cheap schemes, the
/// likely ones of dear ones. In compressions of MD5, about 80 ms.
const WORK: u64 = 600_000;

/// What is the same for every account.
pub(super) struct OwnWords<'a> {
    pub(super) pool: &'a Pool,
    pub(super) sites: &'a [Inventory],
    pub(super) matched: &'a Matched<'a>,
    pub(super) suffixes: &'a Suffixes,
    pub(super) needed: Needed,
    /// Digits behind login forms on unsalted digests.
    pub(super) digits: usize,
}

/// Buffers that one thread uses for one account after another.
#[derive(Default)]
pub(super) struct Scratch {
    forms: Forms,
    defaults: WordBatch,
    digests: Digests,
}

/// What became of one secret.
pub(super) struct Outcome {
    pub(super) secret: u32,
    pub(super) tried: u32,
    pub(super) word: Option<Zeroizing<Vec<u8>>>,
}

impl OwnWords<'_> {
    /// Tries all words of the account; `None` where there is nothing to note.
    pub(super) fn try_all(&self, number: u32, scratch: &mut Scratch) -> Option<Outcome> {
        let secret = &self.pool.secrets[number as usize];
        let site = &self.sites[usize::from(secret.site)];
        let credential = &site.credentials[secret.at.index as usize];
        scratch.defaults.clear();
        if self.needed.defaults {
            let login = site.text.get(site.accounts.login.get(credential.account));
            let words = self.matched.words(secret.site, secret.system, credential.kind, login);
            words.for_each(|word| scratch.defaults.push(word.as_bytes(), b""));
        }
        let bases = if self.needed.login_forms {
            Bases::of(site, credential.account)
        } else {
            Bases::default()
        };
        let (tried, word) = match (secret.form, scheme::at(secret.scheme).body()) {
            (Form::Digest(..), Body::Unsalted(body)) => {
                (0, self.unsalted(secret, body, &bases, scratch))
            }
            (Form::Target(slot), Body::Salted(body)) => self.salted(slot, body, &bases, scratch),
            _ => return None,
        };
        (tried > 0 || word.is_some()).then_some(Outcome { secret: number, tried, word })
    }

    fn unsalted(
        &self,
        secret: &Secret,
        body: &dyn Unsalted,
        bases: &Bases<'_>,
        scratch: &mut Scratch,
    ) -> Option<Zeroizing<Vec<u8>>> {
        let Form::Digest(family, slot) = secret.form else { return None };
        let own = self.pool.families[usize::from(family)].digests.get(slot);
        let Scratch { forms, defaults, digests } = scratch;
        let mut look = |words: &WordBatch| {
            body.digests(words, digests);
            digests.position(own).map(|word| Zeroizing::new(words.get(word).to_vec()))
        };
        let own_nt: Option<&[u8; 16]> =
            if body.family() == "nt" { own.try_into().ok() } else { None };
        if let Some((own, true)) = own_nt.map(|own| (own, forms.suited(bases).is_some())) {
            forms.reversed(bases);
            if let Some(word) = look(&forms.words).or_else(|| look(defaults)) {
                return Some(word);
            }
            return self.suffixes.nt_word(forms.suited(bases)?, own, self.digits);
        }
        forms.short(bases, self.suffixes);
        if let Some(word) = look(&forms.words).or_else(|| look(defaults)) {
            return Some(word);
        }
        forms.digits(bases, self.suffixes, self.digits);
        look(&forms.words)
    }

    fn salted(
        &self,
        slot: u32,
        body: &dyn Salted,
        bases: &Bases<'_>,
        scratch: &mut Scratch,
    ) -> (u32, Option<Zeroizing<Vec<u8>>>) {
        let target = self.pool.targets.get(slot).1;
        let most = (WORK / body.cost(target).max(1)) as usize;
        let look = |words: &WordBatch| {
            let pairs: Vec<_> = words
                .iter()
                .enumerate()
                .map(|(index, word)| Pair { target, word, id: index as u32 })
                .collect();
            let mut hits = Hits::default();
            body.run(&pairs, &mut hits);
            let first = hits.ids().iter().min().map(|&id| words.get(id as usize).to_vec());
            first.map(Zeroizing::new)
        };
        let Scratch { forms, defaults, .. } = scratch;
        forms.short(bases, self.suffixes);
        forms.words.truncate(most);
        let tried = (forms.words.len() + defaults.len()) as u32;
        if let Some(word) = look(&forms.words).or_else(|| look(defaults)) {
            return (tried, Some(word));
        }
        forms.digits(bases, self.suffixes, MOST_DIGITS);
        if !self.needed.login_digits || forms.words.len() + tried as usize > most {
            return (tried, None);
        }
        (tried + forms.words.len() as u32, look(&forms.words))
    }
}
