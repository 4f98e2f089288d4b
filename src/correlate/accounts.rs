//! Accounts of one site → people of the same site.

use crate::correlate::directory::{Directory, Index, Match, address};
use crate::model::account::Flag;
use crate::model::inventory::Inventory;
use crate::model::person::{Link, Person};
use crate::model::site::SystemKind;
use crate::text::name::{employee_key, login_key, variant_key, without_leading_zeros};
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};

/// Logins that every product has: equal ones say nothing about people.
const GENERIC: &[&str] = &[
    "admin",
    "administrator",
    "root",
    "manager",
    "guest",
    "user",
    "operator",
    "support",
    "service",
    "supervisor",
    "krbtgt",
    "test",
    "enable",
];

/// How one account is tied.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Tie {
    /// Position in the site's people.
    pub(super) person: Option<u32>,
    /// By what.
    pub(super) link: Link,
    /// Several people were possible, so that nothing weaker may decide.
    ambiguous: bool,
}

impl Tie {
    const NONE: Self = Self { person: None, link: Link::None, ambiguous: false };
    const AMBIGUOUS: Self = Self { person: None, link: Link::None, ambiguous: true };

    const fn to(person: u32, link: Link) -> Self {
        Self { person: Some(person), link, ambiguous: false }
    }

    const fn open(self) -> bool {
        self.person.is_none() && !self.ambiguous
    }
}

/// Ties every account that one of its own keys gives to exactly one person of the roster.
pub(super) fn ties(site: &Inventory, directory: &Directory) -> Vec<Tie> {
    (0..site.accounts.len()).into_par_iter().map(|row| tie(site, directory, row)).collect()
}

fn tie(site: &Inventory, directory: &Directory, row: u32) -> Tie {
    if !can_be_a_persons(site, row) {
        return Tie::NONE;
    }
    let accounts = &site.accounts;
    let text = |span| site.text.get(span);
    let system = site.system_of(row);
    let login = text(accounts.login.get(row));
    if let Some(found) = directory.declared(site.names.get(system.name), login) {
        return settle(found, Link::Declared);
    }
    let number = text(accounts.employee.get(row));
    let found = directory.by_number(number);
    if found != Match::Nobody {
        return settle(found, Link::Employee);
    }
    let local = matches!(system.kind, SystemKind::Device | SystemKind::Host);
    let weaker = [
        (directory.mail.find(&address(text(accounts.mail.get(row)))), Link::Mail),
        (directory.mail.find(&address(text(accounts.upn.get(row)))), Link::Mail),
        (directory.mail.find(&address(login)), Link::Mail),
        (directory.by_login(login, !local), Link::Login),
    ];
    match weaker.into_iter().find(|(found, _)| *found != Match::Nobody) {
        Some((Match::One(person), _)) if directory.contradicts(person, number) => Tie::NONE,
        Some((found, link)) => settle(found, link),
        None => Tie::NONE,
    }
}

fn settle(found: Match, link: Link) -> Tie {
    match found {
        Match::One(person) => Tie::to(person, link),
        Match::Several => Tie::AMBIGUOUS,
        Match::Nobody => Tie::NONE,
    }
}

fn can_be_a_persons(site: &Inventory, row: u32) -> bool {
    let flags = site.accounts.flags.get(row);
    let other = [Flag::Machine, Flag::BuiltIn, Flag::Managed, Flag::Absorbed];
    !other.iter().any(|&flag| flags.get(flag).is_yes())
}

/// Accounts that carry one employee number which the roster does not know are one person too.
pub(super) fn people_without_roster(site: &mut Inventory, ties: &mut [Tie]) {
    let mut keys: Vec<(u32, String)> = Vec::new();
    for (row, tie) in ties.iter().enumerate() {
        let key = employee_key(site.text.get(site.accounts.employee.get(row as u32)));
        if tie.open() && !key.is_empty() && can_be_a_persons(site, row as u32) {
            keys.push((row as u32, key));
        }
    }
    let padded = distinct_only_by_zeros(site, &keys);
    let mut people: HashMap<&str, u32> = HashMap::new();
    for (row, key) in &keys {
        let bare = without_leading_zeros(key);
        let key = if padded.contains(bare) { key.as_str() } else { bare };
        let next = site.people.len() as u32;
        let person = *people.entry(key).or_insert(next);
        if person == next {
            let id = site.accounts.employee.get(*row);
            site.people.push(Person { roster: None, id });
        }
        ties[*row as usize] = Tie::to(person, Link::Employee);
    }
}

