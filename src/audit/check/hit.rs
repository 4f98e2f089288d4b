//! Secrets that a candidate word opened: QUAL-01 (empty), 04 (lists), 05 (login), 06 (names), 07
//! (device), 10 (roots), 13 (digits), DEF-01 (factory), DEF-03 (factory communities).

use crate::audit::check::{Asking, Check};
use crate::audit::held::{Enough, count};
use crate::audit::missing::{Lack, Missing};
use crate::audit::sink::{Found, Sink};
use crate::model::account::Flag;
use crate::model::credential::{Credential, Kind, State};
use crate::model::evidence::{Hit, WordClass};
use crate::model::finding::Severity;
use crate::model::inventory::Inventory;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

/// The check for one class of words on secrets that let somebody in.
pub(crate) struct Hits(pub(crate) WordClass);

impl Check for Hits {
    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        count(ask, Enough::Triable, out);
        not_tried(ask, self.0, out);
        tell(ask, self.0, concerns, out);
    }
}

/// DEF-03: communities that every unit of a kind ships with.
pub(crate) struct Communities;

impl Check for Communities {
    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        for (index, credential) in ask.site.inventory.credentials.iter().enumerate() {
            if !is_community(ask, credential) {
                continue;
            }
            let system = ask.site.inventory.accounts.system.get(credential.account);
            match ask.run.recognised(ask.site, index).state {
                State::Plain | State::Reversible | State::Hash => out.pass(ask, system),
                State::Masked | State::Placeholder => {
                    out.unjudged(ask, system, 1, Missing::lack(Lack::Masked));
                }
                State::ReversibleKeyed => out.unjudged(ask, system, 1, Missing::lack(Lack::Keyed)),
                _ => out.unjudged(ask, system, 1, Missing::lack(Lack::UnknownScheme)),
            }
        }
        tell(ask, WordClass::Default, is_community, out);
    }
}

fn is_community(ask: &Asking<'_>, credential: &Credential) -> bool {
    let accounts = &ask.site.inventory.accounts;
    credential.depth == 0
        && credential.kind == Kind::SnmpCommunity
        && ask.scope[accounts.system.get(credential.account) as usize]
        && !ask.absorbed(credential.account)
}

fn tell(
    ask: &Asking<'_>,
    class: WordClass,
    about: fn(&Asking<'_>, &Credential) -> bool,
    out: &mut Sink,
) {
    let inventory = ask.site.inventory;
    let mut seen = BTreeSet::new();
    for hit in hits(ask).iter().filter(|hit| hit.class == class) {
        let index = hit.credential.index as usize;
        let credential = &inventory.credentials[index];
        if !about(ask, credential) {
            continue;
        }
        let discriminator = discriminator(inventory, credential);
        // An account whose LM and NT hash both fall to one word is one finding.
        if seen.insert((credential.account, discriminator.clone())) {
            let found = Found::new(class.word()).detail(detail(ask, hit, index));
            let most = if hit.remembered { Severity::Medium } else { Severity::Critical };
            let origin = Some(credential.origin);
            let found = Found { most, discriminator, origin, ..found };
            out.finding(ask, credential.account, found);
        }
    }
}

/// The list where there is one, then how the secret is stored.
fn detail(ask: &Asking<'_>, hit: &Hit, index: usize) -> Cow<'static, str> {
    let scheme = scheme(ask, index);
    match ask.run.evidence.lists.get(usize::from(hit.list)) {
        Some(list) => Cow::Owned(format!("{list}, {scheme}")),
        None => Cow::Borrowed(scheme),
    }
}

/// Hits on the secrets of one site.
pub(crate) fn hits<'a>(ask: &Asking<'a>) -> &'a [Hit] {
    of_site(ask, &ask.run.evidence.hits, |hit| hit.credential.subject)
}

/// Rows of one site, out of a run's list that is sorted by subject.
pub(crate) fn of_site<'a, T>(
    ask: &Asking<'_>,
    all: &'a [T],
    subject: impl Fn(&T) -> u32,
) -> &'a [T] {
    let Range { start, end } = subjects(ask);
    let first = all.partition_point(|row| subject(row) < start);
    &all[first..all.partition_point(|row| subject(row) < end)]
}

fn subjects(ask: &Asking<'_>) -> Range<u32> {
    let first = ask.run.subjects.number(ask.site.index, 0);
    first..first + ask.site.inventory.accounts.len()
}

fn scheme(ask: &Asking<'_>, index: usize) -> &'static str {
    let recognised = ask.run.recognised(ask.site, index);
    if recognised.scheme.is_empty() { recognised.state.word() } else { recognised.scheme }
}

/// Takes back what was counted as judged although not all words of a class were tried on it.
pub(crate) fn not_tried(ask: &Asking<'_>, class: WordClass, out: &mut Sink) {
    let inventory = ask.site.inventory;
    let untried = of_site(ask, &ask.run.evidence.untried, |row| row.credential.subject);
    for row in untried.iter().filter(|row| row.classes.has(class)) {
        let index = row.credential.index as usize;
        let credential = &inventory.credentials[index];
        let hash = ask.run.recognised(ask.site, index).state == State::Hash;
        if hash && concerns(ask, credential) {
            let system = inventory.accounts.system.get(credential.account);
            take_back(ask, system, Lack::NotTried, out);
        }
    }
}

/// Counts one account of a system as not judged that was counted as judged.
pub(crate) fn take_back(ask: &Asking<'_>, system: u16, lack: Lack, out: &mut Sink) {
    let tally = out.tally(ask.index, system);
    tally.judged = tally.judged.saturating_sub(1);
    out.unjudged(ask, system, 1, Missing::lack(lack));
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
