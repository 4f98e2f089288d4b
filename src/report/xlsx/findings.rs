//! 指摘一覧, every finding with the columns that staff fill in, and 共有パスワード, what only a few
//! may see.
//!
//! A restricted finding has its row on both: without account and evidence on the first, whole on
//! the second. Staff may fill in either.

use crate::model::finding::{Finding, NO_GROUP, Sensitivity, Status};
use crate::model::lang::Lang;
use crate::model::report::{Report, ReportSite, ReportSubject};
use crate::model::review::{Action, FindingId, ID_COLUMN, StaffColumn};
use crate::model::state::{Assigned, FindingState};
use crate::report::csv::source;
use crate::report::evidence::{Sentences, remedy};
use crate::report::xlsx::book::{Book, Cell};
use crate::report::xlsx::is_about_passwords;
use crate::report::xlsx::look::{Column, Look, column};
use crate::report::{Context, terms};
use crate::rules::RuleSet;
use crate::rules::check::CheckRule;
use rayon::prelude::*;
use std::cmp::Reverse;
use std::io;

/// Names of the sheets.
pub(super) const ALL: (&str, &str) = ("指摘一覧", "Findings");
pub(super) const PASSWORDS: (&str, &str) = ("共有パスワード", "Shared passwords");

/// What a column of findings shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    Severity,
    Status,
    Rule,
    Title,
    Site,
    System,
    Account,
    Name,
    Evidence,
    Staff(StaffColumn),
    Fix,
    Person,
    Department,
    SiteName,
    SystemKind,
    Confidence,
    FirstSeen,
    LastSeen,
    Group,
    GroupSize,
    Tag,
    File,
    Line,
    Reference,
    Id,
}

/// What stands on paper comes first.
const FIELDS: &[Field] = &[
    Field::Severity,
    Field::Status,
    Field::Rule,
    Field::Title,
    Field::Site,
    Field::System,
    Field::Account,
    Field::Name,
    Field::Evidence,
    Field::Staff(StaffColumn::Action),
    Field::Staff(StaffColumn::Owner),
    Field::Staff(StaffColumn::Due),
    Field::Staff(StaffColumn::Reason),
    Field::Fix,
    Field::Person,
    Field::Department,
    Field::SiteName,
    Field::SystemKind,
    Field::Confidence,
    Field::FirstSeen,
    Field::LastSeen,
    Field::Group,
    Field::GroupSize,
    Field::File,
    Field::Line,
    Field::Reference,
    Field::Id,
];
const PRINTED: usize = 13;

/// Columns of the second sheet before those of the first that they leave out.
const GROUPED: &[Field] = &[Field::Group, Field::GroupSize, Field::Tag];

impl Field {
    fn column(self) -> Column {
        match self {
            Self::Severity => column("重大度", "Severity", 8, Look::Severity),
            Self::Status => column("状態", "Status", 9, Look::Text),
            Self::Rule => column("ルール", "Rule", 11, Look::Text),
            Self::Title => column("指摘", "Finding", 28, Look::Wrapped),
            Self::Site => column("サイト", "Site", 10, Look::Text),
            Self::System => column("システム", "System", 20, Look::Text),
            Self::Account => column("アカウント", "Account", 18, Look::Text),
            Self::Name => column("氏名", "Name", 14, Look::Text),
            Self::Evidence => column("根拠", "Evidence", 40, Look::Wrapped),
            Self::Staff(staff) => Column {
                heading: (staff.label(Lang::Ja), staff.label(Lang::En)),
                width: if staff == StaffColumn::Reason { 26 } else { 12 },
                look: Look::Staff(staff),
            },
            Self::Fix => column("直し方", "How to mend", 44, Look::Wrapped),
            Self::Person => column("職員番号", "Employee number", 12, Look::Text),
            Self::Department => column("所属", "Department", 16, Look::Text),
            Self::SiteName => column("施設名", "Site name", 18, Look::Text),
            Self::SystemKind => column("種別", "Kind of system", 20, Look::Text),
            Self::Confidence => column("確度", "Confidence", 10, Look::Text),
            Self::FirstSeen => column("初回検出", "First seen", 12, Look::Day),
            Self::LastSeen => column("最終検出", "Last seen", 12, Look::Day),
            Self::Group => column("組", "Group", 14, Look::Text),
            Self::GroupSize => column("組の人数", "Group size", 9, Look::Number),
            Self::Tag => column("照合タグ", "Tag", 14, Look::Text),
            Self::File => column("ファイル", "File", 34, Look::Text),
            Self::Line => column("行", "Line", 8, Look::Number),
            Self::Reference => column("参照", "Reference", 34, Look::Wrapped),
            Self::Id => column(ID_COLUMN, ID_COLUMN, 20, Look::Text),
        }
    }

