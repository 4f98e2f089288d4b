//! The workbook that staff work in, report.xlsx, and the name-free checklist.xlsx.
//!
//! Every cell of an export is a string cell, so that no text becomes a formula, and whatever a
//! reader cannot see is shown as its escape. Rows go straight to a file without a name in the
//! folder of the outputs: memory does not depend on their number.

mod book;
mod findings;
mod forms;
mod full;
mod lists;
mod look;
mod overview;

use crate::model::finding::{Finding, NO_GROUP, Sensitivity};
use crate::report::{Context, Output, ReportError, Writer};
use book::Book;
pub(crate) use full::is_expected;
use std::io;

/// The workbook.
const REPORT: &str = "report.xlsx";
/// The sheets of the forms alone.
const CHECKLIST: &str = "checklist.xlsx";

/// The `xlsx` format.
pub(super) struct Xlsx;

impl Writer for Xlsx {
    fn name(&self) -> &'static str {
        "xlsx"
    }

    fn files(&self) -> &'static [&'static str] {
        &[REPORT, CHECKLIST]
    }

    fn write(&self, cx: &Context<'_>, out: &mut Output) -> Result<(), ReportError> {
        let folder = out.folder().to_owned();
        for (name, pages) in [(REPORT, report as Pages), (CHECKLIST, forms::pages)] {
            out.file(name, |sink| {
                full::told(|| {
                    let mut book = Book::new(cx, &folder)?;
                    pages(cx, &mut book)?;
                    book.save(sink)
                })
            })?;
        }
        Ok(())
    }
}

/// What fills a workbook.
type Pages = fn(&Context<'_>, &mut Book) -> io::Result<()>;

fn report(cx: &Context<'_>, book: &mut Book) -> io::Result<()> {
    overview::summary(cx, book)?;
    findings::all(cx, book)?;
    findings::passwords(cx, book)?;
    overview::sites(cx, book)?;
    forms::table(cx, book)?;
    lists::accounts(cx, book)?;
    lists::inputs(cx, book)?;
    lists::exceptions(cx, book)
}

/// True for findings that belong on the sheet that only a few may see: they tell how to log in, or
/// who shares a password with whom.
fn is_about_passwords(finding: &Finding) -> bool {
    finding.sensitivity == Sensitivity::Restricted || finding.group != NO_GROUP
}

#[cfg(test)]
mod tests;
