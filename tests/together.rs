//! Several audits into one folder: one writes after the other, none disturbs another, and what a
//! killed one left goes.

#![cfg(unix)]

#[path = "support/process.rs"]
mod process;

use process::command;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

const LEFT: &str = ".kagiban-0123456789ab.partial";

fn audit(folder: &Path, lang: &str) -> Command {
    let sites = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/months/2026-11");
    let mut command = command();
    command.current_dir(folder).arg("audit").arg(sites).args(["-o", "out", "--exit-zero"]);
    command.args(["--as-of", "2026-11-22", "--lang", lang, "--against", "none"]);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

fn said(child: Child) -> (Option<i32>, String) {
    let output = child.wait_with_output().expect("an end");
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

/// Asserts that the folder holds one whole report, and nothing half.
fn whole(out: &Path) {
    let run = fs::read(out.join("run.json")).expect("run.json");
    let run: serde_json::Value = serde_json::from_slice(&run).expect("a whole run.json");
    let outputs = run["outputs"].as_array().expect("outputs");
    assert!(outputs.len() > 5, "{outputs:?}");
    for output in outputs {
        let name = output["file"].as_str().expect("a name");
        let bytes = fs::read(out.join(name)).expect("an announced file");
        let digest = Sha256::digest(&bytes).iter().fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        });
        assert_eq!(output["sha256"], digest, "{name} is another audit's");
    }
    let names = process::sorted(out);
    assert!(!names.iter().any(|path| path.to_string_lossy().contains(".partial")), "{names:?}");
}

#[test]
fn audits_at_once_each_write_a_whole_report() {
    let folder = tempfile::tempdir().expect("a folder");
    let start = |at: usize| {
        let lang = if at.is_multiple_of(2) { "ja" } else { "en" };
        audit(folder.path(), lang).spawn().expect("the binary starts")
    };
    let running: Vec<Child> = (0..4).map(start).collect();
    for child in running {
        assert_eq!(said(child), (Some(0), String::new()));
    }
    whole(&folder.path().join("out"));
}

#[test]
fn who_finds_the_folder_held_waits_and_clears_what_was_left() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("out");
    fs::create_dir(&out).expect("a new folder");
    let held = File::open(&out).expect("a folder");
    held.try_lock().expect("a lock");
    fs::write(out.join(LEFT), "half of a report").expect("a new file");
    let mut waiting = audit(folder.path(), "en").spawn().expect("the binary starts");
    thread::sleep(Duration::from_secs(2));
    assert!(waiting.try_wait().expect("a child").is_none(), "it waits");
    assert!(out.join(LEFT).exists(), "what another process writes is left alone");
    assert!(!out.join("run.json").exists());
    drop(held);
    assert_eq!(said(waiting), (Some(0), String::new()));
    whole(&out);
}
