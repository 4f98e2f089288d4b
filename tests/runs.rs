//! The demonstration hospital: the audit finds what its maker's own list says, and nothing else.

#![allow(clippy::unwrap_used)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use support::{kagiban, root, rows};

type Answers = BTreeMap<String, BTreeSet<String>>;

/// The table of ANSWERS.md: rule → site/system/account. It is written by `fixtures/make_demo.py` from
/// the data that the exports are made of, not from anything that kagiban prints.
fn answers() -> Answers {
    let text = fs::read_to_string(root().join("fixtures/sites/ANSWERS.md")).unwrap();
    let mut answers = Answers::new();
    for line in text.lines().filter(|line| line.starts_with("| ")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [rule, _, accounts] = cells[..] else { continue };
        let is_rule = rule.contains('-')
            && rule.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-');
        if is_rule {
            let accounts = without_remarks(accounts);
            let accounts = accounts.split("<br>").flat_map(|group| {
                let members = group.split_once(": ").filter(|_| group.starts_with("group"));
                members.map_or(group, |(_, members)| members).split(", ").collect::<Vec<_>>()
            });
            answers.insert(rule.to_owned(), accounts.map(|a| a.trim().to_owned()).collect());
        }
    }
    answers
}

fn without_remarks(text: &str) -> String {
    let mut depth = 0;
    text.chars()
        .filter(|c| {
            depth += i32::from(*c == '(');
            let keep = depth == 0;
            depth -= i32::from(*c == ')');
            keep
        })
        .collect()
}

fn found() -> Answers {
    let out = tempfile::tempdir().unwrap();
    let folder = out.path().to_str().unwrap();
    let run = kagiban(&[
        "audit",
        "fixtures/sites",
        "-o",
        folder,
        "--as-of",
        "2026-11-22",
        "--csv",
        "machine",
    ]);
    assert_eq!(run.status.code(), Some(1), "{}", String::from_utf8_lossy(&run.stderr));
    let mut found = Answers::new();
    for row in rows(&out.path().join("findings.csv")) {
        if row["status"] != "not-evaluable" {
            let account = format!("{}/{}/{}", row["site_id"], row["system"], row["account"]);
            let account = account.trim_end_matches('/').to_owned();
            found.entry(row["rule_id"].clone()).or_default().insert(account);
        }
    }
    found
}

#[test]
fn the_demonstration_shows_what_its_maker_planted() {
    let (answers, found) = (answers(), found());
    let (mut wrong, mut compared) = (Vec::new(), 0);
    for rule in kagiban::rules::RuleSet::embedded().unwrap().checks {
        let Some(wanted) = answers.get(&rule.id) else { continue };
        let mut found = found.get(&rule.id).cloned().unwrap_or_default();
        // Keys and communities have no account; the list names accounts only.
        found.retain(|account| account.split('/').count() == 3 || wanted.contains(account));
        compared += wanted.len();
        if &found != wanted {
            let lost: Vec<_> = wanted.difference(&found).collect();
            let extra: Vec<_> = found.difference(wanted).collect();
            wrong.push(format!("{}: lost {lost:?}, extra {extra:?}", rule.id));
        }
    }
    assert!(compared > 80, "only {compared} answers were compared");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
