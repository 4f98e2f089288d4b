//! What checks hand over: findings in the making, and counts of what was judged.

use crate::audit::check::Asking;
use crate::audit::missing::Missing;
use crate::kernel::paged::Paged;
use crate::model::account::Flag;
use crate::model::arena::{Arena, Span};
use crate::model::day::{Day, Stamp, When};
use crate::model::file::{FileId, Origin};
use crate::model::finding::{Confidence, Facts, NO_GROUP, Sensitivity, Severity, Status, Unit};
use crate::model::state::NO_EXCEPTION;
use crate::model::tri::Tri;
use std::borrow::Cow;

/// In place of a row where a finding is about the system.
pub(crate) const NO_ROW: u32 = u32::MAX;

/// In place of a system where a finding is about the site.
pub(crate) const NO_SYSTEM: u16 = u16::MAX;

/// What a check saw.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// Word for what was measured.
    pub(crate) metric: &'static str,
    /// The number.
    pub(crate) value: Option<i64>,
    /// Its unit.
    pub(crate) unit: Unit,
    /// A day that matters.
    pub(crate) date: Stamp,
    /// Machine words and names.
    pub(crate) detail: Cow<'static, str>,
    /// At most this sure.
    pub(crate) confidence: Confidence,
    /// One step milder than the rule's severity, unless the operator set one.
    pub(crate) milder: bool,
    /// At most this severe, unless the operator set a severity.
    pub(crate) most: Severity,
    /// Judged as for a privileged account, whatever the account itself is.
    pub(crate) grave: bool,
    /// Tells how to log in, beyond what the rule says.
    pub(crate) restricted: bool,
    /// Position of the reuse group.
    pub(crate) group: u32,
    /// Tells apart what else would collide.
    pub(crate) discriminator: Cow<'static, str>,
    /// Where it stands, unless that is the account's own record.
    pub(crate) origin: Option<Origin>,
}

impl Found {
    /// A finding that states nothing beyond its rule.
    pub(crate) const fn new(metric: &'static str) -> Self {
        Self {
            metric,
            value: None,
            unit: Unit::None,
            date: Stamp::UNKNOWN,
            detail: Cow::Borrowed(""),
            confidence: Confidence::High,
            milder: false,
            most: Severity::Critical,
            grave: false,
            restricted: false,
            group: NO_GROUP,
            discriminator: Cow::Borrowed(""),
            origin: None,
        }
    }

    /// A number of days since a day.
    pub(crate) fn days(metric: &'static str, days: i32, since: Day) -> Self {
        Self {
            value: Some(i64::from(days)),
            unit: Unit::Days,
            date: When::On(since).into(),
            ..Self::new(metric)
        }
    }

    /// A count.
    pub(crate) const fn count(metric: &'static str, count: i64, unit: Unit) -> Self {
        let mut found = Self::new(metric);
        found.value = Some(count);
        found.unit = unit;
        found
    }

    /// Adds machine words or names.
    pub(crate) fn detail(self, detail: impl Into<Cow<'static, str>>) -> Self {
        Self { detail: detail.into(), ..self }
    }

    /// Tells apart what else would collide.
    pub(crate) fn told_apart(self, discriminator: impl Into<Cow<'static, str>>) -> Self {
        Self { discriminator: discriminator.into(), ..self }
    }

    /// Lowers the confidence.
    pub(crate) fn at_most(self, confidence: Confidence) -> Self {
        Self { confidence: self.confidence.min(confidence), ..self }
    }
}

/// Of a finding in the making, what is not what was seen: whom it is about, how bad it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct About {
    /// Rule.
    pub(crate) rule: u16,
    /// Site.
    pub(crate) site: u16,
    /// System.
    pub(crate) system: u16,
    /// Row, or [`NO_ROW`].
    pub(crate) row: u32,
    /// Severity.
    pub(crate) severity: Severity,
    /// Status.
    pub(crate) status: Status,
    /// Who may see it.
    pub(crate) sensitivity: Sensitivity,
    /// Where it stands, in the site's files.
    pub(crate) origin: Origin,
}

/// A finding before it has an id. There may be many more of them than memory holds: plain values,
/// with texts in the sink's arena.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pending {
    /// Whom it is about, and how bad it is.
    pub(crate) about: About,
    /// Position of the exception that covers it, or [`NO_EXCEPTION`].
    pub(crate) exception: u32,
    /// What was seen.
    pub(crate) facts: Facts,
    /// How sure it is.
    pub(crate) confidence: Confidence,
    /// Position of the reuse group.
    pub(crate) group: u32,
    /// Tells apart what else would collide.
    pub(crate) discriminator: Span,
    /// Number of the subject, once subjects are numbered.
    pub(crate) subject: u32,
}

