//! The people of a site by each key that an account may carry.

use crate::model::inventory::Inventory;
use crate::text::name::{employee_key, login_key, without_leading_zeros};
use hashbrown::HashMap;
use hashbrown::hash_map::Entry;
use std::borrow::Cow;

/// What a key gives.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Match {
    /// Nobody carries it.
    Nobody,
    /// Exactly one person.
    One(u32),
    /// Several people carry it.
    Several,
}

/// An index in which a second owner makes a key useless instead of taking it over.
#[derive(Default)]
pub(super) struct Index(HashMap<String, Option<u32>>);

impl Index {
    /// Gives a key to a person; the empty key belongs to nobody.
    pub(super) fn add(&mut self, key: &str, person: u32) {
        if key.is_empty() {
            return;
        }
        match self.0.entry(key.to_owned()) {
            Entry::Vacant(free) => {
                free.insert(Some(person));
            }
            Entry::Occupied(mut taken) => {
                if *taken.get() != Some(person) {
                    taken.insert(None);
                }
            }
        }
    }

    /// Makes a key useless.
    pub(super) fn spoil(&mut self, key: &str) {
        if !key.is_empty() {
            self.0.insert(key.to_owned(), None);
        }
    }

    /// Who carries a key.
    pub(super) fn find(&self, key: &str) -> Match {
        if key.is_empty() {
            return Match::Nobody;
        }
        match self.0.get(key) {
            None => Match::Nobody,
            Some(None) => Match::Several,
            Some(Some(person)) => Match::One(*person),
        }
    }

    /// True where no key was given.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The roster of a site by its keys.
pub(super) struct Directory {
    /// By employee number.
    number: Index,
    /// By employee number without leading zeros.
    bare_number: Index,
    /// By mail address.
    pub(super) mail: Index,
    /// By login.
    login: Index,
    /// Hand-made: (system, login) -> person.
    links: HashMap<(String, String), Match>,
    /// Employee number of each person without leading zeros.
    bare: Vec<String>,
}

impl Directory {
    /// Indexes the roster, whose people are already in `site.people`.
    pub(super) fn of(site: &Inventory) -> Self {
        let mut directory = Self {
            number: Index::default(),
            bare_number: Index::default(),
            mail: Index::default(),
            login: Index::default(),
            links: HashMap::new(),
            bare: Vec::with_capacity(site.people.len()),
        };
        for (person, row) in site.people.iter().enumerate() {
            let key = employee_key(site.text.get(row.id));
            directory.number.add(&key, person as u32);
            directory.bare_number.add(without_leading_zeros(&key), person as u32);
            directory.bare.push(without_leading_zeros(&key).to_owned());
        }
        directory.add_addresses(site);
        directory.add_links(site);
        directory
    }

    /// True where nothing could tie an account to anybody.
    pub(super) fn is_empty(&self) -> bool {
        self.bare.is_empty() && self.links.is_empty()
    }

    // Every row counts, not only the one in force: an address outlives a contract.
    fn add_addresses(&mut self, site: &Inventory) {
        let people: HashMap<u32, u32> = site
            .people
            .iter()
            .enumerate()
            .filter_map(|(p, x)| Some((x.roster?, p as u32)))
            .collect();
        for (index, row) in site.roster.iter().enumerate() {
            let by_number = self.number.find(&employee_key(site.text.get(row.employee)));
            let ((Match::One(person), _) | (_, Some(&person))) =
                (by_number, people.get(&(index as u32)))
            else {
                continue;
            };
            self.mail.add(&address(site.text.get(row.mail)), person);
            self.login.add(&login_key(site.text.get(row.login)), person);
        }
    }

    fn add_links(&mut self, site: &Inventory) {
        for &(system, login, employee) in &site.links {
            let key = (
                site.text.get(system).to_lowercase(),
                login_key(site.text.get(login)).into_owned(),
            );
            self.links.insert(key, self.by_number(site.text.get(employee)));
        }
    }

    /// By hand-made link; `None` where no link names the account.
    pub(super) fn declared(&self, system: &str, login: &str) -> Option<Match> {
        if self.links.is_empty() {
            return None;
        }
        self.links.get(&(system.to_lowercase(), login_key(login).into_owned())).copied()
    }

    /// By employee number as written, else without leading zeros where that is one person.
    pub(super) fn by_number(&self, number: &str) -> Match {
        let key = employee_key(number);
        match self.number.find(&key) {
            Match::Nobody => self.bare_number.find(without_leading_zeros(&key)),
            found => found,
        }
    }

    /// By login, or by a login that is an employee number.
    pub(super) fn by_login(&self, login: &str, may_be_number: bool) -> Match {
        let key = login_key(login);
        match self.login.find(&key) {
            Match::Nobody if may_be_number => self.number.find(&key),
            found => found,
        }
    }

    /// True where an account's own employee number is not that of the person.
    pub(super) fn contradicts(&self, person: u32, number: &str) -> bool {
        let key = employee_key(number);
        let (own, theirs) = (without_leading_zeros(&key), &self.bare[person as usize]);
        !own.is_empty() && !theirs.is_empty() && own != theirs
    }
}

/// Key of a mail address or user principal name; empty where it is none.
pub(super) fn address(text: &str) -> Cow<'_, str> {
    if text.contains(['@', '＠']) { employee_key(text) } else { Cow::Borrowed("") }
}
