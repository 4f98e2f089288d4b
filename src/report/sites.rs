//! What a vendor looks after: one page over all sites, and for every site a sheet that names no other.
//!
//! rollup.html, rollup.csv and rollup-months.csv are for whoever answers for all sites;
//! `site-<slug>.html` and `site-<slug>.csv` for the site alone. Accounts of restricted findings stand
//! in none of them unless they were asked for.

mod chart;
mod entry;
mod page;
mod rollup;
mod standing;
mod strangers;

use crate::model::finding::Severity;
use crate::model::month::BySeverity;
use crate::model::report::Report;
use crate::report::html::Html;
use crate::report::review::file_part;
use crate::report::{Context, Output, ReportError, Writer, terms};
use entry::Sheets;
use std::io::Write as _;

const ROLLUP: &str = "rollup.html";
const ROLLUP_CSV: &str = "rollup.csv";
const MONTHS_CSV: &str = "rollup-months.csv";

/// The `sites` format.
pub(super) struct Sites;

impl Writer for Sites {
    fn name(&self) -> &'static str {
        "sites"
    }

    fn files(&self) -> &'static [&'static str] {
        &[ROLLUP, ROLLUP_CSV, MONTHS_CSV]
    }

    fn files_of(&self, report: &Report) -> Vec<String> {
        let own = self.files().iter().map(|&name| name.to_owned());
        let sheets = (0..report.sites.len()).flat_map(|site| sheet_names(report, site));
        own.chain(sheets).collect()
    }

    fn write(&self, cx: &Context<'_>, out: &mut Output) -> Result<(), ReportError> {
        let rows = standing::rows(cx);
        for (name, bytes) in [
            (ROLLUP, rollup::page(cx, &rows)),
            (ROLLUP_CSV, rollup::table(cx, &rows).csv(cx.csv)),
            (MONTHS_CSV, rollup::months(cx).csv(cx.csv)),
        ] {
            out.file(name, |sink| sink.write_all(&bytes))?;
        }
        let sheets = Sheets::of(cx);
        for site in 0..cx.report.sites.len() {
            let [html, csv] = sheet_names(cx.report, site);
            let sheet = sheets.of_site(site);
            let standing = rows.iter().find(|row| row.slug == cx.report.sites[site].slug);
            out.file(&html, |sink| sink.write_all(&page::page(cx, &sheet, standing)))?;
            out.file(&csv, |sink| sheet.write(cx.csv, sink))?;
        }
        Ok(())
    }
}

fn sheet_names(report: &Report, site: usize) -> [String; 2] {
    let part = file_part(report, site);
    [format!("site-{part}.html"), format!("site-{part}.csv")]
}

/// Markup around a severity, by its colour.
const fn class(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "<span class=\"severity s4\">",
        Severity::High => "<span class=\"severity s3\">",
        Severity::Medium => "<span class=\"severity s2\">",
        Severity::Low | Severity::Info => "<span class=\"severity\">",
    }
}

/// Tiles with the four severities that ask for something.
fn tiles(page: &mut Html, cx: &Context<'_>, counts: Option<BySeverity>) {
    for severity in [Severity::Critical, Severity::High, Severity::Medium, Severity::Low] {
        let count = counts.map(|counts| counts[severity as usize]);
        page.tile(count, terms::severity(severity, cx.lang));
    }
}

/// Critical and high together: what a month is judged by.
const fn worst(counts: &BySeverity) -> u64 {
    counts[Severity::Critical as usize] + counts[Severity::High as usize]
}

#[cfg(test)]
#[path = "sites/tests.rs"]
mod tests;
