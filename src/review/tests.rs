use super::*;
use crate::model::day::Day;
use crate::model::lang::Lang;
use crate::model::review::{Action, Decision, FindingId};
use crate::report::unguard;
use file::{COLUMNS, Fault, Refused};
use import::Imported;
use proptest::prelude::*;
use remark::Kind;
use run::{Findings, Known};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};

const ONE: &str = "aaaaaaaaaaaaaaa2";
const TWO: &str = "aaaaaaaaaaaaaaa3";
const THREE: &str = "aaaaaaaaaaaaaaa4";

fn id(text: &str) -> FindingId {
    crate::model::review::finding_id(text).unwrap()
}

fn day(year: i32, month: u32, day: u32) -> Option<Day> {
    Day::from_ymd(year, month, day)
}

/// Three findings of a run.
fn findings() -> Findings {
    let known = |rule: &str, account: &str| Known {
        rule: rule.to_owned(),
        site: "honin".to_owned(),
        system: "corp".to_owned(),
        account: account.to_owned(),
    };
    [
        (id(ONE), known("LIFE-06", "tanaka_t")),
        (id(TWO), known("LIFE-01", "su\"zu\\ki")),
        (id(THREE), known("DEF-01", "admin")),
    ]
    .into()
}

/// Writes a workbook and reads it back.
fn import(before: &Decisions, fill: impl Fn(&mut Workbook)) -> Imported {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.xlsx");
    let mut book = Workbook::new();
    fill(&mut book);
    book.save(&path).unwrap();
    import::read(&path, &findings(), before).unwrap()
}

fn row(sheet: &mut Worksheet, at: u32, cells: &[&str]) {
    for (column, cell) in (0..).zip(cells) {
        sheet.write_string(at, column, *cell).unwrap();
    }
}

const HEADING: &[&str] =
    &["ルール", "アカウント", "対応状況", "担当者", "期限", "例外理由", "finding_id"];

/// A sheet with the usual heading and these rows.
fn sheet<'b>(book: &'b mut Workbook, name: &str, rows: &[&[&str]]) -> &'b mut Worksheet {
    let sheet = book.add_worksheet();
    sheet.set_name(name).unwrap();
    row(sheet, 0, HEADING);
    for (at, cells) in (1..).zip(rows) {
        row(sheet, at, cells);
    }
    sheet
}

fn kinds(imported: &Imported) -> Vec<(u32, Kind)> {
    imported.remarks.iter().map(|remark| (remark.row, remark.kind)).collect()
}

#[test]
fn columns_are_found_in_either_language_and_any_order() {
    let imported = import(&Decisions::new(), |book| {
        book.add_worksheet().write_string(0, 0, "a note of somebody").unwrap();
        let sheet = book.add_worksheet();
        row(sheet, 0, &["一覧(11月)"]);
        row(sheet, 2, &["FINDING_ID", "Due", "Owner", "自由欄", "Action", "Rule"]);
        row(sheet, 3, &[ONE, "令和8年12月31日", "情報課\n佐藤", "x", "ＩＮ progress", "LIFE-06"]);
        row(sheet, 5, &[TWO, "", "", "", "完了", ""]);
        let due = Format::new().set_num_format("yyyy/m/d");
        let date = ExcelDateTime::from_ymd(2027, 1, 15).unwrap();
        row(sheet, 6, &[THREE]);
        sheet.write_datetime_with_format(6, 1, &date, &due).unwrap();
        sheet.write_number(6, 2, 4321.0).unwrap();
    });
    assert_eq!(kinds(&imported), []);
    assert_eq!((imported.rows, imported.sheets.len()), (3, 1));
    let one = Decision {
        action: Some(Action::InProgress),
        owner: "情報課 佐藤".to_owned(),
        due: day(2026, 12, 31),
        reason: String::new(),
    };
    assert_eq!(imported.decisions[&id(ONE)], one);
    assert_eq!(imported.decisions[&id(TWO)].action, Some(Action::Done));
    assert_eq!(imported.decisions[&id(THREE)].due, day(2027, 1, 15));
    assert_eq!(imported.decisions[&id(THREE)].owner, "4321");
}

#[test]
fn rows_that_cannot_be_trusted_are_named_and_not_taken() {
    let long = "長".repeat(501);
    let imported = import(&Decisions::new(), |book| {
        sheet(
            book,
            "指摘一覧",
            &[
                &["LIFE-06", "tanaka_t", "完了", "", "", "", "aaaaaaaaaaaaaaa9"],
                &["LIFE-06", "tanaka_t", "完了", "", "", "", "aaaaaaaaaaaaaaa7"],
                &["LIFE-01", "", "完了", "", "", "", ONE],
                &["LIFE-06", "suzuki", "完了", "", "", "", ONE],
                &["", "", "", "追加した行", "", "", ""],
                &["LIFE-06", "", "済", "", "", "", ONE],
                &["LIFE-06", "", "完了", "", "年末", "", ONE],
                &["LIFE-06", "", "例外申請", "", "", &long, ONE],
                &["", "", "", "", "", "", ""],
            ],
        );
    });
    let wanted = [
        (2, Kind::BadId),
        (3, Kind::UnknownId),
        (4, Kind::OtherRow),
        (5, Kind::OtherRow),
        (6, Kind::NoId),
        (7, Kind::BadState),
        (8, Kind::BadDate),
        (9, Kind::TooLong),
    ];
    assert_eq!(kinds(&imported), wanted);
    assert!(imported.decisions.is_empty());
    assert!(imported.remarks.iter().all(|remark| remark.kind.refuses()));
    let line = imported.remarks[5].line(Lang::Ja);
    assert!(line.starts_with("指摘一覧 7 行: ") && line.contains("対応状況"), "{line}");
    assert!(!line.contains('済'), "what staff wrote is theirs");
}

