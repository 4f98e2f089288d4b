//! LDIF of a directory: ldapsearch, ldifde.

mod account;
mod entry;
mod groups;
mod part;
#[cfg(test)]
mod tests;

use crate::ingest::framing::blocks::{Blocks, Boundary};
use crate::ingest::source::{Probe, Source};
use crate::ingest::{Claim, FileError, Reader};
use crate::model::account::{Flag, LastUse};
use crate::model::day::Stamp;
use crate::model::file::{FileId, Origin, Problem, Weight};
use crate::model::inventory::Inventory;
use crate::model::tri::Tri;
use crate::rules::RuleSet;
use groups::Memberships;
use hashbrown::DefaultHashBuilder;
use part::{Context, Part, read_block};
use rayon::prelude::*;

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
        let context =
            Context { stem: source.dateless_stem(), hasher: DefaultHashBuilder::default() };
        let (mut memberships, mut carried) = (Memberships::default(), Carried::default());
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
                inventory.absorb(part.inventory);
                memberships.absorb(part.memberships);
                carried.absorb(part.carried);
            }
            for block in batch {
                blocks.recycle(block);
            }
        }
        memberships.resolve(inventory);
        carried.fill_absences(inventory);
        report_truncated(&memberships, inventory);
        Ok(())
    }
}

/// Attributes that some entry carried: their absence elsewhere then says something.
#[derive(Clone, Copy, Default)]
#[allow(clippy::struct_excessive_bools, reason = "each is an attribute of its own")]
struct Carried {
    logon_timestamp: bool,
    last_logon: bool,
    spn: bool,
    admin_count: bool,
}

impl Carried {
    const fn absorb(&mut self, other: Self) {
        self.logon_timestamp |= other.logon_timestamp;
        self.last_logon |= other.last_logon;
        self.spn |= other.spn;
        self.admin_count |= other.admin_count;
    }

    fn fill_absences(self, inventory: &mut Inventory) {
        let accounts = &mut inventory.accounts;
        let logon = if self.logon_timestamp { LastUse::LogonTimestamp } else { LastUse::LastLogon };
        for row in 0..accounts.len() {
            if (self.logon_timestamp || self.last_logon)
                && accounts.last_use.get(row) == Stamp::UNKNOWN
            {
                accounts.last_use.set(row, Stamp::NEVER);
                accounts.last_use_source.set(row, logon);
            }
            let mut flags = accounts.flags.get(row);
            for (carried, flag) in [(self.spn, Flag::HasSpn), (self.admin_count, Flag::AdminCount)]
            {
                if carried && flags.get(flag) == Tri::Unknown {
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
