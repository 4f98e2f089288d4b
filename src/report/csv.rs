//! findings.csv: one record per finding, in the order of their ids. Beside it: checklist.csv and
//! coverage.csv.
//!
//! What repeats (titles, remedies, sites, files, groups) is quoted and guarded once; a record is
//! then little more than copying.

use crate::model::day::{Stamp, When};
use crate::model::finding::{Finding, Status};
use crate::model::report::{Report, ReportSite};
use crate::model::state::FindingState;
use crate::report::digits::{push_day, push_int};
use crate::report::evidence::{Sentences, remedy};
use crate::report::stream::stream;
use crate::report::{Context, CsvFlavour, Output, ReportError, Writer, checklist, quarantine};
use std::io::Write as _;

/// Version of the columns.
pub(super) const SCHEMA: &str = "kagiban.findings/1";

/// Columns are only ever appended.
pub(super) const HEADER: &str = "schema,finding_id,rule_id,severity,confidence,status,site_id,\
site_name,system_kind,system,account,person_id,display_name,title,evidence,metric,value,unit,\
group_id,group_size,tag,first_seen,last_seen,source_file,source_line,guideline_ref,fix,\
suppressed_until,suppress_reason,owner,due,as_of,tool_version,sensitivity,cause";

/// The `csv` format.
pub(super) struct Csv;

impl Writer for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn files(&self) -> &'static [&'static str] {
        &["findings.csv", quarantine::FILE, checklist::CSV, checklist::COVERAGE]
    }

    fn write(&self, cx: &Context<'_>, out: &mut Output) -> Result<(), ReportError> {
        let cells = Cells::of(cx);
        out.file("findings.csv", |sink| {
            sink.write_all(cx.csv.opening())?;
            sink.write_all(HEADER.as_bytes())?;
            sink.write_all(cx.csv.line_end())?;
            stream(cx.report.findings.len(), sink, |index, out, scratch| {
                cells.record(index, out, scratch);
            })
        })?;
        quarantine::write(cx, out)?;
        checklist::write_csv(cx, out)?;
        checklist::write_coverage(cx, out)
    }
}

/// Path of the file that a finding stands in. What could not be judged stands in no file.
pub(super) fn source<'a>(report: &'a Report, finding: &Finding) -> &'a str {
    if finding.status == Status::NotEvaluable && finding.origin.line == 0 {
        return "";
    }
    report.files.get(finding.origin.file.0 as usize).map_or("", |(_, file)| &file.path)
}

/// Cells that repeat, ready to copy.
struct Cells<'a> {
    report: &'a Report,
    csv: CsvFlavour,
    rules: Vec<RuleCells>,
    sentences: Sentences,
    places: Vec<PlaceCells>,
    groups: Vec<Vec<u8>>,
    files: Vec<Vec<u8>>,
    closing: Vec<u8>,
}

struct RuleCells {
    id: Vec<u8>,
    title: Vec<u8>,
    reference_and_fix: Vec<u8>,
}

/// `site_id,site_name,system_kind,system` of a site, alone and with each of its systems.
struct PlaceCells {
    site: Vec<u8>,
    systems: Vec<Vec<u8>>,
}

impl<'a> Cells<'a> {
    fn of(cx: &Context<'a>) -> Self {
        let (report, csv) = (cx.report, cx.csv);
        let mut closing = Vec::new();
        push_day(&mut closing, report.run.as_of);
        closing.push(b',');
        csv.cell(&mut closing, report.run.tool_version.as_bytes());
        closing.push(b',');
        Self {
            report,
            csv,
            rules: rule_cells(cx),
            sentences: Sentences::of(cx),
            places: report.sites.iter().map(|site| place_cells(site, csv)).collect(),
            groups: group_cells(cx),
            files: report.files.iter().map(|(_, file)| csv.ready(&file.path)).collect(),
            closing,
        }
    }

    fn record(&self, index: usize, out: &mut Vec<u8>, scratch: &mut Vec<u8>) {
        let finding = &self.report.findings[index];
        let rule = &self.rules[finding.rule as usize];
        out.extend_from_slice(SCHEMA.as_bytes());
        out.push(b',');
        out.extend_from_slice(&self.report.ids[index]);
        out.push(b',');
        out.extend_from_slice(&rule.id);
        for word in [finding.severity.word(), finding.confidence.word(), finding.status.word()] {
            out.push(b',');
            out.extend_from_slice(word.as_bytes());
        }
        self.subject(finding, out);
        out.push(b',');
        out.extend_from_slice(&rule.title);
        out.push(b',');
        scratch.clear();
        self.sentences.push(self.report, index, scratch);
        self.csv.cell(out, scratch);
        self.measure(finding, out, scratch);
        let state = &self.report.states[index];
        for stamp in [state.first_seen, state.last_seen] {
            out.push(b',');
            push_stamp(stamp, out);
        }
        self.origin(finding, out);
        out.push(b',');
        out.extend_from_slice(&rule.reference_and_fix);
        out.push(b',');
        self.people(index, state, out);
        out.extend_from_slice(&self.closing);
        out.extend_from_slice(finding.sensitivity.word().as_bytes());
        out.push(b',');
        out.extend_from_slice(state.cause.word().as_bytes());
        out.extend_from_slice(self.csv.line_end());
    }

