//! Words: the summary and the rules, against files that a person can read.

use super::outputs;
use crate::model::finding::Severity;
use crate::model::lang::Lang;
use crate::report::catalog::{ListFormat, explain, list, markdown};
use crate::report::columns::Paint;
use crate::report::sample::{DEF, LIFE, Sample, rules};
use crate::report::text::summary;
use crate::report::{CsvFlavour, WRITERS, files, shown};
use crate::rules::RuleSet;
use std::env;
use std::fs;
use std::path::Path;

/// Compares with a file of fixtures/report; `UPDATE=1` writes it instead.
fn golden(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/report").join(name);
    if env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
    }
    let wanted = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(text, wanted, "{name}: UPDATE=1 rewrites it");
}

fn page(sample: &Sample, lang: Lang, include_restricted: bool) -> String {
    page_of("runs/2026-11", sample, lang, include_restricted)
}

fn page_of(folder: &str, sample: &Sample, lang: Lang, include_restricted: bool) -> String {
    let mut cx = sample.context(lang, CsvFlavour::Plain);
    cx.include_restricted = include_restricted;
    let formats: Vec<_> = WRITERS.iter().map(|writer| writer.name()).collect();
    let mut out = Vec::new();
    let names = shown(files(&formats, &sample.report));
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    summary(&cx, (folder, &names), Paint::Plain, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn summaries_read_as_they_should() {
    golden("summary.ja.txt", &page(&Sample::full(), Lang::Ja, false));
    golden("summary.en.txt", &page(&Sample::full(), Lang::En, false));
    golden("summary-empty.ja.txt", &page(&Sample::empty(), Lang::Ja, false));
    golden("summary-empty.en.txt", &page(&Sample::empty(), Lang::En, false));
}

#[test]
fn explanations_and_lists_read_as_they_should() {
    let rules = rules();
    let (_, leaver) = rules.check("life-06").unwrap();
    golden("explain.ja.txt", &explain(leaver, Lang::Ja));
    golden("explain.en.txt", &explain(leaver, Lang::En));
    golden("rules.md", &markdown(&rules));
    golden("rules.ja.txt", &list(&rules, Lang::Ja, ListFormat::Text));
    golden("rules.en.csv", &list(&rules, Lang::En, ListFormat::Csv));
    golden("rules.en.json", &list(&rules, Lang::En, ListFormat::Json));
}

#[test]
fn remedies_name_the_number_in_force() {
    let ours = RuleSet::embedded().unwrap();
    for lang in [Lang::Ja, Lang::En] {
        for rule in &ours.checks {
            let text = explain(rule, lang);
            let (_, behind) = text.rsplit_once(lang.pick("直し方", "Remedy")).unwrap();
            assert!(!behind.contains("{threshold}"), "{} {lang:?}", rule.id);
        }
    }
    let (_, open) = ours.check("DEV-03").unwrap();
    assert!(explain(open, Lang::En).contains("idle sessions within 10 minutes"));
}

#[test]
fn no_page_says_that_a_guideline_is_kept() {
    for lang in [Lang::Ja, Lang::En] {
        let rules = rules();
        let mut text = page(&Sample::full(), lang, true) + &page(&Sample::empty(), lang, true);
        text += &rules.checks.iter().map(|rule| explain(rule, lang)).collect::<String>();
        for word in ["準拠", "適合", "ompliant", "ompliance"] {
            assert!(!text.contains(word), "{word} in {text}");
        }
    }
}

#[test]
fn accounts_of_restricted_findings_are_named_on_demand_only() {
    let sample = Sample::full();
    assert!(!page(&sample, Lang::En, false).contains("'admin'"));
    assert!(page(&sample, Lang::En, true).contains("core-sw 'admin'"));
}

#[test]
fn numbers_of_sites_and_rules_add_up() {
    let sample = Sample::full();
    let tally = crate::report::tally::Tally::of(&sample.report, false);
    assert_eq!(tally.total[Severity::Critical as usize], 1);
    assert_eq!(tally.total[Severity::High as usize], 3 + 2, "a group counts once");
    assert_eq!(tally.sites[0][Severity::High as usize], 3 + 2);
    assert_eq!(tally.sites[1][Severity::High as usize], 1, "the suppressed one does not count");
    let reuse = tally.lines.iter().find(|line| line.groups > 0).unwrap();
    assert_eq!((reuse.groups, reuse.accounts, reuse.largest), (2, 5, 3));
    let ids: Vec<_> = tally.lines.iter().map(|line| line.rule).collect();
    assert_eq!(ids[..2], [DEF, LIFE]);
}

#[test]
fn the_summary_file_is_the_summary_without_a_folder() {
    let sample = Sample::full();
    let written = outputs(&sample, Lang::Ja, CsvFlavour::Plain);
    let file = String::from_utf8(written["summary.txt"].clone()).unwrap();
    assert_eq!(file, page_of("", &sample, Lang::Ja, false));
}
