//! Any name in any place, through every writer: it stays data in each sink. Workbooks have a property
//! of their own (`xlsx/tests.rs`), which reads their cells back.

use crate::model::account::LastUse;
use crate::model::arena::Span;
use crate::model::day::{Day, Stamp};
use crate::model::evidence::WordClasses;
use crate::model::finding::Status;
use crate::model::lang::Lang;
use crate::model::lists::{Leaving, Listed, Trace};
use crate::model::remedy::{Remedy, Spare};
use crate::model::state::{Assigned, Exception};
use crate::model::tri::Tri;
use crate::report::sample::{LIFE, Sample};
use crate::report::{CsvFlavour, WRITERS, unguard, write};
use crate::text::name::escape_controls;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fs;

/// Formulas, markup, escape sequences, the quotes of PowerShell, controls, bidi, workflow commands.
const NASTY: &str = "([=+@'\"‘’“”`$(){};<>&|%,\\-]|\r\n|\t|[\u{0}-\u{1f}]|[\u{7f}-\u{9f}]|\u{1b}\\[2J\
|\u{202e}|\u{feff}|\u{2028}|\u{fffe}|</td>|<script>|&lt;|::error |＝|あ|x){0,24}";

/// A run in which people have put these names wherever a name may stand.
fn sample(name: &str, more: &str) -> Sample {
    let mut sample = Sample::full();
    for text in [name, more] {
        let at = sample.add(LIFE, 0, 0, text);
        let report = &mut sample.report;
        let span = report.text.push(text);
        report.findings[at].facts.detail = span;
        let subject = report.findings[at].subject;
        let place = &mut report.subjects[subject as usize];
        (place.name, place.person) = (span, span);
        place.department = report.names.intern(text);
        let sid = report.text.push("S-1-5-21-1-2-3-1104");
        report.remedies.set(subject, Remedy { sid, spare: Spare::None });
        let assigned = Assigned { owner: span, reason: span, ..Assigned::NOBODY };
        report.assigned.set(at as u32, assigned);
        listed(&mut sample, text);
    }
    excepted(&mut sample, name, more);
    let report = &mut sample.report;
    report.sites[0].name = name.to_owned();
    report.sites[1].slug = format!("{more}|clinic");
    report.sites[0].systems[0].name = more.to_owned();
    report.files[0].1.path = more.to_owned();
    report.files[2].1.system = name.to_owned();
    report.problems[1] = report.problems[1].clone().column(name).detail(more);
    report.run.warnings.push(name.to_owned());
    report.run.name = more.to_owned();
    sample
}

/// An account to confirm, of somebody who leaves.
fn listed(sample: &mut Sample, text: &str) {
    let report = &mut sample.report;
    let span = report.text.push(text);
    let department = report.names.intern(text);
    report.lists.accounts.push(Listed {
        site: 0,
        system: 0,
        login: span,
        person: span,
        name: span,
        department,
        role: department,
        enabled: Tri::Yes,
        privileged: Tri::Unknown,
        last_use: Stamp::UNKNOWN,
        source: LastUse::AccessLog,
    });
    report.lists.traces.push(Trace {
        key: span,
        groups: department,
        password_set: Stamp::UNKNOWN,
        tag: Span::EMPTY,
        triable: false,
        left: WordClasses::NONE,
    });
    let account = Some(report.lists.accounts.len() as u32 - 1);
    let day = Day::from_ymd(2026, 12, 31).unwrap();
    report.lists.leaving.push(Leaving {
        site: 0,
        person: span,
        name: span,
        department,
        day,
        account,
    });
}

fn excepted(sample: &mut Sample, name: &str, more: &str) {
    let report = &mut sample.report;
    report.exceptions.push(Exception {
        line: 3,
        rule: "LIFE-06".to_owned(),
        site: more.to_owned(),
        system: name.to_owned(),
        account: more.to_owned(),
        group: String::new(),
        reason: name.to_owned(),
        approved_by: more.to_owned(),
        until: Day::from_ymd(2027, 3, 31).unwrap(),
        kind: String::new(),
        accounts: 1,
    });
    let set_aside = report.findings.iter().position(|f| f.status == Status::Suppressed).unwrap();
    report.states[set_aside].exception = 0;
}

