//! `--max-memory`: the same bytes as without, no digest on the disk, nothing left behind, and a
//! clear end where the limit or the temporary folder does not allow it.

#[path = "support/process.rs"]
mod process;

use process::{Run, command, files, finish};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

fn demo() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/sites")
}

/// Audits a folder with lists in temporary files, however short they are.
fn audit(folder: &Path, out: &Path, options: &[&str]) -> Run {
    let mut command = command();
    command.env("KAGIBAN_SPILL", "all").arg("audit").arg(folder).arg("-o").arg(out);
    finish(command.args(["--as-of", "2026-11-22", "--lang", "ja"]).args(options))
}

fn audited(options: &[&str]) -> Vec<(String, Vec<u8>)> {
    let scratch = tempfile::tempdir().expect("a folder");
    let out = scratch.path().join("out");
    let run = audit(&demo(), &out, options);
    assert!(matches!(run.code, 0 | 1 | 3), "exit {}: {}", run.code, run.said());
    files(&out)
}

fn left(folder: &Path) -> usize {
    fs::read_dir(folder).expect("a folder").count()
}

#[test]
fn memory_changes_no_byte_whatever_the_number_of_threads() {
    let unlimited = audited(&[]);
    assert!(unlimited.iter().any(|(name, bytes)| name == "findings.csv" && bytes.len() > 10_000));
    let tmp = tempfile::tempdir().expect("a folder");
    let shown = tmp.path().to_string_lossy();
    for jobs in ["1", "3"] {
        let limited = audited(&["--max-memory", "512M", "--tmp", &shown, "--jobs", jobs]);
        assert_eq!(limited.len(), unlimited.len());
        for ((name, one), (_, two)) in unlimited.iter().zip(&limited) {
            assert!(one == two, "{name} differs with {jobs} threads");
        }
    }
    assert_eq!(left(tmp.path()), 0, "temporary files have no name");
}

#[test]
fn a_folder_that_takes_nothing_ends_the_run_with_its_path() {
    let scratch = tempfile::tempdir().expect("a folder");
    let (out, missing) = (scratch.path().join("out"), scratch.path().join("missing"));
    let shown = missing.to_string_lossy();
    let run = audit(&demo(), &out, &["--max-memory", "512M", "--tmp", &shown]);
    assert_eq!(run.code, 5, "{}", run.said());
    assert!(run.said().contains(&*shown) && run.said().contains("hint: "), "{}", run.said());
    assert!(!out.exists(), "nothing is half written");
}

/// A folder of eight megabytes, where the system lets a test make one.
#[cfg(target_os = "linux")]
#[test]
fn a_full_folder_ends_the_run_with_its_path() {
    let scratch = tempfile::tempdir().expect("a folder");
    let (out, small) = (scratch.path().join("out"), scratch.path().join("small"));
    fs::create_dir(&small).expect("a new folder");
    // A limit of file size stands for a full disk, which needs no rights: the shell sets it.
    let script = format!(
        "ulimit -f 1024; trap '' XFSZ; exec {:?} audit {:?} -o {out:?} --as-of 2026-11-22 --lang en --max-memory 512M --tmp {small:?}",
        env!("CARGO_BIN_EXE_kagiban"),
        demo()
    );
    let mut command = std::process::Command::new("sh");
    let run = finish(command.env("KAGIBAN_SPILL", "all").args(["-c", &script]));
    assert_eq!(run.code, 5, "{}", run.said());
    assert!(run.said().contains(&*small.to_string_lossy()), "{}", run.said());
    assert!(!out.exists() && left(&small) == 0);
}

#[cfg(target_os = "linux")]
#[test]
fn a_limit_that_cannot_hold_is_refused_with_a_number() {
    let scratch = tempfile::tempdir().expect("a folder");
    let out = scratch.path().join("out");
    let run = audit(&demo(), &out, &["--max-memory", "1M"]);
    assert_eq!(run.code, 2, "{}", run.said());
    let said = run.said();
    assert!(said.contains("--max-memory 1048576: ") && said.contains("--site"), "{said}");
    assert!(!out.exists(), "nothing is half written");
    for wrong in ["", "0", "two", "-1G"] {
        let run = audit(&demo(), &out, &[&format!("--max-memory={wrong}")]);
        assert_eq!(run.code, 2, "{wrong}: {}", run.said());
    }
}

#[cfg(unix)]
#[test]
fn a_killed_run_leaves_nothing() {
    let scratch = tempfile::tempdir().expect("a folder");
    let (tmp, out) = (scratch.path().join("tmp"), scratch.path().join("out"));
    fs::create_dir(&tmp).expect("a new folder");
    // Somebody waits for the whole day with these words, so that the kill comes in mid run.
    let words = scratch.path().join("words");
    let list: Vec<String> = (0..400_000).map(|number| format!("word{number}")).collect();
    fs::write(&words, list.join("\n")).expect("a new file");
    let mut child = command()
        .env("KAGIBAN_SPILL", "all")
        .args(["audit".as_ref(), demo().as_os_str(), "-o".as_ref(), out.as_os_str()])
        .args(["--as-of", "2026-11-22", "--budget", "10m", "--max-memory", "512M"])
        .args(["--wordlist".as_ref(), words.as_os_str(), "--tmp".as_ref(), tmp.as_os_str()])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the binary starts");
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(2) {
        assert!(child.try_wait().expect("a child").is_none(), "it ended before it was killed");
        std::thread::sleep(Duration::from_millis(50));
    }
    child.kill().expect("a child to kill");
    child.wait().expect("a child to wait for");
    assert_eq!(left(&tmp), 0);
    assert!(!out.join("run.json").exists(), "nothing is half written");
}
