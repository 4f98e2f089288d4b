//! A workbook that grows sheet by sheet and row by row.

use crate::model::day::{Day, Stamp, When};
use crate::model::lang::Lang;
use crate::report::Context;
use crate::report::output::Sink;
use crate::report::xlsx::look::{Column, Look, WORST, heading};
use crate::text::name::{escape_controls, escape_controls_by_line};
use rust_xlsxwriter::{
    ConditionalFormatCell, ConditionalFormatCellRule, DataValidation, DocProperties, ExcelDateTime,
    Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};
use std::borrow::Cow;
use std::io;
use std::path::Path;

/// Rows of a sheet, its heading among them: Excel has no more.
pub(super) const ROWS: u32 = 1_048_576;
/// UTF-16 units of a cell that are written; Excel takes 32,767.
const UNITS: usize = 32_000;
/// Rows from which a sheet may become larger than an archive without 64-bit sizes can hold.
const LARGE: u32 = 500_000;
/// How hard a workbook with such a sheet is packed: packing is most of its cost.
const QUICK: u8 = 3;
/// A4.
const PAPER: u8 = 9;
/// What a cell shows.
pub(super) enum Cell<'a> {
    /// Nothing.
    Empty,
    /// Text of an export, on one line.
    Text(Cow<'a, str>),
    /// A sentence of ours, whose line ends are meant.
    Words(Cow<'a, str>),
    /// A number.
    Count(i64),
    /// A day.
    Day(Day),
}

impl<'a> Cell<'a> {
    /// A day, or nothing where none is known; `never` in words.
    pub(super) fn stamp(stamp: Stamp, lang: Lang) -> Self {
        match stamp.when() {
            When::On(day) => Self::Day(day),
            When::Never => Self::Words(lang.pick("なし", "never").into()),
            When::Unknown => Self::Empty,
        }
    }

    /// A count of any width.
    pub(super) fn count(count: impl Into<u64>) -> Self {
        Self::Count(i64::try_from(count.into()).unwrap_or(i64::MAX))
    }

    /// Text of an export.
    pub(super) fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Text(text.into())
    }

    /// A sentence.
    pub(super) fn words(words: impl Into<Cow<'a, str>>) -> Self {
        Self::Words(words.into())
    }
}

/// A workbook.
pub(super) struct Book {
    workbook: Workbook,
    pub(super) lang: Lang,
    most: u32,
}

impl Book {
    /// An empty workbook, made on the day that judges so that its bytes do not hang on the clock.
    /// `folder` takes the rows of open sheets, in files without names.
    pub(super) fn new(cx: &Context<'_>, folder: &Path) -> io::Result<Self> {
        let mut workbook = Workbook::new();
        workbook.set_tempdir(folder).map_err(other)?;
        // A font of every Windows that knows kana; elsewhere another one stands in.
        let font = Format::new().set_font_name("Yu Gothic").set_font_size(10);
        workbook.set_default_format(&font, 20, 64).map_err(other)?;
        let made = date(cx.report.run.as_of)
            .unwrap_or_else(|| ExcelDateTime::from_timestamp(0).unwrap_or_default());
        let title = cx.lang.pick("kagiban 監査報告", "kagiban audit report");
        let properties = DocProperties::new().set_title(title).set_creation_datetime(&made);
        workbook.set_properties(&properties);
        Ok(Self { workbook, lang: cx.lang, most: ROWS })
    }

    /// Splits sheets after fewer rows, for tests.
    #[cfg(test)]
    pub(super) const fn split_after(&mut self, rows: u32) {
        self.most = rows;
    }

    /// A table: heading, filter, columns in their looks. `printed` columns go onto paper.
    pub(super) fn table(
        &mut self,
        name: (&str, &str),
        columns: &[Column],
        printed: usize,
    ) -> io::Result<Table<'_>> {
        let name = self.lang.pick(name.0, name.1).to_owned();
        let (columns, printed) = (columns.to_vec(), printed as u16);
        let sheet = self.workbook.new_worksheet_with_constant_memory().map_err(other)?;
        let mut table = Table { book: self, name, columns, printed, sheet, row: 0, part: 1 };
        table.begin()?;
        Ok(table)
    }

    /// A page of free rows; `widths` in characters.
    pub(super) fn page(&mut self, name: &str, widths: &[u16]) -> io::Result<Page<'_>> {
        let mut sheet = self.workbook.new_worksheet_with_constant_memory().map_err(other)?;
        sheet.set_name(name).map_err(other)?;
        for (at, &width) in (0..).zip(widths) {
            sheet.set_column_width(at, f64::from(width)).map_err(other)?;
        }
        Ok(Page { book: self, sheet, row: 0 })
    }

    /// Writes the workbook.
    pub(super) fn save(mut self, sink: &mut Sink) -> io::Result<()> {
        self.workbook.save_to_writer(sink).map_err(other)
    }
}

