//! The monthly loop through Excel: a workbook of a run, what staff write into it, review.csv, and the
//! next run. tests/workbook.sh goes the same way with openpyxl.

#![allow(clippy::unwrap_used)]

#[path = "support/cells.rs"]
mod cells;
#[path = "support/process.rs"]
mod process;

use calamine::{Data, Reader, Xlsx};
use process::{Run, copy, run};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

type Row = BTreeMap<String, String>;

/// A folder with one site, in which three leavers still have accounts.
struct Hospital {
    folder: tempfile::TempDir,
}

impl Hospital {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let site = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/rules/LIFE-06/fires");
        let ours = folder.path().join("sites/honin");
        for topic in ["ad", "hr", "ecarte"] {
            copy(&site.join(topic), &ours.join(topic));
        }
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn audit(&self, run_name: &str, as_of: &str) -> Run {
        let root = self.folder.path().to_str().unwrap();
        let rest = ["--run", run_name, "--as-of", as_of, "--lang", "ja", "--rule", "LIFE-06"];
        run(&[&["audit", root][..], &rest, &["--format", "csv,xlsx,fix,json"]].concat())
    }

    fn import(&self, file: &Path, more: &[&str]) -> Run {
        let (file, runs) = (file.to_str().unwrap(), self.path("runs/2026-11"));
        let given = ["review", "import", file, "--run", runs.to_str().unwrap(), "--lang", "ja"];
        run(&[&given[..], more].concat())
    }

    fn findings(&self, run_name: &str) -> Vec<Row> {
        let bytes = fs::read(self.path("runs").join(run_name).join("findings.csv")).unwrap();
        cells::parse(&bytes).1
    }

    fn sheet(&self, run_name: &str, name: &str) -> Vec<Row> {
        sheet(&self.path("runs").join(run_name).join("report.xlsx"), name)
    }
}

/// Rows of a sheet as text, by heading.
fn sheet(path: &Path, name: &str) -> Vec<Row> {
    let mut book: Xlsx<_> = calamine::open_workbook(path).unwrap();
    let range = book.worksheet_range(name).unwrap();
    let text = |cell: &Data| match cell {
        Data::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        other => other.to_string(),
    };
    let mut rows = range.rows().map(|row| row.iter().map(text).collect::<Vec<_>>());
    let heading = rows.next().unwrap();
    rows.map(|row| heading.iter().cloned().zip(row).collect()).collect()
}

/// The findings as staff would send them back: other order, other columns, a row of their own.
fn filled(hospital: &Hospital, name: &str) -> (PathBuf, Vec<String>) {
    let rows = hospital.sheet("2026-11", "指摘一覧");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("指摘一覧").unwrap();
    let heading = ["期限", "finding_id", "メモ", "例外理由", "担当者", "対応状況", "ルール"];
    for (at, text) in (0..).zip(heading) {
        sheet.write_string(0, at, text).unwrap();
    }
    let due = ExcelDateTime::from_ymd(2026, 12, 31).unwrap();
    let date = Format::new().set_num_format("yyyy/m/d");
    sheet.write_datetime_with_format(1, 0, &due, &date).unwrap();
    let ids: Vec<_> = rows.iter().rev().map(|row| row["finding_id"].clone()).collect();
    let entries =
        [["例外申請", "情報課 佐藤", "再雇用の手続き中"], ["対応中", "=1+1", ""], ["完了", "", ""]];
    for (at, (id, [state, owner, reason])) in (1..).zip(ids.iter().zip(entries)) {
        for (column, text) in [(1, &**id), (3, reason), (4, owner), (5, state), (6, "LIFE-06")] {
            sheet.write_string(at, column, text).unwrap();
        }
    }
    sheet.write_string(5, 4, "合計の行").unwrap();
    let path = hospital.path(name);
    book.save(&path).unwrap();
    (path, ids)
}

