//! A run is measured once: `report` writes every format again, byte for byte, without the exports; and
//! what is not a whole run of this schema is refused with a word about why.

#![allow(clippy::unwrap_used)]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use support::kagiban;

const STORY: &str = "fixtures/runs/r7-same-facility";

/// Every format.
const ALL: &str = "text,csv,review,xlsx,fix,sites,json";

/// Audits a folder into `out`, all formats.
fn audit(folder: &str, out: &Path, lang: &str, more: &[&str]) {
    let shown = out.to_str().unwrap();
    let mut arguments = vec!["audit", folder, "-o", shown, "--as-of", "2026-11-22"];
    arguments.extend(["--lang", lang, "--format", ALL]);
    arguments.extend(more);
    let run = kagiban(&arguments);
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(matches!(run.status.code(), Some(0 | 1)), "{said}");
    fs::write(out.join("stdout"), without(&run.stdout, shown)).unwrap();
}

/// The summary without the name of its folder.
fn without(text: &[u8], folder: &str) -> String {
    String::from_utf8_lossy(text).replace(folder, "OUT")
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    entries.map(|path| (name(&path), fs::read(&path).unwrap())).collect()
}

/// Every format of a run is the same from the run alone.
fn renders_again(folder: &str, lang: &str, more: &[&str]) {
    let scratch = tempfile::tempdir().unwrap();
    // As long a name as that of the second folder: lists wrap behind it.
    let run = scratch.path().join("first");
    audit(folder, &run, lang, more);
    let written = files(&run);
    for writer in kagiban::report::WRITERS.iter().map(|writer| writer.name()) {
        // run.json names what stands beside it, and the summary too: with all the others, below.
        if ["json", "text"].contains(&writer) {
            continue;
        }
        let again = scratch.path().join(writer);
        let arguments = ["report", run.to_str().unwrap(), "--format", writer, "-o"];
        let done = kagiban(&[&arguments[..], &[again.to_str().unwrap()]].concat());
        assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
        let again = files(&again);
        assert!(!again.is_empty(), "{writer} writes files");
        for (name, bytes) in again {
            assert!(bytes == written[&name], "{folder} {lang} {writer}: {name} differs");
        }
    }
    let again = scratch.path().join("again");
    let shown = again.to_str().unwrap();
    let done = kagiban(&["report", run.to_str().unwrap(), "--format", ALL, "-o", shown]);
    assert!(done.stderr.is_empty(), "{}", String::from_utf8_lossy(&done.stderr));
    fs::write(again.join("stdout"), without(&done.stdout, shown)).unwrap();
    let again = files(&again);
    assert_eq!(again.keys().collect::<Vec<_>>(), written.keys().collect::<Vec<_>>());
    for (name, bytes) in again {
        assert!(bytes == written[&name], "{folder} {lang}: {name} differs");
    }
}

#[test]
fn the_demonstration_is_written_again_byte_for_byte() {
    let scratch = tempfile::tempdir().unwrap();
    let key = scratch.path().join("tag.key");
    fs::write(&key, "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\n").unwrap();
    renders_again("fixtures/sites", "ja", &["--key", key.to_str().unwrap()]);
}

#[test]
fn several_entities_and_flavours_are_written_again() {
    renders_again("fixtures/runs/two-entities", "en", &["--csv", "machine"]);
}

#[test]
fn another_language_is_that_of_an_audit_in_it() {
    let scratch = tempfile::tempdir().unwrap();
    let [ja, en, again] = ["ja", "en", "again"].map(|name| scratch.path().join(name));
    audit(STORY, &ja, "ja", &["--csv", "plain"]);
    audit(STORY, &en, "en", &["--csv", "plain"]);
    let shown = again.to_str().unwrap();
    let done = kagiban(&["report", ja.to_str().unwrap(), "--lang", "en", "-o", shown]);
    assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
    let wanted = files(&en);
    for (name, bytes) in files(&again) {
        assert!(bytes == wanted[&name], "{name} differs");
    }
}

