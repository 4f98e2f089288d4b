//! REUSE-15: one person uses one password on systems that should differ.

use crate::audit::check::reuse::edge::each_mate;
use crate::audit::check::{Asking, Check};
use crate::audit::group::Mate;
use crate::audit::sink::Sink;
use std::collections::{HashMap, HashSet};

/// The check. Systems that site.toml declares as one sign-on may share.
pub(crate) struct OnePerson;

impl Check for OnePerson {
    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        each_mate(ask, out, |mates| {
            // By person: its systems; those of one sign-on count as one.
            let mut people: HashMap<_, HashSet<_>> = HashMap::new();
            for mate in mates {
                let Some(person) = mate.person() else { continue };
                let system = (!declared(mate)).then(|| mate.system());
                people.entry(person).or_default().insert(system);
            }
            move |mate| {
                let systems = mate.person().and_then(|person| people.get(&person));
                systems.is_some_and(|systems| systems.len() > 1).then_some("person")
            }
        });
    }
}

fn declared(mate: &Mate<'_>) -> bool {
    let inventory = mate.site.inventory;
    let name = inventory.system_name(mate.subject.system);
    inventory.site.single_sign_on.iter().any(|declared| declared == name)
}
