//! One record → one account with its secrets.

use super::{BadCell, Cells, Plan, Systems, meaning, repeats};
use crate::ingest::table::{values, windows_roles};
use crate::ingest::windows;
use crate::model::account::{Draft, Flag, LastUse, Minute, NO_GROUPS};
use crate::model::credential::State;
use crate::model::day::Stamp;
use crate::model::file::Origin;
use crate::model::inventory::{CredentialDraft, Inventory};
use crate::model::site::SystemKind;
use crate::model::tri::Tri;
use crate::rules::source::Role;
use crate::text::date::FieldOrder;
use memchr::{memchr_iter, memchr2_iter};
use std::sync::atomic::Ordering::Relaxed;

/// What the cells of a record say, before they are put together.
#[derive(Default)]
struct Said<'c> {
    draft: Draft<'c>,
    groups: String,
    dn: &'c str,
    host: &'c str,
    /// With its position.
    nt: Option<(usize, &'c str)>,
    secret: Option<&'c str>,
    salt: &'c str,
    /// Previous secrets, the last one first.
    history: Vec<&'c str>,
    /// Position of a stamp that a spreadsheet has rounded.
    rounded: Option<usize>,
}

impl Plan<'_> {
    pub(super) fn account(
        &self,
        origin: Origin,
        cells: &Cells<'_>,
        systems: &mut Systems,
        part: &mut Inventory,
    ) -> Result<(), BadCell> {
        let mut said = self.said(origin, cells)?;
        self.judge_rounded(said.rounded, &said.draft)?;
        self.name_login(cells, &mut said.draft)?;
        let mut whole_name = String::new();
        if said.draft.name.is_empty() {
            self.join_name(cells, &mut whole_name);
            said.draft.name = whole_name.trim();
        }
        self.property(cells, &mut said.draft)?;
        said.draft.groups = &said.groups;
        self.mark(cells, &mut said.draft);
        let hash = said.nt.map(|(index, cell)| nt_hash(index, cell)).transpose()?.flatten();
        let system = match (self.cell(cells, Role::System), said.host) {
            ("", "") => self.system(said.dn, systems, part),
            ("", host) => part.system(self.spec.kind, host, false),
            // A system that a row names is one that another export may know better.
            (named, _) => part.system(self.spec.kind, named, true),
        };
        let row = part.push_account(system, &said.draft);
        if let Some(hash) = hash {
            part.push_credential(row, &CredentialDraft::login("nt", &hash, origin));
        }
        let current = said.secret.map(|secret| (secret, 0));
        for secret in current.into_iter().chain(said.history.into_iter().zip(1..)) {
            self.push_secret(row, secret, said.salt, origin, part);
        }
        Ok(())
    }

    /// What the cells say, each by itself.
    fn said<'c>(&self, origin: Origin, cells: &'c Cells<'_>) -> Result<Said<'c>, BadCell> {
        let mut said = Said { draft: Draft { origin, ..Draft::default() }, ..Said::default() };
        for (index, &role) in self.roles.iter().enumerate() {
            let cell = self.spec.values.spoken(role, cells.get(index));
            match role {
                Role::Dn => said.dn = cell,
                Role::NtHash => said.nt = Some((index, cell)),
                Role::Secret => said.secret = Some(cell),
                Role::Salt => said.salt = cell,
                Role::Groups if is_type_name(cell) => self.type_names.store(true, Relaxed),
                Role::Groups => groups_of(cell, &mut said.groups),
                Role::Host => said.host = cell,
                Role::History => said.history.push(cell),
                _ => match self.fill(role, cell, &mut said.draft) {
                    Err("lossy-number") if repeats(role) => said.rounded = Some(index),
                    done => done.map_err(|code| BadCell { index, code })?,
                },
            }
        }
        Ok(said)
    }

    /// The login without what the system writes before it.
    fn name_login<'c>(&self, cells: &'c Cells<'_>, draft: &mut Draft<'c>) -> Result<(), BadCell> {
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

    pub(super) fn day(&self, role: Role, cell: &str) -> Result<Stamp, &'static str> {
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
