//! An account, a community or another entry, while its statements come in.

use super::table::{Act, Class};
use crate::model::credential::{Kind, State};
use zeroize::Zeroizing;

/// A secret that waits for the end.
pub(super) struct Held {
    pub(super) kind: Kind,
    pub(super) scheme: &'static str,
    pub(super) state: State,
    pub(super) value: Zeroizing<String>,
    pub(super) principal: String,
    /// Path of the entry that names the principal, where that has no name of its own.
    pub(super) owner: String,
    pub(super) line: u32,
    /// 0 = in force, n = the n-th before it.
    pub(super) depth: u8,
}

impl Held {
    /// A secret in force that no entry names.
    pub(super) fn alone(
        (kind, scheme, state): (Kind, &'static str, State),
        value: &str,
        principal: &str,
        line: u32,
    ) -> Self {
        let (value, principal) = (Zeroizing::new(value.to_owned()), principal.to_owned());
        Self { kind, scheme, state, value, principal, owner: String::new(), line, depth: 0 }
    }
}

/// An account, a community or another entry with secrets.
pub(super) struct Entity {
    pub(super) class: Class,
    /// Its whole path.
    pub(super) key: String,
    /// The virtual device or profile that it lies in.
    pub(super) scope: String,
    pub(super) login: String,
    pub(super) line: u32,
    pub(super) secrets: Vec<Held>,
    pub(super) off: bool,
    pub(super) admin: Option<bool>,
    pub(super) factor: bool,
    pub(super) elsewhere: bool,
    pub(super) write: bool,
    pub(super) guard: bool,
    pub(super) expires: String,
    pub(super) changed: String,
    /// Number by which groups name it.
    pub(super) id: String,
}

impl Entity {
    /// An entry that nothing is known of yet.
    pub(super) fn new(
        class: Class,
        key: String,
        scope: String,
        login: String,
        line: u32,
        off: bool,
    ) -> Self {
        Self {
            class,
            key,
            scope,
            login,
            line,
            secrets: Vec::new(),
            off,
            admin: None,
            factor: false,
            elsewhere: false,
            write: false,
            guard: false,
            expires: String::new(),
            changed: String::new(),
            id: String::new(),
        }
    }

    /// Takes what a statement says of it.
    pub(super) fn learn(&mut self, act: Act, value: &str, admins: &[&str]) {
        let listed = |list: &[&str]| list.is_empty() || list.contains(&value);
        match act {
            Act::Role => {
                let admin = admins.contains(&value);
                self.admin = Some(admin || self.admin == Some(true));
            }
            Act::Grants => self.admin = Some(true),
            Act::Off(list) => self.off |= listed(list),
            Act::Factor => self.factor = true,
            Act::Elsewhere => self.elsewhere = true,
            Act::Write(list) => self.write |= listed(list),
            Act::Guard(open) => self.guard |= !open.contains(&value),
            Act::Expires => value.clone_into(&mut self.expires),
            Act::Changed => value.clone_into(&mut self.changed),
            Act::Id => value.clone_into(&mut self.id),
            _ => {}
        }
    }
}
