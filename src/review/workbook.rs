//! A workbook → the rows of its sheets that speak of findings.
//!
//! Cells are read one after another: a cell in the far corner costs nothing. Columns are found by
//! their headings, in either language and any order.

use crate::model::day::Day;
use crate::model::lang::Lang;
use crate::model::review::{ID_COLUMN, StaffColumn};
use crate::review::ReviewError;
use crate::review::import::REASON;
use crate::review::remark::{Kind, Remark};
use crate::text::name::key;
use calamine::{DataRef, Dimensions, Reader as _, Xlsx};
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

/// Rows in which a heading is looked for: people put titles above tables.
const HEADING_ROWS: u32 = 20;
/// Columns that are looked at.
const COLUMNS: u32 = 1024;
/// Rows of all sheets together.
const ROWS: usize = 4 << 20;
/// Bytes of their cells: one long text may stand in every row without making the file large.
const BYTES: usize = 512 << 20;
/// Characters of a cell that are kept: one more than any column for staff takes.
const KEPT: usize = REASON + 1;

/// Columns that tell whether a row is still the row of its finding.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Check {
    /// The rule's id.
    Rule,
    /// The login.
    Account,
}

impl Check {
    /// Every one.
    pub(super) const ALL: [Self; 2] = [Self::Rule, Self::Account];

    const fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Rule => lang.pick("ルール", "Rule"),
            Self::Account => lang.pick("アカウント", "Account"),
        }
    }
}

/// What a cell holds.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) enum Value {
    /// Nothing.
    #[default]
    Empty,
    /// Text.
    Text(String),
    /// A number.
    Number(f64),
    /// A day.
    Day(Day),
    /// A formula without a value, or an error.
    Broken,
}

/// One row under a heading.
#[derive(Clone, Debug, Default)]
pub(super) struct Entry {
    /// Sheet, as a position in the names.
    pub(super) sheet: usize,
    /// Row as people count.
    pub(super) row: u32,
    pub(super) id: Value,
    /// By [`Check`].
    pub(super) checks: [Value; Check::ALL.len()],
    /// By [`StaffColumn`].
    pub(super) staff: [Value; StaffColumn::ALL.len()],
    /// A staff cell holds a formula.
    formula: bool,
}

impl Entry {
    /// True where staff entered nothing.
    pub(super) fn is_blank(&self) -> bool {
        self.staff.iter().all(|value| *value == Value::Empty)
    }
}

/// What a workbook says.
#[derive(Default)]
pub(super) struct Read {
    /// Names of the sheets that were read.
    pub(super) sheets: Vec<String>,
    pub(super) entries: Vec<Entry>,
    pub(super) remarks: Vec<Remark>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Id,
    Check(Check),
    Staff(StaffColumn),
}

/// The column that a heading names.
fn column(heading: &str) -> Option<Column> {
    let heading = key(heading);
    let is = |label: &str| key(label) == heading;
    let either = |label: &dyn Fn(Lang) -> &'static str| is(label(Lang::Ja)) || is(label(Lang::En));
    if is(ID_COLUMN) {
        return Some(Column::Id);
    }
    let staff = StaffColumn::ALL.iter().find(|staff| either(&|lang| staff.label(lang)));
    if let Some(&staff) = staff {
        return Some(Column::Staff(staff));
    }
    let check = Check::ALL.into_iter().find(|check| either(&|lang| check.label(lang)));
    check.map(Column::Check)
}

/// Reads every sheet that has a column finding_id and one for staff.
pub(super) fn read(path: &Path) -> Result<Read, ReviewError> {
    let unusable = |what: String| ReviewError::Unusable {
        path: path.to_owned(),
        what,
        hint: "save it as an Excel workbook (.xlsx) without a password",
    };
    let file =
        File::open(path).map_err(|source| ReviewError::Io { path: path.to_owned(), source })?;
    let mut book: Xlsx<BufReader<File>> =
        Xlsx::new(BufReader::new(file)).map_err(|_| unusable("no workbook".to_owned()))?;
    let (mut read, mut bytes) = (Read::default(), 0);
    for name in book.sheet_names() {
        let mut sheet = Sheet::new(read.sheets.len());
        // A chart has no cells and is no fault.
        let Ok(mut cells) = book.worksheet_cells_reader(&name) else { continue };
        loop {
            let cell = cells.next_cell_with_formula_metadata();
            let Ok(cell) = cell else { return Err(unusable(format!("sheet '{name}' is damaged"))) };
            let Some(cell) = cell else { break };
            let formula = cell.formula.is_some();
            bytes += sheet.cell(cell.pos, value(&cell.value, formula), formula);
            if read.entries.len() + sheet.entries.len() > ROWS || bytes > BYTES {
                return Err(unusable("more rows or text than a run has".to_owned()));
            }
        }
        drop(cells);
        sheet.end_row();
        let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        sheet.close(&name, &merged, &mut read);
    }
    Ok(read)
}

