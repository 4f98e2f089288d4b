//! What the run could judge and compare, as lists of run.json.

use crate::model::evidence;
use crate::model::report::{self, Report};
use crate::report::Context;
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct Coverage<'a> {
    rule_id: &'a str,
    site_id: &'a str,
    system_kind: Option<&'static str>,
    system: Option<&'a str>,
    judged: u32,
    unjudged: u32,
    by_account: u32,
    findings: u32,
    missing: &'a [&'static str],
}

#[derive(Serialize)]
pub(super) struct Incomparable<'a> {
    site_id: &'a str,
    system_kind: Option<&'static str>,
    system: Option<&'a str>,
    scheme: &'static str,
    secrets: u32,
    tried: u32,
    of: u32,
}

/// Kind and name; nothing of what is about a site as a whole.
fn system_of(report: &Report, site: u16, system: u16) -> (Option<&'static str>, Option<&str>) {
    let system = report.sites[site as usize].systems.get(system as usize);
    (system.map(|system| system.kind.word()), system.map(|system| &*system.name))
}

/// How far each rule could judge each system.
pub(super) fn coverage<'a>(cx: &Context<'a>) -> Vec<Coverage<'a>> {
    let report = cx.report;
    let row = |row: &'a report::Coverage| {
        let (system_kind, system) = system_of(report, row.site, row.system);
        Coverage {
            rule_id: &cx.rules.checks[row.rule as usize].id,
            site_id: &report.sites[row.site as usize].slug,
            system_kind,
            system,
            judged: row.judged,
            unjudged: row.unjudged,
            by_account: row.by_account,
            findings: row.findings,
            missing: &row.missing,
        }
    };
    report.coverage.iter().map(row).collect()
}

/// Secrets that could not be compared.
pub(super) fn incomparable(report: &Report) -> Vec<Incomparable<'_>> {
    let mut rows: Vec<_> = report.incomparable.iter().collect();
    rows.sort();
    let row = |row: &evidence::Incomparable| {
        let (system_kind, system) = system_of(report, row.site, row.system);
        Incomparable {
            site_id: &report.sites[row.site as usize].slug,
            system_kind,
            system,
            scheme: row.scheme,
            secrets: row.secrets,
            tried: row.tried,
            of: row.of,
        }
    };
    rows.into_iter().map(row).collect()
}
