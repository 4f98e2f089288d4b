//! coverage.csv: site × rule. Grey is not green.

use crate::report::checklist::COVERAGE;
use crate::report::checklist::judged::{Counts, Place, Scope};
use crate::report::table::Table;
use crate::report::{Context, Output, ReportError};
use std::io::Write as _;

const COLUMNS: &[&str] = &[
    "site_id",
    "site_name",
    "rule_id",
    "title",
    "state",
    "judged",
    "unjudged",
    "findings",
    "informational",
    "excepted",
    "systems_uncovered",
    "missing",
    "as_of",
];

/// Writes one row per site and rule, whether the rule said anything or not.
pub(in crate::report) fn write(cx: &Context<'_>, out: &mut Output) -> Result<(), ReportError> {
    let (report, counts) = (cx.report, Counts::of(cx.report, cx.rules));
    let mut table = Table::new(COLUMNS);
    for (number, site) in (0..).zip(&report.sites) {
        for (index, rule) in (0..).zip(&cx.rules.checks) {
            let judged = counts.at(index, Place { site: number, scope: Scope::Site });
            let missing: Vec<_> = judged.missing.iter().copied().collect();
            table.push(vec![
                site.slug.clone(),
                site.name.clone(),
                rule.id.clone(),
                rule.words(cx.lang).title.clone(),
                judged.state().word().to_owned(),
                judged.judged.to_string(),
                judged.unjudged.to_string(),
                judged.found.to_string(),
                judged.informational.to_string(),
                judged.excepted.to_string(),
                judged.uncovered.to_string(),
                missing.join(" "),
                report.run.as_of.to_string(),
            ]);
        }
    }
    out.file(COVERAGE, |sink| sink.write_all(&table.csv(cx.csv)))
}
