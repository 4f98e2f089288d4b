//! Results of all sites → one report that needs nothing else: subjects, groups, ids, coverage.

use crate::audit::group::accounts;
use crate::audit::people::who;
use crate::audit::run::RunFacts;
use crate::audit::sink::{NO_ROW, NO_SYSTEM, Pending, Sink};
use crate::audit::site::SiteFacts;
use crate::audit::{id, lists, remedy};
use crate::model::arena::{Arena, NameId, Names, Span};
use crate::model::column::Column;
use crate::model::day::{Day, When};
use crate::model::evidence::Subject;
use crate::model::file::{FileId, InputFile, Origin, Problem};
use crate::model::finding::{Facts, Finding, NO_GROUP, Status};
use crate::model::report::{
    Coverage, Report, ReportGroup, ReportSite, ReportSubject, RuleUsed, Run,
};
use crate::model::state::{Assigned, Cause, FindingState, NO_EXCEPTION};
use crate::policy::Policy;
use crate::rules::RuleSet;
use crate::rules::check::CheckRule;
use hashbrown::HashMap;
use rayon::prelude::*;
use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// Puts a report together. Findings are sorted by id.
pub(crate) fn report(
    run: Run,
    facts: &RunFacts<'_>,
    rules: &RuleSet,
    policy: &Policy,
    sinks: Vec<Sink>,
) -> Report {
    let coverage = coverage(&sinks);
    let pending: Vec<Pending> = sinks.into_iter().flat_map(|sink| sink.pending).collect();
    let named = with_ids(facts, rules, pending);
    let (files, first_file) = files(facts);
    let mut writer = Writer {
        facts,
        first_file,
        text: Arena::default(),
        names: Names::default(),
        subjects: Vec::new(),
        known: HashMap::new(),
        groups: Groups::of(facts, &named),
    };
    writer.subjects(&named);
    let (ids, findings): (Vec<_>, Vec<_>) =
        named.iter().map(|(id, pending)| (*id, writer.finding(pending))).unzip();
    let states = named.iter().map(|(_, pending)| seen_first(pending, run.as_of)).collect();
    let problems = problems(facts, &writer.first_file);
    let lists = lists::of(facts, soon(rules, policy), &mut writer.text, &mut writer.names);
    let remedies = remedy::of(facts, &writer.known, &mut writer.text);
    Report {
        run,
        sites: facts.sites.iter().map(|site| report_site(facts, site)).collect(),
        text: writer.text,
        names: writer.names,
        subjects: writer.subjects,
        remedies,
        findings,
        ids,
        states,
        assigned: Column::new(Assigned::NOBODY),
        exceptions: Vec::new(),
        past: Vec::new(),
        compared: None,
        groups: writer.groups.list,
        coverage,
        files,
        problems,
        incomparable: facts.evidence.incomparable.clone(),
        asked: rules.checks.iter().map(|rule| policy.selected(rule)).collect(),
        used: rules.checks.iter().map(|rule| Some(used(rule, policy))).collect(),
        lists,
    }
}

fn used(rule: &CheckRule, policy: &Policy) -> RuleUsed {
    let number = |key: &String| (key.clone(), policy.threshold(rule, key));
    RuleUsed { version: rule.version(), thresholds: rule.thresholds.keys().map(number).collect() }
}

/// What this run alone knows of a finding.
fn seen_first(pending: &Pending, as_of: Day) -> FindingState {
    let (exception, ended) = (pending.exception, pending.status == Status::New);
    let cause = match exception {
        NO_EXCEPTION => Cause::None,
        _ if ended => Cause::ExceptionEnded,
        _ => Cause::None,
    };
    match pending.status {
        Status::NotEvaluable => FindingState::UNKNOWN,
        _ => FindingState { exception, cause, ..FindingState::since(When::On(as_of).into()) },
    }
}

/// How far ahead people who leave are listed: a number of the rule about those who left.
fn soon(rules: &RuleSet, policy: &Policy) -> i32 {
    let number = rules.check("LIFE-06").map(|(_, rule)| policy.threshold(rule, "soon_days"));
    number.unwrap_or(0) as i32
}

type Named = ([u8; 16], Pending);

