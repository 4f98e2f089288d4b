//! Files that are no delimited text and are turned into it, a physical line for each row.

use crate::ingest::profile::Fixed;
use crate::ingest::{FileError, workbook};
use crate::model::file::{Origin, Problem, Weight};
use crate::text::encoding::{self, DAMAGE_MARK, Encoding};
use std::fs::File;
use std::io::{Cursor, Read};
use std::path::Path;
use zeroize::Zeroizing;

/// Largest file that is held whole.
const LIMIT: u64 = 256 << 20;

/// What a file is before anybody reads its records.
#[derive(Clone, Debug, Default)]
pub enum Form {
    /// Its own bytes.
    #[default]
    Plain,
    /// A sheet of a workbook.
    Sheet {
        /// Name of the sheet.
        name: String,
        /// Columns to which short rows are padded.
        width: u32,
        /// Columns whose cells should be text.
        ids: Vec<usize>,
    },
    /// Columns of fixed width.
    Fixed(Fixed),
}

/// The bytes that readers see, and what was noticed on the way.
pub struct Opened {
    /// The bytes.
    pub bytes: Box<dyn Read + Send>,
    /// Their encoding.
    pub encoding: Encoding,
    /// Length of their byte order mark.
    pub bom_len: usize,
    /// What was noticed.
    pub problems: Vec<Problem>,
}

impl Form {
    /// Opens a file in this form.
    pub fn open(
        &self,
        path: &Path,
        encoding: Encoding,
        bom_len: usize,
    ) -> Result<Opened, FileError> {
        let turned = |bytes: Zeroizing<Vec<u8>>, problems| Opened {
            bytes: Box::new(Cursor::new(bytes)),
            encoding: Encoding::Utf8,
            bom_len: 0,
            problems,
        };
        match self {
            Self::Plain => {
                let bytes = Box::new(File::open(path)?);
                Ok(Opened { bytes, encoding, bom_len, problems: Vec::new() })
            }
            Self::Sheet { name, width, ids } => {
                let sheet = workbook::text(path, name, *width, ids).map_err(FileError::new)?;
                let problems = [("zeros-lost", sheet.numeric_ids), ("formula-error", sheet.errors)]
                    .into_iter()
                    .filter(|(_, count)| *count > 0)
                    .map(|(code, count)| {
                        let problem = Problem::new(Origin::default(), Weight::Warning, code);
                        problem.detail(format!("{count} cells"))
                    });
                Ok(turned(sheet.bytes, problems.collect()))
            }
            Self::Fixed(fixed) => {
                let mut bytes = Zeroizing::new(Vec::new());
                File::open(path)?.take(LIMIT + 1).read_to_end(&mut bytes)?;
                if bytes.len() as u64 > LIMIT {
                    return Err(FileError::new("record-too-long"));
                }
                Ok(turned(cut(fixed, encoding, &bytes[bom_len..])?, Vec::new()))
            }
        }
    }
}

/// True where a file's name ends so, in whatever case.
pub fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case(extension))
}

/// Fixed columns as CSV. A cell that does not decode is marked, so that its row is refused.
pub fn cut(
    fixed: &Fixed,
    encoding: Encoding,
    bytes: &[u8],
) -> Result<Zeroizing<Vec<u8>>, FileError> {
    if !encoding::ascii_compatible(encoding) {
        return Err(FileError::new("unsupported"));
    }
    let mut out = Zeroizing::new(Vec::with_capacity(bytes.len() + bytes.len() / 4));
    for line in bytes.split(|&byte| byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if !line.iter().all(u8::is_ascii_whitespace) {
            cut_line(fixed, encoding, line, &mut out);
        }
        out.push(b'\n');
    }
    Ok(out)
}

fn cut_line(fixed: &Fixed, encoding: Encoding, line: &[u8], out: &mut Vec<u8>) {
    let mut rest = line;
    for (index, &width) in fixed.widths.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        let end = if fixed.bytes { width.min(rest.len()) } else { chars(encoding, rest, width) };
        match encoding::decode(encoding, &rest[..end]) {
            Ok(cell) => quote(cell.trim(), out),
            Err(_) => out.push(DAMAGE_MARK),
        }
        rest = &rest[end..];
    }
    // What stands behind the last column is a field too many.
    if !rest.iter().all(u8::is_ascii_whitespace) {
        out.extend_from_slice(b",+,+");
    }
}

/// Length in bytes of so many characters.
fn chars(encoding: Encoding, bytes: &[u8], count: usize) -> usize {
    let mut at = 0;
    for _ in 0..count {
        let Some(&lead) = bytes.get(at) else { break };
        at += length(encoding, lead);
    }
    at.min(bytes.len())
}

const fn length(encoding: Encoding, lead: u8) -> usize {
    match (encoding, lead) {
        (_, 0..=0x7F) | (Encoding::Cp932, 0xA1..=0xDF) => 1,
        (Encoding::Utf8 | Encoding::Utf8Bom, 0xF0..) | (Encoding::EucJp, 0x8F) => {
            if matches!(encoding, Encoding::EucJp) { 3 } else { 4 }
        }
        (Encoding::Utf8 | Encoding::Utf8Bom, 0xE0..=0xEF) => 3,
        _ => 2,
    }
}

fn quote(cell: &str, out: &mut Vec<u8>) {
    let quoted = cell.contains([',', '"']);
    if quoted {
        out.push(b'"');
    }
    out.extend(
        cell.bytes().flat_map(|byte| [Some(byte), (byte == b'"').then_some(b'"')]).flatten(),
    );
    if quoted {
        out.push(b'"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn csv(widths: &[usize], bytes: bool, encoding: Encoding, text: &[u8]) -> Vec<u8> {
        let fixed = Fixed { widths: widths.to_vec(), bytes };
        cut(&fixed, encoding, text).unwrap().to_vec()
    }

    #[test]
    fn columns_are_cut_by_bytes_or_characters() {
        // 佐藤 in CP932 is four bytes; both widths lead to the same cells.
        let line = b"001 \x8d\xb2\x93\xa1  1\r\n\r\n";
        let expected = "001,佐藤,1\n\n\n".as_bytes();
        assert_eq!(csv(&[4, 6, 1], true, Encoding::Cp932, line), expected);
        assert_eq!(csv(&[4, 4, 1], false, Encoding::Cp932, line), expected);
    }

    #[test]
    fn a_cut_through_a_character_spoils_the_row() {
        let line = b"\x8d\xb2\x93\xa1x\nabcde";
        assert_eq!(csv(&[3, 2], true, Encoding::Cp932, line)[0], DAMAGE_MARK);
        assert_eq!(csv(&[2, 2], true, Encoding::Ascii, b"abcde"), b"ab,cd,+,+\n");
        assert_eq!(csv(&[2, 2], true, Encoding::Ascii, b"a\"b,"), b"\"a\"\"\",\"b,\"\n");
    }
}
