//! Delimited text: line-aligned chunks, and records inside a chunk.
//!
//! The csv crate reads an unclosed quote as one endless field and reports nothing, so every record
//! that spans lines is checked strictly and, where it is not well formed, given up line by line.

use crate::ingest::FileError;
use crate::ingest::source::Source;
use crate::text::encoding::{Encoding, Transcoder, ascii_compatible};
use csv::ByteRecord;
use memchr::{memchr, memrchr2_iter};

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
    pub bytes: Vec<u8>,
    /// Physical line of the first byte.
    pub first_line: u32,
}

/// Cuts a file into chunks of whole records.
pub struct Chunks<'a, 'b> {
    source: &'a mut Source<'b>,
    transcoder: Option<Transcoder>,
    carry: Vec<u8>,
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
            carry: Vec::new(),
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
        let mut bytes = std::mem::take(&mut self.carry);
        bytes.reserve(CHUNK);
        while !self.ended && bytes.len() < CHUNK {
            self.fill(&mut bytes)?;
        }
        if bytes.is_empty() {
            return Ok(None);
        }
        let cut = if self.ended { bytes.len() } else { cut(&bytes) };
        self.carry.extend_from_slice(&bytes[cut..]);
        bytes.truncate(cut);
        normalise_line_ends(&mut bytes);
        let first_line = self.line;
        self.line += count(&bytes, b'\n');
        Ok(Some(Chunk { bytes, first_line }))
    }

    fn fill(&mut self, bytes: &mut Vec<u8>) -> Result<(), FileError> {
        let mut buffer = vec![0; 1 << 20];
        let read = self.source.bytes().read(&mut buffer)?;
        self.ended = read == 0;
        let skipped = self.skip.min(read);
        self.skip -= skipped;
        let fresh = &buffer[skipped..read];
        match &mut self.transcoder {
            None => bytes.extend_from_slice(fresh),
            Some(transcoder) => transcoder
                .push(fresh, self.ended, bytes)
                .map_err(|_| FileError::new("bad-encoding"))?,
        }
        Ok(())
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

// Vectorises; memchr's counter does not pay for dense bytes.
fn count(bytes: &[u8], wanted: u8) -> u32 {
    bytes.chunks(255).map(|part| u32::from(part.iter().map(|&b| u8::from(b == wanted)).sum::<u8>())).sum()
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
        if quotes % 2 == 0 {
            return at + 1;
        }
        // A stray quote has flipped the parity: no real record is this long.
        if bytes.len() - at > RECORD {
            break;
        }
    }
    last_line_end.unwrap_or(bytes.len())
}

