//! The last run, as rules about what has changed ask for it.

use crate::audit::account::{Verdict, each_account};
use crate::audit::assemble::group_id;
use crate::audit::check::Asking;
use crate::audit::id;
use crate::audit::missing::{Lack, Missing};
use crate::audit::run::RunFacts;
use crate::audit::sink::Sink;
use crate::audit::site::{Class, SiteFacts};
use crate::audit::view::AccountView;
use crate::model::day::{Day, When};
use crate::model::finding::{NO_GROUP, Status};
use crate::model::inventory::Inventory;
use crate::model::lists::{Listed, Trace};
use crate::model::report::{Report, ReportSystem};
use crate::model::state::Compared;
use hashbrown::{HashMap, HashSet};
use rayon::prelude::*;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

/// The last run and where its accounts stand in it.
pub(crate) struct Earlier<'a> {
    report: &'a Report,
    /// Position of an account by the hash of its names; looked at again before it is believed.
    accounts: HashMap<u64, u32>,
    /// Since when each reuse group of this run exists unchanged, parallel to the evidence's.
    since: Vec<Option<Day>>,
    /// By site: rule and row of what the last run found.
    watched: Vec<HashSet<(u16, u32)>>,
}

/// An account as the last run saw it.
pub(crate) struct Before<'a> {
    report: &'a Report,
    listed: &'a Listed,
    trace: &'a Trace,
}

impl<'a> Before<'a> {
    /// What the last run listed.
    pub(crate) const fn listed(&self) -> &'a Listed {
        self.listed
    }

    /// Name for people.
    pub(crate) fn name(&self) -> &'a str {
        self.report.text.get(self.listed.name)
    }

    /// Person id.
    pub(crate) fn person(&self) -> &'a str {
        self.report.text.get(self.listed.person)
    }

    /// Department.
    pub(crate) fn department(&self) -> &'a str {
        self.report.names.get(self.listed.department)
    }

    /// Role and groups.
    pub(crate) fn rights(&self) -> [&'a str; 2] {
        [self.listed.role, self.trace.groups].map(|name| self.report.names.get(name))
    }
}

impl<'a> Earlier<'a> {
    /// Takes the last run.
    pub(crate) fn of(report: &'a Report) -> Self {
        let lists = &report.lists;
        let rows = (0..).zip(lists.accounts.iter().zip(&lists.traces));
        let accounts = rows.map(|(at, (listed, trace))| (hash(names(report, listed, trace)), at));
        Self { report, accounts: accounts.collect(), since: Vec::new(), watched: Vec::new() }
    }

    /// Looks up since when the groups of a run exist.
    pub(crate) fn with_groups(mut self, facts: &RunFacts<'_>) -> Self {
        let mut first: HashMap<&str, Day> = HashMap::new();
        for (finding, state) in self.report.findings.iter().zip(&self.report.states) {
            let there = !matches!(finding.status, Status::Fixed | Status::NotEvaluable);
            if let (true, When::On(day)) = (there, state.first_seen.when())
                && finding.group != NO_GROUP
            {
                let id = &*self.report.groups[finding.group as usize].id;
                let known = first.entry(id).or_insert(day);
                *known = day.min(*known);
            }
        }
        self.watched = self.watch(&facts.sites);
        let all = 0..facts.evidence.groups.len();
        self.since = all.map(|number| first.get(&*group_id(facts, number)).copied()).collect();
        self
    }

    /// Where the accounts stand now of which the last run found something.
    fn watch(&self, sites: &[SiteFacts<'_>]) -> Vec<HashSet<(u16, u32)>> {
        let report = self.report;
        let mut found: HashMap<u64, Vec<u16>> = HashMap::new();
        for finding in report.findings.iter().filter(|finding| finding.status != Status::Fixed) {
            let subject = &report.subjects[finding.subject as usize];
            let site = &report.sites[subject.site as usize];
            let Some(system) = site.systems.get(subject.system as usize) else { continue };
            let key = report.text.get(subject.key);
            if !key.is_empty() {
                let account = [&*site.slug, system.kind.word(), &system.name, key];
                found.entry(hash(account)).or_default().push(finding.rule);
            }
        }
        let of_site = |site: &SiteFacts<'_>| {
            let (inventory, rows) = (site.inventory, site.inventory.accounts.rows());
            let rules =
                |row| found.get(&hash(account(inventory, row, &id::account_key(inventory, row))));
            let watched = rows.filter_map(|row| Some((row, rules(row)?)));
            watched.flat_map(|(row, rules)| rules.iter().map(move |&rule| (rule, row))).collect()
        };
        if found.is_empty() { Vec::new() } else { sites.par_iter().map(of_site).collect() }
    }

