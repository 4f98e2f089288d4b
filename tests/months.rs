//! Three months of one hospital: what is new, still open, fixed, back again, excepted, and what nobody
//! can say any longer. The exports stand in fixtures/months; what changes in them, and so what must be
//! told, is written there by hand.

#![allow(clippy::unwrap_used)]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use support::{golden, kagiban, root, rows};

const MONTHS: [(&str, &str); 3] =
    [("2026-09", "2026-09-20"), ("2026-10", "2026-10-25"), ("2026-11", "2026-11-22")];

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// An audited folder that lives through the months.
struct Hospital(tempfile::TempDir);

impl Hospital {
    fn new() -> Self {
        let hospital = Self(tempfile::tempdir().unwrap());
        let from = root().join("fixtures/months/suppressions.toml");
        fs::copy(from, hospital.path("suppressions.toml")).unwrap();
        hospital
    }

    fn path(&self, inner: &str) -> PathBuf {
        self.0.path().join(inner)
    }

    /// Puts the exports of a month in place of those of the last one.
    fn exports(&self, month: &str) {
        let sites = self.path("sites");
        if sites.exists() {
            fs::remove_dir_all(&sites).unwrap();
        }
        copy(&root().join("fixtures/months").join(month).join("sites"), &sites);
    }

    /// Audits as of a day; the exit code and what was said.
    fn audit(&self, as_of: &str, more: &[&str]) -> (Option<i32>, String) {
        let folder = self.0.path().to_str().unwrap();
        let arguments = ["audit", folder, "--as-of", as_of, "--lang", "ja", "--csv", "machine"];
        let run = kagiban(&[&arguments[..], more].concat());
        (run.status.code(), String::from_utf8_lossy(&run.stderr).into_owned())
    }

    /// All three months. The word that opens the laboratory's account is on
    /// the operator's list in the first two.
    fn live(&self) {
        let words = root().join("fixtures/months/words.txt");
        let words = words.to_str().unwrap();
        for (month, as_of) in MONTHS {
            self.exports(month);
            let more: &[&str] = if month == "2026-11" { &[] } else { &["--wordlist", words] };
            let (code, said) = self.audit(as_of, more);
            assert_eq!(code, Some(1), "{month}: {said}");
        }
    }

    /// `rule account` → status of a month's findings, without what a rule alone could not judge.
    fn statuses(&self, month: &str) -> BTreeMap<String, String> {
        let findings = rows(&self.path(&format!("runs/{month}/findings.csv")));
        let told = findings
            .iter()
            .filter(|row| row["status"] != "not-evaluable" || !row["cause"].is_empty());
        told.map(|row| {
            let key = format!("{} {}/{}", row["rule_id"], row["system"], row["account"]);
            (key, format!("{} {} {}", row["status"], row["first_seen"], row["last_seen"]))
        })
        .collect()
    }

    fn diff(&self, more: &[&str]) -> String {
        let [earlier, later] = ["runs/2026-10", "runs/2026-11"].map(|run| self.path(run));
        let arguments = ["diff", earlier.to_str().unwrap(), later.to_str().unwrap()];
        let run = kagiban(&[&arguments[..], more].concat());
        assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
        String::from_utf8(run.stdout).unwrap()
    }
}

#[test]
fn every_state_occurs_and_is_dated() {
    let hospital = Hospital::new();
    hospital.live();
    let of = |month: &str, key: &str| {
        let statuses = hospital.statuses(month);
        statuses.get(key).cloned().unwrap_or_else(|| "absent".to_owned())
    };
    for (key, wanted) in [
        (
            "LIFE-01 kakari/tanaka_t",
            [
                "new 2026-09-20 2026-09-20",
                "open 2026-09-20 2026-10-25",
                "open 2026-09-20 2026-11-22",
            ],
        ),
        (
            "LIFE-06 kakari/suzuki_k",
            [
                "new 2026-09-20 2026-09-20",
                "fixed 2026-09-20 2026-09-20",
                "returned 2026-09-20 2026-11-22",
            ],
        ),
        ("LIFE-01 kakari/ono_m", ["absent", "absent", "new 2026-11-22 2026-11-22"]),
        (
            "LIFE-01 kakari/mori_h",
            [
                "new 2026-09-20 2026-09-20",
                "open 2026-09-20 2026-10-25",
                "fixed 2026-09-20 2026-10-25",
            ],
        ),
        (
            "LIFE-01 kakari/hayashi_y",
            [
                "suppressed 2026-09-20 2026-09-20",
                "suppressed 2026-09-20 2026-10-25",
                "suppressed 2026-09-20 2026-11-22",
            ],
        ),
        (
            "LIFE-01 rentgen/kato_j",
            [
                "new 2026-09-20 2026-09-20",
                "open 2026-09-20 2026-10-25",
                "not-evaluable 2026-09-20 2026-10-25",
            ],
        ),
        (
            "QUAL-04 opendolphin/kensa",
            [
                "new 2026-09-20 2026-09-20",
                "open 2026-09-20 2026-10-25",
                "not-evaluable 2026-09-20 2026-10-25",
            ],
        ),
    ] {
        for ((month, _), wanted) in MONTHS.iter().zip(wanted) {
            assert_eq!(of(month, key), wanted, "{key} in {month}");
        }
    }
}

