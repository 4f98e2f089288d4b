//! One record → one account, roster row or link, as the source description says.

mod lists;
pub(crate) mod meaning;
pub(crate) mod strength;

use crate::ingest::framing::blocks::undecodable;
use crate::ingest::framing::csv::Row;
use crate::ingest::source::Source;
use crate::ingest::table::header::Layout;
use crate::ingest::table::{values, windows_roles};
use crate::ingest::windows;
use crate::model::account::{Draft, Flag, LastUse, Minute, NO_GROUPS};
use crate::model::arena::NameId;
use crate::model::column::Column;
use crate::model::credential::State;
use crate::model::day::Stamp;
use crate::model::file::{Origin, Problem, Weight};
use crate::model::inventory::{CredentialDraft, Inventory, RosterDraft};
use crate::model::person::Employment;
use crate::model::site::SystemKind;
use crate::model::tri::Tri;
use crate::rules::source::{Makes, Role, SourceSpec, SystemName};
use crate::text::date::FieldOrder;
use crate::text::encoding::{self, Encoding, FORMULA_MARK};
use memchr::{memchr_iter, memchr2_iter};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::Relaxed};

/// The cells of one record that anybody uses, decoded and trimmed.
pub(super) struct Cells<'c> {
    encoding: Encoding,
    /// The chunk as text, where all of it is valid UTF-8: then cells need no copy.
    chunk: Option<&'c str>,
    scratch: String,
    places: Vec<Place>,
}

#[derive(Clone, Copy)]
struct Place {
    start: u32,
    end: u32,
    in_scratch: bool,
}

impl<'c> Cells<'c> {
    pub(super) fn new(encoding: Encoding, chunk: &'c [u8]) -> Self {
        let utf8 = matches!(encoding, Encoding::Ascii | Encoding::Utf8 | Encoding::Utf8Bom);
        let chunk = if utf8 { simdutf8::basic::from_utf8(chunk).ok() } else { None };
        Self { encoding, chunk, scratch: String::new(), places: Vec::new() }
    }

    /// Finds the wanted cells; the error is the position of the first that does not decode.
    fn load(&mut self, row: &Row<'_>, wanted: &[usize]) -> Result<(), usize> {
        self.scratch.clear();
        self.places.clear();
        for &column in wanted {
            let borrowed = self.chunk.zip(row.range(column));
            let place = match borrowed {
                Some((chunk, range)) => trimmed(chunk, range.start, range.end),
                None => self.decoded(&row.get(column)).map_err(|()| column)?,
            };
            self.places.push(place);
        }
        Ok(())
    }

    fn decoded(&mut self, bytes: &[u8]) -> Result<Place, ()> {
        let cell = encoding::decode(self.encoding, bytes).map_err(|_| ())?;
        let start = self.scratch.len() as u32;
        self.scratch.push_str(cell.trim());
        Ok(Place { start, end: self.scratch.len() as u32, in_scratch: true })
    }

    fn get(&self, index: usize) -> &str {
        let place = self.places[index];
        let text = if place.in_scratch { &self.scratch } else { self.chunk.unwrap_or_default() };
        &text[place.start as usize..place.end as usize]
    }
}

