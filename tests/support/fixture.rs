//! Fixtures of rules as folders that can be audited: exports, and beside them what is no export.

#![allow(dead_code, reason = "every test uses a part of this")]

use crate::support::kagiban;
use std::fs;
use std::path::Path;

/// A list of breached passwords beside a case's exports.
pub(crate) const CORPUS: &str = "corpus.txt";

/// The exports of an earlier month, where a fixture has some: a whole run over them goes before.
pub(crate) const BEFORE: &str = "before";

/// True for what is no export of a case: what is expected of it, what it is compared with.
pub(crate) fn is_beside(name: &std::ffi::OsStr) -> bool {
    [CORPUS, BEFORE, "expected.csv"].iter().any(|beside| name == *beside)
}

/// Copies the exports of a fixture.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a fixture").flatten() {
        let target = to.join(entry.file_name());
        if is_beside(&entry.file_name()) {
            continue;
        }
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a new file");
        }
    }
}

/// Audits a folder as it was three months ago, into its own `runs`.
pub(crate) fn audit_before(folder: &Path) {
    let shown = folder.to_str().expect("a plain path");
    let arguments = ["audit", shown, "--as-of", "2026-08-22", "--format", "json"];
    let run = kagiban(&arguments);
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(matches!(run.status.code(), Some(0 | 1)), "{shown}: {said}");
}
