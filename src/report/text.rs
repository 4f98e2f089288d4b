//! The summary for a terminal: what was done first, what to do next last.
//!
//! Aligned by columns of the screen (Japanese characters take two), and without a control character
//! of any export. It counts and points; it never judges a guideline as kept.

mod found;
mod input;
mod page;

use crate::report::columns::Paint;
use crate::report::{Context, Output, ReportError, Writer};
use page::Page;
use std::io::{self, Write};

/// The `text` format.
pub(super) struct Text;

impl Writer for Text {
    fn name(&self) -> &'static str {
        "text"
    }

    fn files(&self) -> &'static [&'static str] {
        &["summary.txt"]
    }

    fn write(&self, cx: &Context<'_>, out: &mut Output) -> Result<(), ReportError> {
        let files = crate::report::shown(out.planned().to_vec());
        let files: Vec<_> = files.iter().map(String::as_str).collect();
        out.file("summary.txt", |sink| summary(cx, ("", &files), Paint::Plain, sink))
    }
}

/// Writes the summary. The pair is a folder and the names of the files
/// that were written there.
pub fn summary(
    cx: &Context<'_>,
    (folder, files): (&str, &[&str]),
    paint: Paint,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut page = Page::of(cx, paint);
    page.done();
    page.sites();
    page.blank();
    page.rules();
    page.blank();
    page.compared();
    page.set_aside();
    page.not_evaluable();
    page.incomparable();
    page.problems();
    page.held_hashes();
    page.blank();
    page.files(folder, files);
    page.next(files);
    out.write_all(page.text().as_bytes())
}
