//! The summary for a terminal: what was done first, what to do next last.
//!
//! Aligned by columns of the screen (Japanese characters take two), without colour and without a
//! control character of any export. It counts and points; it never judges a guideline as kept.

mod found;
mod input;
mod page;

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
        out.file("summary.txt", |sink| summary(cx, "", &files, sink))
    }
}

/// Writes the summary. `folder` stands before the names of `files`, which were written.
pub fn summary(
    cx: &Context<'_>,
    folder: &str,
    files: &[&str],
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut page = Page::of(cx);
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
