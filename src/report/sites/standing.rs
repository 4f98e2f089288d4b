//! How the exports of every site stand: read, old, refused in part, or not there at all.

use crate::model::day::Day;
use crate::model::file::Weight;
use crate::model::month::{BySeverity, Month, MonthSite};
use crate::model::report::Report;
use crate::report::Context;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// The rule whose number says from when on an export is old.
const OLD: &str = "AUD-01";

/// What is wrong with the exports of a site.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Mark {
    /// An earlier run knew the site, this one was not given it.
    Absent,
    /// Its folder holds no export that could be read.
    NoExport,
    /// A row or a file of it was refused.
    Incomplete,
    /// Its newest export is older than rule AUD-01 allows.
    Stale,
    /// None of its exports says which day it is of.
    Undated,
}

impl Mark {
    /// The word for programs.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::NoExport => "no-export",
            Self::Incomplete => "incomplete",
            Self::Stale => "stale",
            Self::Undated => "undated",
        }
    }

    /// The words for people, in Japanese and English.
    pub(super) const fn label(self) -> (&'static str, &'static str) {
        match self {
            Self::Absent => ("今回なし", "not in this run"),
            Self::NoExport => ("出力なし", "no export"),
            Self::Incomplete => ("取込に問題", "incomplete"),
            Self::Stale => ("出力が古い", "old export"),
            Self::Undated => ("出力日不明", "undated"),
        }
    }

    /// True where nothing is known of the site now.
    pub(super) const fn is_missing(self) -> bool {
        matches!(self, Self::Absent | Self::NoExport)
    }
}

/// A site of this run or of an earlier one.
pub(super) struct Row<'a> {
    pub(super) slug: &'a str,
    pub(super) name: &'a str,
    /// What is wrong, worst first; empty = nothing.
    pub(super) marks: Vec<Mark>,
    /// Day of the newest export.
    pub(super) newest: Option<Day>,
    /// Findings and groups; `None` where nothing was read, which is no zero.
    pub(super) counts: Option<BySeverity>,
    /// Those of the last run, where it read the site.
    pub(super) before: Option<BySeverity>,
    /// Accounts and people; `None` where nothing was read.
    pub(super) sizes: Option<(u32, u32)>,
}

impl Row<'_> {
    /// True where nothing is known of the site now.
    pub(super) fn is_missing(&self) -> bool {
        self.marks.iter().any(|mark| mark.is_missing())
    }

    /// How much more or less is critical or high than in the last run.
    pub(super) fn change(&self) -> Option<i64> {
        let (now, before) = (self.counts.as_ref()?, self.before.as_ref()?);
        Some(super::worst(now) as i64 - super::worst(before) as i64)
    }
}

/// Days after which rule AUD-01 calls an export old, where the run has the rule.
pub(super) fn bound(cx: &Context<'_>) -> Option<i64> {
    let (_, rule) = cx.rules.check(OLD)?;
    rule.thresholds.get("days").copied()
}

/// Every site: what is missing first, then the worst, then by name.
pub(super) fn rows<'a>(cx: &Context<'a>) -> Vec<Row<'a>> {
    let report = cx.report;
    let now = Month::of(report);
    let refused = refused(report);
    let mut rows = Vec::new();
    for (site, refused) in report.sites.iter().zip(refused) {
        let Some(known) = now.site(&site.slug) else { continue };
        let before = report.months.last().and_then(|month| month.site(&site.slug));
        rows.push(Row {
            slug: &site.slug,
            name: &site.name,
            marks: marks(cx, known, refused),
            newest: known.newest,
            counts: known.read.then_some(known.counts),
            before: before.filter(|site| site.read).map(|site| site.counts),
            sizes: known.read.then_some((site.accounts, site.people)),
        });
    }
    rows.extend(absent(report));
    let worst_first = |row: &Row<'_>| row.counts.map(|counts| Reverse(reversed(counts)));
    rows.sort_by(|a, b| {
        let rank = |row: &Row<'_>| (!row.is_missing(), worst_first(row));
        rank(a).cmp(&rank(b)).then(a.slug.cmp(b.slug))
    });
    rows
}

/// Worst severity first.
fn reversed(mut counts: BySeverity) -> BySeverity {
    counts.reverse();
    counts
}

/// By site: whether a row or a file of it was refused.
fn refused(report: &Report) -> Vec<bool> {
    let mut refused = vec![false; report.sites.len()];
    for problem in report.problems.iter().filter(|problem| problem.weight >= Weight::Row) {
        let file = report.files.get(problem.origin.file.0 as usize);
        if let Some(refused) = file.and_then(|(site, _)| refused.get_mut(*site as usize)) {
            *refused = true;
        }
    }
    refused
}

fn marks(cx: &Context<'_>, site: &MonthSite, refused: bool) -> Vec<Mark> {
    if !site.read {
        return vec![Mark::NoExport];
    }
    let as_of = cx.report.run.as_of;
    let old = |day: Day| bound(cx).is_some_and(|days| i64::from(as_of.days_since(day)) > days);
    let mut marks = Vec::new();
    if refused {
        marks.push(Mark::Incomplete);
    }
    match site.newest {
        None => marks.push(Mark::Undated),
        Some(day) if old(day) => marks.push(Mark::Stale),
        Some(_) => {}
    }
    marks
}

/// Sites that only earlier runs know, as the last one that knew them tells.
fn absent(report: &Report) -> Vec<Row<'_>> {
    let mut seen: BTreeSet<&str> = report.sites.iter().map(|site| &*site.slug).collect();
    let mut rows = Vec::new();
    for site in report.months.iter().rev().flat_map(|month| &month.sites) {
        if seen.insert(&site.slug) {
            rows.push(Row {
                slug: &site.slug,
                name: &site.name,
                marks: vec![Mark::Absent],
                newest: site.newest,
                counts: None,
                before: None,
                sizes: None,
            });
        }
    }
    rows
}