/// Every file of every format but the workbooks.
fn outputs(sample: &Sample, csv: CsvFlavour) -> BTreeMap<String, String> {
    let folder = tempfile::tempdir().unwrap();
    let formats: Vec<_> =
        WRITERS.iter().map(|writer| writer.name()).filter(|name| *name != "xlsx").collect();
    let written = write(&formats, &sample.context(Lang::Ja, csv), folder.path()).unwrap();
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    written.iter().map(|file| (file.name.clone(), read(&file.name))).collect()
}

/// A table that reads back whole, without a cell that a spreadsheet takes for a formula.
fn is_table(name: &str, text: &str, guarded: bool) {
    let mut reader = ::csv::ReaderBuilder::new().flexible(false).from_reader(text.as_bytes());
    for record in reader.records() {
        for cell in &record.unwrap_or_else(|error| panic!("{name}: {error}")) {
            let active = cell.trim_start_matches([' ', '\u{3000}']);
            let active =
                active.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
            // A number of ours may be negative.
            assert!(!guarded || !active || cell.parse::<i64>().is_ok(), "{name}: {cell:?}");
        }
    }
}

/// What a terminal or a log shows: nothing that acts on it.
fn is_visible(name: &str, text: &str) {
    for line in text.lines() {
        assert_eq!(escape_controls(line), line, "{name}");
    }
    assert!(!text.contains("\n::error"), "{name}");
}

/// Elements of ours alone: a name in a page opens none.
fn is_page(name: &str, text: &str) {
    const OURS: [&str; 24] = [
        "!DOCTYPE", "html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "b", "br",
        "div", "span", "table", "thead", "tbody", "tr", "th", "td", "svg", "rect", "text", "line",
    ];
    for part in text.split('<').skip(1) {
        let tag: String = part.chars().take_while(|c| !c.is_whitespace() && *c != '>').collect();
        let tag = tag.trim_start_matches('/');
        assert!(OURS.contains(&tag), "{name}: <{tag}");
    }
    assert!(!text.contains("<script") && !text.contains('\u{202e}'), "{name}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn any_name_is_data_in_every_sink(name in any::<String>(), more in NASTY) {
        let sample = sample(&name, &more);
        for csv in [CsvFlavour::Plain, CsvFlavour::Machine] {
            let files = outputs(&sample, csv);
            prop_assert!(files.len() > 20, "{:?}", files.keys());
            for (file, text) in &files {
                match file.rsplit_once('.').map(|(_, end)| end) {
                    Some("csv") => is_table(file, text, csv.guards()),
                    Some("html") => is_page(file, text),
                    Some("txt") => is_visible(file, text),
                    Some("json") => {
                        prop_assert!(serde_json::from_str::<serde_json::Value>(text).is_ok(), "{}", file);
                    }
                    Some("jsonl") => for line in text.lines() {
                        prop_assert!(serde_json::from_str::<serde_json::Value>(line).is_ok(), "{}", file);
                        prop_assert!(!line.chars().any(char::is_control), "{}", file);
                    },
                    Some("ps1") => prop_assert!(text.is_ascii()),
                    _ => prop_assert!(false, "{} is no sink that is known here", file),
                }
            }
            let found = super::records(files["findings.csv"].as_bytes());
            for wanted in [&name, &more] {
                let shown = |row: &BTreeMap<String, String>| {
                    let cell = &row["account"];
                    if csv.guards() { unguard(cell).to_owned() } else { cell.clone() }
                };
                prop_assert!(found.iter().any(|row| shown(row) == **wanted), "{:?}", wanted);
            }
        }
    }
}
