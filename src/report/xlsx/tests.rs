use super::*;
use crate::model::day::{Day, When};
use crate::model::lang::Lang;
use crate::model::report::Report;
use crate::model::state::{Assigned, Exception};
use crate::report::sample::{LIFE, REUSE, Sample};
use crate::report::{CsvFlavour, Output};
use crate::text::name::escape_controls;
use calamine::{Data, DataRef, Reader, Xlsx as Read};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _};

type Book = Read<Cursor<Vec<u8>>>;

/// One file of the format.
fn bytes(sample: &Sample, lang: Lang, name: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let cx = sample.context(lang, CsvFlavour::Plain);
    crate::report::write(&["xlsx"], &cx, folder.path()).unwrap();
    let left: BTreeSet<_> =
        std::fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left, [REPORT.into(), CHECKLIST.into()].into(), "rows in flight leave no file");
    std::fs::read(folder.path().join(name)).unwrap()
}

fn open(bytes: Vec<u8>) -> Book {
    calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap()
}

/// Rows of a sheet by the heading of each cell.
fn rows(book: &mut Book, sheet: &str) -> Vec<BTreeMap<String, Data>> {
    let mut cells: BTreeMap<u32, BTreeMap<u32, Data>> = BTreeMap::new();
    let mut reader = book.worksheet_cells_reader(sheet).unwrap();
    while let Some(cell) = reader.next_cell().unwrap() {
        let (row, column) = cell.get_position();
        let value: Data = match cell.get_value() {
            DataRef::SharedString(text) => Data::String((*text).to_owned()),
            other => other.clone().into(),
        };
        cells.entry(row).or_default().insert(column, value);
    }
    let heading = cells.remove(&0).unwrap();
    let named = |row: BTreeMap<u32, Data>| {
        row.into_iter().map(|(at, value)| (heading[&at].to_string(), value)).collect()
    };
    cells.into_values().map(named).collect()
}

fn ids(rows: &[BTreeMap<String, Data>]) -> Vec<String> {
    rows.iter().map(|row| row["finding_id"].to_string()).collect()
}

fn text_of(report: &Report, at: usize) -> String {
    String::from_utf8(report.ids[at].to_vec()).unwrap()
}

/// Every part of a workbook as one text.
fn xml(bytes: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    for at in 0..archive.len() {
        archive.by_index(at).unwrap().read_to_string(&mut text).unwrap();
    }
    text
}

#[test]
fn every_finding_has_its_row_once() {
    let sample = Sample::full();
    for (lang, all, passwords) in
        [(Lang::Ja, "指摘一覧", "共有パスワード"), (Lang::En, "Findings", "Shared passwords")]
    {
        let mut book = open(bytes(&sample, lang, REPORT));
        let mut found = ids(&rows(&mut book, all));
        assert_eq!(found.len(), sample.report.ids.len());
        found.sort();
        let wanted: Vec<_> = (0..found.len()).map(|at| text_of(&sample.report, at)).collect();
        assert_eq!(found, wanted);
        let about = sample.report.findings.iter().filter(|f| is_about_passwords(f)).count();
        assert_eq!((ids(&rows(&mut book, passwords)).len(), about), (6, 6));
    }
}

#[test]
fn sheets_stand_in_their_order_and_language() {
    let sample = Sample::full();
    let names = |lang| open(bytes(&sample, lang, REPORT)).sheet_names();
    let ja = "概要 指摘一覧 共有パスワード サイト別 チェックリスト 部署別棚卸し 取込結果 取込の問題 例外";
    assert_eq!(names(Lang::Ja), ja.split(' ').collect::<Vec<_>>());
    let en = "Summary|Findings|Shared passwords|By site|Checklist|By department|Input|Input problems|Exceptions";
    assert_eq!(names(Lang::En), en.split('|').collect::<Vec<_>>());
}

