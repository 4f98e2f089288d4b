//! Every rule fires where it must, is silent where it must, and says so where it cannot know.

#![allow(clippy::unwrap_used)]

#[path = "support/fixture.rs"]
mod fixture;
mod support;

use fixture::{BEFORE, CORPUS, audit_before, copy};
use std::fs;
use std::path::Path;
use support::{golden, kagiban, root, rows};

/// Rules that look at what is there and can lack nothing: their `unknown` is silent.
const NEVER_LACKS: [&str; 9] =
    ["AUD-03", "AUD-04", "AUD-05", "AUD-06", "AUD-07", "AUD-08", "AUD-09", "AUD-10", "DEV-06"];
const CASES: [&str; 3] = ["fires", "silent", "unknown"];

/// The findings of one rule on one fixture, as `status,system,account` lines.
fn findings(rule: &str, case: &Path) -> String {
    let out = tempfile::tempdir().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("site");
    let before = case.join(BEFORE);
    if before.is_dir() {
        copy(&before, &site);
        audit_before(&site);
    }
    copy(case, &site);
    let corpus = case.join(CORPUS);
    let mut arguments = vec![
        "audit",
        site.to_str().unwrap(),
        "-o",
        out.path().to_str().unwrap(),
        "--as-of",
        "2026-11-22",
        "--rule",
        rule,
        "--format",
        "csv",
        "--csv",
        "machine",
    ];
    if corpus.exists() {
        arguments.extend(["--corpus", corpus.to_str().unwrap()]);
    }
    let run = kagiban(&arguments);
    let code = run.status.code().unwrap();
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(matches!(code, 0 | 1), "{}: exit {code}\n{said}", case.display());
    let mut lines: Vec<String> = rows(&out.path().join("findings.csv"))
        .iter()
        .map(|row| {
            assert_eq!(row["rule_id"], rule, "--rule selects");
            format!("{},{},{}\n", row["status"], row["system"], row["account"])
        })
        .collect();
    lines.sort();
    format!("status,system,account\n{}", lines.concat())
}

#[test]
fn every_rule_answers_as_its_fixtures_say() {
    let folder = root().join("fixtures/rules");
    let mut wrong = Vec::new();
    let mut compared = 0;
    for rule in kagiban::rules::RuleSet::embedded().unwrap().checks {
        for case in CASES {
            let case = folder.join(&rule.id).join(case);
            assert!(case.is_dir(), "{} is missing", case.display());
            let found = findings(&rule.id, &case);
            if let Err(difference) = golden(&case.join("expected.csv"), &found) {
                wrong.push(difference);
            }
            compared += 1;
        }
    }
    assert!(compared >= 3 * 24, "only {compared} fixtures were compared");
    assert!(wrong.is_empty(), "{} of {compared}\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn fixtures_mean_what_their_folder_says() {
    if std::env::var_os("UPDATE").is_some() {
        // The files are being written beside us: the next run looks at them.
        return;
    }
    for rule in kagiban::rules::RuleSet::embedded().unwrap().checks {
        let folder = root().join("fixtures/rules").join(&rule.id);
        let expected =
            |case: &str| fs::read_to_string(folder.join(case).join("expected.csv")).unwrap();
        let lines =
            |case: &str| expected(case).lines().skip(1).map(str::to_owned).collect::<Vec<_>>();
        assert!(lines("silent").is_empty(), "{}: silent must be silent", rule.id);
        let unknown = lines("unknown");
        assert!(
            NEVER_LACKS.contains(&rule.id.as_str())
                || unknown.iter().any(|line| line.starts_with("not-evaluable,")),
            "{}: unknown must say not-evaluable",
            rule.id
        );
        let fires = lines("fires");
        assert!(!fires.is_empty(), "{}: fires must fire", rule.id);
    }
}

#[test]
fn docs_rules_md_is_the_generated_one() {
    let rules = kagiban::rules::RuleSet::embedded().unwrap();
    let text = kagiban::report::catalog::markdown(&rules);
    golden(&root().join("docs/rules.md"), &text).unwrap();
}
