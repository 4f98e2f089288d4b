//! The beginning of a file, as far as recognising it needs.

use crate::ingest::buffer::Buffer;
use crate::ingest::framing::blocks::BLOCK;
use crate::ingest::{form, workbook};
use crate::model::day::Day;
use crate::text::date::instant_to_jst_day;
use crate::text::encoding::{self, Detector, Encoding};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::time::UNIX_EPOCH;

/// Bytes of a beginning.
pub(super) const PROBE: usize = 64 << 10;
/// Bytes that are read at a time behind it.
const STEP: usize = 1 << 20;
/// A file that shows no byte beyond ASCII in so many bytes is taken for ASCII; should one come
/// later, its row is quarantined.
const LOOK: usize = 16 << 20;

/// What was seen of a file.
pub(super) struct Look {
    pub(super) detected: encoding::Detected,
    /// The beginning behind the byte order mark, as it stands.
    pub(super) head: Vec<u8>,
    /// The beginning as text.
    pub(super) text: String,
    /// All of the file, where that was read.
    pub(super) whole: Option<Buffer>,
}

impl Look {
    /// Takes another encoding's word for what the bytes are.
    pub(super) fn reread(&mut self, encoding: Encoding) {
        self.detected.encoding = encoding;
        self.detected.ambiguous_with = None;
        self.text = beginning(&self.head, encoding);
    }
}

/// Neither symbolic links nor pipes and devices are opened: a FIFO would wait forever.
pub(super) fn plain_file(path: &Path) -> Result<fs::Metadata, &'static str> {
    let meta = fs::symlink_metadata(path).map_err(|_| "unreadable")?;
    if !meta.is_file() {
        return Err(if meta.is_dir() { "unreadable" } else { "special-file" });
    }
    let workbook = form::has_extension(path, "xlsx");
    match meta.len() {
        0 if workbook => Err("cloud-placeholder"),
        0 => Err("empty-file"),
        _ => Ok(meta),
    }
}

pub(super) fn begins_as_archive(path: &Path) -> Result<bool, &'static str> {
    let mut head = [0; 4];
    let mut file = File::open(path).map_err(|_| "unreadable")?;
    let read = read_full(&mut file, &mut head).map_err(|_| "unreadable")?;
    Ok(workbook::is_archive(&head[..read]))
}

/// First impressions: encoding, the beginning as text. The error is a reason code.
pub(super) fn look(path: &Path, size: u64) -> Result<Look, &'static str> {
    let mut file = File::open(path).map_err(|_| "unreadable")?;
    let (mut detector, mut seen, mut ended) = (Detector::new(), 0, false);
    let small = size <= BLOCK as u64;
    // What may be all of a file stays for its reader. One byte more than the file has shows its end.
    let mut buffer = Buffer::with_capacity(if small { size as usize + 1 } else { STEP });
    let mut head = Vec::new();
    while seen < LOOK && !ended {
        if !small {
            buffer.cut(0);
        }
        let (before, wanted) = (buffer.len(), if seen == 0 { PROBE } else { STEP });
        let read = (&mut file).take(wanted as u64).read_to_end(&mut buffer);
        let read = read.map_err(|_| "unreadable")?;
        ended = read < wanted;
        if seen == 0 {
            head.extend_from_slice(&buffer);
            refuse_binary(&head, path)?;
        }
        detector.feed(&buffer[before..]);
        seen += read;
        if detector.decided() {
            break;
        }
    }
    let detected = detector.finish();
    head.drain(..detected.bom_len.min(head.len()));
    let text = beginning(&head, detected.encoding);
    let whole = (small && ended && seen as u64 == size).then_some(buffer);
    Ok(Look { detected, head, text, whole })
}

fn read_full(file: &mut File, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match file.read(&mut buffer[filled..])? {
            0 => break,
            read => filled += read,
        }
    }
    Ok(filled)
}

pub(super) fn modified(meta: &fs::Metadata) -> Option<Day> {
    let since = meta.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(instant_to_jst_day(since.as_secs() as i64))
}

/// Archives, pictures and programs by their first bytes.
pub(super) fn refuse_binary(head: &[u8], path: &Path) -> Result<(), &'static str> {
    const MAGIC: [(&[u8], &str); 8] = [
        (b"\xd0\xcf\x11\xe0", "encrypted-workbook"),
        (b"7z\xbc\xaf", "unsupported"),
        (b"\x1f\x8b", "unsupported"),
        (b"\x89PNG", "not-text"),
        (b"\xff\xd8\xff", "not-text"),
        (b"%PDF", "not-text"),
        (b"MZ", "not-text"),
        (b"win-ad-ob\0", "unsupported"),
    ];
    let known = MAGIC.iter().find(|(magic, _)| head.starts_with(magic));
    match known {
        // The container of encrypted workbooks is also that of every workbook before 2007.
        Some((_, "encrypted-workbook")) if form::has_extension(path, "xls") => Err("unsupported"),
        Some((_, code)) => Err(code),
        None => Ok(()),
    }
}

/// The beginning as text, cut at the last line end so that no character is cut in half.
pub(super) fn beginning(head: &[u8], encoding: Encoding) -> String {
    let end = if head.len() + 4 < PROBE || !encoding::ascii_compatible(encoding) {
        head.len()
    } else {
        head.iter().rposition(|&b| b == b'\n').map_or(head.len(), |at| at + 1)
    };
    let mut text = Vec::new();
    let mut transcoder = encoding::Transcoder::marking(encoding);
    if encoding::is_text(encoding, &head[..end]) {
        text.extend_from_slice(&head[..end]);
    } else if transcoder.push(&head[..end], false, &mut text).is_err() {
        text.clear();
    }
    String::from_utf8(text).unwrap_or_else(|text| String::from_utf8_lossy(text.as_bytes()).into())
}
