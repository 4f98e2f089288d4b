//! What readers of device configurations share: a device under construction, the forms that
//! stand for a removed secret, and the words that betray a secret nobody understood.

mod coverage;
mod form;
mod stand_in;

pub(super) use coverage::{Marks, scan, secret_word, url_password};
pub(super) use form::form;
pub(super) use stand_in::stand_in;

use crate::ingest::source::Source;
use crate::model::account::{Draft, Flag};
use crate::model::credential::{Kind, State};
use crate::model::file::{FileId, Origin};
use crate::model::inventory::{CredentialDraft, Inventory, UnreadSecret};
use crate::model::site::SystemKind;
use crate::model::tri::Tri;
use hashbrown::{HashMap, HashSet};

/// Longest configuration that is read.
pub(super) const CONFIG_LIMIT: usize = 64 << 20;

/// A secret as a statement gives it.
#[derive(Clone, Copy)]
pub(super) struct Secret<'a> {
    pub(super) kind: Kind,
    pub(super) state: State,
    pub(super) scheme: &'a str,
    pub(super) privilege: u8,
    pub(super) principal: &'a str,
    pub(super) value: &'a str,
    /// 0 = in force, n = the n-th before it.
    pub(super) depth: u8,
}

/// A device and its accounts.
pub(super) struct Device {
    pub(super) system: u16,
    logins: HashMap<String, u32>,
    /// Logins of accounts inside virtual devices.
    scoped: HashSet<String>,
}

impl Device {
    /// A device by its host name.
    pub(super) fn new(inventory: &mut Inventory, name: &str, provisional: bool) -> Self {
        Self::of_kind(inventory, SystemKind::Device, name, provisional)
    }

    /// A system of another kind that has accounts of its own.
    pub(super) fn of_kind(
        inventory: &mut Inventory,
        kind: SystemKind,
        name: &str,
        provisional: bool,
    ) -> Self {
        let system = inventory.system(kind, name, provisional);
        Self { system, logins: HashMap::new(), scoped: HashSet::new() }
    }

    /// Names the product, in lower case.
    pub(super) fn product(&self, inventory: &mut Inventory, product: &str) {
        inventory.systems[self.system as usize].product = inventory.names.intern(product);
    }

    /// The row of a login, added where it is new. Device accounts exist to be used.
    pub(super) fn account(&mut self, inventory: &mut Inventory, login: &str, line: u32) -> u32 {
        self.account_in(inventory, "", login, line)
    }

    /// The row of a login inside a virtual device: the same login in another one is another account.
    pub(super) fn account_in(
        &mut self,
        inventory: &mut Inventory,
        scope: &str,
        login: &str,
        line: u32,
    ) -> u32 {
        let native = match scope {
            // Two accounts of one login are told apart by their ids.
            "" if self.scoped.contains(login) => login.to_owned(),
            "" => String::new(),
            _ => format!("{scope}/{login}"),
        };
        let key = if scope.is_empty() { login } else { &native };
        if let Some(&row) = self.logins.get(key) {
            return row;
        }
        if !scope.is_empty()
            && self.scoped.insert(login.to_owned())
            && let Some(&outside) = self.logins.get(login)
        {
            inventory.accounts.native.set(outside, inventory.text.push(login));
        }
        let mut draft = Draft { login, native: &native, origin: origin(line), ..Draft::default() };
        draft.flags.set(Flag::Enabled, Tri::Yes);
        let row = inventory.push_account(self.system, &draft);
        self.logins.insert(key.to_owned(), row);
        row
    }

    /// True where an account outside all virtual devices has this login.
    pub(super) fn has(&self, login: &str) -> bool {
        self.logins.contains_key(login)
    }

    /// The row without a login that holds what belongs to the device itself: communities, shared
    /// keys, line passwords. No person's, so it counts as built in.
    pub(super) fn itself(&mut self, inventory: &mut Inventory, line: u32) -> u32 {
        let row = self.account(inventory, "", line);
        inventory.accounts.set_flag(row, Flag::BuiltIn, Tri::Yes);
        row
    }

    /// Adds a secret to a row. A value that was removed is kept as the fact that it was.
    pub(super) fn secret(inventory: &mut Inventory, row: u32, secret: &Secret<'_>, line: u32) {
        let mut draft = CredentialDraft {
            kind: secret.kind,
            state: secret.state,
            depth: secret.depth,
            privilege: secret.privilege,
            scheme: secret.scheme,
            principal: secret.principal,
            salt: "",
            secret: secret.value.as_bytes(),
            origin: origin(line),
        };
        if let Some(state) = stand_in(secret.value) {
            draft.state = state;
            draft.secret = b"";
        }
        inventory.push_credential(row, &draft);
    }

    /// Notes a line that holds a secret which nobody understood.
    pub(super) fn unread(&self, inventory: &mut Inventory, word: &'static str, line: u32) {
        let system = self.system;
        inventory.unread_secrets.push(UnreadSecret { system, word, origin: origin(line) });
    }
}

/// Place of a line.
pub(super) const fn origin(line: u32) -> Origin {
    Origin { file: FileId(0), line }
}

/// What a device is called that does not say: by its folder, else by the file.
pub(super) fn fallback_name(source: &Source<'_>) -> (String, bool) {
    match source.system_folder() {
        Some(folder) => (folder.to_owned(), false),
        None => (source.dateless_stem(), true),
    }
}
