//! A directory against what its raw fields say: our own small one always, and where it lies beside
//! the repository (or where `KAGIBAN_SAMPLES` says) the export of a real domain controller with
//! some six hundred accounts.
//!
//! The expectation comes from `tests/expect_ldif.py`, which shares no code with the auditor.

#[path = "support/cells.rs"]
mod cells;
#[path = "support/process.rs"]
mod process;
#[path = "samba/truth.rs"]
mod truth;

use cells::{Row, parse, unguarded};
use process::run;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use truth::Truth;

/// What was compared.
#[derive(Default, Debug)]
struct Counts {
    accounts: usize,
    flags: usize,
    pairs: usize,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The independent expectation, or `None` without Python.
fn expectation(ldif: &Path) -> Option<Vec<u8>> {
    let script = root().join("tests/expect_ldif.py");
    let output = Command::new("python3").arg(script).arg(ldif).output().ok()?;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(output.stdout)
}

fn by_login(rows: Vec<Row>, column: &str) -> BTreeMap<String, Row> {
    let count = rows.len();
    let map: BTreeMap<_, _> =
        rows.into_iter().map(|row| (unguarded(&row[column]).to_owned(), row)).collect();
    assert_eq!(map.len(), count, "a login stands twice");
    map
}

/// Puts an export and its dump into a site, and compares every account, flag and pair.
fn compare(ldif: &[u8], dump: &[u8], expected: &[u8], truth: &Truth, as_of: &str) -> Counts {
    let scratch = tempfile::tempdir().expect("a folder");
    let site = scratch.path().join("kwest");
    fs::create_dir_all(site.join("ad")).expect("a new folder");
    fs::write(site.join("ad/directory.ldif"), ldif).expect("a new file");
    fs::write(site.join("ad/secretsdump.ntds"), dump).expect("a new file");
    let site = site.to_string_lossy().into_owned();

    let mut counts = Counts::default();
    let mut wrong = Vec::new();
    let expected = by_login(parse(expected).1, "login");
    let list = run(&["inventory", &site, "--what", "accounts"]);
    assert_eq!(list.code, 0, "{}", list.said());
    let mut found = by_login(parse(&list.stdout).1, "account");
    // The dump may hold accounts that the query of the LDIF left out.
    found.retain(|login, _| expected.contains_key(login) || !dumped(dump, login));
    accounts(&found, &expected, &mut counts, &mut wrong);

    let out = scratch.path().join("out");
    let shown = out.to_string_lossy().into_owned();
    let mut arguments = vec!["audit", &site, "-o", &shown, "--as-of", as_of, "--lang", "en"];
    for rule in ["FLAG-01", "FLAG-02", "FLAG-03", "REUSE-01"] {
        arguments.extend(["--rule", rule]);
    }
    let audit = run(&arguments);
    assert_eq!(audit.code, 1, "{}", audit.said());
    let findings = parse(&fs::read(out.join("findings.csv")).expect("findings.csv")).1;
    flags(&findings, &expected, &mut counts, &mut wrong);
    counts.pairs = truth.compare(&findings, &mut wrong);
    assert!(wrong.is_empty(), "{} differences\n{}", wrong.len(), wrong.join("\n"));
    counts
}

/// True where a line of the dump is about this login.
fn dumped(dump: &[u8], login: &str) -> bool {
    let text = String::from_utf8_lossy(dump);
    text.lines().any(|line| {
        let name = line.split(':').next().unwrap_or_default();
        name.rsplit('\\').next() == Some(login)
    })
}

fn accounts(
    found: &BTreeMap<String, Row>,
    expected: &BTreeMap<String, Row>,
    counts: &mut Counts,
    wrong: &mut Vec<String>,
) {
    for login in found.keys().filter(|login| !expected.contains_key(*login)) {
        wrong.push(format!("{login} is no account of the directory"));
    }
    for (login, wanted) in expected {
        let Some(row) = found.get(login) else {
            wrong.push(format!("{login} is missing"));
            continue;
        };
        for column in ["enabled", "last_use", "password_set", "expires"] {
            if row[column] != wanted[column] {
                wrong
                    .push(format!("{login}: {column} {:?}, not {:?}", row[column], wanted[column]));
            }
        }
        counts.accounts += 1;
    }
}

fn flags(
    findings: &[Row],
    expected: &BTreeMap<String, Row>,
    counts: &mut Counts,
    wrong: &mut Vec<String>,
) {
    for rule in ["FLAG-01", "FLAG-02", "FLAG-03"] {
        let of_rule = findings.iter().filter(|row| row["rule_id"] == rule).cloned().collect();
        let found = by_login(of_rule, "account");
        for (login, wanted) in expected {
            let answer = found.get(login).map_or("", |row| match &*row["severity"] {
                "info" => "info",
                _ => "finding",
            });
            if answer != wanted[rule] {
                wrong.push(format!("{login}: {rule} {answer:?}, not {:?}", wanted[rule]));
            }
            counts.flags += usize::from(!answer.is_empty());
        }
    }
}

#[test]
fn our_own_directory() {
    let folder = root().join("fixtures/directory");
    let read = |name: &str| fs::read(folder.join(name)).expect(name);
    let expected = read("expected.csv");
    match expectation(&folder.join("directory.ldif")) {
        Some(fresh) => {
            assert!(fresh == expected, "expected.csv is not what expect_ldif.py writes");
        }
        None => println!("skipped: expected.csv is taken as it is (no python3)"),
    }
    let truth = Truth::read(&read("truth.json"));
    let (ldif, dump) = (read("directory.ldif"), read("secretsdump.ntds"));
    let counts = compare(&ldif, &dump, &expected, &truth, "2026-11-22");
    println!("our own directory: {counts:?}");
    assert!(counts.accounts >= 25 && counts.flags >= 10 && counts.pairs >= 5, "{counts:?}");
}

#[test]
fn a_real_domain_controller() {
    let samples = std::env::var_os("KAGIBAN_SAMPLES").map(PathBuf::from);
    let folder = samples.unwrap_or_else(|| root().join("../shared/samples")).join("ad/real");
    let packed = folder.join("ldapsearch.ldif.gz");
    if !packed.is_file() {
        println!("skipped a_real_domain_controller: no samples beside the repository");
        return;
    }
    let Ok(unpacked) = Command::new("gzip").arg("-dc").arg(&packed).output() else {
        println!("skipped a_real_domain_controller: no gzip");
        return;
    };
    let scratch = tempfile::tempdir().expect("a folder");
    let ldif = scratch.path().join("directory.ldif");
    fs::write(&ldif, &unpacked.stdout).expect("a new file");
    let Some(expected) = expectation(&ldif) else {
        println!("skipped a_real_domain_controller: no python3");
        return;
    };
    let truth = Truth::read(&fs::read(folder.join("truth.json")).expect("truth.json"));
    let dump = fs::read(folder.join("secretsdump.ntds")).expect("secretsdump.ntds");
    let counts = compare(&unpacked.stdout, &dump, &expected, &truth, "2026-04-01");
    println!("a real domain controller: {counts:?}");
    assert!(counts.accounts > 500 && counts.flags > 30 && counts.pairs > 100, "{counts:?}");
}
