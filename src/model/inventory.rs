//! What the exports of one site hold, before anybody judges it.

mod draft;

use crate::kernel::paged::Paged;
use crate::model::access_policy::AccessPolicy;
use crate::model::account::{Accounts, Draft, Moves};
use crate::model::arena::{Arena, NameId, Names, Span};
use crate::model::credential::Credential;
use crate::model::device::{Fact, Topic};
use crate::model::file::{FileId, InputFile, Origin, Problem, Rows};
use crate::model::group::Membership;
use crate::model::password_policy::PasswordPolicy;
use crate::model::person::{Person, RosterRow};
use crate::model::register::{LogSpan, LogUse, Register, RegisterRow};
use crate::model::secret::SecretPool;
use crate::model::site::{Site, System, SystemKind};
use crate::model::tri::Tri;
pub use draft::{CredentialDraft, RosterDraft, UnreadSecret};

/// The inventory of one site, or of one part of a file while it is being read.
#[derive(Default)]
pub struct Inventory {
    /// site.toml and the folder name.
    pub site: Site,
    /// Names, logins and ids.
    pub text: Arena,
    /// Interned departments, groups, system names, scheme names.
    pub names: Names,
    /// Systems; accounts point at them by position.
    pub systems: Vec<System>,
    /// Accounts.
    pub accounts: Accounts,
    /// Stored secrets, owned by accounts.
    pub credentials: Paged<Credential>,
    /// The secrets themselves.
    pub secrets: SecretPool,
    /// Rows of rosters.
    pub roster: Paged<RosterRow>,
    /// People after correlation.
    pub people: Paged<Person>,
    /// Hand-made links: (system, login, employee number).
    pub links: Vec<(Span, Span, Span)>,
    /// Rows of registers, the ledger and declarations.
    pub registers: Vec<RegisterRow>,
    /// Lists that were given, even without a row: none declared is an answer.
    pub given: Vec<Register>,
    /// Last uses that access logs show, before they are given to accounts.
    pub log_uses: Vec<LogUse>,
    /// What access logs cover.
    pub log_spans: Vec<LogSpan>,
    /// Systems whose export lists everybody with a second factor: who is not on it has none.
    pub lists_factors: Vec<u16>,
    /// Secret-bearing lines that nobody understood.
    pub unread_secrets: Vec<UnreadSecret>,
    /// What device configurations state about themselves.
    pub facts: Vec<Fact>,
    /// Password policies that exports carry.
    pub password_policies: Vec<PasswordPolicy>,
    /// Policies of cloud directories about who may log in.
    pub access_policies: Vec<AccessPolicy>,
    /// Memberships that a list of groups states about accounts of other files.
    pub memberships: Vec<Membership>,
    /// Systems whose members of administrator groups were listed whole: who is not among them is
    /// no administrator.
    pub admins_listed: Vec<u16>,
    /// Input files.
    pub files: Vec<InputFile>,
    /// What could not be used.
    pub problems: Vec<Problem>,
    /// Counts of the part being read.
    pub rows: Rows,
    /// Columns or attributes of the file being read: used, then ignored.
    pub columns: (Vec<String>, Vec<String>),
}

impl Inventory {
    /// Finds or adds a system.
    pub fn system(&mut self, kind: SystemKind, name: &str, provisional: bool) -> u16 {
        let name = self.names.intern(name);
        let same = |s: &System| s.kind == kind && s.name == name && s.provisional == provisional;
        if let Some(index) = self.systems.iter().position(same) {
            return index as u16;
        }
        self.systems.push(System {
            kind,
            name,
            provisional,
            product: NameId::EMPTY,
            remote: Tri::Unknown,
        });
        self.systems.len() as u16 - 1
    }

    /// Name of a system.
    pub fn system_name(&self, system: u16) -> &str {
        self.names.get(self.systems[system as usize].name)
    }