/// What `report` says of a run that `spoil` was done to.
fn refused(spoil: impl Fn(&Path)) -> String {
    let scratch = tempfile::tempdir().unwrap();
    // As long a name as that of the second folder: lists wrap behind it.
    let run = scratch.path().join("first");
    audit(STORY, &run, "en", &[]);
    spoil(&run);
    let out = scratch.path().join("out");
    let done =
        kagiban(&["report", run.to_str().unwrap(), "--format", "csv", "-o", out.to_str().unwrap()]);
    let said = without(&done.stderr, run.to_str().unwrap());
    assert_eq!(done.status.code() == Some(0), out.exists(), "{said}");
    if done.status.code() == Some(0) {
        return format!("taken {said}");
    }
    assert_eq!(done.status.code(), Some(2), "{said}");
    said.trim_start_matches("error: OUT").to_owned()
}

fn change(file: &'static str, from: &'static str, to: &'static str) -> impl Fn(&Path) {
    move |run| {
        let path = run.join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{from}");
        fs::write(path, text.replacen(from, to, 1)).unwrap();
    }
}

#[test]
fn what_is_no_whole_run_is_refused_with_a_reason() {
    let first_line = |said: String| said.lines().next().unwrap().to_owned();
    let schema = "kagiban.run/1";
    for (spoil, wanted) in [
        (
            change("run.json", schema, "kagiban.run/2"),
            "/run.json: the run is of schema kagiban.run/2, newer than this version",
        ),
        (
            change("run.json", schema, "kagiban.run/0"),
            "/run.json: the run is of schema kagiban.run/0, which is no longer read",
        ),
        (change("run.json", schema, "sarif"), "/run.json: not a run of kagiban (no such schema)"),
        (
            change("run.json", "\"as_of\": \"2026-11-22\"", "\"as_of\": \"2026-13-01\""),
            "/run.json: no run has such a value of as_of",
        ),
        (
            change("run.json", "\"profile\"", "\"profiel\""),
            "/run.json:250: missing field `profile`",
        ),
        (
            change("run.json", "\"interrupted\": false", "\"interrupted\": 3"),
            "/run.json:18: a value at column 18 is not of its kind",
        ),
        (
            change("findings.jsonl", "\"status\":\"new\"", "\"status\":\"open\""),
            "/findings.jsonl: changed since the run wrote it (its SHA-256 is not that of run.json)",
        ),
        (
            change("findings.jsonl", "\"severity\"", "\"severit\""),
            "/findings.jsonl:1: missing field `severity`",
        ),
        (
            change("findings.jsonl", "{\"finding_id\"", "{{"),
            "/findings.jsonl:1: not JSON at column 2",
        ),
    ] {
        let said = first_line(refused(spoil));
        let numberless =
            |text: &str| text.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
        assert_eq!(numberless(&said), numberless(wanted), "{said}");
    }
    let cut = |file: &'static str, keep: fn(usize) -> usize| {
        move |run: &Path| {
            let bytes = fs::read(run.join(file)).unwrap();
            fs::write(run.join(file), &bytes[..keep(bytes.len())]).unwrap();
        }
    };
    assert_eq!(first_line(refused(cut("run.json", |_| 0))), "/run.json: the file is empty");
    let said = first_line(refused(cut("run.json", |length| length / 2)));
    assert!(said.ends_with(": the file ends in the middle"), "{said}");
    let said = first_line(refused(cut("findings.jsonl", |length| length - 5)));
    assert!(said.ends_with(": the file ends in the middle"), "{said}");
    let said = first_line(refused(cut("accounts.jsonl", |_| 0)));
    assert!(said.starts_with("/accounts.jsonl: 0 lines, and "), "{said}");
    let said = first_line(refused(|run| fs::remove_file(run.join("history.jsonl")).unwrap()));
    assert!(said.starts_with("/history.jsonl: "), "{said}");
    let said = refused(|run| fs::remove_file(run.join("run.json")).unwrap());
    assert!(said.contains("hint: name the folder of a run"), "{said}");
}

