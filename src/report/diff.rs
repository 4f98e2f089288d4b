//! What changed between two runs, for people and for programs: a report that was compared with an
//! earlier run, seen by the states of its findings.

use crate::model::finding::{Finding, Sensitivity, Status};
use crate::model::lang::Lang;
use crate::model::report::Report;
use crate::model::state::Cause;
use crate::report::columns::{self, Cell, Paint, Tone};
use crate::report::table::Table;
use crate::report::{Context, terms};
use crate::text::name::escape_controls;
use std::fmt::Write as _;

/// Changes in the order in which they are told; what is open still is only counted.
const TOLD: [Status; 5] =
    [Status::Returned, Status::New, Status::NotEvaluable, Status::Fixed, Status::Suppressed];
/// The order of counts.
const COUNTED: [Status; 6] = [
    Status::New,
    Status::Returned,
    Status::Fixed,
    Status::Open,
    Status::Suppressed,
    Status::NotEvaluable,
];
/// Lines of one kind of change before the rest is only counted.
const SHOWN: usize = 30;

const COLUMNS: &[&str] = &[
    "change",
    "finding_id",
    "rule_id",
    "title",
    "severity",
    "site_id",
    "system_kind",
    "system",
    "account",
    "display_name",
    "group_id",
    "first_seen",
    "last_seen",
    "cause",
    "cause_text",
    "suppressed_until",
    "sensitivity",
    "from_run",
    "from_as_of",
    "to_run",
    "to_as_of",
];

/// Findings that belong to a change: what a rule could not judge at all is no change.
fn of(report: &Report, status: Status) -> Vec<usize> {
    let all = report.findings.iter().zip(&report.states).enumerate();
    all.filter(|(_, (finding, state))| {
        let rule_alone = status == Status::NotEvaluable && state.cause == Cause::None;
        finding.status == status && !rule_alone
    })
    .map(|(at, _)| at)
    .collect()
}

/// Counts of a comparison in one line: `新規 6   再発 1   …`.
pub(super) fn counts(report: &Report, lang: Lang) -> String {
    let part = |&status: &Status| {
        let count = of(report, status).len();
        format!("{} {count}", terms::status(status, lang))
    };
    COUNTED.iter().map(part).collect::<Vec<_>>().join("   ")
}

/// The changes as a page.
pub fn text(cx: &Context<'_>, paint: Paint) -> String {
    let (report, lang) = (cx.report, cx.lang);
    let mut page = String::new();
    let Some(compared) = &report.compared else { return page };
    // Writing to memory cannot fail.
    let _ = writeln!(
        page,
        "{} ({}) → {} ({})",
        escape_controls(&compared.name),
        compared.as_of,
        escape_controls(&report.run.name),
        report.run.as_of
    );
    let _ = writeln!(page, "  {}", counts(report, lang));
    if !compared.same_key {
        let _ = writeln!(page, "  {}", lang.pick(OTHER_KEY.0, OTHER_KEY.1));
    }
    let (mut lines, mut more) = (Vec::new(), Vec::new());
    for status in TOLD {
        let mut rows = of(report, status);
        rows.sort_by_key(|&at| rank(report, at));
        lines.extend(rows.iter().take(SHOWN).map(|&at| line(cx, at)));
        if rows.len() > SHOWN {
            more.push((status, rows.len() - SHOWN));
        }
    }
    for line in columns::lines(&lines, paint) {
        let _ = writeln!(page, "  {line}");
    }
    for (status, rest) in more {
        let word = terms::status(status, lang);
        let _ = match lang {
            Lang::Ja => writeln!(page, "  {word} ほか {rest} 件"),
            Lang::En => writeln!(page, "  {word} and {rest} more"),
        };
    }
    page
}

const OTHER_KEY: (&str, &str) = (
    "照合用の鍵が違うため、同じパスワードかどうかの比較はしていません",
    "the runs used different tag keys: whether a password changed was not taken from tags",
);