    /// Columns from `site_id` to `display_name`.
    fn subject(&self, finding: &Finding, out: &mut Vec<u8>) {
        let subject = &self.report.subjects[finding.subject as usize];
        let place = &self.places[subject.site as usize];
        out.push(b',');
        out.extend_from_slice(place.systems.get(subject.system as usize).unwrap_or(&place.site));
        for span in [subject.login, subject.person, subject.name] {
            out.push(b',');
            if !span.is_empty() {
                self.csv.cell(out, self.report.text.get(span).as_bytes());
            }
        }
    }

    /// Columns from `metric` to `tag`.
    fn measure(&self, finding: &Finding, out: &mut Vec<u8>, scratch: &mut Vec<u8>) {
        out.push(b',');
        self.csv.cell(out, finding.facts.metric.as_bytes());
        out.push(b',');
        if let Some(value) = finding.facts.value {
            scratch.clear();
            push_int(scratch, value);
            self.csv.cell(out, scratch);
        }
        out.push(b',');
        out.extend_from_slice(finding.facts.unit.word().as_bytes());
        match self.groups.get(finding.group as usize) {
            Some(group) => out.extend_from_slice(group),
            None => out.extend_from_slice(b",,,"),
        }
    }

    /// `suppressed_until`, `suppress_reason`, `owner` and `due`, each with the comma behind it.
    fn people(&self, index: usize, state: &FindingState, out: &mut Vec<u8>) {
        if let Some(exception) = self.report.exceptions.get(state.exception as usize) {
            push_day(out, exception.until);
            out.push(b',');
            self.csv.cell(out, exception.reason.as_bytes());
        } else {
            out.push(b',');
        }
        let assigned = self.report.assigned.get(index as u32);
        out.push(b',');
        self.csv.cell(out, self.report.text.get(assigned.owner).as_bytes());
        out.push(b',');
        push_stamp(assigned.due, out);
        out.push(b',');
    }

    /// `source_file` and `source_line`.
    fn origin(&self, finding: &Finding, out: &mut Vec<u8>) {
        out.push(b',');
        if !source(self.report, finding).is_empty() {
            out.extend_from_slice(&self.files[finding.origin.file.0 as usize]);
        }
        out.push(b',');
        if finding.origin.line > 0 {
            push_int(out, i64::from(finding.origin.line));
        }
    }
}

/// A day, or nothing.
fn push_stamp(stamp: Stamp, out: &mut Vec<u8>) {
    if let When::On(day) = stamp.when() {
        push_day(out, day);
    }
}

fn rule_cells(cx: &Context<'_>) -> Vec<RuleCells> {
    let ready = |rule: &crate::rules::check::CheckRule| {
        let words = rule.words(cx.lang);
        let mut reference_and_fix = cx.csv.ready(&rule.guideline_ref());
        reference_and_fix.push(b',');
        cx.csv.cell(&mut reference_and_fix, remedy(rule, cx.lang).as_bytes());
        RuleCells {
            id: cx.csv.ready(&rule.id),
            title: cx.csv.ready(&words.title),
            reference_and_fix,
        }
    };
    cx.rules.checks.iter().map(ready).collect()
}

fn place_cells(site: &ReportSite, csv: CsvFlavour) -> PlaceCells {
    let mut head = csv.ready(&site.slug);
    head.push(b',');
    csv.cell(&mut head, site.name.as_bytes());
    let with = |kind: &str, name: &str| {
        let mut cells = head.clone();
        cells.push(b',');
        cells.extend_from_slice(kind.as_bytes());
        cells.push(b',');
        csv.cell(&mut cells, name.as_bytes());
        cells
    };
    let systems = site.systems.iter().map(|system| with(system.kind.word(), &system.name));
    PlaceCells { systems: systems.collect(), site: with("", "") }
}

fn group_cells(cx: &Context<'_>) -> Vec<Vec<u8>> {
    let ready = |group: &crate::model::report::ReportGroup| {
        let mut cells = vec![b','];
        cx.csv.cell(&mut cells, group.id.as_bytes());
        cells.push(b',');
        push_int(&mut cells, i64::from(group.size));
        cells.push(b',');
        cx.csv.cell(&mut cells, group.tag.as_bytes());
        cells
    };
    cx.report.groups.iter().map(ready).collect()
}