#[test]
fn formulas_and_merged_cells_are_told() {
    let imported = import(&Decisions::new(), |book| {
        let sheet = sheet(
            book,
            "指摘一覧",
            &[
                &["LIFE-06", "", "完了", "", "", "", ONE],
                &["LIFE-01", "", "対応中", "", "", "", TWO],
                &["DEF-01", "", "例外申請", "", "", "", THREE],
            ],
        );
        sheet.write_formula(1, 3, Formula::new("=B1&\"課\"").set_result("情報課")).unwrap();
        sheet.write_formula(2, 3, Formula::new("=NA()").set_result("#N/A")).unwrap();
        sheet.merge_range(3, 3, 4, 3, "まとめて", &Format::new()).unwrap();
    });
    let wanted = [
        (2, Kind::Formula),
        (3, Kind::NoValue),
        (3, Kind::Formula),
        (4, Kind::Merged),
        (4, Kind::NoReason),
    ];
    assert_eq!(kinds(&imported), wanted);
    assert_eq!(imported.decisions[&id(ONE)].owner, "情報課");
    assert!(!imported.decisions.contains_key(&id(TWO)));
    assert_eq!(imported.decisions[&id(THREE)].owner, "まとめて");
}

#[test]
fn a_heading_that_stands_twice_spoils_its_sheet_alone() {
    let imported = import(&Decisions::new(), |book| {
        let twice = book.add_worksheet();
        row(twice, 0, &["finding_id", "担当者", "担当者"]);
        row(twice, 1, &[ONE, "甲", "乙"]);
        sheet(book, "good", &[&["", "", "完了", "", "", "", TWO]]);
    });
    assert_eq!(kinds(&imported), [(0, Kind::TwoColumns)]);
    assert_eq!(imported.decisions.len(), 1);
}

#[test]
fn of_two_rows_the_changed_one_counts() {
    let before: Decisions = [
        (id(ONE), Decision { owner: "甲".to_owned(), ..Decision::default() }),
        (id(TWO), Decision { owner: "甲".to_owned(), ..Decision::default() }),
        (id(THREE), Decision { owner: "甲".to_owned(), ..Decision::default() }),
    ]
    .into();
    let imported = import(&before, |book| {
        let rows: [&[&str]; 3] = [
            &["", "", "", "乙", "", "", ONE],
            &["", "", "", "甲", "", "", TWO],
            &["", "", "", "乙", "", "", THREE],
        ];
        sheet(book, "指摘一覧", &rows);
        let rows: [&[&str]; 3] = [
            &["", "", "完了", "甲", "", "", ONE],
            &["", "", "", "", "", "", TWO],
            &["", "", "", "丙", "", "", THREE],
        ];
        sheet(book, "共有パスワード", &rows);
    });
    let one = &imported.decisions[&id(ONE)];
    assert_eq!((&*one.owner, one.action), ("乙", Some(Action::Done)));
    assert!(imported.decisions[&id(TWO)].is_empty(), "it was cleared on one sheet");
    assert!(!imported.decisions.contains_key(&id(THREE)));
    assert_eq!(imported.remarks.len(), 1);
    assert_eq!(
        (imported.remarks[0].kind, &*imported.remarks[0].detail),
        (Kind::Conflict, "指摘一覧 4")
    );
    let after = imported.merged(&before);
    assert_eq!(after.keys().copied().collect::<Vec<_>>(), [id(ONE), id(THREE)]);
    assert_eq!(after[&id(THREE)].owner, "甲", "what cannot be taken stays as it was");
    assert_eq!(import::changed(&before, &after), 2);
}

