//! `audit --dry-run`: what was read, what can be judged, which export would enable the rest.

use crate::command::{Stop, print as print_text};
use crate::model::file::{InputFile, Problem, Weight};
use crate::model::finding::Status;
use crate::model::lang::Lang;
use crate::model::report::Report;
use crate::report;
use crate::rules::{RuleSet, advice};
use crate::text::name::{escape_controls, pad};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Prints the dry run.
pub fn print(report: &Report, rules: &RuleSet, lang: Lang) -> Result<(), Stop> {
    let mut text = String::new();
    let read = report.files.iter().filter(|(_, f)| f.problem.is_empty()).count();
    let total = report.files.len();
    let _ = match lang {
        Lang::Ja => writeln!(text, "読めるファイル {read} / {total}  (まだ何も判定していません)"),
        Lang::En => writeln!(text, "Readable files {read} / {total}  (nothing is judged yet)"),
    };
    files(&mut text, report, rules, lang);
    gaps(&mut text, report, rules, lang);
    text.push_str(lang.pick(
        "次: 足りないエクスポートを置くか、そのまま kagiban audit\n",
        "Next: add the missing exports, or run kagiban audit as it is\n",
    ));
    print_text(&text)
}

fn files(text: &mut String, report: &Report, rules: &RuleSet, lang: Lang) {
    let lacking = lacking(report, rules);
    for (index, (site, file)) in report.files.iter().enumerate() {
        let problems: Vec<&Problem> =
            report.problems.iter().filter(|p| p.origin.file.0 as usize == index).collect();
        let _ = writeln!(text, "  {}  {}", pad(&escape_controls(&file.path), 44), line(file, lang));
        if !file.columns_used.is_empty() {
            let used = escape_controls(&file.columns_used.join(" ")).into_owned();
            let _ = writeln!(text, "      {}: {used}", lang.pick("使う列", "columns used"));
        }
        if !file.columns_ignored.is_empty() {
            let ignored = file.columns_ignored.join(", ");
            let _ = writeln!(text, "      {}: {ignored}", lang.pick("使わない列", "not used"));
        }
        for problem in problems.iter().filter(|p| p.weight != Weight::Row).take(3) {
            let _ = writeln!(text, "      {}: {}", problem.code, problem.hint(lang));
        }
        if let Some(lacks) = lacking.get(&(*site, file.system.as_str())) {
            cannot_judge(text, lacks, &file.reader, rules, lang);
        }
    }
}

/// Rules by what each system lacks for them.
type Lacks<'r> = BTreeMap<&'r str, Vec<&'r str>>;

fn lacking<'r>(report: &'r Report, rules: &'r RuleSet) -> BTreeMap<(u16, &'r str), Lacks<'r>> {
    let mut lacking: BTreeMap<(u16, &str), Lacks<'r>> = BTreeMap::new();
    for finding in report.findings.iter().filter(|f| f.status == Status::NotEvaluable) {
        let subject = report.subjects[finding.subject as usize];
        let site = &report.sites[subject.site as usize];
        let Some(system) = site.systems.get(subject.system as usize) else { continue };
        let lacks = lacking.entry((subject.site, system.name.as_str())).or_default();
        for word in report.text.get(finding.facts.detail).split([' ', ',', ';']) {
            let ids = lacks.entry(word).or_default();
            let id = rules.checks[finding.rule as usize].id.as_str();
            if !word.is_empty() && !ids.contains(&id) {
                ids.push(id);
            }
        }
    }
    lacking
}

fn cannot_judge(text: &mut String, lacks: &Lacks<'_>, reader: &str, rules: &RuleSet, lang: Lang) {
    for (lack, ids) in lacks.iter().filter(|(_, ids)| !ids.is_empty()) {
        let head = lang.pick("判定できない", "cannot judge");
        let missing = report::words(std::iter::once(*lack), lang);
        let mut ids = ids.clone();
        ids.sort_unstable();
        let _ = writeln!(text, "      {head}: {} ({missing})", ids.join(" "));
        let advice = advice::against(&rules.advice, lack, reader, lang);
        if !advice.is_empty() {
            let _ = writeln!(text, "        → {advice}");
        }
    }
}

fn line(file: &InputFile, lang: Lang) -> String {
    if !file.problem.is_empty() {
        return format!("{}: {}", lang.pick("読めません", "not read"), file.problem);
    }
    if file.superseded {
        return lang.pick("新しい版があるため使いません", "a newer version is used").to_owned();
    }
    let unverified = if file.unverified { lang.pick(" (未検証)", " (unverified)") } else { "" };
    let quarantined = match file.rows.quarantined {
        0 => String::new(),
        n => format!("  {} {n}", lang.pick("隔離", "quarantined")),
    };
    format!(
        "{}{unverified} [{}]  {}  {} {}{quarantined}",
        file.reader,
        file.reason,
        file.encoding,
        file.rows.ok,
        lang.pick("件", "records"),
    )
}

/// Places of a line before the rest is only counted.
const SHOWN: usize = 6;

fn shown(places: &BTreeSet<String>, lang: Lang) -> String {
    let first: Vec<_> = places.iter().take(SHOWN).map(String::as_str).collect();
    let first = first.join(lang.pick("、", ", "));
    match (places.len().saturating_sub(SHOWN), lang) {
        (0, _) => first,
        (rest, Lang::Ja) => format!("{first} ほか {rest}"),
        (rest, Lang::En) => format!("{first} and {rest} more"),
    }
}

/// Places by what they lack, as words for people.
type Gaps = BTreeMap<String, BTreeSet<String>>;

/// Rules that some system cannot be judged by, with what is missing.
fn gaps(text: &mut String, report: &Report, rules: &RuleSet, lang: Lang) {
    let mut gaps: BTreeMap<u16, Gaps> = BTreeMap::new();
    for row in report.coverage.iter().filter(|row| !row.missing.is_empty()) {
        let site = &report.sites[row.site as usize];
        let system = site.systems.get(row.system as usize).map_or("", |s| &s.name);
        let missing = report::words(row.missing.iter().copied(), lang);
        let places = gaps.entry(row.rule).or_default().entry(missing).or_default();
        places.insert(format!("{}/{system}", site.slug));
    }
    let (total, unjudged) = (rules.checks.len(), gaps.len());
    let judged = total - unjudged;
    let _ = match lang {
        Lang::Ja => writeln!(
            text,
            "すべてのシステムで評価できるルール {judged} / {total}。評価できないシステムがあるもの:"
        ),
        Lang::En => {
            writeln!(
                text,
                "Rules that can be judged everywhere {judged} / {total}. Not everywhere:"
            )
        }
    };
    for (rule, gaps) in gaps {
        let rule = &rules.checks[rule as usize];
        let _ = writeln!(text, "  {}  {}", pad(&rule.id, 9), rule.words(lang).title);
        for (missing, places) in gaps {
            let places = shown(&places, lang);
            let places = escape_controls(&places);
            let _ = match lang {
                Lang::Ja => writeln!(text, "      不足: {missing} … {places}"),
                Lang::En => writeln!(text, "      missing: {missing} - {places}"),
            };
        }
    }
}