/// Gives every finding its id, and equal ones an ordinal, in an order that no thread count and
/// no order of files changes.
fn with_ids(facts: &RunFacts<'_>, rules: &RuleSet, pending: Vec<Pending>) -> Vec<Named> {
    let name = |pending: Pending| (id_of(facts, rules, &pending), pending);
    let mut named: Vec<Named> = pending.into_par_iter().map(name).collect();
    loop {
        named.par_sort_unstable_by(|a, b| order(facts, a, b));
        if !number_equals(facts, rules, &mut named) {
            return named;
        }
    }
}

// The first of equal ids keeps it; the others are told apart by their place in the order.
fn number_equals(facts: &RunFacts<'_>, rules: &RuleSet, named: &mut [Named]) -> bool {
    let mut any = false;
    for equals in named.chunk_by_mut(|a, b| a.0 == b.0) {
        for (ordinal, (id, pending)) in (2..).zip(&mut equals[1..]) {
            let before = &pending.found.discriminator;
            pending.found.discriminator = format!("{before}#{ordinal}").into();
            *id = id_of(facts, rules, pending);
            any = true;
        }
    }
    any
}

fn order(facts: &RunFacts<'_>, a: &Named, b: &Named) -> Ordering {
    let path = |p: &Pending| file(facts, p).map_or("", |file| &file.path);
    a.0.cmp(&b.0)
        .then_with(|| path(&a.1).cmp(path(&b.1)))
        .then_with(|| a.1.origin.line.cmp(&b.1.origin.line))
        .then_with(|| a.1.found.detail.cmp(&b.1.found.detail))
        .then_with(|| a.1.row.cmp(&b.1.row))
}

/// The export that a finding stands in; what is about an exception stands in none.
fn file<'a>(facts: &'a RunFacts<'_>, pending: &Pending) -> Option<&'a InputFile> {
    facts.sites[pending.site as usize].inventory.files.get(pending.origin.file.0 as usize)
}

fn id_of(facts: &RunFacts<'_>, rules: &RuleSet, pending: &Pending) -> [u8; 16] {
    let inventory = facts.sites[pending.site as usize].inventory;
    let key = match pending.row {
        NO_ROW => Cow::Borrowed(""),
        row => id::account_key(inventory, row),
    };
    id::finding(
        &rules.checks[pending.rule as usize].id,
        &inventory.site.slug,
        if pending.system == NO_SYSTEM { "" } else { inventory.system_name(pending.system) },
        &key,
        &pending.found.discriminator,
    )
}

/// Groups that a finding names, in the order of their ids.
struct Groups {
    list: Vec<ReportGroup>,
    /// Position by the evidence's number.
    place: HashMap<u32, u32>,
}

impl Groups {
    fn of(facts: &RunFacts<'_>, named: &[Named]) -> Self {
        let used: BTreeSet<u32> =
            named.iter().map(|(_, p)| p.found.group).filter(|&group| group != NO_GROUP).collect();
        let mut list: Vec<_> = used
            .into_par_iter()
            .map(|number| {
                let group = &facts.evidence.groups[number as usize];
                let size = facts.groups[number as usize].accounts;
                let tag = group.tag.clone();
                (number, ReportGroup { id: group_id(facts, number), size, tag })
            })
            .collect();
        list.sort_by(|a, b| a.1.id.cmp(&b.1.id));
        let place = list.iter().zip(0..).map(|((number, _), place)| (*number, place)).collect();
        Self { list: list.into_iter().map(|(_, group)| group).collect(), place }
    }
}

/// Id of a group by its number in the evidence.
pub(super) fn group_id(facts: &RunFacts<'_>, number: u32) -> String {
    let members = accounts(&facts.evidence.groups[number as usize], facts.subjects);
    let key = |member: Subject| {
        let inventory = facts.sites[member.site as usize].inventory;
        let (site, system) = (inventory.site.slug.as_str(), inventory.system_name(member.system));
        [Cow::Borrowed(site), Cow::Borrowed(system), id::account_key(inventory, member.row)]
    };
    id::group(members.into_iter().map(key).collect())
}

/// Turns findings in the making into findings, with texts and subjects of the report's own.
struct Writer<'a> {
    facts: &'a RunFacts<'a>,
    first_file: Vec<u32>,
    text: Arena,
    names: Names,
    subjects: Vec<ReportSubject>,
    known: HashMap<(u16, u16, u32), u32>,
    groups: Groups,
}

