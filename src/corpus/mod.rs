//! Lists of breached passwords: text as services publish it, looked up where it lies.
//!
//! `HASH:count` lines, sorted, of NT or SHA-1 digests: one file ([`file`]), or one file for each
//! prefix of five digits (`folder`). Nothing is built or indexed: digests are spread evenly, so
//! the place of one follows from its value, and sorted questions lead through the list once.
//!
//! What is read is checked: grammar and order of every line that is looked at, a thousand places
//! before the first question, and whether both ends are there. A list that is cut or unsorted is
//! refused, because a miss in it would read as "not breached".

mod file;
mod folder;
mod line;
mod walk;

use crate::model::breach::{Corpus, CorpusError};
use crate::model::day::Day;
use std::fs::{self, Metadata};
use std::path::Path;
use std::time::UNIX_EPOCH;

/// Opens a list: a file, or a folder with one file for each prefix.
pub fn open(path: &Path) -> Result<Box<dyn Corpus>, CorpusError> {
    let meta = fs::metadata(path).map_err(|error| unreadable(path, &error))?;
    if meta.is_dir() {
        return Ok(Box::new(folder::Folder::open(path, &meta)?));
    }
    Ok(Box::new(file::SortedFile::open(path, &meta)?))
}

fn unreadable(path: &Path, error: &std::io::Error) -> CorpusError {
    CorpusError {
        place: path.display().to_string(),
        message: error.to_string(),
        hint: "--corpus takes a sorted list of HASH:count lines, or a folder with a file per prefix",
    }
}

/// Name of a file or folder without the way to it.
fn name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn changed(meta: &Metadata) -> Option<Day> {
    let since = meta.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(Day::from_epoch_days((since.as_secs() / 86_400) as i32))
}

/// True where a list of about `lines` digests cannot end with a digest that leaves `room` above it.
///
/// Digests are spread evenly: the mean gap is 2^64 / lines, and one of 64 means is a matter of
/// e^-64. So a longer one says that lines are missing.
fn too_far(room: u64, lines: u64) -> bool {
    lines >= 128 && room / 64 > u64::MAX / lines
}

const CUT: &str = "get the list again: part of it is missing";

#[cfg(test)]
mod tests;
