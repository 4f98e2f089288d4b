//! Examples of each answer, and the property that nothing is green which was not covered.

use super::answer::Answer;
use super::judged::{Counts, Place, Scope, State};
use super::sheet::{Sheet, sheets};
use crate::model::day::{Day, When};
use crate::model::file::{FileId, Origin, Problem, Weight};
use crate::model::finding::{Severity, Status};
use crate::model::lang::Lang;
use crate::model::lists::{Contract, Declared, SecretCounts};
use crate::model::report::{Coverage, Report};
use crate::report::CsvFlavour;
use crate::report::sample::Sample;
use crate::rules::RuleSet;
use crate::rules::framework::Form;
use proptest::prelude::*;
use std::path::PathBuf;

const A: u16 = 0;
const B: u16 = 1;
const C: u16 = 2;

/// Items of a form, each about another trait.
const ROWS: &str = r#"
[[rows]]
item = "2-①"
sure = "V"
ja = "甲"
en = "a"
rules = ["LIFE-01"]
kinds = ["directory"]
tells_disabled = true

[[rows]]
item = "2-②"
sure = "V"
ja = "乙"
en = "b"
rules = ["LIFE-01", "LIFE-02"]
where_present = ["SHR-01"]

[[rows]]
item = "2-③"
sure = "I"
ja = "丙"
en = "c"
rules = ["LIFE-01"]
unless_declared = ["external-services", "外部サービス"]

[[rows]]
item = "2-④"
sure = "M"
ja = "丁"
en = "d"
outside = true

[[rows]]
item = "2-⑤"
sure = "T"
ja = "戊"
en = "e"
rules = ["LIFE-01", "LIFE-99"]
"#;

/// Three rules, and forms of which each item is about another trait.
fn rules() -> RuleSet {
    let rule = |id: &str, systems: &str| {
        let words = "title = \"t\"\nwhy = \"w\"\nevidence = \"e\"\nremedy = \"r\"\n";
        let head =
            format!("id = \"{id}\"\nslug = \"s\"\nseverity = \"high\"\nneeds = []\n{systems}\n");
        let file = PathBuf::from(format!("checks/{id}-s.toml"));
        (file, format!("{head}[ja]\n{words}[en]\n{words}"))
    };
    let form = |name: &str| {
        let head =
            format!("edition = \"f\"\norder = 1\nform = \"{name}\"\nja = \"表\"\nen = \"form\"\n");
        (PathBuf::from(format!("frameworks/{name}.toml")), head + ROWS)
    };
    let planned = (PathBuf::from("planned.toml"), "rules = [\"LIFE-99\"]\n".to_owned());
    RuleSet::from_folder(vec![
        rule("LIFE-01", ""),
        rule("LIFE-02", "systems = [\"directory\"]"),
        rule("SHR-01", ""),
        form("hospital"),
        form("vendor"),
        planned,
    ])
    .unwrap()
}

/// Site 0 has a directory and a device, site 1 a medical record system.
fn sample() -> Sample {
    let mut sample = Sample::empty();
    sample.rules = rules();
    sample.report.asked = vec![true; 3];
    sample
}

fn cover(report: &mut Report, rule: u16, site: u16, system: u16, judged: u32, unjudged: u32) {
    let missing = if unjudged > 0 { vec!["last-use"] } else { Vec::new() };
    let (by_account, findings) = (0, 0);
    report.coverage.push(Coverage {
        rule,
        site,
        system,
        judged,
        unjudged,
        by_account,
        findings,
        missing,
    });
}

fn covered() -> Sample {
    let mut sample = sample();
    for system in [0, 1] {
        cover(&mut sample.report, A, 0, system, 10, 0);
    }
    cover(&mut sample.report, B, 0, 0, 10, 0);
    sample
}

fn hospital(sample: &Sample, site: u16) -> Vec<Answer> {
    let sheets = sheets(&sample.report, &sample.rules);
    let sheet = sheets.iter().find(|s| s.form == Form::Hospital && s.site == site).unwrap();
    sheet.lines.iter().map(|line| line.answer).collect()
}