impl Writer<'_> {
    fn finding(&mut self, pending: &Pending) -> Finding {
        let found = &pending.found;
        Finding {
            rule: pending.rule,
            severity: pending.severity,
            confidence: found.confidence,
            status: pending.status,
            sensitivity: pending.sensitivity,
            subject: self.subject(pending),
            group: self.groups.place.get(&found.group).copied().unwrap_or(NO_GROUP),
            discriminator: self.text.push(&found.discriminator),
            facts: Facts {
                metric: found.metric,
                value: found.value,
                unit: found.unit,
                date: found.date,
                detail: self.text.push(&found.detail),
            },
            origin: moved(pending.origin, self.first_file[pending.site as usize]),
        }
    }

    /// Takes the subjects in the order of the inventories: by id they lie all over the memory.
    fn subjects(&mut self, named: &[Named]) {
        let place = |p: &Pending| (p.site, p.row, p.system);
        let mut order: Vec<&Pending> = named.iter().map(|(_, pending)| pending).collect();
        order.par_sort_unstable_by_key(|p| place(p));
        order.dedup_by_key(|p| place(p));
        self.known.reserve(order.len());
        for pending in order {
            self.subject(pending);
        }
    }

    fn subject(&mut self, pending: &Pending) -> u32 {
        let (site, system, row) = (pending.site, pending.system, pending.row);
        if let Some(&known) = self.known.get(&(site, system, row)) {
            return known;
        }
        let subject = if row == NO_ROW {
            ReportSubject {
                site,
                system,
                login: Span::EMPTY,
                key: Span::EMPTY,
                person: Span::EMPTY,
                name: Span::EMPTY,
                department: NameId::EMPTY,
            }
        } else {
            self.account(site, system, row)
        };
        self.subjects.push(subject);
        let number = self.subjects.len() as u32 - 1;
        self.known.insert((site, system, row), number);
        number
    }

    fn account(&mut self, site: u16, system: u16, row: u32) -> ReportSubject {
        let facts = &self.facts.sites[site as usize];
        let (inventory, accounts) = (facts.inventory, &facts.inventory.accounts);
        let who = who(facts, row);
        ReportSubject {
            site,
            system,
            login: self.text.push(inventory.text.get(accounts.login.get(row))),
            key: self.text.push(&id::account_key(inventory, row)),
            person: self.text.push(who.person),
            name: self.text.push(who.name),
            department: self.names.intern(who.department),
        }
    }
}

const fn moved(origin: Origin, first: u32) -> Origin {
    Origin { file: FileId(origin.file.0.saturating_add(first)), line: origin.line }
}

fn files(facts: &RunFacts<'_>) -> (Vec<(u16, InputFile)>, Vec<u32>) {
    let (mut files, mut first) = (Vec::new(), Vec::new());
    for site in &facts.sites {
        first.push(files.len() as u32);
        let site_number = site.index as u16;
        files.extend(site.inventory.files.iter().map(|file| (site_number, file.clone())));
    }
    (files, first)
}

fn problems(facts: &RunFacts<'_>, first_file: &[u32]) -> Vec<Problem> {
    let mut all = Vec::new();
    for (site, &first) in facts.sites.iter().zip(first_file) {
        let problems = site.inventory.problems.iter().cloned();
        all.extend(problems.map(|p| Problem { origin: moved(p.origin, first), ..p }));
    }
    all
}

fn report_site(facts: &RunFacts<'_>, site: &SiteFacts<'_>) -> ReportSite {
    let inventory = site.inventory;
    ReportSite {
        slug: inventory.site.slug.clone(),
        name: inventory.site.name.clone(),
        systems: lists::systems(facts, site),
        accounts: site.systems.iter().map(|facts| facts.accounts).sum(),
        people: inventory.people.len() as u32,
    }
}

fn coverage(sinks: &[Sink]) -> Vec<Coverage> {
    let mut rows: Vec<_> = (0_u16..)
        .zip(sinks)
        .flat_map(|(site, sink)| {
            sink.tallies().map(move |(rule, system, tally)| Coverage {
                rule,
                site,
                system,
                judged: tally.judged,
                unjudged: tally.unjudged,
                findings: tally.findings,
                missing: tally.missing.words(),
            })
        })
        .collect();
    rows.sort_by_key(|row| (row.rule, row.site, row.system));
    rows
}