    /// True where the last run found by the rule what stands in the row now.
    pub(crate) fn watches(&self, site: usize, rule: u16, row: u32) -> bool {
        self.watched.get(site).is_some_and(|watched| watched.contains(&(rule, row)))
    }

    /// How a report names it; `key_id` is that of this run.
    pub(crate) fn compared(&self, key_id: &str) -> Compared {
        let run = &self.report.run;
        let same_key = run.key_id == key_id;
        Compared { name: run.name.clone(), as_of: run.as_of, same_key }
    }

    /// The day of the last run.
    pub(crate) const fn day(&self) -> Day {
        self.report.run.as_of
    }

    /// Since when a reuse group exists with the same members.
    pub(crate) fn group_since(&self, group: usize) -> Option<Day> {
        self.since.get(group).copied().flatten()
    }

    /// The system in the last run.
    pub(crate) fn system(&self, inventory: &Inventory, system: u16) -> Option<&'a ReportSystem> {
        let kind = inventory.systems[system as usize].kind;
        let name = inventory.system_name(system);
        let site = self.report.sites.iter().find(|site| site.slug == inventory.site.slug)?;
        let mut systems = site.systems.iter().filter(|system| !system.gone);
        systems.find(|system| system.kind == kind && system.name == name)
    }

    /// Columns that files of the system had.
    pub(crate) fn columns(&self, inventory: &Inventory, system: u16) -> Vec<&'a str> {
        let (slug, name) = (&inventory.site.slug, inventory.system_name(system));
        let of = |site: &u16| self.report.sites[*site as usize].slug == *slug;
        let files = self.report.files.iter().filter(|(site, file)| of(site) && file.system == name);
        files.flat_map(|(_, file)| &file.columns_used).map(String::as_str).collect()
    }

    /// The account in the last run.
    pub(crate) fn account(&self, inventory: &Inventory, row: u32) -> Option<Before<'a>> {
        let key = id::account_key(inventory, row);
        let wanted = account(inventory, row, &key);
        let at = *self.accounts.get(&hash(wanted))? as usize;
        let lists = &self.report.lists;
        let (listed, trace) = (&lists.accounts[at], &lists.traces[at]);
        let same = names(self.report, listed, trace) == wanted;
        same.then_some(Before { report: self.report, listed, trace })
    }

    /// True where the last run found what the rule says of the account.
    pub(crate) fn found(&self, rule: &str, inventory: &Inventory, row: u32) -> bool {
        let system = inventory.system_name(inventory.accounts.system.get(row));
        let key = id::account_key(inventory, row);
        let id = id::finding(rule, &inventory.site.slug, system, &key, "");
        self.report.ids.binary_search(&id).is_ok_and(|at| {
            !matches!(self.report.findings[at].status, Status::Fixed | Status::NotEvaluable)
        })
    }
}

/// The same of an account of this run.
fn account<'a>(inventory: &'a Inventory, row: u32, key: &'a str) -> [&'a str; 4] {
    let system = inventory.accounts.system.get(row);
    let kind = inventory.systems[system as usize].kind.word();
    [&inventory.site.slug, kind, inventory.system_name(system), key]
}

/// Site, kind, system and key of an account.
fn names<'a>(report: &'a Report, listed: &Listed, trace: &Trace) -> [&'a str; 4] {
    let site = &report.sites[listed.site as usize];
    let system = &site.systems[listed.system as usize];
    [&site.slug, system.kind.word(), &system.name, report.text.get(trace.key)]
}

fn hash(names: [&str; 4]) -> u64 {
    let mut hasher = DefaultHasher::new();
    names.hash(&mut hasher);
    hasher.finish()
}

/// Judges each row of a class against what the last run saw of it. An account that is new is not
/// asked about; where there is no last run, or it did not know the system, nothing can be judged.
pub(crate) fn each_before(
    ask: &Asking<'_>,
    about: Class,
    rows: Range<u32>,
    out: &mut Sink,
    judge: impl Fn(&AccountView<'_>, &Before<'_>) -> Verdict,
) {
    let known = known_systems(ask.run.earlier.as_ref(), ask.site);
    each_account(ask, about, rows, out, |account| {
        let system = account.site.inventory.accounts.system.get(account.row);
        let (Some(earlier), true) = (&ask.run.earlier, known[system as usize]) else {
            account.lacks::<()>(Missing::lack(Lack::PreviousRun));
            return Verdict::Pass;
        };
        match earlier.account(account.site.inventory, account.row) {
            Some(before) => judge(account, &before),
            None => Verdict::NotAsked,
        }
    });
}

fn known_systems(earlier: Option<&Earlier<'_>>, site: &SiteFacts<'_>) -> Vec<bool> {
    let systems = 0..site.systems.len() as u16;
    systems
        .map(|system| earlier.is_some_and(|e| e.system(site.inventory, system).is_some()))
        .collect()
}
