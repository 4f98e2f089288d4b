//! The exports of ../shared/samples/ad, each as a site of its own, against the counts of their
//! INDEX.md. Where the folder is absent the test says so and does nothing: our own cases of the
//! same forms stand in fixtures/sources and always run.

mod support;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use support::{kagiban, root};

/// File below samples/ad, reader, rows: read, taken, skipped, refused.
const FILES: [(&str, &str, [u64; 4]); 29] = [
    // The same four people in every format.
    ("made/ldapsearch.ldif", "ldif", [5, 5, 0, 0]),
    ("made/ldifde.ldf", "ldif", [4, 4, 0, 0]),
    ("made/ldifde-u.ldf", "ldif", [4, 4, 0, 0]),
    ("made/csvde.csv", "csvde", [4, 4, 0, 0]),
    ("made/csvde-u.csv", "csvde", [4, 4, 0, 0]),
    ("made/get-aduser.ps51-default-ascii.csv", "get-aduser", [4, 4, 0, 0]),
    ("made/get-aduser.ps51-default-cp932.csv", "get-aduser", [4, 4, 0, 0]),
    ("made/get-aduser.ps51-utf8bom.csv", "get-aduser", [4, 4, 0, 0]),
    ("made/get-aduser.ps51-unicode.csv", "get-aduser", [4, 4, 0, 0]),
    ("made/get-aduser.ps7-utf8.csv", "get-aduser", [4, 4, 0, 0]),
    ("made/get-aduser.en-US.csv", "get-aduser", [4, 4, 0, 0]),
    ("made/excel-resaved-cp932.csv", "get-aduser", [4, 4, 0, 0]),
    ("made/dsquery-user.txt", "dsquery", [4, 4, 0, 0]),
    ("made/dsquery-attr.txt", "dsquery-attr", [4, 4, 0, 0]),
    ("made/net-user.txt", "net-command", [1, 1, 0, 0]),
    ("made/bloodhound-users.json", "bloodhound", [4, 4, 0, 0]),
    ("made/adrecon-users-cp932.csv", "adrecon", [4, 4, 0, 0]),
    // A test domain of 586 accounts; 627 entries are its accounts, groups, policies and domain.
    ("real/ldapsearch.ldif.gz", "ldif", [627, 627, 0, 0]),
    ("real/pwdump.txt", "pwdump", [586, 586, 0, 0]),
    ("real/pwdump-history.txt", "pwdump", [685, 685, 0, 0]),
    ("real/secretsdump.ntds", "pwdump", [586, 586, 0, 0]),
    ("real/secretsdump.ntds.kerberos", "pwdump", [2_332, 0, 2_332, 0]),
    ("real/kerberos-keys.txt", "pwdump", [2_332, 0, 2_332, 0]),
    ("real/secretsdump.ntds.cleartext", "pwdump", [1, 1, 0, 0]),
    ("real/cleartext.txt", "pwdump", [1, 1, 0, 0]),
    ("real/pdbedit.smbpasswd", "pwdump", [586, 586, 0, 0]),
    ("real/bloodhound_users.json.gz", "bloodhound", [535, 534, 1, 0]),
    ("real/bloodhound_computers.json.gz", "bloodhound", [52, 52, 0, 0]),
    ("real/bloodhound_groups.json.gz", "bloodhound", [52, 52, 0, 0]),
];

fn samples() -> Option<PathBuf> {
    let folder = root().join("../shared/samples/ad");
    folder.join("made").is_dir().then_some(folder)
}

/// Copies a sample, unpacked, to where a site would have it.
fn place(sample: &Path, target: &Path) {
    std::fs::create_dir_all(target.parent().expect("a folder")).expect("a folder");
    if sample.extension().is_some_and(|extension| extension == "gz") {
        let unpack = "import gzip,shutil,sys;shutil.copyfileobj(gzip.open(sys.argv[1]),open(sys.argv[2],'wb'))";
        let run = Command::new("python3").args(["-c", unpack]).arg(sample).arg(target).status();
        assert!(run.expect("python3 starts").success());
    } else {
        std::fs::copy(sample, target).expect("a copy");
    }
}

fn slug(file: &str) -> String {
    file.trim_end_matches(".gz").replace(['/', '.'], "-")
}

fn inventory(folder: &Path, what: &str) -> Vec<BTreeMap<String, String>> {
    let run =
        kagiban(&["inventory", &folder.to_string_lossy(), "--what", what, "--csv", "machine"]);
    let mut reader = csv::Reader::from_reader(run.stdout.as_slice());
    let headers = reader.headers().expect("a header").clone();
    let named = |record: csv::StringRecord| {
        headers.iter().map(str::to_owned).zip(record.iter().map(str::to_owned)).collect()
    };
    reader.records().map(|record| named(record.expect("a record"))).collect()
}