/// Worst first, then by rule and place.
fn rank(report: &Report, at: usize) -> (std::cmp::Reverse<u8>, u16, u16, u16, &str, [u8; 16]) {
    let finding = &report.findings[at];
    let subject = &report.subjects[finding.subject as usize];
    let login = report.text.get(subject.login);
    let severity = std::cmp::Reverse(finding.severity as u8);
    (severity, finding.rule, subject.site, subject.system, login, report.ids[at])
}

fn line(cx: &Context<'_>, at: usize) -> Vec<Cell> {
    let (report, lang) = (cx.report, cx.lang);
    let finding = &report.findings[at];
    let rule = &cx.rules.checks[finding.rule as usize];
    let hidden = finding.sensitivity == Sensitivity::Restricted && !cx.include_restricted;
    let [site, system, login] = place(report, finding);
    let account = if hidden { "" } else { login };
    let place = [site, system, account].into_iter().filter(|part| !part.is_empty());
    let cause = terms::cause(report.states[at].cause, lang);
    let about = match (finding.status, report.exceptions.get(report.states[at].exception as usize))
    {
        (Status::Suppressed, Some(exception)) => match lang {
            Lang::Ja => format!("({} まで)", exception.until),
            Lang::En => format!("(until {})", exception.until),
        },
        _ if cause.is_empty() => String::new(),
        _ => format!("({cause})"),
    };
    vec![
        Cell::of(terms::status(finding.status, lang), tone(finding.status)),
        Cell::of(terms::severity(finding.severity, lang), finding.severity),
        Cell::from(&*rule.id),
        Cell::from(&*rule.words(lang).title),
        place.collect::<Vec<_>>().join("/").into(),
        about.into(),
    ]
}

const fn tone(status: Status) -> Tone {
    match status {
        Status::Returned => Tone::Bad,
        Status::New => Tone::Mild,
        Status::Fixed => Tone::Good,
        Status::Open | Status::Suppressed | Status::NotEvaluable => Tone::Neutral,
    }
}

/// Site, system and login.
fn place<'a>(report: &'a Report, finding: &Finding) -> [&'a str; 3] {
    let subject = &report.subjects[finding.subject as usize];
    let site = &report.sites[subject.site as usize];
    let system = site.systems.get(subject.system as usize).map_or("", |system| &system.name);
    [&site.slug, system, report.text.get(subject.login)]
}

/// The changes as a table, open findings included, in the order of the counts and of the ids.
pub fn table(cx: &Context<'_>) -> Table {
    let mut table = Table::new(COLUMNS);
    for status in COUNTED {
        for at in of(cx.report, status) {
            table.push(row(cx, at));
        }
    }
    table
}

fn row(cx: &Context<'_>, at: usize) -> Vec<String> {
    let (report, lang) = (cx.report, cx.lang);
    let (finding, state) = (&report.findings[at], &report.states[at]);
    let rule = &cx.rules.checks[finding.rule as usize];
    let subject = &report.subjects[finding.subject as usize];
    let system = report.sites[subject.site as usize].systems.get(subject.system as usize);
    let [site, name, login] = place(report, finding);
    let own = str::to_owned;
    let day = |stamp: crate::model::day::Stamp| match stamp.when() {
        crate::model::day::When::On(day) => day.to_string(),
        _ => String::new(),
    };
    let compared = report.compared.as_ref();
    let exception = report.exceptions.get(state.exception as usize);
    vec![
        own(finding.status.word()),
        String::from_utf8_lossy(&report.ids[at]).into_owned(),
        rule.id.clone(),
        rule.words(lang).title.clone(),
        own(finding.severity.word()),
        own(site),
        own(system.map_or("", |system| system.kind.word())),
        own(name),
        own(login),
        own(report.text.get(subject.name)),
        report.groups.get(finding.group as usize).map_or_else(String::new, |g| g.id.clone()),
        day(state.first_seen),
        day(state.last_seen),
        own(state.cause.word()),
        own(terms::cause(state.cause, lang)),
        exception.map_or_else(String::new, |exception| exception.until.to_string()),
        own(finding.sensitivity.word()),
        compared.map_or_else(String::new, |compared| compared.name.clone()),
        compared.map_or_else(String::new, |compared| compared.as_of.to_string()),
        report.run.name.clone(),
        report.run.as_of.to_string(),
    ]
}
