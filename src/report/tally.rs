//! Counts for people. A reuse group counts once, however many accounts share the password.

use crate::model::finding::{Finding, NO_GROUP, Sensitivity, Severity, Status, Unit};
use crate::model::month::{BySeverity, counts};
use crate::model::report::{Report, is_active};
use rayon::slice::ParallelSliceMut;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// What a rule found at one severity.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Position of the rule.
    pub(super) rule: u16,
    /// Severity; a group stands at its worst member's.
    pub(super) severity: Severity,
    /// Findings outside groups.
    pub(super) singles: u64,
    /// Groups.
    pub(super) groups: u64,
    /// Accounts in these groups.
    pub(super) accounts: u64,
    /// Accounts of the largest group, as far as the rule is about them.
    pub(super) largest: u64,
    /// A finding to show, where there are findings outside groups.
    pub(super) example: u32,
}

impl Line {
    /// Findings and groups together.
    pub(super) const fn items(&self) -> u64 {
        self.singles + self.groups
    }
}

/// All counts of a report.
pub(super) struct Tally {
    /// Worst first, then most.
    pub(super) lines: Vec<Line>,
    /// By site.
    pub(super) sites: Vec<BySeverity>,
    /// Of the whole run; a group over several sites counts once.
    pub(super) total: BySeverity,
    /// By status.
    pub(super) status: [u64; Status::ALL.len()],
}

impl Tally {
    /// Counts. `open` says whether accounts of restricted findings may serve as examples.
    pub(super) fn of(report: &Report, open: bool) -> Self {
        let (total, sites) = counts(report);
        let mut status = <[u64; Status::ALL.len()]>::default();
        for finding in &report.findings {
            status[finding.status as usize] += 1;
        }
        let lines = lines(report, open, 0..report.findings.len() as u32);
        Self { lines, sites, total, status }
    }
}

/// A finding of a group, in the order in which groups are counted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Member {
    rule: u16,
    group: u32,
    subject: u32,
    severity: Severity,
}

/// What the rules found among `of`, positions of findings: worst first, then most.
pub(super) fn lines(report: &Report, open: bool, of: impl Iterator<Item = u32>) -> Vec<Line> {
    let mut counting = Counting { report, open, lines: BTreeMap::new() };
    let mut members = Vec::new();
    for index in of.filter(|&index| is_active(&report.findings[index as usize])) {
        let finding = counting.finding(index);
        if finding.group == NO_GROUP {
            counting.single(index);
        } else {
            let Finding { rule, group, subject, severity, .. } = *finding;
            members.push(Member { rule, group, subject, severity });
        }
    }
    counting.groups(members);
    let mut lines: Vec<_> = counting.lines.into_values().map(|(line, _)| line).collect();
    // The map was ordered by rule, which stays the order among equals.
    lines.sort_by_key(|line| Reverse((line.severity, line.items())));
    lines
}

struct Counting<'a> {
    report: &'a Report,
    open: bool,
    lines: BTreeMap<(u16, Severity), (Line, Option<Rank<'a>>)>,
}

impl<'a> Counting<'a> {
    fn finding(&self, index: u32) -> &'a Finding {
        &self.report.findings[index as usize]
    }

    fn line(&mut self, rule: u16, severity: Severity) -> &mut (Line, Option<Rank<'a>>) {
        self.lines.entry((rule, severity)).or_insert_with(|| {
            let (singles, groups, accounts, largest, example) = (0, 0, 0, 0, 0);
            (Line { rule, severity, singles, groups, accounts, largest, example }, None)
        })
    }

    /// A finding outside groups, which may be its line's example.
    fn single(&mut self, index: u32) {
        let finding = self.finding(index);
        let rank = example_rank(self.report, self.open, finding);
        let (line, best) = self.line(finding.rule, finding.severity);
        line.singles += 1;
        if best.is_none_or(|best| rank < best) {
            (line.example, *best) = (index, Some(rank));
        }
    }

    fn groups(&mut self, mut members: Vec<Member>) {
        members.par_sort_unstable();
        for group in members.chunk_by(|a, b| (a.rule, a.group) == (b.rule, b.group)) {
            self.group(group);
        }
    }

    /// One group of one rule; the members are sorted by subject, which are numbered site by site.
    fn group(&mut self, members: &[Member]) {
        let accounts = members.chunk_by(|a, b| a.subject == b.subject).count() as u64;
        let severities = members.iter().map(|member| member.severity);
        let severity = severities.max().unwrap_or(Severity::Info);
        let (line, _) = self.line(members[0].rule, severity);
        line.groups += 1;
        line.accounts += accounts;
        line.largest = line.largest.max(accounts);
    }
}

/// Smaller is the better example: one that may be named, the longest time, then the first by
/// place and login.
type Rank<'a> = (bool, i64, u16, u16, &'a str);

fn example_rank<'a>(report: &'a Report, open: bool, finding: &Finding) -> Rank<'a> {
    let subject = &report.subjects[finding.subject as usize];
    let hidden = finding.sensitivity == Sensitivity::Restricted && !open;
    let days = match finding.facts {
        facts if facts.unit == Unit::Days => facts.value.unwrap_or(0),
        _ => 0,
    };
    (hidden, -days, subject.site, subject.system, report.text.get(subject.login))
}
