//! accounts → people: who on the roster an account belongs to, and which accounts are one person's.
//!
//! Inside a site an account is tied by the first of: the hand-made link table, employee number,
//! mail address or user principal name, login. Each must give exactly one person. What is left is
//! tied through another account of the site whose login or address is unique. Names alone never
//! tie anything; they only contradict.

mod accounts;
mod across;
mod directory;
mod registers;
mod roster;

use crate::correlate::accounts::Tie;
use crate::model::inventory::Inventory;
use crate::model::person::{Person, PersonId};
use crate::policy::Policy;
use rayon::prelude::*;

/// Ties the accounts of every site to people and fills `accounts.person`, `accounts.link` and
/// `inventory.people`.
///
/// Person numbers run through all sites in order: the people of a site follow those of the sites
/// before it. An account may carry the number of a person of another site of the same entity.
pub fn link(sites: &mut [Inventory], policy: &Policy) {
    let mut first = 0;
    let mut firsts = Vec::with_capacity(sites.len());
    for some in sites.chunks_mut(rayon::current_num_threads()) {
        let ties: Vec<_> = some.par_iter_mut().map(ties_of).collect();
        for (site, ties) in some.iter_mut().zip(ties) {
            firsts.push(first);
            tie(site, &ties, first);
            first += site.people.len() as u32;
        }
    }
    across::join(sites, &firsts, policy);
}

/// The person behind a number, and the site whose roster or accounts made it.
pub fn person(sites: &[Inventory], id: PersonId) -> Option<(&Inventory, &Person)> {
    let mut number = id.0 as usize;
    for site in sites {
        match site.people.get(number) {
            Some(person) => return Some((site, person)),
            None => number -= site.people.len(),
        }
    }
    None
}

/// Lists the people of a site, and the one whom each of its accounts belongs to.
fn ties_of(site: &mut Inventory) -> Vec<Tie> {
    registers::mark(site);
    registers::tie_non_employees(site);
    site.people.clear();
    let rostered = !site.roster.is_empty();
    if !rostered && site.links.is_empty() && site.accounts.employee.is_absent() {
        return Vec::new();
    }
    site.people = roster::people(site).into();
    let directory = directory::Directory::of(site);
    let mut ties = accounts::ties(site, &directory);
    accounts::people_without_roster(site, &mut ties);
    accounts::through_accounts(site, &mut ties);
    ties
}

fn tie(site: &mut Inventory, ties: &[Tie], first: u32) {
    for (row, tie) in ties.iter().enumerate() {
        if let Some(person) = tie.person {
            site.accounts.person.set(row as u32, PersonId(first + person));
            site.accounts.link.set(row as u32, tie.link);
        }
    }
}

#[cfg(test)]
mod tests;
