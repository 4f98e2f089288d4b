//! The generic table reader: any CSV that a file of rules/sources describes.

pub mod header;
mod order;
mod row;
pub mod values;
mod windows_roles;

use crate::ingest::framing::csv::{Chunk, Chunks, Event, records};
use crate::ingest::source::Source;
use crate::ingest::{Claim, FileError};
use crate::model::file::{FileId, Origin, Problem, Weight};
use crate::model::inventory::Inventory;
use crate::rules::source::{Makes, SourceSpec};
use crate::text::encoding::Encoding;
pub use header::{Layout, claim, layout_of, too_wide};
pub use order::{may_be_misread, order_in, order_of_file};
use rayon::prelude::*;
pub use row::meaning::{factor, factors, words as method_words};
pub use row::strength::mark as mark_strength;
use row::{Cells, Plan, Systems, say_what_was_lost};

/// Reads the whole table.
pub fn read(
    spec: &SourceSpec,
    layout: &Layout,
    source: &mut Source<'_>,
    inventory: &mut Inventory,
) -> Result<(), FileError> {
    let plan = Plan::new(spec, layout, source);
    let mut chunks = Chunks::new(source, layout.delimiter);
    let encoding = chunks.encoding();
    loop {
        let mut batch = Vec::new();
        while batch.len() < rayon::current_num_threads() {
            match chunks.next_chunk()? {
                Some(chunk) => batch.push(chunk),
                None => break,
            }
        }
        if batch.is_empty() {
            return finish(&plan, inventory);
        }
        let read = |chunk: &Chunk| read_chunk(&plan, encoding, chunk);
        let parts: Vec<Inventory> = batch.par_iter().map(read).collect();
        for part in parts {
            inventory.absorb(part);
        }
    }
}

fn finish(plan: &Plan<'_>, inventory: &mut Inventory) -> Result<(), FileError> {
    let (refused, read) = (inventory.rows.quarantined, inventory.rows.read);
    let undecodable = inventory.problems.iter().filter(|p| p.code.starts_with("bad-utf8")).count();
    if read > 0 && refused == read && undecodable as u64 == refused {
        return Err(FileError::new("mixed-encoding"));
    }
    if inventory.rows.ok == 0 && refused == 0 {
        // A register may be empty: none declared. An account export without rows proves nothing.
        let empty = matches!(plan.spec.makes, Makes::Links | Makes::Register);
        let weight = if empty { Weight::Warning } else { Weight::File };
        inventory.problems.push(Problem::new(Origin::default(), weight, "no-records"));
    }
    plan.note_whole(inventory);
    plan.say_what_is_plain(inventory);
    plan.drop_type_names(inventory);
    plan.say_what_was_rounded(inventory);
    say_what_was_lost(inventory);
    Ok(())
}

fn read_chunk(plan: &Plan<'_>, encoding: Encoding, chunk: &Chunk) -> Inventory {
    let mut part = Inventory::default();
    let mut cells = Cells::new(encoding, &chunk.bytes);
    let mut systems = Systems::default();
    let layout = plan.layout;
    records(&chunk.bytes, chunk.first_line, layout.delimiter, layout.width, |line, event| {
        let origin = Origin { file: FileId(0), line };
        if line <= layout.header_line {
            return;
        }
        match event {
            Event::Bad(code, detail) => {
                part.refuse(Problem::new(origin, Weight::Row, code).detail(detail));
            }
            Event::Record(row) if row.filled(1).next().is_none() => part.rows.skip(),
            Event::Record(row) => plan.take(row, origin, &mut cells, &mut systems, &mut part),
        }
    });
    plan.flush(&mut systems, &mut part);
    part
}

/// A table whose claim won.
pub struct TableClaim<'r> {
    /// The description.
    pub spec: &'r SourceSpec,
    /// Where its header lies and what the columns mean.
    pub layout: Layout,
    /// How sure.
    pub claim: Claim,
}
