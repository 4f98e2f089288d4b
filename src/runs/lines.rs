//! Files of lines beside run.json: an object per line, their number and digest known beforehand.

use crate::rules::hex;
use crate::runs::header::{Header, Listed, describe};
use crate::runs::{AUDIT_AGAIN, RunError};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// Longest line; names and details are far shorter.
const LONGEST: u64 = 1 << 20;

#[derive(Deserialize)]
pub(super) struct FindingLine<'a> {
    #[serde(borrow)]
    pub(super) finding_id: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) rule_id: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) severity: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) confidence: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) status: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) sensitivity: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) site_id: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) system_kind: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) system: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) account: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) account_key: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) person_id: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) display_name: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) department: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) discriminator: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(super) sid: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(super) spare: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) metric: Cow<'a, str>,
    pub(super) value: Option<i64>,
    #[serde(borrow)]
    pub(super) unit: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) date: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) detail: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) group: Option<GroupLine<'a>>,
    #[serde(borrow)]
    pub(super) source_file: Option<Cow<'a, str>>,
    pub(super) source_line: u32,
    #[serde(borrow)]
    pub(super) first_seen: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) last_seen: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) cause: Cow<'a, str>,
    pub(super) exception: Option<u32>,
    #[serde(borrow, default)]
    pub(super) progress: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(super) owner: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(super) due: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    pub(super) proposed_reason: Cow<'a, str>,
}

#[derive(Deserialize)]
pub(super) struct GroupLine<'a> {
    #[serde(borrow)]
    pub(super) id: Cow<'a, str>,
    pub(super) size: u32,
    #[serde(borrow)]
    pub(super) tag: Cow<'a, str>,
}

#[derive(Deserialize)]
pub(super) struct AccountLine<'a> {
    #[serde(borrow)]
    pub(super) account: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) site_id: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) system_kind: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) system: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) account_key: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) person_id: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) display_name: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) department: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) role: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) groups: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) enabled: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) privileged: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) last_use: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) last_use_source: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) password_set: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) tag: Cow<'a, str>,
    pub(super) triable: bool,
    #[serde(borrow)]
    pub(super) left: Cow<'a, str>,
}

#[derive(Deserialize)]
pub(super) struct PastLine<'a> {
    #[serde(borrow)]
    pub(super) finding_id: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) first_seen: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) last_seen: Option<Cow<'a, str>>,
}

/// A value of a line that no run writes: its key.
pub(super) struct Bad(pub(super) &'static str);

/// Reads a file line by line. The number of lines and the digest must be those of run.json.
pub(super) fn each(
    folder: &Path,
    header: &Header,
    listed: &Listed,
    mut take: impl FnMut(&[u8]) -> Result<Result<(), Bad>, serde_json::Error>,
) -> Result<(), RunError> {
    let known = ["findings.jsonl", "accounts.jsonl", "history.jsonl"];
    if !known.contains(&&*listed.file) {
        return Err(RunError::new(&folder.join("run.json"), 0, "names a file that no run has"));
    }
    let path = folder.join(&listed.file);
    let fault = |line: usize, message: String| RunError::new(&path, line, message);
    let file = File::open(&path).map_err(|error| fault(0, error.to_string()))?;
    let (mut input, mut digest) = (BufReader::with_capacity(1 << 16, file), Sha256::new());
    let (mut line, mut number) = (Vec::new(), 0);
    loop {
        line.clear();
        let read = (&mut input).take(LONGEST).read_until(b'\n', &mut line);
        if read.map_err(|error| fault(number + 1, error.to_string()))? == 0 {
            break;
        }
        number += 1;
        digest.update(&line);
        match take(&line) {
            Ok(Ok(())) => {}
            Ok(Err(Bad(key))) => {
                return Err(fault(number, format!("no run has such a value of {key}")));
            }
            Err(error) => return Err(fault(number, describe(&error))),
        }
    }
    if number != listed.count {
        let message = format!("{number} lines, and {} by run.json", listed.count);
        return Err(fault(0, message));
    }
    let written = header.outputs.iter().find(|output| output.file == listed.file);
    if written.is_some_and(|output| output.sha256 == hex(&digest.finalize())) {
        return Ok(());
    }
    Err(fault(0, "changed since the run wrote it (its SHA-256 is not that of run.json)".to_owned())
        .hint(AUDIT_AGAIN))
}
