//! One record → one roster row, or one link between an account and a person.

use super::{BadCell, Cells, Plan};
use crate::model::day::Stamp;
use crate::model::file::Origin;
use crate::model::inventory::{Inventory, RosterDraft};
use crate::model::person::Employment;
use crate::rules::source::Role;

impl Plan<'_> {
    pub(super) fn person(
        &self,
        origin: Origin,
        cells: &Cells<'_>,
        part: &mut Inventory,
    ) -> Result<(), BadCell> {
        let at = |role| self.roles.iter().position(|r| *r == role).unwrap_or(0);
        let day = |role| {
            self.day(role, self.cell(cells, role)).map_err(|code| BadCell { index: at(role), code })
        };
        let draft = RosterDraft {
            employee: self.cell(cells, Role::Employee),
            name: self.cell(cells, Role::Name),
            kana: self.cell(cells, Role::Kana),
            login: self.cell(cells, Role::Login),
            mail: self.cell(cells, Role::Mail),
            department: self.cell(cells, Role::Department),
            job: self.cell(cells, Role::Job),
            class: self.cell(cells, Role::Class),
            joined: day(Role::Joined)?,
            left: match day(Role::Left)? {
                // A column that is there and empty says that nobody left; one that is not, nothing.
                Stamp::UNKNOWN if self.roles.contains(&Role::Left) => Stamp::NEVER,
                left => left,
            },
            status: match employment(self.cell(cells, Role::Status)) {
                Employment::Unknown if day(Role::LeaveStart)? != Stamp::UNKNOWN => {
                    Employment::Leave
                }
                status => status,
            },
            origin,
        };
        if draft.employee.is_empty() && draft.name.is_empty() {
            return Err(BadCell { index: at(Role::Employee), code: "empty-account" });
        }
        part.push_roster(&draft);
        Ok(())
    }

    pub(super) fn link(&self, cells: &Cells<'_>, part: &mut Inventory) -> Result<(), BadCell> {
        let texts = [Role::System, Role::Login, Role::Employee].map(|r| self.cell(cells, r));
        if texts[1].is_empty() || texts[2].is_empty() {
            return Err(BadCell { index: 0, code: "empty-account" });
        }
        let spans = texts.map(|text| part.text.push(text));
        part.links.push((spans[0], spans[1], spans[2]));
        Ok(())
    }
}

fn employment(cell: &str) -> Employment {
    match cell {
        "在職" | "在籍" | "勤務" | "常勤" | "現職" | "active" => Employment::Active,
        "休職" | "育休" | "産休" | "休業" | "育児休業" | "産前産後休業" | "leave" => {
            Employment::Leave
        }
        "退職" | "離職" | "退職済" | "left" => Employment::Left,
        _ => Employment::Unknown,
    }
}
