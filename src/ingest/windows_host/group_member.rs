//! Get-LocalGroupMember | Export-Csv: the members of a local group, mostly Administrators.

use super::{ADMINISTRATORS, LIMIT, Place, at};
use crate::ingest::framing::blocks::undecodable;
use crate::ingest::framing::csv::{Event, Row, records};
use crate::ingest::source::{Probe, Source};
use crate::ingest::windows::{self, is_everybody, is_privileged_name};
use crate::ingest::{Claim, FileError, Reader};
use crate::model::account::{Draft, Flag, Flags};
use crate::model::file::{Origin, Problem, Weight};
use crate::model::inventory::Inventory;
use crate::model::tri::Tri;
use crate::rules::RuleSet;
use crate::text::name::key;

/// Reader of the members of a local group.
pub struct GroupMember;

/// Names of files that say which group is meant.
const ADMIN_WORDS: [&str; 2] = ["admin", "管理者"];

impl Reader for GroupMember {
    fn name(&self) -> &'static str {
        "get-localgroupmember"
    }

    fn claim(&self, probe: &Probe<'_>) -> Option<Claim> {
        let (_, header) = header(probe.text)?;
        // Get-LocalUser has the same three and many more.
        (!header.has("enabled") && !header.has("passwordrequired"))
            .then_some(Claim { score: 94, reason: "columns of Get-LocalGroupMember" })
    }

    fn read(
        &self,
        source: &mut Source<'_>,
        _rules: &RuleSet,
        inventory: &mut Inventory,
    ) -> Result<(), FileError> {
        let (place, damage) = (Place::of(source), undecodable(source.encoding));
        let stem = source.stem().to_lowercase();
        let text = source.text(LIMIT)?;
        let (first, header) = header(&text).ok_or_else(|| FileError::new("unknown-header"))?;
        let named = ADMIN_WORDS.iter().any(|word| stem.contains(word));
        let group = if named || has_administrator(&text) { ADMINISTRATORS } else { "" };
        let mut list = List { place, group: group.to_owned(), header, damage, inventory };
        let width = list.header.names.len();
        records(text.as_bytes(), 1, b',', width, |line, event| match event {
            _ if line <= first => {}
            Event::Bad(code, detail) => {
                let problem = Problem::new(at(line), Weight::Row, code);
                list.inventory.refuse(problem.detail(detail));
            }
            Event::Record(row) if row.filled(1).next().is_none() => list.inventory.rows.skip(),
            Event::Record(row) => list.take(row, at(line)),
        });
        list.finish();
        Ok(())
    }
}

/// The built-in administrator is a member of Administrators alone.
fn has_administrator(text: &str) -> bool {
    text.split([',', '"', '\r', '\n']).any(|cell| windows::rid(cell) == Some(500))
}

struct Header {
    names: Vec<String>,
}

impl Header {
    fn has(&self, name: &str) -> bool {
        self.at(name).is_some()
    }

    fn at(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|n| n == name)
    }
}

/// The header and its line, behind a `#TYPE` line if there is one.
fn header(text: &str) -> Option<(u32, Header)> {
    let text = text.trim_start_matches('\u{feff}');
    let (index, line) = text.lines().enumerate().find(|(_, line)| !line.starts_with("#TYPE"))?;
    let names = line.split(',').map(|name| key(name.trim().trim_matches('"'))).collect();
    let header = Header { names };
    let fits = ["name", "sid", "principalsource"].iter().all(|name| header.has(name));
    fits.then_some((index as u32 + 1, header))
}

struct List<'i> {
    place: Place,
    group: String,
    header: Header,
    damage: &'static str,
    inventory: &'i mut Inventory,
}

