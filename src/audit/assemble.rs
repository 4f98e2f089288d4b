//! Results of all sites → one report that needs nothing else: subjects, groups, ids, coverage.

use crate::audit::group::accounts;
use crate::audit::order::{PART, Place, by_id};
use crate::audit::run::RunFacts;
use crate::audit::sink::{Pending, Sink};
use crate::audit::site::SiteFacts;
use crate::audit::subjects::SubjectList;
use crate::audit::{id, lists, remedy};
use crate::kernel::paged::Paged;
use crate::model::arena::Names;
use crate::model::column::Column;
use crate::model::day::{Day, When};
use crate::model::evidence::Subject;
use crate::model::file::{FileId, InputFile, Origin, Problem};
use crate::model::finding::{Finding, NO_GROUP, Status};
use crate::model::report::{Coverage, Report, ReportGroup, ReportSite, RuleUsed, Run};
use crate::model::state::{Assigned, Cause, FindingState, NO_EXCEPTION};
use crate::policy::Policy;
use crate::rules::RuleSet;
use crate::rules::check::CheckRule;
use rayon::prelude::*;
use std::borrow::Cow;

/// Puts a report together. Findings are sorted by id.
pub(crate) fn report(
    run: Run,
    facts: &RunFacts<'_>,
    rules: &RuleSet,
    policy: &Policy,
    sinks: Vec<Sink>,
) -> Report {
    let coverage = coverage(&sinks);
    let unjudged = open(facts, rules, &sinks);
    let key_id = run.key_id.clone();
    let Sink { mut pending, mut text, .. } = all_pending(sinks);
    let mut names = Names::default();
    let subjects = SubjectList::of(facts, &mut pending, &mut text, &mut names);
    let places = by_id(facts, rules, &mut pending, &subjects, &mut text);
    let (files, first_file) = files(facts);
    let writer = Writer { groups: Groups::of(facts, &pending), first_file };
    let findings = in_order(&places, &pending, |pending| writer.finding(pending));
    let states = in_order(&places, &pending, |pending| seen_first(pending, run.as_of));
    drop(pending);
    let Writer { groups, first_file } = writer;
    let problems = problems(facts, &first_file);
    let lists = lists::of(facts, soon(rules, policy), &subjects, &mut text, &mut names);
    let remedies = remedy::of(facts, &subjects, &mut text);
    Report {
        run,
        sites: facts.sites.iter().map(|site| report_site(facts, site)).collect(),
        text,
        names,
        subjects: subjects.list,
        remedies,
        findings,
        ids: places.iter().map(|place| place.id()).collect(),
        states,
        assigned: Column::new(Assigned::NOBODY),
        exceptions: Vec::new(),
        past: Vec::new(),
        compared: facts.earlier.as_ref().map(|earlier| earlier.compared(&key_id)),
        months: Vec::new(),
        unjudged,
        groups: groups.list,
        coverage,
        files,
        problems,
        incomparable: facts.evidence.incomparable.clone(),
        corpora: facts.evidence.corpora.clone(),
        asked: rules.checks.iter().map(|rule| policy.selected(rule)).collect(),
        used: rules.checks.iter().map(|rule| Some(used(rule, policy))).collect(),
        lists,
    }
}

fn used(rule: &CheckRule, policy: &Policy) -> RuleUsed {
    let number = |key: &String| (key.clone(), policy.threshold(rule, key));
    RuleUsed { version: rule.version(), thresholds: rule.thresholds.keys().map(number).collect() }
}

