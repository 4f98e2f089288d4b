//! `rules list`: the rules as a table.

use crate::model::lang::Lang;
use crate::report::CsvFlavour;
use crate::report::columns::{self, Cell, Paint};
use crate::report::terms;
use crate::rules::RuleSet;
use crate::rules::check::CheckRule;
use serde::Serialize;
use std::collections::BTreeMap;

/// Formats of the table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ListFormat {
    /// Aligned, for a terminal.
    Text,
    /// Comma-separated, LF.
    Csv,
    /// An array of objects.
    Json,
}

impl ListFormat {
    /// The format of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "text" => Some(Self::Text),
            "csv" => Some(Self::Csv),
            "json" => Some(Self::Json),
            _ => None,
        }
    }
}

/// The rules as a table.
pub fn list(rules: &RuleSet, lang: Lang, format: ListFormat) -> String {
    match format {
        ListFormat::Text => text(rules, lang),
        ListFormat::Csv => csv(rules, lang),
        ListFormat::Json => json(rules, lang),
    }
}

fn text(rules: &RuleSet, lang: Lang) -> String {
    let head = match lang {
        Lang::Ja => ["ID", "重大度", "必要なもの", "題名"],
        Lang::En => ["ID", "severity", "needs", "title"],
    };
    let mut rows = vec![head.map(Cell::from).to_vec()];
    rows.extend(rules.checks.iter().map(|rule| {
        vec![
            Cell::from(&*rule.id),
            terms::severity(rule.severity, lang).into(),
            rule.needs.join(", ").into(),
            Cell::from(&*rule.words(lang).title),
        ]
    }));
    columns::lines(&rows, Paint::Plain).join("\n") + "\n"
}

#[derive(Serialize)]
struct Row<'a> {
    rule_id: &'a str,
    slug: &'a str,
    severity: &'static str,
    severity_privileged: &'static str,
    confidence: &'static str,
    sensitivity: &'static str,
    systems: Vec<&'static str>,
    needs: &'a [String],
    thresholds: &'a BTreeMap<String, i64>,
    title: &'a str,
    guideline_ref: String,
}

impl<'a> Row<'a> {
    fn of(rule: &'a CheckRule, lang: Lang) -> Self {
        Self {
            rule_id: &rule.id,
            slug: &rule.slug,
            severity: rule.severity.word(),
            severity_privileged: rule.severity_privileged.word(),
            confidence: rule.confidence.word(),
            sensitivity: rule.sensitivity.word(),
            systems: rule.systems.iter().map(|kind| kind.word()).collect(),
            needs: &rule.needs,
            thresholds: &rule.thresholds,
            title: &rule.words(lang).title,
            guideline_ref: rule.guideline_ref(),
        }
    }
}

fn csv(rules: &RuleSet, lang: Lang) -> String {
    let mut out = b"rule_id,slug,severity,severity_privileged,confidence,sensitivity,systems,\
needs,thresholds,title,guideline_ref\n"
        .to_vec();
    for rule in &rules.checks {
        let row = Row::of(rule, lang);
        let thresholds: Vec<_> = row.thresholds.iter().map(|(k, v)| format!("{k}={v}")).collect();
        let cells = [
            row.rule_id,
            row.slug,
            row.severity,
            row.severity_privileged,
            row.confidence,
            row.sensitivity,
            &row.systems.join(" "),
            &row.needs.join(" "),
            &thresholds.join(" "),
            row.title,
            &row.guideline_ref,
        ];
        for (number, cell) in cells.into_iter().enumerate() {
            if number > 0 {
                out.push(b',');
            }
            CsvFlavour::Plain.cell(&mut out, cell.as_bytes());
        }
        out.push(b'\n');
    }
    String::from_utf8_lossy(&out).into_owned()
}

fn json(rules: &RuleSet, lang: Lang) -> String {
    let rows: Vec<_> = rules.checks.iter().map(|rule| Row::of(rule, lang)).collect();
    // Strings, numbers and maps with text keys: there is nothing that could fail.
    let mut text = serde_json::to_string_pretty(&rows).unwrap_or_default();
    text.push('\n');
    text
}
