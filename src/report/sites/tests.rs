use super::*;
use crate::model::day::Day;
use crate::model::finding::Sensitivity;
use crate::model::lang::Lang;
use crate::model::month::{Month, MonthSite, counts};
use crate::report::CsvFlavour;
use crate::report::sample::{DEF, LIFE, Sample};
use crate::report::tests::records;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;

fn outputs(sample: &Sample, lang: Lang, include_restricted: bool) -> BTreeMap<String, String> {
    let folder = tempfile::tempdir().unwrap();
    let mut cx = sample.context(lang, CsvFlavour::Plain);
    cx.include_restricted = include_restricted;
    let written = crate::report::write(&["sites"], &cx, folder.path()).unwrap();
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    written.iter().map(|file| (file.name.clone(), read(&file.name))).collect()
}

fn month(day: (i32, u32, u32), sites: &[(&str, u64)]) -> Month {
    let as_of = Day::from_ymd(day.0, day.1, day.2).unwrap();
    let site = |&(slug, high): &(&str, u64)| MonthSite {
        slug: slug.to_owned(),
        name: slug.to_owned(),
        newest: Some(as_of),
        read: true,
        counts: [0, 0, 0, high, 0],
    };
    let high = sites.iter().map(|(_, high)| high).sum();
    Month {
        run: format!("{:04}-{:02}", day.0, day.1),
        as_of,
        complete: true,
        total: [0, 0, 0, high, 0],
        new: 1,
        fixed: 2,
        sites: sites.iter().map(site).collect(),
    }
}

#[test]
fn every_site_has_its_sheet_and_all_of_them_a_page() {
    let files = outputs(&Sample::full(), Lang::Ja, false);
    let names: Vec<_> = files.keys().map(String::as_str).collect();
    let wanted = [
        "rollup-months.csv",
        "rollup.csv",
        "rollup.html",
        "site-clinic.csv",
        "site-clinic.html",
        "site-honin.csv",
        "site-honin.html",
    ];
    assert_eq!(names, wanted);
}

#[test]
fn counts_of_the_page_are_those_of_the_run() {
    let sample = Sample::full();
    let (total, by_site) = counts(&sample.report);
    // Three leavers and two groups at honin, the factory default; one group reaches the clinic.
    assert_eq!((total, &*by_site), ([0, 0, 0, 5, 1], &[[0, 0, 0, 5, 1], [0, 0, 0, 1, 0]][..]));
    let rows = records(outputs(&sample, Lang::En, false)["rollup.csv"].as_bytes());
    let told: Vec<_> = rows
        .iter()
        .map(|row| [&*row["site_id"], &*row["state"], &*row["critical"], &*row["high"]])
        .collect();
    // Both have a refused row or file, and no file says its day.
    let wanted =
        [["clinic", "incomplete undated", "0", "1"], ["honin", "incomplete undated", "1", "5"]];
    assert_eq!(told, wanted);
}

