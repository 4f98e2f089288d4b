//! Stories of reuse: whole runs, and what must be found in them and what must be left.

#![allow(clippy::unwrap_used)]

mod support;

use std::fs;
use support::{golden, kagiban, root, rows};

const ABOUT: [&str; 4] = ["REUSE-", "DEF-", "QUAL-", "BRK-"];

/// The level of proof that the sentence of a row names; empty where it names none.
fn proof(evidence: &str) -> &str {
    let mut words = evidence.split(|c: char| !c.is_ascii_alphanumeric());
    words.find(|word| ["PL1", "PL1c", "PL2", "PL3"].contains(word)).unwrap_or_default()
}

/// `found,rule,site,system,account,group_size,proof` and `left,site,system,scheme,secrets`, sorted.
fn told(story: &str) -> String {
    let out = tempfile::tempdir().unwrap();
    let folder = out.path().to_str().unwrap();
    let arguments = ["audit", story, "-o", folder, "--as-of", "2026-11-22", "--csv", "machine"];
    let run = kagiban(&arguments);
    let said = String::from_utf8_lossy(&run.stderr);
    assert_eq!(run.status.code(), Some(1), "{story}: {said}");
    let findings = rows(&out.path().join("findings.csv"));
    let about = |row: &&std::collections::BTreeMap<String, String>| {
        row["status"] != "not-evaluable"
            && ABOUT.iter().any(|rule| row["rule_id"].starts_with(rule))
    };
    let mut lines: Vec<String> = findings
        .iter()
        .filter(about)
        .map(|row| {
            let cells = ["rule_id", "site_id", "system", "account", "group_size"];
            let cells: Vec<_> = cells.iter().map(|cell| row[*cell].as_str()).collect();
            format!("found,{},{}\n", cells.join(","), proof(&row["evidence"]))
        })
        .collect();
    let text = fs::read_to_string(out.path().join("run.json")).unwrap();
    let run: serde_json::Value = serde_json::from_str(&text).unwrap();
    for left in run["incomparable"].as_array().unwrap() {
        let word = |key: &str| left[key].as_str().unwrap().to_owned();
        let (site, system, scheme) = (word("site_id"), word("system"), word("scheme"));
        lines.push(format!("left,{site},{system},{scheme},{}\n", left["secrets"]));
    }
    lines.sort();
    lines.concat()
}

#[test]
fn every_story_is_told_as_it_is_written() {
    let folder = root().join("fixtures/runs");
    let mut stories: Vec<_> = fs::read_dir(folder).unwrap().flatten().map(|e| e.path()).collect();
    stories.sort();
    let mut wrong = Vec::new();
    for story in &stories {
        let told = told(story.to_str().unwrap());
        if let Err(difference) = golden(&story.join("expected.csv"), &told) {
            wrong.push(difference);
        }
    }
    assert!(stories.len() >= 9, "only {} stories were told", stories.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