/// Ids of what the last run found and this one could not judge.
fn open(facts: &RunFacts<'_>, rules: &RuleSet, sinks: &[Sink]) -> Vec<[u8; 16]> {
    let of_sink = |(site, sink): (&SiteFacts<'_>, &Sink)| {
        let inventory = site.inventory;
        let id = |&(rule, row): &(u16, u32)| {
            let system = inventory.system_name(inventory.accounts.system.get(row));
            let key = id::account_key(inventory, row);
            id::finding(&rules.checks[rule as usize].id, &inventory.site.slug, system, &key, "")
        };
        sink.open.iter().map(id).collect::<Vec<_>>()
    };
    let mut ids: Vec<_> = facts.sites.iter().zip(sinks).flat_map(of_sink).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// What this run alone knows of a finding.
fn seen_first(pending: &Pending, as_of: Day) -> FindingState {
    let (exception, ended) = (pending.exception, pending.about.status == Status::New);
    let cause = match exception {
        NO_EXCEPTION => Cause::None,
        _ if ended => Cause::ExceptionEnded,
        _ => Cause::None,
    };
    match pending.about.status {
        Status::NotEvaluable => FindingState::UNKNOWN,
        _ => FindingState { cause, exception, ..FindingState::since(When::On(as_of).into()) },
    }
}

/// The findings of all sites; those of the first are not moved.
fn all_pending(sinks: Vec<Sink>) -> Sink {
    let total: usize = sinks.iter().map(|sink| sink.pending.len()).sum();
    let mut sinks = sinks.into_iter();
    let mut all = sinks.next().unwrap_or_default();
    all.pending.reserve(total - all.pending.len());
    sinks.for_each(|sink| all.take_pending(&sink));
    all
}

/// Something of every finding, in the order of the ids.
fn in_order<T: Copy + Send>(
    places: &[Place],
    pending: &[Pending],
    row: impl Fn(&Pending) -> T + Sync,
) -> Paged<T> {
    let mut all = Paged::with_capacity(places.len());
    for part in places.chunks(PART) {
        let rows = part.par_iter().map(|place| row(&pending[place.number as usize]));
        all.extend_from_slice(&rows.collect::<Vec<_>>());
    }
    all
}

/// How far ahead people who leave are listed: a number of the rule about those who left.
fn soon(rules: &RuleSet, policy: &Policy) -> i32 {
    let number = rules.check("LIFE-06").map(|(_, rule)| policy.threshold(rule, "soon_days"));
    number.unwrap_or(0) as i32
}

/// Groups that a finding names, in the order of their ids.
struct Groups {
    list: Vec<ReportGroup>,
    /// Position by the evidence's number, or [`NO_GROUP`].
    place: Vec<u32>,
}

impl Groups {
    fn of(facts: &RunFacts<'_>, pending: &[Pending]) -> Self {
        let mut used = vec![false; facts.evidence.groups.len()];
        for group in pending.iter().map(|p| p.group).filter(|&group| group != NO_GROUP) {
            used[group as usize] = true;
        }
        let used = used.par_iter().enumerate().filter(|(_, used)| **used);
        let mut list: Vec<(usize, ReportGroup)> = used
            .map(|(number, _)| {
                let (id, tag) = (group_id(facts, number), &facts.evidence.groups[number].tag);
                let size = facts.groups[number].accounts;
                (number, ReportGroup { id, size, tag: tag.clone() })
            })
            .collect();
        list.sort_by(|a, b| a.1.id.cmp(&b.1.id));
        let mut place = vec![NO_GROUP; facts.evidence.groups.len()];
        for ((number, _), own) in list.iter().zip(0..) {
            place[*number] = own;
        }
        Self { list: list.into_iter().map(|(_, group)| group).collect(), place }
    }
}

/// Id of a group by its number in the evidence.
pub(super) fn group_id(facts: &RunFacts<'_>, number: usize) -> String {
    let members = accounts(&facts.evidence.groups[number], facts.subjects);
    let key = |member: Subject| {
        let inventory = facts.sites[member.site as usize].inventory;
        let (site, system) = (inventory.site.slug.as_str(), inventory.system_name(member.system));
        [Cow::Borrowed(site), Cow::Borrowed(system), id::account_key(inventory, member.row)]
    };
    id::group(members.into_iter().map(key))
}

/// Turns findings in the making into findings of the report.
struct Writer {
    groups: Groups,
    first_file: Vec<u32>,
}

impl Writer {
    fn finding(&self, pending: &Pending) -> Finding {
        Finding {
            rule: pending.about.rule,
            severity: pending.about.severity,
            confidence: pending.confidence,
            status: pending.about.status,
            sensitivity: pending.about.sensitivity,
            subject: pending.subject,
            group: self.groups.place.get(pending.group as usize).copied().unwrap_or(NO_GROUP),
            discriminator: pending.discriminator,
            facts: pending.facts,
            origin: moved(pending.about.origin, self.first_file[pending.about.site as usize]),
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
                by_account: tally.by_row,
                findings: tally.findings,
                missing: tally.missing.words(),
            })
        })
        .collect();
    rows.sort_by_key(|row| (row.rule, row.site, row.system));
    rows
}
