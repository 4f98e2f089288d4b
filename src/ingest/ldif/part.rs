//! One block of entries → accounts, groups and memberships.

use super::Carried;
use super::account;
use super::entry::{Classes, Entry, Fault, is_url, of};
use super::field::{Field, What, is_list, what};
use super::groups::{Group, Memberships, UserLink, first_name};
use super::policy;
use super::values::Values;
use crate::ingest::framing::blocks::Block;
use crate::ingest::framing::ldif::{Attribute, Item, Items, marks, split_options};
use crate::ingest::source::Source;
use crate::ingest::windows;
use crate::model::account::Draft;
use crate::model::file::{FileId, Origin, Problem, Weight};
use crate::model::inventory::Inventory;
use crate::model::site::SystemKind;
use hashbrown::DefaultHashBuilder;
use std::hash::BuildHasher;

/// What all blocks of a file share.
pub(super) struct Context {
    pub(super) stem: String,
    /// True where every entry must carry its distinguished name.
    pub(super) named: bool,
    pub(super) hasher: DefaultHashBuilder,
}

impl Context {
    pub(super) fn new(source: &Source<'_>, named: bool) -> Self {
        Self { stem: source.dateless_stem(), named, hasher: DefaultHashBuilder::default() }
    }
}

/// A block being read.
pub(super) struct Part<'c> {
    context: &'c Context,
    pub(super) inventory: Inventory,
    pub(super) memberships: Memberships,
    pub(super) carried: Carried,
    /// Domain part of the last account's name, its system and its hash.
    tail: String,
    system: Option<u16>,
    domain: u64,
    // Of the entry being read.
    member_of: Vec<u64>,
    members: Vec<u64>,
    targets: Vec<String>,
    ranged: bool,
    range_ends: bool,
    /// Bits of the fields that any entry had.
    pub(super) used: u64,
    // Buffers that every entry uses again.
    scratch: Vec<u8>,
    lower: Vec<u8>,
    sid: String,
}

/// Reads a block of whole entries.
pub(super) fn read_block<'c>(block: &Block, context: &'c Context) -> Part<'c> {
    let mut part = Part::new(context);
    let (mut entry, mut values) = (Entry::new(), Values::new());
    part.begin(&mut entry);
    let marks = marks(&block.bytes);
    for item in Items::new(&block.bytes, &marks, block.first_line) {
        match item {
            Item::Attribute(attribute) => part.attribute(attribute, &mut entry),
            Item::Malformed(line) => {
                entry.meet(line);
                entry.frame_only = false;
                entry.spoil("bad-ldif", line, "");
            }
            Item::End => {
                part.end(&entry, &mut values);
                part.begin(&mut entry);
            }
        }
    }
    part.used = entry.used;
    part
}

impl<'c> Part<'c> {
    /// A part that has read nothing yet.
    pub(super) fn new(context: &'c Context) -> Self {
        Part {
            context,
            inventory: Inventory::default(),
            memberships: Memberships::default(),
            carried: Carried::default(),
            tail: String::new(),
            system: None,
            domain: 0,
            member_of: Vec::new(),
            members: Vec::new(),
            targets: Vec::new(),
            ranged: false,
            range_ends: false,
            scratch: Vec::new(),
            lower: Vec::new(),
            sid: String::new(),
            used: 0,
        }
    }
}

