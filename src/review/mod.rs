//! What staff wrote into report.xlsx, back into decisions: read from its sheets, checked against
//! the run, merged with what was known before, kept in review.csv and proposed as exceptions.
//!
//! A workbook comes back from many hands. Rows may be sorted, columns moved, sheets added; a row
//! that cannot be trusted is named with its place and not taken, and what it said before stays.

pub mod file;
pub mod import;
pub mod propose;
pub mod remark;
pub mod run;
mod workbook;

use crate::model::day::{Stamp, When};
use crate::model::report::Report;
use crate::model::review::Decisions;
use crate::model::state::Assigned;
use std::path::PathBuf;

/// What cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum ReviewError {
    /// The file system refused.
    #[error("{}: {source}", path.display())]
    Io {
        /// File.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Not what it should be.
    #[error("{}: {what}\nhint: {hint}", path.display())]
    Unusable {
        /// File.
        path: PathBuf,
        /// What is wrong.
        what: String,
        /// What to do.
        hint: &'static str,
    },
}

/// Writes decisions to the findings of a report. Those about other findings stay where they are:
/// a finding may return.
pub fn apply(decisions: &Decisions, report: &mut Report) {
    for (id, decision) in decisions {
        let Ok(at) = report.ids.binary_search(id) else { continue };
        let assigned = Assigned {
            progress: report.names.intern(decision.action.map_or("", |action| action.word())),
            owner: report.text.push(&decision.owner),
            due: decision.due.map_or(Stamp::UNKNOWN, |day| When::On(day).into()),
            reason: report.text.push(&decision.reason),
        };
        report.assigned.set(at as u32, assigned);
    }
}

#[cfg(test)]
mod tests;