#[test]
fn the_difference_is_told_in_both_languages_and_to_programs() {
    let hospital = Hospital::new();
    hospital.live();
    let folder = root().join("fixtures/months");
    for (name, more) in [
        ("diff-ja.txt", &["--lang", "ja"][..]),
        ("diff-en.txt", &["--lang", "en"]),
        ("diff.csv", &["--lang", "ja", "--format", "csv", "--csv", "machine"]),
    ] {
        golden(&folder.join(name), &hospital.diff(more)).unwrap();
    }
    let json: Vec<serde_json::Value> =
        serde_json::from_str(&hospital.diff(&["--format", "json"])).unwrap();
    let csv = fs::read_to_string(folder.join("diff.csv")).unwrap();
    assert_eq!(json.len(), csv.lines().count() - 1, "the same changes in every format");
    // What audit itself compared is the same comparison.
    let told = |rows: &[BTreeMap<String, String>], key: &str| {
        let mut ids: Vec<_> =
            rows.iter().map(|row| format!("{} {}", row["finding_id"], row[key])).collect();
        ids.sort();
        ids
    };
    let mut own = rows(&hospital.path("runs/2026-11/findings.csv"));
    own.retain(|row| row["status"] != "not-evaluable" || !row["cause"].is_empty());
    assert_eq!(told(&own, "status"), told(&rows(&folder.join("diff.csv")), "change"));
}

#[test]
fn a_changed_threshold_and_a_new_rule_say_so() {
    let hospital = Hospital::new();
    hospital.exports("2026-09");
    hospital.audit("2026-09-20", &[]);
    fs::write(hospital.path("kagiban.toml"), "[rules.LIFE-01]\ndays = 30\n").unwrap();
    hospital.exports("2026-10");
    hospital.audit("2026-10-25", &[]);
    let findings = rows(&hospital.path("runs/2026-10/findings.csv"));
    let ono = findings.iter().find(|row| row["account"] == "ono_m" && row["rule_id"] == "LIFE-01");
    assert_eq!((&*ono.unwrap()["status"], &*ono.unwrap()["cause"]), ("new", "threshold-changed"));
    // As if the first run's tool had not had the rule.
    let header = hospital.path("runs/2026-09/run.json");
    let text = fs::read_to_string(&header).unwrap();
    let text = text.replacen(
        "\"rule_id\": \"LIFE-01\",\n      \"version\"",
        "\"rule_id\": \"OLD-01\",\n      \"version\"",
        1,
    );
    fs::write(&header, text).unwrap();
    hospital.audit("2026-10-25", &[]);
    let findings = rows(&hospital.path("runs/2026-10/findings.csv"));
    let ono = findings.iter().find(|row| row["account"] == "ono_m" && row["rule_id"] == "LIFE-01");
    assert_eq!((&*ono.unwrap()["status"], &*ono.unwrap()["cause"]), ("new", "rule-added"));
}

#[test]
fn an_export_that_was_not_read_to_its_end_fixes_nothing() {
    let hospital = Hospital::new();
    hospital.exports("2026-10");
    hospital.audit("2026-10-25", &[]);
    hospital.exports("2026-11");
    let users = hospital.path("sites/honin/ecarte/kakari/users.csv");
    let text = fs::read_to_string(&users).unwrap().replace("sato_h,佐藤 花子,", "sato_h,");
    fs::write(&users, text).unwrap();
    let (code, said) = hospital.audit("2026-11-22", &[]);
    assert_eq!(code, Some(3), "{said}");
    let findings = rows(&hospital.path("runs/2026-11/findings.csv"));
    let mori =
        findings.iter().find(|row| row["account"] == "mori_h" && row["rule_id"] == "LIFE-01");
    let mori = mori.unwrap();
    assert_eq!((&*mori["status"], &*mori["cause"]), ("not-evaluable", "source-incomplete"));
    // An incomplete run is not the one that the next is compared with.
    hospital.exports("2026-11");
    hospital.audit("2026-12-20", &[]);
    let text = fs::read_to_string(hospital.path("runs/2026-12/run.json")).unwrap();
    assert!(text.contains("\"compared\": {\n    \"run\": \"2026-10\""), "{text}");
}

