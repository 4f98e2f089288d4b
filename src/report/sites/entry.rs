//! The findings of one site, for its sheet: restricted ones as counts, groups without the others.

use crate::model::arena::Span;
use crate::model::day::When;
use crate::model::finding::{Finding, NO_GROUP, Sensitivity, Severity, Status, Unit};
use crate::model::report::{Report, ReportSite, is_active};
use crate::model::state::Cause;
use crate::report::csv::source;
use crate::report::evidence::{Sentences, facts, remedy};
use crate::report::sites::strangers::Strangers;
use crate::report::table::Table;
use crate::report::template::Fill;
use crate::report::{Context, CsvFlavour, terms};
use crate::text::name::escape_controls;
use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io;

const COLUMNS: &[&str] = &[
    "site_id",
    "severity",
    "status",
    "rule_id",
    "title",
    "system_kind",
    "system",
    "account",
    "display_name",
    "evidence",
    "other_sites",
    "count",
    "first_seen",
    "source_file",
    "source_line",
    "fix",
    "finding_id",
    "as_of",
];

/// Rows that are made at a time.
const PART: usize = 1_000;

/// What all sheets share.
pub(super) struct Sheets<'a> {
    cx: &'a Context<'a>,
    sentences: Sentences,
    /// Findings by site.
    findings: Vec<Vec<u32>>,
    /// By group: the sites that have members, with how many.
    spread: Vec<BTreeMap<u16, u32>>,
}

/// A finding, or restricted ones of a rule and system together.
pub(super) struct Entry {
    /// Position of a finding; of several, the first.
    pub(super) at: u32,
    /// How many it stands for.
    pub(super) count: u64,
    /// Restricted: rule, system and count are all that may be told.
    pub(super) masked: bool,
}

/// One site's findings.
pub(super) struct Sheet<'a> {
    pub(super) sheets: &'a Sheets<'a>,
    pub(super) number: usize,
    pub(super) site: &'a ReportSite,
    /// What asks for something first, the worst first.
    pub(super) entries: Vec<Entry>,
    strangers: Strangers<'a>,
}

impl<'a> Sheets<'a> {
    pub(super) fn of(cx: &'a Context<'a>) -> Self {
        let report = cx.report;
        let mut findings = vec![Vec::new(); report.sites.len()];
        let mut members: Vec<BTreeMap<u16, Vec<u32>>> = vec![BTreeMap::new(); report.groups.len()];
        for (at, finding) in (0_u32..).zip(&report.findings) {
            let site = report.subjects[finding.subject as usize].site;
            findings[site as usize].push(at);
            if finding.group != NO_GROUP {
                let of_group = &mut members[finding.group as usize];
                of_group.entry(site).or_default().push(finding.subject);
            }
        }
        let size = |mut subjects: Vec<u32>| {
            subjects.sort_unstable();
            subjects.dedup();
            subjects.len() as u32
        };
        let sizes = |group: BTreeMap<u16, Vec<u32>>| {
            group.into_iter().map(|(site, subjects)| (site, size(subjects))).collect()
        };
        let spread = members.into_iter().map(sizes).collect();
        Self { cx, sentences: Sentences::of(cx), findings, spread }
    }

    /// The sheet of a site.
    pub(super) fn of_site(&'a self, number: usize) -> Sheet<'a> {
        let report = self.cx.report;
        Sheet {
            sheets: self,
            number,
            site: &report.sites[number],
            entries: self.entries(number),
            strangers: Strangers::to(report, number),
        }
    }

    fn entries(&self, number: usize) -> Vec<Entry> {
        let report = self.cx.report;
        let mut entries = Vec::new();
        let mut masked: BTreeMap<_, Entry> = BTreeMap::new();
        for &at in &self.findings[number] {
            let finding = &report.findings[at as usize];
            let restricted = finding.sensitivity == Sensitivity::Restricted;
            // What a rule could not judge names nobody; what was found before still does.
            let lacking = finding.status == Status::NotEvaluable
                && report.states[at as usize].cause == Cause::None;
            if restricted && !lacking && !self.cx.include_restricted {
                let system = report.subjects[finding.subject as usize].system;
                let key = (finding.rule, finding.severity, finding.status, system);
                let entry = masked.entry(key).or_insert(Entry { at, count: 0, masked: true });
                entry.count += 1;
            } else {
                entries.push(Entry { at, count: 1, masked: false });
            }
        }
        entries.extend(masked.into_values());
        entries.sort_by_cached_key(|entry| self.rank(entry.at));
        entries
    }

    fn rank(&self, at: u32) -> (bool, Reverse<Severity>, &str, &str, &str, [u8; 16]) {
        let report = self.cx.report;
        let finding = &report.findings[at as usize];
        let subject = &report.subjects[finding.subject as usize];
        let system = report.sites[subject.site as usize].systems.get(subject.system as usize);
        (
            !is_active(finding),
            Reverse(finding.severity),
            &self.cx.rules.checks[finding.rule as usize].id,
            system.map_or("", |system| &system.name),
            report.text.get(subject.login),
            report.ids[at as usize],
        )
    }

    pub(super) fn finding(&self, entry: &Entry) -> &'a Finding {
        &self.cx.report.findings[entry.at as usize]
    }
}

