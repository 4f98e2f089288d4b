//! Cells below each other on a terminal: by columns of the screen, of which a Japanese character
//! takes two, cut where an export's text is too long, and coloured where that is wanted.

use crate::model::finding::Severity;
use crate::text::name::{cut, display_width, escape_controls, pad};
use std::borrow::Cow;

/// Columns of a cell before it is cut: every title of a rule fits.
const WIDEST: usize = 72;
/// As [`WIDEST`], of the last cell of a line, which pushes nothing aside.
const WIDEST_LAST: usize = 400;

/// Whether text carries colours.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Paint {
    /// No.
    Plain,
    /// Yes, as SGR sequences.
    Colour,
}

/// What a cell says about the state of things.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Tone {
    /// Nothing.
    #[default]
    Neutral,
    /// All is well.
    Good,
    /// Something is to be looked at.
    Mild,
    /// Something is wrong.
    Bad,
    /// Something is very wrong.
    Worst,
}

impl Tone {
    const fn sequence(self) -> &'static str {
        match self {
            Self::Neutral => "",
            Self::Good => "\u{1b}[32m",
            Self::Mild => "\u{1b}[33m",
            Self::Bad => "\u{1b}[31m",
            Self::Worst => "\u{1b}[1;31m",
        }
    }
}

impl From<Severity> for Tone {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Critical => Self::Worst,
            Severity::High => Self::Bad,
            Severity::Medium => Self::Mild,
            Severity::Low | Severity::Info => Self::Neutral,
        }
    }
}

/// A cell.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Cell {
    text: String,
    tone: Tone,
    right: bool,
}

impl Cell {
    /// A cell that says something about the state of things.
    pub fn of(text: impl Into<String>, tone: impl Into<Tone>) -> Self {
        Self { text: text.into(), tone: tone.into(), right: false }
    }

    /// A cell that ends below the others of its column instead of beginning there.
    pub fn right(text: impl Into<String>) -> Self {
        Self { text: text.into(), right: true, ..Self::default() }
    }
}

impl<T: Into<String>> From<T> for Cell {
    fn from(text: T) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

/// Rows as lines that end without a space and without a line end. Whatever acts on a terminal is
/// escaped here.
pub fn lines(rows: &[Vec<Cell>], paint: Paint) -> Vec<String> {
    let shown: Vec<Vec<Cow<'_, str>>> = rows.iter().map(|row| shown(row)).collect();
    let mut widths = Vec::new();
    for row in &shown {
        widths.resize(widths.len().max(row.len()), 0);
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(display_width(cell));
        }
    }
    let line = |(row, shown): (&Vec<Cell>, &Vec<Cow<'_, str>>)| {
        let cells = row.iter().zip(shown).zip(&widths);
        let cells: Vec<_> =
            cells.map(|((cell, text), &width)| placed(cell, text, width, paint)).collect();
        cells.join("  ").trim_end().to_owned()
    };
    rows.iter().zip(&shown).map(line).collect()
}

fn shown(row: &[Cell]) -> Vec<Cow<'_, str>> {
    let cell = |(at, cell): (usize, &'_ Cell)| {
        let most = if at + 1 == row.len() { WIDEST_LAST } else { WIDEST };
        // Escaping first: what is escaped takes more columns.
        cut(&escape_controls(&cell.text), most).into_owned().into()
    };
    row.iter().enumerate().map(cell).collect()
}

fn placed(cell: &Cell, text: &str, width: usize, paint: Paint) -> String {
    let padded = if cell.right {
        format!("{}{text}", " ".repeat(width.saturating_sub(display_width(text))))
    } else {
        pad(text, width)
    };
    if paint == Paint::Plain || cell.tone == Tone::Neutral || text.is_empty() {
        return padded;
    }
    // The spaces stay outside: a line is trimmed at its end.
    padded.replacen(text, &format!("{}{text}\u{1b}[0m", cell.tone.sequence()), 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn row(cells: &[&str]) -> Vec<Cell> {
        cells.iter().map(|&cell| Cell::from(cell)).collect()
    }

    #[test]
    fn japanese_and_english_rows_line_up() {
        let mut rows =
            vec![row(&["重大", "MFA-06", "ｱｶｳﾝﾄ", "x"]), row(&["high", "LIFE-06", "é", "x"])];
        rows[0].insert(3, Cell::right("3 件"));
        rows[1].insert(3, Cell::right("1,024 findings"));
        let lines = lines(&rows, Paint::Plain);
        assert_eq!(lines[0], "重大  MFA-06   ｱｶｳﾝﾄ            3 件  x");
        assert_eq!(lines[1], "high  LIFE-06  é      1,024 findings  x");
    }

    #[test]
    fn a_long_cell_is_cut_by_columns_and_pushes_nothing_aside() {
        let long = "長".repeat(100);
        let lines = lines(&[row(&[&long, "b"]), row(&["a", "b"])], Paint::Plain);
        assert_eq!(lines[0], format!("{}…  b", "長".repeat(35)));
        assert_eq!(display_width(&lines[0]), display_width(&lines[1]));
    }

    #[test]
    fn colour_changes_no_place() {
        let rows = [vec![Cell::of("高", Severity::High), "a".into()], row(&["重大", "b"])];
        assert_eq!(lines(&rows, Paint::Colour), ["\u{1b}[31m高\u{1b}[0m    a", "重大  b"]);
        assert_eq!(lines(&rows, Paint::Plain), ["高    a", "重大  b"]);
    }

    proptest! {
        #[test]
        fn columns_line_up_whatever_an_export_holds(
            cells in prop::collection::vec(("[^\u{0}]{0,90}", "[a-z]{1,3}"), 1..5)
        ) {
            let rows: Vec<_> = cells.iter().map(|(a, b)| row(&[a, b])).collect();
            let lines = lines(&rows, Paint::Plain);
            let starts: Vec<_> = lines
                .iter()
                .zip(&cells)
                .map(|(line, (_, last))| display_width(&line[..line.len() - last.len()]))
                .collect();
            prop_assert!(starts.iter().all(|&start| start == starts[0] && start <= WIDEST + 2));
            prop_assert!(!lines.concat().chars().any(char::is_control));
        }
    }
}
