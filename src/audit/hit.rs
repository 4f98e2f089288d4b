//! Secrets that a candidate word opened: QUAL-01 (empty), QUAL-05 (login), DEF-01 (factory).

use crate::audit::held::{Enough, count};
use crate::audit::missing::{Lack, Missing};
use crate::audit::sink::{Found, Sink};
use crate::audit::{Asking, Check};
use crate::model::account::Flag;
use crate::model::credential::{Credential, Kind, State};
use crate::model::evidence::{Hit, WordClass};
use crate::model::inventory::Inventory;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// The check for one class of words.
pub(crate) struct Hits(pub(crate) WordClass);

impl Check for Hits {
    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        count(ask, Enough::Triable, out);
        not_tried(ask, out);
        let inventory = ask.site.inventory;
        let mut seen = BTreeSet::new();
        for hit in hits(ask).iter().filter(|hit| hit.class == self.0) {
            let index = hit.credential.index as usize;
            let credential = &inventory.credentials[index];
            if !concerns(ask, credential) {
                continue;
            }
            let discriminator = discriminator(inventory, credential);
            // An account whose LM and NT hash both fall to one word is one finding.
            if seen.insert((credential.account, discriminator.clone())) {
                let found = Found::new(self.0.word()).detail(scheme(ask, index));
                let origin = Some(credential.origin);
                out.finding(ask, credential.account, Found { discriminator, origin, ..found });
            }
        }
    }
}

/// Hits on the secrets of one site; the run's list is sorted by subject.
fn hits<'a>(ask: &Asking<'a>) -> &'a [Hit] {
    let first = ask.run.subjects.number(ask.site.index, 0);
    let end = first + ask.site.inventory.accounts.len();
    let all = &ask.run.evidence.hits;
    let start = all.partition_point(|hit| hit.credential.subject < first);
    &all[start..all.partition_point(|hit| hit.credential.subject < end)]
}

fn scheme(ask: &Asking<'_>, index: usize) -> &'static str {
    let recognised = ask.run.recognised(ask.site, index);
    if recognised.scheme.is_empty() { recognised.state.word() } else { recognised.scheme }
}

/// Takes back what was counted as judged although the search never reached it.
pub(crate) fn not_tried(ask: &Asking<'_>, out: &mut Sink) {
    let untried: Vec<_> = ask
        .run
        .evidence
        .incomparable
        .iter()
        .filter(|left| left.site as usize == ask.site.index && left.tried == 0)
        .map(|left| (left.system, left.scheme))
        .collect();
    if untried.is_empty() {
        return;
    }
    let inventory = ask.site.inventory;
    for (index, credential) in inventory.credentials.iter().enumerate() {
        let system = inventory.accounts.system.get(credential.account);
        let hash = ask.run.recognised(ask.site, index).state == State::Hash;
        let missed = hash && untried.contains(&(system, scheme(ask, index)));
        if missed && concerns(ask, credential) {
            let tally = out.tally(ask.index, system);
            tally.judged = tally.judged.saturating_sub(1);
            out.unjudged(ask, system, 1, Missing::lack(Lack::NotTried));
        }
    }
}

/// True for a current secret with which somebody gets in, of an account that the rule is about.
pub(crate) fn concerns(ask: &Asking<'_>, credential: &Credential) -> bool {
    let accounts = &ask.site.inventory.accounts;
    let row = credential.account;
    let other = [Flag::Machine, Flag::Managed, Flag::Tombstone, Flag::SmartcardRequired];
    credential.depth == 0
        && lets_in(credential.kind)
        && ask.scope[accounts.system.get(row) as usize]
        && !ask.absorbed(row)
        && !other.iter().any(|&flag| accounts.flag(row, flag).is_yes())
}

/// True for secrets that let somebody in: not communities, shared keys and the like.
pub(crate) const fn lets_in(kind: Kind) -> bool {
    matches!(kind, Kind::Login | Kind::Enable | Kind::Line)
}

/// Tells several secrets of one account apart: kind and principal, nothing for the login itself.
pub(crate) fn discriminator(inventory: &Inventory, credential: &Credential) -> Cow<'static, str> {
    let principal = inventory.text.get(credential.principal);
    if credential.kind == Kind::Login && principal.is_empty() {
        return Cow::Borrowed("");
    }
    Cow::Owned(format!("{} {principal}", credential.kind.word()))
}
