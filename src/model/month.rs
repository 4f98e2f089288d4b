//! What a run came to, site by site: kept from run to run, so that one page shows a year.

use crate::model::day::Day;
use crate::model::finding::{NO_GROUP, Severity, Status};
use crate::model::report::{Report, ReportSite, is_active};
use rayon::slice::ParallelSliceMut;

/// Counts by severity, indexed by it.
pub type BySeverity = [u64; Severity::ALL.len()];

/// Earlier runs that a report keeps: with its own a year and the month before it.
pub const KEPT: usize = 12;

/// One run, in numbers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Month {
    /// Name of the run.
    pub run: String,
    /// The day that judged it.
    pub as_of: Day,
    /// True where nothing was refused.
    pub complete: bool,
    /// Findings and groups that ask for something; a group over several sites counts once.
    pub total: BySeverity,
    /// Rows that were new or had come back.
    pub new: u64,
    /// Rows that were fixed.
    pub fixed: u64,
    /// Its sites, by folder name.
    pub sites: Vec<MonthSite>,
}

/// A site in one run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MonthSite {
    /// Folder name.
    pub slug: String,
    /// Name for people.
    pub name: String,
    /// Day of its newest export that was read, where one states its day.
    pub newest: Option<Day>,
    /// True where at least one export was read.
    pub read: bool,
    /// Findings and groups that ask for something; a group over several sites counts at each.
    pub counts: BySeverity,
}

impl Month {
    /// The numbers of a run.
    pub fn of(report: &Report) -> Self {
        let (total, by_site) = counts(report);
        let rows = |wanted: &[Status]| {
            let told = report.findings.iter().filter(|finding| wanted.contains(&finding.status));
            told.count() as u64
        };
        let mut sites: Vec<_> = (0..).zip(&report.sites).zip(by_site).collect();
        sites.sort_by(|((_, a), _), ((_, b), _)| a.slug.cmp(&b.slug));
        let site = |((number, site), counts): ((u16, &ReportSite), _)| {
            let (read, newest) = newest(report, number);
            MonthSite { slug: site.slug.clone(), name: site.name.clone(), newest, read, counts }
        };
        Self {
            run: report.run.name.clone(),
            as_of: report.run.as_of,
            complete: !report.incomplete(),
            total,
            new: rows(&[Status::New, Status::Returned]),
            fixed: rows(&[Status::Fixed]),
            sites: sites.into_iter().map(site).collect(),
        }
    }

    /// The months that a run after `earlier` looks back on, oldest first.
    pub fn up_to(earlier: &Report) -> Vec<Self> {
        let mut months = earlier.months.clone();
        months.push(Self::of(earlier));
        months.drain(..months.len().saturating_sub(KEPT));
        months
    }

    /// A site of that run.
    pub fn site(&self, slug: &str) -> Option<&MonthSite> {
        self.sites.iter().find(|site| site.slug == slug)
    }
}

/// Whether any export of a site was read, and the day of the newest of them.
fn newest(report: &Report, site: u16) -> (bool, Option<Day>) {
    let of_site = report.files.iter().filter(|(at, _)| *at == site).map(|(_, file)| file);
    let read: Vec<_> = of_site.filter(|file| file.problem.is_empty() && !file.superseded).collect();
    (!read.is_empty(), read.iter().filter_map(|file| file.exported).max())
}

/// Findings that ask for something: of the whole run, and by site in the report's order. A group
/// counts once for each rule, at its worst member's severity: in the run once, and once at every
/// site that has a member.
pub fn counts(report: &Report) -> (BySeverity, Vec<BySeverity>) {
    let mut total = BySeverity::default();
    let mut sites = vec![BySeverity::default(); report.sites.len()];
    let mut members = Vec::new();
    report.each_finding(|finding, subject| {
        if !is_active(finding) {
            return;
        }
        if finding.group == NO_GROUP {
            total[finding.severity as usize] += 1;
            sites[subject.site as usize][finding.severity as usize] += 1;
        } else {
            members.push((finding.rule, finding.group, subject.site, finding.severity));
        }
    });
    members.par_sort_unstable();
    let worst = |part: &[(u16, u32, u16, Severity)]| {
        part.iter().map(|member| member.3).max().unwrap_or(Severity::Info) as usize
    };
    for group in members.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        total[worst(group)] += 1;
        for part in group.chunk_by(|a, b| a.2 == b.2) {
            sites[part[0].2 as usize][worst(part)] += 1;
        }
    }
    (total, sites)
}
