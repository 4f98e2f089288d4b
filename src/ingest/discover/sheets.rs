//! Which sheet of a workbook is the table.

use super::{Choice, FoundFile, Refusal, choose, profiled};
use crate::ingest::form::Form;
use crate::ingest::profile::Profile;
use crate::ingest::{Claim, workbook};
use crate::rules::RuleSet;
use crate::rules::source::Role;
use crate::text::encoding::Encoding;
use std::path::Path;

/// The sheet whose header is known best; sheets that nobody sees are named and left alone.
pub(super) fn choose_sheet<'r>(
    path: &Path,
    found: &mut FoundFile<'r>,
    profile: Option<&Profile>,
    rules: &'r RuleSet,
) -> Result<(Choice<'r>, Claim), Refusal> {
    workbook::guard(path)?;
    let sheets = workbook::sheets(path)?;
    let (mut best, mut refusal) = (None, "no-records");
    for sheet in &sheets {
        if sheet.hidden {
            found.notes.push(("hidden-sheet", String::new()));
            continue;
        }
        let chosen = match profile {
            Some(profile) => profiled(profile, &sheet.head, rules).map_err(Refusal::from),
            None => choose(&found.inner, &sheet.head, Encoding::Utf8, rules),
        };
        match chosen {
            Ok((choice @ Choice::Table(..), claim)) => {
                if best.as_ref().is_none_or(|(_, old, _): &(_, Claim, _)| claim.score > old.score) {
                    best = Some((choice, claim, sheet));
                }
            }
            Ok(_) => refusal = "unrecognised",
            Err(refused) if best.is_none() => refusal = refused.code,
            Err(_) => {}
        }
    }
    let (choice, claim, sheet) = best.ok_or(refusal)?;
    if let Choice::Table(_, layout) = &choice {
        let is_id = |at: &usize| matches!(layout.roles[*at], Some(Role::Login | Role::Employee));
        let ids = (0..layout.roles.len()).filter(is_id).collect();
        found.form = Form::Sheet { name: sheet.name.clone(), width: sheet.width, ids };
    }
    found.encoding = Encoding::Utf8;
    Ok((choice, claim))
}
