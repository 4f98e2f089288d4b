//! What a workbook's archive really holds, measured before a parser trusts it.

use crate::ingest::form::has_extension;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;
use zip::ZipArchive;

/// Most bytes that all members together unpack to.
const UNPACKED: u64 = 256 << 20;
/// Unpacked bytes for each packed one; small members may be more even than this.
const RATIO: u64 = 200;
const SMALL: u64 = 1 << 20;
/// Most members.
const MEMBERS: usize = 10_000;
/// The last bytes of an archive, in which its closing record stands.
const END: u64 = 22 + 0xFFFF;
/// Bytes of a member in which a document type must stand.
const START: usize = 4096;

/// True for the first bytes of a ZIP archive.
pub fn is_archive(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04")
}

/// Refuses archives that are no workbook or no honest one. The error is a reason code.
pub fn guard(path: &Path) -> Result<(), &'static str> {
    guard_up_to(path, UNPACKED)
}

/// [`guard`] for workbooks that may unpack to `most` bytes.
pub fn guard_up_to(path: &Path, most: u64) -> Result<(), &'static str> {
    let file = File::open(path).map_err(|_| "unreadable")?;
    // Archives of other kinds are many; a damaged workbook calls itself one.
    let claims = has_extension(path, "xlsx");
    let broken = if claims { "bad-workbook" } else { "unsupported" };
    let mut file = BufReader::new(file);
    let entries = entries(&mut file).map_err(|_| broken)?;
    let mut archive = ZipArchive::new(file).map_err(|_| broken)?;
    if archive.len() > MEMBERS {
        return Err("zip-ratio");
    }
    if archive.index_for_name("xl/workbook.xml").is_none() {
        return Err("unsupported");
    }
    // Two members of one name: readers differ on which of them counts.
    if entries.is_some_and(|entries| entries != archive.len()) {
        return Err("bad-workbook");
    }
    let mut unpacked = 0;
    for index in 0..archive.len() {
        let mut member = archive.by_index(index).map_err(|_| "bad-workbook")?;
        let packed = member.compressed_size();
        let (start, size) = measure(&mut member, most - unpacked)?;
        unpacked += size;
        if size > SMALL && size / packed.max(1) > RATIO {
            return Err("zip-ratio");
        }
        refuse_document_types(&start)?;
        refuse_claims(&start, size)?;
    }
    Ok(())
}

/// Number of members by the record at the archive's end, which counts equal names apart; `None`
/// where it is not found.
fn entries(file: &mut (impl Read + Seek)) -> io::Result<Option<usize>> {
    let length = file.seek(SeekFrom::End(0))?;
    file.seek(SeekFrom::Start(length.saturating_sub(END)))?;
    let mut tail = Vec::new();
    file.take(END).read_to_end(&mut tail)?;
    file.rewind()?;
    let at = memchr::memmem::rfind(&tail, b"PK\x05\x06");
    let count = at.and_then(|at| tail.get(at + 10..at + 12));
    Ok(count.map(|count| usize::from(u16::from_le_bytes([count[0], count[1]]))))
}

/// The beginning of a member and its true length.
fn measure(member: &mut impl Read, most: u64) -> Result<(Vec<u8>, u64), &'static str> {
    let mut start = Vec::new();
    let bad = |_| "bad-workbook";
    member.by_ref().take(START as u64).read_to_end(&mut start).map_err(bad)?;
    let left = most.saturating_sub(start.len() as u64);
    let rest = io::copy(&mut member.by_ref().take(left + 1), &mut io::sink()).map_err(bad)?;
    if rest > left {
        return Err("zip-ratio");
    }
    let size = start.len() as u64 + rest;
    Ok((start, size))
}

/// No part of a workbook has a document type; entities could come only from one.
fn refuse_document_types(start: &[u8]) -> Result<(), &'static str> {
    let holds = |needle: &[u8]| memchr::memmem::find(start, needle).is_some();
    if holds(b"<!DOCTYPE") || holds(b"<!ENTITY") { Err("bad-xml") } else { Ok(()) }
}

/// A list of strings cannot hold more of them than it has bytes; room is made for what it claims.
fn refuse_claims(start: &[u8], size: u64) -> Result<(), &'static str> {
    let Some(at) = memchr::memmem::find(start, b"uniqueCount=\"") else { return Ok(()) };
    let digits = &start[at + 13..];
    let end = digits.iter().position(|b| !b.is_ascii_digit()).unwrap_or(digits.len());
    let claimed = std::str::from_utf8(&digits[..end]).ok().and_then(|text| text.parse().ok());
    if claimed.is_none_or(|claimed: u64| claimed > size) { Err("bad-workbook") } else { Ok(()) }
}
