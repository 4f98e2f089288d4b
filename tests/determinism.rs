//! Same inputs, same day: the same bytes, whatever the number of threads, the order in which the
//! files were made, and whether there is a key (but for the column that a key is for).

#[path = "support/cells.rs"]
mod cells;
#[path = "support/process.rs"]
mod process;

use kagiban::kernel::Level;
use process::{command, files, finish, sorted};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The contract's columns, in its order.
const COLUMNS: &str = "schema,finding_id,rule_id,severity,confidence,status,site_id,site_name,\
system_kind,system,account,person_id,display_name,title,evidence,metric,value,unit,group_id,\
group_size,tag,first_seen,last_seen,source_file,source_line,guideline_ref,fix,suppressed_until,\
suppress_reason,owner,due,as_of,tool_version,sensitivity,cause";

const OUTPUTS: [&str; 12] = [
    "accounts.jsonl",
    "checklist.csv",
    "checklist.json",
    "checklist.xlsx",
    "coverage.csv",
    "findings.csv",
    "findings.jsonl",
    "history.jsonl",
    "leaving.csv",
    "quarantine.csv",
    "report.xlsx",
    "run.json",
];

fn demo() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/sites")
}

/// Audits a folder; what was written, by name.
fn audit(folder: &Path, options: &[&str]) -> Vec<(String, Vec<u8>)> {
    audit_by(&mut command(), folder, options)
}

/// The same by a prepared command.
fn audit_by(command: &mut Command, folder: &Path, options: &[&str]) -> Vec<(String, Vec<u8>)> {
    let scratch = tempfile::tempdir().expect("a folder");
    let out = scratch.path().join("out");
    let (folder, shown) = (folder.to_string_lossy(), out.to_string_lossy());
    let mut arguments = vec!["audit", &*folder, "-o", &*shown, "--as-of", "2026-11-22"];
    arguments.extend(["--lang", "ja"]);
    arguments.extend(options);
    let run = finish(command.args(&arguments));
    assert!(matches!(run.code, 0 | 1 | 3), "exit {}: {}", run.code, run.said());
    let written = files(&out);
    // Beside them, one list for each site.
    let (lists, names): (Vec<&str>, Vec<&str>) =
        written.iter().map(|(name, _)| &**name).partition(|name| name.starts_with("review-"));
    assert_eq!(names, OUTPUTS);
    assert!(!lists.is_empty());
    written
}

/// The bytes of findings.csv.
fn findings_csv(written: &[(String, Vec<u8>)]) -> &[u8] {
    let found = written.iter().find(|(name, _)| name == "findings.csv");
    &found.expect("it is written").1
}

fn assert_same(what: &str, first: &[(String, Vec<u8>)], second: &[(String, Vec<u8>)]) {
    for ((name, one), (_, two)) in first.iter().zip(second) {
        if one == two {
            continue;
        }
        let (one, two) = (String::from_utf8_lossy(one), String::from_utf8_lossy(two));
        let line = one.lines().zip(two.lines()).position(|(a, b)| a != b).unwrap_or_default();
        let at = |text: &str| text.lines().nth(line).unwrap_or_default().to_owned();
        panic!("{what}: {name} differs in line {}\n{}\n{}", line + 1, at(&one), at(&two));
    }
}

#[test]
fn two_runs_and_any_number_of_threads_write_the_same_bytes() {
    let first = audit(&demo(), &[]);
    let findings = cells::parse(findings_csv(&first)).1;
    assert!(findings.len() > 100, "only {} findings to compare", findings.len());
    assert_same("a second run", &first, &audit(&demo(), &[]));
    for jobs in ["1", "2", "8"] {
        assert_same(&format!("--jobs {jobs}"), &first, &audit(&demo(), &["--jobs", jobs]));
    }
}

#[test]
fn every_instruction_set_writes_the_same_bytes() {
    let scratch = tempfile::tempdir().expect("a folder");
    let list = scratch.path().join("words.txt");
    fs::write(&list, "Spring\nkozakura\nWinter-\n").expect("a written list");
    let options = ["--wordlist", &*list.to_string_lossy(), "--mask", "?d?d?d?d"];
    let on = |lanes: &str| {
        let mut command = command();
        audit_by(command.env("KAGIBAN_LANES", lanes), &demo(), &options)
    };
    let portable = on("portable");
    for level in Level::available() {
        assert_same(level.word(), &portable, &on(level.word()));
    }
}

/// Copies a folder, making its entries in another order.
fn copy_backwards(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a new folder");
    for entry in sorted(from).into_iter().rev() {
        let target = to.join(entry.file_name().expect("a name"));
        if entry.is_dir() {
            copy_backwards(&entry, &target);
        } else {
            fs::copy(&entry, &target).expect("a copied file");
        }
    }
}

#[test]
fn the_order_in_which_files_were_made_does_not_matter() {
    let scratch = tempfile::tempdir().expect("a folder");
    let (forwards, backwards) = (scratch.path().join("forwards"), scratch.path().join("backwards"));
    process::copy(&demo(), &forwards);
    copy_backwards(&demo(), &backwards);
    let first = audit(&demo(), &[]);
    assert_same("a copy", &first, &audit(&forwards, &[]));
    assert_same("a copy made backwards", &first, &audit(&backwards, &["--jobs", "2"]));
}

