use super::*;
use crate::model::finding::Unit;
use crate::model::inventory::UnreadSecret;
use std::collections::HashSet;

fn texts(report: &Report) -> Vec<String> {
    report.ids.iter().map(|id| String::from_utf8(id.to_vec()).unwrap()).collect()
}

fn unread(estate: &mut Estate, lines: &[u32]) {
    estate.account(SystemKind::Device, "rt01", &fresh("admin"));
    for &number in lines {
        let origin = line(number);
        estate.last().unread_secrets.push(UnreadSecret { system: 0, word: "psk", origin });
    }
}

#[test]
fn unread_lines_are_one_finding_per_device() {
    let mut estate = Estate::new();
    unread(&mut estate, &[31, 7, 9, 12, 8, 40]);
    let report = estate.report();
    assert_eq!(of(&report, "DEV-06"), ["rt01/ low"]);
    let rules = RuleSet::embedded().unwrap();
    let (rule, _) = rules.check("DEV-06").unwrap();
    let found = report.findings.iter().find(|f| f.rule == rule).unwrap();
    assert_eq!((found.facts.value, found.facts.unit, found.origin.line), (Some(6), Unit::Lines, 7));
    let detail = report.text.get(found.facts.detail);
    assert_eq!(detail, "psk:7, psk:8, psk:9, psk:12, psk:31, ...");
    let mut other = Estate::new();
    unread(&mut other, &[50]);
    assert_eq!(texts(&other.report()), texts(&report), "an id holds no lines");
}

#[test]
fn ids_are_unique_sorted_and_stand_still() {
    let mut estate = Estate::new();
    for i in 0..50 {
        let login = format!("u{i}");
        estate.corp(&used(&login, 100 + i, LastUse::Column));
    }
    estate.site("clinic");
    estate.corp(&used("u1", 200, LastUse::Column));
    let first = estate.report();
    let ids = texts(&first);
    assert!(ids.is_sorted());
    assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len());
    assert_eq!(ids, texts(&estate.report()));
    assert_eq!(of(&first, "LIFE-01").len(), 51);
    estate.sites[0].accounts.last_use.set(3, ago(500));
    assert_eq!(ids, texts(&estate.report()), "an id holds no dates");
}

#[test]
fn a_report_is_complete_in_itself() {
    let mut estate = Estate::new();
    let joined =
        RosterDraft { name: "田中 恵", department: "医局", left: ago(30), ..roster("7") };
    estate.last().push_roster(&joined);
    estate.corp(&Draft { employee: "0007", ..fresh("m.tanaka") });
    estate.site("clinic");
    estate.corp(&used("x", 200, LastUse::Column));
    let report = estate.report();
    let rules = RuleSet::embedded().unwrap();
    let (leaver, _) = rules.check("LIFE-06").unwrap();
    let found = report.findings.iter().find(|f| f.rule == leaver && f.status == Status::New);
    let subject = &report.subjects[found.unwrap().subject as usize];
    assert_eq!(report.text.get(subject.person), "7");
    assert_eq!(report.text.get(subject.name), "田中 恵");
    assert_eq!(report.names.get(subject.department), "医局");
    assert_eq!(report.text.get(subject.key), "m.tanaka");
    assert_eq!((report.sites[0].accounts, report.sites[0].people), (1, 1));
    let (stale, _) = rules.check("LIFE-01").unwrap();
    let found = report.findings.iter().find(|f| f.rule == stale).unwrap();
    assert_eq!(report.files[found.origin.file.0 as usize].1.path, "clinic/x.csv");
}

#[test]
fn coverage_counts_what_was_and_was_not_judged() {
    let mut estate = Estate::new();
    estate.corp(&used("a", 100, LastUse::Column));
    estate.corp(&Draft { last_use: Stamp::UNKNOWN, ..fresh("b") });
    let report = estate.report();
    let rules = RuleSet::embedded().unwrap();
    let (stale, _) = rules.check("LIFE-01").unwrap();
    let row = report.coverage.iter().find(|row| row.rule == stale).unwrap();
    assert_eq!((row.judged, row.unjudged, row.findings), (1, 1, 1));
    assert_eq!(row.missing, ["last-use"]);
    let gap = report.findings.iter().find(|f| f.rule == stale && f.status == Status::NotEvaluable);
    assert_eq!(gap.unwrap().severity, crate::model::finding::Severity::Info);
}
