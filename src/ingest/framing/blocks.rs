//! Line- and entry-aligned blocks of a file, for formats whose records need no quoting.

use crate::ingest::FileError;
use crate::ingest::buffer::Buffer;
use crate::ingest::source::Source;
use crate::kernel::marks::count;
use crate::text::encoding::{Encoding, Transcoder};
use memchr::{memrchr, memrchr_iter};
use std::io::Read;

/// Bytes of a block before it is cut at a record's end.
pub const BLOCK: usize = 4 << 20;
/// A block without a boundary grows up to here; beyond it the file is refused.
const LIMIT: usize = 64 << 20;

/// Where blocks may be cut.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Boundary {
    /// Behind any line end.
    Line,
    /// Behind an empty line.
    BlankLine,
}

/// A run of whole records.
pub struct Block {
    /// UTF-8, or ASCII-compatible bytes of a UTF-8 file with damage.
    pub bytes: Buffer,
    /// Physical line of the first byte.
    pub first_line: u32,
}

/// Cuts a file into blocks.
pub struct Blocks<'a, 'b> {
    source: &'a mut Source<'b>,
    boundary: Boundary,
    transcoder: Option<Transcoder>,
    carry: Buffer,
    line: u32,
    skip: usize,
    ended: bool,
}

impl<'a, 'b> Blocks<'a, 'b> {
    /// Reads `source` from its beginning; what is not UTF-8 is turned into it.
    pub fn new(source: &'a mut Source<'b>, boundary: Boundary) -> Self {
        let encoding = source.encoding;
        let utf8 = matches!(encoding, Encoding::Ascii | Encoding::Utf8 | Encoding::Utf8Bom);
        Self {
            boundary,
            transcoder: (!utf8).then(|| Transcoder::marking(encoding)),
            carry: Buffer::default(),
            line: 1,
            skip: source.bom_len,
            ended: false,
            source,
        }
    }

    /// Up to `count` blocks; none at the end.
    pub fn batch(&mut self, count: usize) -> Result<Vec<Block>, FileError> {
        let mut blocks = Vec::with_capacity(count);
        while blocks.len() < count {
            match self.next_block()? {
                Some(block) => blocks.push(block),
                None => break,
            }
        }
        Ok(blocks)
    }

    fn next_block(&mut self) -> Result<Option<Block>, FileError> {
        let mut bytes = self.fresh();
        loop {
            while !self.ended && bytes.len() < BLOCK {
                self.fill(&mut bytes)?;
            }
            if self.ended {
                break;
            }
            if let Some(cut) = self.cut(&bytes) {
                self.carry.extend_from_slice(&bytes[cut..]);
                bytes.cut(cut);
                break;
            }
            if bytes.len() > LIMIT {
                return Err(FileError::at("record-too-long", self.line));
            }
            self.fill(&mut bytes)?;
        }
        if bytes.is_empty() {
            return Ok(None);
        }
        let first_line = self.line;
        self.line = self.line.saturating_add(newlines(&bytes));
        Ok(Some(Block { bytes, first_line }))
    }

    /// A buffer with what the block before has left. A file that somebody has read already is a
    /// block as it is.
    fn fresh(&mut self) -> Buffer {
        if self.transcoder.is_none()
            && self.skip == 0
            && let Some(whole) = self.source.take_whole()
        {
            self.ended = true;
            return whole;
        }
        let most = self.source.size().unwrap_or(BLOCK).clamp(1 << 16, BLOCK);
        let mut bytes = Buffer::with_capacity(self.carry.len() + most + 64);
        bytes.extend_from_slice(&self.carry);
        self.carry.cut(0);
        bytes
    }

    fn fill(&mut self, bytes: &mut Vec<u8>) -> Result<(), FileError> {
        let wanted = BLOCK.saturating_sub(bytes.len()).max(1 << 16) as u64;
        if self.transcoder.is_none() && self.skip == 0 {
            let read = self.source.bytes().take(wanted).read_to_end(bytes)?;
            self.ended = read == 0;
            return Ok(());
        }
        let mut raw = Buffer::with_capacity(wanted as usize);
        let read = self.source.bytes().take(wanted).read_to_end(&mut raw)?;
        self.ended = read == 0;
        let skipped = self.skip.min(read);
        self.skip -= skipped;
        match &mut self.transcoder {
            None => bytes.extend_from_slice(&raw[skipped..]),
            Some(transcoder) => transcoder
                .push(&raw[skipped..], self.ended, bytes)
                .map_err(|_| FileError::new("bad-encoding"))?,
        }
        Ok(())
    }