#[test]
fn files_of_one_system_may_come_in_any_order() {
    // The same two exports under names that sort the other way round: one account stays one.
    let users = "\"SamAccountName\",\"SID\",\"Enabled\",\"DistinguishedName\",\"LastLogonDate\",\"PasswordLastSet\"\n\
        \"k.sato\",\"S-1-5-21-1-2-3-1104\",\"True\",\"CN=k.sato,DC=corp,DC=byoin,DC=example\",\"2020/01/06 9:00:00\",\"2019/04/01 9:00:00\"\n";
    let hash = "0123456789abcdef00112233445566ff";
    let dump = format!(
        "CORP\\k.sato:1104:aad3b435b51404eeaad3b435b51404ee:{hash}:::\n\
         CORP\\h.ito:1105:aad3b435b51404eeaad3b435b51404ee:{hash}:::\n"
    );
    let findings = |names: [&str; 2]| {
        let scratch = tempfile::tempdir().expect("a folder");
        let folder = scratch.path().join("honin");
        fs::create_dir_all(folder.join("ad")).expect("a new folder");
        fs::write(folder.join("ad").join(names[0]), users).expect("a new file");
        fs::write(folder.join("ad").join(names[1]), &dump).expect("a new file");
        let rows = cells::parse(findings_csv(&audit(&folder, &[]))).1;
        let mut facts: Vec<String> = rows
            .iter()
            .filter(|row| row["status"] != "not-evaluable")
            .map(|row| {
                ["finding_id", "rule_id", "system", "account", "group_id"]
                    .map(|column| row[column].clone())
                    .join(",")
            })
            .collect();
        facts.sort();
        facts
    };
    let first = findings(["a-users.csv", "b-hashes.ntds"]);
    assert!(first.iter().any(|line| line.contains("REUSE-01")), "{first:?}");
    assert!(first.iter().any(|line| line.contains("LIFE-01")), "{first:?}");
    assert_eq!(first, findings(["z-users.csv", "b-hashes.ntds"]));
}

#[test]
fn the_columns_are_those_of_the_contract() {
    let written = audit(&demo(), &["--csv", "machine"]);
    let text = String::from_utf8(findings_csv(&written).to_vec()).expect("UTF-8");
    assert_eq!(text.lines().next(), Some(COLUMNS));
    for row in cells::parse(text.as_bytes()).1 {
        assert_eq!(row["as_of"], "2026-11-22");
        assert_eq!(row["finding_id"].len(), 16, "{row:?}");
        let status = row["status"].as_str();
        assert!(matches!(status, "new" | "not-evaluable"), "{row:?}");
        let kinds = ["directory", "ecarte", "device", "host", "application"];
        let of_the_site = row["system"].is_empty() && row["system_kind"].is_empty();
        assert!(of_the_site || kinds.contains(&&*row["system_kind"]), "{row:?}");
        let severities = ["info", "low", "medium", "high", "critical"];
        assert!(severities.contains(&&*row["severity"]), "{row:?}");
        assert!(matches!(&*row["sensitivity"], "" | "normal" | "restricted"), "{row:?}");
        assert!(demo().join(&row["source_file"]).exists(), "{row:?}");
    }
}

#[test]
fn finding_ids_are_unique_and_sorted() {
    let written = audit(&demo(), &[]);
    let ids: Vec<String> = cells::parse(findings_csv(&written))
        .1
        .iter()
        .map(|row| row["finding_id"].clone())
        .collect();
    assert!(ids.windows(2).all(|pair| pair[0] < pair[1]), "equal ids, or not in order");
}

#[test]
fn a_key_fills_the_tag_and_changes_nothing_else() {
    let scratch = tempfile::tempdir().expect("a folder");
    let key = scratch.path().join("tag.key");
    fs::write(&key, format!("{}\n", "5a".repeat(32))).expect("a key");
    let other = scratch.path().join("other.key");
    fs::write(&other, format!("{}\n", "a5".repeat(32))).expect("a key");
    let without = cells::parse(findings_csv(&audit(&demo(), &[]))).1;
    let with = cells::parse(findings_csv(&audit(&demo(), &["--key", &key.to_string_lossy()]))).1;
    let another =
        cells::parse(findings_csv(&audit(&demo(), &["--key", &other.to_string_lossy()]))).1;
    assert!(without.iter().all(|row| row["tag"].is_empty()), "a tag without a key");
    let tagged = with.iter().filter(|row| !row["tag"].is_empty()).count();
    assert!(tagged > 10, "only {tagged} tags");
    let shape = |tag: &str| {
        let text = tag.strip_prefix("pw:").unwrap_or_default();
        text.len() == 12
            && text.bytes().all(|b| b.is_ascii_lowercase() || (b'2'..=b'7').contains(&b))
    };
    assert_eq!(with.len(), without.len());
    for ((mut one, mut two), third) in without.into_iter().zip(with).zip(another) {
        let tag = two.insert("tag".to_owned(), String::new()).unwrap_or_default();
        one.insert("tag".to_owned(), String::new());
        assert_eq!(one, two, "the key changed more than the tag");
        assert!(tag.is_empty() || shape(&tag), "{tag}");
        assert!(tag.is_empty() || tag != third["tag"], "two keys, one tag");
    }
}
