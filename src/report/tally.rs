//! Counts for people. A reuse group counts once, however many accounts share the password.

use crate::model::finding::{Finding, NO_GROUP, Sensitivity, Severity, Status, Unit};
use crate::model::month::{BySeverity, counts};
use crate::model::report::{Report, is_active};
use rayon::prelude::*;
use std::cmp::{Ordering, Reverse};
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
        let lines = lines(report, open, (0..report.findings.len() as u32).into_par_iter());
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
pub(super) fn lines(
    report: &Report,
    open: bool,
    of: impl IndexedParallelIterator<Item = u32>,
) -> Vec<Line> {
    let counting = of
        .filter(|&index| is_active(&report.findings[index as usize]))
        .fold(|| Counting::of(report, open), Counting::with)
        .reduce(|| Counting::of(report, open), Counting::and);
    counting.lines()
}

struct Counting<'a> {
    report: &'a Report,
    open: bool,
    lines: BTreeMap<(u16, Severity), Line>,
    members: Vec<Member>,
}

impl<'a> Counting<'a> {
    fn of(report: &'a Report, open: bool) -> Self {
        Self { report, open, lines: BTreeMap::new(), members: Vec::new() }
    }

    fn with(mut self, index: u32) -> Self {
        let Finding { rule, group, subject, severity, .. } = self.report.findings[index as usize];
        if group == NO_GROUP {
            self.singles(rule, severity, 1, index);
        } else {
            self.members.push(Member { rule, group, subject, severity });
        }
        self
    }

    /// What was counted in findings further on.
    fn and(mut self, mut further: Self) -> Self {
        for ((rule, severity), line) in further.lines {
            self.singles(rule, severity, line.singles, line.example);
        }
        self.members.append(&mut further.members);
        self
    }

    fn line(&mut self, rule: u16, severity: Severity) -> &mut Line {
        self.lines.entry((rule, severity)).or_insert_with(|| {
            let (singles, groups, accounts, largest, example) = (0, 0, 0, 0, 0);
            Line { rule, severity, singles, groups, accounts, largest, example }
        })
    }

    /// Findings outside groups, of which one may be its line's example.
    fn singles(&mut self, rule: u16, severity: Severity, many: u64, example: u32) {
        let (report, open) = (self.report, self.open);
        let line = self.line(rule, severity);
        if line.singles == 0 || order_of_examples(report, open, example, line.example).is_lt() {
            line.example = example;
        }
        line.singles += many;
    }

    fn lines(mut self) -> Vec<Line> {
        let members = std::mem::take(&mut self.members);
        self.groups(members);
        let mut lines: Vec<_> = self.lines.into_values().collect();
        // The map was ordered by rule, which stays the order among equals.
        lines.sort_by_key(|line| Reverse((line.severity, line.items())));
        lines
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
        let line = self.line(members[0].rule, severity);
        line.groups += 1;
        line.accounts += accounts;
        line.largest = line.largest.max(accounts);
    }
}

/// The better example comes first: one that may be named, the longest time, then the first by place
/// and login, which are looked up only where they decide.
fn order_of_examples(report: &Report, open: bool, one: u32, other: u32) -> Ordering {
    let finding = |index: u32| &report.findings[index as usize];
    let rank = |finding: &Finding| {
        let hidden = finding.sensitivity == Sensitivity::Restricted && !open;
        let days = match finding.facts {
            facts if facts.unit == Unit::Days => facts.value.unwrap_or(0),
            _ => 0,
        };
        (hidden, -days)
    };
    let place = |finding: &Finding| {
        let subject = &report.subjects[finding.subject as usize];
        (subject.site, subject.system)
    };
    let login =
        |finding: &Finding| report.text.get(report.subjects[finding.subject as usize].login);
    let (one, other) = (finding(one), finding(other));
    let by_place = || place(one).cmp(&place(other));
    rank(one).cmp(&rank(other)).then_with(by_place).then_with(|| login(one).cmp(login(other)))
}
