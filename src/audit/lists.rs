//! Lists that are no findings: accounts to confirm, people who leave soon, who maintains what.

use crate::audit::people::day;
use crate::audit::run::RunFacts;
use crate::audit::site::{Class, Secrets, SiteFacts};
use crate::audit::subjects::{self, SubjectList};
use crate::kernel::paged::Paged;
use crate::model::account::Flag;
use crate::model::arena::{Arena, NameId, Names, Span};
use crate::model::credential::{Kind, State};
use crate::model::evidence::WordClasses;
use crate::model::lists::{Contract, Declared, Leaving, Listed, Lists, SecretCounts, Trace};
use crate::model::person::PersonId;
use crate::model::register::{Field, Register, RegisterRow};
use crate::model::report::{ReportSubject, ReportSystem};
use crate::model::tri::Tri;
use hashbrown::HashMap;
use std::collections::BTreeSet;

/// Lists a run. `soon` is how many days ahead a leave date counts.
pub(super) fn of(
    facts: &RunFacts<'_>,
    soon: i32,
    subjects: &SubjectList,
    text: &mut Arena,
    names: &mut Names,
) -> Lists {
    let mut listing = Listing {
        subjects,
        text,
        names,
        accounts: Paged::new(),
        traces: Paged::new(),
        of_person: HashMap::new(),
    };
    for site in &facts.sites {
        listing.accounts(facts, site);
    }
    let mut leaving: Vec<_> =
        facts.sites.iter().flat_map(|site| listing.leaving(facts, site, soon)).collect();
    let accounts = &listing.accounts;
    leaving.sort_by(|a, b| {
        let login = |row: &Leaving| row.account.map(|at| accounts[at as usize].login);
        let (one, two) =
            (login(a).map(|l| listing.text.get(l)), login(b).map(|l| listing.text.get(l)));
        let person = |row: &Leaving| listing.text.get(row.person);
        let by_person = (a.site, a.day, person(a)).cmp(&(b.site, b.day, person(b)));
        by_person.then_with(|| one.cmp(&two))
    });
    Lists {
        accounts: listing.accounts,
        traces: listing.traces,
        leaving,
        contracts: facts.sites.iter().flat_map(contracts).collect(),
        declared: facts.sites.iter().flat_map(declared).collect(),
    }
}

struct Listing<'a> {
    subjects: &'a SubjectList,
    text: &'a mut Arena,
    names: &'a mut Names,
    accounts: Paged<Listed>,
    traces: Paged<Trace>,
    /// Accounts of everybody with a roster row, by position.
    of_person: HashMap<PersonId, Vec<u32>>,
}

