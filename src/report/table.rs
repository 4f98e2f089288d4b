//! Tables that are no findings: inventories and lists, as CSV or JSON.

use crate::report::cell::CsvFlavour;

/// Named columns and rows of text.
pub struct Table {
    columns: &'static [&'static str],
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table without rows.
    pub const fn new(columns: &'static [&'static str]) -> Self {
        Self { columns, rows: Vec::new() }
    }

    /// Adds a row with one cell per column.
    pub fn push(&mut self, row: Vec<String>) {
        debug_assert_eq!(row.len(), self.columns.len());
        self.rows.push(row);
    }

    /// The table as CSV; the header is always there.
    pub fn csv(&self, flavour: CsvFlavour) -> Vec<u8> {
        let mut out = flavour.opening().to_vec();
        out.extend_from_slice(self.columns.join(",").as_bytes());
        out.extend_from_slice(flavour.line_end());
        out.extend_from_slice(&self.csv_rows(flavour));
        out
    }

    /// The rows alone, for a table that is written piece by piece.
    pub fn csv_rows(&self, flavour: CsvFlavour) -> Vec<u8> {
        let mut out = Vec::new();
        for row in &self.rows {
            for (index, cell) in row.iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                flavour.cell(&mut out, cell.as_bytes());
            }
            out.extend_from_slice(flavour.line_end());
        }
        out
    }

    /// The table as a JSON array of objects, one per line.
    pub fn json(&self) -> Vec<u8> {
        let objects: Vec<String> = self
            .rows
            .iter()
            .map(|row| {
                let pairs = self.columns.iter().zip(row);
                let fields: Vec<String> = pairs
                    .map(|(name, cell)| format!("{}:{}", quoted(name), quoted(cell)))
                    .collect();
                format!("{{{}}}", fields.join(","))
            })
            .collect();
        format!("[\n{}\n]\n", objects.join(",\n")).into_bytes()
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_quote_and_guard() {
        let mut table = Table::new(&["a", "b"]);
        table.push(vec!["=1".into(), "x,\"y".into()]);
        assert_eq!(table.csv(CsvFlavour::Plain), b"a,b\n'=1,\"x,\"\"y\"\n");
        assert_eq!(table.json(), b"[\n{\"a\":\"=1\",\"b\":\"x,\\\"y\"}\n]\n");
    }
}
