//! How columns and headings look, and what a column offers.

use crate::model::lang::Lang;
use crate::model::review::{Action, StaffColumn};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// Colours of headings, of cells to fill in, and of the two worst severities.
const HEADING: Color = Color::RGB(0x00DC_E6F1);
const STAFF: Color = Color::RGB(0x00FF_F9E5);
pub(super) const WORST: [(Color, &str, &str); 2] =
    [(Color::RGB(0x00F4_B6B6), "重大", "critical"), (Color::RGB(0x00FB_DDB8), "高", "high")];

/// How a column's cells look and act.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Look {
    /// Text on one line; what looks like a number stays text.
    Text,
    /// Text that wraps.
    Wrapped,
    /// A number.
    Number,
    /// A day.
    Day,
    /// A severity, the worst ones coloured.
    Severity,
    /// A column that staff fill in.
    Staff(StaffColumn),
    /// A column that somebody fills in, one of these words (Japanese, English); none = free text.
    Blank(&'static [(&'static str, &'static str)]),
}

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    /// Heading in Japanese and English.
    pub(super) heading: (&'static str, &'static str),
    /// Width in characters; a Japanese one takes two.
    pub(super) width: u16,
    /// How its cells look.
    pub(super) look: Look,
}

/// A column.
pub(super) const fn column(ja: &'static str, en: &'static str, width: u16, look: Look) -> Column {
    Column { heading: (ja, en), width, look }
}

impl Look {
    /// The words that a cell may be filled with; none = free text.
    pub(super) fn words(self, lang: Lang) -> Vec<&'static str> {
        match self {
            Self::Staff(StaffColumn::Action) => Action::ALL.iter().map(|a| a.label(lang)).collect(),
            Self::Blank(words) => words.iter().map(|(ja, en)| lang.pick(ja, en)).collect(),
            _ => Vec::new(),
        }
    }

    /// Format of its cells.
    pub(super) fn format(self) -> Format {
        let format = Format::new().set_align(FormatAlign::Top);
        match self {
            Self::Text => format.set_num_format("@"),
            Self::Wrapped => format.set_num_format("@").set_text_wrap(),
            Self::Number => format.set_num_format("#,##0"),
            Self::Day => format.set_num_format("yyyy-mm-dd").set_align(FormatAlign::Left),
            Self::Severity => format,
            Self::Staff(StaffColumn::Due) => {
                let format = format.set_num_format("yyyy-mm-dd").set_align(FormatAlign::Left);
                format.set_background_color(STAFF)
            }
            Self::Staff(_) | Self::Blank(_) => format.set_background_color(STAFF).set_text_wrap(),
        }
    }
}

/// A heading's format.
pub(super) fn heading() -> Format {
    let format = Format::new().set_bold().set_background_color(HEADING).set_text_wrap();
    format.set_border(FormatBorder::Thin).set_align(FormatAlign::VerticalCenter)
}
