//! Collections for BloodHound (SharpHound, RustHound) of versions 5 and 6: users, computers,
//! groups, domains. Their files say nothing about expiry.

mod archive;
mod groups;
mod record;
#[cfg(test)]
mod tests;

use crate::ingest::framing::json::{Record, records};
use crate::ingest::source::{Probe, Source};
use crate::ingest::{Claim, FileError, Reader, windows};
use crate::model::account::{Draft, Flag, Flags, LastUse, Minute};
use crate::model::day::Stamp;
use crate::model::file::{FileId, Origin, Problem, Weight};
use crate::model::inventory::Inventory;
use crate::model::password_policy::PasswordPolicy;
use crate::model::site::SystemKind;
use crate::model::tri::Tri;
use crate::rules::RuleSet;
use crate::text::date::{unix_minute, unix_seconds};
pub use archive::{Archive, is_collection};
use groups::Groups;
use record::{Kind, Object, Properties};

/// Reader of BloodHound collections.
pub struct BloodHound;

const LIMIT: usize = 256 << 20;

impl Reader for BloodHound {
    fn name(&self) -> &'static str {
        "bloodhound"
    }

    fn claim(&self, probe: &Probe<'_>) -> Option<Claim> {
        let text = probe.text.trim_start_matches('\u{feff}').trim_start();
        let has = |name: &str| text.contains(name);
        let shape = text.starts_with('{') && has("\"data\"") && has("\"ObjectIdentifier\"");
        (shape && has("\"Properties\""))
            .then_some(Claim { score: 96, reason: "BloodHound objects" })
    }

    fn read(
        &self,
        source: &mut Source<'_>,
        _rules: &RuleSet,
        inventory: &mut Inventory,
    ) -> Result<(), FileError> {
        let stem = source.dateless_stem();
        let text = source.text(LIMIT)?;
        let mut groups = Groups::default();
        collection(text.as_bytes(), &stem, &mut groups, inventory)?;
        finish(&groups, inventory);
        Ok(())
    }
}

/// Reads the objects of one file.
fn collection(
    text: &[u8],
    stem: &str,
    groups: &mut Groups,
    inventory: &mut Inventory,
) -> Result<(), FileError> {
    let found = records(text).map_err(|line| FileError::at("bad-json", line))?;
    for record in &found.records {
        match object(record, stem, groups, inventory) {
            Ok(true) => inventory.rows.take(),
            Ok(false) => inventory.rows.skip(),
            Err(problem) => inventory.refuse(problem),
        }
    }
    Ok(())
}

fn object(
    record: &Record<'_>,
    stem: &str,
    groups: &mut Groups,
    inventory: &mut Inventory,
) -> Result<bool, Problem> {
    let origin = Origin { file: FileId(0), line: record.line };
    // Undecodable bytes are marked by U+FFFD; a name must not be made of it.
    if memchr::memmem::find(record.text, "\u{fffd}".as_bytes()).is_some() {
        return Err(Problem::new(origin, Weight::Row, "bad-utf8"));
    }
    let object: Object<'_> = serde_json::from_slice(record.text).map_err(|error| {
        // Not the error's own words: they quote the record.
        let line = record.line + (error.line() as u32).saturating_sub(1);
        Problem::new(Origin { line, ..origin }, Weight::Row, "bad-json")
    })?;
    take(&object, stem, origin, groups, inventory)
}

/// Draws the conclusions that need all objects.
fn finish(groups: &Groups, inventory: &mut Inventory) {
    groups.resolve(inventory);
    inventory.columns.0 = record::NAMES.iter().map(|name| (*name).to_owned()).collect();
}

/// True where the object is one of a kind that is read.
fn take(
    object: &Object<'_>,
    stem: &str,
    origin: Origin,
    groups: &mut Groups,
    inventory: &mut Inventory,
) -> Result<bool, Problem> {
    let kind = object.kind();
    if kind == Kind::Other {
        return Ok(false);
    }
    let system = system(&object.properties, stem, inventory);
    match kind {
        Kind::Group => groups.add(system, object),
        Kind::Domain => policy(&object.properties, system, origin, inventory),
        _ if windows::rid(&object.id).is_none() => return Ok(false),
        _ => account(object, system, origin, inventory)?,
    }
    Ok(true)
}

fn system(properties: &Properties<'_>, stem: &str, inventory: &mut Inventory) -> u16 {
    let from_dn = windows::domain_of(properties.distinguishedname.as_deref().unwrap_or_default());
    let domain = properties.domain.as_deref().unwrap_or_default().to_lowercase();
    let name = if from_dn.is_empty() { domain } else { from_dn };
    if name.is_empty() {
        inventory.system(SystemKind::Directory, stem, true)
    } else {
        inventory.system(SystemKind::Directory, &name, false)
    }
}

