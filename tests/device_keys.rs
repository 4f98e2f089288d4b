//! Keys of devices on the command line: what they open, and what is said of a file that holds none.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// Two routers that share one key: encrypted under a master key here, in the open there.
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
    fs::write(devices.join("r2.cfg"), config("r2", "0 Cisco123")).expect("a file");
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
    findings.lines().filter(|line| line.contains(",REUSE-06,") && line.contains(",new,")).count()
}

#[test]
fn a_key_joins_what_it_opens() {
    let folder = tempfile::tempdir().unwrap();
    site(folder.path());
    fs::write(folder.path().join("keys"), "# kita\ncisco-type6:Cisco123\n").unwrap();
    audit(folder.path(), &[]);
    assert_eq!(reuse_rows(folder.path()), 0);
    audit(folder.path(), &["--device-key", "keys"]);
    assert_eq!(reuse_rows(folder.path()), 2);
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