#[test]
fn what_staff_write_comes_back_next_month() {
    let hospital = Hospital::new();
    assert_eq!(hospital.audit("2026-11", "2026-11-22").code, 1);
    let ids = |rows: &[Row]| rows.iter().map(|r| r["finding_id"].clone()).collect::<BTreeSet<_>>();
    let (csv, book) = (hospital.findings("2026-11"), hospital.sheet("2026-11", "指摘一覧"));
    assert_eq!((csv.len(), ids(&csv)), (book.len(), ids(&book)));
    let (file, order) = filled(&hospital, "edited.xlsx");

    let dry = hospital.import(&file, &[]);
    assert!(!hospital.path("review.csv").exists());
    let saved = hospital.import(&file, &["--write"]);
    assert_eq!((dry.code, saved.code), (3, 3), "one row has no id: {}", saved.said());
    assert_eq!(dry.stdout, saved.stdout);
    let (said, warned) =
        (String::from_utf8(saved.stdout).unwrap(), String::from_utf8(saved.stderr).unwrap());
    assert!(warned.contains("指摘一覧 6 行") && warned.contains("no-finding-id"), "{warned}");
    let proposed: toml::Table = toml::from_str(&said).unwrap();
    let block = &proposed["suppression"][0];
    assert_eq!(block["rule"].as_str(), Some("LIFE-06"));
    assert_eq!(block["reason"].as_str(), Some("再雇用の手続き中"));
    assert_eq!(block["until"].as_str(), Some("2026-12-31"));
    assert!(block.get("approved_by").is_none());

    let review = fs::read_to_string(hospital.path("review.csv")).unwrap();
    let mut wanted = [
        format!("{},exception-requested,情報課 佐藤,2026-12-31,再雇用の手続き中", order[0]),
        format!("{},in-progress,'=1+1,,", order[1]),
        format!("{},done,,,", order[2]),
    ];
    wanted.sort();
    assert_eq!(review, format!("finding_id,state,owner,due,reason\n{}\n", wanted.join("\n")));

    fs::write(hospital.path("review.csv"), review + "x,done,,,\n").unwrap();
    let next = hospital.audit("2026-12", "2026-12-22");
    assert_eq!(next.code, 1);
    assert!(next.said().contains("review.csv:5: bad-finding-id"), "{}", next.said());
    let first =
        hospital.findings("2026-12").into_iter().find(|r| r["finding_id"] == order[0]).unwrap();
    assert_eq!((&*first["owner"], &*first["due"]), ("情報課 佐藤", "2026-12-31"));
    let rows = hospital.sheet("2026-12", "指摘一覧");
    let row = |id: &str| rows.iter().find(|row| row["finding_id"] == id).unwrap();
    assert_eq!(row(&order[0])["対応状況"], "例外申請");
    assert_eq!(row(&order[0])["例外理由"], "再雇用の手続き中");
    assert_eq!(row(&order[0])["期限"], "2026-12-31");
    assert_eq!(row(&order[1])["担当者"], "=1+1");
    assert_eq!(row(&order[2])["対応状況"], "完了");
    // A file with a row that cannot be read is not written over.
    let again = hospital.import(&file, &["--write"]);
    assert_eq!(again.code, 2, "{}", again.said());
}

#[test]
fn an_untouched_workbook_changes_nothing() {
    let hospital = Hospital::new();
    hospital.audit("2026-11", "2026-11-22");
    let report = hospital.path("runs/2026-11/report.xlsx");
    let run = hospital.import(&report, &["--write"]);
    assert_eq!(run.code, 0, "{}", run.said());
    assert!(
        String::from_utf8(run.stdout).unwrap().contains("変更のある指摘 0、採らなかったもの 0")
    );
    let review = fs::read_to_string(hospital.path("review.csv")).unwrap();
    assert_eq!(review, "finding_id,state,owner,due,reason\n");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(hospital.path("review.csv")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let lost = run_at(&hospital, "2026-11-gone");
    assert_eq!(lost.code, 2);
    assert!(lost.said().contains("--run"), "{}", lost.said());
}

fn run_at(hospital: &Hospital, name: &str) -> Run {
    let (report, folder) = (hospital.path("runs/2026-11/report.xlsx"), hospital.path(name));
    run(&["review", "import", report.to_str().unwrap(), "--run", folder.to_str().unwrap()])
}

#[test]
fn what_is_no_workbook_is_refused() {
    let hospital = Hospital::new();
    hospital.audit("2026-11", "2026-11-22");
    for (name, bytes) in
        [("a.xlsx", &b"PK\x03\x04broken"[..]), ("b.xlsx", b"text"), ("c.xlsx", b"")]
    {
        fs::write(hospital.path(name), bytes).unwrap();
        let run = hospital.import(&hospital.path(name), &["--write"]);
        assert_eq!(run.code, 2, "{name}: {}", run.said());
    }
    assert!(!hospital.path("review.csv").exists());
}

#[test]
fn leavers_are_listed_for_the_script_by_their_sid() {
    let hospital = Hospital::new();
    hospital.audit("2026-11", "2026-11-22");
    let read =
        |name: &str| cells::parse(&fs::read(hospital.path("runs/2026-11").join(name)).unwrap()).1;
    let told: Vec<_> = read("fix-accounts.csv")
        .into_iter()
        .map(|row| (row["sid"].clone(), row["action"].clone(), row["account"].clone()))
        .collect();
    let sid = |rid: u32| format!("S-1-5-21-1111111111-222222222-3333333333-{rid}");
    let row = |rid, login: &str| (sid(rid), "disable".to_owned(), login.to_owned());
    assert_eq!(
        told.into_iter().collect::<BTreeSet<_>>(),
        [row(1125, "t.sato"), row(1126, "m.ito")].into()
    );
    let records = read("fix-ecarte.csv");
    assert_eq!(records.len(), 1);
    assert_eq!((&*records[0]["account"], &*records[0]["person_id"]), ("D01", "00101"));
    assert_eq!(read("fix-devices.csv").len(), 0);
}
