//! Lists of breached passwords on the command line: what is found, what is recorded, what is refused.

#![allow(clippy::unwrap_used)]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use support::{kagiban, root, rows};

fn case() -> PathBuf {
    root().join("fixtures/rules/QUAL-03/fires")
}

/// The exports of the case as a site of their own.
fn site() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (topic, file) in [
        ("ad", "users.csv"),
        ("ad", "hashes.ntds"),
        ("devices", "core-sw.txt"),
        ("devices", "edge-sw.txt"),
    ] {
        let to = folder.path().join("site").join(topic);
        fs::create_dir_all(&to).unwrap();
        fs::copy(case().join(topic).join(file), to.join(file)).unwrap();
    }
    folder
}

fn audit(site: &Path, corpus: &Path, out: &Path) -> Output {
    let site = site.join("site");
    let paths = [site, out.to_path_buf(), corpus.to_path_buf()];
    let [site, out, corpus] = paths.map(|path| path.to_str().unwrap().to_owned());
    kagiban(&[
        "audit",
        &site,
        "-o",
        &out,
        "--as-of",
        "2026-11-22",
        "--rule",
        "QUAL-03",
        "--format",
        "csv,json",
        "--csv",
        "machine",
        "--lang",
        "en",
        "--corpus",
        &corpus,
    ])
}

#[test]
fn counts_are_told_as_bands_and_common_ones_are_critical() {
    let (site, out) = (site(), tempfile::tempdir().unwrap());
    let run = audit(site.path(), &case().join("corpus.txt"), out.path());
    assert_eq!(run.status.code(), Some(1), "{}", String::from_utf8_lossy(&run.stderr));
    let found: BTreeMap<String, (String, String)> = rows(&out.path().join("findings.csv"))
        .into_iter()
        .filter(|row| row["status"] == "new")
        .map(|row| (row["account"].clone(), (row["severity"].clone(), row["value"].clone())))
        .collect();
    let pair = |severity: &str, value: &str| (severity.to_owned(), value.to_owned());
    // 23 times, 4 times on a disabled account, 120,000 times on an administrator of a switch.
    assert_eq!(found["t.sato"], pair("high", "10"));
    assert_eq!(found["k.mori"], pair("info", "1"));
    assert_eq!(found["netop"], pair("critical", "100000"));
    assert_eq!(found.len(), 3);
}

#[test]
fn the_run_says_which_list_it_looked_into() {
    let (site, out) = (site(), tempfile::tempdir().unwrap());
    let list = case().join("corpus.txt");
    audit(site.path(), &list, out.path());
    let text = fs::read_to_string(out.path().join("run.json")).unwrap();
    let run: serde_json::Value = serde_json::from_str(&text).unwrap();
    let corpus = &run["corpora"][0];
    assert_eq!(
        (corpus["name"].as_str(), corpus["hash"].as_str()),
        (Some("corpus.txt"), Some("nt"))
    );
    assert_eq!(corpus["size"].as_u64(), Some(fs::metadata(&list).unwrap().len()));
    assert_eq!(corpus["date"].as_str().map(str::len), Some("2026-11-22".len()));
}

#[test]
fn a_folder_by_prefix_finds_what_the_file_finds() {
    let (site, folder) = (site(), tempfile::tempdir().unwrap());
    let text = fs::read_to_string(case().join("corpus.txt")).unwrap();
    let mut parts: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for line in text.lines() {
        parts.entry(&line[..5]).or_default().push(&line[5..]);
    }
    // The digest that no list holds asks for its file as well.
    parts.entry("833D9").or_default().push("00000000000000000000000000A:1");
    for (prefix, lines) in parts {
        fs::write(folder.path().join(prefix), lines.join("\r\n")).unwrap();
    }
    let found = |corpus: &Path| {
        let out = tempfile::tempdir().unwrap();
        let run = audit(site.path(), corpus, out.path());
        assert_eq!(run.status.code(), Some(1), "{}", String::from_utf8_lossy(&run.stderr));
        let rows = rows(&out.path().join("findings.csv"));
        let row =
            |row: &BTreeMap<String, String>| (row["finding_id"].clone(), row["value"].clone());
        rows.iter().map(row).collect::<Vec<_>>()
    };
    assert_eq!(found(&case().join("corpus.txt")), found(folder.path()));
}

#[test]
fn a_list_that_is_none_ends_the_run_before_anything_is_written() {
    let (site, folder) = (site(), tempfile::tempdir().unwrap());
    let text = fs::read_to_string(case().join("corpus.txt")).unwrap();
    let mut lines: Vec<&str> = text.lines().collect();
    lines.swap(1, 2);
    let list = folder.path().join("list.txt");
    let out = folder.path().join("out");
    for (bad, said) in [
        (lines.join("\n"), "list.txt:3: the list is not sorted here\nhint: "),
        (text.replace(":23", ""), "no line of the form HASH:count\nhint: "),
        (text[..text.len() - 40].to_owned(), "the last line is cut\nhint: "),
        (String::new(), "list.txt:1: an empty file\nhint: "),
    ] {
        fs::write(&list, bad).unwrap();
        let run = audit(site.path(), &list, &out);
        let stderr = String::from_utf8_lossy(&run.stderr);
        assert_eq!(run.status.code(), Some(2), "{stderr}");
        assert!(stderr.contains(said) && !out.exists(), "{said}: {stderr}");
    }
}
