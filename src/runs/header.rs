//! run.json as it is read: only what a report is made of. What can be counted again is.

use crate::runs::{AUDIT_AGAIN, RunError, SCHEMA, VERSION};
use serde::Deserialize;
use serde_json::error::Category;
use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::Path;

/// Largest run.json: thousands of files and problems fit many times.
const LARGEST: u64 = 256 << 20;

#[derive(Deserialize)]
pub(super) struct Header {
    pub(super) tool_version: String,
    pub(super) name: String,
    pub(super) as_of: String,
    pub(super) as_of_source: String,
    pub(super) profile: String,
    pub(super) rules_digest: String,
    pub(super) rules_selected: Vec<String>,
    pub(super) key_id: String,
    pub(super) words: Vec<String>,
    pub(super) lang: String,
    pub(super) csv: String,
    pub(super) interrupted: bool,
    pub(super) compared: Option<Compared>,
    #[serde(default)]
    pub(super) months: Vec<Month>,
    pub(super) unjudged: Vec<String>,
    pub(super) findings: Listed,
    pub(super) accounts: Listed,
    pub(super) history: Listed,
    pub(super) rules: Vec<Rule>,
    pub(super) sites: Vec<Site>,
    pub(super) coverage: Vec<Coverage>,
    pub(super) incomparable: Vec<Incomparable>,
    pub(super) inputs: Vec<Input>,
    pub(super) problems: Vec<Problem>,
    #[serde(default)]
    pub(super) corpora: Vec<Corpus>,
    pub(super) leaving: Vec<Leaving>,
    pub(super) contracts: Vec<Contract>,
    pub(super) declared: Vec<Declared>,
    pub(super) exceptions: Vec<Exception>,
    pub(super) warnings: Vec<String>,
    pub(super) outputs: Vec<OutputFile>,
}

/// A file of lines beside run.json.
#[derive(Deserialize)]
pub(super) struct Listed {
    pub(super) file: String,
    pub(super) count: usize,
}

#[derive(Deserialize)]
pub(super) struct Compared {
    pub(super) run: String,
    pub(super) as_of: String,
    pub(super) same_key: bool,
}

/// An earlier run in numbers.
#[derive(Deserialize)]
pub(super) struct Month {
    pub(super) run: String,
    pub(super) as_of: String,
    pub(super) complete: bool,
    pub(super) severity: BTreeMap<String, u64>,
    pub(super) new: u64,
    pub(super) fixed: u64,
    pub(super) sites: Vec<MonthSite>,
}

#[derive(Deserialize)]
pub(super) struct MonthSite {
    pub(super) site_id: String,
    pub(super) name: String,
    pub(super) read: bool,
    pub(super) newest_export: Option<String>,
    pub(super) severity: BTreeMap<String, u64>,
}

#[derive(Deserialize)]
pub(super) struct Rule {
    #[serde(rename = "rule_id")]
    pub(super) id: String,
    pub(super) version: String,
    pub(super) asked: bool,
    pub(super) thresholds: BTreeMap<String, i64>,
}

#[derive(Deserialize)]
pub(super) struct Site {
    #[serde(rename = "site_id")]
    pub(super) slug: String,
    pub(super) name: String,
    pub(super) accounts: u32,
    pub(super) people: u32,
    pub(super) systems: Vec<System>,
}

#[derive(Deserialize)]
pub(super) struct System {
    #[serde(rename = "system_kind")]
    pub(super) kind: String,
    #[serde(rename = "system")]
    pub(super) name: String,
    pub(super) accounts: u32,
    pub(super) logins: u32,
    pub(super) disabled: u32,
    pub(super) secrets: Secrets,
    pub(super) gone: bool,
}

#[derive(Deserialize)]
pub(super) struct Secrets {
    pub(super) exported: u32,
    pub(super) comparable: u32,
    pub(super) tried: u32,
    pub(super) untestable: u32,
}

