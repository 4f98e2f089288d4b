//! A search that ends before its words do: the time that was given, and Ctrl-C. Either way what is
//! known is written, and what was not tried is said.

#[path = "support/cells.rs"]
mod cells;
#[path = "support/process.rs"]
mod process;

use process::command;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// Accounts whose hashes take hours to try every word on.
const ACCOUNTS: usize = 40;

/// A server with slow hashes, each with a salt of its own; no word opens them.
fn site(folder: &Path) {
    let letters = |number: usize, count: usize| -> String {
        (0..count).map(|at| (b'a' + ((number * 7 + at * at) % 26) as u8) as char).collect()
    };
    let (mut shadow, mut passwd) = (String::new(), String::new());
    for number in 0..ACCOUNTS {
        // The last letters of salt and digest hold fewer bits than six.
        let (salt, digest) = (letters(number, 19) + ".", letters(number + 3, 30) + ".");
        let _ = writeln!(shadow, "u{number}:$2b$11${number:02}{salt}{digest}:20200:0:99999:7:::");
        let _ = writeln!(passwd, "u{number}:x:{0}:{0}::/home/u{number}:/bin/bash", 1000 + number);
    }
    let host = folder.join("kita/devices/srv");
    fs::create_dir_all(&host).expect("a new folder");
    fs::write(host.join("shadow"), shadow).expect("a new file");
    fs::write(host.join("passwd"), passwd).expect("a new file");
}

fn audit(folder: &Path, budget: &str) -> Command {
    let mut command = command();
    command.current_dir(folder).args(["audit", "kita", "-o", "out", "--as-of", "2026-11-22"]);
    command.args(["--lang", "en", "--csv", "plain", "--jobs", "2", "--budget", budget]);
    command
}

/// Asserts that the report is whole, and that it says what was left; gives run.json.
fn left(folder: &Path) -> serde_json::Value {
    let text = fs::read(folder.join("out/run.json")).expect("run.json");
    let run: serde_json::Value = serde_json::from_slice(&text).expect("a whole run.json");
    for output in run["outputs"].as_array().expect("outputs") {
        let name = output["file"].as_str().expect("a name");
        assert!(folder.join("out").join(name).is_file(), "{name} is announced and absent");
    }
    let findings = cells::parse(&fs::read(folder.join("out/findings.csv")).expect("findings")).1;
    assert_eq!(run["findings"]["count"], findings.len());
    // Missing data is no pass: what no word was tried for is not evaluable.
    for rule in ["QUAL-04", "QUAL-05", "QUAL-13"] {
        let row = findings.iter().find(|row| row["rule_id"] == rule && row["system"] == "srv");
        assert_eq!(row.expect(rule)["status"], "not-evaluable", "{rule}");
    }
    let rows = run["incomparable"].as_array().expect("incomparable");
    let [row] = rows.as_slice() else { panic!("one system and scheme: {rows:?}") };
    let number = |key: &str| row[key].as_u64().expect("a number");
    assert_eq!((row["scheme"].as_str(), number("secrets")), (Some("bcrypt"), ACCOUNTS as u64));
    assert!(number("tried") < number("of"), "coverage is said: {row}");
    run
}

fn warned(run: &serde_json::Value, of: &str) -> bool {
    let warnings = run["warnings"].as_array().expect("warnings");
    warnings.iter().any(|warning| warning.as_str().is_some_and(|text| text.contains(of)))
}

#[test]
fn a_budget_ends_the_search_in_time_and_coverage_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    site(folder.path());
    let started = Instant::now();
    let run = process::finish(&mut audit(folder.path(), "1s"));
    // A busy machine and a debug build: a second may take several, never the hours of all words.
    assert!(started.elapsed() < Duration::from_secs(30), "{:?}", started.elapsed());
    assert!(matches!(run.code, 0 | 1), "a budget is no gap in the inputs: {}", run.said());
    let header = left(folder.path());
    assert!(warned(&header, "--budget"), "{}", header["warnings"]);
}

#[cfg(unix)]
#[test]
fn ctrl_c_leaves_a_report_that_says_it_is_incomplete() {
    use std::io::{BufRead as _, BufReader, Read as _};
    use std::process::Stdio;
    let folder = tempfile::tempdir().expect("a folder");
    site(folder.path());
    let mut prepared = audit(folder.path(), "1h");
    let mut child =
        prepared.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the binary starts");
    let mut stderr = BufReader::new(child.stderr.take().expect("a stream"));
    // The plan is told when the search begins.
    let mut said = String::new();
    while !said.contains("bcrypt: ") {
        assert!(stderr.read_line(&mut said).expect("a line") > 0, "no plan was told: {said}");
    }
    let number = rustix::process::Pid::from_child(&child);
    rustix::process::kill_process(number, rustix::process::Signal::INT).expect("a signal");
    let started = Instant::now();
    stderr.read_to_string(&mut said).expect("the rest");
    let status = child.wait().expect("an end");
    assert!(started.elapsed() < Duration::from_secs(30), "{:?}", started.elapsed());
    assert_eq!(status.code(), Some(130), "{said}");
    assert!(said.contains("interrupted"), "{said}");
    let header = left(folder.path());
    assert_eq!(header["complete"], false);
    assert!(warned(&header, "interrupted"), "{}", header["warnings"]);
}
