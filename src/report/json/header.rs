//! run.json as a tree; the order of fields is the order in the file.

use crate::model::breach::CorpusUsed;
use crate::model::file::{self, InputFile, Rows, Weight};
use crate::model::finding::{Severity, Status};
use crate::model::lists::SecretCounts;
use crate::model::report::{Report, ReportSite};
use crate::report::csv::SCHEMA;
use crate::report::json::{coverage, lists, months};
use crate::report::{Context, Written, quarantine};
use serde::{Serialize, Serializer};
use std::collections::BTreeSet;

/// Version of the header.
const RUN_SCHEMA: &str = "kagiban.run/1";

#[derive(Serialize)]
pub(super) struct Header<'a> {
    schema: &'static str,
    tool_version: &'a str,
    name: &'a str,
    as_of: String,
    as_of_source: &'a str,
    profile: &'a str,
    rules_digest: &'a str,
    rules_selected: &'a [String],
    key_id: &'a str,
    words: &'a [String],
    lang: &'static str,
    csv: &'static str,
    complete: bool,
    interrupted: bool,
    compared: Option<lists::Compared<'a>>,
    months: Vec<months::Month<'a>>,
    unjudged: Vec<String>,
    findings: Findings,
    accounts: Listed,
    history: Listed,
    counts: Counts,
    by_rule: Vec<RuleCounts<'a>>,
    rules: Vec<lists::Rule<'a>>,
    sites: Vec<Site<'a>>,
    groups: Groups,
    coverage: Vec<coverage::Coverage<'a>>,
    incomparable: Vec<coverage::Incomparable<'a>>,
    rows: RowCounts,
    inputs: Vec<Input<'a>>,
    problems: Vec<Problem<'a>>,
    held_hashes: Vec<&'a str>,
    leaving: Vec<lists::Leaving<'a>>,
    contracts: Vec<lists::Contract<'a>>,
    declared: Vec<lists::Declared<'a>>,
    exceptions: Vec<lists::Exception<'a>>,
    corpora: Vec<Corpus<'a>>,
    warnings: &'a [String],
    outputs: Vec<OutputFile<'a>>,
}

#[derive(Serialize)]
struct Findings {
    file: &'static str,
    schema: &'static str,
    count: usize,
}

#[derive(Serialize)]
struct Listed {
    file: &'static str,
    count: usize,
}

#[derive(Serialize)]
struct Groups {
    groups: usize,
    accounts: u64,
}

impl Groups {
    /// Groups of findings that ask for something: those of earlier runs are not counted.
    fn of(report: &Report) -> Self {
        let groups: BTreeSet<u32> = report.active().map(|finding| finding.group).collect();
        let live = || groups.iter().filter_map(|&group| report.groups.get(group as usize));
        Self { groups: live().count(), accounts: live().map(|g| u64::from(g.size)).sum() }
    }
}

/// Findings that ask for something by severity, and all findings by status.
#[derive(Default, Clone, Serialize)]
struct Counts {
    #[serde(serialize_with = "worst_first")]
    severity: [u64; Severity::ALL.len()],
    #[serde(serialize_with = "by_status")]
    status: [u64; Status::ALL.len()],
}

impl Counts {
    fn add(&mut self, severity: Severity, status: Status) {
        self.status[status as usize] += 1;
        if !matches!(status, Status::NotEvaluable | Status::Fixed | Status::Suppressed) {
            self.severity[severity as usize] += 1;
        }
    }

    fn is_empty(&self) -> bool {
        self.status.iter().all(|&count| count == 0)
    }
}

pub(super) fn worst_first<S: Serializer>(counts: &[u64], to: S) -> Result<S::Ok, S::Error> {
    to.collect_map(Severity::ALL.iter().rev().map(|&s| (s.word(), counts[s as usize])))
}

fn by_status<S: Serializer>(counts: &[u64], to: S) -> Result<S::Ok, S::Error> {
    to.collect_map(Status::ALL.iter().map(|&s| (s.word(), counts[s as usize])))
}

#[derive(Serialize)]
struct RuleCounts<'a> {
    rule_id: &'a str,
    #[serde(flatten)]
    counts: Counts,
}