    /// True for what a row without its restricted part leaves out.
    const fn names_somebody(self) -> bool {
        matches!(
            self,
            Self::Account
                | Self::Name
                | Self::Evidence
                | Self::Person
                | Self::Department
                | Self::Group
                | Self::GroupSize
                | Self::File
                | Self::Line
        )
    }
}

/// Writes every finding, the worst first.
pub(super) fn all(cx: &Context<'_>, book: &mut Book) -> io::Result<()> {
    let report = cx.report;
    let mut order: Vec<u32> = (0..report.findings.len() as u32).collect();
    order.par_sort_by_cached_key(|&at| rank(report, cx.rules, at));
    write(cx, book, ALL, FIELDS, PRINTED, &order, cx.include_restricted)
}

/// Writes findings about passwords in whole, group by group.
pub(super) fn passwords(cx: &Context<'_>, book: &mut Book) -> io::Result<()> {
    let report = cx.report;
    let about = |at: &u32| is_about_passwords(&report.findings[*at as usize]);
    let mut order: Vec<u32> = (0..report.findings.len() as u32).filter(about).collect();
    order.par_sort_by_cached_key(|&at| {
        let group = report.findings[at as usize].group;
        let id = (group != NO_GROUP).then(|| &*report.groups[group as usize].id);
        (id.is_none(), id, rank(report, cx.rules, at))
    });
    let rest = FIELDS.iter().filter(|field| !GROUPED.contains(field));
    let fields: Vec<_> = GROUPED.iter().chain(rest).copied().collect();
    write(cx, book, PASSWORDS, &fields, PRINTED + GROUPED.len(), &order, true)
}

/// What asks for something first, worst first, then by rule and place.
fn rank<'a>(report: &'a Report, rules: &'a RuleSet, at: u32) -> impl Ord + use<'a> {
    let finding = &report.findings[at as usize];
    let subject = &report.subjects[finding.subject as usize];
    let aside = matches!(finding.status, Status::Suppressed | Status::Fixed | Status::NotEvaluable);
    (
        (aside, Reverse(finding.severity), &*rules.checks[finding.rule as usize].id),
        (&*report.sites[subject.site as usize].slug, report.text.get(subject.login)),
        report.ids[at as usize],
    )
}

fn write(
    cx: &Context<'_>,
    book: &mut Book,
    name: (&str, &str),
    fields: &[Field],
    printed: usize,
    order: &[u32],
    whole: bool,
) -> io::Result<()> {
    let columns: Vec<_> = fields.iter().map(|field| field.column()).collect();
    let mut table = book.table(name, &columns, printed)?;
    let words = Words::of(cx);
    for &at in order {
        let row = Row::of(cx, &words, at as usize, whole);
        table.row(fields.iter().map(|&field| row.cell(field)))?;
    }
    table.finish()
}

/// What repeats from row to row, made once.
struct Words {
    evidence: Sentences,
    references: Vec<String>,
    remedies: Vec<String>,
    elsewhere: String,
}

impl Words {
    fn of(cx: &Context<'_>) -> Self {
        let checks = &cx.rules.checks;
        Self {
            evidence: Sentences::of(cx),
            references: checks.iter().map(CheckRule::guideline_ref).collect(),
            remedies: checks.iter().map(|rule| remedy(rule, cx.lang)).collect(),
            elsewhere: match cx.lang {
                Lang::Ja => format!("「{}」シートに記載", PASSWORDS.0),
                Lang::En => format!("see the sheet '{}'", PASSWORDS.1),
            },
        }
    }
}

/// One finding while its cells are written.
struct Row<'a> {
    cx: &'a Context<'a>,
    words: &'a Words,
    at: usize,
    id: &'a FindingId,
    finding: &'a Finding,
    subject: &'a ReportSubject,
    site: &'a ReportSite,
    state: &'a FindingState,
    assigned: Assigned,
    /// Restricted, on a sheet that shows no more than rule, system and count.
    masked: bool,
}