    /// True where people mean this system by what they wrote: its name in any case, the first
    /// part of a domain or host name, or an alias of site.toml.
    pub fn is_called(&self, system: u16, written: &str) -> bool {
        let (name, written) = (self.system_name(system).to_lowercase(), written.to_lowercase());
        name == written
            || name.split('.').next() == Some(written.as_str())
            || self.site.aliases.iter().any(|(canonical, alias)| {
                canonical.to_lowercase() == name && alias.to_lowercase() == written
            })
    }

    /// System of an account row.
    pub fn system_of(&self, row: u32) -> &System {
        &self.systems[self.accounts.system.get(row) as usize]
    }

    /// Makes room for so many accounts with a secret of so many bytes each.
    pub fn expect(&mut self, accounts: usize, bytes: usize) {
        self.accounts.expect(accounts);
        self.credentials.reserve(accounts);
        self.secrets.expect(accounts, accounts * bytes);
    }

    /// Adds an account and returns its row.
    pub fn push_account(&mut self, system: u16, draft: &Draft<'_>) -> u32 {
        let row = self.accounts.grow();
        let accounts = &mut self.accounts;
        accounts.system.set(row, system);
        accounts.login.set(row, self.text.push(draft.login));
        accounts.native.set(row, self.text.push(draft.native));
        accounts.name.set(row, self.text.push(draft.name));
        accounts.kana.set(row, self.text.push(draft.kana));
        accounts.mail.set(row, self.text.push(draft.mail));
        accounts.upn.set(row, self.text.push(draft.upn));
        accounts.employee.set(row, self.text.push(draft.employee));
        accounts.rid.set(row, draft.rid.map_or(0, |rid| rid.saturating_add(1)));
        accounts.primary_group.set(row, draft.primary_group);
        accounts.department.set(row, self.names.intern(draft.department));
        accounts.job.set(row, self.names.intern(draft.job));
        accounts.class.set(row, self.names.intern(draft.class));
        accounts.role.set(row, self.names.intern(draft.role));
        accounts.groups.set(row, self.names.intern(draft.groups));
        accounts.flags.set(row, draft.flags);
        accounts.created.set(row, draft.created);
        accounts.last_use.set(row, draft.last_use);
        accounts.last_use_source.set(row, draft.last_use_source);
        accounts.password_set.set(row, draft.password_set);
        accounts.expires.set(row, draft.expires);
        accounts.changed.set(row, draft.changed);
        accounts.locked_since.set(row, draft.locked_since);
        accounts.clock.set(row, draft.clock);
        accounts.factors.set(row, draft.factors);
        accounts.mfa_plan.set(row, draft.mfa_plan);
        accounts.origin.set(row, draft.origin);
        row
    }

    /// Adds a stored secret to an account.
    pub fn push_credential(&mut self, account: u32, draft: &CredentialDraft<'_>) {
        self.credentials.push(Credential {
            account,
            kind: draft.kind,
            state: draft.state,
            depth: draft.depth,
            privilege: draft.privilege,
            scheme: self.names.intern(draft.scheme),
            principal: self.text.push(draft.principal),
            salt: self.text.push(draft.salt),
            secret: self.secrets.push(draft.secret),
            origin: draft.origin,
        });
    }

    /// Adds a fact about a device.
    pub fn push_fact(&mut self, system: u16, topic: Topic, value: &str, origin: Origin) {
        let value = self.text.push(value);
        self.facts.push(Fact { system, topic, value, stated: true, origin });
    }

    /// Adds what it means if nothing in the configuration is about a topic. Said twice it counts once.
    pub fn assume_fact(&mut self, system: u16, topic: Topic, value: &str, origin: Origin) {
        let same = |f: &Fact| {
            (f.system, f.topic, f.stated) == (system, topic, false)
                && self.text.get(f.value) == value
        };
        if !self.facts.iter().any(same) {
            let value = self.text.push(value);
            self.facts.push(Fact { system, topic, value, stated: false, origin });
        }
    }

