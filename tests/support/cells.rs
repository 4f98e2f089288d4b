//! Tables that the binary wrote, row by row with the names of their columns.

use std::collections::BTreeMap;

/// A record: column → cell.
pub type Row = BTreeMap<String, String>;

/// Names of the columns, and the records.
pub fn parse(bytes: &[u8]) -> (Vec<String>, Vec<Row>) {
    let mut reader = csv::Reader::from_reader(bytes);
    let headers: Vec<String> = reader
        .headers()
        .expect("a header")
        .iter()
        .map(|name| name.trim_start_matches('\u{feff}').to_owned())
        .collect();
    let rows = reader
        .records()
        .map(|record| {
            let record = record.expect("a record as wide as the header");
            headers.iter().cloned().zip(record.iter().map(str::to_owned)).collect()
        })
        .collect();
    (headers, rows)
}

/// A cell without the guard against formulas.
pub fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').unwrap_or(cell)
}

/// A cell that a spreadsheet might run.
pub fn runs(cell: &str) -> bool {
    let first = cell.trim_start_matches(' ').chars().next();
    first.is_some_and(|c| "=+-@\t\r\n＝＋－＠".contains(c))
}
