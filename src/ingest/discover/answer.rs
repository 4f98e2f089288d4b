//! A file that several readers claim, and the answer of whoever put it there.

use super::Choice;
use crate::ingest::{Claim, READERS};
use crate::rules::RuleSet;

/// Why nobody reads a file.
pub(super) struct Refusal {
    /// Reason code.
    pub(super) code: &'static str,
    /// Readers that claim it with the same right.
    pub(super) claimants: String,
}

impl From<&'static str> for Refusal {
    fn from(code: &'static str) -> Self {
        Self { code, claimants: String::new() }
    }
}

/// A profile has named the reader.
pub(super) const NAMED: Claim = Claim { score: 100, reason: "profile.toml" };

/// The answer to which of two systems a file is of: a reader by its name, tables apart.
pub(super) fn answered<'r>(reader: &str, rules: &'r RuleSet) -> Option<Choice<'r>> {
    let coded = READERS.iter().find(|known| known.name() == reader);
    let lines = || rules.devices.named(reader).map(|profile| Choice::Lines(profile, None));
    coded.map(|&reader| Choice::Coded(reader)).or_else(lines)
}