/// What the library refuses is an output that cannot be written.
fn other(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) | XlsxError::TempFileError(_, error) => error,
        error => io::Error::other(error),
    }
}

/// A day as Excel counts; `None` before 1900.
fn date(day: Day) -> Option<ExcelDateTime> {
    let (year, month, day) = day.ymd();
    let year = u16::try_from(year).ok().filter(|year| *year >= 1900)?;
    ExcelDateTime::from_ymd(year, month as u8, day as u8).ok()
}

/// The text as far as a cell takes it.
fn clipped(text: Cow<'_, str>) -> String {
    if text.len() <= UNITS {
        return text.into_owned();
    }
    let mut units = 0;
    let cut = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > UNITS
    });
    match cut {
        None => text.into_owned(),
        Some((at, _)) => format!("{}…", &text[..at]),
    }
}

fn put(
    sheet: &mut Worksheet,
    at: (u32, u16),
    cell: Cell<'_>,
    format: Option<&Format>,
) -> io::Result<()> {
    let (row, column) = at;
    let text = match cell {
        Cell::Empty => String::new(),
        Cell::Words(text) if text.contains('\n') => clipped(escape_controls_by_line(&text).into()),
        Cell::Text(text) | Cell::Words(text) => clipped(escape_controls(&text)),
        Cell::Count(count) => {
            // Excel's numbers are doubles; what we count is far below 2^53.
            #[allow(clippy::cast_precision_loss)]
            let count = count as f64;
            return match format {
                Some(format) => sheet.write_number_with_format(row, column, count, format),
                None => sheet.write_number(row, column, count),
            }
            .map(drop)
            .map_err(other);
        }
        Cell::Day(day) => match date(day) {
            Some(date) => return sheet.write_datetime(row, column, &date).map(drop).map_err(other),
            None => day.to_string(),
        },
    };
    match format {
        Some(format) => sheet.write_string_with_format(row, column, text, format),
        None => sheet.write_string(row, column, text),
    }
    .map(drop)
    .map_err(other)
}

fn set_up_page(sheet: &mut Worksheet, landscape: bool) {
    if landscape {
        sheet.set_landscape();
    }
    sheet.set_paper_size(PAPER).set_print_fit_to_pages(1, 0).set_footer("&L&A&R&P / &N");
}

/// A table under construction.
pub(super) struct Table<'b> {
    book: &'b mut Book,
    name: String,
    columns: Vec<Column>,
    printed: u16,
    sheet: Worksheet,
    /// Next row.
    row: u32,
    part: u32,
}

