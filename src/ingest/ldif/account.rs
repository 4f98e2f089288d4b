//! A user or computer entry → one account.

use super::entry::{Classes, Entry, Fault, of};
use super::field::Field;
use super::values::Values;
use crate::ingest::note::noted_secret;
use crate::ingest::windows;
use crate::model::account::{Draft, Flag, Flags, LastUse, Minute};
use crate::model::day::Stamp;
use crate::model::file::{FileId, Origin};
use crate::model::tri::Tri;
use crate::text::date::{filetime, filetime_minute, generalized_moment};
use std::fmt::Write;

/// Reads the entry; `sid` is a buffer for the text of its security identifier.
pub(super) fn draft<'a>(
    entry: &Entry<'_>,
    values: &'a Values,
    sid: &'a mut String,
) -> Result<Draft<'a>, Fault> {
    let text = |field| values.text(field, entry);
    let first = |a, b| Ok(if values.bytes(a).is_empty() { text(b)? } else { text(a)? });
    sid_text(entry, values, sid)?;
    let rid = windows::rid(sid);
    let mut draft = Draft {
        login: first(Field::Login, Field::Uid)?,
        native: sid,
        rid,
        name: first(Field::DisplayName, Field::CommonName)?,
        kana: text(Field::Kana)?,
        mail: text(Field::Mail)?,
        upn: text(Field::Upn)?,
        employee: first(Field::EmployeeId, Field::EmployeeNumber)?,
        department: text(Field::Department)?,
        job: text(Field::Title)?,
        class: text(Field::EmployeeType)?,
        origin: Origin { file: FileId(0), line: entry.line },
        ..Draft::default()
    };
    if draft.login.is_empty() {
        return Err(Fault { code: "empty-account", line: entry.line, column: "sAMAccountName" });
    }
    dates(entry, values, &mut draft)?;
    flags(entry, values, &mut draft)?;
    let primary = values.number(Field::PrimaryGroup, entry)?;
    draft.primary_group = primary.and_then(|rid| u32::try_from(rid).ok()).unwrap_or(0);
    windows::primary_group(draft.primary_group, &mut draft.flags);
    Ok(draft)
}

fn dates(entry: &Entry<'_>, values: &Values, draft: &mut Draft<'_>) -> Result<(), Fault> {
    let ticks = |field| Ok(values.number(field, entry)?.map(|n| Stamp::from(filetime(n))));
    if let Some(number) = values.number(Field::PasswordSet, entry)? {
        let set = Stamp::from(filetime(number));
        draft.password_set = set;
        draft.flags.set(Flag::MustChange, Tri::from(set == Stamp::NEVER));
        draft.clock.password_set = Minute::said(filetime_minute(number));
    }
    if let Some(locked) = ticks(Field::Lockout)? {
        draft.locked_since = locked;
    }
    if let Some(expires) = ticks(Field::Expires)? {
        draft.expires = expires;
    }
    if let Some(used) = ticks(Field::LogonTimestamp)? {
        draft.used(used, LastUse::LogonTimestamp);
    }
    if let Some(used) = ticks(Field::LastLogon)? {
        draft.used(used, LastUse::LastLogon);
    }
    (draft.created, draft.clock.created) = moment(Field::Created, entry, values)?;
    draft.changed = moment(Field::Changed, entry, values)?.0;
    Ok(())
}

fn moment(field: Field, entry: &Entry<'_>, values: &Values) -> Result<(Stamp, Minute), Fault> {
    let text = values.text(field, entry)?;
    if text.is_empty() {
        return Ok((Stamp::UNKNOWN, Minute::default()));
    }
    let (when, minute) = generalized_moment(text).map_err(|_| of("bad-date", field, entry))?;
    Ok((when.into(), Minute::of(minute)))
}

