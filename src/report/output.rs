//! Output files: complete or absent.
//!
//! Every file is written under a temporary name in the target folder, flushed to the disk, and
//! only when all of them are there do they get their names. A crash leaves the old report intact;
//! two runs into one folder write one after the other (see `hold`).

use crate::report::hold::{self, Hold, PREFIX, SUFFIX, is_temporary};
use crate::report::{ReportError, perm};
use crate::rules::hex;
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::{Builder, NamedTempFile, TempPath};

/// A file that was written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Written {
    /// Name inside the folder.
    pub name: String,
    /// SHA-256 of its bytes, in hex.
    pub sha256: String,
    /// Size in bytes.
    pub bytes: u64,
}

/// A file that is written but does not stand in its place yet.
struct Staged {
    written: Written,
    file: File,
    path: TempPath,
}

/// A folder that is being filled. Dropped without [`Output::finish`], it leaves nothing behind.
pub struct Output {
    folder: PathBuf,
    staged: Vec<Staged>,
    planned: Vec<String>,
    // The last field: what is staged goes before the folder is given back.
    _hold: Hold,
}

impl Output {
    /// Makes the folder where it is missing (0700), waits for another process that writes into it,
    /// and removes temporaries of a killed one. `planned` are the files that will be written, for writers that mention the others.
    ///
    /// A folder that was there before keeps its permissions unless it is empty; see
    /// [`Output::is_private`].
    pub fn create(folder: &Path, planned: Vec<String>) -> Result<Self, ReportError> {
        match fs::metadata(folder) {
            Ok(meta) if meta.is_dir() => adopt(folder)?,
            Ok(_) => return Err(in_the_way(folder, "a file")),
            Err(_) if fs::symlink_metadata(folder).is_ok() => {
                return Err(in_the_way(folder, "a dangling link"));
            }
            Err(_) => perm::create_folder(folder).map_err(ReportError::at(folder))?,
        }
        let hold = hold::hold(folder)?;
        Ok(Self { folder: folder.to_owned(), staged: Vec::new(), planned, _hold: hold })
    }

    /// The folder, for writers that need room beside their file.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// False where others can look into the folder: worth a warning.
    pub fn is_private(&self) -> bool {
        perm::is_private(&self.folder)
    }

    /// The files that will be written, in the order of writing.
    pub fn planned(&self) -> &[String] {
        &self.planned
    }

    /// The files that are complete so far.
    pub fn written(&self) -> impl Iterator<Item = &Written> {
        self.staged.iter().map(|staged| &staged.written)
    }

    /// True when `name` is complete already: two formats may share a file.
    pub fn has(&self, name: &str) -> bool {
        self.written().any(|written| written.name == name)
    }

    /// Writes one file through `body`.
    pub fn file(
        &mut self,
        name: &str,
        body: impl FnOnce(&mut Sink) -> io::Result<()>,
    ) -> Result<(), ReportError> {
        debug_assert!(!name.contains(['/', '\\']), "outputs stand directly in their folder");
        let target = self.folder.join(name);
        refuse_oddities(&target)?;
        let staged = self.stage(name, body).map_err(ReportError::at(target))?;
        self.staged.push(staged);
        Ok(())
    }

    fn stage(
        &self,
        name: &str,
        body: impl FnOnce(&mut Sink) -> io::Result<()>,
    ) -> io::Result<Staged> {
        let (file, path) = temporary(&self.folder)?.into_parts();
        let mut sink = Sink::new(file);
        body(&mut sink)?;
        let (file, sha256, bytes) = sink.close()?;
        Ok(Staged { written: Written { name: name.to_owned(), sha256, bytes }, file, path })
    }

    /// Gives every file its name, replacing those of an earlier run.
    pub fn finish(self) -> Result<Vec<Written>, ReportError> {
        // A disk takes several flushes together in the time of one.
        self.staged.par_iter().try_for_each(|staged| {
            let target = self.folder.join(&staged.written.name);
            refuse_oddities(&target)?;
            staged.file.sync_all().map_err(ReportError::at(target))
        })?;
        let mut done = Vec::with_capacity(self.staged.len());
        for staged in self.staged {
            let target = self.folder.join(&staged.written.name);
            staged.path.persist(&target).map_err(|e| ReportError::at(target)(e.error))?;
            done.push(staged.written);
        }
        perm::sync_folder(&self.folder).map_err(ReportError::at(&self.folder))?;
        Ok(done)
    }
}

/// A private file under a name that the next run clears, should this one be killed.
pub(super) fn temporary(folder: &Path) -> io::Result<NamedTempFile> {
    Builder::new().prefix(PREFIX).suffix(SUFFIX).rand_bytes(12).tempfile_in(folder)
}

/// Takes over a folder that was there before: an empty one becomes private.
fn adopt(folder: &Path) -> Result<(), ReportError> {
    let mut entries = fs::read_dir(folder).map_err(ReportError::at(folder))?.flatten();
    if entries.all(|entry| is_temporary(&entry.file_name().to_string_lossy())) {
        // A folder of somebody else cannot be changed; `is_private` tells.
        let _ = perm::make_private(folder);
    }
    Ok(())
}

fn refuse_oddities(target: &Path) -> Result<(), ReportError> {
    match fs::symlink_metadata(target) {
        Ok(meta) if meta.is_symlink() => Err(in_the_way(target, "a link")),
        Ok(meta) if meta.is_dir() => Err(in_the_way(target, "a folder")),
        Ok(meta) if !meta.is_file() => Err(in_the_way(target, "a special file")),
        _ => Ok(()),
    }
}

fn in_the_way(path: &Path, what: &'static str) -> ReportError {
    ReportError::InTheWay { path: path.to_owned(), what }
}

/// Where the bytes of one file go. Counts and digests them on the way.
pub struct Sink {
    file: BufWriter<File>,
    digest: Sha256,
    bytes: u64,
}

impl Sink {
    fn new(file: File) -> Self {
        Self { file: BufWriter::with_capacity(1 << 16, file), digest: Sha256::new(), bytes: 0 }
    }

    /// Writes the parts in their order; the digest is computed on another thread meanwhile.
    pub(crate) fn write_parts(&mut self, parts: &[Vec<u8>]) -> io::Result<()> {
        let Self { file, digest, bytes } = self;
        *bytes += parts.iter().map(|part| part.len() as u64).sum::<u64>();
        let (written, ()) = rayon::join(
            || parts.iter().try_for_each(|part| file.write_all(part)),
            || parts.iter().for_each(|part| digest.update(part)),
        );
        written
    }

    fn close(self) -> io::Result<(File, String, u64)> {
        let file = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        Ok((file, hex(&self.digest.finalize()), self.bytes))
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = self.file.write(bytes)?;
        self.digest.update(&bytes[..taken]);
        self.bytes += taken as u64;
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
