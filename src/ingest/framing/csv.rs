//! Delimited text: line-aligned chunks, and records inside a chunk.
//!
//! RFC 4180 with tolerance for quotes inside unquoted fields. A quote that is never closed would
//! swallow the rest of a file in silence, so a record that spans lines must be quoted to the
//! letter; where it is not, its first line alone is given up and reading goes on with the next.

use crate::ingest::FileError;
use crate::ingest::buffer::Buffer;
use crate::ingest::source::Source;
use crate::kernel::marks::{Marks, count};
use crate::text::encoding::{Encoding, Transcoder, ascii_compatible};
use memchr::{memchr, memchr_iter, memrchr2_iter};
use std::borrow::Cow;
use std::io::Read;

/// Bytes of a chunk before it is cut at a record's end.
const CHUNK: usize = 4 << 20;
/// Longest record.
const RECORD: usize = 1 << 20;
/// Longest cell.
const CELL: usize = 64 << 10;
/// Most columns.
const COLUMNS: usize = 1024;

/// A run of whole records.
pub struct Chunk {
    /// The bytes, in an encoding that is split on ASCII.
    pub bytes: Buffer,
    /// Physical line of the first byte.
    pub first_line: u32,
}

/// Cuts a file into chunks of whole records.
pub struct Chunks<'a, 'b> {
    source: &'a mut Source<'b>,
    transcoder: Option<Transcoder>,
    carry: Buffer,
    line: u32,
    skip: usize,
    ended: bool,
}

impl<'a, 'b> Chunks<'a, 'b> {
    /// Reads `source` from its beginning. Encodings in which a delimiter could be half of a
    /// character are turned into UTF-8 first.
    pub fn new(source: &'a mut Source<'b>, delimiter: u8) -> Self {
        let encoding = source.encoding;
        let transcode = !ascii_compatible(encoding)
            || (delimiter == b'|' && matches!(encoding, Encoding::Cp932));
        let skip = source.bom_len;
        Self {
            transcoder: transcode.then(|| Transcoder::marking(encoding)),
            source,
            carry: Buffer::default(),
            line: 1,
            skip,
            ended: false,
        }
    }

    /// The encoding of the chunks' bytes.
    pub fn encoding(&self) -> Encoding {
        if self.transcoder.is_some() { Encoding::Utf8 } else { self.source.encoding }
    }

    /// The next chunk, or `None` at the end.
    pub fn next_chunk(&mut self) -> Result<Option<Chunk>, FileError> {
        if self.ended && self.carry.is_empty() {
            return Ok(None);
        }
        let most = self.source.size().unwrap_or(CHUNK).clamp(1 << 16, CHUNK);
        let mut bytes = Buffer::with_capacity(self.carry.len() + most + 64);
        bytes.extend_from_slice(&self.carry);
        self.carry.cut(0);
        while !self.ended && bytes.len() < CHUNK {
            self.fill(&mut bytes)?;
        }
        if bytes.is_empty() {
            return Ok(None);
        }
        let cut = if self.ended { bytes.len() } else { cut(&bytes) };
        self.carry.extend_from_slice(&bytes[cut..]);
        bytes.cut(cut);
        normalise_line_ends(&mut bytes);
        let first_line = self.line;
        self.line += count(&bytes, b'\n') as u32;
        Ok(Some(Chunk { bytes, first_line }))
    }

    fn fill(&mut self, bytes: &mut Vec<u8>) -> Result<(), FileError> {
        let Some(transcoder) = &mut self.transcoder else {
            let before = bytes.len();
            let wanted = (CHUNK - bytes.len()) as u64;
            self.source.bytes().take(wanted).read_to_end(bytes)?;
            self.ended = bytes.len() == before;
            let skipped = self.skip.min(bytes.len());
            bytes.drain(..skipped);
            self.skip -= skipped;
            return Ok(());
        };
        let mut fresh = Buffer::with_capacity(1 << 20);
        self.source.bytes().take(1 << 20).read_to_end(&mut fresh)?;
        self.ended = fresh.is_empty();
        let skipped = self.skip.min(fresh.len());
        self.skip -= skipped;
        transcoder
            .push(&fresh[skipped..], self.ended, bytes)
            .map_err(|_| FileError::new("bad-encoding"))
    }
}

/// Old Mac files end lines with CR alone; the csv crate then says that every record is on line 1.
fn normalise_line_ends(bytes: &mut [u8]) {
    if memchr(b'\n', bytes).is_none() {
        for byte in bytes.iter_mut().filter(|byte| **byte == b'\r') {
            *byte = b'\n';
        }
    }
}