impl<'a> Sheet<'a> {
    fn report(&self) -> &'a Report {
        self.sheets.cx.report
    }

    /// Positions of the site's findings.
    pub(super) fn findings(&self) -> &'a [u32] {
        &self.sheets.findings[self.number]
    }

    /// Kind and name of the system; empty for what is about the site itself.
    pub(super) fn system(&self, entry: &Entry) -> (&'static str, &'a str) {
        let subject = &self.report().subjects[self.sheets.finding(entry).subject as usize];
        let system = self.site.systems.get(subject.system as usize);
        system.map_or(("", ""), |system| (system.kind.word(), &*system.name))
    }

    /// Login and name of the person; empty where they may not be told.
    pub(super) fn account(&self, entry: &Entry) -> [&'a str; 2] {
        let report = self.report();
        let subject = &report.subjects[self.sheets.finding(entry).subject as usize];
        let shown = |span: Span| if entry.masked { "" } else { report.text.get(span) };
        [shown(subject.login), shown(subject.name)]
    }

    /// How many other sites share the password: `1`, `2-9`, `10+`, or nothing.
    pub(super) fn elsewhere(&self, entry: &Entry) -> &'static str {
        let group = self.sheets.finding(entry).group as usize;
        let spread = self.sheets.spread.get(group).filter(|_| !entry.masked);
        let own = |site: &u16| usize::from(*site) == self.number;
        match spread.map_or(0, |sites| sites.keys().filter(|site| !own(site)).count()) {
            0 => "",
            1 => "1",
            2..=9 => "2-9",
            _ => "10+",
        }
    }

    /// The sentence of a finding. In a group over several sites only the own members are counted,
    /// and a detail that names another site or its systems is left out.
    pub(super) fn evidence(&self, entry: &Entry) -> String {
        if entry.masked {
            return String::new();
        }
        let (report, finding) = (self.report(), self.sheets.finding(entry));
        let own_facts = facts(report, finding);
        let shared = !self.elsewhere(entry).is_empty();
        let detail = match own_facts.detail {
            detail if self.strangers.named_in(detail) => Cow::Borrowed(""),
            detail if shared => Cow::Owned(countless(detail)),
            detail => Cow::Borrowed(detail),
        };
        let mut facts = Fill { detail: &detail, ..own_facts };
        if shared {
            let own = self.sheets.spread[finding.group as usize].get(&(self.number as u16));
            facts.group_size = own.copied();
            if finding.facts.unit == Unit::Accounts {
                facts.value = own.copied().map(i64::from);
            }
        }
        let mut sentence = Vec::new();
        self.sheets.sentences.push_facts(report, entry.at as usize, &facts, &mut sentence);
        String::from_utf8_lossy(&sentence).into_owned()
    }

    /// Path and line of the export, where it is one of the site's own.
    fn origin(&self, entry: &Entry) -> (&'a str, u32) {
        let (report, finding) = (self.report(), self.sheets.finding(entry));
        let file = report.files.get(finding.origin.file.0 as usize);
        let own = file.is_some_and(|(site, _)| usize::from(*site) == self.number);
        if own && !entry.masked { (source(report, finding), finding.origin.line) } else { ("", 0) }
    }

    /// Writes all of it as a table, for Excel. Memory does not depend on the number of rows.
    pub(super) fn write(&self, csv: CsvFlavour, sink: &mut impl io::Write) -> io::Result<()> {
        sink.write_all(&Table::new(COLUMNS).csv(csv))?;
        for part in self.entries.chunks(PART) {
            let mut table = Table::new(COLUMNS);
            for entry in part {
                table.push(self.record(entry));
            }
            sink.write_all(&table.csv_rows(csv))?;
        }
        Ok(())
    }

    fn record(&self, entry: &Entry) -> Vec<String> {
        let (cx, report) = (self.sheets.cx, self.report());
        let finding = self.sheets.finding(entry);
        let rule = &cx.rules.checks[finding.rule as usize];
        let shown = |text: &str| escape_controls(text).into_owned();
        let ((kind, system), [login, name]) = (self.system(entry), self.account(entry));
        let (path, line) = self.origin(entry);
        let id = &report.ids[entry.at as usize];
        let told = |text: String| if entry.masked { String::new() } else { text };
        let first = match report.states[entry.at as usize].first_seen.when() {
            When::On(day) => day.to_string(),
            When::Never | When::Unknown => String::new(),
        };
        vec![
            shown(&self.site.slug),
            finding.severity.word().to_owned(),
            finding.status.word().to_owned(),
            rule.id.clone(),
            rule.words(cx.lang).title.clone(),
            kind.to_owned(),
            shown(system),
            shown(login),
            shown(name),
            shown(&self.evidence(entry)),
            self.elsewhere(entry).to_owned(),
            entry.count.to_string(),
            told(first),
            shown(path),
            if line > 0 { line.to_string() } else { String::new() },
            terms::one_line(&remedy(rule, cx.lang), cx.lang),
            told(String::from_utf8_lossy(id).into_owned()),
            report.run.as_of.to_string(),
        ]
    }
}

/// The detail without its counts (`sites 4`): they would count other sites.
fn countless(detail: &str) -> String {
    let counts = |clause: &&str| {
        let number = clause.rsplit_once(' ').map(|(_, number)| number);
        number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
            && !clause.starts_with("other-entities ")
    };
    let kept: Vec<_> = detail.split(", ").filter(|clause| !counts(clause)).collect();
    kept.join(", ")
}
