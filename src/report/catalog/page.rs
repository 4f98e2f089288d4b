//! docs/rules.md: every rule in both languages, generated.

use crate::model::lang::Lang;
use crate::report::catalog::{references, settings, systems};
use crate::report::evidence::remedy;
use crate::report::terms;
use crate::rules::RuleSet;
use crate::rules::check::CheckRule;
use std::fmt::Write as _;

const HEAD: &str = "\
# Rules / ルール一覧

Generated from `rules/checks/` and `rules/frameworks/`; edit those files, not this page.
このページは `rules/checks/` と `rules/frameworks/` から生成しています。直すときはそちらを直してください。

Marks of references / 根拠の印: V = read in the original / 原文確認済, D = draft / 案,
T = third party / 第三者の資料, I = inferred / 推定, M = from memory / 記憶・未確認.

| id | severity | needs | title | 題名 |
|---|---|---|---|---|
";

/// The page of all rules.
pub fn markdown(rules: &RuleSet) -> String {
    let mut page = HEAD.to_owned();
    for rule in &rules.checks {
        // Writing to a string cannot fail, here and below.
        let _ = writeln!(
            page,
            "| [{id}](#{anchor}) | {severity} | {needs} | {en} | {ja} |",
            id = rule.id,
            anchor = anchor(rule),
            severity = rule.severity.word(),
            needs = cell(&rule.needs.join(", ")),
            en = cell(&rule.words(Lang::En).title),
            ja = cell(&rule.words(Lang::Ja).title),
        );
    }
    for rule in &rules.checks {
        push_rule(&mut page, rule);
    }
    page
}

/// The anchor that a heading `LIFE-06 leaver-enabled` gets.
fn anchor(rule: &CheckRule) -> String {
    format!("{}-{}", rule.id, rule.slug).to_lowercase()
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

fn push_rule(page: &mut String, rule: &CheckRule) {
    let _ = writeln!(page, "\n## {} {}\n", rule.id, rule.slug);
    let _ = write!(page, "severity `{}`", rule.severity.word());
    if rule.severity_privileged != rule.severity {
        let _ = write!(page, " (privileged `{}`)", rule.severity_privileged.word());
    }
    let _ = writeln!(
        page,
        ", confidence `{}`, sensitivity `{}`",
        rule.confidence.word(),
        rule.sensitivity.word()
    );
    if !rule.when.is_empty() {
        let _ = writeln!(page, "\nwhen: `{}`", rule.when.join("` and `"));
    }
    let _ = writeln!(
        page,
        "\n```toml\n{}\n```",
        settings(rule).replacen("] ", "]\n", 1).replace("  ", "\n")
    );
    for lang in [Lang::Ja, Lang::En] {
        push_words(page, rule, lang);
    }
    if !rule.references.is_empty() {
        page.push('\n');
        for reference in references(rule, Lang::En) {
            let _ = writeln!(page, "- {reference}");
        }
    }
}

fn push_words(page: &mut String, rule: &CheckRule, lang: Lang) {
    let words = rule.words(lang);
    let needs = terms::join(rule.needs.iter().map(String::as_str), lang);
    let looked_at = format!("{} — {needs}", systems(rule, lang));
    let _ = writeln!(page, "\n**{}**\n", words.title.trim());
    for (label, body) in [
        (lang.pick("見るもの", "Looks at"), &looked_at),
        (lang.pick("なぜ", "Why"), &words.why),
        (lang.pick("所見の文", "Evidence"), &words.evidence),
        (lang.pick("数のないとき", "Without a number"), &words.evidence_without_value),
        (lang.pick("誤検知", "False alarms"), &words.false_alarms),
        (lang.pick("直し方", "Remedy"), &remedy(rule, lang)),
    ] {
        if !body.trim().is_empty() {
            let _ = writeln!(page, "- {label}: {}", body.trim().replace('\n', "\n  "));
        }
    }
    for (system, step) in &words.steps {
        let _ = writeln!(page, "- {system}: {}", step.trim().replace('\n', "\n  "));
    }
}
