//! For how many accounts of a system the stored secrets allow a judgement: worked out once per
//! site and used by every rule about secrets.

use crate::audit::check::Asking;
use crate::audit::missing::{Lack, Missing};
use crate::audit::sink::Sink;
use crate::audit::site::{Class, Secrets, SiteFacts};
use crate::model::account::Flag;
use crate::model::tri::Tri;

/// What a rule about secrets needs of an account.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Enough {
    /// A secret that words can be tried on.
    Triable,
    /// A secret that can at least be compared as text.
    Comparable,
    /// Any secret, in whatever form: it shows that one is set.
    Any,
}

impl Enough {
    const ALL: [Self; 3] = [Self::Triable, Self::Comparable, Self::Any];

    const fn bits(self) -> u8 {
        match self {
            Self::Triable => Secrets::TRIABLE,
            Self::Comparable => Secrets::TRIABLE | Secrets::KEYED,
            Self::Any => Secrets::ANY,
        }
    }
}

/// Accounts of one system that can and cannot be judged, and why not.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Held {
    judged: u32,
    unjudged: u32,
    missing: Missing,
}

/// Counts of one system, by what is enough.
pub(crate) type HeldOf = [Held; Enough::ALL.len()];

/// Counts the accounts of every system of a site.
pub(crate) fn of(site: &SiteFacts<'_>) -> Vec<HeldOf> {
    let mut systems = vec![HeldOf::default(); site.systems.len()];
    let accounts = &site.inventory.accounts;
    for row in 0..accounts.len() {
        // With a smart card the stored hash is random.
        let random = accounts.flag(row, Flag::SmartcardRequired).is_yes();
        if random || !site.class(row).is(Class::ACCOUNT) {
            continue;
        }
        let system = &mut systems[accounts.system.get(row) as usize];
        let secrets = site.secrets(row);
        for (held, enough) in system.iter_mut().zip(Enough::ALL) {
            if secrets.any(enough.bits()) {
                held.judged += 1;
            } else if accounts.flag(row, Flag::Enabled) != Tri::No {
                held.unjudged += 1;
                held.missing.add(missing(secrets));
            }
        }
    }
    systems
}

fn missing(secrets: Secrets) -> Missing {
    let mut missing = Missing::NONE;
    for (bit, lack) in [
        (Secrets::MASKED, Lack::Masked),
        (Secrets::KEYED, Lack::Keyed),
        (Secrets::UNKNOWN, Lack::UnknownScheme),
    ] {
        if secrets.any(bit) {
            missing.add(Missing::lack(lack));
        }
    }
    if missing.is_none() { Missing::lack(Lack::Credentials) } else { missing }
}

/// Hands the counts of a rule's systems over.
pub(crate) fn count(ask: &Asking<'_>, enough: Enough, out: &mut Sink) {
    for system in ask.systems() {
        let held = ask.site.held[system as usize][enough as usize];
        out.tally(ask.index, system).judged += held.judged;
        if held.unjudged > 0 {
            out.unjudged(ask, system, held.unjudged, held.missing);
        }
    }
}
