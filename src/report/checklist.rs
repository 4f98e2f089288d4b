//! The checklist sheet and the coverage table: what the run can answer of the official forms.
//!
//! Five answers, none of which is a verdict. Nothing found is said only of what every rule of an
//! item judged in full; whatever stayed open makes the answer a partial one. Sheets name sites,
//! systems and companies, never an account or a person.

mod answer;
mod coverage;
mod judged;
mod sheet;
mod table;

pub(super) use coverage::write as write_coverage;
pub(super) use table::{Entry, Leaf, leaves, write_csv, write_json};

/// Names of the files.
pub(super) const CSV: &str = "checklist.csv";
/// The sheets as a tree.
pub(super) const JSON: &str = "checklist.json";
/// Site × rule.
pub(super) const COVERAGE: &str = "coverage.csv";

#[cfg(test)]
mod tests;