/// What one check did in one system.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Tally {
    /// Accounts judged.
    pub(crate) judged: u32,
    /// Accounts that could not be judged.
    pub(crate) unjudged: u32,
    /// Of these, accounts that were told one by one.
    pub(crate) by_row: u32,
    /// Findings.
    pub(crate) findings: u32,
    /// What was missing.
    pub(crate) missing: Missing,
}

/// Collects the results of one site, or of some of its rows.
#[derive(Default)]
pub(crate) struct Sink {
    systems: usize,
    tallies: Vec<Tally>,
    /// Findings in the making.
    pub(crate) pending: Paged<Pending>,
    /// Their texts.
    pub(crate) text: Arena,
    /// Rule and row of what the last run found and this one could not judge.
    pub(crate) open: Vec<(u16, u32)>,
}

impl Sink {
    /// An empty sink for a site. The last column is the site itself, which is no system.
    pub(crate) fn new(rules: usize, systems: usize) -> Self {
        let systems = systems + 1;
        Self { systems, tallies: vec![Tally::default(); rules * systems], ..Self::default() }
    }

    /// Takes over another sink of the same site.
    pub(crate) fn merge(mut self, mut other: Self) -> Self {
        if self.pending.len() < other.pending.len() {
            std::mem::swap(&mut self, &mut other);
        }
        for (ours, theirs) in self.tallies.iter_mut().zip(&other.tallies) {
            ours.judged += theirs.judged;
            ours.unjudged += theirs.unjudged;
            ours.by_row += theirs.by_row;
            ours.findings += theirs.findings;
            ours.missing.add(theirs.missing);
        }
        self.take_pending(&other);
        self.open.append(&mut other.open);
        self
    }

    /// Takes over the findings in the making of another sink, whatever its site.
    pub(crate) fn take_pending(&mut self, other: &Self) {
        let offset = self.text.absorb(&other.text);
        let moved = |span| Arena::moved(span, offset);
        self.pending.extend(other.pending.iter().map(|pending| Pending {
            discriminator: moved(pending.discriminator),
            facts: Facts { detail: moved(pending.facts.detail), ..pending.facts },
            ..*pending
        }));
    }

    /// Counts of a rule in a system.
    pub(crate) fn tally(&mut self, rule: u16, system: u16) -> &mut Tally {
        &mut self.tallies[rule as usize * self.systems + system as usize]
    }

    /// Counts of all rules and systems that were asked at all.
    pub(crate) fn tallies(&self) -> impl Iterator<Item = (u16, u16, &Tally)> {
        let systems = self.systems.max(1);
        let all = self.tallies.iter().enumerate();
        all.map(move |(i, tally)| ((i / systems) as u16, (i % systems) as u16, tally))
            .filter(|(_, _, tally)| tally.judged + tally.unjudged + tally.findings > 0)
    }

    /// Forgets what rules did that nobody asked for.
    pub(crate) fn keep(&mut self, wanted: impl Fn(u16) -> bool) {
        self.pending.retain(|pending| wanted(pending.about.rule));
        self.open.retain(|&(rule, _)| wanted(rule));
        for (rule, tallies) in (0..).zip(self.tallies.chunks_mut(self.systems.max(1))) {
            if !wanted(rule) {
                tallies.fill(Tally::default());
            }
        }
    }

    /// One account was judged and nothing was found.
    pub(crate) fn pass(&mut self, ask: &Asking<'_>, system: u16) {
        self.tally(ask.index, system).judged += 1;
    }

    /// Some accounts could not be judged.
    pub(crate) fn unjudged(&mut self, ask: &Asking<'_>, system: u16, count: u32, what: Missing) {
        let tally = self.tally(ask.index, system);
        tally.unjudged += count;
        tally.missing.add(what);
    }

    /// What was counted as judged could not be, for one account.
    pub(crate) fn take_back(&mut self, ask: &Asking<'_>, system: u16, what: Missing) {
        let tally = self.tally(ask.index, system);
        tally.judged = tally.judged.saturating_sub(1);
        self.unjudged(ask, system, 1, what);
    }

