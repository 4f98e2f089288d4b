//! Accounts of one site → people of the same site.

use crate::correlate::directory::{Directory, Index, Match, address};
use crate::model::account::{Accounts, Flag};
use crate::model::arena::{Arena, Span};
use crate::model::inventory::Inventory;
use crate::model::person::{Link, Person};
use crate::model::site::SystemKind;
use crate::text::name::{employee_key, login_key, variant_key, without_leading_zeros};
use hashbrown::{HashMap, HashSet};
use rayon::prelude::*;
use std::borrow::Cow;

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
    if directory.is_empty() {
        return vec![Tie::NONE; site.accounts.len() as usize];
    }
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
    let open = |row: &u32| ties[*row as usize].open() && can_be_a_persons(site, *row);
    let rows: Vec<u32> = (0..ties.len() as u32).filter(open).collect();
    let numbers = Numbers { text: &site.text, accounts: &site.accounts, rows: &rows };
    let padded = numbers.distinct_only_by_zeros();
    let mut people: HashMap<Cow<'_, str>, u32> = HashMap::with_capacity(rows.len());
    for (row, number, key) in numbers.iter() {
        let next = site.people.len() as u32;
        let bare = without_leading_zeros(&key);
        let key =
            if bare.len() == key.len() || padded.contains(bare) { key } else { shortened(key) };
        let person = *people.entry(key).or_insert(next);
        if person == next {
            site.people.push(Person { roster: None, id: number });
        }
        ties[row as usize] = Tie::to(person, Link::Employee);
    }
}

fn shortened(key: Cow<'_, str>) -> Cow<'_, str> {
    match key {
        Cow::Borrowed(key) => Cow::Borrowed(without_leading_zeros(key)),
        Cow::Owned(key) => Cow::Owned(without_leading_zeros(&key).to_owned()),
    }
}

/// The employee numbers of some accounts.
struct Numbers<'a> {
    text: &'a Arena,
    accounts: &'a Accounts,
    rows: &'a [u32],
}

impl<'a> Numbers<'a> {
    /// Row, number as written, key.
    fn iter(&self) -> impl Iterator<Item = (u32, Span, Cow<'a, str>)> {
        let (text, accounts) = (self.text, self.accounts);
        self.rows
            .iter()
            .map(|&row| (row, accounts.employee.get(row)))
            .filter(|(_, number)| !number.is_empty())
            .map(|(row, number)| (row, number, employee_key(text.get(number))))
    }

    /// Where one system holds 0123 and 123, leading zeros tell people apart.
    fn distinct_only_by_zeros(&self) -> HashSet<String> {
        let mut padded = HashSet::new();
        // Numbers of one width cannot differ in zeros alone, and most systems have one width.
        let mut widths = self.iter().map(|(_, _, key)| key.len());
        let first = widths.next();
        if widths.all(|width| Some(width) == first) {
            return padded;
        }
        let mut seen: HashMap<(u16, String), usize> = HashMap::new();
        for (row, _, key) in self.iter() {
            let bare = without_leading_zeros(&key);
            let place = (self.accounts.system.get(row), bare.to_owned());
            if *seen.entry(place).or_insert(key.len()) != key.len() {
                padded.insert(bare.to_owned());
            }
        }
        padded
    }
}

/// Ties what is left through another account of the site with the same login or address.
pub(super) fn through_accounts(site: &Inventory, ties: &mut [Tie]) {
    let left: Vec<u32> = (0..ties.len() as u32)
        .filter(|&row| ties[row as usize].open() && can_be_a_persons(site, row))
        .collect();
    let known = Known::of(site, ties, &left);
    let added: Vec<(u32, u32)> =
        left.into_par_iter().filter_map(|row| Some((row, known.person(site, row)?))).collect();
    let names = names(site, ties, &added);
    for (row, person) in added {
        if !names_differ(&names[&person], &own_name(site, row)) {
            ties[row as usize] = Tie::to(person, Link::Account);
        }
    }
}

/// Logins and addresses of tied accounts, as far as somebody who is left carries them.
struct Known {
    logins: Index,
    addresses: Index,
}

impl Known {
    fn of(site: &Inventory, ties: &[Tie], left: &[u32]) -> Self {
        let mut known = Self { logins: Index::default(), addresses: Index::default() };
        let mut wanted: HashSet<Cow<'_, str>> = HashSet::new();
        for &row in left {
            wanted.insert(login_key(login(site, row)));
            wanted.extend(addresses(site, row));
        }
        if wanted.is_empty() {
            return known;
        }
        let mut seen: HashSet<(u16, String)> = HashSet::new();
        for (row, tie) in (0..).zip(ties) {
            let Some(person) = tie.person else { continue };
            let key = login_key(login(site, row));
            if wanted.contains(key.as_ref()) && !GENERIC.contains(&key.as_ref()) {
                // A login that one system holds twice tells nobody apart.
                let first = seen.insert((site.accounts.system.get(row), key.to_string()));
                if first { known.logins.add(&key, person) } else { known.logins.spoil(&key) }
            }
            for address in addresses(site, row).filter(|address| wanted.contains(address)) {
                known.addresses.add(&address, person);
            }
        }
        known
    }

    fn person(&self, site: &Inventory, row: u32) -> Option<u32> {
        let by_address = addresses(site, row).map(|address| self.addresses.find(&address));
        let by_login = || self.logins.find(&login_key(login(site, row)));
        let found = by_address
            .chain(std::iter::once_with(by_login))
            .find(|found| *found != Match::Nobody)?;
        match found {
            Match::One(person) => Some(person),
            _ => None,
        }
    }
}

fn login(site: &Inventory, row: u32) -> &str {
    site.text.get(site.accounts.login.get(row))
}

/// Addresses that an account carries, as keys.
fn addresses(site: &Inventory, row: u32) -> impl Iterator<Item = Cow<'_, str>> {
    let accounts = &site.accounts;
    [accounts.mail.get(row), accounts.upn.get(row), accounts.login.get(row)]
        .into_iter()
        .map(|span| address(site.text.get(span)))
        .filter(|address| !address.is_empty())
}

/// Names of the people that accounts are about to be tied to: the roster's, else an account's.
fn names(site: &Inventory, ties: &[Tie], added: &[(u32, u32)]) -> HashMap<u32, String> {
    let roster = |person: u32| {
        let row = site.people[person as usize].roster.map(|row| &site.roster[row as usize]);
        row.map_or_else(String::new, |row| variant_key(site.text.get(row.name)))
    };
    let mut names: HashMap<u32, String> =
        added.iter().map(|&(_, person)| (person, roster(person))).collect();
    if names.values().all(|name| !name.is_empty()) {
        return names;
    }
    for (row, tie) in (0..).zip(ties) {
        let name = tie.person.and_then(|person| names.get_mut(&person));
        if let Some(name) = name.filter(|name| name.is_empty()) {
            *name = own_name(site, row);
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
