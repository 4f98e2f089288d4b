//! What several tests share: running the binary, reading its tables, golden files.

#![allow(dead_code, reason = "every test uses a part of this")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The repository.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Runs kagiban with a clean environment.
pub(crate) fn kagiban(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_kagiban"))
        .args(arguments)
        .current_dir(root())
        .env_remove("LANG")
        .env_remove("LC_ALL")
        .output()
        .expect("the binary starts")
}

/// Rows of a CSV file as (column → cell) look-ups.
pub(crate) fn rows(path: &Path) -> Vec<std::collections::BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).expect("a CSV file");
    let headers: Vec<String> = reader
        .headers()
        .expect("a header")
        .iter()
        .map(|h| h.trim_start_matches('\u{feff}').to_owned())
        .collect();
    reader
        .records()
        .map(|record| {
            let record = record.expect("a record");
            headers.iter().cloned().zip(record.iter().map(str::to_owned)).collect()
        })
        .collect()
}

/// Compares with a golden file; `UPDATE=1` rewrites it and leaves the review to git diff.
pub(crate) fn golden(path: &Path, found: &str) -> Result<(), String> {
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, found).expect("the golden file is writable");
        return Ok(());
    }
    let wanted = std::fs::read_to_string(path).unwrap_or_default();
    if wanted == found {
        return Ok(());
    }
    Err(format!("{}\n--- expected\n{wanted}\n--- found\n{found}", path.display()))
}
