//! QUAL-03: a password that stands in a list of breached passwords.

use crate::audit::check::hit::{concerns, discriminator, of_site};
use crate::audit::check::{Asking, Check};
use crate::audit::held::{Enough, count};
use crate::audit::missing::{Lack, Missing};
use crate::audit::sink::{Found, Sink};
use crate::audit::site::{Class, Secrets};
use crate::model::account::Flag;
use crate::model::credential::State;
use crate::model::finding::Unit;
use std::collections::BTreeSet;

/// The check. Without a list nothing is judged; of a salted secret no list can tell.
pub(crate) struct Breached;

impl Check for Breached {
    fn thresholds(&self) -> Vec<&'static str> {
        vec!["common"]
    }

    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        count(ask, Enough::Triable, out);
        unlisted(ask, out);
        tell(ask, out);
    }
}

/// Takes back what counts as judged although no list could be asked about it.
fn unlisted(ask: &Asking<'_>, out: &mut Sink) {
    let inventory = ask.site.inventory;
    let mut asked = vec![false; inventory.accounts.len() as usize];
    for row in of_site(ask, &ask.run.evidence.looked_up, |row| row.credential.subject) {
        let credential = &inventory.credentials[row.credential.index as usize];
        asked[credential.account as usize] |= concerns(ask, credential);
    }
    for (index, credential) in inventory.credentials.iter().enumerate() {
        let state = ask.run.recognised(ask.site, index).state;
        asked[credential.account as usize] |=
            matches!(state, State::NoPassword | State::Locked) && concerns(ask, credential);
    }
    let lack = if ask.run.evidence.corpora.is_empty() { Lack::Corpus } else { Lack::ListedForm };
    for row in (0..).zip(asked).filter(|row| !row.1).map(|row| row.0) {
        let system = inventory.accounts.system.get(row);
        let random = inventory.accounts.flag(row, Flag::SmartcardRequired).is_yes();
        let counted = ask.scope[system as usize] && ask.site.class(row).is(Class::ACCOUNT);
        if counted && !random && ask.site.secrets(row).any(Secrets::TRIABLE) {
            out.take_back(ask, system, Missing::lack(lack));
        }
    }
}

fn tell(ask: &Asking<'_>, out: &mut Sink) {
    let inventory = ask.site.inventory;
    let common = ask.policy.threshold(ask.rule, "common");
    let mut seen = BTreeSet::new();
    for row in of_site(ask, &ask.run.evidence.looked_up, |row| row.credential.subject) {
        let credential = &inventory.credentials[row.credential.index as usize];
        if row.count == 0 || !concerns(ask, credential) {
            continue;
        }
        let discriminator = discriminator(inventory, credential);
        if seen.insert((credential.account, discriminator.clone())) {
            let list = ask.run.evidence.corpora[usize::from(row.corpus)].name.clone();
            let found = Found::count("breached", band(row.count), Unit::Times).detail(list);
            let grave = i64::from(row.count) >= common;
            let origin = Some(credential.origin);
            out.finding(ask, credential.account, Found { grave, discriminator, origin, ..found });
        }
    }
}

/// The power of ten below a count: the exact one would tell which password it is.
fn band(count: u32) -> i64 {
    10_i64.pow(count.max(1).ilog10())
}

#[cfg(test)]
mod tests {
    use super::band;

    #[test]
    fn counts_are_told_by_their_power_of_ten() {
        let bands = [1, 9, 10, 99, 9_999, 10_000, 123_456, u32::MAX].map(band);
        assert_eq!(bands, [1, 1, 10, 10, 1_000, 10_000, 100_000, 1_000_000_000]);
    }
}
