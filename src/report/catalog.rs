//! Rules in words: `explain`, `rules list`, docs/rules.md. Derived from the same files that judge.

mod list;
mod page;

pub use list::{ListFormat, list};
pub use page::markdown;

use crate::model::lang::Lang;
use crate::model::site::SystemKind;
use crate::report::evidence::remedy;
use crate::report::terms;
use crate::rules::check::CheckRule;
use crate::text::name::{display_width, escape_controls, pad};

/// A rule in words: what it looks at, what is usually a false alarm, what to do, and the settings
/// in force.
pub fn explain(rule: &CheckRule, lang: Lang) -> String {
    let words = rule.words(lang);
    let mut text = Labelled { lang, text: String::new() };
    text.head(rule);
    text.part("何を見たか", "Looks at", &looked_at(rule, lang));
    text.part("なぜ", "Why", &words.why);
    text.part("所見の文", "Evidence", &words.evidence);
    text.part("数のないとき", "No number", &words.evidence_without_value);
    text.part("誤検知", "False alarms", &words.false_alarms);
    text.part("直し方", "Remedy", &remedy(rule, lang));
    for (system, step) in &words.steps {
        let name = SystemKind::from_word(system).map_or(&**system, |k| terms::system_kind(k, lang));
        text.part("手順", "Steps", &format!("{name}: {step}"));
    }
    let references: Vec<_> = references(rule, lang).collect();
    text.part("根拠", "References", &references.join("\n"));
    text.part("設定", "Settings", &settings(rule));
    text.text
}

/// Lines with a label in front; the labels of a language take the same width.
struct Labelled {
    lang: Lang,
    text: String,
}

impl Labelled {
    fn head(&mut self, rule: &CheckRule) {
        let severity = terms::severity(rule.severity, self.lang);
        let label = self.lang.pick("重大度", "severity");
        let mut line = format!(
            "{}  {}   {label}: {severity}",
            rule.id,
            escape_controls(&rule.words(self.lang).title)
        );
        if rule.severity_privileged != rule.severity {
            let privileged = terms::severity(rule.severity_privileged, self.lang);
            let label = self.lang.pick("管理者", "privileged");
            line.push_str(" (");
            line.push_str(label);
            line.push_str(": ");
            line.push_str(privileged);
            line.push(')');
        }
        self.text.push_str(&line);
        self.text.push('\n');
    }

    fn part(&mut self, ja: &str, en: &str, body: &str) {
        let label = self.lang.pick(ja, en);
        let width = display_width(self.lang.pick("数のないとき", "False alarms")) + 2;
        for (number, line) in body.trim().lines().enumerate() {
            let label = if number == 0 { label } else { "" };
            self.text.push_str(&pad(label, width));
            self.text.push_str(&escape_controls(line));
            self.text.push('\n');
        }
    }
}

/// Systems, facts asked for and conditions.
fn looked_at(rule: &CheckRule, lang: Lang) -> String {
    let mut lines = Vec::new();
    let systems = systems(rule, lang);
    let needs = terms::join(rule.needs.iter().map(String::as_str), lang);
    lines.push(if needs.is_empty() { systems } else { format!("{systems} — {needs}") });
    if !rule.when.is_empty() {
        let label = lang.pick("条件: ", "when: ");
        lines.push(format!("{label}{}", rule.when.join(lang.pick(" かつ ", " and "))));
    }
    lines.join("\n")
}

/// Kinds of systems that a rule judges.
fn systems(rule: &CheckRule, lang: Lang) -> String {
    if rule.systems.is_empty() {
        return lang.pick("すべてのシステム", "every system").to_owned();
    }
    terms::join(rule.systems.iter().map(|kind| kind.word()), lang)
}

/// References, each with how sure its wording is.
fn references(rule: &CheckRule, lang: Lang) -> impl Iterator<Item = String> {
    rule.references.iter().map(move |reference| {
        let sure = terms::certainty(&reference.sure, lang);
        let item = match &*reference.item {
            "" => lang.pick("(番号未確認)", "(number not verified)"),
            item => item,
        };
        format!("{} {item} [{}: {sure}]", reference.edition, reference.sure)
    })
}

/// What kagiban.toml may set, as it would stand there.
fn settings(rule: &CheckRule) -> String {
    let numbers = rule.thresholds.iter().map(|(name, value)| format!("{name} = {value}"));
    let severity = format!("severity = \"{}\"", rule.severity.word());
    let all: Vec<_> = numbers.chain([severity]).collect();
    format!("[rules.{}] {}", rule.id, all.join("  "))
}
