//! Cases too large to commit (22, 23, 24, 27, 28), made on the spot in sizes that a debug build
//! reads in seconds. What would be quadratic would not end within the limit of a run.

use crate::cells::Row;
use crate::expectation::Expectation;
use crate::outcome::Outcome;
use crate::process::{command, finish};
use std::fmt::Write as _;
use std::fs;

const HEADER: &str = "利用者ID,氏名,有効区分,最終ログイン,登録日\n";

fn good(number: u32) -> String {
    format!("u{number:06},山田 太郎,有効,2026/11/01,2020/04/01\n")
}

/// Audits a site of one file.
fn outcome(path: &str, text: &str) -> Outcome {
    let scratch = tempfile::tempdir().expect("a folder");
    let file = scratch.path().join("site").join(path);
    fs::create_dir_all(file.parent().expect("a folder")).expect("a new folder");
    fs::write(&file, text).expect("a new file");
    Outcome::of(&scratch.path().join("site"))
}

fn check(outcome: &Outcome, expected: &str) {
    let wanted: Expectation = toml::from_str(expected).expect("an expectation");
    let differences = outcome.differences(&wanted);
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn case_022_a_line_without_end() {
    let long = "x".repeat(12 << 20);
    let text = format!("{HEADER}{}u000002,{long}\n{}", good(1), good(3));
    check(
        &outcome("ecarte/users.csv", &text),
        "exit = [3]\ncodes = ['record-too-long']\nforbidden = ['xxxxxxxxxxxxxxxx']",
    );
    let whole = outcome("ecarte/users.csv", &long);
    check(&whole, "exit = [3]\nforbidden = ['xxxxxxxxxxxxxxxx']");
}

#[cfg(target_os = "linux")]
#[test]
fn case_022_stays_within_its_memory() {
    let scratch = tempfile::tempdir().expect("a folder");
    let folder = scratch.path().join("site/ecarte");
    fs::create_dir_all(&folder).expect("a new folder");
    fs::write(folder.join("users.csv"), "x".repeat(100 << 20)).expect("a new file");
    let kagiban = command().get_program().to_owned();
    let mut shell = std::process::Command::new("sh");
    shell.args(["-c", "ulimit -v 700000; exec \"$0\" inventory \"$1\" --what files"]);
    let run = finish(shell.arg(kagiban).arg(scratch.path().join("site")));
    assert_eq!(run.code, 3, "{}", run.said());
}

#[test]
fn case_023_a_cell_that_is_too_long() {
    let text = format!("{HEADER}{}u000002,{},有効,,\n{}", good(1), "x".repeat(100 << 10), good(3));
    check(
        &outcome("ecarte/users.csv", &text),
        "exit = [3]
        logins = ['u000001', 'u000003']
        quarantine = [['ecarte/users.csv', 3, 'cell-too-long']]
        forbidden = ['xxxxxxxxxxxxxxxx']",
    );
}

#[test]
fn case_024_twenty_thousand_columns() {
    let mut header = HEADER.trim_end().to_owned();
    for column in 0..20_000 {
        let _ = write!(header, ",c{column}");
    }
    let row = format!("{}{}\n", good(1).trim_end(), ",".repeat(20_000));
    check(
        &outcome("ecarte/users.csv", &format!("{header}\n{row}")),
        "exit = [3]\ncodes = ['too-many-columns']",
    );
    let rows = format!("{HEADER}{}{row}{}", good(1), good(3));
    check(
        &outcome("ecarte/users.csv", &rows),
        "exit = [3]
        logins = ['u000001', 'u000003']
        quarantine = [['ecarte/users.csv', 3, 'too-many-columns']]",
    );
}

#[test]
fn case_027_one_login_on_every_row() {
    let text = format!("{HEADER}{}", good(1).repeat(50_000));
    let outcome = outcome("ecarte/users.csv", &text);
    check(
        &outcome,
        "exit = [0, 1]\nlogins = ['u000001']\n[files.'ecarte/users.csv']\nrows = [50000, 50000, 0, 0]",
    );
}

#[test]
fn case_028_one_hash_on_every_row() {
    const COUNT: u32 = 20_000;
    let hash = "0123456789abcdef00112233445566ff";
    let mut text = String::new();
    for number in 0..COUNT {
        let _ = writeln!(
            text,
            "corp.byoin.example\\u{number}:{}:aad3b435b51404eeaad3b435b51404ee:{hash}::: (status=Enabled)",
            1104 + number
        );
    }
    let outcome = outcome("ad/hashes.ntds", &text);
    check(&outcome, &format!("exit = [1]\nrules = ['REUSE-01']\nforbidden = ['{hash}']"));
    let members: Vec<Row> =
        outcome.findings().into_iter().filter(|row| row["rule_id"] == "REUSE-01").collect();
    assert_eq!(members.len(), COUNT as usize);
    assert!(members.iter().all(|row| row["group_id"] == members[0]["group_id"]));
    assert!(members.iter().all(|row| row["group_size"] == COUNT.to_string()));
    assert!(outcome.audit.stdout.len() < 64 << 10, "the summary is not bounded");
}

/// A table of Get-ADUser whose dates leave the order open for longer than its beginning.
#[test]
fn case_060_an_order_of_dates_that_shows_late() {
    let mut text = "DistinguishedName,Enabled,SamAccountName,SID,LastLogonDate\n".to_owned();
    let mut row = |number: u32, date: &str| {
        let _ = writeln!(
            text,
            "\"CN=u{number},DC=corp,DC=example\",True,u{number:05},S-1-5-21-1-2-3-{},{date}",
            2000 + number
        );
    };
    for number in 0..2000 {
        row(number, "3/4/2026 9:05:03 AM");
    }
    row(2000, "3/28/2026 9:05:03 AM");
    check(
        &outcome("ad/users.csv", &text),
        "exit = [0, 1]
        [files.'ad/users.csv']
        rows = [2001, 2001, 0, 0]
        [accounts.u00000]
        last_use = '2026-03-04'
        [accounts.u02000]
        last_use = '2026-03-28'",
    );
}

#[test]
fn case_029_a_file_that_grows_while_it_is_read_is_incomplete() {
    use std::io::Write as _;
    let scratch = tempfile::tempdir().expect("a folder");
    let folder = scratch.path().join("site/ecarte");
    fs::create_dir_all(&folder).expect("a new folder");
    let path = folder.join("users.csv");
    let text: String = (0..50_000).map(good).collect();
    fs::write(&path, format!("{HEADER}{text}")).expect("a new file");
    let done = std::sync::atomic::AtomicBool::new(false);
    let run = std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut file = fs::OpenOptions::new().append(true).open(&path).expect("the file");
            while !done.load(std::sync::atomic::Ordering::Relaxed) {
                file.write_all(good(999_999).as_bytes()).expect("room for a row");
                std::thread::sleep(std::time::Duration::from_millis(1));
            }
        });
        let site = scratch.path().join("site");
        let run = finish(command().args(["inventory", "--what", "files"]).arg(site));
        done.store(true, std::sync::atomic::Ordering::Relaxed);
        run
    });
    assert_eq!(run.code, 3, "{}", run.said());
    assert!(run.said().contains("changed-during-read"), "{}", run.said());
}

#[test]
fn case_066_a_clock_years_behind_is_told() {
    let scratch = tempfile::tempdir().expect("a folder");
    let folder = scratch.path().join("site/ecarte");
    fs::create_dir_all(&folder).expect("a new folder");
    fs::write(folder.join("users.csv"), format!("{HEADER}{}", good(1))).expect("a new file");
    let (site, out) = (scratch.path().join("site"), scratch.path().join("out"));
    let mut audit = command();
    audit.arg("audit").arg(site).arg("-o").arg(&out).args(["--as-of", "2020-01-01"]);
    let run = finish(&mut audit);
    assert!(matches!(run.code, 0 | 1 | 3), "{}", run.said());
    let header = fs::read_to_string(out.join("run.json")).expect("run.json");
    assert!(header.contains("\"future-date\""), "{}", run.said());
}