#[test]
fn restricted_rows_name_nobody_but_on_their_sheet() {
    let sample = Sample::full();
    let mut book = open(bytes(&sample, Lang::Ja, REPORT));
    let is_default =
        |row: &BTreeMap<String, Data>| row.get("ルール") == Some(&Data::String("DEF-01".into()));
    let all = rows(&mut book, "指摘一覧");
    let masked = all.iter().find(|row| is_default(row)).unwrap();
    for hidden in ["アカウント", "氏名", "職員番号", "所属", "組", "ファイル", "行"]
    {
        assert!(!masked.contains_key(hidden), "{hidden}");
    }
    assert_eq!(masked["根拠"], Data::String("「共有パスワード」シートに記載".into()));
    assert_eq!(masked["システム"], Data::String("core-sw".into()));
    let whole = rows(&mut book, "共有パスワード");
    let whole = whole.iter().find(|row| is_default(row)).unwrap();
    assert_eq!(whole["アカウント"], Data::String("admin".into()));
    assert_eq!(whole["根拠"], Data::String("工場出荷時の値: 工場出荷時の値".into()));
}

#[test]
fn numbers_of_people_stay_text_and_days_are_days() {
    let mut sample = Sample::full();
    let report = &mut sample.report;
    let due = Day::from_ymd(2026, 12, 31).unwrap();
    let written = Assigned {
        progress: report.names.intern("in-progress"),
        owner: report.text.push("情報課 佐藤"),
        due: When::On(due).into(),
        reason: report.text.push("更新待ち"),
    };
    report.assigned.set(0, written);
    let mut book = open(bytes(&sample, Lang::Ja, REPORT));
    let all = rows(&mut book, "指摘一覧");
    let row = all.iter().find(|row| row["finding_id"].to_string() == text_of(&sample.report, 0));
    let row = row.unwrap();
    assert_eq!(row["職員番号"], Data::String("00123".into()));
    assert_eq!(row["行"], Data::Float(17.0));
    for (name, day) in [("期限", "2026-12-31"), ("初回検出", "2026-11-22")] {
        let Data::DateTime(moment) = &row[name] else { panic!("{name}: {:?}", row[name]) };
        let (year, month, date, ..) = moment.to_ymd_hms_milli();
        assert_eq!(format!("{year:04}-{month:02}-{date:02}"), day);
    }
    assert_eq!(row["対応状況"], Data::String("対応中".into()));
    assert_eq!(row["担当者"], Data::String("情報課 佐藤".into()));
    assert_eq!(row["例外理由"], Data::String("更新待ち".into()));
    let mut book = open(bytes(&sample, Lang::En, REPORT));
    let all = rows(&mut book, "Findings");
    let row = all.iter().find(|row| row["finding_id"].to_string() == text_of(&sample.report, 0));
    assert_eq!(row.unwrap()["Action"], Data::String("In progress".into()));
}

#[test]
fn exceptions_say_until_when_why_and_by_whom() {
    let mut sample = Sample::full();
    let report = &mut sample.report;
    let exception = Exception {
        line: 3,
        rule: "LIFE-06".to_owned(),
        site: "clinic".to_owned(),
        system: "使用者一覧".to_owned(),
        account: "U06".to_owned(),
        group: String::new(),
        reason: "再雇用".to_owned(),
        approved_by: "事務長".to_owned(),
        until: Day::from_ymd(2027, 3, 31).unwrap(),
        kind: String::new(),
        accounts: 1,
    };
    report.exceptions.push(exception);
    let at =
        report.findings.iter().position(|f| f.status == crate::model::finding::Status::Suppressed);
    report.states[at.unwrap()].exception = 0;
    let found = rows(&mut open(bytes(&sample, Lang::Ja, REPORT)), "例外");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["アカウント"], Data::String("U06".into()));
    assert_eq!(found[0]["例外の理由"], Data::String("再雇用".into()));
    assert_eq!(found[0]["承認者"], Data::String("事務長".into()));
}

#[test]
fn a_full_sheet_goes_on_in_another() {
    let sample = Sample::full();
    let cx = sample.context(Lang::Ja, CsvFlavour::Plain);
    let folder = tempfile::tempdir().unwrap();
    let mut out = Output::create(folder.path(), Vec::new()).unwrap();
    let inner = out.folder().to_owned();
    out.file("split.xlsx", |sink| {
        let mut book = book::Book::new(&cx, &inner)?;
        book.split_after(5);
        findings::all(&cx, &mut book)?;
        book.save(sink)
    })
    .unwrap();
    out.finish().unwrap();
    let mut book = open(std::fs::read(folder.path().join("split.xlsx")).unwrap());
    assert_eq!(book.sheet_names(), ["指摘一覧", "指摘一覧 (2)", "指摘一覧 (3)"]);
    let found: Vec<_> = ["指摘一覧", "指摘一覧 (2)", "指摘一覧 (3)"]
        .iter()
        .map(|name| ids(&rows(&mut book, name)))
        .collect();
    assert_eq!(found.iter().map(Vec::len).collect::<Vec<_>>(), [4, 4, 3]);
    let all: BTreeSet<_> = found.into_iter().flatten().collect();
    assert_eq!(all.len(), sample.report.ids.len());
}

