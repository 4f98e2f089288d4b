//! What could not be compared: said, never taken for "no reuse".

use crate::credential::pool::{Form, Pool};
use crate::model::evidence::Incomparable;
use std::collections::BTreeMap;

/// Numbers of candidates that a search tried.
pub(super) struct Tried {
    /// The account's own words, by secret.
    pub(super) own: Vec<u32>,
    /// Shared words, by target.
    pub(super) target: Vec<u32>,
    /// Shared words on digests.
    pub(super) digest: u32,
    /// Digits behind login forms on unsalted digests.
    pub(super) login_digits: u8,
}

impl Tried {
    fn on(&self, pool: &Pool, secret: usize) -> u32 {
        match pool.secrets[secret].form {
            Form::Digest(..) => self.digest,
            Form::Target(slot) => self.own[secret].saturating_add(self.target[slot as usize]),
            Form::Text(_) | Form::Readable => 0,
        }
    }
}

/// Counts secrets that no candidate opened, by site, system and scheme, with the number of
/// candidates that were tried on each at least:
/// - salted ones, and texts of schemes that nobody can evaluate;
/// - unsalted ones where the run holds another unsalted algorithm, with which they share no form;
/// - secrets of which nobody knows what they are, or whose cost is absurd.
pub(super) fn count(pool: &Pool, tried: &Tried) -> Vec<Incomparable> {
    let mut counts: BTreeMap<_, (u32, u32)> = BTreeMap::new();
    let mut add = |site, system, scheme, tried: u32| {
        let (secrets, least) = counts.entry((site, system, scheme)).or_insert((0, u32::MAX));
        *secrets += 1;
        *least = tried.min(*least);
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
        add(site, system, scheme, 0);
    }
    let row = |((site, system, scheme), (secrets, tried))| Incomparable {
        site,
        system,
        scheme,
        secrets,
        tried,
    };
    counts.into_iter().map(row).collect()
}
