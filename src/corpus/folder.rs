//! A list in a folder: one file for each prefix of five digits, whose lines hold the rest.

use super::line::{self, Fault, LONGEST, Line};
use super::{CUT, changed, name, too_far, unreadable};
use crate::model::breach::{Corpus, CorpusError, CorpusHash, CorpusUsed, DigestKey};
use rayon::prelude::*;
use std::fs::{self, File, Metadata};
use std::io::Read;
use std::path::{Path, PathBuf};

/// Digits of a prefix.
const PREFIX: usize = 5;
/// Prefixes that there are.
const PREFIXES: usize = 1 << (4 * PREFIX);
/// Most bytes of one file; those of the service have some forty thousand.
const LARGEST: u64 = 1 << 24;

/// A folder of files by prefix.
pub(super) struct Folder {
    path: PathBuf,
    /// Which prefixes have a file.
    present: Vec<bool>,
    /// How file names are written.
    style: Style,
    about: CorpusUsed,
}

/// Names of one folder: `5BAA6`, `5baa6`, `5BAA6.txt`.
#[derive(Clone, PartialEq, Eq)]
struct Style {
    upper: bool,
    extension: String,
}

impl Style {
    /// The prefix that a file name says. Names of digits alone tell nothing about case.
    fn of(name: &str) -> Option<(u32, Option<bool>, &str)> {
        let (stem, extension) = name.split_at_checked(PREFIX)?;
        let prefix = stem.bytes().all(|byte| byte.is_ascii_hexdigit());
        let packed = !extension.is_empty() && extension != ".txt";
        if !prefix || packed {
            return None;
        }
        let letter = stem.bytes().find(u8::is_ascii_alphabetic);
        let number = u32::from_str_radix(stem, 16).ok()?;
        Some((number, letter.map(|letter| letter.is_ascii_uppercase()), extension))
    }

    fn name(&self, prefix: u32) -> String {
        let extension = &self.extension;
        if self.upper {
            format!("{prefix:05X}{extension}")
        } else {
            format!("{prefix:05x}{extension}")
        }
    }
}

impl Folder {
    /// Opens a folder: lists its files and tells from the first what they hold.
    pub(super) fn open(path: &Path, meta: &Metadata) -> Result<Self, CorpusError> {
        let mut present = vec![false; PREFIXES];
        let (mut style, mut files) = (Style { upper: true, extension: String::new() }, 0);
        for entry in fs::read_dir(path).map_err(|error| unreadable(path, &error))? {
            let entry = entry.map_err(|error| unreadable(path, &error))?;
            let name = entry.file_name();
            let Some((prefix, upper, extension)) = name.to_str().and_then(Style::of) else {
                continue;
            };
            style.upper = upper.unwrap_or(style.upper);
            extension.clone_into(&mut style.extension);
            present[prefix as usize] = true;
            files += 1;
        }
        let about = CorpusUsed {
            name: name(path),
            hash: CorpusHash::Nt,
            files,
            bytes: None,
            date: changed(meta),
        };
        let mut folder = Self { path: path.to_path_buf(), present, style, about };
        let Some(first) = folder.present.iter().position(|&present| present) else {
            return Err(folder.error("no file is named by a prefix of five digits, such as 5BAA6"));
        };
        let text = folder.text(first as u32)?;
        folder.about.hash = line::kind(&text, PREFIX)
            .ok_or_else(|| folder.fault(first as u32, 1, Fault::Shape.words()))?;
        Ok(folder)
    }

    fn error(&self, message: &str) -> CorpusError {
        let place = self.path.display().to_string();
        let hint = "--corpus takes a folder with one file per prefix, or a single sorted file";
        CorpusError { place, message: message.to_owned(), hint }
    }

    fn fault(&self, prefix: u32, line: usize, words: (&str, &'static str)) -> CorpusError {
        let file = self.path.join(self.style.name(prefix));
        let place = format!("{}:{line}", file.display());
        CorpusError { place, message: words.0.to_owned(), hint: words.1 }
    }

    fn text(&self, prefix: u32) -> Result<Vec<u8>, CorpusError> {
        let path = self.path.join(self.style.name(prefix));
        let mut text = Vec::new();
        let read = File::open(&path).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut text));
        read.map_err(|error| unreadable(&path, &error))?;
        if text.len() as u64 > LARGEST {
            return Err(self.fault(prefix, 1, ("a file of more than 16 MiB", CUT)));
        }
        Ok(text)
    }

    /// Answers the questions of one prefix, while every line of its file is checked.
    fn prefix(&self, keys: &[DigestKey], counts: &mut [u32]) -> Result<(), CorpusError> {
        let prefix = prefix_of(keys[0]);
        if !self.present[prefix as usize] {
            let missing = format!("no file {}: the list is not whole", self.style.name(prefix));
            return Err(CorpusError { hint: CUT, ..self.error(&missing) });
        }
        let text = self.text(prefix)?;
        let digits = self.about.hash.digits();
        let (mut rest, mut before, mut asked) = (&text[..], None, 0);
        let mut lines = 0;
        while !rest.is_empty() {
            lines += 1;
            let line = suffix(prefix, rest, digits)
                .map_err(|fault| self.fault(prefix, lines, fault.words()))?;
            if before.is_some_and(|key| key >= line.key) {
                let words = ("the list is not sorted here", "get the list ordered by hash");
                return Err(self.fault(prefix, lines, words));
            }
            before = Some(line.key);
            rest = &rest[line.bytes..];
            while keys.get(asked).is_some_and(|&key| key < line.key) {
                asked += 1;
            }
            while keys.get(asked).is_some_and(|&key| key == line.key) {
                counts[asked] = line.count;
                asked += 1;
            }
        }
        // What is above the last line, as if the file were the whole list.
        let room = before.map_or(u64::MAX, |key| (u64::MAX - key.high) << (4 * PREFIX));
        if lines == 0 || too_far(room, lines as u64) {
            return Err(self.fault(prefix, lines.max(1), ("the file ends before its end", CUT)));
        }
        Ok(())
    }
}

fn prefix_of(key: DigestKey) -> u32 {
    (key.high >> (64 - 4 * PREFIX)) as u32
}

/// A line without its prefix, as if it had one.
fn suffix(prefix: u32, text: &[u8], digits: usize) -> Result<Line, Fault> {
    let mut whole = [0; PREFIX + LONGEST];
    let shown = format!("{prefix:05X}");
    whole[..PREFIX].copy_from_slice(shown.as_bytes());
    let taken = text.len().min(LONGEST);
    whole[PREFIX..PREFIX + taken].copy_from_slice(&text[..taken]);
    let line = line::parse(&whole[..PREFIX + taken], digits)?;
    Ok(Line { bytes: line.bytes - PREFIX, ..line })
}

impl Corpus for Folder {
    fn about(&self) -> &CorpusUsed {
        &self.about
    }

    fn counts(&self, keys: &[DigestKey], counts: &mut [u32]) -> Result<(), CorpusError> {
        let mut parts = Vec::new();
        let (mut keys, mut counts) = (keys, counts);
        while let Some(&first) = keys.first() {
            let end = keys.partition_point(|&key| prefix_of(key) == prefix_of(first));
            let (own, others) = keys.split_at(end);
            let (places, rest) = std::mem::take(&mut counts).split_at_mut(end);
            parts.push((own, places));
            (keys, counts) = (others, rest);
        }
        parts.into_par_iter().try_for_each(|(keys, counts)| self.prefix(keys, counts))
    }
}
