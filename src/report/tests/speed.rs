//! Time for a million findings: `cargo test --release --lib -- --ignored --nocapture million`.

use crate::model::lang::Lang;
use crate::report::sample::{LIFE, Sample};
use crate::report::{CsvFlavour, write};
use std::time::Instant;

#[test]
#[ignore = "a measurement"]
fn a_million_findings() {
    let mut sample = Sample::full();
    let facts = sample.report.findings[0].facts;
    for number in 0..1_000_000 {
        let at = sample.add(LIFE, 0, 0, &format!("user{number}"));
        sample.report.findings[at].facts = facts;
    }
    for format in ["csv", "json", "text"] {
        let folder = tempfile::tempdir().unwrap();
        let cx = sample.context(Lang::Ja, CsvFlavour::Excel);
        let start = Instant::now();
        let written = write(&[format], &cx, folder.path()).unwrap();
        let bytes: u64 = written.iter().map(|file| file.bytes).sum();
        println!("{format}: {:?} for {} MB", start.elapsed(), bytes / 1_000_000);
    }
}
