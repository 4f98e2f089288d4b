//! XLSX: a sheet becomes the CSV that a person would have saved, one physical line a row, so that
//! tables need not know where their cells come from.
//!
//! Cells are streamed; a dense range of the corners that a sheet claims is never made. What the
//! archive really unpacks to is counted before anything reads it.

mod guard;

pub use guard::{guard, guard_up_to, is_archive};

use crate::text::encoding::FORMULA_MARK;
use calamine::{CellErrorType, DataRef, ExcelDateTime, Reader, SheetVisible, Xlsx};
use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use zeroize::Zeroizing;

/// Rows of a sheet that are looked at to recognise it.
const HEAD_ROWS: u32 = 40;
/// Most columns of a table.
const COLUMNS: u32 = 1024;
/// Most cells of a sheet.
const CELLS: u64 = 20 << 20;
/// Longest text that a sheet may become.
const TEXT: usize = 256 << 20;
/// Beyond this a number has lost digits on its way through a spreadsheet.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// A sheet as discovery sees it.
pub struct Sheet {
    /// Name.
    pub name: String,
    /// True where a person who opens the workbook does not see it.
    pub hidden: bool,
    /// Its first rows as CSV.
    pub head: String,
    /// Columns of its widest first row.
    pub width: u32,
}

/// A whole sheet as CSV.
pub struct SheetText {
    /// UTF-8; wiped when it is dropped, because a column may hold passwords.
    pub bytes: Zeroizing<Vec<u8>>,
    /// Cells of id columns that are numbers, so that leading zeros may be gone.
    pub numeric_ids: u32,
    /// Cells whose formula gives an error or was never calculated.
    pub errors: u32,
}

type Book = Xlsx<BufReader<File>>;

fn open(path: &Path) -> Result<Book, &'static str> {
    let file = File::open(path).map_err(|_| "unreadable")?;
    Xlsx::new(BufReader::new(file)).map_err(|_| "bad-workbook")
}

/// The sheets of a workbook that hold anything. The error is a reason code.
pub fn sheets(path: &Path) -> Result<Vec<Sheet>, &'static str> {
    let mut book = open(path)?;
    let names: Vec<(String, bool)> = book
        .sheets_metadata()
        .iter()
        .map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible))
        .collect();
    let mut sheets = Vec::new();
    for (name, hidden) in names {
        // A chart has no cells and is no fault.
        let Ok(lines) = lines(&mut book, &name, &Wanted { rows: HEAD_ROWS, ..Wanted::ALL }) else {
            continue;
        };
        if !lines.text.is_empty() {
            let head = String::from_utf8_lossy(&lines.text).into_owned();
            sheets.push(Sheet { name, hidden, head, width: lines.width });
        }
    }
    Ok(sheets)
}

/// A whole sheet; `width` pads short rows, because a workbook leaves out empty cells at the end.
/// `ids` are columns whose cells should be text. The error is a reason code.
pub fn text(
    path: &Path,
    sheet: &str,
    width: u32,
    ids: &[usize],
) -> Result<SheetText, &'static str> {
    let mut book = open(path)?;
    let mut wanted = Wanted { width, ids, ..Wanted::ALL };
    let mut lines = self::lines(&mut book, sheet, &wanted)?;
    let uncalculated = uncalculated(&mut book, sheet, &lines.empty)?;
    if !uncalculated.is_empty() {
        wanted.uncalculated = &uncalculated;
        lines = self::lines(&mut book, sheet, &wanted)?;
    }
    Ok(SheetText { bytes: lines.text, numeric_ids: lines.numeric_ids, errors: lines.errors })
}

/// What to take from a sheet.
struct Wanted<'a> {
    rows: u32,
    width: u32,
    ids: &'a [usize],
    /// Row and column of the cells that hold a formula and no value, in order.
    uncalculated: &'a [(u32, u32)],
}

impl Wanted<'_> {
    const ALL: Self = Wanted { rows: u32::MAX, width: 0, ids: &[], uncalculated: &[] };
}

/// Programs that write workbooks leave the values of formulas to Excel: such a cell looks empty and
/// is not. Only sheets with empty cells are looked at again.
fn uncalculated(
    book: &mut Book,
    sheet: &str,
    empty: &[(u32, u32)],
) -> Result<Vec<(u32, u32)>, &'static str> {
    let mut found = Vec::new();
    if empty.is_empty() {
        return Ok(found);
    }
    let mut reader = book.worksheet_cells_reader(sheet).map_err(|_| "bad-workbook")?;
    while let Some(cell) = reader.next_formula().map_err(|_| "bad-workbook")? {
        let position = cell.get_position();
        if !cell.get_value().is_empty() && empty.binary_search(&position).is_ok() {
            found.push(position);
        }
    }
    Ok(found)
}