impl Listing<'_> {
    fn accounts(&mut self, facts: &RunFacts<'_>, site: &SiteFacts<'_>) {
        let marks = Marks::of(facts, site);
        let rows = site.inventory.accounts.rows();
        // Departments and roles repeat: each is interned once per site.
        let mut moved = HashMap::new();
        for row in rows.filter(|&row| site.class(row).is(Class::ACCOUNT)) {
            let known = self.subjects.account(site.index, row).copied();
            let subject = known.unwrap_or_else(|| {
                subjects::account(site, site.index as u16, row, self.text, self.names)
            });
            let listed = self.account(site, row, &subject, &mut moved);
            let trace = self.trace(site, row, subject.key, &marks, &mut moved);
            let person = site.inventory.accounts.person.get(row);
            if site.people.roster(person).is_some() {
                self.of_person.entry(person).or_default().push(self.accounts.len() as u32);
            }
            self.accounts.push(listed);
            self.traces.push(trace);
        }
    }

    fn account(
        &mut self,
        site: &SiteFacts<'_>,
        row: u32,
        subject: &ReportSubject,
        moved: &mut HashMap<NameId, NameId>,
    ) -> Listed {
        let (inventory, accounts) = (site.inventory, &site.inventory.accounts);
        let mut name = |id: NameId| {
            *moved.entry(id).or_insert_with(|| self.names.intern(inventory.names.get(id)))
        };
        let role = name(accounts.role.get(row));
        Listed {
            site: site.index as u16,
            system: subject.system,
            login: subject.login,
            person: subject.person,
            name: subject.name,
            department: subject.department,
            role,
            enabled: accounts.flag(row, Flag::Enabled),
            privileged: site.privileged(row),
            last_use: accounts.last_use.get(row),
            source: accounts.last_use_source.get(row),
        }
    }

    fn trace(
        &mut self,
        site: &SiteFacts<'_>,
        row: u32,
        key: Span,
        marks: &Marks,
        moved: &mut HashMap<NameId, NameId>,
    ) -> Trace {
        let (inventory, accounts) = (site.inventory, &site.inventory.accounts);
        let groups = accounts.groups.get(row);
        let groups =
            *moved.entry(groups).or_insert_with(|| self.names.intern(inventory.names.get(groups)));
        Trace {
            key,
            groups,
            password_set: accounts.password_set.get(row),
            tag: self.text.push(marks.tags.get(&row).map_or("", String::as_str)),
            triable: site.secrets(row).any(Secrets::TRIABLE),
            left: marks.left.get(&row).copied().unwrap_or_default(),
        }
    }

    /// People of a site's roster who leave from the judging day on, with each of their accounts.
    fn leaving(&mut self, facts: &RunFacts<'_>, site: &SiteFacts<'_>, soon: i32) -> Vec<Leaving> {
        let mut found = Vec::new();
        let first: usize =
            facts.sites[..site.index].iter().map(|site| site.inventory.people.len()).sum();
        for number in 0..site.inventory.people.len() {
            let person = PersonId((first + number) as u32);
            let Some((home, row)) = site.people.roster(person) else { continue };
            let Some(last) = day(row.left) else { continue };
            let began_again = day(row.joined).is_some_and(|began| began > last);
            if began_again || !(0..=soon).contains(&last.days_since(site.as_of)) {
                continue;
            }
            let leaving = Leaving {
                site: site.index as u16,
                person: self.text.push(site.people.id(person)),
                name: self.text.push(home.text.get(row.name)),
                department: self.names.intern(home.names.get(row.department)),
                day: last,
                account: None,
            };
            match self.of_person.get(&person) {
                None => found.push(leaving),
                Some(held) => {
                    found.extend(held.iter().map(|&at| Leaving { account: Some(at), ..leaving }));
                }
            }
        }
        found
    }
}

/// What the engine left behind on the accounts of a site, by row.
struct Marks {
    /// Tags of current login secrets.
    tags: HashMap<u32, String>,
    /// Classes of which not every word was tried.
    left: HashMap<u32, WordClasses>,
}

impl Marks {
    fn of(facts: &RunFacts<'_>, site: &SiteFacts<'_>) -> Self {
        let credentials = &site.inventory.credentials;
        let mut of_row: HashMap<u32, BTreeSet<&str>> = HashMap::new();
        for (index, tag) in facts.evidence.tags.get(site.index).map_or(&[][..], Vec::as_slice) {
            let credential = &credentials[*index as usize];
            if credential.depth == 0 && credential.kind == Kind::Login {
                of_row.entry(credential.account).or_default().insert(tag);
            }
        }
        let joined = |(row, tags): (u32, BTreeSet<&str>)| {
            (row, tags.into_iter().collect::<Vec<_>>().join(" "))
        };
        let mut left: HashMap<u32, WordClasses> = HashMap::new();
        // They are sorted by account, and the accounts of a site stand together.
        let untried = &facts.evidence.untried;
        let first = facts.subjects.number(site.index, 0);
        let from = untried.partition_point(|untried| untried.credential.subject < first);
        for untried in &untried[from..] {
            let subject = facts.subjects.get(untried.credential.subject);
            if subject.site as usize != site.index {
                break;
            }
            left.entry(subject.row).or_default().join(untried.classes);
        }
        Self { tags: of_row.into_iter().map(joined).collect(), left }
    }
}