/// End of the last whole record: the last line end with an even number of quotes before it.
fn cut(bytes: &[u8]) -> usize {
    let mut quotes = count(bytes, b'"');
    let mut last_line_end = None;
    for at in memrchr2_iter(b'"', b'\n', bytes) {
        if bytes[at] == b'"' {
            quotes -= 1;
            continue;
        }
        last_line_end.get_or_insert(at + 1);
        if quotes.is_multiple_of(2) {
            return at + 1;
        }
        // A stray quote has flipped the parity: no real record is this long.
        if bytes.len() - at > RECORD {
            break;
        }
    }
    last_line_end.unwrap_or(bytes.len())
}

/// One field of a record: where its text lies, quotes left out.
#[derive(Clone, Copy, Debug)]
struct Field {
    start: u32,
    end: u32,
    /// Holds doubled quotes.
    doubled: bool,
}

/// One record inside a chunk.
pub struct Row<'c> {
    chunk: &'c [u8],
    fields: Vec<Field>,
}

impl Row<'_> {
    /// Number of fields.
    pub fn len(&self) -> usize {
        self.fields.len()
    }

    /// True where the record has no field at all.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// Text of a field, quotes removed; empty beyond the last.
    pub fn get(&self, index: usize) -> Cow<'_, [u8]> {
        let Some(field) = self.fields.get(index) else { return Cow::Borrowed(&[]) };
        let raw = &self.chunk[field.start as usize..field.end as usize];
        if field.doubled { Cow::Owned(halve_quotes(raw)) } else { Cow::Borrowed(raw) }
    }

    /// Position of a field's text in the chunk, where it stands there as it is.
    pub fn range(&self, index: usize) -> Option<std::ops::Range<usize>> {
        let field = self.fields.get(index)?;
        (!field.doubled).then_some(field.start as usize..field.end as usize)
    }

    /// Fields that are not blank, but no more than `most`.
    pub fn filled(&self, most: usize) -> impl Iterator<Item = usize> + '_ {
        let is_filled = |i: &usize| {
            let field = self.fields[*i];
            let raw = &self.chunk[field.start as usize..field.end as usize];
            !raw.trim_ascii().is_empty()
        };
        (0..self.fields.len()).filter(is_filled).take(most)
    }
}

fn halve_quotes(raw: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(raw.len());
    let mut quote = false;
    for &byte in raw {
        if byte != b'"' || !quote {
            text.push(byte);
        }
        quote = byte == b'"' && !quote;
    }
    text
}

/// What a chunk holds at a line.
pub enum Event<'r, 'c> {
    /// A record.
    Record(&'r Row<'c>),
    /// Something that is no record, with lengths only.
    Bad(&'static str, String),
}

/// Walks the records of a chunk, blank lines included (they have no filled field). `width` is the
/// number of fields of the header, 0 where it is not known yet.
pub fn records<'c>(
    chunk: &'c [u8],
    first_line: u32,
    delimiter: u8,
    width: usize,
    mut each: impl FnMut(u32, Event<'_, 'c>),
) {
    let nul = memchr(0, chunk).is_some();
    let mut row = Row { chunk, fields: Vec::new() };
    let shape = Shape { delimiter, width, nul, marks: &Marks::of(chunk, [delimiter, b'"', b'\n']) };
    let (mut start, mut line) = (0, first_line);
    while start < chunk.len() {
        let end = frame(chunk, &mut start, &mut line, shape, &mut row, &mut each);
        // Give up the damaged physical line alone and go on behind it.
        if let Some(damaged) = end {
            start = memchr(b'\n', &chunk[damaged..]).map_or(chunk.len(), |at| damaged + at + 1);
            line += 1;
        }
    }
}

/// Frames records until the chunk ends or one is damaged; the result is the damaged one's start.
fn frame<'c>(
    chunk: &'c [u8],
    start: &mut usize,
    line: &mut u32,
    shape: Shape<'_>,
    row: &mut Row<'c>,
    each: &mut impl FnMut(u32, Event<'_, 'c>),
) -> Option<usize> {
    let delimiter = shape.delimiter;
    let offset = *start;
    let mut scan = Scan::new(offset);
    for at in shape.marks.from(offset) {
        match chunk[at] {
            b'"' => scan.quote(chunk, at, delimiter),
            b'\n' if scan.inside => scan.lines += 1,
            b'\n' => {
                scan.end_field(chunk, at, row);
                if let Some(code) = scan.damage(row, at, shape) {
                    each(*line, Event::Bad(code, format!("{} fields", row.len())));
                    row.fields.clear();
                    *start = scan.record;
                    return Some(scan.record);
                }
                each(*line, Event::Record(row));
                *line += scan.lines + 1;
                row.fields.clear();
                scan = Scan::new(at + 1);
            }
            _ if !scan.inside => scan.end_field(chunk, at, row),
            _ => {}
        }
        if scan.inside && at - scan.record > RECORD {
            break;
        }
    }
    last(chunk, start, *line, &mut scan, shape, row, each)
}