    /// Adds a roster row.
    pub fn push_roster(&mut self, draft: &RosterDraft<'_>) {
        self.roster.push(RosterRow {
            employee: self.text.push(draft.employee),
            name: self.text.push(draft.name),
            kana: self.text.push(draft.kana),
            login: self.text.push(draft.login),
            mail: self.text.push(draft.mail),
            department: self.names.intern(draft.department),
            job: self.names.intern(draft.job),
            class: self.names.intern(draft.class),
            joined: draft.joined,
            left: draft.left,
            status: draft.status,
            origin: draft.origin,
        });
    }

    /// Reports a problem and, where it costs a record, counts it.
    pub fn refuse(&mut self, problem: Problem) {
        if problem.weight == crate::model::file::Weight::Row {
            self.rows.refuse();
        }
        self.problems.push(problem);
    }

    /// Takes over another inventory of the same site: its rows, systems, texts and secrets.
    pub fn absorb(&mut self, mut other: Self) {
        if self.is_blank() {
            // The first and often largest part is taken as it is: copying it would cost its size.
            other.site = std::mem::take(&mut self.site);
            *self = other;
            return;
        }
        let names = self.names.absorb(&other.names);
        let systems: Vec<u16> = other
            .systems
            .iter()
            .map(|s| self.absorb_system(s, names[s.name.index()], names[s.product.index()]))
            .collect();
        let moves = Moves {
            text: self.text.absorb(&other.text),
            names: &names,
            systems: &systems,
            files: self.files.len() as u32,
        };
        let first_account = self.accounts.len();
        self.accounts.append(&other.accounts, &moves);
        let pool = self.secrets.absorb(&other.secrets);
        self.credentials.extend(other.credentials.iter().map(|c| Credential {
            account: c.account + first_account,
            scheme: moves.name(c.scheme),
            principal: moves.span(c.principal),
            salt: moves.span(c.salt),
            secret: SecretPool::moved(c.secret, pool),
            origin: moves.origin(c.origin),
            ..*c
        }));
        self.absorb_people(&other, &moves);
        self.absorb_directory(&other, &moves);
        self.absorb_lists(&mut other, &moves);
        self.unread_secrets.extend(other.unread_secrets.drain(..).map(|line| UnreadSecret {
            system: systems[line.system as usize],
            origin: moves.origin(line.origin),
            ..line
        }));
        self.facts.extend(other.facts.iter().map(|fact| Fact {
            system: systems[fact.system as usize],
            value: moves.span(fact.value),
            origin: moves.origin(fact.origin),
            ..*fact
        }));
        self.problems.extend(
            other.problems.drain(..).map(|p| Problem { origin: moves.origin(p.origin), ..p }),
        );
        self.files.append(&mut other.files);
        self.rows.add(other.rows);
    }

    /// True while nothing was read.
    fn is_blank(&self) -> bool {
        self.files.is_empty()
            && self.systems.is_empty()
            && self.problems.is_empty()
            && self.roster.is_empty()
            && self.links.is_empty()
            && self.registers.is_empty()
            && self.given.is_empty()
            && self.log_uses.is_empty()
            && self.log_spans.is_empty()
            && self.rows == Rows::default()
    }

    fn absorb_system(&mut self, system: &System, name: NameId, product: NameId) -> u16 {
        let name = self.names.get(name).to_owned();
        let index = self.system(system.kind, &name, system.provisional);
        let ours = &mut self.systems[index as usize];
        if ours.product.is_empty() {
            ours.product = product;
        }
        if ours.remote == Tri::Unknown {
            ours.remote = system.remote;
        }
        index
    }

