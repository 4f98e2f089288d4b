//! What a vendor gets over all its sites: the page with missing and old ones, the months, and a sheet
//! for every site that names no other.

#![allow(clippy::unwrap_used)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use support::{kagiban, rows};

const HEADER: &str = "利用者ID,氏名,有効区分,最終ログイン,登録日";

/// A vendor's folder that is filled month by month.
struct Vendor(tempfile::TempDir);

impl Vendor {
    fn path(&self, inner: &str) -> PathBuf {
        self.0.path().join(inner)
    }

    /// Makes a site, with an export of that day where one is given.
    fn site(&self, slug: &str, export: Option<&str>, users: &[&str]) {
        let folder = self.path("sites").join(slug).join("ecarte");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.parent().unwrap().join("site.toml"), format!("name = \"医院{slug}\"\n"))
            .unwrap();
        if let Some(day) = export {
            let table = format!("{HEADER}\n{}\n", users.join("\n"));
            fs::write(folder.join(format!("users_{day}.csv")), table).unwrap();
        }
    }

    fn audit(&self, as_of: &str) -> PathBuf {
        let arguments = ["audit", self.0.path().to_str().unwrap(), "--as-of", as_of];
        let more = ["--lang", "ja", "--csv", "machine", "--format", "csv,sites,json"];
        let run = kagiban(&[&arguments[..], &more].concat());
        let said = String::from_utf8_lossy(&run.stderr);
        assert!(matches!(run.status.code(), Some(0 | 1 | 3)), "{said}");
        self.path("runs").join(&as_of[..7])
    }
}

const STALE: &str = "u001,山田 太郎,有効,2020/01/06,2019/04/01";
const USED: &str = "u002,佐藤 花子,有効,2026/10/20,2019/04/01";

/// Two months of five sites: what stands in the tables is written here by hand.
fn two_months() -> (Vendor, PathBuf) {
    let vendor = Vendor(tempfile::tempdir().unwrap());
    for slug in ["a", "b", "d"] {
        vendor.site(slug, Some("20261023"), &[STALE, USED]);
    }
    vendor.site("c", Some("20260901"), &[USED]);
    vendor.audit("2026-10-25");
    fs::remove_dir_all(vendor.path("sites")).unwrap();
    vendor.site("a", Some("20261120"), &[USED]);
    vendor.site("b", None, &[]);
    vendor.site("c", Some("20260901"), &[USED]);
    // Two columns too few.
    vendor.site("e", Some("20261120"), &[USED, "u003,鈴木 一郎,有効"]);
    let run = vendor.audit("2026-11-22");
    (vendor, run)
}

#[test]
fn missing_old_and_broken_sites_are_told_apart() {
    let (_vendor, run) = two_months();
    let told: Vec<_> = rows(&run.join("rollup.csv"))
        .into_iter()
        .map(|row| {
            let of = |column: &str| row[column].clone();
            [of("site_id"), of("site_name"), of("state"), of("newest_export"), of("days_old")]
        })
        .collect();
    let wanted = [
        ["a", "医院a", "", "2026-11-20", "2"],
        ["b", "医院b", "no-export", "", ""],
        ["c", "医院c", "stale", "2026-09-01", "82"],
        ["d", "医院d", "absent", "2026-10-23", "30"],
        ["e", "医院e", "incomplete", "2026-11-20", "2"],
    ];
    assert_eq!(told, wanted.map(|row| row.map(str::to_owned)));
    // Grey is not green: what was not read has no numbers.
    for row in rows(&run.join("rollup.csv")) {
        let missing = ["b", "d"].contains(&&*row["site_id"]);
        for column in ["critical", "high", "medium", "low", "info", "accounts"] {
            assert_eq!(row[column].is_empty(), missing, "{} {column}", row["site_id"]);
        }
    }
    let page = fs::read_to_string(run.join("rollup.html")).unwrap();
    for line in [
        "<b>今回の監査に含まれていない施設</b> 1: 医院d (2026-10-23)",
        "<b>読める出力がない施設</b> 1: 医院b",
        "<b>出力が古い施設</b> 1: 医院c (2026-09-01)",
        "<b>読めない行・ファイルがある施設</b> 1: 医院e",
        "基準日より 45 日を超えて前の出力を「古い」とします。",
    ] {
        assert!(page.contains(line), "{line}");
    }
}