impl<'a> Row<'a> {
    fn of(cx: &'a Context<'a>, words: &'a Words, at: usize, whole: bool) -> Self {
        let report = cx.report;
        let (id, finding) = (&report.ids[at], &report.findings[at]);
        let subject = &report.subjects[finding.subject as usize];
        Self {
            cx,
            words,
            at,
            id,
            finding,
            subject,
            site: &report.sites[subject.site as usize],
            state: &report.states[at],
            assigned: report.assigned.get(at as u32),
            masked: !whole && finding.sensitivity == Sensitivity::Restricted,
        }
    }

    fn cell(&self, field: Field) -> Cell<'a> {
        if self.masked && field.names_somebody() {
            return match field {
                Field::Evidence => Cell::words(&*self.words.elsewhere),
                _ => Cell::Empty,
            };
        }
        let (lang, finding, rule) = (self.cx.lang, self.finding, self.finding.rule as usize);
        let check = &self.cx.rules.checks[rule];
        match field {
            Field::Severity => Cell::words(terms::severity(finding.severity, lang)),
            Field::Status => Cell::words(terms::status(finding.status, lang)),
            Field::Confidence => Cell::words(terms::confidence(finding.confidence, lang)),
            Field::Rule => Cell::words(&*check.id),
            Field::Title => Cell::words(&*check.words(lang).title),
            Field::Fix => Cell::words(&*self.words.remedies[rule]),
            Field::Reference => Cell::words(&*self.words.references[rule]),
            Field::Evidence => self.evidence(),
            Field::Staff(column) => self.staff(column),
            Field::FirstSeen => Cell::stamp(self.state.first_seen, lang),
            Field::LastSeen => Cell::stamp(self.state.last_seen, lang),
            Field::Id => Cell::words(String::from_utf8_lossy(self.id)),
            Field::Group | Field::GroupSize | Field::Tag => self.group(field),
            Field::Line if finding.origin.line == 0 => Cell::Empty,
            Field::Line => Cell::count(finding.origin.line),
            Field::File => Cell::text(source(self.cx.report, finding)),
            _ => self.subject(field),
        }
    }

    fn subject(&self, field: Field) -> Cell<'a> {
        let (report, subject) = (self.cx.report, self.subject);
        let system = self.site.systems.get(subject.system as usize);
        Cell::text(match field {
            Field::Site => &self.site.slug,
            Field::SiteName => &self.site.name,
            Field::System => system.map_or("", |system| &system.name),
            Field::SystemKind => {
                system.map_or("", |system| terms::system_kind(system.kind, self.cx.lang))
            }
            Field::Account => report.text.get(subject.login),
            Field::Person => report.text.get(subject.person),
            Field::Name => report.text.get(subject.name),
            Field::Department => report.names.get(subject.department),
            _ => "",
        })
    }

    fn evidence(&self) -> Cell<'a> {
        let mut text = Vec::new();
        self.words.evidence.push(self.cx.report, self.at, &mut text);
        // Details come from exports, so that a sentence with one is no more ours than they are.
        Cell::text(String::from_utf8_lossy(&text).into_owned())
    }

    fn group(&self, field: Field) -> Cell<'a> {
        let Some(group) = self.cx.report.groups.get(self.finding.group as usize) else {
            return Cell::Empty;
        };
        match field {
            Field::Group => Cell::words(&*group.id),
            Field::Tag => Cell::words(&*group.tag),
            _ => Cell::count(group.size),
        }
    }

    fn staff(&self, column: StaffColumn) -> Cell<'a> {
        let (report, written) = (self.cx.report, self.assigned);
        match column {
            StaffColumn::Action => {
                let word = report.names.get(written.progress);
                let known = Action::from_word(word).map(|action| action.label(self.cx.lang));
                Cell::text(known.unwrap_or(word))
            }
            StaffColumn::Owner => Cell::text(report.text.get(written.owner)),
            StaffColumn::Due => Cell::stamp(written.due, self.cx.lang),
            StaffColumn::Reason => Cell::text(report.text.get(written.reason)),
        }
    }
}
