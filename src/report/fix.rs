//! Remedies as work lists, and a script for directory accounts that is the same in every run.
//!
//! Nothing of an export reaches the script: it reads SIDs and words of ours from a list. Names
//! stand in lists alone, escaped and guarded. The tool itself changes nothing anywhere.

use crate::model::finding::{Finding, Sensitivity, Severity};
use crate::model::remedy::{Remedy, Spare};
use crate::model::report::{Report, ReportSubject, is_active};
use crate::model::site::SystemKind;
use crate::model::tri::Tri;
use crate::report::csv::source;
use crate::report::evidence::remedy;
use crate::report::table::Table;
use crate::report::{Context, Output, ReportError, Writer, terms};
use crate::text::name::escape_controls;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;

/// The script, and what it reads.
const SCRIPT: &str = "fix-accounts.ps1";
const ACCOUNTS: &str = "fix-accounts.csv";
const LEFT_OUT: &str = "fix-left-out.csv";
/// Lists for people.
const RECORDS: &str = "fix-ecarte.csv";
const DEVICES: &str = "fix-devices.csv";

/// The script's bytes.
const SCRIPT_BYTES: &[u8] = include_bytes!("fix/fix-accounts.ps1");

/// What the script can do about a rule.
const ACTIONS: &[(&str, &str)] = &[
    ("FLAG-01", "password-expires"),
    ("FLAG-02", "password-required"),
    ("FLAG-03", "no-reversible-encryption"),
    ("LIFE-01", DISABLE),
    ("LIFE-02", DISABLE),
    ("LIFE-04", DISABLE),
    ("LIFE-06", DISABLE),
    ("PRIV-02", DISABLE),
];
const DISABLE: &str = "disable";

/// True where the script can do something about a rule.
pub(super) fn has_action(rule: &str) -> bool {
    ACTIONS.iter().any(|(known, _)| *known == rule)
}

const ACCOUNT_COLUMNS: &[&str] =
    &["sid", "action", "rule_id", "site_id", "system", "account", "display_name", "finding_id"];

const LEFT_OUT_COLUMNS: &[&str] = &[
    "sid",
    "action",
    "rule_id",
    "site_id",
    "system",
    "account",
    "display_name",
    "finding_id",
    "reason",
];

/// The last three columns are for whoever does the work.
const WORK_COLUMNS: &[&str] = &[
    "site_id",
    "system_kind",
    "system",
    "account",
    "person_id",
    "display_name",
    "department",
    "severity",
    "rule_id",
    "title",
    "count",
    "source_file",
    "source_line",
    "fix",
    "finding_id",
    "done_by",
    "done_on",
    "note",
];

/// The `fix` format.
pub(super) struct Fix;

impl Writer for Fix {
    fn name(&self) -> &'static str {
        "fix"
    }

    fn files(&self) -> &'static [&'static str] {
        &[SCRIPT, ACCOUNTS, LEFT_OUT, RECORDS, DEVICES]
    }

    fn write(&self, cx: &Context<'_>, out: &mut Output) -> Result<(), ReportError> {
        let (accounts, left_out) = accounts(cx);
        out.file(SCRIPT, |sink| sink.write_all(SCRIPT_BYTES))?;
        for (name, table) in [
            (ACCOUNTS, accounts),
            (LEFT_OUT, left_out),
            (RECORDS, work(cx, &[SystemKind::Ecarte, SystemKind::Application])),
            (DEVICES, work(cx, &[SystemKind::Device, SystemKind::Host])),
        ] {
            out.file(name, |sink| sink.write_all(&table.csv(cx.csv)))?;
        }
        Ok(())
    }
}

/// Findings that ask for something, in the order of their ids.
fn open(report: &Report) -> impl Iterator<Item = (usize, &Finding, &ReportSubject)> {
    let asks = |finding: &Finding| finding.severity > Severity::Info && is_active(finding);
    let findings = report.findings.iter().enumerate().filter(move |(_, finding)| asks(finding));
    findings.map(|(at, finding)| (at, finding, &report.subjects[finding.subject as usize]))
}

fn kind(report: &Report, subject: &ReportSubject) -> Option<SystemKind> {
    let systems = &report.sites[subject.site as usize].systems;
    systems.get(subject.system as usize).map(|system| system.kind)
}

fn system_name<'a>(report: &'a Report, subject: &ReportSubject) -> &'a str {
    let systems = &report.sites[subject.site as usize].systems;
    systems.get(subject.system as usize).map_or("", |system| &system.name)
}

