//! run.json: how the run was made and what it comes to; findings.jsonl: the findings themselves;
//! accounts.jsonl and history.jsonl: what next month's run compares; checklist.json: what they answer
//! of the official forms.
//!
//! Together they hold everything that a later `report` needs: src/runs reads them back. No clock, no duration, no float.

mod accounts;
mod coverage;
mod findings;
mod header;
mod lists;
mod months;
mod parts;

use crate::report::{Context, Output, ReportError, Writer, checklist, quarantine};
use std::io::Write as _;

/// The `json` format.
pub(super) struct Json;

impl Writer for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn files(&self) -> &'static [&'static str] {
        &[
            "findings.jsonl",
            "accounts.jsonl",
            "history.jsonl",
            quarantine::FILE,
            checklist::JSON,
            "run.json",
        ]
    }

    fn write(&self, cx: &Context<'_>, out: &mut Output) -> Result<(), ReportError> {
        out.file("findings.jsonl", |sink| findings::write(cx.report, cx.rules, sink))?;
        out.file("accounts.jsonl", |sink| accounts::write(cx.report, sink))?;
        out.file("history.jsonl", |sink| accounts::write_history(cx.report, sink))?;
        quarantine::write(cx, out)?;
        checklist::write_json(cx, out)?;
        let outputs: Vec<_> = out.written().cloned().collect();
        out.file("run.json", |sink| {
            serde_json::to_writer_pretty(&mut *sink, &header::Header::of(cx, &outputs))?;
            sink.write_all(b"\n")
        })
    }
}
