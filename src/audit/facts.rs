//! What the configurations of a site state about their devices, by device and topic.

use crate::audit::check::Asking;
use crate::audit::missing::Missing;
use crate::model::device::{Fact, Topic};
use crate::model::file::Origin;
use std::collections::BTreeMap;

/// One statement about a topic.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Said<'a> {
    /// In the words of the topic.
    pub(crate) value: &'a str,
    /// Where it stands; line 0 = nowhere, it is what silence means.
    pub(crate) origin: Origin,
}

/// What one device says.
#[derive(Default)]
pub(crate) struct DeviceFacts<'a>(Vec<(Topic, bool, Said<'a>)>);

impl<'a> DeviceFacts<'a> {
    /// The statements about a topic, else what its silence means. `None` where this product's
    /// silence means nothing, or nobody can read what it says.
    pub(crate) fn on(&self, topic: Topic) -> Option<Vec<Said<'a>>> {
        let of = |stated: bool| -> Vec<Said<'a>> {
            let facts = self.0.iter().filter(|fact| (fact.0, fact.1) == (topic, stated));
            facts.map(|fact| fact.2).collect()
        };
        let said = of(true);
        let said = if said.is_empty() { of(false) } else { said };
        (!said.is_empty()).then_some(said)
    }

    /// The same, noting a topic that nobody can answer.
    pub(crate) fn ask(&self, topic: Topic, missing: &mut Missing) -> Vec<Said<'a>> {
        self.on(topic).unwrap_or_else(|| {
            missing.add(Missing::topic(topic));
            Vec::new()
        })
    }
}

/// The devices that a rule is about, each with what it says.
pub(crate) fn by_device<'a>(ask: &Asking<'a>) -> BTreeMap<u16, DeviceFacts<'a>> {
    let inventory = ask.site.inventory;
    let exported = |system: &u16| ask.site.systems[*system as usize].accounts > 0;
    let mut devices: BTreeMap<u16, DeviceFacts<'a>> =
        ask.systems().filter(exported).map(|system| (system, DeviceFacts::default())).collect();
    for Fact { system, topic, value, stated, origin } in &inventory.facts {
        if ask.scope[*system as usize] {
            let said = Said { value: inventory.text.get(*value), origin: *origin };
            devices.entry(*system).or_default().0.push((*topic, *stated, said));
        }
    }
    devices
}