#[derive(Serialize)]
struct Site<'a> {
    #[serde(rename = "site_id")]
    slug: &'a str,
    name: &'a str,
    accounts: u32,
    people: u32,
    counts: Counts,
    systems: Vec<System<'a>>,
}

#[derive(Serialize)]
struct System<'a> {
    #[serde(rename = "system_kind")]
    kind: &'static str,
    #[serde(rename = "system")]
    name: &'a str,
    accounts: u32,
    logins: u32,
    disabled: u32,
    secrets: Secrets,
    gone: bool,
}

#[derive(Serialize)]
struct Secrets {
    exported: u32,
    comparable: u32,
    tried: u32,
    untestable: u32,
}

impl From<SecretCounts> for Secrets {
    fn from(counts: SecretCounts) -> Self {
        let SecretCounts { exported, comparable, tried, untestable } = counts;
        Self { exported, comparable, tried, untestable }
    }
}

#[derive(Serialize)]
struct RowCounts {
    read: u64,
    ok: u64,
    skipped: u64,
    quarantined: u64,
}

impl From<Rows> for RowCounts {
    fn from(rows: Rows) -> Self {
        let Rows { read, ok, skipped, quarantined } = rows;
        Self { read, ok, skipped, quarantined }
    }
}

#[derive(Serialize)]
struct Input<'a> {
    path: &'a str,
    site_id: &'a str,
    sha256: &'a str,
    size: u64,
    reader: &'a str,
    reason: &'a str,
    encoding: &'a str,
    system: &'a str,
    rows: RowCounts,
    exported_at: Option<String>,
    columns_used: &'a [String],
    columns_ignored: &'a [String],
    problem: &'a str,
    unverified: bool,
    holds_secrets: bool,
    superseded: bool,
}

#[derive(Serialize)]
struct Problem<'a> {
    site_id: &'a str,
    file: &'a str,
    line: Option<u32>,
    column: &'a str,
    code: &'static str,
    weight: &'static str,
    detail: &'a str,
}

#[derive(Serialize)]
struct Corpus<'a> {
    name: &'a str,
    hash: &'static str,
    files: u32,
    size: Option<u64>,
    date: Option<String>,
}

#[derive(Serialize)]
struct OutputFile<'a> {
    file: &'a str,
    sha256: &'a str,
    bytes: u64,
}

impl<'a> Header<'a> {
    pub(super) fn of(cx: &Context<'a>, outputs: &'a [Written]) -> Self {
        let (report, run) = (cx.report, &cx.report.run);
        let (counts, by_rule, by_site) = count(cx);
        let inputs = sorted_inputs(report);
        Self {
            schema: RUN_SCHEMA,
            tool_version: run.tool_version,
            name: &run.name,
            as_of: run.as_of.to_string(),
            as_of_source: run.as_of_source,
            profile: &run.profile,
            rules_digest: &run.rules_digest,
            rules_selected: &run.selected,
            key_id: &run.key_id,
            words: &run.words,
            lang: cx.lang.pick("ja", "en"),
            csv: cx.csv.word(),
            complete: !report.incomplete(),
            interrupted: run.interrupted,
            compared: lists::compared(report),
            months: report.months.iter().map(months::month).collect(),
            unjudged: report.unjudged.iter().map(|id| String::from_utf8_lossy(id).into()).collect(),
            findings: Findings {
                file: "findings.jsonl",
                schema: SCHEMA,
                count: report.findings.len(),
            },
            accounts: Listed { file: "accounts.jsonl", count: report.lists.accounts.len() },
            history: Listed { file: "history.jsonl", count: report.past.len() },
            counts,
            by_rule,
            rules: lists::rules(cx),
            sites: sites(report, by_site),
            groups: Groups::of(report),
            coverage: coverage::coverage(cx),
            incomparable: coverage::incomparable(report),
            rows: report.rows().into(),
            held_hashes: inputs
                .iter()
                .filter(|(_, f)| f.holds_secrets)
                .map(|(_, f)| &*f.path)
                .collect(),
            corpora: report.corpora.iter().map(corpus).collect(),
            inputs: inputs.into_iter().map(|(site, file)| input(site, file)).collect(),
            problems: problems(report),
            leaving: lists::leaving(report),
            contracts: lists::contracts(report),
            declared: lists::declared(report),
            exceptions: lists::exceptions(report),
            warnings: &run.warnings,
            outputs: outputs
                .iter()
                .map(|o| OutputFile { file: &o.name, sha256: &o.sha256, bytes: o.bytes })
                .collect(),
        }
    }
}

