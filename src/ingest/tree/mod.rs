//! Configurations that are trees of words, whatever their syntax: braces, `set` lines, XML, JSON.
//!
//! A syntax turns a file into statements, each with the whole path of words that leads to it. A
//! product is a table of patterns over such paths. What fits is gathered until the end of the
//! device and then settled into the inventory, since a role or a name may follow its secret.

mod brace;
mod entity;
mod forms;
mod gather;
mod json;
mod quote;
#[cfg(test)]
mod reach;
mod seen;
mod settle;
mod sight;
mod suspicion;
mod table;
#[cfg(test)]
mod tests;
mod text;
mod xml;

mod airos;
mod eaton;
mod f5;
mod gaia;
mod junos;
mod netscaler;
mod panos;
mod pfsense;
mod routeros;
mod vyos;

pub(super) use airos::AIROS;
pub(super) use eaton::EATON;
pub(super) use f5::F5;
pub(super) use gaia::GAIA;
pub(super) use junos::JUNOS;
pub(super) use netscaler::NETSCALER;
pub(super) use panos::PANOS;
pub(super) use pfsense::PFSENSE;
pub(super) use routeros::ROUTEROS;
pub(super) use vyos::VYOS;

use crate::ingest::device::{CONFIG_LIMIT, fallback_name, origin};
use crate::ingest::framing::blocks::undecodable;
use crate::ingest::source::{Probe, Source};
use crate::ingest::{Claim, FileError, Reader};
use crate::model::file::{Problem, Weight};
use crate::model::inventory::Inventory;
use crate::rules::RuleSet;
use gather::Gather;
use settle::Named;
use std::sync::LazyLock;
use table::Table;
use zeroize::Zeroizing;

/// Begins a key that a syntax made up for an entry of a list; no text has it.
const COUNTED: char = '\u{1}';

/// Deepest nesting of blocks, elements or objects.
const DEPTH: usize = 64;

/// A product that writes its configuration as a tree; one file each.
pub(super) struct Product {
    /// Name of the reader.
    name: &'static str,
    /// Name of the product, in lower case.
    system: &'static str,
    /// Judges the beginning of a file.
    claim: fn(&Probe<'_>) -> Option<Claim>,
    /// Beginnings of lines that it asks for.
    signs: &'static [&'static [&'static str]],
    /// Reads a part of a file, whose first physical line has this number.
    syntax: fn(&str, u32, &mut Gather<'_>),
    /// True where the syntax has lines and the file may come from a terminal.
    lines: bool,
    table: &'static LazyLock<Table>,
    /// Roles that may change everything.
    admins: &'static [&'static str],
    /// True where an account of the device may do everything unless something else is said.
    admin_by_default: bool,
    /// Values that are secrets by their look, whatever their name.
    sealed: &'static [forms::Prefix],
    /// Words before a pattern that tell no virtual device apart.
    noise: &'static [&'static str],
}

impl Reader for Product {
    fn name(&self) -> &'static str {
        self.name
    }

    fn signs(&self) -> &'static [&'static [&'static str]] {
        self.signs
    }

    fn claim(&self, probe: &Probe<'_>) -> Option<Claim> {
        (self.claim)(probe)
    }

    fn read(
        &self,
        source: &mut Source<'_>,
        _rules: &RuleSet,
        inventory: &mut Inventory,
    ) -> Result<(), FileError> {
        let (name, provisional) = fallback_name(source);
        let damage = undecodable(source.encoding);
        let text = source.text(CONFIG_LIMIT)?;
        let whole = text.trim_start_matches('\u{feff}');
        // XML and JSON may stand on one line, however long.
        if self.lines && !whole.trim_start().starts_with('<') {
            self.read_lines(whole, &name, provisional, damage, inventory);
        } else {
            let mut gather = Gather::new(self, damage);
            (self.syntax)(whole, 1, &mut gather);
            settle::settle(gather, &Named { name: &name, provisional }, inventory);
        }
        let rows = &mut inventory.rows;
        rows.read = text::count(whole).max(rows.ok + rows.quarantined);
        rows.skipped = rows.read - rows.ok - rows.quarantined;
        Ok(())
    }
}

impl Product {
    /// A prompt of another host begins another device.
    fn read_lines(
        &self,
        whole: &str,
        name: &str,
        provisional: bool,
        damage: &'static str,
        inventory: &mut Inventory,
    ) {
        let (clean, noise) = text::cleaned(whole);
        if let Some((line, count)) = noise {
            let problem = Problem::new(origin(line), Weight::Warning, "console-noise");
            inventory.problems.push(problem.detail(format!("{count} lines")));
        }
        let (clean, endless) = text::without_endless_lines(clean);
        for (line, length) in endless {
            let problem = Problem::new(origin(line), Weight::Row, "record-too-long");
            inventory.refuse(problem.detail(format!("{length} bytes")));
        }
        let clean = Zeroizing::new(clean.into_owned());
        let named = |host: &'_ str| {
            if host.is_empty() { (name.to_owned(), provisional) } else { (host.to_owned(), false) }
        };
        let (mut gather, mut host) = (Gather::new(self, damage), "");
        for part in text::parts(&clean) {
            if part.host != host && !gather.is_empty() {
                let done = std::mem::replace(&mut gather, Gather::new(self, damage));
                let (name, provisional) = named(host);
                settle::settle(done, &Named { name: &name, provisional }, inventory);
            }
            host = part.host;
            (self.syntax)(part.text, part.line, &mut gather);
        }
        let (name, provisional) = named(host);
        settle::settle(gather, &Named { name: &name, provisional }, inventory);
    }
}

/// A claim by the number of signs: one is a hint, three are proof enough.
fn by_signs(count: usize, reason: &'static str) -> Option<Claim> {
    let score = match count {
        0 => return None,
        1 => 60,
        2 => 80,
        _ => 88,
    };
    Some(Claim { score, reason })
}
