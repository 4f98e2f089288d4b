//! The accounts and systems that findings are about, each once, in the order of the inventories.

use crate::audit::id;
use crate::audit::people::who;
use crate::audit::run::RunFacts;
use crate::audit::sink::{NO_ROW, NO_SYSTEM, Pending};
use crate::audit::site::SiteFacts;
use crate::kernel::paged::Paged;
use crate::model::arena::{Arena, NameId, Names, Span};
use crate::model::report::ReportSubject;
use rayon::prelude::*;

/// Not among them; while they are counted: among them, without a number yet.
const NONE: u32 = u32::MAX;
const SOME: u32 = 0;

/// Subjects, and their numbers by row and by system of each site.
pub(crate) struct SubjectList {
    /// The subjects.
    pub(crate) list: Paged<ReportSubject>,
    rows: Vec<Paged<u32>>,
    /// By system; the last is for what is about none.
    systems: Vec<Vec<u32>>,
}

impl SubjectList {
    /// Takes what the findings are about, and notes its number in each.
    pub(crate) fn of(
        facts: &RunFacts<'_>,
        pending: &mut [Pending],
        text: &mut Arena,
        names: &mut Names,
    ) -> Self {
        let sites = || facts.sites.iter();
        let mut subjects = Self {
            list: Paged::new(),
            rows: sites().map(|site| unnamed(site.inventory.accounts.len() as usize)).collect(),
            systems: sites().map(|site| vec![NONE; site.systems.len() + 1]).collect(),
        };
        for one in &*pending {
            *subjects.place(one) = SOME;
        }
        for (number, site) in (0..).zip(&facts.sites) {
            for row in 0..subjects.rows[usize::from(number)].len() as u32 {
                if subjects.rows[usize::from(number)][row as usize] == SOME {
                    subjects.rows[usize::from(number)][row as usize] = subjects.list.len() as u32;
                    subjects.list.push(account(site, number, row, text, names));
                }
            }
            for place in 0..=site.systems.len() {
                if subjects.systems[usize::from(number)][place] == SOME {
                    let system = if place < site.systems.len() { place as u16 } else { NO_SYSTEM };
                    subjects.systems[usize::from(number)][place] = subjects.list.len() as u32;
                    subjects.list.push(system_itself(number, system));
                }
            }
        }
        pending.par_iter_mut().for_each(|one| one.subject = subjects.number(one));
        subjects
    }

    fn place(&mut self, pending: &Pending) -> &mut u32 {
        let site = usize::from(pending.about.site);
        match pending.about.row {
            NO_ROW => {
                let systems = &mut self.systems[site];
                let last = systems.len() - 1;
                &mut systems[usize::from(pending.about.system).min(last)]
            }
            row => &mut self.rows[site][row as usize],
        }
    }

    fn number(&self, pending: &Pending) -> u32 {
        let site = usize::from(pending.about.site);
        match pending.about.row {
            NO_ROW => {
                let systems = &self.systems[site];
                systems[usize::from(pending.about.system).min(systems.len() - 1)]
            }
            row => self.rows[site][row as usize],
        }
    }

    /// An account, where it is among the subjects.
    pub(crate) fn account(&self, site: usize, row: u32) -> Option<&ReportSubject> {
        let number = self.rows[site][row as usize];
        (number != NONE).then(|| &self.list[number as usize])
    }

    /// Accounts among the subjects in the order of their numbers: site, row, number.
    pub(crate) fn accounts(&self) -> impl Iterator<Item = (usize, u32, u32)> + '_ {
        let of_site = |(site, rows): (usize, &'_ Paged<u32>)| -> Vec<(usize, u32, u32)> {
            let named = (0_u32..).zip(rows).filter(|(_, number)| **number != NONE);
            named.map(|(row, &number)| (site, row, number)).collect()
        };
        self.rows.iter().enumerate().flat_map(of_site)
    }
}

fn unnamed(rows: usize) -> Paged<u32> {
    let mut numbers = Paged::new();
    numbers.resize(rows, NONE);
    numbers
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

/// An account as reports name it.
pub(crate) fn account(
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
