//! Contents: columns, counts, hostile names, determinism.

use super::{objects, outputs, records};
use crate::model::lang::Lang;
use crate::report::sample::{LIFE, Sample};
use crate::report::{CsvFlavour, unguard};
use std::collections::BTreeSet;

const COLUMNS: &str = "schema,finding_id,rule_id,severity,confidence,status,site_id,site_name,system_kind,system,account,person_id,display_name,title,evidence,metric,value,unit,group_id,group_size,tag,first_seen,last_seen,source_file,source_line,guideline_ref,fix,suppressed_until,suppress_reason,owner,due,as_of,tool_version,sensitivity,cause";

/// Cases 48 to 53 of the hostile inputs, and their like.
const HOSTILE: &[&str] = &[
    "=HYPERLINK(\"http://x\",\"y\")",
    "+cmd|'/C calc'!A0",
    "-2+3",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "＝1",
    "'quoted",
    "<script>alert(1)</script>",
    "\"><img onerror>",
    "]]>&amp;\u{1}\u{1f}",
    "\u{1b}[2J\u{1b}]52;c;x\u{7}",
    "\u{9b}2J\u{85}",
    "a\rb",
    "x\n::error file=y::z",
    "a,b\"c\nd",
    "\u{202E}nimda",
    "\u{FEFF}",
    "{value} {detail}",
    "\\\"\\u0000",
];

#[test]
fn a_run_without_findings_still_has_its_headers() {
    let files = outputs(&Sample::empty(), Lang::En, CsvFlavour::Plain);
    assert_eq!(files["findings.csv"], format!("{COLUMNS}\n").as_bytes());
    assert_eq!(files["quarantine.csv"], b"file,line,column,reason,detail,hint\n");
    assert_eq!(files["findings.jsonl"], b"");
    let files = outputs(&Sample::empty(), Lang::Ja, CsvFlavour::Excel);
    assert_eq!(files["findings.csv"], format!("\u{FEFF}{COLUMNS}\r\n").as_bytes());
}

#[test]
fn a_record_carries_every_column() {
    let files = outputs(&Sample::full(), Lang::En, CsvFlavour::Machine);
    let rows = records(&files["findings.csv"]);
    let first: Vec<_> = COLUMNS.split(',').map(|name| rows[0][name].as_str()).collect();
    assert_eq!(
        first,
        [
            "kagiban.findings/1",
            "aaaaaaaaaaaaaaab",
            "LIFE-06",
            "high",
            "high",
            "new",
            "honin",
            "本院",
            "directory",
            "corp.byoin.example",
            "tanaka_t",
            "00123",
            "田中 太郎",
            "Leaver's account is enabled",
            "left on 2025-10-06, 412 days ago (staff roster, enabled state)",
            "days-since-leaving",
            "412",
            "days",
            "",
            "",
            "",
            "2026-11-22",
            "2026-11-22",
            "honin/ad/users.csv",
            "17",
            "mhlw-cl-r7 2-⑤ [I]",
            "Disable it, then delete it",
            "",
            "",
            "",
            "",
            "2026-11-22",
            "0.1.0",
            "normal",
            "",
        ]
    );
    let reuse = rows.iter().find(|row| row["rule_id"] == "REUSE-01").unwrap();
    assert_eq!(
        (&*reuse["group_id"], &*reuse["group_size"], &*reuse["tag"]),
        ("g0000000000", "3", "t1")
    );
    let open = rows.iter().find(|row| row["status"] == "not-evaluable").unwrap();
    assert_eq!(open["account"], "");
    assert_eq!(open["evidence"], "cannot be judged; missing: MFA registration");
}

#[test]
fn a_language_changes_prose_and_nothing_else() {
    let (ja, en) = (Lang::Ja, Lang::En);
    let [ja, en] = [ja, en].map(|lang| outputs(&Sample::full(), lang, CsvFlavour::Machine));
    assert_eq!(ja["findings.jsonl"], en["findings.jsonl"]);
    for (ja, en) in records(&ja["findings.csv"]).iter().zip(records(&en["findings.csv"])) {
        for (name, value) in &en {
            let prose = ["title", "evidence", "fix"].contains(&&**name);
            assert_eq!(!prose, ja[name] == *value, "{name}");
        }
    }
}

