//! REUSE-15: one person uses one password on systems that should differ.

use crate::audit::check::reuse::edge::each_mate;
use crate::audit::check::{Asking, Check};
use crate::audit::group::Mate;
use crate::audit::mates::{Answer, Judge};
use crate::audit::missing::{Lack, Missing};
use crate::audit::sink::Sink;
use crate::model::site::SystemKind;
use std::collections::{HashMap, HashSet};

/// The check. Systems that site.toml declares as one sign-on may share.
pub(crate) struct OnePerson;

impl Check for OnePerson {
    fn mates(&self) -> Option<Judge> {
        Some(judge)
    }

    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        each_mate(ask, out);
    }
}

fn judge(mates: &[Mate<'_>]) -> Vec<Answer> {
    // By person: its systems; those of one sign-on count as one.
    let mut people: HashMap<_, HashSet<_>> = HashMap::new();
    for mate in mates {
        let Some(person) = mate.person() else { continue };
        let system = (!declared(mate)).then(|| mate.system());
        people.entry(person).or_default().insert(system);
    }
    // Where somebody unknown shares, that may be the owner of one of the others.
    let strangers: HashSet<_> =
        mates.iter().filter(|mate| is_unknown_person(mate)).map(Mate::system).collect();
    let answer = |mate: &Mate<'_>| {
        let systems = mate.person().and_then(|person| people.get(&person));
        if systems.is_some_and(|systems| systems.len() > 1) {
            return Ok(Some("person"));
        }
        let elsewhere = strangers.iter().any(|&system| system != mate.system());
        let asked = mate.person().is_some() || is_unknown_person(mate);
        let open = asked && !declared(mate) && elsewhere;
        if open { Err(Missing::lack(Lack::PersonLink)) } else { Ok(None) }
    };
    mates.iter().map(answer).collect()
}

/// True for an account that should be tied to a person and is not.
fn is_unknown_person(mate: &Mate<'_>) -> bool {
    let kind = mate.site.system_of(mate.subject.row).kind;
    let local = matches!(kind, SystemKind::Device | SystemKind::Host);
    mate.person().is_none() && !local && !mate.is_nobodys() && !declared(mate)
}

fn declared(mate: &Mate<'_>) -> bool {
    let inventory = mate.site.inventory;
    let name = inventory.system_name(mate.subject.system);
    inventory.site.single_sign_on.iter().any(|declared| declared == name)
}
