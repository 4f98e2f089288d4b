//! The accounts and systems that findings are about, each once, in the order of the inventories.

use crate::audit::id;
use crate::audit::people::who;
use crate::audit::run::RunFacts;
use crate::audit::sink::{NO_ROW, Pending};
use crate::audit::site::SiteFacts;
use crate::model::arena::{Arena, NameId, Names, Span};
use crate::model::report::ReportSubject;

/// Not among them; while they are counted: among them, without a number yet.
const NONE: u32 = u32::MAX;
const SOME: u32 = 0;

/// Subjects, and their numbers by row and by system of each site.
pub(crate) struct SubjectList {
    /// The subjects.
    pub(crate) list: Vec<ReportSubject>,
    rows: Vec<Vec<u32>>,
    systems: Vec<Vec<u32>>,
}

impl SubjectList {
    /// Takes what the findings are about.
    pub(crate) fn of(
        facts: &RunFacts<'_>,
        pending: &[Pending],
        text: &mut Arena,
        names: &mut Names,
    ) -> Self {
        let sites = || facts.sites.iter();
        let mut subjects = Self {
            list: Vec::new(),
            rows: sites().map(|site| vec![NONE; site.inventory.accounts.len() as usize]).collect(),
            systems: sites().map(|site| vec![NONE; site.systems.len()]).collect(),
        };
        for one in pending {
            *subjects.place(one) = SOME;
        }
        for (number, site) in (0..).zip(&facts.sites) {
            for row in 0..subjects.rows[usize::from(number)].len() as u32 {
                if subjects.rows[usize::from(number)][row as usize] == SOME {
                    subjects.rows[usize::from(number)][row as usize] = subjects.list.len() as u32;
                    subjects.list.push(account(site, number, row, text, names));
                }
            }
            for system in 0..site.systems.len() {
                if subjects.systems[usize::from(number)][system] == SOME {
                    subjects.systems[usize::from(number)][system] = subjects.list.len() as u32;
                    subjects.list.push(system_itself(number, system as u16));
                }
            }
        }
        subjects
    }

    fn place(&mut self, pending: &Pending) -> &mut u32 {
        let site = usize::from(pending.site);
        match pending.row {
            NO_ROW => &mut self.systems[site][usize::from(pending.system)],
            row => &mut self.rows[site][row as usize],
        }
    }

    /// Number of a finding's subject.
    pub(crate) fn number(&self, pending: &Pending) -> u32 {
        let site = usize::from(pending.site);
        match pending.row {
            NO_ROW => self.systems[site][usize::from(pending.system)],
            row => self.rows[site][row as usize],
        }
    }
}

const fn system_itself(site: u16, system: u16) -> ReportSubject {
    ReportSubject {
        site,
        system,
        login: Span::EMPTY,
        key: Span::EMPTY,
        person: Span::EMPTY,
        name: Span::EMPTY,
        department: NameId::EMPTY,
    }
}

fn account(
    facts: &SiteFacts<'_>,
    site: u16,
    row: u32,
    text: &mut Arena,
    names: &mut Names,
) -> ReportSubject {
    let (inventory, accounts) = (facts.inventory, &facts.inventory.accounts);
    let who = who(facts, row);
    ReportSubject {
        site,
        system: accounts.system.get(row),
        login: text.push(inventory.text.get(accounts.login.get(row))),
        key: text.push(&id::account_key(inventory, row)),
        person: text.push(who.person),
        name: text.push(who.name),
        department: names.intern(who.department),
    }
}
