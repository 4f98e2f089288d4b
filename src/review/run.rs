//! The findings that a workbook was made of, from findings.jsonl of its run.

use crate::model::review::{FindingId, finding_id};
use crate::review::ReviewError;
use serde::Deserialize;
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;

/// Longest line that a finding may take.
const LINE: u64 = 1 << 20;

/// What a row is checked against and an exception is made of.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
pub struct Known {
    finding_id: String,
    /// Rule.
    pub rule_id: String,
    /// Site.
    pub site_id: String,
    /// System; `None` where the finding is about the site.
    #[serde(default)]
    pub system: Option<String>,
    /// Login; empty where it is about the system.
    #[serde(default)]
    pub account: String,
}

/// Findings by id.
pub type Findings = HashMap<FindingId, Known>;

/// Reads findings.jsonl.
pub fn read(path: &Path) -> Result<Findings, ReviewError> {
    let at = |source| ReviewError::Io { path: path.to_owned(), source };
    let mut lines = BufReader::new(File::open(path).map_err(at)?);
    let (mut findings, mut line, mut number) = (Findings::new(), Vec::new(), 0_u64);
    loop {
        line.clear();
        number += 1;
        if lines.by_ref().take(LINE).read_until(b'\n', &mut line).map_err(at)? == 0 {
            return Ok(findings);
        }
        let known: Option<Known> = serde_json::from_slice(&line).ok();
        let named = known.and_then(|known| Some((finding_id(&known.finding_id)?, known)));
        let Some((id, known)) = named else {
            return Err(ReviewError::Unusable {
                path: path.to_owned(),
                what: format!("line {number} is no finding"),
                hint: "give the folder of a run with --run",
            });
        };
        findings.insert(id, known);
    }
}