fn count<'a>(cx: &Context<'a>) -> (Counts, Vec<RuleCounts<'a>>, Vec<Counts>) {
    let mut all = Counts::default();
    let mut rules = vec![Counts::default(); cx.rules.checks.len()];
    let mut sites = vec![Counts::default(); cx.report.sites.len()];
    for finding in &cx.report.findings {
        let site = cx.report.subjects[finding.subject as usize].site;
        for counts in [&mut all, &mut rules[finding.rule as usize], &mut sites[site as usize]] {
            counts.add(finding.severity, finding.status);
        }
    }
    let named = cx.rules.checks.iter().zip(rules).filter(|(_, counts)| !counts.is_empty());
    let by_rule = named.map(|(rule, counts)| RuleCounts { rule_id: &rule.id, counts }).collect();
    (all, by_rule, sites)
}

fn sites(report: &Report, counts: Vec<Counts>) -> Vec<Site<'_>> {
    report.sites.iter().zip(counts).map(|(site, counts)| one_site(site, counts)).collect()
}

fn one_site(site: &ReportSite, counts: Counts) -> Site<'_> {
    let systems = site.systems.iter().map(|system| System {
        kind: system.kind.word(),
        name: &system.name,
        accounts: system.accounts,
        logins: system.logins,
        disabled: system.disabled,
        secrets: system.secrets.into(),
        gone: system.gone,
    });
    Site {
        slug: &site.slug,
        name: &site.name,
        accounts: site.accounts,
        people: site.people,
        counts,
        systems: systems.collect(),
    }
}

/// By path, so that the order of reading does not show.
fn sorted_inputs(report: &Report) -> Vec<(&str, &InputFile)> {
    let site = |site: u16| report.sites.get(site as usize).map_or("", |site| &*site.slug);
    let mut inputs: Vec<_> = report.files.iter().map(|(at, file)| (site(*at), file)).collect();
    inputs.sort_by(|a, b| (&a.1.path, a.0).cmp(&(&b.1.path, b.0)));
    inputs
}

fn input<'a>(site_id: &'a str, file: &'a InputFile) -> Input<'a> {
    Input {
        path: &file.path,
        site_id,
        sha256: &file.sha256,
        size: file.size,
        reader: &file.reader,
        reason: &file.reason,
        encoding: &file.encoding,
        system: &file.system,
        rows: file.rows.into(),
        exported_at: file.exported.map(|day| day.to_string()),
        columns_used: &file.columns_used,
        columns_ignored: &file.columns_ignored,
        problem: &file.problem,
        unverified: file.unverified,
        holds_secrets: file.holds_secrets,
        superseded: file.superseded,
    }
}

fn corpus(used: &CorpusUsed) -> Corpus<'_> {
    Corpus {
        name: &used.name,
        hash: used.hash.word(),
        files: used.files,
        size: used.bytes,
        date: used.date.map(|day| day.to_string()),
    }
}

fn problems(report: &Report) -> Vec<Problem<'_>> {
    let mut all: Vec<_> = report.problems.iter().collect();
    all.sort_by_key(|p| (quarantine::sort_key(report, p), p.weight));
    all.into_iter().map(|problem| one_problem(report, problem)).collect()
}

fn one_problem<'a>(report: &'a Report, problem: &'a file::Problem) -> Problem<'a> {
    let file = report.files.get(problem.origin.file.0 as usize);
    let site = file.and_then(|(site, _)| report.sites.get(*site as usize));
    Problem {
        site_id: site.map_or("", |site| &site.slug),
        file: quarantine::path(report, problem),
        line: quarantine::line(problem),
        column: &problem.column,
        code: problem.code,
        weight: match problem.weight {
            Weight::Warning => "warning",
            Weight::Row => "row",
            Weight::File => "file",
        },
        detail: &problem.detail,
    }
}