#[test]
fn a_site_that_is_missing_has_no_zeros() {
    let mut sample = Sample::full();
    sample.report.files[2].1.problem = "unknown-header".to_owned();
    sample.report.months = vec![
        month((2026, 9, 20), &[("branch", 4), ("clinic", 2), ("honin", 9)]),
        month((2026, 10, 25), &[("clinic", 3), ("honin", 4)]),
    ];
    let files = outputs(&sample, Lang::En, false);
    let rows = records(files["rollup.csv"].as_bytes());
    let of = |slug: &str| rows.iter().find(|row| row["site_id"] == slug).unwrap();
    assert_eq!((&*of("branch")["state"], &*of("branch")["high"]), ("absent", ""));
    assert_eq!((&*of("branch")["newest_export"], &*of("branch")["days_old"]), ("2026-09-20", "63"));
    assert_eq!((&*of("clinic")["state"], &*of("clinic")["high"]), ("no-export", ""));
    assert_eq!(of("clinic")["change_critical_high"], "");
    // One critical and five high now, four high then.
    assert_eq!(of("honin")["change_critical_high"], "2");
    let page = &files["rollup.html"];
    for part in [
        "<b>Sites that this run was not given</b> 1: branch (2026-09-20)",
        "<b>Sites without an export that could be read</b> 1: クリニック",
        "<td class=\"n up\">+2</td>",
        "<th class=\"n\">26-09</th><th class=\"n\">26-10</th><th class=\"n\">26-11</th>",
        "<tr><td>branch</td><td class=\"n s2\">4</td><td class=\"n no\">–</td><td class=\"n no\">–</td></tr>",
        ">2026-10</text>",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    let months = records(files["rollup-months.csv"].as_bytes());
    assert_eq!(months.len(), 3 + 2 + 2);
    let last = months.last().unwrap();
    assert_eq!((&*last["site_id"], &*last["high"]), ("honin", "5"));
    let clinic = &months[5];
    assert_eq!((&*clinic["run"], &*clinic["site_id"], &*clinic["high"]), ("2026-11", "clinic", ""));
}

#[test]
fn thirteen_months_are_kept() {
    let mut sample = Sample::full();
    let all = (1..=12).map(|number| month((2025, number, 20), &[("honin", 1)]));
    sample.report.months = all.collect();
    let next = Month::up_to(&sample.report);
    assert_eq!(next.len(), 12);
    assert_eq!((&*next[0].run, &*next[11].run), ("2025-02", "2026-11"));
    assert_eq!(next[11].total, [0, 0, 0, 5, 1]);
}

#[test]
fn a_sheet_counts_the_others_and_names_none() {
    let mut sample = Sample::full();
    // A leaver whose account at the other site was closed: the detail names that site's system.
    let at = sample.add(LIFE, 0, 0, "yamada_k");
    sample.report.findings[at].facts.detail = sample.report.text.push("使用者一覧, no-account");
    let wide = sample.report.text.push("PL1, systems 3, sites 2, administrator 0");
    for finding in &mut sample.report.findings {
        if finding.group == 0 {
            finding.facts.detail = wide;
        }
    }
    let files = outputs(&sample, Lang::En, true);
    for (name, others) in [
        ("site-honin", ["clinic", "クリニック", "使用者一覧"]),
        ("site-clinic", ["honin", "本院", "corp.byoin.example"]),
    ] {
        for file in [format!("{name}.html"), format!("{name}.csv")] {
            for other in others {
                assert!(!files[&file].contains(other), "{file} names {other}");
            }
        }
    }
    let rows = records(files["site-clinic.csv"].as_bytes());
    let shared = rows.iter().find(|row| row["rule_id"] == "REUSE-01").unwrap();
    assert_eq!((&*shared["account"], &*shared["other_sites"]), ("c", "1"));
    assert_eq!(shared["evidence"], "1 accounts share it", "the others are not counted");
    let rows = records(files["site-honin.csv"].as_bytes());
    let shared: Vec<_> = rows.iter().filter(|row| row["rule_id"] == "REUSE-01").collect();
    let told = |account: &str| {
        let row = shared.iter().find(|row| row["account"] == account).unwrap();
        (row["other_sites"].clone(), row["evidence"].clone())
    };
    assert_eq!(told("a"), ("1".to_owned(), "2 accounts share it".to_owned()));
    assert_eq!(told("d"), (String::new(), "2 accounts share it".to_owned()));
    assert!(files["site-honin.html"].contains("also at 1 other site</span>"));
}

#[test]
fn restricted_findings_are_counted_on_a_sheet() {
    let mut sample = Sample::full();
    for login in ["root", "oper"] {
        let at = sample.add(DEF, 0, 1, login);
        sample.report.findings[at].sensitivity = Sensitivity::Restricted;
        sample.report.findings[at].severity = Severity::Critical;
    }
    let files = outputs(&sample, Lang::Ja, false);
    let rows = records(files["site-honin.csv"].as_bytes());
    let default: Vec<_> = rows.iter().filter(|row| row["rule_id"] == "DEF-01").collect();
    assert_eq!(default.len(), 1);
    assert_eq!((&*default[0]["system"], &*default[0]["count"]), ("core-sw", "3"));
    for hidden in ["account", "evidence", "source_file", "source_line", "finding_id"] {
        assert_eq!(default[0][hidden], "", "{hidden}");
    }
    assert!(files["site-honin.html"].contains("工場出荷時パスワード 3 件"));
    assert!(!files["site-honin.html"].contains("oper"));
    assert!(outputs(&sample, Lang::Ja, true)["site-honin.html"].contains("oper"));
}

#[test]
fn pages_stand_alone_and_promise_nothing() {
    let sample = Sample::full();
    for (name, page) in [Lang::Ja, Lang::En].iter().flat_map(|&lang| outputs(&sample, lang, true)) {
        if !name.contains(".html") {
            continue;
        }
        // The page's own style and nothing else is let in.
        let (_, style) = page.split_once("<style>").unwrap();
        let digest = STANDARD.encode(Sha256::digest(style.split("</style>").next().unwrap()));
        let policy = format!("content=\"default-src 'none'; style-src 'sha256-{digest}';");
        assert!(page.contains(&policy), "{name}");
        for word in
            ["http:", "https:", "src=", "href", "url(", "<script", "@import", "準拠", "ompliant"]
        {
            assert!(!page.contains(word), "{name}: {word}");
        }
        // Every element that is opened is closed.
        for tag in ["html", "body", "table", "tr", "td", "th", "span", "div", "p", "svg", "text"] {
            let opened = page.matches(&format!("<{tag}>")).count()
                + page.matches(&format!("<{tag} ")).count();
            assert_eq!(opened, page.matches(&format!("</{tag}>")).count(), "{name}: {tag}");
        }
    }
}

#[test]
fn a_long_list_is_cut_on_the_page_and_whole_in_the_table() {
    let mut sample = Sample::empty();
    for number in 0..600 {
        sample.add(LIFE, 0, 0, &format!("user{number:03}"));
    }
    let files = outputs(&sample, Lang::En, false);
    assert_eq!(records(files["site-honin.csv"].as_bytes()).len(), 600);
    assert!(files["site-honin.html"].contains("And 100 more in the CSV of the same name."));
}