/// Text as it is compared and kept: a line break inside a cell is a space of what it says.
pub(super) fn plain(text: &str) -> String {
    let mut kept = String::new();
    for word in text.split_whitespace() {
        if !kept.is_empty() {
            kept.push(' ');
        }
        kept.push_str(word);
        // No character takes more than four bytes.
        if kept.len() > 4 * KEPT {
            break;
        }
    }
    match kept.char_indices().nth(KEPT) {
        None => kept,
        Some((at, _)) => kept[..at].to_owned(),
    }
}

fn value(value: &DataRef<'_>, formula: bool) -> Value {
    let text = |text: &str| match plain(text) {
        text if text.is_empty() => Value::Empty,
        text => Value::Text(text),
    };
    match value {
        DataRef::Empty if formula => Value::Broken,
        DataRef::Empty => Value::Empty,
        DataRef::String(s) | DataRef::DateTimeIso(s) | DataRef::DurationIso(s) => text(s),
        DataRef::SharedString(s) => text(s),
        DataRef::Int(number) => Value::Text(number.to_string()),
        DataRef::Float(number) => Value::Number(*number),
        DataRef::Bool(yes) => Value::Text(if *yes { "TRUE" } else { "FALSE" }.to_owned()),
        DataRef::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            Day::from_ymd(i32::from(year), u32::from(month), u32::from(day))
                .map_or(Value::Broken, Value::Day)
        }
        DataRef::DateTime(moment) => Value::Number(moment.as_f64()),
        DataRef::Error(_) => Value::Broken,
    }
}

/// A sheet while its cells come.
struct Sheet {
    number: usize,
    /// Row of the heading, once it was met.
    heading: Option<u32>,
    columns: Vec<(u32, Column)>,
    /// Cells of the open row above or in the heading.
    open: Vec<(u32, String)>,
    entry: Entry,
    entries: Vec<Entry>,
    twice: Option<String>,
}

impl Sheet {
    fn new(number: usize) -> Self {
        Self {
            number,
            heading: None,
            columns: Vec::new(),
            open: Vec::new(),
            entry: Entry::default(),
            entries: Vec::new(),
            twice: None,
        }
    }

    /// Takes a cell; the bytes of it that are kept.
    fn cell(&mut self, (row, at): (u32, u32), value: Value, formula: bool) -> usize {
        if at >= COLUMNS {
            return 0;
        }
        if row + 1 != self.entry.row {
            self.end_row();
            self.entry = Entry { sheet: self.number, row: row + 1, ..Entry::default() };
        }
        if self.heading.is_none() {
            if let (Value::Text(text), true) = (value, row < HEADING_ROWS) {
                self.open.push((at, text));
            }
            return 0;
        }
        let Some(&(_, column)) = self.columns.iter().find(|(known, _)| *known == at) else {
            return 0;
        };
        let bytes = if let Value::Text(text) = &value { text.len() } else { 0 };
        match column {
            Column::Id => self.entry.id = value,
            Column::Check(check) => self.entry.checks[check as usize] = value,
            Column::Staff(staff) => {
                self.entry.formula |= formula;
                self.entry.staff[staff as usize] = value;
            }
        }
        bytes
    }

    fn end_row(&mut self) {
        if self.heading.is_none() {
            self.take_heading();
        } else if self.entry.id != Value::Empty || !self.entry.is_blank() {
            self.entries.push(std::mem::take(&mut self.entry));
        }
        self.open.clear();
    }

    fn take_heading(&mut self) {
        let named: Vec<_> = self
            .open
            .iter()
            .filter_map(|(at, text)| Some((*at, column(text)?, text.clone())))
            .collect();
        if !named.iter().any(|(_, column, _)| *column == Column::Id) {
            return;
        }
        self.heading = Some(self.entry.row);
        for (at, column, text) in named {
            if self.columns.iter().any(|(_, known)| *known == column) {
                self.twice = Some(text);
            } else {
                self.columns.push((at, column));
            }
        }
    }

    /// Hands over what was read, with remarks on merged cells and formulas.
    fn close(self, name: &str, merged: &[Dimensions], read: &mut Read) {
        let is_staff = |at: u32| {
            self.columns.iter().any(|(known, c)| *known == at && matches!(c, Column::Staff(_)))
        };
        if !self.columns.iter().any(|(at, _)| is_staff(*at)) {
            return;
        }
        let mut remark = |row, kind, detail: &str| {
            let (sheet, detail) = (name.to_owned(), detail.to_owned());
            read.remarks.push(Remark { sheet, row, kind, detail });
        };
        if let Some(heading) = &self.twice {
            return remark(0, Kind::TwoColumns, heading);
        }
        for &Dimensions { start: (top, left), end: (bottom, right) } in merged {
            if bottom > top && (left..=right.min(COLUMNS)).any(is_staff) {
                remark(top + 1, Kind::Merged, "");
            }
        }
        for entry in self.entries.iter().filter(|entry| entry.formula) {
            remark(entry.row, Kind::Formula, "");
        }
        read.sheets.push(name.to_owned());
        read.entries.extend(self.entries);
    }
}
