//! Input files, where a thing came from, and what was wrong with it.

mod hints;

use crate::model::day::Day;
use crate::model::lang::Lang;
use hints::HINTS;

/// Number of an input file inside its inventory.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash, Default)]
pub struct FileId(pub u32);

/// File and physical line (1 = first line; 0 = the file as a whole).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash, Default)]
pub struct Origin {
    /// The file.
    pub file: FileId,
    /// Physical line of the record's first byte.
    pub line: u32,
}

/// One file of the audited folder and what became of it.
#[derive(Clone, Debug, Default)]
pub struct InputFile {
    /// Path relative to the audited folder, with `/`.
    pub path: String,
    /// SHA-256 of the bytes, in hex; empty where digests are switched off or the file is unreadable.
    pub sha256: String,
    /// Size in bytes.
    pub size: u64,
    /// Name of the reader that took it; empty when none did.
    pub reader: String,
    /// Why that reader took it, in a few words (`header`, `folder`, ...).
    pub reason: String,
    /// Encoding in which the text was read.
    pub encoding: String,
    /// The system that its accounts belong to, where it names one.
    pub system: String,
    /// Records met.
    pub rows: Rows,
    /// The export's own date: from its name or its content.
    pub exported: Option<Day>,
    /// Day on which the file system says it was last changed.
    pub modified: Option<Day>,
    /// Columns that were used.
    pub columns_used: Vec<String>,
    /// Columns that nothing was done with.
    pub columns_ignored: Vec<String>,
    /// Code of what is wrong with the file as a whole; empty when nothing is.
    pub problem: String,
    /// Set when the syntax that the reader knows was never seen in a public sample.
    pub unverified: bool,
    /// Set when the file stands for the secrets of accounts (it should be disposed of).
    pub holds_secrets: bool,
    /// Set when the file was only looked at: a newer version of it was used instead.
    pub superseded: bool,
}

/// Records of a file: `read = ok + skipped + quarantined`, always.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Rows {
    /// Records met, the header apart.
    pub read: u64,
    /// Records that reached the inventory.
    pub ok: u64,
    /// Blank lines, repeated headers, recognised footers.
    pub skipped: u64,
    /// Records refused, each with a line in quarantine.csv.
    pub quarantined: u64,
}

impl Rows {
    /// One more good record.
    pub fn take(&mut self) {
        self.read += 1;
        self.ok += 1;
    }

    /// One more record that carries nothing.
    pub fn skip(&mut self) {
        self.read += 1;
        self.skipped += 1;
    }

    /// One more refused record.
    pub fn refuse(&mut self) {
        self.read += 1;
        self.quarantined += 1;
    }

    /// Adds the counts of another part of the same file.
    pub fn add(&mut self, other: Self) {
        self.read += other.read;
        self.ok += other.ok;
        self.skipped += other.skipped;
        self.quarantined += other.quarantined;
    }

    /// True when no record was lost.
    pub const fn balanced(self) -> bool {
        self.read == self.ok + self.skipped + self.quarantined
    }
}

/// How much a problem costs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Weight {
    /// Worth a line on stderr; the audit stays complete.
    Warning,
    /// A record was refused: the audit is incomplete.
    Row,
    /// A file was refused: the audit is incomplete.
    File,
}

/// A record or file that could not be used, or not entirely.
#[derive(Clone, Debug)]
pub struct Problem {
    /// Where.
    pub origin: Origin,
    /// How much it costs.
    pub weight: Weight,
    /// Reason code, the same in both languages (`field-count`, `bad-date`, ...).
    pub code: &'static str,
    /// Column name or, in a file without a trusted header, `column N`; may be empty.
    pub column: String,
    /// Lengths and counts only: never a byte of the record.
    pub detail: String,
}

impl Problem {
    /// A problem without column or detail.
    pub fn new(origin: Origin, weight: Weight, code: &'static str) -> Self {
        Self { origin, weight, code, column: String::new(), detail: String::new() }
    }

    /// Names the column.
    #[must_use]
    pub fn column(mut self, name: impl Into<String>) -> Self {
        self.column = name.into();
        self
    }

    /// Adds lengths or counts.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }

    /// What to do next, in words.
    pub fn hint(&self, lang: Lang) -> &'static str {
        HINTS.iter().find(|hint| hint.0 == self.code).map_or("", |hint| lang.pick(hint.1, hint.2))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_record_is_counted_once() {
        let mut rows = Rows::default();
        rows.take();
        rows.skip();
        rows.refuse();
        assert!(rows.balanced());
        assert_eq!(rows.read, 3);
    }
}
