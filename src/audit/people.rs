//! People of the whole run: their roster rows and the state of all their accounts.

use crate::audit::site::SiteFacts;
use crate::kernel::paged::Paged;
use crate::model::account::Flag;
use crate::model::day::{Day, Stamp, When};
use crate::model::inventory::Inventory;
use crate::model::person::{Employment, PersonId, RosterRow};
use crate::model::site::SystemKind;
use crate::model::tri::Tri;
use rayon::slice::ParallelSliceMut;

/// An account of a person, as much of it as other accounts may ask for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Held {
    /// Site.
    pub(crate) site: u16,
    /// System in the site.
    pub(crate) system: u16,
    /// Row in the site.
    pub(crate) row: u32,
    /// Whether it is enabled. An end that has passed is another fault, told by its own rule.
    pub(crate) enabled: Tri,
}

/// People of all sites.
pub(crate) struct People<'a> {
    sites: &'a [Inventory],
    /// First person number of each site.
    firsts: Vec<u32>,
    /// Where each person's accounts begin in `held`; empty without people.
    starts: Paged<u32>,
    held: Paged<Held>,
}

impl<'a> People<'a> {
    /// Lists the accounts of everybody.
    pub(crate) fn of(sites: &'a [Inventory]) -> Self {
        let mut firsts = Vec::with_capacity(sites.len());
        let mut total = 0;
        for site in sites {
            firsts.push(total);
            total += site.people.len() as u32;
        }
        let mut people = Self { sites, firsts, starts: Paged::new(), held: Paged::new() };
        if total > 0 {
            people.list(total);
        }
        people
    }

    fn list(&mut self, total: u32) {
        let mut held = Paged::new();
        for (index, site) in self.sites.iter().enumerate() {
            for row in site.accounts.rows() {
                let person = site.accounts.person.get(row);
                if person != PersonId::NONE {
                    let system = site.accounts.system.get(row);
                    let enabled = site.accounts.flag(row, Flag::Enabled);
                    held.push((person.0, Held { site: index as u16, system, row, enabled }));
                }
            }
        }
        held.par_sort_by_key(|&(person, held)| (person, held.site, held.system));
        let mut start = 0;
        for person in 0..=total {
            while held.get(start).is_some_and(|&(owner, _)| owner < person) {
                start += 1;
            }
            self.starts.push(start as u32);
        }
        self.held = held.iter().map(|&(_, held)| held).collect();
    }

    /// All accounts of a person.
    pub(crate) fn accounts(&self, person: PersonId) -> &[Held] {
        let Some(&end) = self.starts.get(person.0 as usize + 1) else { return &[] };
        &self.held[self.starts[person.0 as usize] as usize..end as usize]
    }

    /// The site that a person was first known at, and the person's number there.
    fn home(&self, person: PersonId) -> Option<(&'a Inventory, usize)> {
        if person == PersonId::NONE {
            return None;
        }
        let site = self.firsts.partition_point(|&first| first <= person.0).checked_sub(1)?;
        let number = (person.0 - self.firsts[site]) as usize;
        (number < self.sites[site].people.len()).then_some((&self.sites[site], number))
    }

    /// The roster row in force, with the site whose text it points into.
    pub(crate) fn roster(&self, person: PersonId) -> Option<(&'a Inventory, &'a RosterRow)> {
        let (site, number) = self.home(person)?;
        Some((site, &site.roster[site.people[number].roster? as usize]))
    }

    /// What is printed as `person_id`.
    pub(crate) fn id(&self, person: PersonId) -> &'a str {
        self.home(person).map_or("", |(site, number)| site.text.get(site.people[number].id))
    }

    /// True where a roster covers the site: its own, or one of the same entity.
    pub(crate) fn rostered(&self, site: usize) -> bool {
        let entity = &self.sites[site].site.entity;
        self.sites.iter().any(|other| !other.roster.is_empty() && other.site.entity == *entity)
    }

    /// True where a roster that covers the site says of anybody how they are employed.
    pub(crate) fn states_employment(&self, site: usize) -> bool {
        let entity = &self.sites[site].site.entity;
        let of_entity = self.sites.iter().filter(|other| other.site.entity == *entity);
        of_entity.flat_map(|site| &site.roster).any(|row| row.status != Employment::Unknown)
    }

    /// Kind of the system that a held account lives in.
    pub(crate) fn kind(&self, held: Held) -> SystemKind {
        self.sites[held.site as usize].systems[held.system as usize].kind
    }

    /// Name of the system that a held account lives in.
    pub(crate) fn system_name(&self, held: Held) -> &'a str {
        self.sites[held.site as usize].system_name(held.system)
    }
}

/// Whom an account belongs to, as far as anything says.
pub(crate) struct Who<'a> {
    /// Person id.
    pub(crate) person: &'a str,
    /// Name for people.
    pub(crate) name: &'a str,
    /// Department.
    pub(crate) department: &'a str,
}

/// What the account's export says of its owner, else the roster.
pub(crate) fn who<'a>(site: &SiteFacts<'a>, row: u32) -> Who<'a> {
    let (inventory, accounts) = (site.inventory, &site.inventory.accounts);
    let person = accounts.person.get(row);
    let roster = site.people.roster(person);
    let own = inventory.text.get(accounts.name.get(row));
    let name = match roster {
        Some((home, roster)) if own.is_empty() => home.text.get(roster.name),
        _ => own,
    };
    let own = inventory.names.get(accounts.department.get(row));
    let department = match roster {
        Some((home, roster)) if own.is_empty() => home.names.get(roster.department),
        _ => own,
    };
    Who { person: site.people.id(person), name, department }
}

/// How somebody stands on the roster.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Standing {
    /// Works here, or leaves later.
    Employed,
    /// Left on that day.
    Left(Day),
    /// The status says so, without a day.
    LeftSomeDay,
}

/// Reads a roster row as of a day.
pub(crate) fn standing(row: &RosterRow, as_of: Day) -> Standing {
    let began = day(row.joined);
    match (day(row.left), row.status) {
        // Began again after leaving: the old date was kept in the row.
        (Some(left), _) if began.is_some_and(|began| began > left) => Standing::Employed,
        (Some(left), _) if left < as_of => Standing::Left(left),
        (None, Employment::Left) => Standing::LeftSomeDay,
        _ => Standing::Employed,
    }
}

/// The day of a stamp that holds one.
pub(crate) fn day(stamp: Stamp) -> Option<Day> {
    match stamp.when() {
        When::On(day) => Some(day),
        _ => None,
    }
}
