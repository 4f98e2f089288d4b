//! Exceptions that staff ask for, as blocks that an operator may put into suppressions.toml.
//!
//! Who approves is not for the sheet to say that the same staff fill in: the blocks have no
//! approver, and without one they are refused.

use crate::model::lang::Lang;
use crate::model::review::{Action, Decision, Decisions};
use crate::review::run::{Findings, Known};
use crate::text::name::escape_controls;
use std::fmt::Write as _;

/// One block for each requested exception that has a reason. A name with `*`, which would stand for
/// other names as well, is only told.
pub fn blocks(decisions: &Decisions, run: &Findings, lang: Lang) -> Vec<String> {
    let asked = decisions.iter().filter(|(_, decision)| {
        decision.action == Some(Action::Exception) && !decision.reason.is_empty()
    });
    asked.filter_map(|(id, decision)| Some(block(run.get(id)?, decision, lang))).collect()
}

fn block(known: &Known, decision: &Decision, lang: Lang) -> String {
    let Known { rule, site, system, account } = known;
    if [site, system, account].iter().any(|name| name.contains('*')) {
        let why = lang.pick(
            "名前に * を含むため、手で書いてください",
            "a name holds *, which stands for other names: write this one by hand",
        );
        return format!("# {rule} {}: {why}\n", quoted(account));
    }
    let until = match decision.due {
        Some(day) => format!("until = \"{day}\""),
        None => format!(
            "# until = \"\"  # {}",
            lang.pick("期限(必須、180日以内)", "required, at most 180 days ahead")
        ),
    };
    let approver = lang.pick("承認者(必須)", "who approves; required");
    let [rule, reason, site, system, account] =
        [rule, &decision.reason, site, system, account].map(|text| quoted(text));
    format!(
        "[[suppression]]\nrule = {rule}\nreason = {reason}\n{until}\n\
         # approved_by = \"\"  # {approver}\n\
         [suppression.match]\nsite = {site}\nsystem = {system}\naccount = {account}\n"
    )
}

/// A TOML string on one line: what acts on a terminal or hides is escaped.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        let mut bytes = [0; 4];
        let hidden = escape_controls(c.encode_utf8(&mut bytes)).len() > c.len_utf8();
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
