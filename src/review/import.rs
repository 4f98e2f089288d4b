//! Rows of a workbook → decisions, checked against the run and merged with those of before.

use crate::model::day::{Day, When};
use crate::model::lang::Lang;
use crate::model::review::{Action, Decision, Decisions, FindingId, StaffColumn, finding_id};
use crate::review::ReviewError;
use crate::review::remark::{Kind, Remark};
use crate::review::run::{Findings, Known};
use crate::review::workbook::{self, Check, Entry, Value, plain};
use crate::text::date::{DateColumn, DateRules, parse};
use crate::text::name::{escape_controls, key};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Most characters of an owner and of a reason.
pub const OWNER: usize = 100;
/// See [`OWNER`].
pub const REASON: usize = 500;

/// What a workbook comes to.
#[derive(Debug, Default)]
pub struct Imported {
    /// Names of the sheets that were read.
    pub sheets: Vec<String>,
    /// Rows that name a finding.
    pub rows: usize,
    /// What the workbook says of each finding that it names; nothing entered = an empty decision.
    pub decisions: Decisions,
    /// What the operator should know, by place.
    pub remarks: Vec<Remark>,
}

impl Imported {
    /// What is known once the workbook's decisions stand beside those of before.
    pub fn merged(&self, before: &Decisions) -> Decisions {
        let mut all = before.clone();
        for (id, decision) in &self.decisions {
            if decision.is_empty() {
                all.remove(id);
            } else {
                all.insert(*id, decision.clone());
            }
        }
        all
    }
}

/// Reads a workbook. `before` is what review.csv says: where a finding has two rows, the one that
/// was changed counts.
pub fn read(path: &Path, run: &Findings, before: &Decisions) -> Result<Imported, ReviewError> {
    let read = workbook::read(path)?;
    let mut rows =
        Rows { run, sheets: &read.sheets, found: BTreeMap::new(), remarks: read.remarks };
    for entry in &read.entries {
        rows.take(entry);
    }
    let (taken, mut remarks) = rows.settle(before);
    let decisions = taken.into_iter().map(|(id, (decision, _))| (id, decision)).collect();
    remarks.sort();
    remarks.dedup();
    Ok(Imported { rows: read.entries.len(), sheets: read.sheets, decisions, remarks })
}

/// A decision with the place that it was read at.
type Placed<'a> = (Decision, &'a Entry);

struct Rows<'a> {
    run: &'a Findings,
    sheets: &'a [String],
    found: BTreeMap<FindingId, Vec<Placed<'a>>>,
    remarks: Vec<Remark>,
}

impl<'a> Rows<'a> {
    fn remark(&mut self, entry: &Entry, kind: Kind, detail: &str) {
        let sheet = self.sheets[entry.sheet].clone();
        self.remarks.push(Remark { sheet, row: entry.row, kind, detail: detail.to_owned() });
    }

    fn take(&mut self, entry: &'a Entry) {
        let id = match &entry.id {
            Value::Empty if entry.is_blank() => return,
            Value::Empty => return self.remark(entry, Kind::NoId, ""),
            Value::Text(text) => finding_id(text),
            _ => None,
        };
        let Some(id) = id else { return self.remark(entry, Kind::BadId, "") };
        let Some(known) = self.run.get(&id) else {
            return self.remark(entry, Kind::UnknownId, "");
        };
        if !is_row_of(entry, known) {
            return self.remark(entry, Kind::OtherRow, "");
        }
        match decision(entry) {
            Ok(decision) => {
                if decision.action == Some(Action::Exception) && decision.reason.is_empty() {
                    self.remark(entry, Kind::NoReason, "");
                }
                self.found.entry(id).or_default().push((decision, entry));
            }
            Err((kind, column)) => self.remark(entry, kind, column.label(Lang::Ja)),
        }
    }

    /// One decision for each finding. Rows about it that a contradiction spoils are left out.
    fn settle(mut self, before: &Decisions) -> (BTreeMap<FindingId, Placed<'a>>, Vec<Remark>) {
        let mut settled = BTreeMap::new();
        let nothing = Decision::default();
        for (id, rows) in std::mem::take(&mut self.found) {
            let before = before.get(&id).unwrap_or(&nothing);
            let mut rows = rows.into_iter();
            let Some(mut all) = rows.next() else { continue };
            let mut whole = true;
            for (decision, entry) in rows {
                if let Some(both) = both(before, &all.0, &decision) {
                    all.0 = both;
                } else {
                    let first = format!("{} {}", self.sheets[all.1.sheet], all.1.row);
                    self.remark(entry, Kind::Conflict, &first);
                    whole = false;
                }
            }
            if whole {
                settled.insert(id, all);
            }
        }
        (settled, self.remarks)
    }
}

