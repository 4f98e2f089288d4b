//! Keys of devices on the command line: what they open, and what is said of a file that holds none.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// Three routers that share one key: encrypted under a master key here, in the open there.
fn site(folder: &Path) {
    let devices = folder.join("kita/devices");
    fs::create_dir_all(&devices).expect("a new folder");
    let config = |host: &str, key: &str| {
        format!(
            "!\nversion 15.2\nhostname {host}\n!\ncrypto isakmp key {key} address 192.0.2.1\nend\n"
        )
    };
    let encrypted = r"6 fe_a`iJYE\DZYJhDhTP[`MYaTgRH_MAAB";
    fs::write(devices.join("r1.cfg"), config("r1", encrypted)).expect("a file");
    for host in ["r2", "r3"] {
        let file = devices.join(format!("{host}.cfg"));
        fs::write(file, config(host, "0 Cisco123")).expect("a file");
    }
}

fn audit(folder: &Path, options: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_kagiban"))
        .current_dir(folder)
        .args(["audit", "kita", "-o", "out", "--as-of", "2026-11-25", "--csv", "plain"])
        .args(options)
        .output()
        .expect("the binary runs")
}

fn reuse_rows(folder: &Path) -> usize {
    let findings = fs::read_to_string(folder.join("out/findings.csv")).expect("findings");
    findings.lines().filter(|line| line.contains(",REUSE-11,") && line.contains(",new,")).count()
}

#[test]
fn a_key_joins_what_it_opens() {
    let folder = tempfile::tempdir().unwrap();
    site(folder.path());
    fs::write(folder.path().join("keys"), "# kita\ncisco-type6:Cisco123\n").unwrap();
    audit(folder.path(), &[]);
    // What two routers share may be their tunnel's key, which is no finding.
    assert_eq!(reuse_rows(folder.path()), 0);
    audit(folder.path(), &["--device-key", "keys"]);
    assert_eq!(reuse_rows(folder.path()), 3);
}

fn run(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kagiban"));
    let output = command.current_dir(folder).args(arguments).output().expect("the binary runs");
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{error}");
    String::from_utf8(output.stdout).expect("text")
}

#[test]
fn inventory_and_explain_take_the_same_keys() {
    let folder = tempfile::tempdir().unwrap();
    site(folder.path());
    fs::write(folder.path().join("keys"), "cisco-type6:Cisco123\n").unwrap();
    fs::write(folder.path().join("tag.key"), "5a".repeat(32)).unwrap();
    let tags = |more: &[&str]| {
        let base = ["inventory", "kita", "--what", "credentials", "--key", "tag.key"];
        let list = run(folder.path(), &[&base, more].concat());
        let mut reader = csv::Reader::from_reader(list.as_bytes());
        let place = reader.headers().unwrap().iter().position(|name| name == "tag").unwrap();
        reader.records().map(|row| row.unwrap()[place].to_owned()).collect::<Vec<_>>()
    };
    let closed = tags(&[]);
    assert!(closed[0].is_empty() && !closed[1].is_empty(), "{closed:?}");
    let open = tags(&["--device-key", "keys"]);
    assert!(open.len() == 3 && open.iter().all(|tag| *tag == closed[1]), "{open:?}");
    let answer = |more: &[&str]| {
        let base = ["explain", "--account", "kita/r1/", "kita", "--lang", "en"];
        let base = [&base[..], &["--as-of", "2026-11-25"]].concat();
        let text = run(folder.path(), &[&base, more].concat());
        let line = text.lines().find(|line| line.trim_start().starts_with("REUSE-11")).unwrap();
        line.split_whitespace().nth(1).unwrap().to_owned()
    };
    assert_ne!(answer(&[]), "finding");
    assert_eq!(answer(&["--device-key", "keys"]), "finding");
}

#[test]
fn a_file_without_keys_is_refused_and_not_quoted() {
    let folder = tempfile::tempdir().unwrap();
    site(folder.path());
    for (file, text) in [("a", "cisco-type6 MasterWord"), ("b", "MasterWord:x"), ("c", "junos-8:")]
    {
        fs::write(folder.path().join(file), text).unwrap();
        let output = audit(folder.path(), &["--device-key", file]);
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{error}");
        assert!(error.contains("line 1") && error.contains("cisco-type6, junos-8, panos-aes"));
        assert!(!error.contains("MasterWord"), "{error}");
    }
    assert_eq!(audit(folder.path(), &["--device-key", "absent"]).status.code(), Some(2));
}