impl Part<'_> {
    /// Forgets the entry before.
    pub(super) fn begin(&mut self, entry: &mut Entry<'_>) {
        entry.clear();
        self.member_of.clear();
        self.members.clear();
        self.targets.clear();
        (self.ranged, self.range_ends) = (false, false);
    }

    /// Notes one attribute of the entry.
    pub(super) fn attribute<'a>(&mut self, attribute: Attribute<'a>, entry: &mut Entry<'a>) {
        entry.meet(attribute.line);
        let what = what(attribute.name);
        // `version: 1` may stand right above the first entry.
        entry.frame_only &= matches!(what, What::Frame | What::One(Field::SearchResult));
        if is_url(&attribute) {
            return entry.spoil("ldif-url", attribute.line, "");
        }
        match what {
            What::One(field) => entry.note(field, attribute),
            What::Class => entry.add_class(&attribute),
            What::MemberOf => self.note_member_of(&attribute, entry),
            What::Member => self.note_member(&attribute, entry),
            What::AppliesTo => self.note_target(&attribute, entry),
            What::ServicePrincipal => entry.seen.spn = true,
            What::Password => entry.seen.password = true,
            What::SidHistory => entry.seen.sid_history = true,
            What::Laps => entry.seen.laps = true,
            What::Delegates => entry.seen.delegates = true,
            What::Workstations => entry.seen.workstations = true,
            What::WholeObject => entry.seen.whole = true,
            What::Frame | What::Nothing => {}
        }
    }

    fn note_member_of(&mut self, attribute: &Attribute<'_>, entry: &mut Entry<'_>) {
        let Some(dn) = self.hash(attribute) else {
            return entry.spoil("bad-base64", attribute.line, "memberOf");
        };
        if self.memberships.known.insert(dn) {
            let name = first_name(&String::from_utf8_lossy(&self.scratch));
            self.memberships.spoken_of.push((dn, name));
        }
        self.member_of.push(dn);
    }

    fn note_member(&mut self, attribute: &Attribute<'_>, entry: &mut Entry<'_>) {
        let Some(dn) = self.hash(attribute) else {
            return entry.spoil("bad-base64", attribute.line, "member");
        };
        if attribute.options.starts_with(b"range=") {
            self.ranged = true;
            self.range_ends |= attribute.options.ends_with(b"*");
        }
        self.members.push(dn);
    }

    fn note_target(&mut self, attribute: &Attribute<'_>, entry: &mut Entry<'_>) {
        self.scratch.clear();
        if attribute.append_to(&mut self.scratch).is_none() {
            return entry.spoil("bad-base64", attribute.line, "msDS-PSOAppliesTo");
        }
        self.targets.push(first_name(&String::from_utf8_lossy(&self.scratch)));
    }

    /// Hash of a distinguished name without regard to case; the name itself is in `scratch`.
    fn hash(&mut self, attribute: &Attribute<'_>) -> Option<u64> {
        self.scratch.clear();
        attribute.append_to(&mut self.scratch)?;
        Some(self.hash_scratch())
    }

    fn hash_scratch(&mut self) -> u64 {
        self.lower.clear();
        self.lower.extend(self.scratch.iter().map(u8::to_ascii_lowercase));
        self.context.hasher.hash_one(self.lower.as_slice())
    }

    /// Notes a cell of a table: one value, or several joined with `;`.
    pub(super) fn cell<'a>(
        &mut self,
        name: &'a [u8],
        cell: &'a [u8],
        line: u32,
        entry: &mut Entry<'a>,
    ) {
        let mut rest = cell;
        while !rest.is_empty() {
            let end =
                if is_list(what(split_options(name).0)) { value_end(rest) } else { rest.len() };
            if end > 0 {
                self.attribute(Attribute::cell(name, &rest[..end], line), entry);
            }
            rest = rest.get(end + 1..).unwrap_or_default();
        }
    }

    /// Takes the entry over, or refuses it.
    pub(super) fn end(&mut self, entry: &Entry<'_>, values: &mut Values) {
        let line = entry.line;
        if !entry.has(Field::Dn) && entry.frame_only {
            return self.search_result(entry, values);
        }
        match self.take(entry, values) {
            Ok(true) => self.inventory.rows.take(),
            Ok(false) => self.inventory.rows.skip(),
            Err(fault) => {
                let line = if fault.line == 0 { line } else { fault.line };
                let origin = Origin { file: FileId(0), line };
                let problem = Problem::new(origin, Weight::Row, fault.code);
                self.inventory.refuse(problem.column(fault.column));
            }
        }
    }

    /// `result: 4 Size limit exceeded`: what lies before it is not all there is.
    fn search_result(&mut self, entry: &Entry<'_>, values: &mut Values) {
        if values.load(entry).is_err() {
            return;
        }
        let result = values.bytes(Field::SearchResult);
        if !result.is_empty() && !result.starts_with(b"0") {
            let origin = Origin { file: FileId(0), line: entry.line };
            let digits = result.iter().take_while(|b| b.is_ascii_digit()).count().min(3);
            let code = String::from_utf8_lossy(&result[..digits]).into_owned();
            let problem = Problem::new(origin, Weight::File, "server-limit");
            self.inventory.problems.push(problem.detail(format!("result {code}")));
        }
    }

    /// True where the entry is an account or a group.
    fn take(&mut self, entry: &Entry<'_>, values: &mut Values) -> Result<bool, Fault> {
        if let Some(fault) = entry.fault {
            return Err(fault);
        }
        values.load(entry)?;
        if self.context.named && !entry.has(Field::Dn) {
            return Err(Fault { code: "bad-ldif", line: entry.line, column: "dn" });
        }
        let change = values.bytes(Field::ChangeType);
        if !change.is_empty() && !change.eq_ignore_ascii_case(b"add") {
            return Err(of("bad-ldif", Field::ChangeType, entry));
        }
        match kind(entry, values) {
            EntryKind::Account => self.account(entry, values),
            EntryKind::Group => self.group(entry, values),
            EntryKind::Policy => self.policy(entry, values),
            EntryKind::Other => return Ok(false),
        }?;
        Ok(true)
    }

    fn account(&mut self, entry: &Entry<'_>, values: &Values) -> Result<(), Fault> {
        let mut sid = std::mem::take(&mut self.sid);
        let draft = account::draft(entry, values, &mut sid);
        let pushed = draft.and_then(|draft| self.push(&draft, entry, values));
        self.sid = sid;
        pushed
    }

    fn push(&mut self, draft: &Draft<'_>, entry: &Entry<'_>, values: &Values) -> Result<(), Fault> {
        let dn = self.name(entry, values)?;
        let system = self.current_system();
        self.inventory.push_account(system, draft);
        self.memberships.users.push(UserLink {
            dn,
            domain: self.domain,
            primary: draft.primary_group,
            first: self.memberships.direct.len() as u32,
        });
        self.memberships.direct.extend_from_slice(&self.member_of);
        self.memberships.carries_member_of |= !self.member_of.is_empty();
        self.carried.note(entry);
        Ok(())
    }

    /// Hash of the entry's name; sets the domain it lies in.
    fn name(&mut self, entry: &Entry<'_>, values: &Values) -> Result<u64, Fault> {
        let dn = values.text(Field::Dn, entry)?;
        if self.system.is_none() || !windows::has_domain_part(dn, &self.tail) {
            let tail = windows::domain_part(dn);
            self.tail.clear();
            self.tail.push_str(tail);
            self.system = None;
            self.domain = self.context.hasher.hash_one(tail.to_ascii_lowercase().as_bytes());
        }
        self.scratch.clear();
        self.scratch.extend_from_slice(dn.as_bytes());
        Ok(self.hash_scratch())
    }

    fn current_system(&mut self) -> u16 {
        match self.system {
            Some(system) => system,
            None => self.find_system(),
        }
    }

    fn policy(&mut self, entry: &Entry<'_>, values: &Values) -> Result<(), Fault> {
        self.name(entry, values)?;
        let system = self.current_system();
        let mut policy = policy::read(entry, values)?;
        policy.system = system;
        if entry.classes.has(Classes::POLICY) {
            let name = first_name(values.text(Field::Dn, entry)?);
            policy.name = self.inventory.text.push(&name);
            policy.applies_to = self.inventory.text.push(&self.targets.join("\n"));
        }
        if policy.says_something() {
            self.inventory.password_policies.push(policy);
        }
        Ok(())
    }

    fn find_system(&mut self) -> u16 {
        let kind = SystemKind::Directory;
        let system = if self.tail.is_empty() {
            self.inventory.system(kind, &self.context.stem, true)
        } else {
            self.inventory.system(kind, &windows::domain_of(&self.tail), false)
        };
        self.system = Some(system);
        system
    }

    fn group(&mut self, entry: &Entry<'_>, values: &Values) -> Result<(), Fault> {
        let dn = self.name(entry, values)?;
        account::sid_text(entry, values, &mut self.sid)?;
        self.memberships.groups.push(Group {
            dn,
            domain: self.domain,
            name: first_name(values.text(Field::Dn, entry)?),
            rid: windows::group_rid(&self.sid),
            member_of: self.member_of.clone(),
            members: self.members.clone(),
            truncated: self.ranged && !self.range_ends,
            line: entry.line,
        });
        Ok(())
    }
}

