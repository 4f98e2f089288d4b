//! One cell of a CSV file: quoted after RFC 4180, guarded against spreadsheets.

/// How CSV files are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CsvFlavour {
    /// For spreadsheets: byte order mark, CRLF, guard.
    Excel,
    /// For people's other tools: LF, guard.
    Plain,
    /// For programs: LF, cells exactly as they are.
    Machine,
}

impl CsvFlavour {
    /// Every flavour.
    pub const ALL: &'static [Self] = &[Self::Excel, Self::Plain, Self::Machine];

    /// The word of `--csv`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Excel => "excel",
            Self::Plain => "plain",
            Self::Machine => "machine",
        }
    }

    /// The flavour of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|flavour| flavour.word() == word)
    }

    /// What a file begins with.
    pub const fn opening(self) -> &'static [u8] {
        match self {
            Self::Excel => b"\xEF\xBB\xBF",
            Self::Plain | Self::Machine => b"",
        }
    }

    /// What a record ends with.
    pub const fn line_end(self) -> &'static [u8] {
        match self {
            Self::Excel => b"\r\n",
            Self::Plain | Self::Machine => b"\n",
        }
    }

    /// True where cells that a spreadsheet could take for a formula get a `'`.
    pub const fn guards(self) -> bool {
        !matches!(self, Self::Machine)
    }

    /// Appends one cell.
    pub(super) fn cell(self, out: &mut Vec<u8>, text: &[u8]) {
        let guard = self.guards() && looks_active(text);
        if !text.iter().any(|byte| matches!(byte, b',' | b'"' | b'\r' | b'\n')) {
            if guard {
                out.push(b'\'');
            }
            out.extend_from_slice(text);
            return;
        }
        out.push(b'"');
        if guard {
            out.push(b'\'');
        }
        let mut rest = text;
        while let Some(at) = memchr::memchr(b'"', rest) {
            out.extend_from_slice(&rest[..=at]);
            out.push(b'"');
            rest = &rest[at + 1..];
        }
        out.extend_from_slice(rest);
        out.push(b'"');
    }

    /// A cell on its own, for cells that repeat.
    pub(super) fn ready(self, text: &str) -> Vec<u8> {
        let mut out = Vec::with_capacity(text.len() + 2);
        self.cell(&mut out, text.as_bytes());
        out
    }
}

/// The text that stood in a guarded cell.
pub fn unguard(cell: &str) -> &str {
    cell.strip_prefix('\'').unwrap_or(cell)
}

/// True when the first character after spaces could start a formula, or is the guard itself (so
/// that taking off one `'` is always the way back).
fn looks_active(mut text: &[u8]) -> bool {
    loop {
        match text {
            [b' ', rest @ ..] | [0xC2, 0xA0, rest @ ..] | [0xE3, 0x80, 0x80, rest @ ..] => {
                text = rest;
            }
            // The second form is ＝ ＋ － ＠.
            [b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r' | b'\n' | b'\'', ..]
            | [0xEF, 0xBC, 0x9D | 0x8B | 0x8D | 0xA0, ..] => return true,
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read_back(bytes: &[u8]) -> Vec<String> {
        let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
        let record = reader.records().next().unwrap().unwrap();
        record.iter().skip(1).map(str::to_owned).collect()
    }

    fn record(flavour: CsvFlavour, texts: &[&str]) -> Vec<u8> {
        let mut out = b"x".to_vec();
        for text in texts {
            out.push(b',');
            flavour.cell(&mut out, text.as_bytes());
        }
        out.extend_from_slice(flavour.line_end());
        out
    }

    #[test]
    fn formulas_are_guarded_in_every_disguise() {
        for text in [
            "=HYPERLINK(\"http://x\",\"y\")",
            "+cmd|'/C calc'!A0",
            "-2+3",
            "@SUM(1)",
            "\t=1",
            "\r=1",
            "\n=1",
            "＝1",
            "＋1",
            "－1",
            "＠x",
            "  =1",
            "\u{3000}=1",
            "\u{A0}=1",
            "'=1",
        ] {
            let cells = read_back(&record(CsvFlavour::Excel, &[text]));
            assert_eq!(cells[0], format!("'{text}"));
            let cells = read_back(&record(CsvFlavour::Machine, &[text]));
            assert_eq!(cells[0], text);
        }
        for text in ["", "tanaka", "00123", "1E5", "2024/5/1", " x", "田中", "、=1"] {
            assert_eq!(read_back(&record(CsvFlavour::Plain, &[text]))[0], text);
        }
    }

    #[test]
    fn flavours_know_their_words() {
        for &flavour in CsvFlavour::ALL {
            assert_eq!(CsvFlavour::from_word(flavour.word()), Some(flavour));
        }
        assert_eq!(CsvFlavour::from_word("Excel"), None);
    }

    proptest! {
        #[test]
        fn a_cell_is_the_way_back_to_its_text(texts in prop::collection::vec(any::<String>(), 1..5)) {
            let texts: Vec<_> = texts.iter().map(String::as_str).collect();
            for &flavour in CsvFlavour::ALL {
                let cells = read_back(&record(flavour, &texts));
                for (cell, text) in cells.iter().zip(&texts) {
                    let back = if flavour.guards() { unguard(cell) } else { cell };
                    prop_assert_eq!(back, *text);
                }
            }
        }

        #[test]
        fn hard_characters_survive(text in "[ '=+@,\"\\r\\n\\t＝－\u{3000}a-]{0,12}") {
            let cells = read_back(&record(CsvFlavour::Excel, &[&text]));
            prop_assert_eq!(unguard(&cells[0]), &text);
            let first = cells[0].trim_start_matches([' ', '\u{3000}']).chars().next();
            prop_assert!(!first.is_some_and(|c| "=+-@\t\r\n＝＋－＠".contains(c)));
        }
    }
}
