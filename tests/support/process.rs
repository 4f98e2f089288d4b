//! Running the binary under a time limit, on copies of fixtures, and keeping every byte it wrote.

#![allow(dead_code, reason = "every test uses a part of this")]

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// What a run left on its two streams.
pub(crate) struct Run {
    /// Exit code; -1 where a signal ended it.
    pub(crate) code: i32,
    /// Standard output.
    pub(crate) stdout: Vec<u8>,
    /// Standard error.
    pub(crate) stderr: Vec<u8>,
}

impl Run {
    /// Both streams as text, for messages.
    pub(crate) fn said(&self) -> String {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        format!("{}{}", text(&self.stdout), text(&self.stderr))
    }
}

/// The binary with an environment that says nothing about language or colour.
pub(crate) fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kagiban"));
    for name in ["LANG", "LC_ALL", "LC_MESSAGES", "NO_COLOR", "RUST_BACKTRACE"] {
        command.env_remove(name);
    }
    command
}

/// Runs the binary; one that has not ended after a minute is ended, and fails the test.
pub(crate) fn run<S: AsRef<std::ffi::OsStr>>(arguments: &[S]) -> Run {
    let mut child = command();
    finish(child.args(arguments))
}

/// Runs a prepared command under the same limit.
pub(crate) fn finish(command: &mut Command) -> Run {
    let started = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let stdout = drain(child.stdout.take());
    let stderr = drain(child.stderr.take());
    let status = loop {
        if let Some(status) = child.try_wait().expect("a child to wait for") {
            break status;
        }
        if started.elapsed() > Duration::from_mins(1) {
            child.kill().expect("a child to end");
            panic!("no end after a minute: {command:?}");
        }
        thread::sleep(Duration::from_millis(2));
    };
    let read = |stream: thread::JoinHandle<Vec<u8>>| stream.join().expect("a stream");
    Run { code: status.code().unwrap_or(-1), stdout: read(stdout), stderr: read(stderr) }
}

fn drain(stream: Option<impl Read + Send + 'static>) -> thread::JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut stream) = stream {
            stream.read_to_end(&mut bytes).expect("a readable stream");
        }
        bytes
    })
}

/// Copies a folder, leaving out the files called `expected.toml`.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a new folder");
    for entry in sorted(from) {
        let target = to.join(entry.file_name().expect("a name"));
        if entry.is_dir() {
            copy(&entry, &target);
        } else if !entry.ends_with("expected.toml") {
            fs::copy(&entry, &target).expect("a copied file");
        }
    }
}

/// Entries of a folder by name.
pub(crate) fn sorted(folder: &Path) -> Vec<std::path::PathBuf> {
    let read = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut entries: Vec<_> = read.map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    entries
}

/// Every file below a folder: path with `/`, bytes. An absent folder holds nothing.
pub(crate) fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    fn walk(root: &Path, folder: &Path, found: &mut Vec<(String, Vec<u8>)>) {
        for entry in sorted(folder) {
            if entry.is_dir() {
                walk(root, &entry, found);
            } else {
                let name = entry.strip_prefix(root).expect("a path below").to_string_lossy();
                found.push((name.replace('\\', "/"), fs::read(&entry).expect("a readable file")));
            }
        }
    }
    let mut found = Vec::new();
    if folder.is_dir() {
        walk(folder, folder, &mut found);
    }
    found
}
