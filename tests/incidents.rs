//! The two incidents that the ministry's items come from are found as their reports tell them, and
//! a hospital in which everything is as it should be is left in peace.

#![allow(clippy::unwrap_used)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use support::{kagiban, root, rows};

type Row = BTreeMap<String, String>;

/// Findings of a folder under fixtures, and the exit code.
fn audit(folder: &str) -> (Vec<Row>, i32) {
    let out = tempfile::tempdir().unwrap();
    let folder = root().join("fixtures").join(folder);
    let (folder, written) = (folder.to_str().unwrap(), out.path().to_str().unwrap());
    let arguments = ["audit", folder, "-o", written, "--as-of", "2026-11-22", "--csv", "machine"];
    let run = kagiban(&arguments);
    (rows(&out.path().join("findings.csv")), run.status.code().unwrap())
}

/// `system/account` of the findings of a rule.
fn found(findings: &[Row], rule: &str) -> BTreeSet<String> {
    let of_rule = |row: &&Row| row["rule_id"] == rule && row["status"] != "not-evaluable";
    let place = |row: &Row| format!("{}/{}", row["system"], row["account"]);
    findings.iter().filter(of_rule).map(place).collect()
}

fn severities(findings: &[Row], rule: &str) -> BTreeSet<String> {
    let of_rule = |row: &&Row| row["rule_id"] == rule && row["status"] != "not-evaluable";
    findings.iter().filter(of_rule).map(|row| row["severity"].clone()).collect()
}

/// The built-in administrators of hosts.
fn administrators(hosts: &[&str]) -> BTreeSet<String> {
    hosts.iter().map(|host| format!("{host}/Administrator")).collect()
}

const PCS: [&str; 8] = ["PC01", "PC02", "PC03", "PC04", "PC05", "PC06", "PC07", "PC08"];
const SERVERS: [&str; 4] = ["SV01", "SV02", "SV03", "SV04"];

#[test]
fn osaka_2022_is_told() {
    let (findings, code) = audit("incidents/osaka-2022");
    assert_eq!(code, 1);
    let hosts: Vec<&str> = PCS.iter().chain(&SERVERS).copied().collect();
    let on_hosts = administrators(&hosts);
    // One password on servers and PCs, and in the domain as well.
    assert_eq!(found(&findings, "REUSE-10"), on_hosts);
    let everywhere: BTreeSet<_> =
        on_hosts.iter().cloned().chain(["minato.byoin.example/Administrator".to_owned()]).collect();
    assert_eq!(found(&findings, "REUSE-06"), everywhere);
    // Every user an administrator; no lockout.
    assert_eq!(found(&findings, "PRIV-01").len(), 120);
    assert_eq!(severities(&findings, "PRIV-01"), ["high".to_owned()].into());
    assert_eq!(found(&findings, "POL-02"), ["minato.byoin.example/".to_owned()].into());
    // The guest of a host is off unless somebody says otherwise.
    assert!(found(&findings, "QUAL-01").is_empty());
}

#[test]
fn okayama_2024_is_told() {
    let (findings, code) = audit("incidents/okayama-2024");
    assert_eq!(code, 1);
    let both: BTreeSet<_> =
        administrators(&PCS).into_iter().chain(["vpn01/administrator".to_owned()]).collect();
    // The maintenance VPN device and every PC: two schemes, one word.
    assert_eq!(found(&findings, "REUSE-05"), both);
    assert_eq!(found(&findings, "REUSE-06"), both);
    assert_eq!(found(&findings, "REUSE-10"), administrators(&PCS));
    // The word is guessable wherever it stands.
    let guessed: BTreeSet<_> =
        ["DEF-01", "QUAL-04"].iter().flat_map(|rule| found(&findings, rule)).collect();
    assert_eq!(guessed, both);
    // And nothing else guards the way in.
    let open: BTreeSet<_> = ["vpn01/administrator", "vpn01/hosyu"].map(str::to_owned).into();
    assert_eq!(found(&findings, "MFA-06"), open);
    assert_eq!(severities(&findings, "MFA-06"), ["critical".to_owned()].into());
}

#[test]
fn a_clean_hospital_is_left_in_peace() {
    let (findings, code) = audit("clean");
    let above: Vec<String> = findings
        .iter()
        .filter(|row| row["status"] != "not-evaluable" && row["severity"] != "info")
        .map(|row| {
            let cells = ["rule_id", "severity", "system", "account", "evidence"];
            cells.map(|cell| row[cell].as_str()).join(" | ")
        })
        .collect();
    assert!(above.is_empty(), "{}", above.join("\n"));
    assert_eq!(code, 0, "complete, and nothing to do");
    // It was judged: the new hires are listed, and nobody else.
    assert_eq!(found(&findings, "LIFE-03").len(), 6);
}