#[test]
fn numbers_are_those_of_the_findings_month_by_month() {
    let (vendor, run) = two_months();
    let mut months: BTreeMap<(String, String), BTreeMap<String, String>> = BTreeMap::new();
    for row in rows(&run.join("rollup-months.csv")) {
        months.insert((row["run"].clone(), row["site_id"].clone()), row);
    }
    let known: Vec<_> = months.keys().map(|(run, site)| format!("{run} {site}")).collect();
    let wanted = ["2026-10 a", "2026-10 b", "2026-10 c", "2026-10 d"];
    let wanted = [&wanted[..], &["2026-11 a", "2026-11 b", "2026-11 c", "2026-11 e"]].concat();
    assert_eq!(known, wanted);
    for ((month, site), row) in &months {
        let folder = vendor.path("runs").join(month);
        for severity in ["critical", "high", "medium", "low", "info"] {
            let open = rows(&folder.join("findings.csv"))
                .iter()
                .filter(|row| row["site_id"] == *site && row["severity"] == severity)
                .filter(|row| ["new", "open", "returned"].contains(&&*row["status"]))
                .count();
            let unread = (month.as_str(), site.as_str()) == ("2026-11", "b");
            let wanted = if unread { String::new() } else { open.to_string() };
            assert_eq!(row[severity], wanted, "{month} {site} {severity}");
        }
    }
    // u001 of a was long unused and is gone: LIFE-01 is fixed there, and one medium finding less.
    let medium = |month: &str| {
        let row = &months[&(month.to_owned(), "a".to_owned())];
        row["medium"].parse::<i64>().unwrap()
    };
    assert_eq!(medium("2026-10") - medium("2026-11"), 1);
}

#[test]
fn the_same_pages_come_from_the_run_alone() {
    let (vendor, run) = two_months();
    let again = vendor.path("again");
    for (lang, same) in [("ja", true), ("en", false)] {
        let [run, out] = [&run, &again].map(|path| path.to_str().unwrap());
        let done = kagiban(&["report", run, "--format", "sites", "--lang", lang, "-o", out]);
        assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
        let files: Vec<_> = fs::read_dir(&again).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert_eq!(files.len(), 3 + 2 * 4);
        for name in files {
            let [old, new] =
                [Path::new(run), &again].map(|folder| fs::read(folder.join(&name)).unwrap());
            // Months and rollup tables hold no prose.
            let neutral = name.to_str().unwrap().starts_with("rollup")
                && !name.to_str().unwrap().ends_with("html");
            assert_eq!(old == new, same || neutral, "{lang} {}", name.display());
        }
    }
}

/// Every name by which others could be told on a site's sheet: slug, name, systems, logins, people.
fn names(run: &Path) -> BTreeMap<String, BTreeSet<String>> {
    let header: serde_json::Value =
        serde_json::from_slice(&fs::read(run.join("run.json")).unwrap()).unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let mut names: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for site in header["sites"].as_array().unwrap() {
        let own = names.entry(text(&site["site_id"])).or_default();
        own.extend([text(&site["site_id"]), text(&site["name"])]);
        own.extend(
            site["systems"].as_array().unwrap().iter().map(|system| text(&system["system"])),
        );
    }
    for line in fs::read_to_string(run.join("accounts.jsonl")).unwrap().lines() {
        let account: serde_json::Value = serde_json::from_str(line).unwrap();
        let own = names.entry(text(&account["site_id"])).or_default();
        own.extend(["account", "display_name", "person_id"].map(|key| text(&account[key])));
    }
    for own in names.values_mut() {
        own.retain(|name| name.chars().count() > 1);
    }
    names
}