#[test]
fn a_field_that_a_later_version_added_is_passed_over() {
    let said = refused(change("run.json", "{", "{\n  \"mood\": {\"of\": [\"the\", 1]},"));
    assert_eq!(said, "taken ");
}

#[test]
fn a_run_of_unknown_rules_is_not_written_again_in_part() {
    let said = refused(change(
        "run.json",
        "\"rule_id\": \"AUD-03\",\n      \"version\"",
        "\"rule_id\": \"XYZ-01\",\n      \"version\"",
    ));
    assert!(said.contains("rules that this version does not have: XYZ-01"), "{said}");
}

/// Ids in a workbook's sheet of all findings.
fn workbook_ids(path: &Path) -> Vec<String> {
    use calamine::{Data, Reader, Xlsx, open_workbook};
    let mut book: Xlsx<_> = open_workbook(path).unwrap();
    let sheet = book.worksheet_range("指摘一覧").unwrap();
    let heading = sheet.rows().next().unwrap();
    let wanted = Data::String("finding_id".to_owned());
    let at = heading.iter().position(|cell| *cell == wanted).unwrap();
    sheet.rows().skip(1).map(|row| row[at].to_string()).collect()
}

#[test]
fn the_same_ids_and_counts_stand_in_every_format() {
    let scratch = tempfile::tempdir().unwrap();
    // As long a name as that of the second folder: lists wrap behind it.
    let run = scratch.path().join("first");
    audit("fixtures/sites", &run, "ja", &["--include-restricted", "--csv", "machine"]);
    let table = support::rows(&run.join("findings.csv"));
    let sorted = |mut ids: Vec<String>| {
        ids.sort();
        ids
    };
    let ids = sorted(table.iter().map(|row| row["finding_id"].clone()).collect());
    assert!(ids.len() > 100 && ids.windows(2).all(|pair| pair[0] < pair[1]));
    let lines = fs::read_to_string(run.join("findings.jsonl")).unwrap();
    let lines: Vec<serde_json::Value> =
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of = |line: &serde_json::Value, key: &str| line[key].as_str().unwrap().to_owned();
    assert_eq!(sorted(lines.iter().map(|line| of(line, "finding_id")).collect()), ids);
    assert_eq!(sorted(workbook_ids(&run.join("report.xlsx"))), ids);
    let sheets =
        ["honin", "clinic"].map(|site| support::rows(&run.join(format!("site-{site}.csv"))));
    let listed = sheets.iter().flatten().map(|row| row["finding_id"].clone());
    assert_eq!(sorted(listed.collect()), ids, "every finding stands on one site's sheet");
    let known = |list: &str| {
        let rows = support::rows(&run.join(list));
        rows.iter().filter(|row| !ids.contains(&row["finding_id"])).count()
    };
    for list in ["fix-accounts.csv", "fix-left-out.csv", "fix-ecarte.csv", "fix-devices.csv"] {
        assert_eq!(known(list), 0, "{list} names only findings of the run");
    }
    let header: serde_json::Value =
        serde_json::from_slice(&fs::read(run.join("run.json")).unwrap()).unwrap();
    let open = ["new", "open", "returned"];
    for severity in ["critical", "high", "medium", "low", "info"] {
        let count = |rows: &[BTreeMap<String, String>]| {
            let active = |row: &&BTreeMap<String, String>| {
                row["severity"] == severity && open.contains(&&*row["status"])
            };
            rows.iter().filter(active).count()
        };
        assert_eq!(header["counts"]["severity"][severity], count(&table), "{severity}");
        assert_eq!(sheets.iter().map(|rows| count(rows)).sum::<usize>(), count(&table));
        let active = |line: &&serde_json::Value| {
            line["severity"] == severity && open.contains(&line["status"].as_str().unwrap())
        };
        assert_eq!(lines.iter().filter(active).count(), count(&table), "{severity}");
    }
    assert_eq!(header["findings"]["count"], ids.len());
}
