//! What a reuse group spans: accounts, systems, sites, people, privilege.

use crate::audit::site::SiteFacts;
use crate::model::account::Flag;
use crate::model::evidence::{Group, Subject, Subjects};
use crate::model::person::PersonId;
use crate::model::tri::Tri;
use crate::text::name::login_key;
use std::borrow::Cow;

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
    /// How many do.
    pub(crate) administrators: u32,
    /// Site and row of the first administrator, else of the first account.
    pub(crate) weightiest: (u16, u32),
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
        let is_above = |m: &&Subject| sites[m.site as usize].privileged(m.row).is_yes();
        let administrators = members.iter().filter(is_above).count() as u32;
        let first =
            if administrators > 0 { members.iter().find(is_above) } else { members.first() };
        let person = members.first().map_or(PersonId::NONE, |member| member.person);
        Self {
            accounts: members.len() as u32,
            systems: systems.len() as u32,
            sites: within.len() as u32,
            privileged: administrators > 0,
            administrators,
            weightiest: first.map_or((0, 0), |member| (member.site, member.row)),
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

/// A member of a group, as rules about pairs look at it.
#[derive(Clone, Copy)]
pub(crate) struct Mate<'a> {
    /// Its site.
    pub(crate) site: &'a SiteFacts<'a>,
    /// What is known of the account.
    pub(crate) subject: Subject,
}

impl<'a> Mate<'a> {
    /// All members of a group, each account once.
    pub(crate) fn all(group: &Group, sites: &'a [SiteFacts<'a>], subjects: &Subjects) -> Vec<Self> {
        let members = accounts(group, subjects).into_iter();
        members.map(|subject| Self { site: &sites[subject.site as usize], subject }).collect()
    }

    /// Whether it administers its system.
    pub(crate) fn privileged(&self) -> Tri {
        self.site.privileged(self.subject.row)
    }

    /// A flag of the account.
    pub(crate) fn flag(&self, flag: Flag) -> Tri {
        self.site.inventory.accounts.flag(self.subject.row, flag)
    }

    /// Its person, where it is tied to one.
    pub(crate) fn person(&self) -> Option<PersonId> {
        (self.subject.person != PersonId::NONE).then_some(self.subject.person)
    }

    /// True for an account that belongs to no single person.
    pub(crate) fn is_nobodys(&self) -> bool {
        self.site.nobodys(self.subject.row)
    }

    /// Key of its login.
    pub(crate) fn login(&self) -> Cow<'a, str> {
        let inventory = self.site.inventory;
        login_key(inventory.text.get(inventory.accounts.login.get(self.subject.row)))
    }

    /// Where it lives.
    pub(crate) const fn system(&self) -> (u16, u16) {
        (self.subject.site, self.subject.system)
    }
}