    fn absorb_directory(&mut self, other: &Self, moves: &Moves<'_>) {
        self.password_policies.extend(other.password_policies.iter().map(|p| PasswordPolicy {
            system: moves.systems[p.system as usize],
            name: moves.span(p.name),
            applies_to: moves.span(p.applies_to),
            origin: moves.origin(p.origin),
            ..*p
        }));
        self.access_policies.extend(other.access_policies.iter().map(|p| AccessPolicy {
            system: moves.systems[p.system as usize],
            without_users: moves.span(p.without_users),
            origin: moves.origin(p.origin),
            ..*p
        }));
        self.memberships.extend(other.memberships.iter().map(|m| Membership {
            system: moves.systems[m.system as usize],
            member: moves.span(m.member),
            groups: moves.name(m.groups),
            ..*m
        }));
        self.admins_listed.extend(other.admins_listed.iter().map(|&s| moves.systems[s as usize]));
    }

    fn absorb_lists(&mut self, other: &mut Self, moves: &Moves<'_>) {
        self.registers.extend(other.registers.drain(..).map(|mut row| {
            row.texts.iter_mut().for_each(|(_, span)| *span = moves.span(*span));
            RegisterRow { origin: moves.origin(row.origin), ..row }
        }));
        let new = other.given.iter().filter(|list| !self.given.contains(list));
        self.given.extend(new.copied().collect::<Vec<_>>());
        self.log_uses.extend(other.log_uses.iter().map(|log| LogUse {
            system: moves.name(log.system),
            login: moves.span(log.login),
            origin: moves.origin(log.origin),
            ..*log
        }));
        self.log_spans.extend(other.log_spans.iter().map(|span| LogSpan {
            system: moves.name(span.system),
            origin: moves.origin(span.origin),
            ..*span
        }));
        self.lists_factors
            .extend(other.lists_factors.iter().map(|&system| moves.systems[system as usize]));
    }

    fn absorb_people(&mut self, other: &Self, moves: &Moves<'_>) {
        self.roster.extend(other.roster.iter().map(|r| RosterRow {
            employee: moves.span(r.employee),
            name: moves.span(r.name),
            kana: moves.span(r.kana),
            login: moves.span(r.login),
            mail: moves.span(r.mail),
            department: moves.name(r.department),
            job: moves.name(r.job),
            class: moves.name(r.class),
            origin: moves.origin(r.origin),
            ..*r
        }));
        self.links.extend(
            other.links.iter().map(|l| (moves.span(l.0), moves.span(l.1), moves.span(l.2))),
        );
    }

    /// The file of an origin.
    pub fn file(&self, id: FileId) -> &InputFile {
        &self.files[id.0 as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(system: &str, login: &str) -> Inventory {
        let mut part = Inventory::default();
        let system = part.system(SystemKind::Ecarte, system, false);
        let origin = Origin { file: FileId(0), line: 2 };
        let row = part
            .push_account(system, &Draft { login, department: "内科", origin, ..Draft::default() });
        part.push_credential(row, &CredentialDraft::login("raw-md5", login.as_bytes(), origin));
        part.push_fact(system, Topic::Model, login, origin);
        part.files.push(InputFile::default());
        part
    }

    #[test]
    fn parts_keep_their_rows_systems_and_secrets() {
        let mut whole = part("a", "x");
        whole.absorb(part("b", "y"));
        whole.absorb(part("a", "z"));
        assert_eq!(whole.accounts.len(), 3);
        assert_eq!(whole.systems.len(), 2);
        let names: Vec<_> =
            (0..3).map(|row| whole.system_name(whole.accounts.system.get(row))).collect();
        assert_eq!(names, ["a", "b", "a"]);
        let secret = whole.secrets.get(whole.credentials[1].secret);
        assert_eq!(secret.expose(), b"y");
        assert_eq!(whole.credentials[2].account, 2);
        assert_eq!(whole.accounts.origin.get(2).file, FileId(2));
        let fact = whole.facts[1];
        assert_eq!((fact.system, whole.text.get(fact.value)), (1, "y"));
    }
}