/// The record at the end of a chunk, which has no line end, or which a quote keeps open.
fn last<'c>(
    chunk: &'c [u8],
    start: &mut usize,
    line: u32,
    scan: &mut Scan,
    shape: Shape<'_>,
    row: &mut Row<'c>,
    each: &mut impl FnMut(u32, Event<'_, 'c>),
) -> Option<usize> {
    if scan.inside {
        row.fields.clear();
        each(line, Event::Bad("unclosed-quote", String::new()));
        *start = scan.record;
        return Some(scan.record);
    }
    *start = chunk.len();
    if scan.record < chunk.len() {
        scan.end_field(chunk, chunk.len(), row);
        match scan.damage(row, chunk.len(), shape) {
            Some(code) => each(line, Event::Bad(code, format!("{} fields", row.len()))),
            None => each(line, Event::Record(row)),
        }
    }
    row.fields.clear();
    None
}

/// What is the same for every record of a chunk.
#[derive(Clone, Copy)]
struct Shape<'m> {
    delimiter: u8,
    width: usize,
    nul: bool,
    marks: &'m Marks,
}

/// True where a later line of a record has as many delimiters as a record of its own: then an
/// unclosed quote has met a stray one and swallowed rows.
fn swallowed(body: &[u8], shape: Shape<'_>) -> bool {
    let lines: Vec<&[u8]> = body.split(|&byte| byte == b'\n').collect();
    // A field at the very start leaves all its followers on the last line, and rightly so.
    let first_is_open = lines[0].first() == Some(&b'"');
    let later = if first_is_open { &lines[1..lines.len() - 1] } else { &lines[1..] };
    let full = |line: &&[u8]| memchr_iter(shape.delimiter, line).count() + 1 >= shape.width;
    shape.width > 1 && later.iter().any(full)
}

/// Where the walk stands inside a record.
struct Scan {
    record: usize,
    field: usize,
    inside: bool,
    quoted: bool,
    doubled: bool,
    /// A closing quote is followed by something else than a delimiter or line end.
    loose: bool,
    closed_at: usize,
    longest: usize,
    lines: u32,
}

impl Scan {
    const fn new(at: usize) -> Self {
        Self {
            record: at,
            field: at,
            inside: false,
            quoted: false,
            doubled: false,
            loose: false,
            closed_at: usize::MAX,
            longest: 0,
            lines: 0,
        }
    }

    fn quote(&mut self, chunk: &[u8], at: usize, delimiter: u8) {
        if self.inside {
            self.inside = false;
            self.closed_at = at;
            let next = chunk.get(at + 1).copied().unwrap_or(b'\n');
            // The second half of a doubled quote opens the field again below.
            self.loose |= next != delimiter && !matches!(next, b'"' | b'\r' | b'\n');
        } else if at == self.field && !self.quoted {
            (self.inside, self.quoted) = (true, true);
        } else if self.quoted && self.closed_at + 1 == at {
            (self.inside, self.doubled) = (true, true);
        }
    }

    fn end_field(&mut self, chunk: &[u8], at: usize, row: &mut Row<'_>) {
        let mut end = at;
        if end > self.field && chunk[end - 1] == b'\r' && chunk.get(end).is_none_or(|&b| b == b'\n')
        {
            end -= 1;
        }
        let tight = self.quoted && self.closed_at + 1 == end;
        let (start, end) = if tight { (self.field + 1, end - 1) } else { (self.field, end) };
        self.longest = self.longest.max(end - start);
        row.fields.push(Field { start: start as u32, end: end as u32, doubled: self.doubled });
        self.field = at + 1;
        (self.quoted, self.doubled, self.closed_at) = (false, false, usize::MAX);
    }

    /// Reason to give the record up.
    fn damage(&self, row: &Row<'_>, end: usize, shape: Shape<'_>) -> Option<&'static str> {
        let body = &row.chunk[self.record..end];
        if self.lines > 0 && (self.loose || swallowed(body, shape)) {
            return Some("unclosed-quote");
        }
        if end - self.record > RECORD {
            return Some("record-too-long");
        }
        if row.len() > COLUMNS {
            return Some("too-many-columns");
        }
        if self.longest > CELL {
            return Some("cell-too-long");
        }
        (shape.nul && memchr(0, body).is_some()).then_some("nul-byte")
    }
}

#[cfg(test)]
mod tests;