fn trimmed(chunk: &str, start: usize, end: usize) -> Place {
    let bytes = chunk.as_bytes();
    let (mut from, mut to) = (start, end);
    let plain = |byte: u8| byte.is_ascii_graphic();
    if from < to && !(plain(bytes[from]) && plain(bytes[to - 1])) {
        let cell = &chunk[start..end];
        from = start + (cell.len() - cell.trim_start().len());
        to = from + chunk[from..end].trim_end().len();
    }
    Place { start: from as u32, end: to as u32, in_scratch: false }
}

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

    fn account(
        &self,
        origin: Origin,
        cells: &Cells<'_>,
        systems: &mut Systems,
        part: &mut Inventory,
    ) -> Result<(), BadCell> {
        let mut draft = Draft { origin, ..Draft::default() };
        let (mut groups, mut whole_name, mut history) = (String::new(), String::new(), Vec::new());
        let (mut dn, mut nt, mut secret, mut salt) = ("", None, None, "");
        let (mut host, mut rounded) = ("", None);
        for (index, &role) in self.roles.iter().enumerate() {
            let cell = self.spec.values.spoken(role, cells.get(index));
            match role {
                Role::Dn => dn = cell,
                Role::NtHash => nt = Some((index, cell)),
                Role::Secret => secret = Some(cell),
                Role::Salt => salt = cell,
                Role::Groups if is_type_name(cell) => self.type_names.store(true, Relaxed),
                Role::Groups => groups_of(cell, &mut groups),
                Role::Host => host = cell,
                Role::History => history.push(cell),
                _ => match self.fill(role, cell, &mut draft) {
                    Err("lossy-number") if repeats(role) => rounded = Some(index),
                    done => done.map_err(|code| BadCell { index, code })?,
                },
            }
        }
        self.judge_rounded(rounded, &draft)?;
        if let Some(separator) = self.spec.login_separator {
            draft.login = draft.login.rsplit(separator).next().unwrap_or_default();
        }
        if draft.login.is_empty() {
            draft.login = self.cell(cells, Role::SecondLogin);
        }
        // A table about accounts of another one may know them by its key alone.
        let keyed = !self.roles.contains(&Role::Login) && !draft.native.is_empty();
        if draft.login.is_empty() && !keyed {
            let index = self.roles.iter().position(|r| *r == Role::Login).unwrap_or(0);
            return Err(BadCell { index, code: "empty-account" });
        }
        if draft.name.is_empty() {
            self.join_name(cells, &mut whole_name);
            draft.name = whole_name.trim();
        }
        self.property(cells, &mut draft)?;
        draft.groups = &groups;
        self.mark(cells, &mut draft);
        let hash = nt.map(|(index, cell)| nt_hash(index, cell)).transpose()?.flatten();
        let system = match (self.cell(cells, Role::System), host) {
            ("", "") => self.system(dn, systems, part),
            ("", host) => part.system(self.spec.kind, host, false),
            // A system that a row names is one that another export may know better.
            (named, _) => part.system(self.spec.kind, named, true),
        };
        let row = part.push_account(system, &draft);
        if let Some(hash) = hash {
            part.push_credential(row, &CredentialDraft::login("nt", &hash, origin));
        }
        if let Some(secret) = secret {
            self.push_secret(row, (secret, 0), salt, origin, part);
        }
        for (depth, secret) in (1..).zip(history) {
            self.push_secret(row, (secret, depth), salt, origin, part);
        }
        Ok(())
    }

    /// What the identity of the row says about it.
    fn mark(&self, cells: &Cells<'_>, draft: &mut Draft<'_>) {
        draft.rid = windows::rid(draft.native);
        windows::primary_group(draft.primary_group, &mut draft.flags);
        if self.spec.kind == SystemKind::Host && draft.rid.is_none() {
            windows::built_in_of_host(draft.login, &mut draft.flags);
        }
        windows::built_in(draft.rid, draft.login, &mut draft.flags);
        windows::conflict_object(self.cell(cells, Role::Dn), draft.login, &mut draft.flags);
        let managed = windows::is_managed_class(self.cell(cells, Role::ObjectClass));
        if managed {
            draft.flags.set(Flag::Managed, Tri::Yes);
        }
        if managed || self.is_machine(cells) || draft.login.ends_with('$') {
            draft.flags.set(Flag::Machine, Tri::Yes);
        }
        if self.tombstone.is_some() {
            // Such a system deletes other accounts, so whatever is no tombstone can log in.
            let removed = self.is_tombstone(cells);
            draft.flags.set(Flag::Tombstone, Tri::from(removed));
            draft.flags.set(Flag::Enabled, Tri::from(!removed));
        }
    }

    fn join_name(&self, cells: &Cells<'_>, whole: &mut String) {
        let parts = [self.cell(cells, Role::FamilyName), self.cell(cells, Role::GivenName)];
        whole.push_str(parts[0]);
        whole.push(' ');
        whole.push_str(parts[1]);
    }

    fn property(&self, cells: &Cells<'_>, draft: &mut Draft<'_>) -> Result<(), BadCell> {
        let Some(index) = self.roles.iter().position(|r| *r == Role::PropertyValue) else {
            return Ok(());
        };
        meaning::property(self.cell(cells, Role::Property), cells.get(index), draft)
            .map_err(|code| BadCell { index, code })
    }

    /// A rounded stamp costs the row, unless another column tells the day of the same thing.
    fn judge_rounded(&self, rounded: Option<usize>, draft: &Draft<'_>) -> Result<(), BadCell> {
        let Some(index) = rounded else { return Ok(()) };
        if draft.last_use == Stamp::UNKNOWN {
            return Err(BadCell { index, code: "lossy-number" });
        }
        self.rounded.fetch_add(1, Relaxed);
        Ok(())
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

    fn is_machine(&self, cells: &Cells<'_>) -> bool {
        self.cell(cells, Role::ObjectClass).eq_ignore_ascii_case("computer")
    }

    fn is_tombstone(&self, cells: &Cells<'_>) -> bool {
        let Some(index) = self.tombstone else { return false };
        self.spec.tombstone.as_ref().is_some_and(|(_, value)| cells.get(index) == value)
    }

    fn push_secret(
        &self,
        row: u32,
        (cell, depth): (&str, u8),
        salt: &str,
        origin: Origin,
        part: &mut Inventory,
    ) {
        let state = values::secret_state(cell);
        let state = match (state, self.spec.scheme.is_empty()) {
            // A password column of an unknown system: empty says nothing about blank passwords.
            (State::NoPassword, _) => return,
            (State::Hash, true) if !cell.starts_with('$') => meaning::unnamed_secret(cell),
            (state, _) => state,
        };
        let named = meaning::generation(&self.spec.scheme, cell);
        let scheme = if state == State::Hash { named } else { "" };
        let mut draft = CredentialDraft::login(scheme, cell.as_bytes(), origin);
        draft.state = state;
        draft.depth = depth;
        draft.salt = salt;
        part.push_credential(row, &draft);
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

    fn day(&self, role: Role, cell: &str) -> Result<Stamp, &'static str> {
        self.moment(role, cell).map(|(day, _)| day)
    }

    fn moment(&self, role: Role, cell: &str) -> Result<(Stamp, Minute), &'static str> {
        let empty = values::empty_day(self.spec.empty_is_never.contains(&role));
        let end = matches!(role, Role::Expires | Role::Left);
        if let Some(rules) = self.spec.values.dates {
            return meaning::moment(cell, rules, end, empty);
        }
        let order = self.spec.month_first.then_some(FieldOrder::Mdy).or(self.layout.order);
        values::moment(cell, order, end, empty).map_err(values::date_code)
    }

    fn fill<'c>(
        &self,
        role: Role,
        cell: &'c str,
        draft: &mut Draft<'c>,
    ) -> Result<(), &'static str> {
        match role {
            Role::Login => draft.login = cell,
            Role::Native | Role::Sid => draft.native = cell,
            Role::Name => draft.name = cell,
            Role::Kana => draft.kana = cell,
            Role::Mail => draft.mail = cell,
            Role::Upn => draft.upn = cell,
            Role::Employee => draft.employee = cell,
            Role::Department => draft.department = cell,
            Role::Job => draft.job = cell,
            Role::RoleName => draft.role = cell,
            Role::Class => draft.class = cell,
            Role::Created => {
                (draft.created, draft.clock.created) = self.moment(role, cell)?;
            }
            Role::PasswordSet => {
                (draft.password_set, draft.clock.password_set) = self.moment(role, cell)?;
            }
            Role::Changed => draft.changed = self.day(role, cell)?,
            Role::LockedSince => draft.locked_since = self.day(role, cell)?,
            Role::Expires => draft.expires = self.day(role, cell)?,
            Role::LastUse => draft.used(self.day(role, cell)?, LastUse::Column),
            Role::LogonTimestamp => draft.used(self.day(role, cell)?, LastUse::LogonTimestamp),
            Role::LastLogon => draft.used(self.day(role, cell)?, LastUse::LastLogon),
            Role::SignIn => draft.used(self.day(role, cell)?, LastUse::SignIn),
            _ => return flag(role, cell, draft),
        }
        Ok(())
    }

    fn person(
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

    fn link(&self, cells: &Cells<'_>, part: &mut Inventory) -> Result<(), BadCell> {
        let texts = [Role::System, Role::Login, Role::Employee].map(|r| self.cell(cells, r));
        if texts[1].is_empty() || texts[2].is_empty() {
            return Err(BadCell { index: 0, code: "empty-account" });
        }
        let spans = texts.map(|text| part.text.push(text));
        part.links.push((spans[0], spans[1], spans[2]));
        Ok(())
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

fn nt_hash(index: usize, cell: &str) -> Result<Option<[u8; 16]>, BadCell> {
    if values::nothing(cell) {
        return Ok(None);
    }
    let bytes = cell.as_bytes();
    if bytes.len() != 32 {
        let code = if bytes.len() == 40 { "hash-type-mismatch" } else { "bad-hash-length" };
        return Err(BadCell { index, code });
    }
    let mut hash = [0; 16];
    for (byte, pair) in hash.iter_mut().zip(bytes.chunks_exact(2)) {
        let digit = |c: u8| (c as char).to_digit(16);
        let (Some(high), Some(low)) = (digit(pair[0]), digit(pair[1])) else {
            return Err(BadCell { index, code: "hash-type-mismatch" });
        };
        *byte = (high << 4 | low) as u8;
    }
    Ok(Some(hash))
}

/// Export-Csv writes the type of a multi-valued property instead of its values.
fn is_type_name(cell: &str) -> bool {
    cell.starts_with("Microsoft.ActiveDirectory") || cell.starts_with("System.")
}

/// Group names or DNs joined with `;` (a calculated property).
fn groups_of(cell: &str, groups: &mut String) {
    let mut start = 0;
    for end in memchr2_iter(b';', b'|', cell.as_bytes()).chain([cell.len()]) {
        let group = common_name(cell[start..end].trim());
        if !groups.is_empty() && !group.is_empty() {
            groups.push('\n');
        }
        groups.push_str(group);
        start = end + 1;
    }
    if groups.is_empty() {
        groups.push_str(NO_GROUPS);
    }
}

/// `CN=Domain Admins,OU=...` → `Domain Admins`; a bare name stays.
fn common_name(group: &str) -> &str {
    let Some(rest) = group.strip_prefix("CN=").or_else(|| group.strip_prefix("cn=")) else {
        return group;
    };
    let escaped = |at: usize| at > 0 && rest.as_bytes()[at - 1] == b'\\';
    let end = memchr_iter(b',', rest.as_bytes()).find(|&at| !escaped(at));
    &rest[..end.unwrap_or(rest.len())]
}

fn flag(role: Role, cell: &str, draft: &mut Draft<'_>) -> Result<(), &'static str> {
    let flag = match role {
        Role::Uac if cell.is_empty() => return Ok(()),
        Role::Uac => {
            let bits = cell.parse::<u32>().map_err(|_| "lossy-number")?;
            windows::user_account_control(bits, &mut draft.flags);
            return Ok(());
        }
        // The column is there, so an empty cell is an unset attribute.
        Role::AdminCount if cell.is_empty() => {
            draft.flags.set(Flag::AdminCount, Tri::No);
            return Ok(());
        }
        Role::State => {
            draft.flags.set(Flag::Enabled, values::state_word(cell));
            return Ok(());
        }
        Role::Enabled | Role::Disabled => Flag::Enabled,
        Role::NeverExpires => Flag::PasswordNeverExpires,
        Role::NotRequired => Flag::PasswordNotRequired,
        Role::Locked => Flag::Locked,
        Role::Privileged => Flag::Privileged,
        Role::AdminCount => Flag::AdminCount,
        Role::Guest => Flag::Guest,
        Role::MfaRegistered => Flag::MfaRegistered,
        Role::MfaCapable => Flag::MfaCapable,
        Role::MfaEnforced => Flag::MfaEnforced,
        Role::Remote => Flag::Remote,
        _ => {
            windows_roles::fill(role, cell, draft)?;
            return meaning::fill(role, cell, draft);
        }
    };
    let answer = match role {
        Role::Guest => Tri::from(cell.eq_ignore_ascii_case("guest")),
        Role::Disabled => values::yes_no(cell).negated(),
        _ => values::yes_no(cell),
    };
    if answer != Tri::Unknown {
        draft.flags.set(flag, answer);
    }
    Ok(())
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
