use super::*;
use crate::model::day::When;
use crate::model::lang::Lang;
use crate::model::lists::Listed;
use crate::report::CsvFlavour;
use crate::report::sample::{DEF, LIFE, Sample};
use proptest::prelude::*;
use std::fs;

const SID: &str = "S-1-5-21-1111111111-222222222-333333333-";

type Rows = Vec<BTreeMap<String, String>>;

/// Every file of the format.
fn outputs(sample: &Sample, open: bool) -> BTreeMap<String, Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let mut cx = sample.context(Lang::Ja, CsvFlavour::Excel);
    cx.include_restricted = open;
    crate::report::write(&["fix"], &cx, folder.path()).unwrap();
    let entries = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap());
    let named = |entry: fs::DirEntry| {
        (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap())
    };
    entries.map(named).collect()
}

fn rows(bytes: &[u8]) -> Rows {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut reader = ::csv::Reader::from_reader(bytes);
    let header = reader.headers().unwrap().clone();
    let row = |record: ::csv::StringRecord| {
        header.iter().map(str::to_owned).zip(record.iter().map(str::to_owned)).collect()
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

/// Adds a leaver of the directory with a relative id.
fn leaver(sample: &mut Sample, login: &str, rid: u32, spare: Spare) {
    let at = sample.add(LIFE, 0, 0, login);
    let report = &mut sample.report;
    let sid = report.text.push(&format!("{SID}{rid}"));
    let subject = report.findings[at].subject;
    report.remedies.set(subject, Remedy { sid, spare });
}

/// An enabled administrator of the directory.
fn administrator(sample: &mut Sample) {
    let report = &mut sample.report;
    report.lists.accounts.push(Listed {
        site: 0,
        system: 0,
        login: report.text.push("adm"),
        person: report.text.push(""),
        name: report.text.push(""),
        department: report.names.intern(""),
        role: report.names.intern(""),
        enabled: Tri::Yes,
        privileged: Tri::Yes,
        last_use: When::Unknown.into(),
        source: crate::model::account::LastUse::None,
    });
}

#[test]
fn what_must_stay_is_left_out_with_its_reason() {
    let mut sample = Sample::empty();
    for (login, rid, spare) in [
        ("tanaka", 1104, Spare::None),
        ("Administrator", 500, Spare::BuiltIn),
        ("krbtgt", 502, Spare::BuiltIn),
        ("sealed", 1105, Spare::BreakGlass),
        ("svc", 1106, Spare::Service),
        ("adm", 1107, Spare::Administrator),
    ] {
        leaver(&mut sample, login, rid, spare);
    }
    sample.add(LIFE, 0, 0, "no-sid");
    administrator(&mut sample);
    let files = outputs(&sample, false);
    let doing = rows(&files[ACCOUNTS]);
    assert_eq!(doing.len(), 1);
    assert_eq!((&*doing[0]["sid"], &*doing[0]["action"]), (&*format!("{SID}1104"), "disable"));
    let left: BTreeMap<_, _> = rows(&files[LEFT_OUT])
        .into_iter()
        .map(|row| (row["account"].clone(), row["reason"].clone()))
        .collect();
    let wanted = [
        ("Administrator", "built-in"),
        ("adm", "last-administrator"),
        ("krbtgt", "built-in"),
        ("no-sid", "no-sid"),
        ("sealed", "break-glass"),
        ("svc", "service"),
    ];
    assert_eq!(left, wanted.map(|(a, b)| (a.to_owned(), b.to_owned())).into());
    // With another administrator the first one may go.
    administrator(&mut sample);
    assert_eq!(rows(&outputs(&sample, false)[ACCOUNTS]).len(), 2);
}

#[test]
fn devices_and_records_have_lists_that_hide_how_to_log_in() {
    let mut sample = Sample::full();
    sample.add(DEF, 0, 1, "root");
    let last = sample.report.findings.len() - 1;
    sample.report.findings[last].sensitivity = Sensitivity::Restricted;
    sample.report.findings[last].severity = Severity::Critical;
    sample.add(LIFE, 1, 0, "U07");
    let files = outputs(&sample, false);
    let devices = rows(&files[DEVICES]);
    assert_eq!(devices.len(), 1, "two restricted findings of one rule are counted together");
    assert_eq!((&*devices[0]["rule_id"], &*devices[0]["count"]), ("DEF-01", "2"));
    for hidden in ["account", "source_file", "source_line", "finding_id", "person_id"] {
        assert_eq!(devices[0][hidden], "", "{hidden}");
    }
    let records = rows(&files[RECORDS]);
    assert!(
        records.iter().any(|row| row["account"] == "U07" && row["fix"] == "無効にし、後で削除する")
    );
    assert!(!records.iter().any(|row| row["account"] == "U06"), "an exception asks for nothing");
    assert_eq!(rows(&outputs(&sample, true)[DEVICES]).len(), 2);
}

#[test]
fn the_script_is_plain_and_does_nothing_unasked() {
    let text = std::str::from_utf8(SCRIPT_BYTES).unwrap();
    assert!(text.is_ascii(), "Windows PowerShell reads other letters by the system's code page");
    for part in
        ["if (-not $Apply) { $WhatIfPreference = $true }", "'500', '501', '502', '503'", "-512"]
    {
        assert!(text.contains(part), "{part}");
    }
    for word in ["Invoke-Expression", "iex ", "&$", "& $", "[scriptblock]", "Remove-AD", "-Command"]
    {
        assert!(!text.contains(word), "{word}");
    }
    // Every action that a list may name is one that the script knows.
    for (_, action) in ACTIONS {
        assert!(text.contains(&format!("'{action}'")), "{action}");
    }
    for (open, close) in [('{', '}'), ('(', ')'), ('[', ']')] {
        let count = |c| text.matches(c).count();
        // The pattern for what hides in a line names classes in braces; they are pairs as well.
        assert_eq!(count(open), count(close), "{open}{close}");
    }
    assert_eq!(text.matches('\'').count() % 2, 0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn no_name_reaches_the_script_and_lists_show_it_escaped(
        name in any::<String>(),
        more in "[=+@'\"‘’“”`$(){};<&\r\n\t\u{0}-\u{1f}\u{202e}\u{feff}あ,-]{1,40}",
    ) {
        let mut sample = Sample::empty();
        for (rid, text) in [(1104, &name), (1105, &more)] {
            leaver(&mut sample, text, rid, Spare::None);
            sample.add(LIFE, 1, 0, text);
        }
        sample.report.sites[0].systems[0].name.clone_from(&more);
        let files = outputs(&sample, false);
        prop_assert_eq!(&*files[SCRIPT], SCRIPT_BYTES);
        for list in [ACCOUNTS, RECORDS] {
            let rows = rows(&files[list]);
            prop_assert_eq!(rows.len(), 2);
            for row in rows {
                for cell in row.values() {
                    prop_assert!(!cell.chars().any(char::is_control), "{:?}", cell);
                    prop_assert!(!cell.starts_with(['=', '+', '-', '@', '＝']), "{:?}", cell);
                }
            }
        }
    }

    #[test]
    fn only_sids_of_domains_are_sids(text in "S-1-5-(21|32)(-[0-9]{1,11}){3,5}[ ;a]?") {
        let parts: Vec<_> = text.split('-').collect();
        let good = parts.len() == 8 && parts[3] == "21"
            && parts[4..].iter().all(|p| p.len() <= 10 && p.bytes().all(|b| b.is_ascii_digit()));
        prop_assert_eq!(is_sid(&text), good);
    }
}