    /// One account could not be judged. Where the last run found something there, that is noted.
    pub(crate) fn unjudged_row(&mut self, ask: &Asking<'_>, row: u32, what: Missing) {
        let system = ask.site.inventory.accounts.system.get(row);
        self.unjudged(ask, system, 1, what);
        self.tally(ask.index, system).by_row += 1;
        if ask.run.earlier.as_ref().is_some_and(|e| e.watches(ask.site.index, ask.index, row)) {
            self.open.push((ask.index, row));
        }
    }

    /// Something was found about an account.
    pub(crate) fn finding(&mut self, ask: &Asking<'_>, row: u32, found: Found) {
        let accounts = &ask.site.inventory.accounts;
        let system = accounts.system.get(row);
        let severity = account_severity(ask, row, &found);
        let origin = found.origin.unwrap_or_else(|| accounts.origin.get(row));
        self.push(ask, system, row, severity, origin, found);
    }

    /// Something was found about a system.
    pub(crate) fn system_finding(&mut self, ask: &Asking<'_>, system: u16, found: Found) {
        let own = ask.policy.severity(ask.rule, false);
        let given = ask.policy.severity_override(ask.rule).is_some();
        let severity = match (given, found.milder) {
            (true, _) => own,
            (false, true) => step(own).min(found.most),
            (false, false) => own.min(found.most),
        };
        let origin = found.origin.unwrap_or_else(|| first_origin(ask, system));
        self.push(ask, system, NO_ROW, severity, origin, found);
    }

    fn push(
        &mut self,
        ask: &Asking<'_>,
        system: u16,
        row: u32,
        severity: Severity,
        origin: Origin,
        found: Found,
    ) {
        self.tally(ask.index, system).findings += 1;
        let secret = found.restricted || ask.rule.sensitivity == Sensitivity::Restricted;
        let about = About {
            rule: ask.index,
            site: ask.site.index as u16,
            system,
            row,
            severity,
            status: Status::New,
            sensitivity: if secret { Sensitivity::Restricted } else { Sensitivity::Normal },
            origin,
        };
        self.add(about, &found.at_most(ask.rule.confidence));
    }

    /// Adds a finding in the making.
    pub(crate) fn add(&mut self, about: About, found: &Found) {
        self.pending.push(Pending {
            about,
            exception: NO_EXCEPTION,
            facts: Facts {
                metric: found.metric,
                value: found.value,
                unit: found.unit,
                date: found.date,
                detail: self.text.push(&found.detail),
            },
            confidence: found.confidence,
            group: found.group,
            discriminator: self.text.push(&found.discriminator),
            subject: 0,
        });
    }

    /// Turns what could not be judged into one row per rule and system.
    pub(crate) fn state_gaps(&mut self, ask: &Asking<'_>) {
        for system in 0..self.systems as u16 {
            let Tally { unjudged, missing, .. } = *self.tally(ask.index, system);
            if unjudged == 0 {
                continue;
            }
            let found = Found::count("unjudged", i64::from(unjudged), Unit::Accounts)
                .detail(missing.words().join(", "));
            let about = About {
                rule: ask.index,
                site: ask.site.index as u16,
                system,
                row: NO_ROW,
                severity: Severity::Info,
                status: Status::NotEvaluable,
                sensitivity: Sensitivity::Normal,
                origin: first_origin(ask, system),
            };
            self.add(about, &found);
        }
    }
}

fn account_severity(ask: &Asking<'_>, row: u32, found: &Found) -> Severity {
    let privileged = found.grave || ask.site.privileged(row).is_yes();
    let given = ask.policy.severity_override(ask.rule).is_some();
    let own = ask.policy.severity(ask.rule, privileged);
    let severity = if given { own } else { own.min(found.most) };
    let disabled = ask.site.inventory.accounts.flag(row, Flag::Enabled) == Tri::No;
    match ask.rule.severity_disabled.filter(|_| disabled) {
        Some(quiet) => severity.min(quiet),
        None if found.milder && !given => step(severity),
        None => severity,
    }
}

const fn step(severity: Severity) -> Severity {
    match severity {
        Severity::Critical => Severity::High,
        Severity::High => Severity::Medium,
        Severity::Medium | Severity::Low => Severity::Low,
        Severity::Info => Severity::Info,
    }
}

/// The file of a system's first account, as a whole.
fn first_origin(ask: &Asking<'_>, system: u16) -> Origin {
    let first = ask.site.systems.get(system as usize).and_then(|system| system.first);
    let file = first.map_or(FileId(0), |row| ask.site.inventory.accounts.origin.get(row).file);
    Origin { file, line: 0 }
}
