//! The cells of one record, decoded only where somebody uses them.

use crate::ingest::framing::csv::Row;
use crate::text::encoding::{self, Encoding};

/// The cells of one record that anybody uses, decoded and trimmed.
pub(in crate::ingest::table) struct Cells<'c> {
    pub(super) encoding: Encoding,
    /// The chunk as text, where all of it is valid UTF-8: then cells need no copy.
    chunk: Option<&'c str>,
    scratch: String,
    places: Vec<Place>,
}

#[derive(Clone, Copy)]
struct Place {
    start: u32,
    end: u32,
    in_scratch: bool,
}

impl<'c> Cells<'c> {
    pub(in crate::ingest::table) fn new(encoding: Encoding, chunk: &'c [u8]) -> Self {
        let utf8 = matches!(encoding, Encoding::Ascii | Encoding::Utf8 | Encoding::Utf8Bom);
        let chunk = if utf8 { simdutf8::basic::from_utf8(chunk).ok() } else { None };
        Self { encoding, chunk, scratch: String::new(), places: Vec::new() }
    }

    /// Finds the wanted cells; the error is the position of the first that does not decode.
    pub(super) fn load(&mut self, row: &Row<'_>, wanted: &[usize]) -> Result<(), usize> {
        self.scratch.clear();
        self.places.clear();
        for &column in wanted {
            let borrowed = self.chunk.zip(row.range(column));
            let place = match borrowed {
                Some((chunk, range)) => trimmed(chunk, range.start, range.end),
                None => self.decoded(&row.get(column)).map_err(|()| column)?,
            };
            self.places.push(place);
        }
        Ok(())
    }

    fn decoded(&mut self, bytes: &[u8]) -> Result<Place, ()> {
        let cell = encoding::decode(self.encoding, bytes).map_err(|_| ())?;
        let start = self.scratch.len() as u32;
        self.scratch.push_str(cell.trim());
        Ok(Place { start, end: self.scratch.len() as u32, in_scratch: true })
    }

    pub(super) fn get(&self, index: usize) -> &str {
        let place = self.places[index];
        let text = if place.in_scratch { &self.scratch } else { self.chunk.unwrap_or_default() };
        &text[place.start as usize..place.end as usize]
    }
}

fn trimmed(chunk: &str, start: usize, end: usize) -> Place {
    let bytes = chunk.as_bytes();
    let (mut from, mut to) = (start, end);
    let plain = |byte: u8| byte.is_ascii_graphic();
    if from < to && !(plain(bytes[from]) && plain(bytes[to - 1])) {
        let cell = &chunk[start..end];
        from = start + (cell.len() - cell.trim_start().len());
        to = from + chunk[from..end].trim_end().len();
    }
    Place { start: from as u32, end: to as u32, in_scratch: false }
}
