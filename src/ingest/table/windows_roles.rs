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
        Role::SidHistory | Role::ServicePrincipals | Role::Delegates | Role::Workstations => {
            values(role, cell, draft);
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
        Role::ProtocolTransition => Flag::ProtocolTransition,
        _ => return Ok(()),
    };
    let answer = yes_no(cell);
    let answer = if role == Role::PasswordRequired { answer.negated() } else { answer };
    if answer != Tri::Unknown {
        draft.flags.set(flag, answer);
    }
    Ok(())
}

/// A list of which only the presence is kept.
fn values(role: Role, cell: &str, draft: &mut Draft<'_>) {
    // Export-Csv writes the type in place of the values, also where there is none.
    if cell.starts_with("Microsoft.") {
        return;
    }
    let flag = match role {
        Role::ServicePrincipals => Flag::HasSpn,
        Role::Delegates => Flag::ConstrainedDelegation,
        Role::Workstations => Flag::WorkstationLimit,
        _ => Flag::SidHistory,
    };
    let none = cell.is_empty() || cell == "{}";
    draft.flags.set(flag, Tri::from(!none));
}

fn primary(cell: &str, draft: &mut Draft<'_>) -> Result<(), &'static str> {
    if !cell.is_empty() {
        draft.primary_group = cell.parse().map_err(|_| "bad-number")?;
    }
    Ok(())
}

// The column is there, so an empty cell is an unset attribute.
fn encryption(cell: &str, draft: &mut Draft<'_>) -> Result<(), &'static str> {
    let bits = if cell.is_empty() { 0 } else { cell.parse().map_err(|_| "bad-number")? };
    windows::encryption_types(bits, &mut draft.flags);
    Ok(())
}