fn flags(entry: &Entry<'_>, values: &Values, draft: &mut Draft<'_>) -> Result<(), Fault> {
    let flags = &mut draft.flags;
    if let Some(bits) = values.number(Field::Control, entry)? {
        // The attribute is a signed 32-bit number; more than 32 bits are none of it.
        let bits = i32::try_from(bits)
            .map(i32::cast_unsigned)
            .or_else(|_| u32::try_from(bits))
            .map_err(|_| of("bad-number", Field::Control, entry))?;
        windows::user_account_control(bits, flags);
        if bits & INTERDOMAIN_TRUST != 0 {
            flags.set(Flag::Machine, Tri::Yes);
        }
    }
    classes(entry.classes, draft.login, flags);
    present(entry, values, flags)?;
    if let Some(count) = values.number(Field::AdminCount, entry)? {
        flags.set(Flag::AdminCount, Tri::from(count > 0));
    }
    // How long a lockout lasts is not in the entry, so a past one says nothing.
    if values.number(Field::Lockout, entry)? == Some(0) {
        flags.set(Flag::Locked, Tri::No);
    }
    windows::conflict_object(values.text(Field::Dn, entry)?, draft.login, flags);
    let deleted = values.bytes(Field::Deleted).eq_ignore_ascii_case(b"TRUE");
    let dn = values.text(Field::Dn, entry)?;
    // Most names have no backslash: a search for one byte says so first.
    let marked =
        memchr::memchr(b'\\', dn.as_bytes()).is_some_and(|at| dn[at..].contains("\\0ADEL:"));
    if deleted || marked {
        flags.set(Flag::Tombstone, Tri::Yes);
        flags.set(Flag::Enabled, Tri::No);
    }
    windows::built_in(draft.rid, draft.login, flags);
    Ok(())
}

/// Attributes of which only the presence, or one property of the text, is kept.
fn present(entry: &Entry<'_>, values: &Values, flags: &mut Flags) -> Result<(), Fault> {
    let seen = entry.seen;
    for (there, flag) in [
        (seen.spn, Flag::HasSpn),
        (seen.password, Flag::PasswordAttribute),
        (seen.sid_history, Flag::SidHistory),
        (seen.laps, Flag::Laps),
        (seen.delegates, Flag::ConstrainedDelegation),
        (seen.workstations, Flag::WorkstationLimit),
    ] {
        if there {
            flags.set(flag, Tri::Yes);
        }
    }
    if let Some(types) = values.number(Field::EncryptionTypes, entry)? {
        windows::encryption_types(types, flags);
    }
    for field in [Field::Description, Field::Info, Field::Comment] {
        let text = values.text(field, entry)?;
        if !text.is_empty() && flags.get(Flag::NotedSecret) != Tri::Yes {
            flags.set(Flag::NotedSecret, Tri::from(noted_secret(text)));
        }
    }
    Ok(())
}

const INTERDOMAIN_TRUST: u32 = 0x800;

fn classes(classes: Classes, login: &str, flags: &mut Flags) {
    if !classes.any() {
        if login.ends_with('$') {
            flags.set(Flag::Machine, Tri::Yes);
        }
        return;
    }
    let managed = classes.has(Classes::MANAGED);
    flags.set(Flag::Managed, Tri::from(managed));
    if managed || classes.has(Classes::COMPUTER) {
        flags.set(Flag::Machine, Tri::Yes);
    } else if flags.get(Flag::Machine) == Tri::Unknown {
        flags.set(Flag::Machine, Tri::No);
    }
}

/// Writes the security identifier of the entry as `S-1-...` into `out`; empty if it has none.
pub(super) fn sid_text(entry: &Entry<'_>, values: &Values, out: &mut String) -> Result<(), Fault> {
    out.clear();
    let bytes = values.bytes(Field::Sid);
    if bytes.is_empty() {
        return Ok(());
    }
    if bytes.starts_with(b"S-1-") {
        out.push_str(values.text(Field::Sid, entry)?);
        return Ok(());
    }
    let bad = || of("bad-sid", Field::Sid, entry);
    let (head, parts) = bytes.split_first_chunk::<8>().ok_or_else(bad)?;
    let (parts, rest) = parts.as_chunks::<4>();
    if head[0] != 1 || usize::from(head[1]) != parts.len() || !rest.is_empty() {
        return Err(bad());
    }
    let authority = head[2..].iter().fold(0_u64, |n, &byte| n << 8 | u64::from(byte));
    let written = write!(out, "S-1-{authority}").and_then(|()| {
        parts.iter().try_for_each(|part| write!(out, "-{}", u32::from_le_bytes(*part)))
    });
    written.map_err(|_| bad())
}
