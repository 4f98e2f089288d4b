//! What a reuse group spans: accounts, systems, sites, people, privilege.

use crate::audit::site::SiteFacts;
use crate::model::evidence::{Group, Subject, Subjects};
use crate::model::person::PersonId;

/// Spread and weight of a group.
#[derive(Clone, Copy, Debug)]
pub(crate) struct GroupFacts {
    /// Accounts in it.
    pub(crate) accounts: u32,
    /// Systems that they live in.
    pub(crate) systems: u32,
    /// Sites that they live in.
    pub(crate) sites: u32,
    /// One of them administers something.
    pub(crate) privileged: bool,
    /// All belong to one known person.
    pub(crate) one_person: bool,
}

impl GroupFacts {
    /// Looks at the members of a group.
    pub(crate) fn of(group: &Group, sites: &[SiteFacts<'_>], subjects: &Subjects) -> Self {
        let members = accounts(group, subjects);
        let mut systems: Vec<_> = members.iter().map(|m| (m.site, m.system)).collect();
        systems.sort_unstable();
        systems.dedup();
        let mut within: Vec<_> = systems.iter().map(|system| system.0).collect();
        within.dedup();
        let person = members.first().map_or(PersonId::NONE, |member| member.person);
        Self {
            accounts: members.len() as u32,
            systems: systems.len() as u32,
            sites: within.len() as u32,
            privileged: members.iter().any(|m| sites[m.site as usize].privileged(m.row).is_yes()),
            one_person: person != PersonId::NONE && members.iter().all(|m| m.person == person),
        }
    }
}

/// The accounts of a group, each once.
pub(crate) fn accounts(group: &Group, subjects: &Subjects) -> Vec<Subject> {
    let mut numbers: Vec<_> = group.members.iter().map(|m| m.credential.subject).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers.into_iter().map(|number| subjects.get(number)).collect()
}
