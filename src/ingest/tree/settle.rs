//! What a device has said → the inventory.

use super::entity::{Entity, Held};
use super::gather::{Flaw, Gather};
use super::table::Class;
use crate::ingest::device::{Device, Secret, origin};
use crate::model::account::Flag;
use crate::model::credential::{Kind, State};
use crate::model::day::Stamp;
use crate::model::device::Topic;
use crate::model::file::{Problem, Weight};
use crate::model::inventory::Inventory;
use crate::model::tri::Tri;
use crate::text::date;

/// What a device is called: by itself, by the prompt it answered with, by its folder or file.
pub(super) struct Named<'a> {
    pub(super) name: &'a str,
    pub(super) provisional: bool,
}

/// Puts everything into the inventory and counts the lines that said something.
pub(super) fn settle(mut gather: Gather<'_>, named: &Named<'_>, inventory: &mut Inventory) {
    let host = std::mem::take(&mut gather.host);
    let device = if host.is_empty() {
        Device::new(inventory, named.name, named.provisional)
    } else {
        Device::new(inventory, &host, false)
    };
    if host.is_empty() && named.provisional {
        inventory.problems.push(Problem::new(origin(0), Weight::Warning, "no-hostname"));
    }
    device.product(inventory, gather.product.system);
    inventory.rows.ok += gather.taken;
    let mut settling = Settling { inventory, device, external: external(&gather) };
    for mut held in std::mem::take(&mut gather.shared) {
        if !held.owner.is_empty() {
            held.principal = gather.name_of(&held.owner, "");
        }
        settling.shared(&held);
    }
    for mut entity in std::mem::take(&mut gather.entities) {
        entity.login = gather.name_of(&entity.key, &entity.login);
        if !entity.id.is_empty() && gather.knows_groups() {
            let member = gather.in_admin_group(&entity.id);
            entity.admin = Some(member || entity.admin == Some(true));
        }
        if gather.product.admin_by_default && entity.class == Class::Admin {
            entity.admin = entity.admin.or(Some(true));
        }
        entity.off |= gather.switched_off.iter().any(|path| covers(path, &entity.key));
        settling.entity(&entity);
    }
    settling.rest(&gather);
}

/// True where `key` lies at or below `path`.
fn covers(path: &str, key: &str) -> bool {
    key.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// True where a server takes part in checking logins.
fn external(gather: &Gather<'_>) -> bool {
    let methods = gather.facts.iter().filter(|fact| fact.0 == Topic::LoginMethod);
    let mut words = methods.flat_map(|fact| fact.1.split(' '));
    words.any(|method| !matches!(method, "local" | "none"))
}

struct Settling<'i> {
    inventory: &'i mut Inventory,
    device: Device,
    external: bool,
}