#[test]
fn accepted_findings_count_no_longer_and_a_broken_last_run_is_named() {
    let hospital = Hospital::new();
    hospital.exports("2026-09");
    assert_eq!(hospital.audit("2026-09-20", &[]).0, Some(1), "a leaver's account is high");
    let [run, out] = ["runs/2026-09", "baseline.json"].map(|name| hospital.path(name));
    let [run, out] = [&run, &out].map(|path| path.to_str().unwrap());
    let written = kagiban(&["baseline", "write", run, "-o", out]);
    assert_eq!(written.status.code(), Some(0));
    assert_eq!(hospital.audit("2026-10-10", &[]).0, Some(0), "it was accepted");
    hospital.exports("2026-10");
    assert_eq!(hospital.audit("2026-11-01", &[]).0, Some(0));
    hospital.exports("2026-11");
    assert_eq!(hospital.audit("2026-12-01", &[]).0, Some(1), "it was fixed and came back");
    for broken in ["", "{\"schema\": \"kagiban.run/1\", \"name\": "] {
        fs::write(hospital.path("runs/2026-11/run.json"), broken).unwrap();
        let (code, said) = hospital.audit("2026-12-05", &[]);
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains("2026-11: run.json cannot be read"), "{said}");
    }
    assert_eq!(hospital.audit("2026-12-05", &["--against", "none"]).0, Some(0));
    fs::write(hospital.path("baseline.json"), "{}").unwrap();
    let (code, said) = hospital.audit("2026-12-05", &["--against", "none"]);
    assert_eq!(code, Some(2), "{said}");
}

#[test]
fn another_key_keeps_findings_and_drops_tags() {
    let hospital = Hospital::new();
    let key = |name: &str, digit: &str| {
        let path = hospital.path(name);
        fs::write(&path, digit.repeat(64)).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let keys = [key("one.key", "1"), key("two.key", "2")];
    for ((month, as_of), key) in MONTHS.iter().zip(&keys) {
        hospital.exports(month);
        hospital.audit(as_of, &["--key", key]);
    }
    let text = fs::read_to_string(hospital.path("runs/2026-10/run.json")).unwrap();
    assert!(text.contains("\"same_key\": false"), "{text}");
    assert_eq!(
        hospital.statuses("2026-10")["LIFE-01 kakari/tanaka_t"],
        "open 2026-09-20 2026-10-25"
    );
}

#[test]
fn an_account_that_cannot_be_judged_keeps_its_own_finding_alone() {
    let hospital = Hospital::new();
    hospital.exports("2026-10");
    hospital.audit("2026-10-25", &[]);
    for (silent, wanted) in [
        ("sato_h,佐藤 花子,内科,医師,", ["fixed ", "open "]),
        ("mori_h,森 一,事務,医師,", ["not-evaluable could-not-judge", "open "]),
        ("tanaka_t,田中 太郎,外科,医師,", ["fixed ", "not-evaluable could-not-judge"]),
    ] {
        hospital.exports("2026-11");
        let users = hospital.path("sites/honin/ecarte/kakari/users.csv");
        let text = fs::read_to_string(&users).unwrap();
        // Whether the account is enabled is left empty.
        let (known, unknown) = (format!("{silent}1,"), format!("{silent},"));
        assert!(text.contains(&known));
        fs::write(&users, text.replace(&known, &unknown)).unwrap();
        hospital.audit("2026-11-22", &[]);
        let findings = rows(&hospital.path("runs/2026-11/findings.csv"));
        let told = ["mori_h", "tanaka_t"].map(|account| {
            let of = |row: &&BTreeMap<String, String>| {
                row["account"] == account && row["rule_id"] == "LIFE-01"
            };
            let row = findings.iter().find(of).unwrap();
            format!("{} {}", row["status"], row["cause"])
        });
        assert_eq!(told, wanted, "{silent}");
    }
}
