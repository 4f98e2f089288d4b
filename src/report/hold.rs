//! A folder that one process at a time writes into, and what a killed one left in it.
//!
//! The lock ends with its process, however that ends: a temporary file in a folder that is held by
//! nobody else belongs to nobody. Where a file system knows no locks (some network shares), nobody
//! is kept out, and only leftovers that are older than any run are cleared.

use crate::report::{ReportError, perm};
use std::fs::{self, DirEntry, File};
use std::io;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

pub(super) const PREFIX: &str = ".kagiban-";
pub(super) const SUFFIX: &str = ".partial";

/// Longest time to wait for another process: writing a million findings takes less.
const PATIENCE: Duration = Duration::from_mins(1);
/// Time between two looks.
const PAUSE: Duration = Duration::from_millis(50);
/// Age from which a temporary file is nobody's, where no lock tells.
const OLD: Duration = Duration::from_hours(24);

/// A folder that is held until this is dropped.
pub(super) struct Hold {
    _lock: Option<File>,
}

/// Holds a folder, waiting for whoever writes into it, and clears what a killed process left.
pub(super) fn hold(folder: &Path) -> Result<Hold, ReportError> {
    hold_within(folder, PATIENCE)
}

fn hold_within(folder: &Path, patience: Duration) -> Result<Hold, ReportError> {
    let until = Instant::now() + patience;
    let lock = loop {
        match perm::lock_folder(folder) {
            Ok(lock) => break Some(lock),
            Err(error) if error.kind() != io::ErrorKind::WouldBlock => break None,
            Err(_) if Instant::now() >= until => {
                return Err(ReportError::Busy { path: folder.to_owned() });
            }
            Err(_) => thread::sleep(PAUSE),
        }
    };
    clear(folder, lock.is_some());
    Ok(Hold { _lock: lock })
}

/// True for the names of files that do not stand in their place yet.
pub(super) fn is_temporary(name: &str) -> bool {
    name.starts_with(PREFIX) && name.ends_with(SUFFIX)
}

fn clear(folder: &Path, held: bool) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let ours = |entry: &DirEntry| is_temporary(&entry.file_name().to_string_lossy());
    for entry in entries.flatten().filter(ours).filter(|entry| held || is_old(entry)) {
        // Leftovers of another user may stay; they are in nobody's way.
        let _ = fs::remove_file(entry.path());
    }
}

fn is_old(entry: &DirEntry) -> bool {
    let changed = entry.metadata().and_then(|meta| meta.modified());
    changed.is_ok_and(|time| time.elapsed().is_ok_and(|age| age > OLD))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::SystemTime;

    const LEFT: &str = ".kagiban-0123456789ab.partial";

    fn left(folder: &Path) -> bool {
        folder.join(LEFT).exists()
    }

    #[test]
    fn one_at_a_time_and_leftovers_go_with_the_next() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        let first = hold(folder).unwrap();
        fs::write(folder.join(LEFT), "half of a report").unwrap();
        let second = hold_within(folder, Duration::ZERO);
        assert!(matches!(second, Err(ReportError::Busy { .. })), "the folder is held");
        assert!(left(folder), "what the holder writes is left alone");
        drop(first);
        let third = hold_within(folder, Duration::ZERO).unwrap();
        assert!(!left(folder), "nobody holds the folder any longer");
        drop(third);
    }

    #[test]
    fn who_waits_gets_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let first = hold(folder.path()).unwrap();
        thread::scope(|scope| {
            let waiting = scope.spawn(|| hold(folder.path()).map(drop));
            thread::sleep(PAUSE * 2);
            assert!(!waiting.is_finished());
            drop(first);
            waiting.join().unwrap().unwrap();
        });
    }

    #[test]
    fn without_locks_only_old_leftovers_go() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        fs::write(folder.join(LEFT), "half of a report").unwrap();
        clear(folder, false);
        assert!(left(folder));
        let file = File::options().write(true).open(folder.join(LEFT)).unwrap();
        file.set_modified(SystemTime::now() - OLD * 2).unwrap();
        clear(folder, false);
        assert!(!left(folder));
    }
}
