//! Exports in JSON, record by record: a record that cannot be read costs itself alone.

use crate::ingest::FileError;
use crate::ingest::framing::json::{line_in, records};
use crate::ingest::source::Source;
use crate::model::file::{FileId, Origin, Problem, Weight};
use crate::model::inventory::Inventory;

/// Longest file in bytes.
const LIMIT: usize = 256 << 20;

/// What spoils a record.
pub(super) struct Fault {
    code: &'static str,
    column: &'static str,
    /// Lines of the record before the fault.
    line: u32,
}

impl Fault {
    /// A fault of one of our columns, or of none.
    pub(super) const fn new(code: &'static str, column: &'static str) -> Self {
        Self { code, column, line: 0 }
    }
}

impl From<serde_json::Error> for Fault {
    // Not the error's own words: they quote the record.
    fn from(error: serde_json::Error) -> Self {
        Self { line: line_in(&error), ..Self::new("bad-json", "") }
    }
}

/// Takes every record of a file over.
pub(super) fn each(
    source: &mut Source<'_>,
    inventory: &mut Inventory,
    mut take: impl FnMut(&[u8], Origin, &mut Inventory) -> Result<(), Fault>,
) -> Result<(), FileError> {
    let text = source.text(LIMIT)?;
    let found = records(text.as_bytes()).map_err(|line| FileError::at("bad-json", line))?;
    for record in &found.records {
        let origin = Origin { file: FileId(0), line: record.line };
        match take(record.text, origin, inventory) {
            Ok(()) => inventory.rows.take(),
            Err(fault) => {
                let origin = Origin { line: record.line + fault.line, ..origin };
                let problem = Problem::new(origin, Weight::Row, fault.code);
                inventory.refuse(problem.column(fault.column));
            }
        }
    }
    if found.more {
        let problem = Problem::new(Origin::default(), Weight::File, "server-limit");
        inventory.problems.push(problem.column("@odata.nextLink"));
    }
    Ok(())
}
