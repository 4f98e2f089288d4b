//! Objects of a directory by their attributes: LDIF of ldapsearch and ldifde, csvde, dsquery.

mod account;
mod csvde;
mod dsquery;
mod entry;
mod field;
mod groups;
mod part;
mod policy;
#[cfg(test)]
mod tests;
mod values;

use crate::ingest::framing::blocks::{Blocks, Boundary};
use crate::ingest::source::{Probe, Source};
use crate::ingest::{Claim, FileError, Reader};
use crate::model::account::{Flag, LastUse};
use crate::model::day::Stamp;
use crate::model::file::{FileId, Origin, Problem, Weight};
use crate::model::inventory::Inventory;
use crate::model::tri::Tri;
use crate::rules::RuleSet;
use entry::Entry;
use field::Field;
use groups::Memberships;
use part::{Context, Part, read_block};
use rayon::prelude::*;

pub use csvde::Csvde;
pub use dsquery::{DsqueryList, DsqueryTable};

/// Reader of LDIF entries.
pub struct Ldif;

impl Reader for Ldif {
    fn name(&self) -> &'static str {
        "ldif"
    }

    fn claim(&self, probe: &Probe<'_>) -> Option<Claim> {
        let text = probe.text.trim_start_matches('\u{feff}');
        if text.starts_with("# extended LDIF") {
            return Some(Claim { score: 98, reason: "ldapsearch heading" });
        }
        let mut lines = text.lines().filter(|l| !l.is_empty() && !l.starts_with(['#', ' ']));
        let first = lines.next()?.to_ascii_lowercase();
        let dn = first.starts_with("dn:")
            || (first.starts_with("version:")
                && lines.next().is_some_and(|l| l.to_ascii_lowercase().starts_with("dn:")));
        dn.then_some(Claim { score: 95, reason: "dn: entries" })
    }

    fn read(
        &self,
        source: &mut Source<'_>,
        _rules: &RuleSet,
        inventory: &mut Inventory,
    ) -> Result<(), FileError> {
        let context = Context::new(source, true);
        let mut directory = Directory::default();
        let mut blocks = Blocks::new(source, Boundary::BlankLine);
        let width = rayon::current_num_threads().max(1);
        loop {
            let batch = blocks.batch(width)?;
            if batch.is_empty() {
                break;
            }
            let parts: Vec<Part<'_>> =
                batch.par_iter().map(|block| read_block(block, &context)).collect();
            for part in parts {
                directory.absorb(part, inventory);
            }
        }
        directory.finish(inventory);
        Ok(())
    }
}

/// What all parts of a file say together.
#[derive(Default)]
struct Directory {
    memberships: Memberships,
    carried: Carried,
    used: u64,
}

impl Directory {
    fn absorb(&mut self, part: Part<'_>, inventory: &mut Inventory) {
        inventory.absorb(part.inventory);
        self.memberships.absorb(part.memberships);
        self.carried.absorb(part.carried);
        self.used |= part.used;
    }

    /// Draws the conclusions that need the whole file.
    fn finish(self, inventory: &mut Inventory) {
        self.memberships.resolve(inventory);
        self.carried.fill_absences(inventory);
        report_truncated(&self.memberships, inventory);
        inventory.columns.0 = field::names(self.used);
    }
}

/// Attributes that some entry carried: their absence elsewhere then says something.
#[derive(Clone, Copy, Default)]
struct Carried {
    logon_timestamp: bool,
    last_logon: bool,
    admin_count: bool,
    noted: bool,
    encryption: bool,
    seen: entry::Seen,
}

impl Carried {
    fn note(&mut self, entry: &Entry<'_>) {
        self.logon_timestamp |= entry.has(Field::LogonTimestamp);
        self.last_logon |= entry.has(Field::LastLogon);
        self.admin_count |= entry.has(Field::AdminCount);
        self.noted |= entry.has(Field::Description);
        self.encryption |= entry.has(Field::EncryptionTypes);
        self.seen.add(entry.seen);
    }

    const fn absorb(&mut self, other: Self) {
        self.logon_timestamp |= other.logon_timestamp;
        self.last_logon |= other.last_logon;
        self.admin_count |= other.admin_count;
        self.noted |= other.noted;
        self.encryption |= other.encryption;
        self.seen.add(other.seen);
    }

    /// Flags whose attribute would stand in the file if an account had it. Where all attributes
    /// were asked for, that is every one of them.
    fn answered(self) -> impl Iterator<Item = Flag> {
        let (seen, whole) = (self.seen, self.seen.whole);
        [
            (seen.spn || whole, Flag::HasSpn),
            (self.admin_count || whole, Flag::AdminCount),
            (self.noted || whole, Flag::NotedSecret),
            (whole, Flag::PasswordAttribute),
            (seen.sid_history || whole, Flag::SidHistory),
            (seen.delegates || whole, Flag::ConstrainedDelegation),
            (seen.workstations || whole, Flag::WorkstationLimit),
            (self.encryption || whole, Flag::NoAes),
            (self.encryption || whole, Flag::DesAllowed),
        ]
        .into_iter()
        .filter_map(|(answered, flag)| answered.then_some(flag))
    }

    fn fill_absences(self, inventory: &mut Inventory) {
        let accounts = &mut inventory.accounts;
        let logon = if self.logon_timestamp { LastUse::LogonTimestamp } else { LastUse::LastLogon };
        let answered: Vec<Flag> = self.answered().collect();
        for row in 0..accounts.len() {
            if (self.logon_timestamp || self.last_logon)
                && accounts.last_use.get(row) == Stamp::UNKNOWN
            {
                accounts.last_use.set(row, Stamp::NEVER);
                accounts.last_use_source.set(row, logon);
            }
            let mut flags = accounts.flags.get(row);
            let laps = self.seen.laps && flags.get(Flag::Machine).is_yes();
            for flag in answered.iter().copied().chain(laps.then_some(Flag::Laps)) {
                if flags.get(flag) == Tri::Unknown {
                    flags.set(flag, Tri::No);
                }
            }
            accounts.flags.set(row, flags);
        }
    }
}

/// Groups of which the server sent only a part of the members.
fn report_truncated(memberships: &Memberships, inventory: &mut Inventory) {
    for group in memberships.groups.iter().filter(|group| group.truncated) {
        let origin = Origin { file: FileId(0), line: group.line };
        let problem = Problem::new(origin, Weight::Warning, "range-truncated").column("member");
        inventory.problems.push(problem.detail(format!("{} members", group.members.len())));
    }
}