/// What a chunk holds at a line.
pub enum Event<'r> {
    /// A record with its fields, quotes removed.
    Record(&'r ByteRecord),
    /// Something that is no record.
    Bad(&'static str, String),
}

/// Walks the records of a chunk; `width` is the number of the header's fields.
pub fn records(
    chunk: &[u8],
    first_line: u32,
    delimiter: u8,
    width: usize,
    mut each: impl FnMut(u32, Event<'_>),
) {
    let (mut start, mut line) = (0, first_line);
    while start < chunk.len() {
        let Some(resume) = run(&chunk[start..], line, delimiter, width, &mut each) else { return };
        // Give up the damaged physical line alone and go on behind it.
        let from = start + resume.offset;
        line = resume.line + 1;
        start = memchr(b'\n', &chunk[from..]).map_or(chunk.len(), |end| from + end + 1);
    }
}

struct Resume {
    offset: usize,
    line: u32,
}

fn run(
    bytes: &[u8],
    first_line: u32,
    delimiter: u8,
    width: usize,
    each: &mut impl FnMut(u32, Event<'_>),
) -> Option<Resume> {
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(bytes);
    let mut record = ByteRecord::new();
    while let Ok(true) = reader.read_byte_record(&mut record) {
        let at = record.position().map_or(0, |p| p.byte() as usize);
        let line = first_line + record.position().map_or(0, |p| p.line() as u32 - 1);
        let raw = &bytes[at..(reader.position().byte() as usize).min(bytes.len())];
        // The crate skips blank lines before a record; they are counted here, where lines live.
        let blank = raw.iter().take_while(|b| matches!(b, b'\n' | b'\r')).count();
        let line = line + count(&raw[..blank], b'\n');
        if let Some(code) = malformed(&raw[blank..], &record, delimiter, width) {
            each(line, Event::Bad(code, format!("{} fields, header {width}", record.len())));
            return Some(Resume { offset: at + blank, line });
        }
        each(line, Event::Record(&record));
    }
    None
}

/// Reason to give a record up, judged by its raw bytes.
fn malformed(raw: &[u8], record: &ByteRecord, delimiter: u8, width: usize) -> Option<&'static str> {
    if raw.len() > RECORD {
        return Some("record-too-long");
    }
    let body = raw.strip_suffix(b"\n").unwrap_or(raw);
    let spans_lines = memchr(b'\n', body).is_some();
    if spans_lines && !strictly_quoted(body, delimiter) {
        return Some("unclosed-quote");
    }
    if !spans_lines && count(body, b'"') % 2 == 1 && !strictly_quoted(body, delimiter) && opens(body, delimiter) {
        return Some("unclosed-quote");
    }
    if record.len() > COLUMNS {
        return Some("too-many-columns");
    }
    if raw.len() > CELL && record.iter().any(|cell| cell.len() > CELL) {
        return Some("cell-too-long");
    }
    if memchr(0, raw).is_some() {
        return Some("nul-byte");
    }
    let trailing = record.len() == width + 1 && record.get(width).is_some_and(<[u8]>::is_empty);
    let fits = width == 0 || record.len() == width || trailing || is_blank(record);
    (!fits && !footer(record)).then_some("field-count")
}

/// True where every cell is empty.
pub fn is_blank(record: &ByteRecord) -> bool {
    record.iter().all(|cell| cell.trim_ascii().is_empty())
}

/// A footer has fewer fields than the table, which its reader recognises by its words.
fn footer(record: &ByteRecord) -> bool {
    record.len() == 1 || record.iter().skip(2).all(<[u8]>::is_empty)
}

/// True where some field opens a quote that the line does not close.
fn opens(body: &[u8], delimiter: u8) -> bool {
    body.first() == Some(&b'"') || body.windows(2).any(|pair| pair == [delimiter, b'"'])
}

/// RFC 4180 to the letter: a closing quote is followed by a delimiter or the record's end.
fn strictly_quoted(body: &[u8], delimiter: u8) -> bool {
    let mut at = 0;
    while at < body.len() {
        if body[at] == b'"' {
            let Some(end) = closing_quote(body, at + 1) else { return false };
            at = end + 1;
            if body.get(at).is_some_and(|&b| b != delimiter && b != b'\r' && b != b'\n') {
                return false;
            }
        } else {
            at += memchr(delimiter, &body[at..]).unwrap_or(body.len() - at);
        }
        at += 1;
    }
    true
}

fn closing_quote(body: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += memchr(b'"', &body[at..])?;
        if body.get(at + 1) != Some(&b'"') {
            return Some(at);
        }
        at += 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, width: usize) -> Vec<(u32, String)> {
        let mut seen = Vec::new();
        records(text.as_bytes(), 1, b',', width, |line, event| {
            let shown = match event {
                Event::Record(r) => {
                    r.iter().map(String::from_utf8_lossy).collect::<Vec<_>>().join("|")
                }
                Event::Bad(code, _) => code.to_owned(),
            };
            seen.push((line, shown));
        });
        seen
    }

    #[test]
    fn an_unclosed_quote_costs_one_line() {
        let text = "a,\"b,c\n1,x,3\n4,\"y\",6\n7,8,9\n";
        let seen = read(text, 3);
        assert_eq!(seen[0], (1, "unclosed-quote".into()));
        assert_eq!(seen[1..], [(2, "1|x|3".into()), (3, "4|y|6".into()), (4, "7|8|9".into())]);
    }

    #[test]
    fn a_stray_quote_that_happens_to_balance_is_noticed() {
        let seen = read("a,\"b,c\n1,\"x\",3\n", 3);
        assert_eq!(seen, [(1, "unclosed-quote".into()), (2, "1|x|3".into())]);
    }

    #[test]
    fn quoted_newlines_are_one_record_with_its_first_line() {
        let seen = read("a,\"b\nb\",c\n1,2,3\n", 3);
        assert_eq!(seen, [(1, "a|b\nb|c".into()), (3, "1|2|3".into())]);
    }

    #[test]
    fn a_quote_inside_a_field_is_text() {
        assert_eq!(read("a,5\" disk,c\n", 3), [(1, "a|5\" disk|c".into())]);
    }

    #[test]
    fn wrong_field_counts_are_named_and_reading_goes_on() {
        let seen = read("a,b\n1,2,3\n\nx,y,z,w\n4,5,6\n", 3);
        let lines: Vec<_> = seen.iter().map(|s| s.0).collect();
        assert_eq!(lines, [1, 2, 4, 5]);
        assert_eq!(seen[2].1, "field-count");
    }

    #[test]
    fn chunks_end_with_records() {
        assert_eq!(cut(b"a,b\n\"c\nd\",e\nf"), 12);
        assert_eq!(cut(b"a,b\n\"c\nd"), 4);
        assert_eq!(cut(b"abc"), 3);
    }
}
