//! run.json as a tree; the order of fields is the order in the file.

use crate::model::breach::CorpusUsed;
use crate::model::evidence;
use crate::model::file::{self, InputFile, Rows, Weight};
use crate::model::finding::{Severity, Status};
use crate::model::report::{self, Report, ReportSite};
use crate::report::csv::SCHEMA;
use crate::report::{Context, Written, quarantine};
use serde::{Serialize, Serializer};

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
    lang: &'static str,
    csv: &'static str,
    complete: bool,
    findings: Findings,
    counts: Counts,
    by_rule: Vec<RuleCounts<'a>>,
    sites: Vec<Site<'a>>,
    groups: Groups,
    coverage: Vec<Coverage<'a>>,
    incomparable: Vec<Incomparable<'a>>,
    rows: RowCounts,
    inputs: Vec<Input<'a>>,
    problems: Vec<Problem<'a>>,
    held_hashes: Vec<&'a str>,
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
struct Groups {
    groups: usize,
    accounts: u64,
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

fn worst_first<S: Serializer>(counts: &[u64], to: S) -> Result<S::Ok, S::Error> {
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
}

#[derive(Serialize)]
struct Coverage<'a> {
    rule_id: &'a str,
    site_id: &'a str,
    system: Option<&'a str>,
    judged: u32,
    unjudged: u32,
    findings: u32,
    missing: &'a [&'static str],
}

#[derive(Serialize)]
struct Incomparable<'a> {
    site_id: &'a str,
    system: Option<&'a str>,
    scheme: &'static str,
    secrets: u32,
    tried: u32,
    of: u32,
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
            lang: cx.lang.pick("ja", "en"),
            csv: cx.csv.word(),
            complete: !report.incomplete(),
            findings: Findings {
                file: "findings.jsonl",
                schema: SCHEMA,
                count: report.findings.len(),
            },
            counts,
            by_rule,
            sites: sites(report, by_site),
            groups: Groups {
                groups: report.groups.len(),
                accounts: report.groups.iter().map(|group| u64::from(group.size)).sum(),
            },
            coverage: coverage(cx),
            incomparable: incomparable(report),
            rows: report.rows().into(),
            held_hashes: inputs
                .iter()
                .filter(|(_, f)| f.holds_secrets)
                .map(|(_, f)| &*f.path)
                .collect(),
            corpora: report.corpora.iter().map(corpus).collect(),
            inputs: inputs.into_iter().map(|(site, file)| input(site, file)).collect(),
            problems: problems(report),
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

fn system_name(report: &Report, site: u16, system: u16) -> Option<&str> {
    report.sites[site as usize].systems.get(system as usize).map(|system| &*system.name)
}

fn coverage<'a>(cx: &Context<'a>) -> Vec<Coverage<'a>> {
    let report = cx.report;
    let row = |row: &'a report::Coverage| Coverage {
        rule_id: &cx.rules.checks[row.rule as usize].id,
        site_id: &report.sites[row.site as usize].slug,
        system: system_name(report, row.site, row.system),
        judged: row.judged,
        unjudged: row.unjudged,
        findings: row.findings,
        missing: &row.missing,
    };
    report.coverage.iter().map(row).collect()
}

fn incomparable(report: &Report) -> Vec<Incomparable<'_>> {
    let mut rows: Vec<_> = report.incomparable.iter().collect();
    rows.sort();
    let row = |row: &evidence::Incomparable| Incomparable {
        site_id: &report.sites[row.site as usize].slug,
        system: system_name(report, row.site, row.system),
        scheme: row.scheme,
        secrets: row.secrets,
        tried: row.tried,
        of: row.of,
    };
    rows.into_iter().map(row).collect()
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
    Problem {
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
