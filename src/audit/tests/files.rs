//! Every check is in the table, every rule has a judge, words and fixtures.

use super::*;
use crate::audit::check::FAMILIES;
use crate::model::finding::Severity;
use crate::model::lang::Lang;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn every_check_file_is_in_its_family() {
    for family in fs::read_dir(root().join("src/audit/check")).unwrap().flatten() {
        let Ok(table) = fs::read_to_string(family.path().join("mod.rs")) else { continue };
        for file in fs::read_dir(family.path()).unwrap().flatten() {
            let name = file.file_name().into_string().unwrap();
            let name = name.strip_suffix(".rs").unwrap();
            let used = [format!("&{name}::"), format!("({name}::"), format!("use {name}::")];
            let text = fs::read_to_string(file.path()).unwrap();
            let helper = !text.contains(" Check for ") && !text.contains("PerAccount<");
            let known = helper || name == "mod" || used.iter().any(|way| table.contains(way));
            assert!(known, "{name} is in no table");
        }
    }
}

#[test]
fn every_table_is_sorted_and_every_entry_has_its_rule() {
    let rules = RuleSet::embedded().unwrap();
    for family in FAMILIES {
        assert!(family.is_sorted_by(|a, b| a.0 < b.0));
        for (id, _) in *family {
            assert!(rules.check(id).is_some(), "{id} has no rule file");
        }
    }
}

#[test]
fn every_rule_can_judge() {
    verify(&RuleSet::embedded().unwrap()).unwrap();
}

fn broken(find: &str, replace: &str) -> RuleError {
    let file = "checks/FLAG-01-password-never-expires.toml";
    let text = fs::read_to_string(root().join("rules").join(file)).unwrap();
    assert!(text.contains(find), "{find}");
    let files = vec![(file.into(), text.replace(find, replace))];
    verify(&RuleSet::from_folder(files).unwrap()).unwrap_err()
}

#[test]
fn rules_that_cannot_judge_are_refused() {
    let error = broken("\"account\", \"password-never", "\"acount\", \"password-never");
    assert!(error.message.contains("'acount'") && error.hint.contains("account"), "{error}");
    let error = broken("when = [\"account\", \"password-never-expires\"]", "");
    assert!(error.message.contains("neither"), "{error}");
    let error = broken("needs = [\"password-never-expires\"]", "needs = [\"password\"]");
    assert!(error.message.contains("in needs"), "{error}");
}

#[test]
fn every_rule_is_told_in_both_languages() {
    for rule in &RuleSet::embedded().unwrap().checks {
        for lang in [Lang::Ja, Lang::En] {
            let words = rule.words(lang);
            let all = [&words.title, &words.why, &words.evidence, &words.remedy];
            assert!(all.iter().all(|text| !text.trim().is_empty()), "{}", rule.id);
            let ascii = all.iter().all(|text| text.is_ascii());
            assert_eq!(ascii, lang == Lang::En, "{}", rule.id);
        }
        let (ja, en) = (rule.words(Lang::Ja), rule.words(Lang::En));
        assert_eq!(placeholders(&ja.evidence), placeholders(&en.evidence), "{}", rule.id);
        assert!(ja.steps.keys().eq(en.steps.keys()), "{}", rule.id);
        assert_eq!(ja.false_alarms.is_empty(), en.false_alarms.is_empty(), "{}", rule.id);
    }
}

fn placeholders(template: &str) -> BTreeSet<&str> {
    let parts = template.split('{').skip(1);
    let known = ["value", "unit", "date", "detail", "group_size", "threshold"];
    let names: BTreeSet<_> = parts.map(|part| part.split('}').next().unwrap()).collect();
    assert!(names.iter().all(|name| known.contains(name)), "{template}");
    names
}

#[test]
fn no_rule_promises_conformity() {
    for (path, text) in crate::rules::EMBEDDED {
        for word in ["準拠", "適合", "ompliant", "ompliance"] {
            assert!(!text.contains(word), "{path}: {word}");
        }
    }
}

#[test]
fn unverified_texts_alone_carry_at_most_medium() {
    for rule in &RuleSet::embedded().unwrap().checks {
        assert!(rule.references.iter().all(|r| "VDTIM".contains(&r.sure)), "{}", rule.id);
        let verified = rule.references.iter().any(|reference| reference.sure == "V");
        let worst = rule.severity.max(rule.severity_privileged);
        assert!(verified || worst <= Severity::Medium, "{}", rule.id);
    }
}

#[test]
fn every_rule_has_fixtures() {
    for rule in &RuleSet::embedded().unwrap().checks {
        for case in ["fires", "silent", "unknown"] {
            let folder = root().join("fixtures/rules").join(&rule.id).join(case);
            let expected = fs::read_to_string(folder.join("expected.csv"));
            let expected =
                expected.unwrap_or_else(|_| panic!("{} has no expected.csv", folder.display()));
            let mut lines = expected.lines();
            assert_eq!(lines.next(), Some("status,system,account"), "{}", folder.display());
            let rows: Vec<&str> = lines.collect();
            match case {
                "silent" => assert!(rows.is_empty(), "{}", rule.id),
                "fires" => assert!(
                    never_finds(&rule.id) || rows.iter().any(|row| row.starts_with("new,")),
                    "{}",
                    rule.id
                ),
                _ => assert!(
                    never_lacks(&rule.id)
                        || rows
                            .iter()
                            .any(|row| row.starts_with("not-evaluable,") && row.ends_with(',')),
                    "{}",
                    rule.id
                ),
            }
        }
    }
}

// MFA-10 is a statement about missing data by itself.
fn never_finds(id: &str) -> bool {
    id == "MFA-10"
}

// These look at what is there: nothing can be lacking.
fn never_lacks(id: &str) -> bool {
    let of_the_audit =
        ["AUD-03", "AUD-04", "AUD-05", "AUD-06", "AUD-07", "AUD-08", "AUD-09", "AUD-10"];
    id == "DEV-06" || of_the_audit.contains(&id)
}
