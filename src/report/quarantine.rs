//! quarantine.csv: every refused record and file, without a byte of what was refused.

use crate::model::file::{Problem, Weight};
use crate::model::report::Report;
use crate::report::digits::push_int;
use crate::report::{Context, Output, ReportError};
use std::io::Write as _;

/// Name of the file.
pub const FILE: &str = "quarantine.csv";

const HEADER: &str = "file,line,column,reason,detail,hint";

/// Refused records and files, by path and line.
pub fn refused(report: &Report) -> Vec<&Problem> {
    let mut refused: Vec<_> = report.problems.iter().filter(|p| p.weight >= Weight::Row).collect();
    refused.sort_by_key(|p| sort_key(report, p));
    refused
}

/// Order that does not depend on the order of reading.
pub(super) fn sort_key<'a>(
    report: &'a Report,
    problem: &'a Problem,
) -> (&'a str, u32, &'a str, &'static str, &'a str) {
    let line = problem.origin.line;
    (path(report, problem), line, &problem.column, problem.code, &problem.detail)
}

/// Path of the file that a problem stands in.
pub(super) fn path<'a>(report: &'a Report, problem: &Problem) -> &'a str {
    report.files.get(problem.origin.file.0 as usize).map_or("", |(_, file)| &file.path)
}

/// Line of a problem; a file that was refused as a whole has none.
pub(super) fn line(problem: &Problem) -> Option<u32> {
    (problem.weight != Weight::File && problem.origin.line > 0).then_some(problem.origin.line)
}

/// Writes the file unless another format has done so.
pub(super) fn write(cx: &Context<'_>, out: &mut Output) -> Result<(), ReportError> {
    if out.has(FILE) {
        return Ok(());
    }
    out.file(FILE, |sink| {
        sink.write_all(cx.csv.opening())?;
        sink.write_all(HEADER.as_bytes())?;
        sink.write_all(cx.csv.line_end())?;
        let mut record = Vec::new();
        for problem in refused(cx.report) {
            record.clear();
            push_record(cx, problem, &mut record);
            sink.write_all(&record)?;
        }
        Ok(())
    })
}

fn push_record(cx: &Context<'_>, problem: &Problem, out: &mut Vec<u8>) {
    cx.csv.cell(out, path(cx.report, problem).as_bytes());
    out.push(b',');
    if let Some(line) = line(problem) {
        push_int(out, i64::from(line));
    }
    for text in [&*problem.column, problem.code, &*problem.detail, problem.hint(cx.lang)] {
        out.push(b',');
        cx.csv.cell(out, text.as_bytes());
    }
    out.extend_from_slice(cx.csv.line_end());
}