/// What the script does, and what it must leave alone: the first as one row for each account and
/// action, the second with its reason.
fn accounts(cx: &Context<'_>) -> (Table, Table) {
    let report = cx.report;
    let mut planned: BTreeMap<(u32, &str), usize> = BTreeMap::new();
    for (at, finding, subject) in open(report) {
        let rule = &*cx.rules.checks[finding.rule as usize].id;
        let action = ACTIONS.iter().find(|(known, _)| *known == rule);
        let directory = kind(report, subject) == Some(SystemKind::Directory);
        if let (Some((_, action)), true, Sensitivity::Normal) =
            (action, directory, finding.sensitivity)
        {
            planned.entry((finding.subject, action)).or_insert(at);
        }
    }
    let emptied = emptied(report, &planned);
    let (mut doing, mut leaving) = (Table::new(ACCOUNT_COLUMNS), Table::new(LEFT_OUT_COLUMNS));
    // By finding: the numbers of subjects hang on how a report was made.
    let mut planned: Vec<_> = planned.into_iter().collect();
    planned.sort_by_key(|&((_, action), at)| (at, action));
    for ((subject, action), at) in planned {
        let remedy = report.remedies.get(subject);
        let mut row = account(cx, at, action, remedy);
        match reason(report, &report.subjects[subject as usize], remedy, action, &emptied) {
            "" => doing.push(row),
            reason => {
                row.push(reason.to_owned());
                leaving.push(row);
            }
        }
    }
    (doing, leaving)
}

/// Systems that would have no enabled administrator left.
fn emptied(report: &Report, planned: &BTreeMap<(u32, &str), usize>) -> BTreeSet<(u16, u16)> {
    let mut left: BTreeMap<(u16, u16), i64> = BTreeMap::new();
    for account in &report.lists.accounts {
        if account.privileged == Tri::Yes && account.enabled == Tri::Yes {
            *left.entry((account.site, account.system)).or_default() += 1;
        }
    }
    for (subject, _) in planned.keys().filter(|(_, action)| *action == DISABLE) {
        if report.remedies.get(*subject).spare == Spare::Administrator {
            let subject = &report.subjects[*subject as usize];
            *left.entry((subject.site, subject.system)).or_default() -= 1;
        }
    }
    left.into_iter().filter(|(_, left)| *left <= 0).map(|(system, _)| system).collect()
}

/// Why an account stays as it is; empty where nothing speaks against the action.
fn reason(
    report: &Report,
    subject: &ReportSubject,
    remedy: Remedy,
    action: &str,
    emptied: &BTreeSet<(u16, u16)>,
) -> &'static str {
    match remedy.spare {
        Spare::None | Spare::Administrator if !is_sid(report.text.get(remedy.sid)) => "no-sid",
        Spare::None => "",
        Spare::Administrator => {
            let last = action == DISABLE && emptied.contains(&(subject.site, subject.system));
            if last { "last-administrator" } else { "" }
        }
        spare => spare.word(),
    }
}

/// True for the SID of an account of a domain: the script takes nothing else.
fn is_sid(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("S-1-5-21-") else { return false };
    let number =
        |part: &str| (1..=10).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    rest.split('-').count() == 4 && rest.split('-').all(number)
}

fn account(cx: &Context<'_>, at: usize, action: &str, remedy: Remedy) -> Vec<String> {
    let report = cx.report;
    let finding = &report.findings[at];
    let subject = &report.subjects[finding.subject as usize];
    let sid = report.text.get(remedy.sid);
    vec![
        if is_sid(sid) { sid.to_owned() } else { String::new() },
        action.to_owned(),
        cx.rules.checks[finding.rule as usize].id.clone(),
        shown(&report.sites[subject.site as usize].slug),
        shown(system_name(report, subject)),
        shown(report.text.get(subject.login)),
        shown(report.text.get(subject.name)),
        String::from_utf8_lossy(&report.ids[at]).into_owned(),
    ]
}

/// A work list for whoever looks after such systems. Restricted findings are counted by rule and
/// system, without account, place and id.
fn work(cx: &Context<'_>, kinds: &[SystemKind]) -> Table {
    let report = cx.report;
    let mut rows: BTreeMap<Vec<String>, u64> = BTreeMap::new();
    for (at, finding, subject) in open(report) {
        let Some(kind) = kind(report, subject).filter(|kind| kinds.contains(kind)) else {
            continue;
        };
        let hidden = finding.sensitivity == Sensitivity::Restricted && !cx.include_restricted;
        let named = |text: &str| if hidden { String::new() } else { shown(text) };
        let rule = &cx.rules.checks[finding.rule as usize];
        let line = if hidden { 0 } else { finding.origin.line };
        let row = vec![
            shown(&report.sites[subject.site as usize].slug),
            kind.word().to_owned(),
            shown(system_name(report, subject)),
            named(report.text.get(subject.login)),
            named(report.text.get(subject.person)),
            named(report.text.get(subject.name)),
            named(report.names.get(subject.department)),
            finding.severity.word().to_owned(),
            rule.id.clone(),
            rule.words(cx.lang).title.clone(),
            String::new(),
            named(source(report, finding)),
            if line > 0 { line.to_string() } else { String::new() },
            terms::one_line(&remedy(rule, cx.lang), cx.lang),
            named(&String::from_utf8_lossy(&report.ids[at])),
        ];
        *rows.entry(row).or_default() += 1;
    }
    let mut table = Table::new(WORK_COLUMNS);
    for (mut row, count) in rows {
        row[10] = count.to_string();
        row.extend([String::new(), String::new(), String::new()]);
        table.push(row);
    }
    table
}

/// A name as a person may look at it: nothing hidden, nothing that acts on a terminal.
fn shown(text: &str) -> String {
    escape_controls(text).into_owned()
}

#[cfg(test)]
mod tests;
