//! Lists of run.json: people who leave, contracts, declarations, exceptions, rules as they stood.

use crate::model::day::{Stamp, When};
use crate::model::report::Report;
use crate::model::state;
use crate::report::Context;
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
pub(super) struct Rule<'a> {
    #[serde(rename = "rule_id")]
    id: &'a str,
    version: &'a str,
    asked: bool,
    thresholds: &'a BTreeMap<String, i64>,
}

#[derive(Serialize)]
pub(super) struct Leaving<'a> {
    site_id: &'a str,
    person_id: &'a str,
    display_name: &'a str,
    department: &'a str,
    leave_date: String,
    /// Position in accounts.jsonl, 0 = first line.
    account: Option<u32>,
}

#[derive(Serialize)]
pub(super) struct Contract<'a> {
    site_id: &'a str,
    company: &'a str,
    system_kind: Option<&'static str>,
    system: &'a str,
}

#[derive(Serialize)]
pub(super) struct Declared<'a> {
    site_id: &'a str,
    system: &'a str,
    item: &'a str,
    day: Option<String>,
}

#[derive(Serialize)]
pub(super) struct Exception<'a> {
    line: u32,
    rule: &'a str,
    site: &'a str,
    system: &'a str,
    account: &'a str,
    group: &'a str,
    reason: &'a str,
    approved_by: &'a str,
    until: String,
    kind: &'a str,
    accounts: u32,
}

#[derive(Serialize)]
pub(super) struct Compared<'a> {
    run: &'a str,
    as_of: String,
    same_key: bool,
}

/// Every rule of the run's tool, as it stood.
pub(super) fn rules<'a>(cx: &Context<'a>) -> Vec<Rule<'a>> {
    let report = cx.report;
    let rows = cx.rules.checks.iter().zip(&report.used).zip(&report.asked);
    rows.filter_map(|((rule, used), &asked)| {
        let used = used.as_ref()?;
        let (version, thresholds) = (&*used.version, &used.thresholds);
        Some(Rule { id: &rule.id, version, asked, thresholds })
    })
    .collect()
}

/// People who leave soon.
pub(super) fn leaving(report: &Report) -> Vec<Leaving<'_>> {
    let row = |row: &crate::model::lists::Leaving| Leaving {
        site_id: &report.sites[row.site as usize].slug,
        person_id: report.text.get(row.person),
        display_name: report.text.get(row.name),
        department: report.names.get(row.department),
        leave_date: row.day.to_string(),
        account: row.account,
    };
    report.lists.leaving.iter().map(row).collect()
}

/// Who maintains what.
pub(super) fn contracts(report: &Report) -> Vec<Contract<'_>> {
    let row = |row: &'_ crate::model::lists::Contract| {
        let site = &report.sites[row.site as usize];
        let system = row.system.map(|system| &site.systems[system as usize]);
        (&*site.slug, system.map(|system| system.kind.word()))
    };
    let rows = report.lists.contracts.iter();
    rows.map(|contract| {
        let (site_id, system_kind) = row(contract);
        Contract { site_id, company: &contract.company, system_kind, system: &contract.name }
    })
    .collect()
}

/// What somebody declared.
pub(super) fn declared(report: &Report) -> Vec<Declared<'_>> {
    let row = |row: &'_ crate::model::lists::Declared| day(row.day);
    let rows = report.lists.declared.iter();
    rows.map(|declared| Declared {
        site_id: &report.sites[declared.site as usize].slug,
        system: &declared.system,
        item: &declared.item,
        day: row(declared),
    })
    .collect()
}

/// Exceptions, in the order of their file.
pub(super) fn exceptions(report: &Report) -> Vec<Exception<'_>> {
    report.exceptions.iter().map(exception).collect()
}

fn exception(row: &state::Exception) -> Exception<'_> {
    Exception {
        line: row.line,
        rule: &row.rule,
        site: &row.site,
        system: &row.system,
        account: &row.account,
        group: &row.group,
        reason: &row.reason,
        approved_by: &row.approved_by,
        until: row.until.to_string(),
        kind: &row.kind,
        accounts: row.accounts,
    }
}

/// The run that this one was compared with.
pub(super) fn compared(report: &Report) -> Option<Compared<'_>> {
    report.compared.as_ref().map(|compared| Compared {
        run: &compared.name,
        as_of: compared.as_of.to_string(),
        same_key: compared.same_key,
    })
}

fn day(stamp: Stamp) -> Option<String> {
    match stamp.when() {
        When::On(day) => Some(day.to_string()),
        When::Never => Some("never".to_owned()),
        When::Unknown => None,
    }
}