fn account(
    object: &Object<'_>,
    system: u16,
    origin: Origin,
    inventory: &mut Inventory,
) -> Result<(), Problem> {
    let properties = &object.properties;
    let text =
        |field: &Option<std::borrow::Cow<'_, str>>| field.as_deref().unwrap_or("").to_owned();
    let login = text(&properties.samaccountname);
    if login.is_empty() {
        return Err(Problem::new(origin, Weight::Row, "empty-account").column("samaccountname"));
    }
    let (name, mail) = (text(&properties.displayname), text(&properties.email));
    let (job, primary) = (text(&properties.title), windows::rid(object.primary_group()));
    let mut draft = Draft {
        login: &login,
        native: &object.id,
        rid: windows::rid(&object.id),
        primary_group: primary.unwrap_or(0),
        name: &name,
        mail: &mail,
        job: &job,
        created: day(properties.whencreated),
        password_set: day(properties.pwdlastset),
        flags: flags(object, &login),
        origin,
        ..Draft::default()
    };
    let minute = |seconds: Option<i64>| Minute::said(seconds.and_then(unix_minute));
    draft.clock.created = minute(properties.whencreated);
    draft.clock.password_set = minute(properties.pwdlastset);
    let dn = properties.distinguishedname.as_deref().unwrap_or_default();
    windows::conflict_object(dn, &login, &mut draft.flags);
    if draft.created == Stamp::NEVER {
        draft.created = Stamp::UNKNOWN;
    }
    draft.used(day(properties.lastlogontimestamp), LastUse::LogonTimestamp);
    draft.used(day(properties.lastlogon), LastUse::LastLogon);
    inventory.push_account(system, &draft);
    Ok(())
}

/// Seconds since 1970; 0 and -1 are "never".
fn day(seconds: Option<i64>) -> Stamp {
    match seconds {
        None => Stamp::UNKNOWN,
        Some(..=0) => Stamp::NEVER,
        Some(seconds) => Stamp::from(unix_seconds(seconds)),
    }
}

fn flags(object: &Object<'_>, login: &str) -> Flags {
    let properties = &object.properties;
    let mut flags = Flags::default();
    if let Some(bits) = properties.useraccountcontrol.and_then(|bits| u32::try_from(bits).ok()) {
        windows::user_account_control(bits, &mut flags);
    }
    for (flag, answer) in properties.answers() {
        if let Some(answer) = answer {
            flags.set(flag, Tri::from(answer));
        }
    }
    // The collector computes it from a stamp that may lie in the past: a no says nothing.
    if properties.lockedout == Some(true) {
        flags.set(Flag::Locked, Tri::Yes);
    }
    if let Some(set) = properties.pwdlastset {
        flags.set(Flag::MustChange, Tri::from(set <= 0));
    }
    let managed = properties.gmsa == Some(true);
    if managed || object.kind() == Kind::Computer || login.ends_with('$') {
        flags.set(Flag::Machine, Tri::Yes);
    }
    if managed {
        flags.set(Flag::Managed, Tri::Yes);
    }
    if let Some(types) = properties.encryption_types() {
        windows::encryption_types(types, &mut flags);
    }
    windows::built_in(windows::rid(&object.id), login, &mut flags);
    windows::primary_group(windows::rid(object.primary_group()).unwrap_or(0), &mut flags);
    flags
}

fn policy(properties: &Properties<'_>, system: u16, origin: Origin, inventory: &mut Inventory) {
    let count = |number: Option<i64>| number.and_then(|n| u32::try_from(n).ok());
    let bit = |mask: i64| properties.pwdproperties.map_or(Tri::Unknown, |b| (b & mask != 0).into());
    let policy = PasswordPolicy {
        system,
        min_length: count(properties.minpwdlength),
        history: count(properties.pwdhistorylength),
        complexity: bit(1),
        reversible: bit(0x10),
        lockout_threshold: count(properties.lockoutthreshold),
        lockout_window: properties.lockoutobservationwindow.as_ref().and_then(record::minutes),
        lockout_minutes: properties.lockoutduration.as_ref().and_then(record::minutes),
        max_age_days: properties.maxpwdage.as_ref().and_then(record::days),
        min_age_days: properties.minpwdage.as_ref().and_then(record::days),
        origin,
        ..PasswordPolicy::default()
    };
    if policy.says_something() {
        inventory.password_policies.push(policy);
    }
}
