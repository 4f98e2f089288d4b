//! Exceptions that staff ask for, as blocks that an operator may put into suppressions.toml.
//!
//! Who approves is not for the sheet to say that the same staff fill in: the blocks have no
//! approver, and without one they are refused.

use crate::model::lang::Lang;
use crate::model::review::{Action, Decisions};
use crate::review::run::Findings;
use std::fmt::Write as _;

/// One block for each requested exception that has a reason.
pub fn blocks(decisions: &Decisions, run: &Findings, lang: Lang) -> Vec<String> {
    let asked = decisions.iter().filter(|(_, decision)| {
        decision.action == Some(Action::Exception) && !decision.reason.is_empty()
    });
    let block = |(id, decision): (&_, &crate::model::review::Decision)| {
        let known = run.get(id)?;
        let mut text = String::from("[[suppression]]\n");
        let mut line = |key: &str, value: &str| {
            let _ = writeln!(text, "{key} = {}", quoted(value));
        };
        line("rule", &known.rule_id);
        line("reason", &decision.reason);
        let until = decision.due.map_or_else(
            || {
                format!(
                    "# until = \"\"  # {}\n",
                    lang.pick("180日以内の期限", "at most 180 days ahead")
                )
            },
            |day| format!("until = \"{day}\"\n"),
        );
        text += &until;
        let approver = lang.pick("承認者(必須)", "who approves; required");
        let _ = writeln!(text, "# approved_by = \"\"  # {approver}");
        text += "[suppression.match]\n";
        let system = known.system.as_deref().unwrap_or("");
        for (key, value) in
            [("site", &*known.site_id), ("system", system), ("account", &known.account)]
        {
            let _ = writeln!(text, "{key} = {}", quoted(value));
        }
        Some(text)
    };
    asked.filter_map(block).collect()
}

/// A TOML string on one line: what acts on a terminal or hides is escaped.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        let mut bytes = [0; 4];
        let hidden =
            crate::text::name::escape_controls(c.encode_utf8(&mut bytes)).len() > c.len_utf8();
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if hidden => {
                let _ = write!(out, "\\U{:08X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
