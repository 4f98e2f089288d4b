//! A site folder → its inventory: every file read or refused, none forgotten.

use crate::ingest::buffer::Buffer;
use crate::ingest::discover::{self, Choice, FoundFile, Stamp};
use crate::ingest::site::{FolderError, SiteFolder, describe};
use crate::ingest::source::Source;
use crate::ingest::table::{self, Layout};
use crate::ingest::{FileError, access, lines, merge};
use crate::model::day::{Day, When};
use crate::model::file::{FileId, InputFile, Origin, Problem, Weight};
use crate::model::gauge::{Gauge, Unwatched};
use crate::model::inventory::Inventory;
use crate::rules::source::SourceSpec;
use crate::rules::{RuleSet, hex};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::thread;

/// How to read.
#[derive(Clone, Copy, Debug)]
pub struct ReadOptions {
    /// Compute the SHA-256 of every input.
    pub digests: bool,
}

/// Smaller files are digested on the spot; for larger ones a thread is worth its start.
const DIGEST_ASIDE: u64 = 1 << 20;

/// Reads a whole site.
pub fn read_site(
    folder: &SiteFolder,
    rules: &RuleSet,
    options: ReadOptions,
) -> Result<Inventory, FolderError> {
    read_site_watched(folder, rules, options, &Unwatched)
}

/// Reads a whole site and tells `gauge` of the bytes of its files.
pub fn read_site_watched(
    folder: &SiteFolder,
    rules: &RuleSet,
    options: ReadOptions,
    gauge: &dyn Gauge,
) -> Result<Inventory, FolderError> {
    let mut site = Inventory { site: describe(folder)?, ..Inventory::default() };
    let found = discover::files(folder, rules);
    // Registers and links say something about exports; without any there is nothing to judge.
    let exports = found.iter().any(|file| !file.inner.starts_with("inventory/"));
    gauge.expect(found.iter().map(|found| found.file.size).sum());
    let read = |found: FoundFile<'_>| {
        let size = found.file.size;
        let part = read_file(found, rules, options);
        gauge.done(size);
        part
    };
    let parts: Vec<Inventory> = found.into_par_iter().map(read).collect();
    if !exports {
        site.absorb(no_data(folder));
    }
    for part in parts {
        site.absorb(part);
    }
    note_duplicate_content(&mut site);
    merge::join(&mut site);
    access::apply(&mut site);
    Ok(site)
}

/// A site that sent nothing is named, and the run is incomplete: missing is never clean.
fn no_data(folder: &SiteFolder) -> Inventory {
    let mut part = Inventory::default();
    let inner = folder.path.strip_prefix(&folder.root).unwrap_or(&folder.path);
    let path = format!("{}/", inner.to_string_lossy().replace('\\', "/"));
    let mut file = InputFile { path, ..InputFile::default() };
    refuse(&mut part, &mut file, &FileError::new("no-data"));
    part.files.push(file);
    part
}

/// Says where a last use lies after the day that judges: a clock is wrong, or the day is.
pub fn note_future(site: &mut Inventory, as_of: Day) {
    let mut late: BTreeMap<FileId, u32> = BTreeMap::new();
    for row in site.accounts.rows() {
        if matches!(site.accounts.last_use.get(row).when(), When::On(day) if day > as_of.plus(1)) {
            *late.entry(site.accounts.origin.get(row).file).or_default() += 1;
        }
    }
    for (file, count) in late {
        let problem = Problem::new(Origin { file, line: 0 }, Weight::Warning, "future-date");
        site.problems.push(problem.detail(format!("{count} accounts")));
    }
}

/// Reads one file into an inventory of its own that holds exactly this file.
fn read_file(mut found: FoundFile<'_>, rules: &RuleSet, options: ReadOptions) -> Inventory {
    let (choice, kept) = (found.choice.take(), found.kept.take());
    let found = &found;
    let mut part = Inventory::default();
    let mut file = found.file.clone();
    match &choice {
        Some(_) if file.superseded => {
            part.problems.push(Problem::new(Origin::default(), Weight::Warning, "older-version"));
        }
        Some(choice) => {
            let digest = options.digests;
            match read_with_digest((found, kept), choice, rules, &mut part, digest) {
                Ok(sha256) => file.sha256 = sha256,
                Err(error) => {
                    part = Inventory::default();
                    refuse(&mut part, &mut file, &error);
                }
            }
            describe_columns(choice, &mut part, &mut file);
        }
        None => {
            let mut error = FileError::new(known_code(&file.problem));
            error.detail.clone_from(&file.reason);
            refuse(&mut part, &mut file, &error);
        }
    }
    finish(found, &mut part, file);
    part
}

fn finish(found: &FoundFile<'_>, part: &mut Inventory, mut file: InputFile) {
    if let Some(other) = found.ambiguous_with {
        let problem = Problem::new(Origin::default(), Weight::Warning, "encoding-guessed");
        part.problems.push(problem.detail(format!("{} or {}", file.encoding, other.name())));
    }
    for (code, detail) in &found.notes {
        let problem = Problem::new(Origin::default(), Weight::Warning, code);
        part.problems.push(problem.detail(detail.clone()));
    }
    debug_assert!(part.rows.balanced(), "{}", file.path);
    file.rows = std::mem::take(&mut part.rows);
    file.holds_secrets = !part.credentials.is_empty();
    if let [system] = part.systems.as_slice() {
        part.names.get(system.name).clone_into(&mut file.system);
    }
    part.files.push(file);
}

