//! How far each rule judged each system, and what it found there.

use crate::model::finding::{Severity, Status};
use crate::model::report::{Report, ReportSystem};
use crate::rules::RuleSet;
use crate::rules::check::CheckRule;
use std::collections::BTreeSet;

/// State of a rule at a place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum State {
    /// It found something.
    Found,
    /// It judged everything and found nothing.
    Clean,
    /// It found nothing in what it could judge, which was not all.
    Partial,
    /// It could judge nothing: the exports do not say.
    NotEvaluable,
    /// There was nothing to judge.
    NoData,
    /// It did not run.
    NotAsked,
}

impl State {
    /// The word of the tables.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::Clean => "clean",
            Self::Partial => "partial",
            Self::NotEvaluable => "not-evaluable",
            Self::NoData => "no-data",
            Self::NotAsked => "not-asked",
        }
    }
}

/// Where an item is asked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// Site.
    pub(super) site: u16,
    /// How much of it.
    pub(super) scope: Scope,
}

/// How much of a site.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Scope {
    /// All of it.
    Site,
    /// One system.
    System(u16),
    /// A system of which there is no export.
    NotExported,
}

impl Place {
    /// The system, where the place is one.
    pub(super) fn system(self, report: &Report) -> Option<&ReportSystem> {
        match self.scope {
            Scope::System(system) => report.sites[self.site as usize].systems.get(system as usize),
            Scope::Site | Scope::NotExported => None,
        }
    }

    /// The systems that belong to it.
    pub(super) fn systems(self, report: &Report) -> &[ReportSystem] {
        let systems = &report.sites[self.site as usize].systems[..];
        match self.scope {
            Scope::Site => systems,
            Scope::System(system) => systems.get(system as usize).map_or(&[], std::slice::from_ref),
            Scope::NotExported => &[],
        }
    }
}

/// Counts of one rule.
#[derive(Clone, Default, Debug)]
pub(super) struct RuleCounts {
    /// Whether it ran.
    pub(super) asked: bool,
    /// Accounts judged.
    pub(super) judged: u64,
    /// Accounts that could not be judged.
    pub(super) unjudged: u64,
    /// Findings that ask for something.
    pub(super) found: u64,
    /// Findings for information only.
    pub(super) informational: u64,
    /// Findings under an exception.
    pub(super) excepted: u64,
    /// Systems that it is about, where somebody logs in and of which it says nothing at all.
    pub(super) uncovered: u64,
    /// What was missing.
    pub(super) missing: BTreeSet<&'static str>,
    /// It stated that it could not judge, beside the counts.
    gap: bool,
}

impl RuleCounts {
    fn add(&mut self, other: &Self) {
        self.judged += other.judged;
        self.unjudged += other.unjudged;
        self.found += other.found;
        self.informational += other.informational;
        self.excepted += other.excepted;
        self.gap |= other.gap;
        self.missing.extend(&other.missing);
    }

    fn is_silent(&self) -> bool {
        !self.gap
            && self.judged + self.unjudged + self.found + self.informational + self.excepted == 0
    }

    /// True where it could judge whatever there was, even if that was nothing.
    pub(super) fn lacks_nothing(&self) -> bool {
        self.asked && self.unjudged == 0 && !self.gap && self.missing.is_empty()
    }

    /// The state. An exception does not make a finding go away.
    pub(super) fn state(&self) -> State {
        match () {
            () if self.found + self.excepted > 0 => State::Found,
            () if !self.asked => State::NotAsked,
            () if self.judged == 0 && !self.lacks_nothing() => State::NotEvaluable,
            () if self.judged == 0 => State::NoData,
            () if !self.lacks_nothing() || self.uncovered > 0 => State::Partial,
            () => State::Clean,
        }
    }
}

/// Counts of all rules in all systems.
pub(super) struct Counts<'a> {
    report: &'a Report,
    rules: &'a RuleSet,
    /// First cell of each site; every site has a cell more than systems, for itself.
    first: Vec<usize>,
    width: usize,
    cells: Vec<RuleCounts>,
}

impl<'a> Counts<'a> {
    /// Counts a report.
    pub(super) fn of(report: &'a Report, rules: &'a RuleSet) -> Self {
        let (mut first, mut width) = (Vec::new(), 0);
        for site in &report.sites {
            first.push(width);
            width += site.systems.len() + 1;
        }
        let cells = vec![RuleCounts::default(); width * rules.checks.len()];
        let mut counts = Self { report, rules, first, width, cells };
        counts.add_coverage();
        counts.add_findings();
        counts
    }

    fn add_coverage(&mut self) {
        for row in &self.report.coverage {
            let cell = self.cell(row.rule, row.site, row.system);
            cell.judged += u64::from(row.judged);
            cell.unjudged += u64::from(row.unjudged);
            cell.missing.extend(&row.missing);
        }
    }

    fn add_findings(&mut self) {
        let report = self.report;
        report.each_finding(|finding, subject| {
            let cell = self.cell(finding.rule, subject.site, subject.system);
            match finding.status {
                Status::NotEvaluable => cell.gap = true,
                Status::Suppressed => cell.excepted += 1,
                Status::Fixed => {}
                _ if finding.severity == Severity::Info => cell.informational += 1,
                _ => cell.found += 1,
            }
        });
    }

    fn place(&self, rule: u16, site: u16, system: u16) -> usize {
        let systems = self.report.sites[site as usize].systems.len();
        let slot = (system as usize).min(systems);
        rule as usize * self.width + self.first[site as usize] + slot
    }

    fn cell(&mut self, rule: u16, site: u16, system: u16) -> &mut RuleCounts {
        let place = self.place(rule, site, system);
        &mut self.cells[place]
    }

    /// What a rule did at a place.
    pub(super) fn at(&self, rule: u16, place: Place) -> RuleCounts {
        let systems = &self.report.sites[place.site as usize].systems;
        let slots = match place.scope {
            Scope::Site => 0..systems.len() as u16 + 1,
            Scope::System(system) => system..system + 1,
            Scope::NotExported => 0..0,
        };
        let asked = self.report.asked.get(rule as usize).copied().unwrap_or(false);
        let mut sum = RuleCounts { asked, ..RuleCounts::default() };
        for slot in slots {
            let cell = &self.cells[self.place(rule, place.site, slot)];
            sum.add(cell);
            let about = systems.get(slot as usize).is_some_and(|system| {
                system.logins > 0 && concerns(&self.rules.checks[rule as usize], system)
            });
            sum.uncovered += u64::from(about && cell.is_silent());
        }
        sum
    }
}

/// True where a rule is about such systems.
pub(super) fn concerns(rule: &CheckRule, system: &ReportSystem) -> bool {
    rule.systems.is_empty() || rule.systems.contains(&system.kind)
}
