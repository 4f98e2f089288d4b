use super::*;
use crate::model::account::LastUse;
use crate::model::day::Day;
use crate::model::lang::Lang;
use crate::model::tri::Tri;
use crate::report::sample::Sample;
use std::fs;

fn listed(sample: &mut Sample, login: &str, department: &str, site: u16) -> u32 {
    let report = &mut sample.report;
    let account = Listed {
        site,
        system: 0,
        login: report.text.push(login),
        person: report.text.push("00123"),
        name: report.text.push("田中 太郎"),
        department: report.names.intern(department),
        role: report.names.intern("医師"),
        enabled: Tri::Yes,
        privileged: Tri::Unknown,
        last_use: When::On(Day::from_ymd(2026, 3, 4).unwrap()).into(),
        source: LastUse::Column,
    };
    report.lists.accounts.push(account);
    report.lists.accounts.len() as u32 - 1
}

fn write(sample: &Sample) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let cx = sample.context(Lang::Ja, CsvFlavour::Plain);
    crate::report::write(&["review"], &cx, folder.path()).unwrap();
    folder
}

fn read(folder: &tempfile::TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).unwrap()
}

#[test]
fn each_department_finds_its_accounts_together() {
    // The full sample holds findings, groups with tags and restricted rows.
    let mut sample = Sample::full();
    for (login, department) in [("zoe", "外科"), ("=cmd", "内科"), ("nobody", ""), ("abe", "外科")]
    {
        listed(&mut sample, login, department, 0);
    }
    listed(&mut sample, "u01", "内科", 1);
    let folder = write(&sample);
    let text = read(&folder, "review-honin.csv");
    let row = |department: &str, login: &str| {
        format!(
            "honin,{department},directory,corp.byoin.example,{login},00123,田中 太郎,yes,医師,,\
             2026-03-04,last-use-column,2026-11-22,,,,\n"
        )
    };
    let wanted = [
        format!("{HEADER}\n"),
        row("内科", "'=cmd"),
        row("外科", "abe"),
        row("外科", "zoe"),
        row("", "nobody"),
    ];
    assert_eq!(text, wanted.concat());
    assert_eq!(read(&folder, "review-clinic.csv").lines().count(), 2);
    for word in ["REUSE", "DEF-01", "t1", "g0000000000", "group"] {
        assert!(!text.contains(word), "{word}");
    }
}

#[test]
fn people_who_leave_are_listed_with_their_accounts_and_without() {
    let mut sample = Sample::empty();
    let account = listed(&mut sample, "tanaka_t", "外科", 1);
    let report = &mut sample.report;
    let leaving = Leaving {
        site: 0,
        person: report.text.push("00123"),
        name: report.text.push("田中 太郎"),
        department: report.names.intern("外科"),
        day: Day::from_ymd(2026, 11, 30).unwrap(),
        account: Some(account),
    };
    let alone = Leaving { account: None, person: report.text.push("00200"), ..leaving };
    report.lists.leaving = vec![leaving, alone];
    let wanted = [
        LEAVING_HEADER,
        "honin,2026-11-30,8,00123,田中 太郎,外科,clinic,ecarte,使用者一覧,tanaka_t,yes,2026-11-22,,",
        "honin,2026-11-30,8,00200,田中 太郎,外科,,,,,,2026-11-22,,",
        "",
    ];
    assert_eq!(read(&write(&sample), LEAVING), wanted.join("\n"));
}

#[test]
fn no_folder_name_makes_a_bad_or_equal_file_name() {
    let mut sample = Sample::empty();
    let long = "長".repeat(200);
    for (slug, name) in [
        ("a\\b", "review-a_b~1.csv"),
        ("a b", "review-a_b~1.csv"),
        ("本院", "review-本院.csv"),
        (&*long, &*format!("review-{}~1.csv", "長".repeat(60))),
    ] {
        sample.report.sites[0].slug = slug.to_owned();
        assert_eq!(file_name(&sample.report, 0), name);
    }
    sample.report.sites[0].slug = "a?b".to_owned();
    sample.report.sites[1].slug = "a*b".to_owned();
    assert_ne!(file_name(&sample.report, 0), file_name(&sample.report, 1));
    let names = crate::report::shown(crate::report::files(&["review", "csv"], &sample.report));
    assert!(names.contains(&"review-*.csv".to_owned()) && names.len() == 6, "{names:?}");
}
