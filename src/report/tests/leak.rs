//! A writer that leaks is found out, and none of ours does.

#[path = "../../../tests/support/leak.rs"]
mod search;

use crate::model::lang::Lang;
use crate::report::sample::Sample;
use crate::report::{Context, CsvFlavour, Output, ReportError, WRITERS, Writer};
use search::Search;
use std::fs;
use std::io::Write as _;
use std::path::Path;

const SECRET: &str = "Qkumorizora-hatoba7";

/// Writes a cell that it should not have: what a field for a secret in a finding would lead to.
struct Leaking {
    cell: Vec<u8>,
}

impl Writer for Leaking {
    fn name(&self) -> &'static str {
        "leaking"
    }

    fn files(&self) -> &'static [&'static str] {
        &["leaking.csv"]
    }

    fn write(&self, _: &Context<'_>, out: &mut Output) -> Result<(), ReportError> {
        out.file("leaking.csv", |sink| {
            sink.write_all(b"account,evidence\nk.sato,\"")?;
            sink.write_all(&self.cell)?;
            sink.write_all(b"\"\n")
        })
    }
}

/// What the search finds in all that a writer wrote.
fn leaks(writer: &dyn Writer) -> Vec<String> {
    let (sample, folder) = (Sample::full(), tempfile::tempdir().unwrap());
    let mut out = Output::create(folder.path(), Vec::new()).unwrap();
    writer.write(&sample.context(Lang::Ja, CsvFlavour::Excel), &mut out).unwrap();
    out.finish().unwrap();
    found_below(folder.path())
}

fn found_below(folder: &Path) -> Vec<String> {
    let search = Search::new(&[SECRET]);
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| search.leaks(&fs::read(path).unwrap())).collect()
}

#[test]
fn a_writer_that_leaks_is_found_in_every_form() {
    for (form, cell) in search::forms(SECRET) {
        assert!(!leaks(&Leaking { cell }).is_empty(), "not found as {form}");
    }
}

/// Hides the secret in a member of an archive, as a workbook would.
struct Packing;

impl Writer for Packing {
    fn name(&self) -> &'static str {
        "packing"
    }

    fn files(&self) -> &'static [&'static str] {
        &["packed.xlsx"]
    }

    fn write(&self, _: &Context<'_>, out: &mut Output) -> Result<(), ReportError> {
        let mut book = rust_xlsxwriter::Workbook::new();
        book.add_worksheet().write_string(0, 0, SECRET).unwrap();
        out.file("packed.xlsx", |sink| sink.write_all(&book.save_to_buffer().unwrap()))
    }
}

#[test]
fn a_workbook_that_leaks_is_found() {
    assert!(!leaks(&Packing).is_empty());
}

#[test]
fn a_writer_that_does_not_leak_is_not_accused() {
    assert_eq!(leaks(&Leaking { cell: b"a word of no account".to_vec() }), Vec::<String>::new());
    for writer in WRITERS {
        assert_eq!(leaks(*writer), Vec::<String>::new(), "{}", writer.name());
    }
}
