//! Report → bytes: one writer per file format.
//!
//! A writer sees the judged report and the words of the rules, nothing else; neither has a field
//! that could hold a password. To add a format: one file here, its `mod` line, its table line.

pub mod catalog;
mod cell;
mod checklist;
pub mod columns;
pub mod diff;
mod digits;
mod escape;
mod evidence;
mod hold;
mod html;
pub mod output;
mod perm;
pub mod quarantine;
pub mod schema;
mod stream;
pub mod table;
mod tally;
mod template;
mod terms;

mod csv;
mod fix;
mod json;
mod review;
mod sites;
pub mod text;
mod xlsx;

#[cfg(test)]
mod sample;
#[cfg(test)]
pub(crate) fn sample_for_tests() -> (Report, RuleSet) {
    let sample = sample::Sample::full();
    (sample.report, sample.rules)
}
#[cfg(test)]
mod tests;

pub use cell::{CsvFlavour, unguard};
pub use output::{Output, Sink, Written};
pub(crate) use xlsx::is_expected;

use crate::model::gauge::{Gauge, Unwatched};
use crate::model::lang::Lang;
use crate::model::report::Report;
use crate::rules::RuleSet;
use std::io;
use std::path::{Path, PathBuf};

/// Every format that this build writes, in the order of writing. run.json lists what the others
/// wrote, so its writer stands last.
pub const WRITERS: &[&dyn Writer] =
    &[&csv::Csv, &review::Review, &xlsx::Xlsx, &fix::Fix, &sites::Sites, &text::Text, &json::Json];

/// One report format.
pub trait Writer: Sync {
    /// The word of `--format`.
    fn name(&self) -> &'static str;

    /// Names of the files that it writes whatever the report holds.
    fn files(&self) -> &'static [&'static str];

    /// Names of all files that it writes for a report.
    fn files_of(&self, _report: &Report) -> Vec<String> {
        self.files().iter().map(|&name| name.to_owned()).collect()
    }

    /// Writes them.
    fn write(&self, cx: &Context<'_>, out: &mut Output) -> Result<(), ReportError>;
}

/// What a writer may see.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The judged run.
    pub report: &'a Report,
    /// The rules that judged it, with the thresholds in force.
    pub rules: &'a RuleSet,
    /// Language of the sentences.
    pub lang: Lang,
    /// Flavour of CSV files.
    pub csv: CsvFlavour,
    /// Names the accounts of restricted findings in outputs that would only count them.
    pub include_restricted: bool,
}

/// Outputs that could not be written (exit code 5).
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The file system refused.
    #[error("{}: {source}\nhint: nothing was replaced; close the file elsewhere, free space or choose another folder with -o", path.display())]
    Io {
        /// File or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Something that is not a plain file or folder stands where an output belongs.
    #[error("{}: {what} stands where an output belongs; it is neither followed nor replaced\nhint: remove it or choose another folder with -o", path.display())]
    InTheWay {
        /// The path.
        path: PathBuf,
        /// What was found.
        what: &'static str,
    },
    /// Another process writes into the folder and does not end.
    #[error("{}: another kagiban is writing into this folder; nothing was replaced\nhint: wait until it has ended, or choose another folder with -o", path.display())]
    Busy {
        /// The folder.
        path: PathBuf,
    },
}

impl ReportError {
    /// For `map_err`: puts the path to an I/O error.
    pub(crate) fn at(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { path, source }
    }
}

/// The writer of a format word.
pub fn writer(name: &str) -> Option<&'static dyn Writer> {
    WRITERS.iter().copied().find(|writer| writer.name() == name)
}

/// The format words of this build, for help and "expected one of ...".
pub fn expected_formats() -> String {
    WRITERS.iter().map(|writer| writer.name()).collect::<Vec<_>>().join(", ")
}

/// Machine words, such as those of what is missing, as words for people.
pub fn words<'a>(words: impl IntoIterator<Item = &'a str>, lang: Lang) -> String {
    terms::join(words, lang)
}

/// Names of the files that the formats write, each once, in the order of writing.
pub fn files(formats: &[&str], report: &Report) -> Vec<String> {
    let mut names = Vec::new();
    for name in chosen(formats).flat_map(|writer| writer.files_of(report)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// Names of files that there are for every site.
const BY_SITE: &[(&str, &str)] = &[("review-", ".csv"), ("site-", ".html"), ("site-", ".csv")];

/// Names of files as a summary shows them: those of many sites as one name.
pub fn shown(mut names: Vec<String>) -> Vec<String> {
    for (start, end) in BY_SITE {
        let is_one = |name: &String| name.starts_with(start) && name.ends_with(end);
        if names.iter().filter(|name| is_one(name)).count() < 2 {
            continue;
        }
        let mut first = true;
        names.retain_mut(|name| {
            let another = is_one(name);
            let kept = !another || std::mem::take(&mut first);
            if another {
                *name = format!("{start}*{end}");
            }
            kept
        });
    }
    names
}

fn chosen(formats: &[&str]) -> impl Iterator<Item = &'static dyn Writer> {
    WRITERS.iter().copied().filter(move |writer| formats.contains(&writer.name()))
}

/// Writes the formats into `folder`: all files or none. Order and repetition of `formats` do not
/// matter; words that are no format are the caller's business (see [`writer`]).
pub fn write(
    formats: &[&str],
    cx: &Context<'_>,
    folder: &Path,
) -> Result<Vec<Written>, ReportError> {
    write_watched(formats, cx, folder, &Unwatched)
}

/// As [`write()`], and tells `gauge` of the files.
pub fn write_watched(
    formats: &[&str],
    cx: &Context<'_>,
    folder: &Path,
    gauge: &dyn Gauge,
) -> Result<Vec<Written>, ReportError> {
    let planned = files(formats, cx.report);
    gauge.expect(planned.len() as u64);
    let mut out = Output::create(folder, planned)?;
    let mut done = 0;
    for writer in chosen(formats) {
        writer.write(cx, &mut out)?;
        let written = out.written().count() as u64;
        gauge.done(written - done);
        done = written;
    }
    out.finish()
}

/// Writes a single file whole or not at all.
pub fn write_one(path: &Path, bytes: &[u8]) -> Result<(), ReportError> {
    use std::io::Write;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or_else(|| Path::new("."));
    let at = || ReportError::at(path);
    if std::fs::symlink_metadata(path).is_ok_and(|meta| !meta.is_file()) {
        return Err(ReportError::InTheWay { path: path.to_owned(), what: "no plain file" });
    }
    let _held = hold::hold(folder)?;
    let mut file = output::temporary(folder).map_err(at())?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(at())?;
    file.persist(path).map(drop).map_err(|error| at()(error.error))
}