impl Table<'_> {
    /// Names the sheet, dresses its columns and writes their headings.
    fn begin(&mut self) -> io::Result<()> {
        let name = match self.part {
            1 => self.name.clone(),
            part => format!("{} ({part})", self.name),
        };
        self.sheet.set_name(&name).map_err(other)?;
        let heading = heading();
        for (at, column) in (0..).zip(&self.columns) {
            let sheet = &mut self.sheet;
            sheet.set_column_width(at, f64::from(column.width)).map_err(other)?;
            sheet.set_column_format(at, &column.look.format()).map_err(other)?;
            let text = self.book.lang.pick(column.heading.0, column.heading.1);
            sheet.write_string_with_format(0, at, text, &heading).map_err(other)?;
        }
        self.row = 1;
        Ok(())
    }

    /// Adds a row, on another sheet where this one is full.
    pub(super) fn row<'a>(&mut self, cells: impl IntoIterator<Item = Cell<'a>>) -> io::Result<()> {
        if self.row == self.book.most {
            let next = self.book.workbook.new_worksheet_with_constant_memory().map_err(other)?;
            let full = std::mem::replace(&mut self.sheet, next);
            self.push(full)?;
            self.part += 1;
            self.begin()?;
        }
        for (at, cell) in (0..).zip(cells) {
            put(&mut self.sheet, (self.row, at), cell, None)?;
        }
        self.row += 1;
        Ok(())
    }

    /// Closes the table.
    pub(super) fn finish(mut self) -> io::Result<()> {
        let last = std::mem::take(&mut self.sheet);
        self.push(last)
    }

    /// Puts filter, drop-downs and print setup on a sheet and the sheet into the book.
    fn push(&mut self, mut sheet: Worksheet) -> io::Result<()> {
        let last = self.columns.len() as u16 - 1;
        let bottom = self.row.max(2) - 1;
        sheet.autofilter(0, 0, bottom, last).map_err(other)?;
        sheet.set_freeze_panes(1, 0).map_err(other)?;
        sheet.set_repeat_rows(0, 0).map_err(other)?;
        sheet.set_print_area(0, 0, bottom, self.printed - 1).map_err(other)?;
        set_up_page(&mut sheet, true);
        for (at, column) in (0..).zip(&self.columns) {
            self.choices(&mut sheet, at, column.look)?;
        }
        if self.row > LARGE {
            self.book.workbook.use_zip_large_file(true).set_zip_compression_level(QUICK);
        }
        self.book.workbook.push_worksheet(sheet);
        Ok(())
    }

    /// What a column offers or colours, on rows that staff add as well.
    fn choices(&self, sheet: &mut Worksheet, at: u16, look: Look) -> io::Result<()> {
        let lang = self.book.lang;
        if look == Look::Severity {
            for (color, ja, en) in WORST {
                let rule = ConditionalFormatCellRule::EqualTo(lang.pick(ja, en).to_owned());
                let format = Format::new().set_background_color(color);
                let format = ConditionalFormatCell::new().set_rule(rule).set_format(format);
                sheet.add_conditional_format(1, at, ROWS - 1, at, &format).map_err(other)?;
            }
        }
        let words = look.words(lang);
        if words.is_empty() {
            return Ok(());
        }
        let list = DataValidation::new().allow_list_strings(&words).map_err(other)?;
        sheet.add_data_validation(1, at, ROWS - 1, at, &list).map(drop).map_err(other)
    }
}

/// A page of free rows under construction.
pub(super) struct Page<'b> {
    book: &'b mut Book,
    sheet: Worksheet,
    row: u32,
}

impl Page<'_> {
    /// A large line.
    pub(super) fn title(&mut self, text: &str) -> io::Result<()> {
        let format = Format::new().set_bold().set_font_size(14);
        put(&mut self.sheet, (self.row, 0), Cell::words(text), Some(&format))?;
        self.row += 1;
        Ok(())
    }

    /// A row of headings.
    pub(super) fn headings(&mut self, texts: &[&str]) -> io::Result<()> {
        self.cells(texts.iter().map(|text| Cell::words(*text)), &heading())
    }

    /// A row with a frame around every cell, for paper.
    pub(super) fn framed<'a>(
        &mut self,
        cells: impl IntoIterator<Item = Cell<'a>>,
    ) -> io::Result<()> {
        let format = Format::new().set_border(FormatBorder::Thin).set_text_wrap();
        self.cells(cells, &format.set_align(FormatAlign::Top))
    }

    /// A row of cells.
    pub(super) fn row<'a>(&mut self, cells: impl IntoIterator<Item = Cell<'a>>) -> io::Result<()> {
        self.cells(cells, &Format::new().set_align(FormatAlign::Top))
    }

    fn cells<'a>(
        &mut self,
        cells: impl IntoIterator<Item = Cell<'a>>,
        format: &Format,
    ) -> io::Result<()> {
        for (at, cell) in (0..).zip(cells) {
            put(&mut self.sheet, (self.row, at), cell, Some(format))?;
        }
        self.row += 1;
        Ok(())
    }

    /// Leaves a row empty.
    pub(super) const fn gap(&mut self) {
        self.row += 1;
    }

    /// Closes the page.
    pub(super) fn finish(mut self, landscape: bool) {
        set_up_page(&mut self.sheet, landscape);
        self.book.workbook.push_worksheet(self.sheet);
    }
}
