//! Files: complete or absent, private, never through a link.

use crate::model::lang::Lang;
use crate::report::sample::Sample;
use crate::report::{CsvFlavour, Output, ReportError, write};
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn write_csv(folder: &Path) -> Result<(), ReportError> {
    let sample = Sample::full();
    write(&["csv"], &sample.context(Lang::En, CsvFlavour::Plain), folder).map(|_| ())
}

#[test]
fn a_failed_run_leaves_the_old_report() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("findings.csv"), "old").unwrap();
    let mut out = Output::create(folder.path(), Vec::new()).unwrap();
    out.file("findings.csv", |sink| sink.write_all(b"new")).unwrap();
    let full = out.file("quarantine.csv", |_| Err(io::ErrorKind::StorageFull.into()));
    let message = full.unwrap_err().to_string();
    assert!(message.contains("quarantine.csv") && message.contains("\nhint: "), "{message}");
    drop(out);
    assert_eq!(names(folder.path()), ["findings.csv"]);
    assert_eq!(fs::read(folder.path().join("findings.csv")).unwrap(), b"old");
}

#[test]
fn nothing_has_its_name_before_everything_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let mut out = Output::create(folder.path(), Vec::new()).unwrap();
    out.file("findings.csv", |sink| sink.write_all(b"new")).unwrap();
    assert!(!folder.path().join("findings.csv").exists());
    out.finish().unwrap();
    assert_eq!(names(folder.path()), ["findings.csv"]);
}

#[test]
fn leftovers_of_a_killed_run_are_removed() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(".kagiban-abc.partial"), "x").unwrap();
    fs::write(folder.path().join("notes.partial"), "mine").unwrap();
    write_csv(folder.path()).unwrap();
    assert_eq!(
        names(folder.path()),
        ["checklist.csv", "coverage.csv", "findings.csv", "notes.partial", "quarantine.csv"]
    );
}

#[test]
fn a_digest_is_that_of_the_bytes_on_disk() {
    use sha2::{Digest, Sha256};
    let folder = tempfile::tempdir().unwrap();
    let sample = Sample::full();
    let cx = sample.context(Lang::Ja, CsvFlavour::Excel);
    for file in write(&["json", "csv", "csv"], &cx, folder.path()).unwrap() {
        let bytes = fs::read(folder.path().join(&file.name)).unwrap();
        assert_eq!(file.sha256, crate::rules::hex(&Sha256::digest(&bytes)), "{}", file.name);
    }
}

#[test]
fn a_file_where_the_folder_belongs_is_an_error_with_its_path() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out");
    fs::write(&path, "x").unwrap();
    let message = write_csv(&path).unwrap_err().to_string();
    assert!(message.contains(path.to_str().unwrap()), "{message}");
    fs::create_dir_all(folder.path().join("run/findings.csv")).unwrap();
    let message = write_csv(&folder.path().join("run")).unwrap_err().to_string();
    assert!(message.contains("findings.csv: a folder"), "{message}");
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn files_are_0600_in_folders_of_0700() {
        let folder = tempfile::tempdir().unwrap();
        let run = folder.path().join("runs/2026-11");
        write_csv(&run).unwrap();
        assert_eq!(mode(&folder.path().join("runs")), 0o700);
        assert_eq!(mode(&run), 0o700);
        for name in names(&run) {
            assert_eq!(mode(&run.join(name)), 0o600);
        }
        fs::set_permissions(run.join("findings.csv"), fs::Permissions::from_mode(0o644)).unwrap();
        write_csv(&run).unwrap();
        assert_eq!(mode(&run.join("findings.csv")), 0o600);
    }

    #[test]
    fn a_folder_that_was_there_is_narrowed_only_while_empty() {
        let folder = tempfile::tempdir().unwrap();
        let open = |name: &str| {
            let path = folder.path().join(name);
            fs::create_dir(&path).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
            path
        };
        let empty = open("empty");
        assert!(Output::create(&empty, Vec::new()).unwrap().is_private());
        assert_eq!(mode(&empty), 0o700);
        let used = open("used");
        fs::write(used.join("x"), "x").unwrap();
        assert!(!Output::create(&used, Vec::new()).unwrap().is_private());
        assert_eq!(mode(&used), 0o755);
    }

    #[test]
    fn links_are_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let (run, victim) = (folder.path().join("run"), folder.path().join("victim"));
        fs::create_dir(&run).unwrap();
        fs::write(&victim, "precious").unwrap();
        symlink(&victim, run.join("findings.csv")).unwrap();
        let message = write_csv(&run).unwrap_err().to_string();
        assert!(message.contains("findings.csv: a link"), "{message}");
        assert_eq!(fs::read(&victim).unwrap(), b"precious");
        assert_eq!(names(&run), ["findings.csv"]);
        symlink(folder.path().join("nowhere"), folder.path().join("dangling")).unwrap();
        assert!(write_csv(&folder.path().join("dangling")).is_err());
    }

    #[test]
    fn a_folder_without_write_permission_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let run = folder.path().join("run");
        fs::create_dir(&run).unwrap();
        fs::write(run.join("x"), "x").unwrap();
        fs::set_permissions(&run, fs::Permissions::from_mode(0o500)).unwrap();
        let as_root = fs::write(run.join("probe"), "x").is_ok();
        assert!(as_root || write_csv(&run).unwrap_err().to_string().contains("findings.csv"));
        fs::set_permissions(&run, fs::Permissions::from_mode(0o700)).unwrap();
    }
}
