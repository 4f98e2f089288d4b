//! The sentence that says what a finding rests on, the same in every format.

use crate::model::day::Stamp;
use crate::model::finding::{Finding, NO_GROUP, Status, Unit};
use crate::model::lang::Lang;
use crate::model::report::Report;
use crate::model::state::Cause;
use crate::report::template::{Fill, Template, main_threshold};
use crate::report::{Context, terms};
use crate::rules::check::CheckRule;

/// Sentences of all rules, compiled once.
pub(super) struct Sentences {
    lang: Lang,
    rules: Vec<Template>,
    not_evaluable: Template,
}

impl Sentences {
    /// Those of the rules in force.
    pub(super) fn of(cx: &Context<'_>) -> Self {
        let rules = cx.rules.checks.iter().map(|rule| Template::evidence(rule, cx.lang));
        let not_evaluable = Template::not_evaluable(cx.lang);
        Self { lang: cx.lang, rules: rules.collect(), not_evaluable }
    }

    /// Appends the sentence of a finding.
    pub(super) fn push(&self, report: &Report, index: usize, out: &mut Vec<u8>) {
        self.push_facts(report, index, &facts(report, &report.findings[index]), out);
    }

    /// Appends the sentence of a finding with other facts than its own.
    pub(super) fn push_facts(
        &self,
        report: &Report,
        index: usize,
        facts: &Fill<'_>,
        out: &mut Vec<u8>,
    ) {
        let finding = &report.findings[index];
        match (finding.status, report.states[index].cause) {
            (Status::NotEvaluable, Cause::None) => self.not_evaluable.fill(facts, out),
            (Status::NotEvaluable, cause) => {
                let before = self.lang.pick(
                    "前回の指摘。今回は判定できません: ",
                    "found before, cannot be judged now: ",
                );
                out.extend_from_slice(before.as_bytes());
                out.extend_from_slice(terms::cause(cause, self.lang).as_bytes());
            }
            _ => self.rules[finding.rule as usize].fill(facts, out),
        }
    }
}

/// Facts of a finding for its sentence.
pub(super) fn facts<'a>(report: &'a Report, finding: &Finding) -> Fill<'a> {
    let group = finding.group;
    Fill {
        value: finding.facts.value,
        unit: finding.facts.unit,
        date: finding.facts.date,
        detail: report.text.get(finding.facts.detail),
        group_size: (group != NO_GROUP).then(|| report.groups[group as usize].size),
    }
}

/// How a rule's findings are mended, with its number in force.
pub(super) fn remedy(rule: &CheckRule, lang: Lang) -> String {
    let nothing =
        Fill { value: None, unit: Unit::None, date: Stamp::UNKNOWN, detail: "", group_size: None };
    let mut sentence = Vec::new();
    let template = Template::compile(&rule.words(lang).remedy, main_threshold(rule), lang);
    template.fill(&nothing, &mut sentence);
    String::from_utf8_lossy(&sentence).into_owned()
}
