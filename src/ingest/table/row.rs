//! One record → one account, roster row or link, as the source description says.

mod account;
mod cells;
mod lists;
pub(crate) mod meaning;
mod person;
pub(crate) mod strength;

pub(super) use cells::Cells;

use crate::ingest::framing::blocks::undecodable;
use crate::ingest::framing::csv::Row;
use crate::ingest::source::Source;
use crate::ingest::table::header::Layout;
use crate::ingest::windows;
use crate::model::arena::NameId;
use crate::model::column::Column;
use crate::model::credential::State;
use crate::model::file::{Origin, Problem, Weight};
use crate::model::inventory::Inventory;
use crate::model::site::SystemKind;
use crate::rules::source::{Makes, Role, SourceSpec, SystemName};
use crate::text::encoding::{self, Encoding, FORMULA_MARK};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::Relaxed};

/// What to do with each column, decided once per file.
pub(super) struct Plan<'a> {
    pub(super) spec: &'a SourceSpec,
    pub(super) layout: &'a Layout,
    wanted: Vec<usize>,
    roles: Vec<Role>,
    tombstone: Option<usize>,
    file_system: (String, bool),
    /// A groups cell held the name of its .NET type instead of values.
    type_names: AtomicBool,
    /// Stamps that a spreadsheet has rounded, where another column gave the day.
    rounded: AtomicU32,
}

/// The system of the row before: most rows of a file belong to one system.
#[derive(Default)]
pub(super) struct Systems {
    last: Option<(String, u16)>,
    /// What an access log said so far.
    log: lists::LogDays,
}

/// A cell that spoils its row.
struct BadCell {
    index: usize,
    code: &'static str,
}

impl<'a> Plan<'a> {
    pub(super) fn new(spec: &'a SourceSpec, layout: &'a Layout, source: &Source<'_>) -> Self {
        let tombstone =
            spec.tombstone.as_ref().and_then(|(key, _)| layout.keys.iter().position(|k| k == key));
        let mut seen = Vec::new();
        let (mut wanted, mut roles) = (Vec::new(), Vec::new());
        for (column, role) in layout.roles.iter().enumerate() {
            if let Some(role) = role.filter(|r| *r != Role::Ignore && !seen.contains(r)) {
                wanted.push(column);
                roles.push(role);
                if !repeats(role) {
                    seen.push(role);
                }
            }
        }
        let tombstone = tombstone.map(|column| {
            wanted.push(column);
            roles.push(Role::Ignore);
            wanted.len() - 1
        });
        Self {
            spec,
            layout,
            wanted,
            roles,
            tombstone,
            file_system: file_system(spec, source),
            type_names: AtomicBool::new(false),
            rounded: AtomicU32::new(0),
        }
    }

    /// Takes one record over into the inventory.
    pub(super) fn take(
        &self,
        record: &Row<'_>,
        origin: Origin,
        cells: &mut Cells<'_>,
        systems: &mut Systems,
        part: &mut Inventory,
    ) {
        if let Err(column) = cells.load(record, &self.wanted) {
            let formula = *record.get(column) == *FORMULA_MARK;
            let code = if formula { "formula-error" } else { undecodable(cells.encoding) };
            let problem = Problem::new(origin, Weight::Row, code);
            return part.refuse(problem.column(self.column_name(column)));
        }
        if self.carries_nothing(record, cells) {
            return part.rows.skip();
        }
        let width = self.layout.width;
        let trailing = record.len() == width + 1 && record.get(width).is_empty();
        if record.len() != width && !trailing {
            let detail = format!("{} fields, header {width}", record.len());
            return part.refuse(Problem::new(origin, Weight::Row, "field-count").detail(detail));
        }
        let taken = match self.spec.makes {
            Makes::Accounts => self.account(origin, cells, systems, part),
            Makes::Roster => self.person(origin, cells, part),
            Makes::Links => self.link(cells, part),
            Makes::Register => self.register_row(origin, cells, part),
            Makes::AccessLog => self.log_row(origin, cells, systems),
        };
        match taken {
            Ok(()) => part.rows.take(),
            Err(bad) => {
                let name = self.wanted.get(bad.index).map(|&column| self.column_name(column));
                let problem = Problem::new(origin, Weight::Row, bad.code);
                part.refuse(problem.column(name.unwrap_or_default()));
            }
        }
    }

    fn column_name(&self, column: usize) -> String {
        match self.layout.names.get(column) {
            Some(name) if self.layout.roles[column].is_some() => name.clone(),
            _ => format!("column {}", column + 1),
        }
    }

    /// Repeated headers and footers such as 合計 151件 or (151 rows).
    fn carries_nothing(&self, record: &Row<'_>, cells: &Cells<'_>) -> bool {
        let repeated = !self.wanted.is_empty()
            && (0..self.wanted.len()).all(|i| cells.get(i) == self.layout.names[self.wanted[i]]);
        repeated || footer(record, cells.encoding)
    }

