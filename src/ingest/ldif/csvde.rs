//! csvde: the attributes of LDIF as the columns of a table, binary values as `X'hex'`.

use super::Directory;
use super::entry::Entry;
use super::field::{What, what};
use super::part::{Context, Part};
use super::values::Values;
use crate::ingest::framing::blocks::undecodable;
use crate::ingest::framing::csv::{Chunk, Chunks, Event, Row, records};
use crate::ingest::framing::ldif::split_options;
use crate::ingest::source::{Probe, Source};
use crate::ingest::{Claim, FileError, Reader};
use crate::model::file::{FileId, Origin, Problem, Weight};
use crate::model::inventory::Inventory;
use crate::rules::RuleSet;
use crate::text::encoding::{self, Encoding};
use rayon::prelude::*;
use std::borrow::Cow;

/// Reader of csvde tables.
pub struct Csvde;

impl Reader for Csvde {
    fn name(&self) -> &'static str {
        "csvde"
    }

    fn claim(&self, probe: &Probe<'_>) -> Option<Claim> {
        let header = probe.text.trim_start_matches('\u{feff}').lines().next()?;
        let mut names = header.split(',').map(|name| name.trim().trim_matches('"'));
        let dn = names.next()?.eq_ignore_ascii_case("dn");
        let known = names.filter(|name| what(name.as_bytes()) != What::Nothing).count();
        // Export-Csv never calls a column DN.
        (dn && known > 0).then_some(Claim { score: 98, reason: "DN and attribute names" })
    }

    fn read(
        &self,
        source: &mut Source<'_>,
        _rules: &RuleSet,
        inventory: &mut Inventory,
    ) -> Result<(), FileError> {
        let context = Context::new(source, true);
        let damage = undecodable(source.encoding);
        let mut chunks = Chunks::new(source, b',');
        let mut table = Table { context, encoding: chunks.encoding(), damage, header: Vec::new() };
        let mut directory = Directory::default();
        loop {
            let mut batch = Vec::new();
            while batch.len() < rayon::current_num_threads().max(1) {
                match chunks.next_chunk()? {
                    Some(chunk) => batch.push(chunk),
                    None => break,
                }
            }
            let Some(first) = batch.first() else { break };
            if table.header.is_empty() {
                table.header = header(first);
            }
            let parts: Vec<Part<'_>> = batch.par_iter().map(|chunk| table.read(chunk)).collect();
            for part in parts {
                directory.absorb(part, inventory);
            }
        }
        directory.finish(inventory);
        inventory.columns = table.columns();
        Ok(())
    }
}

struct Table {
    context: Context,
    encoding: Encoding,
    damage: &'static str,
    header: Vec<Vec<u8>>,
}

/// The names of the columns: csvde writes them on the first line.
fn header(chunk: &Chunk) -> Vec<Vec<u8>> {
    let mut names = Vec::new();
    records(&chunk.bytes, chunk.first_line, b',', 0, |_, event| {
        if let (Event::Record(row), true) = (event, names.is_empty()) {
            names = (0..row.len()).map(|i| row.get(i).trim_ascii().to_vec()).collect();
        }
    });
    names
}

impl Table {
    fn read(&self, chunk: &Chunk) -> Part<'_> {
        let mut part = Part::new(&self.context);
        let mut values = Values::new();
        records(&chunk.bytes, chunk.first_line, b',', self.header.len(), |line, event| {
            let refusal = match event {
                _ if line == 1 => return,
                Event::Bad(code, detail) => (code, detail),
                Event::Record(row) if row.filled(1).next().is_none() => {
                    return part.inventory.rows.skip();
                }
                Event::Record(row) if row.len() != self.header.len() => {
                    let detail = format!("{} fields, header {}", row.len(), self.header.len());
                    ("field-count", detail)
                }
                Event::Record(row) => match self.cells(row) {
                    Ok(cells) => return self.take(&cells, line, &mut values, &mut part),
                    Err(column) => (self.damage, format!("column {column}")),
                },
            };
            let problem = Problem::new(Origin { file: FileId(0), line }, Weight::Row, refusal.0);
            part.inventory.refuse(problem.detail(refusal.1));
        });
        part
    }

    /// The cells as UTF-8; the error is the number of the column that does not decode.
    fn cells<'r>(&self, row: &'r Row<'_>) -> Result<Vec<Cow<'r, [u8]>>, usize> {
        (0..row.len()).map(|i| self.decoded(row.get(i)).ok_or(i + 1)).collect()
    }

    fn decoded<'r>(&self, cell: Cow<'r, [u8]>) -> Option<Cow<'r, [u8]>> {
        if cell.is_ascii() {
            return Some(cell);
        }
        let text = encoding::decode(self.encoding, &cell).ok()?.into_owned();
        Some(Cow::Owned(text.into_bytes()))
    }

    fn take(&self, cells: &[Cow<'_, [u8]>], line: u32, values: &mut Values, part: &mut Part<'_>) {
        let mut entry = Entry::new();
        part.begin(&mut entry);
        for (name, cell) in self.header.iter().zip(cells) {
            part.cell(name, cell, line, &mut entry);
        }
        part.end(&entry, values);
    }

    /// Names of the columns that are used, and numbers of those that are not.
    fn columns(&self) -> (Vec<String>, Vec<String>) {
        let (mut used, mut ignored) = (Vec::new(), Vec::new());
        for (index, name) in self.header.iter().enumerate() {
            if what(split_options(name).0) == What::Nothing {
                ignored.push(format!("column {}", index + 1));
            } else {
                used.push(String::from_utf8_lossy(name).into_owned());
            }
        }
        (used, ignored)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::testing::{claim, login, read};

    #[test]
    fn cut_lists_of_members_are_told() {
        let text = "DN,objectClass,sAMAccountName,objectSid,\"member;range=0-1\"\n\
            \"CN=a,DC=x\",top;user,a,S-1-5-21-1-2-3-1101,\n\
            \"CN=big,DC=x\",top;group,big,S-1-5-21-1-2-3-1301,\"CN=a\\,DC=x;CN=b\\,DC=x\"\n";
        let part = read(&Csvde, "ad/x.csv", text.as_bytes());
        assert_eq!((login(&part, 0), part.rows.ok), ("a", 2));
        assert_eq!(
            (part.problems[0].code, part.problems[0].detail.as_str()),
            ("range-truncated", "2 members")
        );
        assert!(part.columns.0.iter().any(|name| name == "member;range=0-1"));
        assert_eq!(claim(&Csvde, "x/a", text), 98);
    }
}