#[test]
fn the_same_run_gives_the_same_bytes() {
    let sample = Sample::full();
    for name in [REPORT, CHECKLIST] {
        assert!(bytes(&sample, Lang::Ja, name) == bytes(&sample, Lang::Ja, name));
    }
}

#[test]
fn staff_choose_from_the_words_that_are_read_back() {
    let text = xml(&bytes(&Sample::full(), Lang::Ja, REPORT));
    assert!(text.contains("\"未対応,対応中,完了,例外申請\""));
    for part in ["<autoFilter ", "state=\"frozen\"", "orientation=\"landscape\"", "paperSize=\"9\""]
    {
        assert!(text.contains(part), "{part}");
    }
    assert!(!text.contains("<f>"), "no formula");
    for word in ["準拠", "適合", "ompliant"] {
        assert!(!text.contains(word), "{word}");
    }
}

#[test]
fn the_checklist_names_nobody() {
    let mut sample = Sample::full();
    sample.report.sites[0].slug = "a/b[c]: a very long name of a site".to_owned();
    for lang in [Lang::Ja, Lang::En] {
        let bytes = bytes(&sample, lang, CHECKLIST);
        let text = xml(&bytes);
        for name in ["tanaka", "suzuki", "admin", "田中", "00123", "U06"] {
            assert!(!text.contains(name), "{name}");
        }
        let names = open(bytes).sheet_names();
        assert_eq!(names.len(), 2, "{names:?}");
        assert!(names.iter().all(|name| name.encode_utf16().count() <= 31));
        assert!(text.contains("paperSize=\"9\"") && text.contains("2-⑤"));
    }
}

#[test]
fn workbooks_of_a_run_without_findings_have_their_headings() {
    let mut book = open(bytes(&Sample::empty(), Lang::En, REPORT));
    assert!(rows(&mut book, "Findings").is_empty());
    assert_eq!(rows(&mut book, "By site").len(), 2);
    assert_eq!(rows(&mut book, "Input").len(), 3);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn any_name_is_text_and_comes_back_as_it_is_shown(
        name in any::<String>(),
        more in "[=+@'\"<&\\]_x0-9\r\n\t\u{0}-\u{1f}\u{202e}\u{feff}\u{fffe}‘’あ,-]{0,40}",
    ) {
        let mut sample = Sample::empty();
        for text in [&name, &more] {
            sample.add(LIFE, 0, 0, text);
        }
        sample.group(&[(0, 0, &name), (1, 0, &more)]);
        prop_assert_eq!(sample.report.findings[2].rule, REUSE);
        sample.report.sites[0].name.clone_from(&name);
        sample.report.sites[1].systems[0].name.clone_from(&more);
        sample.report.files[0].1.path.clone_from(&more);
        let bytes = bytes(&sample, Lang::Ja, REPORT);
        prop_assert!(!xml(&bytes).contains("<f>"));
        let mut book = open(bytes);
        let found = rows(&mut book, "指摘一覧");
        for (at, text) in [&name, &more, &name, &more].into_iter().enumerate() {
            let id = text_of(&sample.report, at);
            let row = found.iter().find(|row| row["finding_id"].to_string() == id).unwrap();
            let shown = row.get("アカウント").map(ToString::to_string).unwrap_or_default();
            prop_assert_eq!(&*shown, &*escape_controls(text));
        }
    }
}

#[test]
fn text_beyond_what_a_cell_takes_is_cut_and_says_so() {
    let mut sample = Sample::empty();
    let long = "長".repeat(40_000);
    sample.add(LIFE, 0, 0, &long);
    let found = rows(&mut open(bytes(&sample, Lang::Ja, REPORT)), "指摘一覧");
    let shown = found[0]["アカウント"].to_string();
    assert_eq!(shown.chars().count(), 32_001);
    assert!(shown.ends_with('…'));
}