impl List<'_> {
    fn take(&mut self, row: &Row<'_>, origin: Origin) {
        if row.len() != self.header.names.len() {
            let detail = format!("{} fields, header {}", row.len(), self.header.names.len());
            let problem = Problem::new(origin, Weight::Row, "field-count").detail(detail);
            return self.inventory.refuse(problem);
        }
        let cell = |name: &str| {
            let bytes = self.header.at(name).map(|at| row.get(at).into_owned()).unwrap_or_default();
            String::from_utf8_lossy(&bytes).trim().to_owned()
        };
        let (name, sid, source) = (cell("name"), cell("sid"), cell("principalsource"));
        let (host, own_group) = (cell("pscomputername"), cell("group"));
        if [&name, &sid].iter().any(|cell| cell.contains('\u{fffd}')) {
            return self.inventory.refuse(Problem::new(origin, Weight::Row, self.damage));
        }
        let login = name.rsplit_once('\\').map_or(&*name, |(_, login)| login);
        if login.is_empty() {
            let problem = Problem::new(origin, Weight::Row, "empty-account").column("Name");
            return self.inventory.refuse(problem);
        }
        if !host.is_empty() {
            self.place = Place::host(&host);
        }
        // Members from a domain are accounts or groups of that domain, not of this machine.
        let group = if own_group.is_empty() { self.group.clone() } else { own_group };
        let foreign = !source.is_empty() && !source.eq_ignore_ascii_case("local");
        if foreign || is_everybody(&name) {
            self.place.note_member(&name, &group, origin.line, self.inventory);
            return;
        }
        let rid = windows::rid(&sid);
        let mut flags = Flags::default();
        windows::built_in(rid, login, &mut flags);
        if is_privileged_name(&group) {
            flags.set(Flag::Privileged, Tri::Yes);
        }
        let draft =
            Draft { login, native: &sid, rid, groups: &group, flags, origin, ..Draft::default() };
        self.place.push(&draft, self.inventory);
    }

    fn finish(self) {
        let used = ["name", "sid", "principalsource", "pscomputername", "group"];
        for (index, name) in self.header.names.iter().enumerate() {
            let columns = &mut self.inventory.columns;
            if used.contains(&&**name) {
                columns.0.push(name.clone());
            } else {
                columns.1.push(format!("column {}", index + 1));
            }
        }
        if self.group != ADMINISTRATORS {
            if !self.header.has("group") {
                let problem = Problem::new(Origin::default(), Weight::Warning, "group-unnamed");
                self.inventory.problems.push(problem);
            }
            return;
        }
        let systems: Vec<u16> = (0..self.inventory.systems.len() as u16).collect();
        self.inventory.admins_listed.extend(systems);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::testing::{claim, login, read};

    const LIST: &str = "#TYPE x\r\n\"Name\",\"SID\",\"PrincipalSource\",\"ObjectClass\"\r\n\
        \"PC01\\Administrator\",\"S-1-5-21-1-2-3-500\",\"Local\",\"User\"\r\n\
        \"PC01\\宿直\",\"S-1-5-21-1-2-3-1001\",\"Local\",\"User\"\r\n\
        \"CORP\\Domain Admins\",\"S-1-5-21-9-9-9-512\",\"ActiveDirectory\",\"Group\"\r\n\
        \"PC01\\\",\"\",\"Local\",\"User\"\r\n";

    #[test]
    fn a_group_that_everybody_is_in_is_kept_by_name() {
        let list = LIST.replace("Domain Admins", "Domain Users").replace("-512", "-513");
        let part = read(&GroupMember, "host/PC01_members.csv", list.as_bytes());
        assert_eq!((part.rows.read, part.rows.ok, part.rows.skipped), (4, 2, 1));
        let fact = part.facts[0];
        assert_eq!((part.text.get(fact.value), fact.origin.line), ("Domain Users", 5));
        assert!(read(&GroupMember, "host/PC01_members.csv", LIST.as_bytes()).facts.is_empty());
    }

    #[test]
    fn administrators_of_a_pc() {
        let part = read(&GroupMember, "host/PC01_members.csv", LIST.as_bytes());
        assert_eq!((part.rows.read, part.rows.ok, part.rows.skipped), (4, 2, 1));
        assert_eq!((login(&part, 1), part.accounts.flag(1, Flag::Privileged)), ("宿直", Tri::Yes));
        assert_eq!(part.admins_listed.len(), 1);
        assert_eq!((part.problems[0].code, part.problems[0].origin.line), ("empty-account", 6));
    }

    #[test]
    fn a_group_that_nobody_names_makes_no_administrator() {
        let text = LIST.replace("-500", "-1000");
        let part = read(&GroupMember, "host/PC01_members.csv", text.as_bytes());
        assert_eq!(part.accounts.flag(0, Flag::Privileged), Tri::Unknown);
        assert!(part.problems.iter().any(|p| p.code == "group-unnamed"));
        assert_eq!(claim(&GroupMember, "x/a", &text), 94);
    }
}
