//! DEV-05: keys of routing, tunnels, radio and login servers that are weak or stand in a list.

use crate::audit::check::hit::{hits, of_site};
use crate::audit::check::{Asking, Check};
use crate::audit::missing::{Lack, Missing};
use crate::audit::sink::{Found, Sink};
use crate::model::credential::{Credential, Kind, State};
use crate::model::evidence::WordClass;
use crate::model::file::Origin;
use crate::model::finding::Unit;
use std::collections::{BTreeMap, BTreeSet};

/// The check. Keys that several devices share are told by REUSE-11.
pub(crate) struct WeakKeys;

/// Classes of words that make a key weak. Whoever asks for this rule alone has the same ones tried.
const WORDS: &[WordClass] =
    &[WordClass::Login, WordClass::Default, WordClass::List, WordClass::Person, WordClass::Device];

/// Weak keys of one device: their position, and which kinds they are of.
type Weak<'a> = BTreeMap<u16, (BTreeSet<u32>, BTreeSet<&'a str>, Option<Origin>)>;

impl Check for WeakKeys {
    fn thresholds(&self) -> Vec<&'static str> {
        vec!["length", "score"]
    }

    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        count(ask, out);
        let limit = |key: &str| ask.policy.threshold(ask.rule, key);
        let (length, score) = (limit("length"), limit("score"));
        let mut weak = Weak::new();
        for hit in hits(ask).iter().filter(|hit| WORDS.contains(&hit.class)) {
            note(ask, hit.credential.index, &mut weak);
        }
        for rating in of_site(ask, &ask.run.evidence.ratings, |row| row.credential.subject) {
            if i64::from(rating.length) < length || i64::from(rating.score) <= score {
                note(ask, rating.credential.index, &mut weak);
            }
        }
        for (system, (keys, kinds, origin)) in weak {
            let found = Found::count("weak-keys", keys.len() as i64, Unit::Secrets);
            let kinds: Vec<&str> = kinds.into_iter().collect();
            out.system_finding(ask, system, Found { origin, ..found.detail(kinds.join(", ")) });
        }
    }
}

fn note(ask: &Asking<'_>, index: u32, weak: &mut Weak<'_>) {
    let credential = &ask.site.inventory.credentials[index as usize];
    if let Some(system) = concerned(ask, credential) {
        let (keys, kinds, origin) = weak.entry(system).or_default();
        keys.insert(index);
        kinds.insert(credential.kind.word());
        origin.get_or_insert(credential.origin);
    }
}

/// How many keys of each device can be judged.
fn count(ask: &Asking<'_>, out: &mut Sink) {
    for (index, credential) in ask.site.inventory.credentials.iter().enumerate() {
        let Some(system) = concerned(ask, credential) else { continue };
        match ask.run.recognised(ask.site, index).state {
            State::Masked | State::Placeholder => {
                out.unjudged(ask, system, 1, Missing::lack(Lack::Masked));
            }
            State::ReversibleKeyed => out.unjudged(ask, system, 1, Missing::lack(Lack::Keyed)),
            State::Unknown => out.unjudged(ask, system, 1, Missing::lack(Lack::UnknownScheme)),
            _ => out.pass(ask, system),
        }
    }
}

/// The device of a key that the rule is about.
fn concerned(ask: &Asking<'_>, credential: &Credential) -> Option<u16> {
    let key = matches!(
        credential.kind,
        Kind::Routing | Kind::RadiusKey | Kind::TacacsKey | Kind::IkePsk | Kind::WpaPsk
    );
    let system = ask.site.inventory.accounts.system.get(credential.account);
    (key && credential.depth == 0 && ask.scope[system as usize]).then_some(system)
}
