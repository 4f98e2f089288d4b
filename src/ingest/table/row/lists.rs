//! Rows that are no accounts: registers, the ledger, declarations, access logs.

use super::{BadCell, Cells, Plan, Systems};
use crate::ingest::table::values;
use crate::model::day::{Day, Stamp, When};
use crate::model::file::{Origin, Problem, Weight};
use crate::model::inventory::Inventory;
use crate::model::register::{Field, LogSpan, LogUse, RegisterRow};
use crate::model::site::SystemKind;
use crate::model::tri::Tri;
use crate::rules::source::{Makes, Role};
use hashbrown::HashMap;

/// What the log rows of a chunk say about each login, and about the time they cover.
#[derive(Default)]
pub(super) struct LogDays {
    last: HashMap<String, (Day, Origin)>,
    span: Option<(Day, Day)>,
}

impl Plan<'_> {
    /// A row of a register: every filled column is kept under its name.
    pub(super) fn register_row(
        &self,
        origin: Origin,
        cells: &Cells<'_>,
        part: &mut Inventory,
    ) -> Result<(), BadCell> {
        let Some(register) = self.spec.register else { return Ok(()) };
        let mut row = RegisterRow { register, texts: Vec::new(), days: Vec::new(), origin };
        for (index, &column) in self.wanted.iter().enumerate() {
            let Some(field) = self.spec.field_of(&self.layout.keys[column]) else { continue };
            let cell = cells.get(index);
            if field.is_day() {
                let role = if ends(field) { Role::Expires } else { Role::Created };
                let day = self.day(role, cell).map_err(|code| BadCell { index, code })?;
                if day != Stamp::UNKNOWN {
                    row.days.push((field, day));
                }
            } else if !cell.is_empty() {
                row.texts.push((field, part.text.push(cell)));
            }
        }
        part.registers.push(row);
        Ok(())
    }

    /// A row of an access log. Only the newest use of each login is kept.
    pub(super) fn log_row(
        &self,
        origin: Origin,
        cells: &Cells<'_>,
        systems: &mut Systems,
    ) -> Result<(), BadCell> {
        let at = |role| self.roles.iter().position(|r| *r == role).unwrap_or(0);
        let login = self.cell(cells, Role::Login);
        if login.is_empty() {
            return Err(BadCell { index: at(Role::Login), code: "empty-account" });
        }
        let index = at(Role::LastUse);
        let stamp = self.day(Role::LastUse, self.cell(cells, Role::LastUse));
        let When::On(day) = stamp.map_err(|code| BadCell { index, code })?.when() else {
            return Err(BadCell { index, code: "bad-date" });
        };
        let log = &mut systems.log;
        log.span = Some(log.span.map_or((day, day), |(a, b)| (a.min(day), b.max(day))));
        if self.failed(cells) {
            return Ok(());
        }
        match log.last.get_mut(login) {
            Some(last) if last.0 >= day => {}
            Some(last) => *last = (day, origin),
            None => {
                log.last.insert(login.to_owned(), (day, origin));
            }
        }
        Ok(())
    }

    // An attempt that failed is no use.
    fn failed(&self, cells: &Cells<'_>) -> bool {
        let events = self.roles.iter().zip(0..).filter(|(role, _)| **role == Role::Event);
        values::yes_no(self.cell(cells, Role::Success)) == Tri::No
            || events.into_iter().any(|(_, index)| cells.get(index).contains("失敗"))
    }

    /// Hands over what a chunk of a log said.
    pub(in crate::ingest::table) fn flush(&self, systems: &mut Systems, part: &mut Inventory) {
        let log = std::mem::take(&mut systems.log);
        let Some((first, last)) = log.span else { return };
        let system = part.names.intern(&self.file_system.0);
        let mut uses: Vec<_> = log.last.into_iter().collect();
        uses.sort_unstable();
        for (login, (last, origin)) in uses {
            let login = part.text.push(&login);
            part.log_uses.push(LogUse { system, login, last, origin });
        }
        part.log_spans.push(LogSpan { system, first, last, origin: Origin::default() });
    }

    /// A state column whose name does not say which way it points is left unread, and said to be.
    fn say_what_points_nowhere(&self, inventory: &mut Inventory) {
        let columns = self.layout.keys.iter().zip(&self.layout.roles).enumerate();
        let open = columns.filter(|(_, (key, role))| role.is_none() && is_state(key));
        for (at, _) in open.filter(|_| self.spec.makes == Makes::Accounts) {
            let problem = Problem::new(Origin::default(), Weight::Warning, "polarity");
            inventory.problems.push(problem.column(self.column_name(at)));
        }
    }

    /// Notes the list as given, and what the table as a whole says about its systems.
    pub(in crate::ingest::table) fn note_whole(&self, inventory: &mut Inventory) {
        self.say_what_points_nowhere(inventory);
        if let Some(register) = self.spec.register
            && !inventory.given.contains(&register)
        {
            inventory.given.push(register);
        }
        let vpn = self.file_system.0.to_ascii_lowercase().contains("vpn");
        for index in 0..inventory.systems.len() {
            let system = &mut inventory.systems[index];
            if self.spec.remote || (vpn && system.kind == SystemKind::Application) {
                system.remote = Tri::Yes;
            }
            if self.spec.lists_factors {
                inventory.lists_factors.push(index as u16);
            }
        }
    }
}

fn is_state(key: &str) -> bool {
    let flag = ["フラグ", "区分", "flag"].iter().any(|end| key.ends_with(end));
    let about = ["使用", "利用", "有効", "状態", "ログイン", "アカウント", "status", "active"];
    flag && about.iter().any(|word| key.contains(word))
}

const fn ends(field: Field) -> bool {
    matches!(field, Field::ContractEnd | Field::EndDate | Field::ReviewDate)
}
