//! A list in one file.

use super::line::{self, Fault, LONGEST, Line};
use super::walk::Walk;
use super::{CUT, changed, name, too_far, unreadable};
use crate::model::breach::{Corpus, CorpusError, CorpusHash, CorpusUsed, DigestKey};
use rayon::prelude::*;
use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Places that are looked at before the first question.
const PLACES: u64 = 1 << 10;
/// Bytes of each.
const SAMPLE: u64 = 512;
/// Questions that one task answers.
const TASK: usize = 1 << 14;

/// A sorted file, read at places.
pub(super) struct SortedFile {
    file: File,
    path: PathBuf,
    pub(super) size: u64,
    pub(super) hash: CorpusHash,
    about: CorpusUsed,
}

impl SortedFile {
    /// Opens a file and looks whether it is a list, sorted and whole.
    pub(super) fn open(path: &Path, meta: &Metadata) -> Result<Self, CorpusError> {
        let file = File::open(path).map_err(|error| unreadable(path, &error))?;
        let (size, date) = (meta.len(), changed(meta));
        let hash = CorpusHash::Nt;
        let about = CorpusUsed { name: name(path), hash, files: 1, bytes: Some(size), date };
        let mut list = Self { file, path: path.to_path_buf(), size, hash, about };
        let mut first = Vec::new();
        list.read(0, LONGEST, &mut first)?;
        list.hash = line::kind(&first, 0).ok_or_else(|| list.no_list(&first))?;
        list.about.hash = list.hash;
        list.check()?;
        Ok(list)
    }

    fn no_list(&self, first: &[u8]) -> CorpusError {
        let packed: [&[u8]; 4] = [b"\x1f\x8b", b"PK", b"7z\xbc\xaf", b"\xfd7zXZ"];
        let packed = packed.iter().any(|magic| first.starts_with(magic));
        let (message, hint) = Fault::Shape.words();
        let (message, hint) = match () {
            () if packed => ("a packed file", "unpack it first"),
            () if first.is_empty() => ("an empty file", CUT),
            () => (message, hint),
        };
        self.error(0, message, hint)
    }

    /// Looks at places all over the file, at all of a small one, and at both ends.
    fn check(&self) -> Result<(), CorpusError> {
        let last = self.last()?;
        let (mut before, mut lines, mut bytes) = (None, 0, 0);
        let mut room = Vec::new();
        let step = (self.size / PLACES).max(SAMPLE);
        for at in (0..self.size).step_by(step as usize) {
            // One byte earlier, so that the end of the line before is seen.
            let base = at.saturating_sub(1);
            self.read(base, (SAMPLE as usize) + LONGEST, &mut room)?;
            let mut place = if at == 0 { 0 } else { after_feed(&room).unwrap_or(room.len()) };
            while place < room.len() && base + (place as u64) < at + SAMPLE {
                let line = self.line(&room[place..], base + place as u64)?;
                if before.is_some_and(|key| key >= line.key) {
                    return Err(self.unsorted(base + place as u64));
                }
                before = Some(line.key);
                place += line.bytes;
                (lines, bytes) = (lines + 1, bytes + line.bytes as u64);
            }
        }
        self.ends(self.size / (bytes / u64::max(lines, 1)).max(1), last)
    }

    /// The last line and its place.
    fn last(&self) -> Result<(Line, u64), CorpusError> {
        let base = self.size.saturating_sub(2 * LONGEST as u64);
        let mut room = Vec::new();
        self.read(base, 2 * LONGEST, &mut room)?;
        let inner = room.strip_suffix(b"\n").unwrap_or(&room);
        let start = inner.iter().rposition(|&byte| byte == b'\n').map_or(0, |feed| feed + 1);
        let at = base + start as u64;
        let last = line::parse(&room[start..], self.hash.digits());
        last.map(|line| (line, at)).map_err(|_| self.error(at, "the last line is cut", CUT))
    }

    /// A list of so many lines must begin and end like a whole one.
    fn ends(&self, lines: u64, (last, at): (Line, u64)) -> Result<(), CorpusError> {
        let mut room = Vec::new();
        self.read(0, LONGEST, &mut room)?;
        if too_far(self.line(&room, 0)?.key.high, lines) {
            return Err(self.error(0, "the beginning of the list is missing", CUT));
        }
        if too_far(u64::MAX - last.key.high, lines) {
            return Err(self.error(at, "the list ends before its end", CUT));
        }
        Ok(())
    }

    /// The line at a place of the file.
    pub(super) fn line(&self, text: &[u8], at: u64) -> Result<Line, CorpusError> {
        line::parse(text, self.hash.digits()).map_err(|fault| self.fault(at, fault))
    }

    /// The error of a line that is none.
    pub(super) fn fault(&self, at: u64, fault: Fault) -> CorpusError {
        let (message, hint) = fault.words();
        self.error(at, message, hint)
    }

    /// The error of a line that is not behind those before it.
    pub(super) fn unsorted(&self, at: u64) -> CorpusError {
        let hint = "get the list ordered by hash, or sort it: LC_ALL=C sort FILE";
        self.error(at, "the list is not sorted here", hint)
    }

    /// An error with the number of the line at a place: counted now, because nobody counts before.
    fn error(&self, at: u64, message: &str, hint: &'static str) -> CorpusError {
        let line = 1 + self.feeds_before(at).unwrap_or(0);
        let place = format!("{}:{line}", self.path.display());
        CorpusError { place, message: message.to_owned(), hint }
    }

    fn feeds_before(&self, at: u64) -> io::Result<u64> {
        let mut text = File::open(&self.path)?.take(at);
        let (mut buffer, mut feeds) = (vec![0; 1 << 20], 0);
        loop {
            match text.read(&mut buffer)? {
                0 => return Ok(feeds),
                read => feeds += memchr::memchr_iter(b'\n', &buffer[..read]).count() as u64,
            }
        }
    }

    /// Reads up to `count` bytes at a place, fewer where the file ends.
    pub(super) fn read(
        &self,
        at: u64,
        count: usize,
        into: &mut Vec<u8>,
    ) -> Result<(), CorpusError> {
        let rest = usize::try_from(self.size.saturating_sub(at)).unwrap_or(usize::MAX);
        into.resize(count.min(rest), 0);
        let mut done = 0;
        while done < into.len() {
            match read_at(&self.file, at + done as u64, &mut into[done..]) {
                Ok(0) => return Err(self.error(at, "the file became shorter", CUT)),
                Ok(read) => done += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(unreadable(&self.path, &error)),
            }
        }
        Ok(())
    }
}

/// Behind the first line feed.
pub(super) fn after_feed(text: &[u8]) -> Option<usize> {
    memchr::memchr(b'\n', text).map(|feed| feed + 1)
}

#[cfg(unix)]
fn read_at(file: &File, at: u64, into: &mut [u8]) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, into, at)
}

#[cfg(windows)]
fn read_at(file: &File, at: u64, into: &mut [u8]) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, into, at)
}

impl Corpus for SortedFile {
    fn about(&self) -> &CorpusUsed {
        &self.about
    }

    fn counts(&self, keys: &[DigestKey], counts: &mut [u32]) -> Result<(), CorpusError> {
        keys.par_chunks(TASK).zip(counts.par_chunks_mut(TASK)).try_for_each(|(keys, counts)| {
            let mut walk = Walk::new(self, keys);
            for (&key, count) in keys.iter().zip(counts) {
                *count = walk.count(key)?;
            }
            Ok(())
        })
    }
}