/// True where `name` stands in `text` as a word of its own.
fn holds(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + name.len()..].chars().next();
        ![before, after].into_iter().flatten().any(char::is_alphanumeric)
    })
}

/// Sheets of a run, by site: the page and the table together.
fn sheets(run: &Path, names: &BTreeMap<String, BTreeSet<String>>) -> BTreeMap<String, String> {
    let read =
        |slug: &str, end: &str| fs::read_to_string(run.join(format!("site-{slug}.{end}"))).unwrap();
    names.keys().map(|slug| (slug.clone(), read(slug, "html") + &read(slug, "csv"))).collect()
}

fn audit(folder: &str, out: &Path, lang: &str, more: &[&str]) {
    let arguments = ["audit", folder, "-o", out.to_str().unwrap(), "--as-of", "2026-11-22"];
    // Restricted findings are named: nothing is hidden that could hide a leak.
    let format = ["--lang", lang, "--format", "csv,sites,json", "--include-restricted"];
    let run = kagiban(&[&arguments[..], &format, more].concat());
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(matches!(run.status.code(), Some(0 | 1 | 3)), "{said}");
}

/// What the sheets of a folder say of others, and how many rows say that there are others.
fn strangers(folder: &str, lang: &str) -> (Vec<String>, usize) {
    let scratch = tempfile::tempdir().unwrap();
    let together = scratch.path().join("together");
    audit(folder, &together, lang, &[]);
    let names = names(&together);
    assert!(names.len() > 1, "{folder} has one site");
    let (mut found, mut shared) = (Vec::new(), 0);
    for (slug, sheet) in sheets(&together, &names) {
        let table = rows(&together.join(format!("site-{slug}.csv")));
        shared += table.iter().filter(|row| !row["other_sites"].is_empty()).count();
        let others = names.iter().filter(|(other, _)| **other != slug);
        let foreign: BTreeSet<_> = others.flat_map(|(_, names)| names).collect();
        let suspect = foreign.into_iter().filter(|name| !names[&slug].contains(*name));
        let mut suspect: Vec<_> = suspect.filter(|name| holds(&sheet, name)).collect();
        if !suspect.is_empty() {
            // A login like `enable` is a word of our own sentences: it stands there without others too.
            let alone = scratch.path().join(&slug);
            audit(folder, &alone, lang, &["--site", &slug]);
            let own = fs::read_to_string(alone.join(format!("site-{slug}.html"))).unwrap();
            suspect.retain(|name| !holds(&own, name));
        }
        found.extend(suspect.into_iter().map(|name| format!("{folder}: {slug} names {name}")));
    }
    (found, shared)
}

#[test]
fn a_sheet_names_no_other_site() {
    let mut shared = BTreeMap::new();
    for folder in
        ["fixtures/sites", "fixtures/runs/two-entities", "fixtures/runs/r7-contracted-facilities"]
    {
        for lang in ["ja", "en"] {
            let (found, rows) = strangers(folder, lang);
            assert_eq!(found, Vec::<String>::new());
            shared.insert(folder, rows);
        }
    }
    // The sheets do say that others share a password, so there was something to leak.
    assert!(shared["fixtures/runs/r7-contracted-facilities"] > 0, "{shared:?}");
    // Across legal entities groups are not even joined.
    assert_eq!(shared["fixtures/runs/two-entities"], 0);
}

#[test]
fn a_sheet_that_named_another_would_be_found() {
    let scratch = tempfile::tempdir().unwrap();
    audit("fixtures/runs/r7-contracted-facilities", scratch.path(), "en", &[]);
    let names = names(scratch.path());
    let whole = fs::read_to_string(scratch.path().join("findings.csv")).unwrap();
    for slug in names.keys() {
        assert!(holds(&whole, slug), "findings.csv of the vendor names {slug}");
    }
}
