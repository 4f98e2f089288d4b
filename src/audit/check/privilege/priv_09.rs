//! PRIV-09: rights beyond what was declared: an administrator whom nobody approved, a role that
//! the job does not have.

use crate::audit::account::{Verdict, each_account};
use crate::audit::check::{Asking, Check};
use crate::audit::missing::{Lack, Missing};
use crate::audit::sink::{Found, Sink};
use crate::audit::site::Class;
use crate::audit::view::AccountView;
use crate::model::account::Flag;
use crate::model::finding::Severity;
use crate::model::register::{Field, Register, RegisterRow};
use crate::model::tri::Tri;
use crate::text::name::key;
use hashbrown::{HashMap, HashSet};
use std::ops::Range;

/// The check. A system of which the registers do not speak is not judged.
pub(crate) struct BeyondTable;

impl Check for BeyondTable {
    fn rows(&self, ask: &Asking<'_>, rows: Range<u32>, out: &mut Sink) {
        let tables = Tables::of(ask);
        each_account(ask, Class::PERSONS, rows, out, |account| judge(account, &tables));
    }
}

/// What people declared, by system.
#[derive(Default)]
struct Tables {
    /// Systems whose approved administrators are listed.
    listed: HashSet<u16>,
    /// Roles that a job may have, by system and job.
    roles: HashMap<(u16, String), HashSet<String>>,
    /// Systems of which the table of roles speaks.
    tabled: HashSet<u16>,
}

impl Tables {
    fn of(ask: &Asking<'_>) -> Self {
        let mut tables = Self::default();
        for row in &ask.site.inventory.registers {
            if !matches!(row.register, Register::Administrator | Register::Role) {
                continue;
            }
            for system in meant(ask, row) {
                tables.take(ask, row, system);
            }
        }
        tables
    }

    fn take(&mut self, ask: &Asking<'_>, row: &RegisterRow, system: u16) {
        let text = |field| key(ask.site.inventory.text.get(row.text(field)));
        if row.register == Register::Administrator {
            if !text(Field::Account).is_empty() {
                self.listed.insert(system);
            }
        } else if !text(Field::Job).is_empty() {
            self.tabled.insert(system);
            let roles = self.roles.entry((system, text(Field::Job))).or_default();
            roles.insert(text(Field::Role));
        }
    }
}

/// Systems that a row means: the one it names, or all in which somebody can have rights.
fn meant<'a>(ask: &'a Asking<'_>, row: &RegisterRow) -> impl Iterator<Item = u16> + 'a {
    let written = ask.site.inventory.text.get(row.text(Field::System));
    ask.systems()
        .filter(move |&system| written.is_empty() || ask.site.inventory.is_called(system, written))
}

fn judge(account: &AccountView<'_>, tables: &Tables) -> Verdict {
    let declared = account.flag(Flag::ApprovedAdministrator).is_yes() || account.is_break_glass();
    if account.flag(Flag::Enabled) == Tri::No || declared {
        return Verdict::Pass;
    }
    match by_role(account, tables) {
        Some(true) => return Verdict::Pass,
        Some(false) => {
            account.enabled();
            let most = if account.privileged_if_known().is_yes() {
                Severity::Critical
            } else {
                Severity::Medium
            };
            let role = account.site.inventory.accounts.role.get(account.row);
            let found =
                Found::new("role").detail(account.site.inventory.names.get(role).to_owned());
            return Verdict::Finding(Found { most, ..found });
        }
        None => {}
    }
    match account.privileged() {
        Some(true) => {}
        Some(false) if !tables.tabled.contains(&system(account)) => return Verdict::NotAsked,
        _ => return Verdict::Pass,
    }
    if !tables.listed.contains(&system(account)) {
        account.lacks::<()>(Missing::lack(Lack::AdministratorRegister));
        return Verdict::Pass;
    }
    account.enabled();
    Verdict::Finding(Found::new("approval"))
}

fn system(account: &AccountView<'_>) -> u16 {
    account.site.inventory.accounts.system.get(account.row)
}

/// Whether the table of roles allows the role; `None` where it has no answer. Of a job that the
/// table does not name it says nothing.
fn by_role(account: &AccountView<'_>, tables: &Tables) -> Option<bool> {
    if !tables.tabled.contains(&system(account)) {
        return None;
    }
    let names = &account.site.inventory.names;
    let role = names.get(account.site.inventory.accounts.role.get(account.row));
    if role.is_empty() {
        return account.lacks(Missing::lack(Lack::Role));
    }
    let allowed = tables.roles.get(&(system(account), key(account.job()?)))?;
    Some(allowed.contains(&key(role)))
}
