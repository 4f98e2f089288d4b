//! Rows of the registers of services and vendors, with the accounts that they list.

use crate::audit::check::Asking;
use crate::audit::site::Class;
use crate::model::account::Flag;
use crate::model::file::FileId;
use crate::model::register::{Field, Register, RegisterRow};
use crate::rules::source::SourceSpec;
use crate::text::name::{key, login_key};
use hashbrown::HashMap;

/// An account and the row that lists it.
pub(super) struct Listed<'a> {
    /// Row of the account.
    pub(super) row: u32,
    /// Row of the register.
    pub(super) entry: &'a RegisterRow,
}

/// Accounts of the systems in scope that one of the registers lists, in the order of the registers.
/// Built-in accounts are left out.
pub(super) fn listed<'a>(ask: &'a Asking<'_>, registers: &[Register]) -> Vec<Listed<'a>> {
    let inventory = ask.site.inventory;
    let accounts = &inventory.accounts;
    let mut by_login: HashMap<String, Vec<u32>> = HashMap::new();
    for row in 0..accounts.len() {
        // Correlation has marked whoever is listed: only few accounts are.
        let marked = [Flag::Service, Flag::Vendor].iter().any(|&f| accounts.flag(row, f).is_yes());
        let asked = marked && ask.scope[accounts.system.get(row) as usize];
        if asked && ask.site.class(row).is(Class::PERSONS) {
            let login = login_key(inventory.text.get(accounts.login.get(row)));
            by_login.entry(login.into_owned()).or_default().push(row);
        }
    }
    let mut found = Vec::new();
    for entry in inventory.registers.iter().filter(|entry| registers.contains(&entry.register)) {
        let login = login_key(inventory.text.get(entry.text(Field::Account)));
        let system = inventory.text.get(entry.text(Field::System));
        let named = by_login.get(login.as_ref()).into_iter().flatten().copied();
        let meant = named.filter(|&row| {
            system.is_empty() || inventory.is_called(accounts.system.get(row), system)
        });
        found.extend(meant.map(|row| Listed { row, entry }));
    }
    found
}

/// True where the file of a register has the column at all: an empty cell is an omission, a column
/// that is not there is nothing to judge.
pub(super) fn has_column(ask: &Asking<'_>, entry: &RegisterRow, field: Field) -> bool {
    let FileId(number) = entry.origin.file;
    let Some(file) = ask.site.inventory.files.get(number as usize) else { return false };
    let of_register = |source: &&SourceSpec| source.register == Some(entry.register);
    let specs = ask.rules.sources.iter().filter(of_register);
    specs.into_iter().any(|spec| {
        file.columns_used.iter().any(|column| spec.field_of(&key(column)) == Some(field))
    })
}
