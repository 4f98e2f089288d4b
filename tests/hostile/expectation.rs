//! `expected.toml` of a hostile case. Only what a case states is compared.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// What must come of a case.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Expectation {
    /// What is wrong with the input, for people.
    pub(crate) about: String,
    /// Exit codes of `audit` that are right.
    pub(crate) exit: Vec<i32>,
    /// Reason codes that some file must show.
    pub(crate) codes: Vec<String>,
    /// Records of quarantine.csv: file, line, reason.
    pub(crate) quarantine: Vec<(String, u32, String)>,
    /// Logins that must be accounts.
    pub(crate) logins: Vec<String>,
    /// Logins that must not.
    pub(crate) no_logins: Vec<String>,
    /// Number of accounts.
    pub(crate) account_count: Option<usize>,
    /// All the files that are listed.
    pub(crate) files_read: Vec<String>,
    /// Files that must not be listed.
    pub(crate) no_files: Vec<String>,
    /// Rules with a finding.
    pub(crate) rules: Vec<String>,
    /// Rules without one.
    pub(crate) no_rules: Vec<String>,
    /// Rule and account of findings.
    pub(crate) findings: Vec<(String, String)>,
    /// Rule and account of findings that must not be there.
    pub(crate) no_findings: Vec<(String, String)>,
    /// Rules that could not be judged.
    pub(crate) not_evaluable: Vec<String>,
    /// Secrets that run.json counts as not comparable: scheme, number.
    pub(crate) incomparable: Vec<(String, u64)>,
    /// Text that stands in no output at all.
    pub(crate) forbidden: Vec<String>,
    /// Text that neither stream of `audit` shows.
    pub(crate) terminal_forbidden: Vec<String>,
    /// Text that stderr of `audit` shows.
    pub(crate) stderr: Vec<String>,
    /// What `inventory --what files` says, by path.
    pub(crate) files: BTreeMap<String, FileExpectation>,
    /// Columns of `inventory --what accounts`, by login.
    pub(crate) accounts: BTreeMap<String, BTreeMap<String, String>>,
}

/// What is said of one file.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct FileExpectation {
    /// `rows_read`, `rows_ok`, `rows_skipped`, `rows_quarantined`.
    pub(crate) rows: Option<[u64; 4]>,
    /// `rows_read` alone.
    pub(crate) rows_read: Option<u64>,
    /// `rows_quarantined` alone.
    pub(crate) quarantined: Option<u64>,
    /// Encoding.
    pub(crate) encoding: Option<String>,
    /// Codes of the column `problem`.
    pub(crate) codes: Vec<String>,
}

impl Expectation {
    /// Reads the file of a case.
    pub(crate) fn of(case: &Path) -> Self {
        let path = case.join("expected.toml");
        let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let read: Self =
            toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        assert!(!read.exit.is_empty(), "{}: no exit code", path.display());
        assert!(!read.about.is_empty(), "{}: says nothing of itself", path.display());
        read
    }
}