// Where one system holds 0123 and 123, leading zeros tell people apart.
fn distinct_only_by_zeros<'a>(site: &Inventory, keys: &'a [(u32, String)]) -> HashSet<&'a str> {
    let mut seen: HashMap<(u16, &str), &str> = HashMap::new();
    let mut padded = HashSet::new();
    for (row, key) in keys {
        let bare = without_leading_zeros(key);
        let system = site.accounts.system.get(*row);
        if *seen.entry((system, bare)).or_insert(key) != key {
            padded.insert(bare);
        }
    }
    padded
}

/// Ties what is left through another account of the site with the same login or address.
pub(super) fn through_accounts(site: &Inventory, ties: &mut [Tie]) {
    let (logins, addresses) = tied_keys(site, ties);
    if logins.is_empty() && addresses.is_empty() {
        return;
    }
    let added: Vec<_> = (0..ties.len())
        .into_par_iter()
        .filter(|&row| ties[row].open() && can_be_a_persons(site, row as u32))
        .filter_map(|row| Some((row, through(site, row as u32, &logins, &addresses)?)))
        .collect();
    let names = names(site, ties);
    for (row, person) in added {
        if !names_differ(&names[person as usize], &own_name(site, row as u32)) {
            ties[row] = Tie::to(person, Link::Account);
        }
    }
}

fn through(site: &Inventory, row: u32, logins: &Index, addresses: &Index) -> Option<u32> {
    let accounts = &site.accounts;
    let text = |span| site.text.get(span);
    let (mail, upn) = (text(accounts.mail.get(row)), text(accounts.upn.get(row)));
    let login = text(accounts.login.get(row));
    let found = [
        addresses.find(&address(mail)),
        addresses.find(&address(upn)),
        addresses.find(&address(login)),
        logins.find(&login_key(login)),
    ];
    match found.into_iter().find(|found| *found != Match::Nobody)? {
        Match::One(person) => Some(person),
        _ => None,
    }
}

// A login that one system holds twice tells nobody apart.
fn tied_keys(site: &Inventory, ties: &[Tie]) -> (Index, Index) {
    let (mut logins, mut addresses) = (Index::default(), Index::default());
    let mut seen: HashSet<(u16, String)> = HashSet::new();
    for (row, tie) in ties.iter().enumerate() {
        let row = row as u32;
        let Some(person) = tie.person else { continue };
        let accounts = &site.accounts;
        let login = site.text.get(accounts.login.get(row));
        let key = login_key(login);
        if !GENERIC.contains(&key.as_ref()) {
            let first = seen.insert((accounts.system.get(row), key.to_string()));
            if first { logins.add(&key, person) } else { logins.spoil(&key) }
        }
        for text in [accounts.mail.get(row), accounts.upn.get(row)] {
            addresses.add(&address(site.text.get(text)), person);
        }
        addresses.add(&address(login), person);
    }
    (logins, addresses)
}

fn names(site: &Inventory, ties: &[Tie]) -> Vec<String> {
    let roster = |person: &Person| {
        let row = person.roster.map(|row| &site.roster[row as usize]);
        row.map_or_else(String::new, |row| variant_key(site.text.get(row.name)))
    };
    let mut names: Vec<_> = site.people.iter().map(roster).collect();
    for (row, tie) in ties.iter().enumerate() {
        if let Some(person) = tie.person.filter(|&person| names[person as usize].is_empty()) {
            names[person as usize] = own_name(site, row as u32);
        }
    }
    names
}

fn own_name(site: &Inventory, row: u32) -> String {
    variant_key(site.text.get(site.accounts.name.get(row)))
}

/// True where two names are surely two people's: both in kanji or kana, and neither inside the
/// other (`原田亮` and `原田亮(医局)` are one).
fn names_differ(a: &str, b: &str) -> bool {
    let written = |name: &str| !name.is_empty() && !name.is_ascii();
    written(a) && written(b) && !a.contains(b) && !b.contains(a)
}
