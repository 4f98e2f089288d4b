//! A run folder → the report that was written into it, without any export.
//!
//! run.json is the header; findings.jsonl, accounts.jsonl and history.jsonl hold what is long. Their
//! digests stand in run.json: a run that was cut short or changed by hand is refused, and so is one of
//! another schema. Fields that a later version of the same schema added are passed over.

mod build;
mod find;
mod header;
mod lines;
mod word;

pub use find::{Last, last, names};

use crate::model::lang::Lang;
use crate::model::report::Report;
use crate::rules::RuleSet;
use std::fmt;
use std::path::{Path, PathBuf};

/// Schema of run.json without its number.
const SCHEMA: &str = "kagiban.run/";
/// The number that this version writes and reads.
const VERSION: u32 = 1;

/// A run that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{}{}: {message}\nhint: {hint}", path.display(), Line(*line))]
pub struct RunError {
    /// File.
    pub path: PathBuf,
    /// Line, 1 = first; 0 = the file as a whole.
    pub line: usize,
    /// What is wrong; never a value of the file.
    pub message: String,
    /// What to do next.
    pub hint: &'static str,
}

struct Line(usize);

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 > 0 { write!(f, ":{}", self.0) } else { Ok(()) }
    }
}

/// What helps where a file is not what the run wrote.
const AUDIT_AGAIN: &str = "restore the folder from a backup, or run kagiban audit again";

impl RunError {
    fn new(path: &Path, line: usize, message: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, message: message.into(), hint: AUDIT_AGAIN }
    }

    fn hint(self, hint: &'static str) -> Self {
        Self { hint, ..self }
    }
}

/// A run as it was written.
pub struct Loaded {
    /// The report. Findings of rules that this version does not know are left out.
    pub report: Report,
    /// Language in which it was written.
    pub lang: Lang,
    /// Rules of the run that this version does not know.
    pub unknown_rules: Vec<String>,
    /// True where its sentences are not those of this version.
    pub other_rules: bool,
}

/// Reads a run folder, or the run.json in it. Rules are looked up by id in `rules`.
pub fn read(run: &Path, rules: &RuleSet) -> Result<Loaded, RunError> {
    let folder = if run.is_file() { run.parent().unwrap_or(run) } else { run };
    let header = header::read(&folder.join("run.json"))?;
    build::build(folder, &header, rules)
}

/// Puts the numbers that judged a run into the rules, so that sentences state them.
pub fn in_force(report: &Report, rules: &mut RuleSet) {
    for (rule, used) in rules.checks.iter_mut().zip(&report.used) {
        if let Some(used) = used {
            rule.thresholds.clone_from(&used.thresholds);
        }
    }
}
