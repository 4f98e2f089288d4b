//! What could not be compared, and what was not tried: said, never taken for "no reuse".

use crate::credential::own::Outcome;
use crate::credential::pool::{Form, Pool};
use crate::kernel::paged::Paged;
use crate::model::evidence::{Incomparable, Untried, WordClass, WordClasses};
use std::collections::BTreeMap;

/// Numbers of candidates that a search tried, of those that there were, and classes of words that
/// were left.
pub(super) struct Tried {
    own: Paged<u32>,
    own_of: Paged<u32>,
    own_missed: Paged<WordClasses>,
    /// Shared words, by target.
    pub(super) target: Vec<u32>,
    pub(super) target_of: Vec<u32>,
    pub(super) target_missed: Vec<WordClasses>,
    /// Shared words on digests.
    pub(super) digest: u32,
    pub(super) digest_of: u32,
    pub(super) digest_missed: WordClasses,
    /// Digits behind login forms on unsalted digests.
    pub(super) login_digits: usize,
}

impl Tried {
    /// Nothing was tried yet.
    pub(super) fn nothing(pool: &Pool, login_digits: usize) -> Self {
        let (secrets, targets) = (pool.secrets.len(), pool.targets.len());
        Self {
            own: (0..secrets).map(|_| 0).collect(),
            own_of: (0..secrets).map(|_| 0).collect(),
            own_missed: (0..secrets).map(|_| WordClasses::NONE).collect(),
            target: vec![0; targets],
            target_of: vec![0; targets],
            target_missed: vec![WordClasses::NONE; targets],
            digest: 0,
            digest_of: 0,
            digest_missed: WordClasses::NONE,
            login_digits,
        }
    }

    /// Notes that words of every class are left, whatever is tried.
    pub(super) fn leave_words_of_all_classes(&mut self) {
        self.digest_missed = WordClasses::of(WordClass::ALL);
        self.target_missed.fill(self.digest_missed);
    }

    /// Notes what became of an account's own words.
    pub(super) fn note_own(&mut self, outcome: &Outcome) {
        let secret = outcome.secret as usize;
        (self.own[secret], self.own_of[secret]) = (outcome.tried, outcome.of);
        self.own_missed[secret] = outcome.missed;
    }

    /// Words that were tried on a secret, and words that there were for it.
    fn on(&self, pool: &Pool, secret: usize) -> (u32, u32) {
        match pool.secrets[secret].form {
            Form::Digest(..) => (self.digest, self.digest_of),
            Form::Target(slot) => {
                let slot = slot as usize;
                let tried = self.own[secret].saturating_add(self.target[slot]);
                (tried, self.own_of[secret].saturating_add(self.target_of[slot]))
            }
            Form::Text(_) | Form::Readable => (0, 0),
        }
    }

    fn missed(&self, pool: &Pool, secret: usize) -> WordClasses {
        let mut missed = self.own_missed[secret];
        match pool.secrets[secret].form {
            Form::Digest(..) => missed.join(self.digest_missed),
            Form::Target(slot) => missed.join(self.target_missed[slot as usize]),
            Form::Text(_) => missed = WordClasses::of(WordClass::ALL),
            Form::Readable => {}
        }
        missed
    }

    /// Closed secrets on which words are left, sorted by credential.
    pub(super) fn untried(&self, pool: &Pool) -> Paged<Untried> {
        let closed = (0..pool.secrets.len()).filter(|&secret| pool.is_closed(secret as u32));
        let mut untried: Paged<_> = closed
            .map(|secret| Untried {
                credential: pool.secrets[secret].at,
                classes: self.missed(pool, secret),
            })
            .filter(|row| !row.classes.is_empty())
            .collect();
        untried.sort_unstable_by_key(|row| row.credential);
        untried
    }
}

/// Counts secrets that no candidate opened, by site, system and scheme, with the number of
/// candidates that were tried on each at least:
/// - salted ones, and texts of schemes that nobody can evaluate;
/// - unsalted ones where the run holds another unsalted algorithm, with which they share no form;
/// - secrets of which nobody knows what they are, or whose cost is absurd.
pub(super) fn count(pool: &Pool, tried: &Tried) -> Vec<Incomparable> {
    let mut counts: BTreeMap<_, (u32, u32, u32)> = BTreeMap::new();
    let mut add = |site, system, scheme, (tried, of): (u32, u32)| {
        let (secrets, least, most) =
            counts.entry((site, system, scheme)).or_insert((0, u32::MAX, 0));
        *secrets += 1;
        *least = tried.min(*least);
        *most = of.max(*most);
    };
    for (number, secret) in pool.secrets.iter().enumerate() {
        let open = !pool.is_closed(number as u32);
        let alone = matches!(secret.form, Form::Digest(..)) && pool.families.len() < 2;
        if open || alone {
            continue;
        }
        let seen = pool.recognised[usize::from(secret.site)][secret.at.index as usize];
        add(secret.site, secret.system, seen.scheme, tried.on(pool, number));
    }
    for &(site, system, scheme) in &pool.unread {
        add(site, system, scheme, (0, 0));
    }
    let row = |((site, system, scheme), (secrets, tried, of))| Incomparable {
        site,
        system,
        scheme,
        secrets,
        tried,
        of,
    };
    counts.into_iter().map(row).collect()
}