fn refuse(part: &mut Inventory, file: &mut InputFile, error: &FileError) {
    error.code.clone_into(&mut file.problem);
    let problem = Problem::new(error.origin, Weight::File, error.code);
    part.problems.push(problem.detail(error.detail.clone()));
}

// Codes travel as owned text through discovery; problems hold them as static words.
fn known_code(code: &str) -> &'static str {
    const CODES: [&str; 17] = [
        "cloud-placeholder",
        "zip-ratio",
        "bad-workbook",
        "bad-profile",
        "bad-xml",
        "no-records",
        "too-many-columns",
        "empty-file",
        "unreadable",
        "special-file",
        "unsupported",
        "encrypted-workbook",
        "not-text",
        "duplicate-column",
        "individual-number",
        "ambiguous-reader",
        "unknown-header",
    ];
    CODES.into_iter().find(|known| *known == code).unwrap_or("unrecognised")
}

/// A file, and its bytes where they were read when it was recognised.
type Given<'f, 'r> = (&'f FoundFile<'r>, Option<Buffer>);

fn read_with_digest(
    (found, kept): Given<'_, '_>,
    choice: &Choice<'_>,
    rules: &RuleSet,
    part: &mut Inventory,
    digest: bool,
) -> Result<String, FileError> {
    let before = if kept.is_some() { found.stamp } else { Some(stamp(&found.path)?) };
    let aside = digest && found.file.size > DIGEST_ASIDE;
    let result = thread::scope(|scope| {
        let digester = aside.then(|| scope.spawn(|| sha256(&found.path)));
        read_bytes((found, kept), choice, rules, part)?;
        match digester {
            Some(thread) => Ok(thread.join().map_err(|_| FileError::new("unreadable"))??),
            None if digest => Ok(sha256(&found.path)?),
            None => Ok(String::new()),
        }
    });
    if Some(stamp(&found.path)?) != before {
        let problem = Problem::new(Origin::default(), Weight::File, "changed-during-read");
        part.problems.push(problem);
    }
    result
}

fn read_bytes(
    (found, kept): Given<'_, '_>,
    choice: &Choice<'_>,
    rules: &RuleSet,
    part: &mut Inventory,
) -> Result<(), FileError> {
    let mut source = open(found, kept, part)?;
    match choice {
        Choice::Coded(reader) => reader.read(&mut source, rules, part),
        Choice::Table(spec, layout) => {
            table::read(spec, layout, &mut source, part)?;
            reread_dates(found, spec, layout, part)
        }
        Choice::Lines(profile, _) => lines::read(profile, &mut source, part),
    }
}

fn open<'f>(
    found: &'f FoundFile<'_>,
    kept: Option<Buffer>,
    part: &mut Inventory,
) -> Result<Source<'f>, FileError> {
    let opened = found.form.open(&found.path, found.encoding, found.bom_len)?;
    part.problems.extend(opened.problems);
    let source = Source::new(&found.inner, opened.encoding, opened.bom_len, opened.bytes);
    Ok(source.of_size(found.file.size).with(kept))
}

/// Whether the day or the month stands first is judged by a table's beginning. Where dates were
/// refused, the whole table is asked, and read again if it says something else.
fn reread_dates(
    found: &FoundFile<'_>,
    spec: &SourceSpec,
    layout: &Layout,
    part: &mut Inventory,
) -> Result<(), FileError> {
    if !table::may_be_misread(spec, &part.problems) {
        return Ok(());
    }
    let mut again = Inventory::default();
    let order = table::order_of_file(&mut open(found, None, &mut again)?, layout.delimiter)?;
    if order == layout.order {
        return Ok(());
    }
    let layout = Layout { order, ..layout.clone() };
    *part = Inventory::default();
    table::read(spec, &layout, &mut open(found, None, part)?, part)
}

fn stamp(path: &Path) -> io::Result<Stamp> {
    std::fs::metadata(path).map(|meta| discover::stamp(&meta))
}

fn sha256(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let mut digest = Sha256::new();
    let mut buffer = vec![0; 1 << 20];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hex(&digest.finalize())),
            read => digest.update(&buffer[..read]),
        }
    }
}

fn describe_columns(choice: &Choice<'_>, part: &mut Inventory, file: &mut InputFile) {
    (file.columns_used, file.columns_ignored) = std::mem::take(&mut part.columns);
    let Choice::Table(_, layout) = choice else { return };
    for (column, role) in layout.roles.iter().enumerate() {
        // A name is shown only for a header that was understood; others could be data.
        match role {
            Some(_) => file.columns_used.push(layout.names[column].clone()),
            None => file.columns_ignored.push(format!("column {}", column + 1)),
        }
    }
}

/// The same bytes given twice are not two sources.
fn note_duplicate_content(site: &mut Inventory) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for index in 0..site.files.len() {
        let file = &site.files[index];
        if file.sha256.is_empty() {
            continue;
        }
        if let Some(first) = seen.get(&file.sha256) {
            let detail = site.files[*first].path.clone();
            let origin = Origin { file: FileId(index as u32), line: 0 };
            let problem = Problem::new(origin, Weight::Warning, "duplicate-content");
            site.problems.push(problem.detail(detail));
        } else {
            seen.insert(file.sha256.clone(), index);
        }
    }
}