impl Settling<'_> {
    fn shared(&mut self, held: &Held) {
        let row = self.device.itself(self.inventory, held.line);
        push(self.inventory, row, held, 0, &held.principal);
    }

    fn entity(&mut self, entity: &Entity) {
        match entity.class {
            Class::Admin | Class::Remote => self.account(entity),
            Class::Community => self.community(entity),
            Class::SnmpUser => self.snmp_user(entity),
            Class::Record => self.held_by(entity),
        }
    }

    fn account(&mut self, entity: &Entity) {
        if entity.login.is_empty() {
            let problem = Problem::new(origin(entity.line), Weight::Row, "empty-account");
            self.inventory.rows.ok = self.inventory.rows.ok.saturating_sub(1);
            self.inventory.rows.quarantined += 1;
            return self.inventory.problems.push(problem);
        }
        let Entity { scope, login, line, .. } = entity;
        let row = self.device.account_in(self.inventory, scope, login, *line);
        let (remote, admin) = (entity.class == Class::Remote, entity.admin);
        let factor = self.factor(entity);
        let accounts = &mut self.inventory.accounts;
        accounts.set_flag(row, Flag::Enabled, Tri::from(!entity.off));
        if remote {
            accounts.set_flag(row, Flag::Remote, Tri::Yes);
            self.inventory.systems[self.device.system as usize].remote = Tri::Yes;
        }
        let accounts = &mut self.inventory.accounts;
        match admin {
            Some(yes) => accounts.set_flag(row, Flag::Privileged, Tri::from(yes)),
            None if remote => accounts.set_flag(row, Flag::Privileged, Tri::No),
            None => {}
        }
        accounts.set_flag(row, Flag::MfaEnforced, factor);
        self.days(row, entity);
        let privilege = match (remote, admin) {
            (_, Some(true)) => 15,
            (false, Some(false)) => 1,
            _ => 0,
        };
        for held in &entity.secrets {
            push(self.inventory, row, held, privilege, &held.principal);
        }
    }

    /// Whoever has a local password and no second factor has none, unless a server may ask for it.
    fn factor(&self, entity: &Entity) -> Tri {
        let own = entity.secrets.iter().any(|held| held.kind == Kind::Login);
        match (entity.factor, own && !entity.elsewhere && !self.external) {
            (true, _) => Tri::Yes,
            (false, true) => Tri::No,
            (false, false) => Tri::Unknown,
        }
    }

    fn days(&mut self, row: u32, entity: &Entity) {
        let day = |text: &str| {
            let parsed = date::parse(&iso(text), &date::DateRules::default()).ok();
            parsed.map_or(Stamp::UNKNOWN, |parsed| parsed.when.into())
        };
        let accounts = &mut self.inventory.accounts;
        if !entity.expires.is_empty() {
            accounts.expires.set(row, day(&entity.expires));
        }
        if !entity.changed.is_empty() {
            accounts.password_set.set(row, day(&entity.changed));
        }
    }

    /// Kept of a community: what it may do, and whether a list of sources guards it.
    fn community(&mut self, entity: &Entity) {
        if entity.login.is_empty() {
            return;
        }
        let access = if entity.write { "rw" } else { "ro" };
        let principal = format!("{access}{}", if entity.guard { " acl" } else { "" });
        let row = self.device.itself(self.inventory, entity.line);
        let secret = Secret {
            kind: Kind::SnmpCommunity,
            state: State::Plain,
            scheme: "",
            privilege: 0,
            principal: &principal,
            value: &entity.login,
            depth: 0,
        };
        Device::secret(self.inventory, row, &secret, entity.line);
        if !entity.off {
            self.fact(Topic::SnmpCommunity, &principal, entity.line);
        }
        for held in &entity.secrets {
            push(self.inventory, row, held, 0, "");
        }
    }

    fn snmp_user(&mut self, entity: &Entity) {
        let has = |kind| entity.secrets.iter().any(|held| held.kind == kind);
        let level = match (has(Kind::Snmpv3Auth), has(Kind::Snmpv3Priv)) {
            (_, true) => "priv",
            (true, false) => "auth",
            (false, false) => "noauth",
        };
        if !entity.off {
            self.fact(Topic::SnmpUser, level, entity.line);
        }
        self.held_by(entity);
    }

    fn held_by(&mut self, entity: &Entity) {
        for held in &entity.secrets {
            let row = self.device.itself(self.inventory, held.line);
            push(self.inventory, row, held, 0, &entity.login);
        }
    }

    fn fact(&mut self, topic: Topic, value: &str, line: u32) {
        self.inventory.push_fact(self.device.system, topic, value, origin(line));
    }

    fn rest(&mut self, gather: &Gather<'_>) {
        for (topic, value, line) in &gather.facts {
            self.fact(*topic, value, *line);
        }
        for (topic, value, line) in &gather.assumed {
            self.inventory.assume_fact(self.device.system, *topic, value, origin(*line));
        }
        for (word, line) in &gather.unread {
            self.device.unread(self.inventory, word, *line);
        }
        for Flaw { code, line, whole, detail } in &gather.flaws {
            let weight = if *whole { Weight::File } else { Weight::Row };
            let problem = Problem::new(origin(*line), weight, code).detail(detail.clone());
            self.inventory.rows.quarantined += u64::from(!whole);
            self.inventory.problems.push(problem);
        }
    }
}

/// `12/31/2026`, as pfSense writes it, with the year first; anything else as it is.
fn iso(text: &str) -> String {
    let parts: Vec<&str> = text.split('/').collect();
    match parts[..] {
        [month, day, year] if year.len() == 4 => format!("{year}-{month}-{day}"),
        _ => text.to_owned(),
    }
}

fn push(inventory: &mut Inventory, row: u32, held: &Held, privilege: u8, principal: &str) {
    let Held { kind, scheme, state, value, line, depth, .. } = held;
    let (kind, state, scheme, depth) = (*kind, *state, *scheme, *depth);
    let secret = Secret { kind, state, scheme, privilege, principal, value, depth };
    Device::secret(inventory, row, &secret, *line);
}