/// True unless the row shows another rule or account than its finding has. Restricted rows show no
/// account, and a number that was text is a spreadsheet's doing.
fn is_row_of(entry: &Entry, known: &Known) -> bool {
    let wanted = [&*known.rule, &*known.account];
    Check::ALL.iter().zip(wanted).all(|(check, wanted)| match &entry.checks[*check as usize] {
        // A name beyond what a cell takes was cut when it was written.
        Value::Text(shown) => *shown == plain(&escape_controls(wanted)),
        _ => true,
    })
}

fn decision(entry: &Entry) -> Result<Decision, (Kind, StaffColumn)> {
    let cell = |column: StaffColumn| &entry.staff[column as usize];
    if let Some(&column) = StaffColumn::ALL.iter().find(|c| *cell(**c) == Value::Broken) {
        return Err((Kind::NoValue, column));
    }
    let at = |column: StaffColumn| move |kind: Kind| (kind, column);
    Ok(Decision {
        action: action(cell(StaffColumn::Action)).map_err(at(StaffColumn::Action))?,
        owner: short(cell(StaffColumn::Owner), OWNER).map_err(at(StaffColumn::Owner))?,
        due: due(cell(StaffColumn::Due)).map_err(at(StaffColumn::Due))?,
        reason: short(cell(StaffColumn::Reason), REASON).map_err(at(StaffColumn::Reason))?,
    })
}

/// The state of a word in either language.
fn action(value: &Value) -> Result<Option<Action>, Kind> {
    let text = match value {
        Value::Empty => return Ok(None),
        Value::Text(text) => key(text),
        _ => return Err(Kind::BadState),
    };
    let is = |action: &&Action| {
        let words = [action.label(Lang::Ja), action.label(Lang::En), action.word()];
        words.iter().any(|word| key(word) == text)
    };
    Action::ALL.iter().find(is).copied().map(Some).ok_or(Kind::BadState)
}

fn short(value: &Value, most: usize) -> Result<String, Kind> {
    let text = match value {
        Value::Empty | Value::Broken => String::new(),
        Value::Text(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Day(day) => day.to_string(),
    };
    if text.chars().count() <= most { Ok(text) } else { Err(Kind::TooLong) }
}

fn due(value: &Value) -> Result<Option<Day>, Kind> {
    let text = match value {
        Value::Empty => return Ok(None),
        Value::Day(day) => return Ok(Some(*day)),
        Value::Text(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Broken => return Err(Kind::NoValue),
    };
    let rules = DateRules { excel_serial: true, column: DateColumn::End, ..DateRules::default() };
    match parse(&text, &rules).map(|parsed| parsed.when) {
        Ok(When::On(day)) => Ok(Some(day)),
        _ => Err(Kind::BadDate),
    }
}

/// What two rows say together: where they differ, the one that differs from before counts.
fn both(before: &Decision, a: &Decision, b: &Decision) -> Option<Decision> {
    Some(Decision {
        action: *one(&before.action, &a.action, &b.action)?,
        owner: one(&before.owner, &a.owner, &b.owner)?.clone(),
        due: *one(&before.due, &a.due, &b.due)?,
        reason: one(&before.reason, &a.reason, &b.reason)?.clone(),
    })
}

fn one<'v, T: PartialEq>(before: &T, a: &'v T, b: &'v T) -> Option<&'v T> {
    match () {
        () if a == b || b == before => Some(a),
        () if a == before => Some(b),
        () => None,
    }
}

/// How many decisions there are of each action.
pub fn counts(decisions: &Decisions) -> [usize; Action::ALL.len()] {
    let mut counts = [0; Action::ALL.len()];
    for action in decisions.values().filter_map(|decision| decision.action) {
        counts[action as usize] += 1;
    }
    counts
}

/// Findings whose decision differs from before.
pub fn changed(before: &Decisions, after: &Decisions) -> usize {
    let ids: BTreeSet<_> = before.keys().chain(after.keys()).collect();
    ids.into_iter().filter(|id| before.get(*id) != after.get(*id)).count()
}