#[test]
fn what_was_covered_and_silent_is_said_so() {
    use Answer::{NoneFound, Outside, PartlyUnverified, Unverifiable};
    // ③ wants a declaration, ⑤ names a rule that is not written yet.
    let wanted = [NoneFound, NoneFound, PartlyUnverified, Outside, PartlyUnverified];
    assert_eq!(hospital(&covered(), 0), wanted);
    // Nothing was read of the other site.
    let nothing = [Unverifiable, Unverifiable, Unverifiable, Outside, Unverifiable];
    assert_eq!(hospital(&covered(), 1), nothing);
}

#[test]
fn each_gap_makes_the_answer_a_partial_one() {
    type Gap = (&'static str, fn(&mut Sample));
    let gaps: [Gap; 7] = [
        ("unjudged accounts", |s| cover(&mut s.report, A, 0, 1, 0, 1)),
        ("unjudged where present", |s| cover(&mut s.report, C, 0, 0, 0, 1)),
        ("a required rule without data", |s| s.report.coverage.retain(|row| row.rule != B)),
        ("a system that nobody looked at", |s| {
            s.report.coverage.retain(|row| (row.rule, row.system) != (A, 1));
        }),
        ("a rule that was not asked", |s| s.report.asked[B as usize] = false),
        ("a statement that it could not judge", |s| {
            let at = s.add(A, 0, 0, "");
            s.report.findings[at].status = Status::NotEvaluable;
        }),
        ("a refused row", |s| {
            let origin = Origin { file: FileId(0), line: 7 };
            s.report.problems.push(Problem::new(origin, Weight::Row, "field-count"));
        }),
    ];
    for (what, gap) in gaps {
        let mut sample = covered();
        gap(&mut sample);
        assert_eq!(hospital(&sample, 0)[1], Answer::PartlyUnverified, "{what}");
    }
    // A kind of system that the item asks for and nobody exported.
    let mut sample = covered();
    cover(&mut sample.report, A, 1, 0, 10, 0);
    assert_eq!(hospital(&sample, 1)[0], Answer::PartlyUnverified);
}

#[test]
fn a_finding_is_found_even_under_an_exception() {
    for (status, severity, wanted) in [
        (Status::New, Severity::Low, Answer::Found),
        (Status::Returned, Severity::High, Answer::Found),
        (Status::Suppressed, Severity::High, Answer::Found),
        (Status::New, Severity::Info, Answer::NoneFound),
        (Status::Fixed, Severity::High, Answer::NoneFound),
    ] {
        let mut sample = covered();
        let at = sample.add(A, 0, 0, "tanaka_t");
        sample.report.findings[at].status = status;
        sample.report.findings[at].severity = severity;
        assert_eq!(hospital(&sample, 0)[0], wanted, "{status:?} {severity:?}");
    }
}

#[test]
fn a_declaration_opens_the_way_and_is_shown_as_one() {
    let mut sample = covered();
    for (item, answer) in
        [("クラウド", Answer::PartlyUnverified), ("外部サービス", Answer::NoneFound)]
    {
        let day = When::On(Day::from_ymd(2026, 11, 1).unwrap()).into();
        let declared = Declared { site: 0, system: String::new(), item: item.to_owned(), day };
        sample.report.lists.declared = vec![declared];
        assert_eq!(hospital(&sample, 0)[2], answer, "{item}");
    }
    assert!(csv(&sample).contains(",申告 2026-11-01,"));
}

#[test]
fn a_vendor_gets_a_sheet_for_each_system() {
    let mut sample = covered();
    let report = &mut sample.report;
    report.sites[0].systems[1].secrets =
        SecretCounts { exported: 9, comparable: 6, tried: 2, untestable: 1 };
    let contract = |company: &str, system: Option<u16>, name: &str| Contract {
        site: 0,
        company: company.to_owned(),
        system,
        name: name.to_owned(),
    };
    report.lists.contracts = vec![
        contract("甲社", Some(1), "core-sw"),
        contract("甲社", None, "vpn-gw"),
        contract("甲社", None, ""),
        contract("乙社", None, ""),
    ];
    let sheets = sheets(&sample.report, &sample.rules);
    let told: Vec<_> = sheets
        .iter()
        .filter_map(|sheet| Some((sheet.site, sheet.vendor?, sheet.lines[0].answer)))
        .map(|(site, v, answer)| {
            (site, v.company, v.system, v.contracted, v.secrets.is_some(), answer)
        })
        .collect();
    // The directory is nobody's to fill in; the other site's system has no contract.
    let wanted = [
        (0, "乙社", "", true, false, Answer::Unverifiable),
        (0, "甲社", "core-sw", true, true, Answer::NoneFound),
        (0, "甲社", "vpn-gw", true, false, Answer::Unverifiable),
        (1, "", "使用者一覧", false, true, Answer::Unverifiable),
    ];
    assert_eq!(told, wanted);
    let text = csv(&sample);
    assert!(
        text.contains("f,vendor,honin,本院,甲社,device,core-sw,yes,9,6,2,1,2-①,V,甲,none-found,")
    );
    assert!(text.contains("f,vendor,honin,本院,甲社,,vpn-gw,yes,0,,,,2-①,V,甲,unverifiable,"));
}

fn written(sample: &Sample, name: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let cx = sample.context(Lang::Ja, CsvFlavour::Plain);
    crate::report::write(&["csv", "json"], &cx, folder.path()).unwrap();
    std::fs::read_to_string(folder.path().join(name)).unwrap()
}

fn csv(sample: &Sample) -> String {
    written(sample, super::CSV)
}

#[test]
fn the_sheet_is_the_form_with_blank_columns_for_people() {
    let mut sample = covered();
    sample.report.sites[0].systems[0].disabled = 12;
    let at = sample.add(A, 0, 0, "tanaka_t");
    sample.report.findings[at].severity = Severity::High;
    let text = csv(&sample);
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].ends_with(",as_of,yes_no,confirmed_on,target_date"), "{}", lines[0]);
    assert_eq!(
        lines[1],
        "f,hospital,honin,本院,,,,,,,,,2-①,V,甲,found,所見あり,20,0,1,0,0,12,LIFE-01 found 20/0,\
         \"ad-csv 1, pwdump 1\",,,無効化済・未削除 12 件,2026-11-22,,,"
    );
    assert_eq!(
        lines[4],
        "f,hospital,honin,本院,,,,,,,,,2-④,M,丁,outside,対象外(本ツール),,,,,,,,\
         \"ad-csv 1, pwdump 1\",,,,2026-11-22,,,"
    );
    for line in &lines[1..] {
        assert!(line.ends_with(",2026-11-22,,,"), "{line}");
    }
    let tree: serde_json::Value = serde_json::from_str(&written(&sample, super::JSON)).unwrap();
    assert_eq!(tree["schema"], "kagiban.checklist/1");
    let row = &tree["sheets"][0]["rows"][0];
    assert_eq!((&row["answer"], &row["yes_no"]), (&"found".into(), &"".into()));
    assert_eq!(row["disabled_not_deleted"], 12);
}

