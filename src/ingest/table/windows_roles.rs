//! Columns that only exports of Windows accounts have.

use super::values::yes_no;
use crate::ingest::note::noted_secret;
use crate::ingest::windows;
use crate::model::account::{Draft, Flag, LastUse};
use crate::model::day::Stamp;
use crate::model::tri::Tri;
use crate::rules::source::Role;

/// Reads the cell into the draft; other roles are left alone. The error is a reason code.
pub(super) fn fill(role: Role, cell: &str, draft: &mut Draft<'_>) -> Result<(), &'static str> {
    let flag = match role {
        Role::Note => {
            if draft.flags.get(Flag::NotedSecret) != Tri::Yes {
                draft.flags.set(Flag::NotedSecret, Tri::from(noted_secret(cell)));
            }
            return Ok(());
        }
        Role::PrimaryGroup => return primary(cell, draft),
        Role::EncryptionTypes => return encryption(cell, draft),
        Role::SidHistory => {
            let none = cell.is_empty() || cell == "{}";
            // Export-Csv writes the type in place of the values, also where there is none.
            if !cell.starts_with("Microsoft.") {
                draft.flags.set(Flag::SidHistory, Tri::from(!none));
            }
            return Ok(());
        }
        Role::PasswordExpires => {
            draft.flags.set(Flag::PasswordNeverExpires, Tri::from(cell.is_empty()));
            return Ok(());
        }
        Role::NeverUsed => {
            if yes_no(cell) == Tri::Yes {
                draft.used(Stamp::NEVER, LastUse::LogonTimestamp);
            }
            return Ok(());
        }
        Role::PasswordRequired => Flag::PasswordNotRequired,
        Role::MustChange => Flag::MustChange,
        Role::Reversible => Flag::Reversible,
        Role::Smartcard => Flag::SmartcardRequired,
        Role::DesOnly => Flag::DesOnly,
        Role::NoPreauth => Flag::NoPreauth,
        Role::Delegation => Flag::Delegation,
        Role::NotDelegated => Flag::NotDelegated,
        Role::HasSpn => Flag::HasSpn,
        _ => return Ok(()),
    };
    let answer = yes_no(cell);
    let answer = if role == Role::PasswordRequired { answer.negated() } else { answer };
    if answer != Tri::Unknown {
        draft.flags.set(flag, answer);
    }
    Ok(())
}

fn primary(cell: &str, draft: &mut Draft<'_>) -> Result<(), &'static str> {
    if !cell.is_empty() {
        draft.primary_group = cell.parse().map_err(|_| "bad-number")?;
    }
    Ok(())
}

fn encryption(cell: &str, draft: &mut Draft<'_>) -> Result<(), &'static str> {
    if !cell.is_empty() {
        let bits = cell.parse().map_err(|_| "bad-number")?;
        windows::encryption_types(bits, &mut draft.flags);
    }
    Ok(())
}
