//! Rows of a register and the accounts that they list.

use crate::audit::site::SiteFacts;
use crate::model::account::Flag;
use crate::model::register::{Field, Register, RegisterRow};
use crate::text::name::login_key;
use hashbrown::HashMap;

/// Rows of one register by login; a row without a system means the login wherever it occurs.
pub(crate) struct Registered<'a> {
    site: &'a SiteFacts<'a>,
    by_login: HashMap<String, Vec<&'a RegisterRow>>,
}

impl<'a> Registered<'a> {
    /// Indexes a register.
    pub(crate) fn of(site: &'a SiteFacts<'a>, register: Register) -> Self {
        let inventory = site.inventory;
        let mut by_login: HashMap<String, Vec<&RegisterRow>> = HashMap::new();
        for row in inventory.registers.iter().filter(|row| row.register == register) {
            let login = login_key(inventory.text.get(row.text(Field::Account)));
            if !login.is_empty() {
                by_login.entry(login.into_owned()).or_default().push(row);
            }
        }
        Self { site, by_login }
    }

    /// The row that lists an account; where several do, the first.
    pub(crate) fn row(&self, account: u32) -> Option<&'a RegisterRow> {
        let (inventory, accounts) = (self.site.inventory, &self.site.inventory.accounts);
        let login = login_key(inventory.text.get(accounts.login.get(account)));
        let rows = self.by_login.get(login.as_ref())?;
        let system = accounts.system.get(account);
        rows.iter().copied().find(|row| self.is_about(row, system))
    }

    /// True where a row speaks of a system.
    pub(crate) fn is_about(&self, row: &RegisterRow, system: u16) -> bool {
        let written = self.site.inventory.text.get(row.text(Field::System)).trim();
        written.is_empty() || self.site.inventory.is_called(system, written)
    }
}

impl SiteFacts<'_> {
    /// True where a list was handed in, were it without a row.
    pub(crate) fn given(&self, register: Register) -> bool {
        self.inventory.given.contains(&register)
    }

    /// Accounts of a flag that only registers and site.toml set, built-in ones left out.
    pub(crate) fn flagged(&self, flag: Flag) -> impl Iterator<Item = u32> + '_ {
        let accounts = &self.inventory.accounts;
        accounts.rows().filter(move |&row| accounts.flag(row, flag).is_yes())
    }
}