#[derive(Deserialize)]
pub(super) struct Coverage {
    pub(super) rule_id: String,
    pub(super) site_id: String,
    pub(super) system_kind: Option<String>,
    pub(super) system: Option<String>,
    pub(super) judged: u32,
    pub(super) unjudged: u32,
    pub(super) by_account: u32,
    pub(super) findings: u32,
    pub(super) missing: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct Incomparable {
    pub(super) site_id: String,
    pub(super) system_kind: Option<String>,
    pub(super) system: Option<String>,
    pub(super) scheme: String,
    pub(super) secrets: u32,
    pub(super) tried: u32,
    pub(super) of: u32,
}

#[derive(Deserialize)]
pub(super) struct Corpus {
    pub(super) name: String,
    pub(super) hash: String,
    pub(super) files: u32,
    pub(super) size: Option<u64>,
    pub(super) date: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct RowCounts {
    pub(super) read: u64,
    pub(super) ok: u64,
    pub(super) skipped: u64,
    pub(super) quarantined: u64,
}

#[derive(Deserialize)]
pub(super) struct Input {
    pub(super) path: String,
    pub(super) site_id: String,
    pub(super) sha256: String,
    pub(super) size: u64,
    pub(super) reader: String,
    pub(super) reason: String,
    pub(super) encoding: String,
    pub(super) system: String,
    pub(super) rows: RowCounts,
    pub(super) exported_at: Option<String>,
    pub(super) columns_used: Vec<String>,
    pub(super) columns_ignored: Vec<String>,
    pub(super) problem: String,
    pub(super) unverified: bool,
    pub(super) holds_secrets: bool,
    pub(super) superseded: bool,
}

#[derive(Deserialize)]
pub(super) struct Problem {
    pub(super) site_id: String,
    pub(super) file: String,
    pub(super) line: Option<u32>,
    pub(super) column: String,
    pub(super) code: String,
    pub(super) weight: String,
    pub(super) detail: String,
}

#[derive(Deserialize)]
pub(super) struct Leaving {
    pub(super) site_id: String,
    pub(super) person_id: String,
    pub(super) display_name: String,
    pub(super) department: String,
    pub(super) leave_date: String,
    pub(super) account: Option<u32>,
}

#[derive(Deserialize)]
pub(super) struct Contract {
    pub(super) site_id: String,
    pub(super) company: String,
    pub(super) system_kind: Option<String>,
    pub(super) system: String,
}

#[derive(Deserialize)]
pub(super) struct Declared {
    pub(super) site_id: String,
    pub(super) system: String,
    pub(super) item: String,
    pub(super) day: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Exception {
    pub(super) line: u32,
    pub(super) rule: String,
    pub(super) site: String,
    pub(super) system: String,
    pub(super) account: String,
    pub(super) group: String,
    pub(super) reason: String,
    pub(super) approved_by: String,
    pub(super) until: String,
    pub(super) kind: String,
    pub(super) accounts: u32,
}

#[derive(Deserialize)]
pub(super) struct OutputFile {
    pub(super) file: String,
    pub(super) sha256: String,
}

#[derive(Deserialize)]
struct Schema {
    #[serde(default)]
    schema: String,
}

/// Reads run.json; the schema is looked at before anything else.
pub(super) fn read(path: &Path) -> Result<Header, RunError> {
    let bytes = bytes(path)?;
    let fault = |error: &serde_json::Error| {
        RunError::new(path, error.line(), describe(error)).hint(match error.classify() {
            Category::Data => {
                "it was written by another version or changed: run kagiban audit again"
            }
            _ => AUDIT_AGAIN,
        })
    };
    let Schema { schema } = serde_json::from_slice(&bytes).map_err(|error| fault(&error))?;
    known(path, &schema)?;
    serde_json::from_slice(&bytes).map_err(|error| fault(&error))
}

fn bytes(path: &Path) -> Result<Vec<u8>, RunError> {
    let no_run = |message: String| {
        RunError::new(path, 0, message)
            .hint("name the folder of a run, as runs/2026-11; its audit must have written json")
    };
    let file = fs::File::open(path).map_err(|error| no_run(error.to_string()))?;
    let mut bytes = Vec::new();
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|error| no_run(error.to_string()))?;
    match bytes.len() as u64 {
        0 => Err(RunError::new(path, 0, "the file is empty")),
        size if size > LARGEST => Err(RunError::new(path, 0, "the file is too large for a run")),
        _ => Ok(bytes),
    }
}

/// What is wrong, without a word of the file.
pub(super) fn describe(error: &serde_json::Error) -> String {
    let message = error.to_string();
    match error.classify() {
        Category::Eof => "the file ends in the middle".to_owned(),
        Category::Data if message.starts_with("missing field") => {
            let end = message.find(" at line").unwrap_or(message.len());
            message[..end].to_owned()
        }
        Category::Data => format!("a value at column {} is not of its kind", error.column()),
        _ => format!("not JSON at column {}", error.column()),
    }
}

fn known(path: &Path, schema: &str) -> Result<(), RunError> {
    let number = schema.strip_prefix(SCHEMA).and_then(|number| number.parse::<u32>().ok());
    match number {
        Some(VERSION) => Ok(()),
        Some(other) if other > VERSION => {
            let message = format!("the run is of schema {SCHEMA}{other}, newer than this version");
            Err(RunError::new(path, 0, message)
                .hint("use the kagiban that wrote it, or a newer one"))
        }
        Some(other) => {
            let message = format!("the run is of schema {SCHEMA}{other}, which is no longer read");
            Err(RunError::new(path, 0, message).hint("run kagiban audit again on its exports"))
        }
        None => Err(RunError::new(path, 0, "not a run of kagiban (no such schema)")
            .hint("name the folder of a run, as runs/2026-11")),
    }
}
