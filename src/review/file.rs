//! review.csv: what staff decided, beside suppressions.toml.

use crate::model::credential::words;
use crate::model::day::When;
use crate::model::review::{Action, Decision, Decisions, finding_id};
use crate::review::import::{OWNER, REASON};
use crate::text::date::{DateRules, parse as parse_date};
use csv::{ReaderBuilder, StringRecord};
use std::fmt;

/// Name of the file.
pub const NAME: &str = "review.csv";

/// Its columns.
pub const COLUMNS: &[&str] = &["finding_id", "state", "owner", "due", "reason"];

words! {
    /// What is wrong with a row or with the file.
    Fault {
        /// Not UTF-8, or not the columns.
        Header = "unknown-header",
        /// Too few or too many fields.
        Fields = "field-count",
        /// No id of a finding, or one that stood there before.
        Id = "bad-finding-id",
        /// No state.
        State = "bad-state",
        /// No day.
        Date = "bad-date",
        /// More text than a cell may have.
        Long = "text-too-long",
    }
}

/// A row that was not taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Refused {
    /// Line of the file.
    pub line: u64,
    /// What is wrong.
    pub fault: Fault,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{NAME}:{}: {}", self.line, self.fault.word())
    }
}

/// Reads the file. A row that cannot be used is refused alone; one without the columns as a whole.
pub fn parse(bytes: &[u8]) -> (Decisions, Vec<Refused>) {
    let (mut decisions, mut refused) = (Decisions::new(), Vec::new());
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut reader = ReaderBuilder::new().flexible(true).from_reader(bytes);
    if !reader.headers().is_ok_and(|header| header.iter().eq(COLUMNS.iter().copied())) {
        return (decisions, vec![Refused { line: 1, fault: Fault::Header }]);
    }
    let mut record = StringRecord::new();
    let mut lines = Lines { bytes, seen: 0, line: 1 };
    loop {
        let start = reader.position().byte() as usize;
        let fault = match reader.read_record(&mut record) {
            Ok(false) => return (decisions, refused),
            Ok(true) => match row(&record) {
                Ok((id, decision)) if !decisions.contains_key(&id) => {
                    decisions.insert(id, decision);
                    continue;
                }
                Ok(_) => Fault::Id,
                Err(fault) => fault,
            },
            Err(_) => Fault::Header,
        };
        refused.push(Refused { line: lines.at(start), fault });
    }
}

/// Lines as an editor counts them: the LF of a CRLF is still to come where the reader has ended a
/// record.
struct Lines<'a> {
    bytes: &'a [u8],
    seen: usize,
    line: u64,
}

impl Lines<'_> {
    /// Line of a record that begins there; never before the one asked last.
    fn at(&mut self, start: usize) -> u64 {
        let end = start + usize::from(self.bytes.get(start) == Some(&b'\n'));
        let passed = self.bytes.get(self.seen..end).unwrap_or_default();
        self.line += memchr::memchr_iter(b'\n', passed).count() as u64;
        self.seen = end;
        self.line
    }
}

fn row(record: &StringRecord) -> Result<([u8; 16], Decision), Fault> {
    if record.len() != COLUMNS.len() {
        return Err(Fault::Fields);
    }
    // The guard against formulas, as our own writer puts it.
    let cell = |at: usize| record[at].strip_prefix('\'').unwrap_or(&record[at]);
    let id = finding_id(cell(0)).ok_or(Fault::Id)?;
    let action = match cell(1) {
        "" => None,
        word => Some(Action::from_word(word).ok_or(Fault::State)?),
    };
    let due = match cell(3) {
        "" => None,
        text => match parse_date(text, &DateRules::default()).map(|parsed| parsed.when) {
            Ok(When::On(day)) => Some(day),
            _ => return Err(Fault::Date),
        },
    };
    let (owner, reason) = (cell(2).to_owned(), cell(4).to_owned());
    if owner.chars().count() > OWNER || reason.chars().count() > REASON {
        return Err(Fault::Long);
    }
    Ok((id, Decision { action, owner, due, reason }))
}

/// The rows of the file, by id.
pub fn rows(decisions: &Decisions) -> impl Iterator<Item = Vec<String>> {
    decisions.iter().map(|(id, decision)| {
        vec![
            String::from_utf8_lossy(id).into_owned(),
            decision.action.map_or("", |action| action.word()).to_owned(),
            decision.owner.clone(),
            decision.due.map_or_else(String::new, |day| day.to_string()),
            decision.reason.clone(),
        ]
    })
}
