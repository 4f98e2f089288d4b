//! run.json: how the run was made and what it comes to; findings.jsonl: the findings themselves;
//! checklist.json: what they answer of the official forms.
//!
//! Together they hold everything that a later `report` needs. No clock, no duration, no float.

mod findings;
mod header;

use crate::report::{Context, Output, ReportError, Writer, checklist, quarantine};
use std::io::Write as _;

/// The `json` format.
pub(super) struct Json;

impl Writer for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn files(&self) -> &'static [&'static str] {
        &["findings.jsonl", quarantine::FILE, checklist::JSON, "run.json"]
    }

    fn write(&self, cx: &Context<'_>, out: &mut Output) -> Result<(), ReportError> {
        out.file("findings.jsonl", |sink| findings::write(cx.report, cx.rules, sink))?;
        quarantine::write(cx, out)?;
        checklist::write_json(cx, out)?;
        let outputs: Vec<_> = out.written().cloned().collect();
        out.file("run.json", |sink| {
            serde_json::to_writer_pretty(&mut *sink, &header::Header::of(cx, &outputs))?;
            sink.write_all(b"\n")
        })
    }
}
