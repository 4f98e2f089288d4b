//! What remedies must know of the accounts that findings are about.

use crate::audit::run::RunFacts;
use crate::audit::sink::NO_ROW;
use crate::audit::site::SiteFacts;
use crate::model::account::Flag;
use crate::model::arena::Arena;
use crate::model::column::Column;
use crate::model::remedy::{Remedy, Spare};
use hashbrown::HashMap;

/// Relative ids of the accounts that every domain has: Administrator, Guest, krbtgt.
const BUILT_IN: std::ops::RangeInclusive<u32> = 500..=502;

/// Facts by subject; `known` gives the number of a subject by site, system and row.
pub(super) fn of(
    facts: &RunFacts<'_>,
    known: &HashMap<(u16, u16, u32), u32>,
    text: &mut Arena,
) -> Column<Remedy> {
    let mut subjects: Vec<_> = known.iter().filter(|((.., row), _)| *row != NO_ROW).collect();
    subjects.sort_unstable_by_key(|(_, subject)| **subject);
    let mut remedies = Column::new(Remedy::UNKNOWN);
    for (&(site, _, row), &subject) in subjects {
        let site = &facts.sites[site as usize];
        let sid = text.push(sid(site, row));
        remedies.set(subject, Remedy { sid, spare: spare(site, row) });
    }
    remedies
}

/// The account's SID, where its own id is one of a domain.
fn sid<'a>(site: &'a SiteFacts<'_>, row: u32) -> &'a str {
    let inventory = site.inventory;
    let native = inventory.text.get(inventory.accounts.native.get(row));
    if native.starts_with("S-1-5-21-") { native } else { "" }
}

fn spare(site: &SiteFacts<'_>, row: u32) -> Spare {
    let accounts = &site.inventory.accounts;
    let any = |flags: &[Flag]| flags.iter().any(|&flag| accounts.flag(row, flag).is_yes());
    let rid = accounts.rid.get(row);
    match () {
        // Relative ids are kept one higher, so that none is zero.
        () if rid > 0 && BUILT_IN.contains(&(rid - 1)) || any(&[Flag::BuiltIn]) => Spare::BuiltIn,
        () if site.break_glass(row) => Spare::BreakGlass,
        () if any(&[Flag::Service, Flag::HasSpn, Flag::Managed, Flag::Machine]) => Spare::Service,
        () if any(&[Flag::Shared, Flag::Vendor]) => Spare::Declared,
        () if site.privileged(row).is_yes() => Spare::Administrator,
        () => Spare::None,
    }
}