/// Who maintains what, by the register of vendors and the ledger; each once.
fn contracts(site: &SiteFacts<'_>) -> BTreeSet<Contract> {
    let inventory = site.inventory;
    let text = |row: &RegisterRow, field| inventory.text.get(row.text(field)).trim().to_owned();
    let of_row = |row: &RegisterRow| {
        let (company, names): (_, &[Field]) = match row.register {
            Register::Vendor => (Field::Company, &[Field::System]),
            Register::Ledger => (Field::Maintainer, &[Field::Host, Field::Name]),
            _ => return None,
        };
        let company = text(row, company);
        let written = names.iter().map(|&field| text(row, field)).find(|name| !name.is_empty());
        let written = written.unwrap_or_default();
        let system = (0..inventory.systems.len() as u16)
            .find(|&system| !written.is_empty() && inventory.is_called(system, &written));
        let name = system.map_or(written, |system| inventory.system_name(system).to_owned());
        (!company.is_empty()).then_some(Contract { site: site.index as u16, company, system, name })
    };
    inventory.registers.iter().filter_map(of_row).collect()
}

fn declared(site: &SiteFacts<'_>) -> Vec<Declared> {
    let inventory = site.inventory;
    let rows = inventory.registers.iter().filter(|row| row.register == Register::Declared);
    let text = |row: &RegisterRow, field| inventory.text.get(row.text(field)).trim().to_owned();
    let rows = rows.map(|row| Declared {
        site: site.index as u16,
        system: text(row, Field::System),
        item: text(row, Field::Item),
        day: row.day(Field::When),
    });
    rows.filter(|row| !row.item.is_empty()).collect()
}

/// Systems of a site with what is counted about them.
pub(super) fn systems(facts: &RunFacts<'_>, site: &SiteFacts<'_>) -> Vec<ReportSystem> {
    let inventory = site.inventory;
    let named = inventory.systems.iter().zip(&site.systems);
    let mut systems: Vec<_> = named
        .map(|(system, facts)| ReportSystem {
            kind: system.kind,
            name: inventory.names.get(system.name).to_owned(),
            accounts: facts.accounts,
            logins: 0,
            disabled: 0,
            secrets: SecretCounts::default(),
            gone: false,
        })
        .collect();
    for row in inventory.accounts.rows() {
        let class = site.class(row);
        let system = &mut systems[inventory.accounts.system.get(row) as usize];
        system.logins += u32::from(class.is(Class::ACCOUNT));
        let enabled = inventory.accounts.flag(row, Flag::Enabled);
        system.disabled += u32::from(class.is(Class::PERSONS) && enabled == Tri::No);
    }
    count_secrets(facts, site, &mut systems);
    systems
}

fn count_secrets(facts: &RunFacts<'_>, site: &SiteFacts<'_>, systems: &mut [ReportSystem]) {
    let inventory = site.inventory;
    for (index, credential) in inventory.credentials.iter().enumerate() {
        if credential.depth > 0 {
            continue;
        }
        let system = inventory.accounts.system.get(credential.account);
        let secrets = &mut systems[system as usize].secrets;
        secrets.exported += 1;
        let open = match facts.recognised(site, index).state {
            State::Plain | State::Reversible | State::Hash | State::NoPassword | State::Locked => {
                true
            }
            State::ReversibleKeyed | State::Masked | State::Placeholder | State::Unknown => false,
        };
        *(if open { &mut secrets.comparable } else { &mut secrets.untestable }) += 1;
    }
    let of_site = |left: &&crate::model::evidence::Incomparable| left.site as usize == site.index;
    for left in facts.evidence.incomparable.iter().filter(of_site) {
        let secrets = &mut systems[left.system as usize].secrets;
        // Whatever the engine counted beyond what is in use now (a history) stays out.
        let moved = left.secrets.min(secrets.comparable);
        secrets.comparable -= moved;
        *(if left.tried > 0 { &mut secrets.tried } else { &mut secrets.untestable }) += moved;
    }
}