#[test]
fn proposals_have_no_approver_and_are_toml() {
    let asked = |reason: &str, due| Decision {
        action: Some(Action::Exception),
        reason: reason.to_owned(),
        due,
        ..Decision::default()
    };
    let decisions: Decisions = [
        (id(ONE), asked("", None)),
        (id(TWO), asked("更新\"待ち\"\\\u{202e}\n[[suppression]]", day(2027, 3, 31))),
        (id(THREE), asked("x", None)),
    ]
    .into();
    let blocks = propose::blocks(&decisions, &findings(), Lang::Ja);
    assert_eq!(blocks.len(), 2, "without a reason there is nothing to propose");
    let text = blocks.join("\n");
    assert!(!text.contains('\u{202e}'));
    let tree: toml::Table = toml::from_str(&text).unwrap();
    let list = tree["suppression"].as_array().unwrap();
    assert_eq!(list.len(), 2);
    assert_eq!(list[0]["reason"].as_str(), Some("更新\"待ち\"\\\u{202e}\n[[suppression]]"));
    assert_eq!(list[0]["match"]["account"].as_str(), Some("su\"zu\\ki"));
    assert_eq!(list[0]["until"].as_str(), Some("2027-03-31"));
    assert!(list.iter().all(|block| block.get("approved_by").is_none()));
    assert!(list[1].get("until").is_none());
}

#[test]
fn bad_rows_of_review_csv_are_named_by_their_line() {
    let text = format!(
        "\u{feff}finding_id,state,owner,due,reason\r\n{ONE},done,'=甲,2026-12-31,\"二\r\n行\"\r\n\
         {TWO},fertig,,,\r\n{ONE},open,,,\r\n{TWO},open,,昨日,\r\nx,,,,\r\n{TWO},,\r\n{THREE},,乙,,\r\n"
    );
    let (decisions, refused) = file::parse(text.as_bytes());
    let lines: Vec<_> = refused.iter().map(|refused| (refused.line, refused.fault)).collect();
    let wanted =
        [(4, Fault::State), (5, Fault::Id), (6, Fault::Date), (7, Fault::Id), (8, Fault::Fields)];
    assert_eq!(lines, wanted);
    assert_eq!(refused[0].to_string(), "review.csv:4: bad-state");
    assert_eq!(decisions.len(), 2);
    assert_eq!(decisions[&id(ONE)].owner, "=甲");
    assert_eq!(decisions[&id(THREE)].owner, "乙");
    let foreign = file::parse(b"a,b\n1,2\n").1;
    assert_eq!(foreign, [Refused { line: 1, fault: Fault::Header }]);
}

#[test]
fn a_name_that_is_a_pattern_is_not_proposed() {
    let mut findings = findings();
    findings.get_mut(&id(ONE)).unwrap().account = "a*\n[[suppression]]".to_owned();
    let decision =
        Decision { action: Some(Action::Exception), reason: "x".to_owned(), ..Decision::default() };
    let blocks = propose::blocks(&[(id(ONE), decision)].into(), &findings, Lang::En);
    assert!(blocks[0].starts_with("# LIFE-06 ") && blocks[0].lines().count() == 1, "{}", blocks[0]);
}

#[test]
fn findings_of_a_run_are_named_by_rule_and_place() {
    let (report, rules) = crate::report::sample_for_tests();
    let findings = run::findings(&report, &rules);
    assert_eq!(findings.len(), report.ids.len());
    let first = &findings[&report.ids[0]];
    let wanted = ["LIFE-06", "honin", "corp.byoin.example", "tanaka_t"];
    assert_eq!([&*first.rule, &first.site, &first.system, &first.account], wanted);
}

#[test]
fn decisions_reach_the_findings_of_their_ids() {
    let (mut sample, _) = crate::report::sample_for_tests();
    let known = sample.ids[2];
    let decisions: Decisions = [
        (known, Decision { owner: "甲".to_owned(), due: day(2026, 12, 1), ..Decision::default() }),
        (id("zzzzzzzzzzzzzzz7"), Decision { owner: "乙".to_owned(), ..Decision::default() }),
    ]
    .into();
    apply(&decisions, &mut sample);
    let assigned = sample.assigned.get(2);
    assert_eq!(sample.text.get(assigned.owner), "甲");
    assert_eq!(assigned.due.when(), When::On(day(2026, 12, 1).unwrap()));
    assert!(sample.text.get(sample.assigned.get(1).owner).is_empty());
}

proptest! {
    #[test]
    fn what_is_saved_is_read_back(owner in ".{0,100}", reason in ".{0,200}", days in 0_i32..60_000, state in 0_usize..5) {
        let decision = Decision {
            action: Action::ALL.get(state).copied(),
            owner,
            due: Some(Day::from_epoch_days(days)),
            reason,
        };
        let decisions: Decisions = [(id(ONE), decision)].into();
        let mut table = crate::report::table::Table::new(COLUMNS);
        file::rows(&decisions).for_each(|row| table.push(row));
        let (back, refused) = file::parse(&table.csv(crate::report::CsvFlavour::Plain));
        prop_assert_eq!(refused, []);
        prop_assert_eq!(back, decisions);
        prop_assert_eq!(unguard("'x"), "x");
    }

    #[test]
    fn any_bytes_are_a_file_of_decisions_or_none(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let whole = [b"finding_id,state,owner,due,reason\n".as_slice(), &bytes].concat();
        for text in [bytes, whole] {
            let (decisions, refused) = file::parse(&text);
            prop_assert!(decisions.len() <= 200 && refused.len() <= 200);
        }
    }
}