    fn cell<'c>(&self, cells: &'c Cells<'_>, role: Role) -> &'c str {
        self.roles.iter().position(|r| *r == role).map_or("", |index| cells.get(index))
    }

    /// Passwords in clear are named by their column and number, never by a cell.
    pub(super) fn say_what_is_plain(&self, inventory: &mut Inventory) {
        let plain = inventory.credentials.iter().filter(|c| c.state == State::Plain).count();
        if plain > 0 {
            let column = self.layout.position(Role::Secret).map(|at| self.column_name(at));
            let problem = Problem::new(Origin::default(), Weight::Warning, "plaintext-column");
            let problem = problem.column(column.unwrap_or_default());
            inventory.problems.push(problem.detail(format!("{plain} cells")));
        }
    }

    pub(super) fn say_what_was_rounded(&self, inventory: &mut Inventory) {
        let count = self.rounded.load(Relaxed);
        if count > 0 {
            let problem = Problem::new(Origin::default(), Weight::Warning, "lossy-number");
            inventory.problems.push(problem.detail(format!("{count} cells")));
        }
    }

    fn system(&self, dn: &str, systems: &mut Systems, part: &mut Inventory) -> u16 {
        if let Some((last, id)) = &systems.last
            && (self.spec.system != SystemName::Dn || windows::has_domain_part(dn, last))
        {
            return *id;
        }
        let tail = if self.spec.system == SystemName::Dn { windows::domain_part(dn) } else { "" };
        let id = if tail.is_empty() {
            part.system(self.spec.kind, &self.file_system.0, self.file_system.1)
        } else {
            part.system(self.spec.kind, &windows::domain_of(tail), false)
        };
        if !self.spec.product.is_empty() {
            let product = part.names.intern(&self.spec.product);
            part.systems[id as usize].product = product;
        }
        systems.last = Some((tail.to_owned(), id));
        id
    }

    /// A groups column with type names counts as absent for everybody: an empty cell beside them
    /// says no more than they do.
    pub(super) fn drop_type_names(&self, inventory: &mut Inventory) {
        if self.type_names.load(Relaxed) {
            inventory.accounts.groups = Column::new(NameId::EMPTY);
            let problem = Problem::new(Origin::default(), Weight::Warning, "type-name");
            let column = self.layout.position(Role::Groups).map(|at| self.column_name(at));
            inventory.problems.push(problem.column(column.unwrap_or_default()));
        }
    }
}

/// PowerShell's ASCII turns every Japanese name into question marks.
pub(super) fn say_what_was_lost(inventory: &mut Inventory) {
    let accounts = &inventory.accounts;
    let lost = |row: &u32| {
        let name = inventory.text.get(accounts.name.get(*row));
        !name.is_empty() && name.chars().all(|c| matches!(c, '?' | ' '))
    };
    let count = (0..accounts.len()).filter(lost).count();
    if count > 0 && count * 2 >= accounts.len() as usize {
        let problem = Problem::new(Origin::default(), Weight::Warning, "names-lost");
        inventory.problems.push(problem.detail(format!("{count} names")));
    }
}

/// Roles that several columns may feed.
const fn repeats(role: Role) -> bool {
    matches!(
        role,
        Role::Field
            | Role::History
            | Role::Event
            | Role::LogonTimestamp
            | Role::LastLogon
            | Role::LastUse
            | Role::SignIn
    )
}

fn file_system(spec: &SourceSpec, source: &Source<'_>) -> (String, bool) {
    if let SystemName::Fixed(name) = &spec.system {
        return (name.clone(), false);
    }
    if spec.kind == SystemKind::Host {
        return source.host();
    }
    if let Some(folder) = source.system_folder() {
        return (folder.to_owned(), spec.kind == SystemKind::Application);
    }
    if spec.system == SystemName::Product {
        return (spec.product.clone(), false);
    }
    let open = spec.system == SystemName::Dn || spec.kind == SystemKind::Application;
    (source.dateless_stem(), open)
}

fn footer(record: &Row<'_>, encoding: Encoding) -> bool {
    let mut filled = record.filled(3);
    let (Some(first), _, None) = (filled.next(), filled.next(), filled.next()) else {
        return false;
    };
    let bytes = record.get(first);
    let Ok(word) = encoding::decode(encoding, &bytes) else { return false };
    let word = word.trim().trim_start_matches(['(', '（']);
    let counted = word.starts_with(|c: char| c.is_ascii_digit()) && word.ends_with('件');
    counted
        || word.ends_with("rows)")
        || ["合計", "総計", "件数", "以上", "Total", "total"].iter().any(|w| word.starts_with(w))
}
