//! People and accounts over several exports: one person under many spellings, logs that make a
//! system judgeable, the month after `init`, and what is said about each file and account.

#[path = "support/process.rs"]
mod process;
mod support;

use process::run;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use support::{root, rows};
use tempfile::TempDir;

fn put(folder: &Path, path: &str, text: &str) {
    let file = folder.join(path);
    fs::create_dir_all(file.parent().expect("a folder")).expect("a new folder");
    fs::write(file, text).expect("a file");
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// Table of `inventory`, by the given columns.
fn inventory(site: &Path, what: &str) -> Vec<BTreeMap<String, String>> {
    let table = site.join("../table.csv");
    let run =
        run(&["inventory", &shown(site), "--what", what, "--csv", "machine", "-o", &shown(&table)]);
    assert!(table.is_file(), "{}", run.said());
    rows(&table)
}

const ROSTER: &str = "\
職員番号,氏名,カナ氏名,所属,採用日,退職日,メールアドレス
000123,森 葵,モリ アオイ,医局,2020/4/1,,a.mori@mina.example
000124,髙橋 健,タカハシ ケン,検査部,2020/4/1,,k.takahashi@mina.example
000130,佐藤 学,サトウ マナブ,医局,2020/4/1,,
000131,佐藤 学,サトウ マナブ,看護部,2020/4/1,,
";
const DIRECTORY: &str = "\
SamAccountName,DisplayName,EmployeeID,Enabled,mail,SID
a.mori,森　葵,123,True,,S-1-5-21-1-2-3-1101
k.takahashi,高橋 健,１２４,True,,S-1-5-21-1-2-3-1102
m.sato1,佐藤 学,000130,True,,S-1-5-21-1-2-3-1103
m.sato2,佐藤 学,131,True,,S-1-5-21-1-2-3-1104
";
const MEDICAL: &str = "\
利用者ID,氏名,カナ氏名,有効区分
000123,森葵,ﾓﾘ ｱｵｲ,1
０００１２４,髙橋　健,ﾀｶﾊｼ ｹﾝ,1
000130,佐藤 学,サトウ マナブ,1
000131,佐藤 学,サトウ マナブ,1
sato,佐藤 学,サトウ マナブ,1
";
const FACTORS: &str = "\
First Name [Required],Last Name [Required],Email Address [Required],Status [READ ONLY],2sv Enrolled [READ ONLY]
葵,森,A.Mori@mina.example,Active,True
健,高橋,k.takahashi@mina.example,Active,False
";

#[test]
fn one_person_under_many_spellings_is_one_and_two_of_one_name_stay_two() {
    let folder = TempDir::new().expect("a folder");
    let site = folder.path().join("mina");
    put(&site, "hr/roster.csv", ROSTER);
    put(&site, "ad/users.csv", DIRECTORY);
    put(&site, "ecarte/kakari/users.csv", MEDICAL);
    put(&site, "mfa/google.csv", FACTORS);
    let mut people: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in inventory(&site, "accounts") {
        people.entry(row["person_id"].clone()).or_default().push(row["account"].clone());
    }
    let of = |person: &str| {
        let mut accounts = people.get(person).cloned().unwrap_or_default();
        accounts.sort();
        accounts
    };
    assert_eq!(of("000123"), ["000123", "A.Mori@mina.example", "a.mori"]);
    assert_eq!(of("000124"), ["k.takahashi", "k.takahashi@mina.example", "０００１２４"]);
    assert_eq!(of("000130"), ["000130", "m.sato1"]);
    assert_eq!(of("000131"), ["000131", "m.sato2"]);
    // A name alone ties nobody to anybody.
    assert_eq!(of(""), ["sato"]);
}

/// The records of one rule: (account, status, evidence).
fn findings(site: &Path, out: &Path, rule: &str) -> Vec<(String, String, String)> {
    let arguments = [
        "audit",
        &shown(site),
        "-o",
        &shown(out),
        "--as-of",
        "2026-11-20",
        "--format",
        "csv",
        "--csv",
        "machine",
        "--allow-partial",
    ]
    .map(str::to_owned);
    let done = run(&arguments);
    assert!(matches!(done.code, 0 | 1), "{}", done.said());
    let found = rows(&out.join("findings.csv")).into_iter().filter(|row| row["rule_id"] == rule);
    found.map(|r| (r["account"].clone(), r["status"].clone(), r["evidence"].clone())).collect()
}

const LOG: &str = "\
ユーザーID,氏名,時刻,カテゴリ,操作情報
mori,森　葵,2026/4/1 8:30:00,認証,ログイン
mori,森　葵,2026/11/19 8:30:00,認証,ログイン
";

#[test]
fn a_log_makes_a_system_without_last_use_judgeable() {
    let folder = TempDir::new().expect("a folder");
    let site = folder.path().join("mina");
    let dump = root().join("fixtures/sources/orca/joined-utf8/site/ecarte/orca/users.tsv");
    put(&site, "ecarte/orca/users.tsv", &fs::read_to_string(dump).expect("the dump"));
    for rule in ["LIFE-01", "LIFE-02"] {
        let before = findings(&site, &folder.path().join("before"), rule);
        assert_eq!(before.len(), 1, "{before:?}");
        assert_eq!(before[0].1, "not-evaluable");
        assert!(before[0].2.contains("last use"), "{before:?}");
    }
    put(&site, "ecarte/orca/log.csv", LOG);
    let after = findings(&site, &folder.path().join("after"), "LIFE-01");
    // ueda is not in eight months of log; mori is, and ormaster is built in.
    let accounts: Vec<_> = after.iter().filter(|f| f.1 != "not-evaluable").map(|f| &f.0).collect();
    assert_eq!(accounts, ["ueda"], "{after:?}");
    assert!(!after.iter().any(|f| f.1 == "not-evaluable"), "{after:?}");
}

#[test]
fn the_month_after_init_is_complete() {
    let folder = TempDir::new().expect("a folder");
    let dir = shown(folder.path());
    assert_eq!(run(&["init", &dir, "--lang", "ja"]).code, 0);
    // Nothing but untouched registers is nothing to audit, and never clean.
    assert_eq!(run(&["audit", &dir]).code, 4);
    let site = folder.path().join("sites/honin");
    let register = fs::read_to_string(site.join("inventory/registers/breakglass.csv"));
    assert!(register.expect("a register").contains("封印日"));
    put(&site, "hr/roster20261120.csv", ROSTER);
    put(&site, "ad/users20261120.csv", DIRECTORY);
    put(&site, "ecarte/kakari/users20261120.csv", MEDICAL);
    put(&site, "mfa/google20261120.csv", FACTORS);
    let done = run(&["audit", &dir, "--run", "first"]);
    assert!(matches!(done.code, 0 | 1), "exit {}: {}", done.code, done.said());
    assert!(folder.path().join("runs/first/findings.csv").is_file());
}

#[test]
fn each_file_is_explained() {
    let site = root().join("fixtures/sources/orca/joined-utf8/site");
    let folder = TempDir::new().expect("a folder");
    let copy = folder.path().join("site");
    process::copy(&site, &copy);
    let files = inventory(&copy, "files");
    assert_eq!(files[0]["reason"], "tbl_passwd with tbl_syskanri");
    assert_eq!(files[0]["lacks"], "last-use second-factor");
    assert!(files[0]["advice"].contains("access log"), "{:?}", files[0]);
    let said = run(&["audit", &shown(&copy), "--dry-run", "--lang", "en"]).said();
    let judged = said.lines().find(|line| line.contains("(last use)")).unwrap_or_default();
    assert!(judged.contains("LIFE-01") && judged.contains("LIFE-02"), "{said}");
    assert!(said.contains("put an access log CSV"), "{said}");
}

#[test]
fn each_fact_of_an_account_names_its_line() {
    let site = root().join("fixtures/sources/mfa-plain/joins/site");
    let done = run(&["explain", "--account", "site/kakari/ueda", &shown(&site), "--lang", "en"]);
    let said = done.said();
    let stated = |name: &str, value: &str, place: &str| {
        let fits = |line: &str| {
            let words: Vec<&str> = line.split_whitespace().collect();
            words.first() == Some(&name) && words.contains(&value) && words.last() == Some(&place)
        };
        assert!(said.lines().any(fits), "{name} {value} {place}\n{said}");
    };
    stated("enabled", "yes", "ecarte/kakari/users.csv:3");
    stated("factors", "knowledge", "mfa/認証要素.csv:3");
    stated("mfa_plan", "2027-03-31", "mfa/認証要素.csv:3");
    stated("mfa-registered", "no", "mfa/認証要素.csv:3");
    assert!(said.contains("MFA-01"), "{said}");
}

#[test]
fn a_register_is_the_source_of_its_mark() {
    let site = root().join("fixtures/sources/register-breakglass/plain/site");
    let done = run(&["explain", "--account", "site/kakari/hijou1", &shown(&site), "--lang", "en"]);
    let marked = |line: &&str| line.trim_start().starts_with("break-glass");
    let said = done.said();
    let line = said.lines().find(marked).unwrap_or_default();
    assert!(line.ends_with("inventory/registers/breakglass.csv:2"), "{said}");
}

/// Samples of second factors: file, reader, records, of which taken.
const SAMPLES: [(&str, &str, &str); 7] = [
    ("duo-admin-api-users.json", "duo", "4"),
    ("entra-userRegistrationDetails.csv", "entra-registration", "4"),
    ("entra-userRegistrationDetails.json", "entra", "4"),
    ("entra-users-signInActivity.json", "entra", "4"),
    ("google-users.csv", "google-workspace", "4"),
    ("msol-mfa-status.csv", "msol-mfa", "4"),
    ("okta-user-factors.json", "okta", "3"),
];

#[test]
fn samples_of_second_factors_are_read_whole() {
    let samples = root().join("../shared/samples/ad/made");
    if !samples.is_dir() {
        println!(
            "skipped samples_of_second_factors_are_read_whole: no samples beside the repository"
        );
        return;
    }
    let folder = TempDir::new().expect("a folder");
    let site = folder.path().join("mina");
    for (name, ..) in SAMPLES {
        let text = fs::read_to_string(samples.join(name)).expect("a sample");
        put(&site, &format!("mfa/{name}"), &text);
    }
    for (row, (name, reader, count)) in inventory(&site, "files").iter().zip(SAMPLES) {
        assert_eq!(row["path"], format!("mfa/{name}"));
        assert_eq!((row["reader"].as_str(), row["rows_ok"].as_str()), (reader, count), "{name}");
        assert_eq!(row["rows_read"], row["rows_ok"], "{name}");
    }
    let of = |login: &str, system: &str| {
        let accounts = inventory(&site, "accounts");
        let found = accounts.iter().find(|r| r["account"] == login && r["system"] == system);
        found.map(|r| (r["enabled"].clone(), r["mfa"].clone(), r["last_use"].clone()))
    };
    let said =
        |words: [&str; 3]| Some((words[0].to_owned(), words[1].to_owned(), words[2].to_owned()));
    assert_eq!(of("t.sato@byoin.example", "entra"), said(["yes", "yes", "2026-03-29"]));
    // Registered and not capable; in Duo let in without a factor.
    assert_eq!(of("m.suzuki@byoin.example", "entra"), said(["yes", "no", "2026-03-29"]));
    assert_eq!(of("m.suzuki", "duo"), said(["yes", "no", ""]));
    assert_eq!(of("k.takahashi@byoin.example", "google"), said(["no", "no", "2026-03-28"]));
}