#[test]
fn sheets_name_nobody_and_give_no_verdict() {
    let mut sample = Sample::full();
    sample.report.sites[0].systems[0].disabled = 3;
    for name in [super::CSV, super::JSON, super::COVERAGE] {
        let text = written(&sample, name);
        for word in ["tanaka_t", "田中", "00123", "準拠", "適合", "ompliant", "t1"] {
            assert!(!text.contains(word), "{name}: {word}");
        }
    }
}

#[test]
fn coverage_tells_grey_from_green() {
    let mut sample = covered();
    cover(&mut sample.report, C, 0, 0, 0, 4);
    let text = written(&sample, super::COVERAGE);
    let lines: Vec<&str> = text.lines().skip(1).collect();
    assert_eq!(lines.len(), 6, "two sites, three rules");
    assert_eq!(lines[0], "honin,本院,LIFE-01,t,clean,20,0,0,0,0,0,,2026-11-22");
    assert_eq!(lines[2], "honin,本院,SHR-01,t,not-evaluable,0,4,0,0,0,1,last-use,2026-11-22");
    assert_eq!(lines[3], "clinic,クリニック,LIFE-01,t,no-data,0,0,0,0,0,1,,2026-11-22");
}

/// One generated entry: rule, site, system, judged, unjudged.
type Row = (u16, u16, u16, u32, u32);