#[test]
fn csv_and_jsonl_hold_the_same_findings() {
    let files = outputs(&Sample::full(), Lang::En, CsvFlavour::Machine);
    let (rows, lines) = (records(&files["findings.csv"]), objects(&files["findings.jsonl"]));
    assert_eq!(rows.len(), lines.len());
    let ids: BTreeSet<_> = rows.iter().map(|row| row["finding_id"].clone()).collect();
    assert_eq!(ids.len(), rows.len());
    for (row, line) in rows.iter().zip(&lines) {
        for name in
            ["finding_id", "rule_id", "severity", "status", "site_id", "account", "sensitivity"]
        {
            assert_eq!(row[name], line[name].as_str().unwrap(), "{name}");
        }
    }
    let run: serde_json::Value = serde_json::from_slice(&files["run.json"]).unwrap();
    assert_eq!(run["findings"]["count"], rows.len());
    assert_eq!(run["counts"]["status"]["new"], 9);
    assert_eq!(run["counts"]["severity"]["critical"], 1);
    assert_eq!(run["counts"]["status"]["not-evaluable"], 1);
    let listed: Vec<_> = run["outputs"].as_array().unwrap().iter().map(|o| &o["file"]).collect();
    let wanted = [
        "findings.csv",
        "quarantine.csv",
        "checklist.csv",
        "coverage.csv",
        "review-honin.csv",
        "review-clinic.csv",
        "leaving.csv",
        "report.xlsx",
        "checklist.xlsx",
        "fix-accounts.ps1",
        "fix-accounts.csv",
        "fix-left-out.csv",
        "fix-ecarte.csv",
        "fix-devices.csv",
        "rollup.html",
        "rollup.csv",
        "rollup-months.csv",
        "site-honin.html",
        "site-honin.csv",
        "site-clinic.html",
        "site-clinic.csv",
        "summary.txt",
        "findings.jsonl",
        "accounts.jsonl",
        "history.jsonl",
        "checklist.json",
    ];
    assert_eq!(listed, wanted);
}

#[test]
fn hostile_names_reach_every_sink_as_data() {
    let mut sample = Sample::empty();
    for name in HOSTILE {
        let at = sample.add(LIFE, 0, 0, name);
        let text = sample.report.text.push(name);
        sample.report.findings[at].facts.detail = text;
    }
    sample.report.sites[0].name = HOSTILE[11].to_owned();
    sample.report.files[0].1.path = format!("honin/{}", HOSTILE[14]);
    for &flavour in CsvFlavour::ALL {
        let files = outputs(&sample, Lang::Ja, flavour);
        let rows = records(&files["findings.csv"]);
        let lines = objects(&files["findings.jsonl"]);
        assert_eq!((rows.len(), lines.len()), (HOSTILE.len(), HOSTILE.len()));
        for ((row, line), name) in rows.iter().zip(&lines).zip(HOSTILE) {
            let account = &row["account"];
            assert_eq!(if flavour.guards() { unguard(account) } else { account }, *name);
            assert!(!flavour.guards() || !account.starts_with(['=', '+', '-', '@', '\t', '＝']));
            assert_eq!(line["account"], *name);
            assert_eq!(line["detail"], *name);
        }
        let summary = std::str::from_utf8(&files["summary.txt"]).unwrap();
        assert!(!summary.chars().any(|c| c.is_control() && c != '\n'), "{summary:?}");
        assert!(!summary.contains('\u{202E}') && !summary.contains("\n::error"));
        assert!(serde_json::from_slice::<serde_json::Value>(&files["run.json"]).is_ok());
    }
}

#[test]
fn bytes_do_not_depend_on_threads_or_on_the_order_of_reading() {
    let mut sample = Sample::full();
    for number in 0..20_000 {
        sample.add(LIFE, 0, 0, &format!("user{number}"));
    }
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| outputs(&sample, Lang::Ja, CsvFlavour::Excel))
    };
    let one = with(1);
    assert!(one == with(2), "two threads write what one writes");
    sample.report.problems.reverse();
    sample.report.incomparable.reverse();
    assert!(one == outputs(&sample, Lang::Ja, CsvFlavour::Excel));
}

#[test]
fn quarantine_says_where_and_why_and_nothing_else() {
    let files = outputs(&Sample::full(), Lang::En, CsvFlavour::Plain);
    let rows = records(&files["quarantine.csv"]);
    assert_eq!(rows.len(), 2, "warnings are not refusals");
    assert_eq!(rows[0]["file"], "clinic/ecarte/使用者一覧.csv");
    assert_eq!((&*rows[0]["line"], &*rows[0]["column"]), ("418", "職種"));
    assert_eq!((&*rows[0]["reason"], &*rows[0]["detail"]), ("field-count", "7 ≠ 8"));
    assert!(rows[0]["hint"].contains("unquoted comma"));
    assert_eq!((&*rows[1]["line"], &*rows[1]["reason"]), ("", "unsupported"));
}