#[test]
fn every_sample_reads_with_its_counts() {
    let Some(samples) = samples() else {
        println!("skipped: ../shared/samples/ad is not here");
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    for (file, ..) in FILES {
        let name = Path::new(file.trim_end_matches(".gz")).file_name().expect("a name");
        let target = folder.path().join("sites").join(slug(file)).join("ad").join(name);
        place(&samples.join(file), &target);
    }
    let files = inventory(folder.path(), "files");
    for (file, reader, counts) in FILES {
        let start = format!("sites/{}/", slug(file));
        let found = files.iter().find(|f| f["path"].starts_with(&start)).expect(file);
        assert_eq!(found["reader"], reader, "{file}");
        let rows = ["rows_read", "rows_ok", "rows_skipped", "rows_quarantined"];
        let rows = rows.map(|column| found[column].parse::<u64>().expect("a number"));
        assert_eq!(rows, counts, "{file}: {found:?}");
    }
    let accounts = inventory(folder.path(), "accounts");
    let of = |file: &str| -> Vec<&BTreeMap<String, String>> {
        let site = slug(file);
        accounts.iter().filter(|account| account["site_id"] == site).collect()
    };
    four_people(&of);
    one_domain(&of);
    groups_of_another_file(&samples, &folder.path().join("sites/together/ad"));
}

type Of<'a> = dyn Fn(&str) -> Vec<&'a BTreeMap<String, String>> + 'a;

/// What a correct auditor sees of the four people, as far as each form carries it.
fn four_people(of: &Of<'_>) {
    // Login, enabled, password set, last use; by day in Japan, never = empty.
    let full = [
        ("t.sato", "yes", "2026-02-01", "2026-03-28"),
        ("m.suzuki", "yes", "2019-04-01", "2024-01-10"),
        ("k.takahashi", "no", "2025-04-01", "2025-06-30"),
        ("ward3f", "yes", "", ""),
    ];
    let forms = FILES.iter().take(17).map(|file| file.0);
    let thin = ["dsquery-user", "net-user", "dsquery-attr", "excel", "adrecon", "ascii"];
    for file in forms.filter(|file| !thin.iter().any(|word| file.contains(word))) {
        let found = of(file);
        for (login, enabled, set, used) in full {
            let account = found.iter().find(|account| account["account"] == login);
            let account = account.unwrap_or_else(|| panic!("{file}: no {login}"));
            let fields = ["enabled", "password_set", "last_use"].map(|c| account[c].as_str());
            assert_eq!(fields, [enabled, set, used], "{file}: {login}");
            let names = [account["display_name"].as_str()];
            assert!(names.contains(&"髙橋 健一") == (login == "k.takahashi"), "{file}: {login}");
        }
    }
    let [suzuki] = of("made/net-user.txt")[..] else { panic!("one account") };
    assert_eq!((&*suzuki["account"], &*suzuki["expires"]), ("m.suzuki", ""));
    assert_eq!((&*suzuki["password_set"], &*suzuki["last_use"]), ("2019-04-01", "2024-01-10"));
    let attr = of("made/dsquery-attr.txt");
    let days: Vec<_> = attr.iter().map(|account| account["last_use"].as_str()).collect();
    assert_eq!(days, ["2026-03-28", "2024-01-10", "2025-06-30", ""]);
}

/// The test domain: its accounts are the same in every export.
fn one_domain(of: &Of<'_>) {
    for file in ["pwdump.txt", "pwdump-history.txt", "secretsdump.ntds", "pdbedit.smbpasswd"] {
        assert_eq!(of(&format!("real/{file}")).len(), 586, "{file}");
    }
    let ldif = of("real/ldapsearch.ldif.gz");
    assert_eq!(ldif.len(), 585, "the managed service account was not exported");
    let admins = |found: &[&BTreeMap<String, String>]| -> Vec<String> {
        let admin = |a: &&&BTreeMap<String, String>| a["privileged"] == "yes";
        let mut names: Vec<_> = found.iter().filter(admin).map(|a| a["account"].clone()).collect();
        names.sort();
        names
    };
    let expected = ["Administrator", "adm.old", "adm.sato", "breakglass01", "svc_karte"];
    assert_eq!(admins(&ldif), expected, "nested groups and primary groups");
    // Never is an empty day with a source.
    let never = |a: &&BTreeMap<String, String>| {
        a["last_use"].is_empty() && !a["last_use_source"].is_empty()
    };
    let users = of("real/bloodhound_users.json.gz");
    // The fifteenth of INDEX.md is the record without a login, which is no account.
    assert_eq!(users.into_iter().filter(never).count(), 14);
}

/// Users and groups of a collection are files of their own; together they show who administers.
fn groups_of_another_file(samples: &Path, folder: &Path) {
    for name in ["users", "groups"] {
        let file = format!("bloodhound_{name}.json");
        place(&samples.join(format!("real/{file}.gz")), &folder.join(&file));
    }
    let accounts = inventory(folder.parent().expect("a site"), "accounts");
    let privileged = |word: &str| accounts.iter().filter(|a| a["privileged"] == word).count();
    assert_eq!((privileged("yes"), privileged("no")), (5, 529));
}
