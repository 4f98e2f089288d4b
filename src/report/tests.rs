//! What holds for every writer, seen from outside.

mod bytes;
mod files;
mod hostile;
mod leak;
mod words;

use crate::model::lang::Lang;
use crate::report::sample::Sample;
use crate::report::{CsvFlavour, WRITERS, write};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Every format, as the bytes of its files.
pub(super) fn outputs(sample: &Sample, lang: Lang, csv: CsvFlavour) -> BTreeMap<String, Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let formats: Vec<_> = WRITERS.iter().map(|writer| writer.name()).collect();
    let written = write(&formats, &sample.context(lang, csv), folder.path()).unwrap();
    let files: BTreeMap<_, _> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(path).unwrap())
        })
        .collect();
    assert_eq!(files.len(), written.len());
    for file in &written {
        assert_eq!(files[&file.name].len() as u64, file.bytes);
    }
    files
}

/// Records of a CSV file: the header's names to values.
pub(super) fn records(bytes: &[u8]) -> Vec<BTreeMap<String, String>> {
    let mut reader = ::csv::Reader::from_reader(bytes);
    let header = reader.headers().unwrap().clone();
    let name = |record: ::csv::StringRecord| {
        let pairs = header.iter().zip(record.iter());
        pairs.map(|(name, cell)| (name.to_owned(), cell.to_owned())).collect()
    };
    reader.records().map(|record| name(record.unwrap())).collect()
}

/// Objects of a JSON Lines file.
pub(super) fn objects(bytes: &[u8]) -> Vec<serde_json::Value> {
    let lines = std::str::from_utf8(bytes).unwrap().lines();
    lines.map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn every_writer_stands_in_its_table() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/report");
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "rs")
            && fs::read_to_string(&path).unwrap().contains("\nimpl Writer for ")
        {
            found.push(path.file_stem().unwrap().to_str().unwrap().to_owned());
        }
    }
    found.sort();
    let mut names: Vec<_> = WRITERS.iter().map(|writer| writer.name()).collect();
    names.sort_unstable();
    assert_eq!(found, names, "a writer lives in the file of its format's name");
}

#[test]
fn formats_are_named_from_the_table() {
    assert_eq!(super::expected_formats(), "csv, review, xlsx, fix, sites, text, json");
    assert!(super::writer("csv").is_some());
    assert!(super::writer("sarif").is_none());
}
