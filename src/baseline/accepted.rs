//! baseline.json: findings that somebody has accepted as the state to start from. They stay what they
//! are and count no longer for the exit code, until they are fixed and come back.

use crate::model::finding::{Finding, Status};
use crate::model::report::{Report, is_active};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Schema of the file.
const SCHEMA: &str = "kagiban.baseline/1";
/// Largest file: a million ids fit.
const LARGEST: u64 = 64 << 20;

/// A baseline that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{}: {message}\nhint: write it again with kagiban baseline write RUN, or remove it", path.display())]
pub struct AcceptedError {
    /// File.
    pub path: PathBuf,
    /// What is wrong.
    pub message: String,
}

/// Accepted findings.
#[derive(Default, Serialize, Deserialize)]
pub struct Accepted {
    schema: String,
    run: String,
    as_of: String,
    findings: BTreeSet<String>,
}

impl Accepted {
    /// Everything that asks for something in a run.
    pub fn of(report: &Report) -> Self {
        let all = report.findings.iter().zip(&report.ids);
        let ids = all.filter(|(finding, _)| is_active(finding));
        Self {
            schema: SCHEMA.to_owned(),
            run: report.run.name.clone(),
            as_of: report.run.as_of.to_string(),
            findings: ids.map(|(_, id)| String::from_utf8_lossy(id).into_owned()).collect(),
        }
    }

    /// Reads baseline.json; without one nothing is accepted.
    pub fn read(path: &Path) -> Result<Self, AcceptedError> {
        let fault = |message: String| AcceptedError { path: path.to_owned(), message };
        match fs::metadata(path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Ok(Self::default());
            }
            Err(error) => return Err(fault(error.to_string())),
            Ok(meta) if meta.len() > LARGEST => return Err(fault("too large".to_owned())),
            Ok(_) => {}
        }
        let bytes = fs::read(path).map_err(|error| fault(error.to_string()))?;
        let read: Self = serde_json::from_slice(&bytes)
            .map_err(|error| fault(format!("line {}: not a baseline", error.line())))?;
        if read.schema == SCHEMA {
            return Ok(read);
        }
        Err(fault("a baseline of another schema".to_owned()))
    }

    /// The file.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    /// How many findings are accepted.
    pub fn len(&self) -> usize {
        self.findings.len()
    }

    /// True where nothing is.
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    /// True for a finding that was accepted and did not go away since.
    pub fn has(&self, finding: &Finding, id: [u8; 16]) -> bool {
        let id = std::str::from_utf8(&id).unwrap_or_default();
        finding.status != Status::Returned && self.findings.contains(id)
    }
}
