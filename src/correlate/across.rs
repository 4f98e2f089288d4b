//! People of one site who are people of another site of the same legal entity.
//!
//! Employee numbers repeat from site to site, so a number needs the same name beside it; a mail
//! address is enough. Two rosters that both know somebody keep their own answers.

use crate::correlate::directory::{Index, Match, address};
use crate::model::account::Flag;
use crate::model::inventory::Inventory;
use crate::model::person::{Link, Person, PersonId};
use crate::policy::Policy;
use crate::text::name::{employee_key, kana_key, person_name_key, without_leading_zeros};
use hashbrown::HashMap;

/// Gives accounts the number of the person that another site's roster knows.
pub(super) fn join(sites: &mut [Inventory], firsts: &[u32], policy: &Policy) {
    for members in entities(sites, policy) {
        let rostered = members.iter().any(|&site| !sites[site].roster.is_empty());
        if members.len() > 1 && rostered {
            join_entity(sites, firsts, &members);
        }
    }
}

fn entities(sites: &[Inventory], policy: &Policy) -> Vec<Vec<usize>> {
    let mut entities: Vec<(&str, Vec<usize>)> = Vec::new();
    for (index, site) in sites.iter().enumerate() {
        let entity = if policy.cross_entity().is_some() { "" } else { site.site.entity.as_str() };
        match entities.iter_mut().find(|(name, _)| *name == entity) {
            Some((_, members)) => members.push(index),
            None => entities.push((entity, vec![index])),
        }
    }
    entities.into_iter().map(|(_, members)| members).collect()
}

fn join_entity(sites: &mut [Inventory], firsts: &[u32], members: &[usize]) {
    let known = Known::of(sites, firsts, members);
    for &index in members {
        let site = &sites[index];
        let moves = moved_people(site, &known);
        let mut changes = Vec::new();
        for row in 0..site.accounts.len() {
            let person = site.accounts.person.get(row);
            if person == PersonId::NONE {
                changes.extend(known.by_address(site, row).map(|to| (row, to, Link::Mail)));
            } else if let Some(&to) = moves.get(&(person.0 - firsts[index])) {
                changes.push((row, to, site.accounts.link.get(row)));
            }
        }
        let accounts = &mut sites[index].accounts;
        for (row, person, link) in changes {
            accounts.person.set(row, PersonId(person));
            accounts.link.set(row, link);
        }
    }
}

/// The rosters of one entity.
struct Known {
    numbers: Index,
    mails: Index,
}

impl Known {
    fn of(sites: &[Inventory], firsts: &[u32], members: &[usize]) -> Self {
        let (mut numbers, mut mails) = (Index::default(), Index::default());
        for &index in members {
            let site = &sites[index];
            for (person, number) in site.people.iter().zip(firsts[index]..) {
                let Some(row) = person.roster.map(|row| &site.roster[row as usize]) else {
                    continue;
                };
                for name in [person_name_key(site.text.get(row.name)), kana(site, row.kana)] {
                    numbers.add(&named(site, person, &name), number);
                }
                mails.add(&address(site.text.get(row.mail)), number);
            }
        }
        Self { numbers, mails }
    }

    fn by_address(&self, site: &Inventory, row: u32) -> Option<u32> {
        let accounts = &site.accounts;
        let other = [Flag::Machine, Flag::BuiltIn, Flag::Managed, Flag::Absorbed];
        if self.mails.is_empty() || other.iter().any(|&flag| accounts.flag(row, flag).is_yes()) {
            return None;
        }
        [accounts.mail.get(row), accounts.upn.get(row), accounts.login.get(row)]
            .into_iter()
            .find_map(|span| one(self.mails.find(&address(site.text.get(span)))))
    }
}

// People of this site whom only another site's roster knows.
fn moved_people(site: &Inventory, known: &Known) -> HashMap<u32, u32> {
    let mut moves = HashMap::new();
    let first = site.people.iter().position(|person| person.roster.is_none());
    let Some(first) = first.filter(|_| !known.numbers.is_empty()) else {
        return moves;
    };
    let local: HashMap<&str, u32> = site.people[first..]
        .iter()
        .zip(first as u32..)
        .map(|(person, number)| (site.text.get(person.id), number))
        .collect();
    for row in site.accounts.rows() {
        let number = site.text.get(site.accounts.employee.get(row));
        let Some(&person) = local.get(number) else { continue };
        let name = person_name_key(site.text.get(site.accounts.name.get(row)));
        for name in [name, kana(site, site.accounts.kana.get(row))] {
            let key = named(site, &site.people[person as usize], &name);
            if let Some(to) = one(known.numbers.find(&key)) {
                moves.insert(person, to);
            }
        }
    }
    moves
}

fn named(site: &Inventory, person: &Person, name: &str) -> String {
    let number = employee_key(site.text.get(person.id));
    if number.is_empty() || name.is_empty() {
        return String::new();
    }
    format!("{}\0{name}", without_leading_zeros(&number))
}

fn kana(site: &Inventory, span: crate::model::arena::Span) -> String {
    kana_key(site.text.get(span))
}

fn one(found: Match) -> Option<u32> {
    match found {
        Match::One(person) => Some(person),
        _ => None,
    }
}