    fn cut(&self, bytes: &[u8]) -> Option<usize> {
        match self.boundary {
            Boundary::Line => memrchr(b'\n', bytes).map(|at| at + 1),
            Boundary::BlankLine => memrchr_iter(b'\n', bytes)
                .find(|&at| bytes[..at].ends_with(b"\n") || bytes[..at].ends_with(b"\n\r"))
                .map(|at| at + 1),
        }
    }
}

/// Line ends in `bytes`.
pub fn newlines(bytes: &[u8]) -> u32 {
    count(bytes, b'\n') as u32
}

/// Lines of a block with their numbers; CR before the line end is cut off.
pub fn lines(block: &[u8], first_line: u32) -> impl Iterator<Item = (u32, &[u8])> {
    let (mut rest, mut line) = (block, first_line);
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        let bytes = &rest[..end];
        rest = rest.get(end + 1..).unwrap_or_default();
        line += 1;
        Some((line - 1, bytes.strip_suffix(b"\r").unwrap_or(bytes)))
    })
}

/// Reason code of bytes that are not text in the file's encoding.
pub const fn undecodable(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Ascii | Encoding::Utf8 | Encoding::Utf8Bom => "bad-utf8",
        Encoding::Cp932 => "bad-cp932",
        _ => "bad-encoding",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(bytes: &[u8], encoding: Encoding, boundary: Boundary) -> Vec<(u32, Vec<u8>)> {
        let bom_len = usize::from(bytes.starts_with(&[0xFF, 0xFE])) * 2;
        let mut source = Source::new("ad/x", encoding, bom_len, Box::new(bytes));
        let mut blocks = Blocks::new(&mut source, boundary);
        let batch = blocks.batch(99).unwrap();
        batch.into_iter().map(|b| (b.first_line, b.bytes.to_vec())).collect()
    }

    #[test]
    fn blocks_end_where_records_end() {
        let line = [b'x'; 99];
        let mut text = Vec::new();
        for i in 0..90_000 {
            text.extend_from_slice(&line);
            text.push(b'\n');
            if i % 7 == 6 {
                text.extend_from_slice(b"\r\n");
            }
        }
        for boundary in [Boundary::Line, Boundary::BlankLine] {
            let parts = blocks(&text, Encoding::Ascii, boundary);
            assert!(parts.len() > 1);
            let mut line = 1;
            for (index, (first, bytes)) in parts.iter().enumerate() {
                assert_eq!(*first, line);
                line += newlines(bytes);
                let last = index + 1 == parts.len();
                assert!(last || boundary == Boundary::Line || bytes.ends_with(b"\n\r\n"));
            }
            assert_eq!(parts.concat_bytes(), text);
        }
    }

    trait Concat {
        fn concat_bytes(&self) -> Vec<u8>;
    }

    impl Concat for Vec<(u32, Vec<u8>)> {
        fn concat_bytes(&self) -> Vec<u8> {
            self.iter().flat_map(|(_, bytes)| bytes.clone()).collect()
        }
    }

    #[test]
    fn utf16_becomes_utf8_without_its_mark() {
        let text = "\u{feff}dn: 佐\r\n";
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let parts = blocks(&bytes, Encoding::Utf16Le, Boundary::Line);
        assert_eq!(parts, [(1, "dn: 佐\r\n".as_bytes().to_vec())]);
    }

    #[test]
    fn a_line_without_end_is_refused() {
        let text = vec![b'x'; LIMIT + (9 << 20)];
        let mut source = Source::new("x", Encoding::Ascii, 0, Box::new(text.as_slice()));
        let error = Blocks::new(&mut source, Boundary::Line).batch(1).err().unwrap();
        assert_eq!(error.code, "record-too-long");
    }

    #[test]
    fn lines_are_numbered() {
        let seen: Vec<_> = lines(b"a\r\n\nb", 7).collect();
        assert_eq!(seen, [(7, &b"a"[..]), (8, b""), (9, b"b")]);
    }
}