fn generated() -> impl Strategy<Value = (Vec<Row>, [bool; 3], Option<u32>)> {
    let row = (0_u16..3, 0_u16..2, 0_u16..2, 0_u32..3, 0_u32..2);
    // File 0 belongs to site 0, file 2 to site 1.
    let refused = prop_oneof![Just(None), Just(Some(0_u32)), Just(Some(2))];
    (prop::collection::vec(row, 0..14), [any::<bool>(), any::<bool>(), any::<bool>()], refused)
}

fn build(rows: &[Row], asked: [bool; 3], refused: Option<u32>) -> Sample {
    let mut sample = sample();
    for &(rule, site, system, judged, unjudged) in rows {
        let systems = sample.report.sites[site as usize].systems.len() as u16;
        cover(&mut sample.report, rule, site, system.min(systems - 1), judged, unjudged);
    }
    sample.report.asked = asked.to_vec();
    if let Some(file) = refused {
        let origin = Origin { file: FileId(file), line: 7 };
        sample.report.problems.push(Problem::new(origin, Weight::Row, "field-count"));
    }
    sample
}

/// Straight from the coverage rows: whether a rule judged something, and everything, of a place.
fn judged_all(report: &Report, rule: u16, site: u16, system: Option<u16>) -> (bool, bool) {
    let here = |row: &&Coverage| {
        row.rule == rule && row.site == site && system.is_none_or(|system| row.system == system)
    };
    let rows: Vec<_> = report.coverage.iter().filter(here).collect();
    let some = rows.iter().any(|row| row.judged > 0);
    let all = rows.iter().all(|row| row.unjudged == 0) && report.asked[rule as usize];
    (some, all)
}

fn check(sheet: &Sheet<'_>, report: &Report) {
    let system = sheet.vendor.map(|vendor| {
        let systems = &report.sites[sheet.site as usize].systems;
        systems.iter().position(|s| s.name == vendor.system).unwrap() as u16
    });
    for line in sheet.lines.iter().filter(|line| line.answer == Answer::NoneFound) {
        for id in &line.row.rules {
            // A vendor's sheet leaves out what is not about such a system.
            if system.is_some() && id == "LIFE-02" {
                continue;
            }
            let rule = if id == "LIFE-01" { A } else { B };
            assert_eq!(judged_all(report, rule, sheet.site, system), (true, true), "{id}");
            assert_ne!(id, "LIFE-99", "a rule that does not exist covers nothing");
        }
        if !line.row.where_present.is_empty() {
            assert!(judged_all(report, C, sheet.site, system).1);
        }
        let refused = report
            .problems
            .iter()
            .any(|problem| report.files[problem.origin.file.0 as usize].0 == sheet.site);
        assert!(!refused && line.row.unless_declared.is_empty() && !line.row.outside);
    }
}

proptest! {
    #[test]
    fn never_green_for_what_was_not_covered((rows, asked, refused) in generated()) {
        let sample = build(&rows, asked, refused);
        for sheet in sheets(&sample.report, &sample.rules) {
            check(&sheet, &sample.report);
        }
        let counts = Counts::of(&sample.report, &sample.rules);
        for (rule, site) in [(A, 0), (A, 1), (B, 0), (B, 1), (C, 0), (C, 1)] {
            let judged = counts.at(rule, Place { site, scope: Scope::Site });
            if judged.state() == State::Clean {
                prop_assert_eq!(judged_all(&sample.report, rule, site, None), (true, true));
            }
        }
    }
}

#[test]
fn the_property_sees_green_answers() {
    // A generator that never covers anything would prove nothing.
    let rows = [(A, 0, 0, 1, 0), (A, 0, 1, 1, 0), (B, 0, 0, 1, 0), (A, 1, 0, 1, 0)];
    let sample = build(&rows, [true; 3], None);
    let sheets = sheets(&sample.report, &sample.rules);
    let green = sheets.iter().flat_map(|sheet| &sheet.lines);
    assert!(green.filter(|line| line.answer == Answer::NoneFound).count() >= 4);
}