/// The lines of a sheet while they grow.
struct Lines {
    text: Zeroizing<Vec<u8>>,
    /// Row and next column of the open line.
    row: u32,
    column: u32,
    width: u32,
    pad: u32,
    cells: u64,
    numeric_ids: u32,
    errors: u32,
    /// Row and column of cells without a value, in order.
    empty: Vec<(u32, u32)>,
}

fn lines(book: &mut Book, sheet: &str, wanted: &Wanted<'_>) -> Result<Lines, &'static str> {
    let mut reader = book.worksheet_cells_reader(sheet).map_err(|_| "bad-workbook")?;
    let mut lines = Lines {
        text: Zeroizing::new(Vec::new()),
        row: 0,
        column: 0,
        width: wanted.width,
        pad: wanted.width,
        cells: 0,
        numeric_ids: 0,
        errors: 0,
        empty: Vec::new(),
    };
    while let Some(cell) = reader.next_cell().map_err(|_| "bad-workbook")? {
        let (row, column) = cell.get_position();
        if row >= wanted.rows {
            break;
        }
        let value = cell.get_value();
        let uncalculated = wanted.uncalculated.binary_search(&(row, column)).is_ok();
        if matches!(value, DataRef::Empty) && !uncalculated {
            lines.leave_out(row, column)?;
            continue;
        }
        lines.move_to(row, column)?;
        if uncalculated {
            lines.put_error();
            continue;
        }
        let id = wanted.ids.contains(&(column as usize));
        lines.numeric_ids += u32::from(id && matches!(value, DataRef::Float(_) | DataRef::Int(_)));
        lines.put(value);
        if lines.text.len() > TEXT {
            return Err("record-too-long");
        }
    }
    lines.end_line();
    Ok(lines)
}

impl Lines {
    fn leave_out(&mut self, row: u32, column: u32) -> Result<(), &'static str> {
        let in_order = self.empty.last().is_none_or(|last| *last < (row, column));
        if !in_order || self.empty.len() as u64 >= CELLS {
            return Err("bad-workbook");
        }
        self.empty.push((row, column));
        Ok(())
    }

    /// Goes on to a cell. Cells that run backwards would make two rows one.
    fn move_to(&mut self, row: u32, column: u32) -> Result<(), &'static str> {
        self.cells += 1;
        if column >= COLUMNS || self.cells > CELLS {
            return Err("too-many-columns");
        }
        if row < self.row || (row == self.row && column < self.column) {
            return Err("bad-workbook");
        }
        while self.row < row {
            self.end_line();
        }
        while self.column < column {
            self.text.push(b',');
            self.column += 1;
        }
        Ok(())
    }

    fn end_line(&mut self) {
        self.width = self.width.max(self.column + 1);
        // A row without any cell stays a blank line.
        if self.text.last().is_some_and(|&byte| byte != b'\n') {
            for _ in self.column + 1..self.pad {
                self.text.push(b',');
            }
        }
        self.text.push(b'\n');
        self.row += 1;
        self.column = 0;
    }

    fn put(&mut self, value: &DataRef<'_>) {
        match value {
            DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
                self.put_text(text);
            }
            DataRef::SharedString(text) => self.put_text(text),
            DataRef::Int(number) => self.put_text(&number.to_string()),
            DataRef::Float(number) => self.put_text(&number_text(*number)),
            DataRef::Bool(yes) => self.put_text(if *yes { "TRUE" } else { "FALSE" }),
            DataRef::DateTime(moment) => self.put_text(&moment_text(moment)),
            // `#N/A` is a way to leave a cell open; any other error spoils its row.
            DataRef::Error(CellErrorType::NA) | DataRef::Empty => {}
            DataRef::Error(_) => self.put_error(),
        }
    }

    fn put_error(&mut self) {
        self.errors += 1;
        self.text.extend_from_slice(FORMULA_MARK);
    }

    fn put_text(&mut self, text: &str) {
        let quoted = text.contains([',', '"']);
        if quoted {
            self.text.push(b'"');
        }
        for byte in text.bytes() {
            match byte {
                // A line is a row: its number is what people look up.
                b'\n' | b'\r' | b'\t' => self.text.push(b' '),
                b'"' => self.text.extend_from_slice(b"\"\""),
                other => self.text.push(other),
            }
        }
        if quoted {
            self.text.push(b'"');
        }
    }
}

/// Whole numbers without a fraction; what has lost digits keeps the form that says so.
fn number_text(number: f64) -> String {
    if number.abs() >= EXACT {
        return format!("{number:E}");
    }
    number.to_string()
}

fn moment_text(moment: &ExcelDateTime) -> String {
    if !moment.is_datetime() {
        return number_text(moment.as_f64());
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    if (hour, minute, second) == (0, 0, 0) {
        return format!("{year:04}-{month:02}-{day:02}");
    }
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
}

#[cfg(test)]
mod tests;
