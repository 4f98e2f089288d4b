//! Registers → flags of the accounts that they list.

use crate::model::account::Flag;
use crate::model::day::{Stamp, When};
use crate::model::inventory::Inventory;
use crate::model::register::{Field, Register};
use crate::model::tri::Tri;
use crate::text::name::login_key;
use hashbrown::HashMap;

/// Marks listed accounts as shared, service, vendor or break-glass. A row without a system means
/// the login wherever it occurs.
pub(super) fn mark(site: &mut Inventory) {
    let mut listed: HashMap<String, Vec<(String, Flag)>> = HashMap::new();
    for row in &site.registers {
        let Some(flag) = flag(row.register) else { continue };
        let system = site.text.get(row.text(Field::System)).to_lowercase();
        let login = login_key(site.text.get(row.text(Field::Account)));
        if !login.is_empty() {
            listed.entry(login.into_owned()).or_default().push((system, flag));
        }
    }
    if listed.is_empty() {
        return;
    }
    let rows: Vec<u32> = site.accounts.rows().collect();
    for row in rows {
        let login = site.text.get(site.accounts.login.get(row));
        let Some(marks) = listed.get(login_key(login).as_ref()) else { continue };
        let name = site.system_name(site.accounts.system.get(row)).to_lowercase();
        for (system, flag) in marks {
            if system.is_empty() || *system == name || is_alias(site, &name, system) {
                site.accounts.set_flag(row, *flag, Tri::Yes);
            }
        }
    }
}

/// Ties accounts to the register of people who are not employed here, wherever one of their logins
/// occurs. Of two rows for one login the one that ends last counts: contracts are renewed.
pub(super) fn tie_non_employees(site: &mut Inventory) {
    let mut listed: HashMap<String, (u32, Stamp)> = HashMap::new();
    for (number, row) in (1..).zip(&site.registers) {
        if row.register != Register::NonEmployee {
            continue;
        }
        let end = row.day(Field::EndDate);
        for login in logins(site.text.get(row.text(Field::Logins))) {
            let known = listed.entry(login_key(login).into_owned()).or_insert((number, end));
            if outlasts(end, known.1) {
                *known = (number, end);
            }
        }
    }
    if listed.is_empty() {
        return;
    }
    let rows: Vec<u32> = site.accounts.rows().collect();
    for row in rows {
        let login = site.text.get(site.accounts.login.get(row));
        if let Some(&(number, _)) = listed.get(login_key(login).as_ref()) {
            site.accounts.non_employee.set(row, number);
        }
    }
}

fn logins(cell: &str) -> impl Iterator<Item = &str> {
    let separators = [',', ';', '、', '，', '・', ' ', '　', '/', '\n'];
    cell.split(separators).map(str::trim).filter(|login| !login.is_empty())
}

/// True where `a` ends after `b`; without an end it lasts longest.
fn outlasts(a: Stamp, b: Stamp) -> bool {
    match (a.when(), b.when()) {
        (When::On(a), When::On(b)) => a > b,
        (When::On(_), _) => false,
        (_, b) => matches!(b, When::On(_)),
    }
}

const fn flag(register: Register) -> Option<Flag> {
    match register {
        Register::Shared => Some(Flag::Shared),
        Register::Service => Some(Flag::Service),
        Register::Vendor => Some(Flag::Vendor),
        Register::BreakGlass => Some(Flag::BreakGlass),
        Register::Administrator => Some(Flag::ApprovedAdministrator),
        Register::NonEmployee | Register::Role | Register::Ledger | Register::Declared => None,
    }
}

/// `corp` is what people call `corp.byoin.example`; site.toml names the rest.
fn is_alias(site: &Inventory, name: &str, written: &str) -> bool {
    name.split('.').next() == Some(written)
        || site.site.aliases.iter().any(|(canonical, alias)| {
            canonical.to_lowercase() == name && alias.to_lowercase() == written
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::account::Draft;
    use crate::model::file::Origin;
    use crate::model::register::RegisterRow;
    use crate::model::site::SystemKind;

    #[test]
    fn a_non_employee_is_tied_by_each_of_the_logins() {
        let mut site = Inventory::default();
        let system = site.system(SystemKind::Directory, "corp", false);
        for login in ["x-haken", "X-HAKEN2", "a.sato"] {
            site.push_account(system, &Draft { login, ..Draft::default() });
        }
        let day = |days| Stamp::from(When::On(crate::model::day::Day::from_epoch_days(days)));
        for (logins, end) in [("x-haken、x-haken2", day(100)), ("x-haken", day(200))] {
            let texts = vec![(Field::Logins, site.text.push(logins))];
            let days = vec![(Field::EndDate, end)];
            let (register, origin) = (Register::NonEmployee, Origin::default());
            site.registers.push(RegisterRow { register, texts, days, origin });
        }
        tie_non_employees(&mut site);
        let tied: Vec<u32> = (0..3).map(|row| site.accounts.non_employee.get(row)).collect();
        assert_eq!(tied, [2, 1, 0]);
        assert!(outlasts(Stamp::UNKNOWN, day(1)) && !outlasts(day(1), Stamp::NEVER));
    }

    #[test]
    fn a_row_marks_its_system_and_one_without_marks_all() {
        let mut site = Inventory::default();
        for system in ["corp.byoin.example", "orca"] {
            let system = site.system(SystemKind::Ecarte, system, false);
            for login in ["ward3f", "hijou"] {
                site.push_account(system, &Draft { login, ..Draft::default() });
            }
        }
        for (register, system, account) in
            [(Register::Shared, "CORP", "Ward3F"), (Register::BreakGlass, "", "hijou")]
        {
            let texts = [(Field::System, system), (Field::Account, account)];
            let texts = texts.map(|(field, text)| (field, site.text.push(text))).to_vec();
            let origin = Origin::default();
            site.registers.push(RegisterRow { register, texts, days: Vec::new(), origin });
        }
        mark(&mut site);
        let marked =
            |flag| (0..4).map(|row| site.accounts.flag(row, flag).is_yes()).collect::<Vec<_>>();
        assert_eq!(marked(Flag::Shared), [true, false, false, false]);
        assert_eq!(marked(Flag::BreakGlass), [false, true, false, true]);
    }
}
