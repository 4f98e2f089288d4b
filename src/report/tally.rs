//! Counts for people. A reuse group counts once, however many accounts share the password.

use crate::model::finding::{Finding, NO_GROUP, Sensitivity, Severity, Status, Unit};
use crate::model::month::{BySeverity, counts};
use crate::model::report::{Report, is_active};
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
    /// A finding to show.
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

/// What the rules found among `of`, positions of findings: worst first, then most.
pub(super) fn lines(report: &Report, open: bool, of: impl Iterator<Item = u32>) -> Vec<Line> {
    let mut counting = Counting { report, open, lines: BTreeMap::new() };
    let mut members = Vec::new();
    for index in of.filter(|&index| is_active(&report.findings[index as usize])) {
        let finding = counting.finding(index);
        if finding.group == NO_GROUP {
            counting.line(finding.rule, finding.severity, index).singles += 1;
        } else {
            members.push(index);
        }
    }
    counting.groups(members);
    let mut lines: Vec<_> = counting.lines.into_values().collect();
    // The map was ordered by rule, which stays the order among equals.
    lines.sort_by_key(|line| Reverse((line.severity, line.items())));
    lines
}

struct Counting<'a> {
    report: &'a Report,
    open: bool,
    lines: BTreeMap<(u16, Severity), Line>,
}

impl<'a> Counting<'a> {
    fn finding(&self, index: u32) -> &'a Finding {
        &self.report.findings[index as usize]
    }

    fn site(&self, index: u32) -> u16 {
        self.report.subjects[self.finding(index).subject as usize].site
    }

    /// The line of a rule and severity, having offered `index` as its example.
    fn line(&mut self, rule: u16, severity: Severity, index: u32) -> &mut Line {
        let (report, open) = (self.report, self.open);
        let line = self.lines.entry((rule, severity)).or_insert(Line {
            rule,
            severity,
            singles: 0,
            groups: 0,
            accounts: 0,
            largest: 0,
            example: index,
        });
        let rank = |index| example_rank(report, open, index);
        if rank(index) < rank(line.example) {
            line.example = index;
        }
        line
    }

    fn groups(&mut self, mut members: Vec<u32>) {
        members.sort_by_key(|&index| {
            let finding = self.finding(index);
            (finding.rule, finding.group, self.site(index), finding.subject)
        });
        let report = self.report;
        let finding = |index: u32| &report.findings[index as usize];
        let same = |a: &u32, b: &u32| {
            let (a, b) = (finding(*a), finding(*b));
            (a.rule, a.group) == (b.rule, b.group)
        };
        for group in members.chunk_by(same) {
            self.group(group);
        }
    }

    /// One group of one rule; the members are sorted by site and subject.
    fn group(&mut self, members: &[u32]) {
        let report = self.report;
        let first = self.finding(members[0]);
        let rule = first.rule;
        let subject = |index: u32| report.findings[index as usize].subject;
        let accounts = members.chunk_by(|&a, &b| subject(a) == subject(b)).count() as u64;
        let severities = members.iter().map(|&member| report.findings[member as usize].severity);
        let severity = severities.max().unwrap_or(Severity::Info);
        for &member in members {
            self.line(rule, severity, member);
        }
        let line = self.line(rule, severity, members[0]);
        line.groups += 1;
        line.accounts += accounts;
        line.largest = line.largest.max(accounts);
    }
}

/// Smaller is the better example: one that may be named, the longest time, then the first by
/// place and login.
fn example_rank(report: &Report, open: bool, index: u32) -> (bool, i64, u16, u16, &str) {
    let finding = &report.findings[index as usize];
    let subject = &report.subjects[finding.subject as usize];
    let hidden = finding.sensitivity == Sensitivity::Restricted && !open;
    let days = match finding.facts {
        facts if facts.unit == Unit::Days => facts.value.unwrap_or(0),
        _ => 0,
    };
    (hidden, -days, subject.site, subject.system, report.text.get(subject.login))
}