/// End of the first of several values: a `;` that no backslash stands before.
fn value_end(cell: &[u8]) -> usize {
    let ends = |&at: &usize| cell[at] == b';' && (at == 0 || cell[at - 1] != b'\\');
    (0..cell.len()).find(ends).unwrap_or(cell.len())
}

enum EntryKind {
    Account,
    Group,
    Policy,
    Other,
}

fn kind(entry: &Entry<'_>, values: &Values) -> EntryKind {
    let (classes, has_login) = (entry.classes, !values.bytes(Field::Login).is_empty());
    if classes.has(Classes::GROUP) || (!classes.any() && entry.has(Field::GroupType)) {
        return EntryKind::Group;
    }
    if classes.has(Classes::POLICY) || classes.has(Classes::DOMAIN) {
        return EntryKind::Policy;
    }
    if classes.has(Classes::CONTACT) {
        return EntryKind::Other;
    }
    let person = classes.has(Classes::PERSON) && !values.bytes(Field::Uid).is_empty();
    let windows = classes.has(Classes::USER)
        || classes.has(Classes::COMPUTER)
        || classes.has(Classes::MANAGED);
    // An export limited to a few attributes may have left objectClass out.
    if windows || person || (!classes.any() && has_login) {
        return EntryKind::Account;
    }
    EntryKind::Other
}
