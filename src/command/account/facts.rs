//! Every fact of one account with the line that states it, export by export.

use crate::command::inventory;
use crate::model::account::{Fact, Flag, LastUse};
use crate::model::file::Origin;
use crate::model::inventory::Inventory;
use crate::model::lang::Lang;
use crate::model::register::{Field, Register};
use crate::model::tri::Tri;
use crate::text::name::{login_key, pad};
use std::fmt::Write;

/// The account first, then its facts, then its stored secrets by kind and never by value.
pub(super) fn facts(sites: &[Inventory], site: &Inventory, row: u32, lang: Lang) -> String {
    let system = site.system_of(row);
    let mut text = format!(
        "{}/{}/{}\n",
        site.site.slug,
        site.names.get(system.name),
        site.text.get(site.accounts.login.get(row))
    );
    let person = inventory::person_id(sites, site, row);
    if !person.is_empty() {
        let link = site.accounts.link.get(row).word();
        let _ = writeln!(text, "  {}  {person} ({link})", lang.pick("職員", "person"));
    }
    let _ = writeln!(text, "  account_kind  {}", inventory::kind(site, row).word());
    let rows = rows_of(site, row);
    for &fact in Fact::ALL {
        stated(&mut text, site, &rows, fact);
    }
    for &flag in Flag::ALL.iter().filter(|flag| **flag != Flag::Absorbed) {
        flagged(&mut text, site, &rows, flag);
    }
    non_employee(&mut text, site, row);
    unseen(&mut text, site, row);
    secrets(&mut text, site, row);
    text
}

/// The row that stands for the account and those that it has taken in, directly or not.
fn rows_of(site: &Inventory, row: u32) -> Vec<u32> {
    let mut rows = vec![row];
    let mut at = 0;
    while at < rows.len() {
        let into = rows[at] + 1;
        let taken = (0..site.accounts.len()).filter(|&r| site.accounts.merged_into.get(r) == into);
        rows.extend(taken);
        at += 1;
    }
    rows
}

fn line(text: &mut String, site: &Inventory, name: &str, value: &str, origin: Origin) {
    let path = &site.file(origin.file).path;
    let _ = writeln!(text, "  {} {}  {path}:{}", pad(name, 24), pad(value, 24), origin.line);
}

/// What each export states itself; values that a row took over are its source's.
fn stated(text: &mut String, site: &Inventory, rows: &[u32], fact: Fact) {
    for &row in rows.iter().filter(|&&row| !site.accounts.was_filled(row, fact)) {
        let value = value(site, row, fact);
        if !value.is_empty() {
            line(text, site, fact.word(), &value, origin(site, row, fact));
        }
    }
}

fn origin(site: &Inventory, row: u32, fact: Fact) -> Origin {
    let from_log = site.accounts.last_use_source.get(row) == LastUse::AccessLog;
    if fact == Fact::LastUse && from_log {
        return site.accounts.log_origin.get(row);
    }
    site.accounts.origin.get(row)
}

fn value(site: &Inventory, row: u32, fact: Fact) -> String {
    let accounts = &site.accounts;
    let text = |span| site.text.get(span).to_owned();
    let name = |id| site.names.get(id).replace('\n', "; ");
    let day = |stamp: crate::model::day::Stamp| match inventory::date(stamp) {
        day if day.is_empty() && stamp == crate::model::day::Stamp::NEVER => "never".to_owned(),
        day => day,
    };
    match fact {
        Fact::Login => text(accounts.login.get(row)),
        Fact::Native => text(accounts.native.get(row)),
        Fact::Name => text(accounts.name.get(row)),
        Fact::Kana => text(accounts.kana.get(row)),
        Fact::Mail => text(accounts.mail.get(row)),
        Fact::Upn => text(accounts.upn.get(row)),
        Fact::Employee => text(accounts.employee.get(row)),
        Fact::Department => name(accounts.department.get(row)),
        Fact::Job => name(accounts.job.get(row)),
        Fact::Role => name(accounts.role.get(row)),
        Fact::Groups => name(accounts.groups.get(row)),
        Fact::Created => day(accounts.created.get(row)),
        Fact::PasswordSet => day(accounts.password_set.get(row)),
        Fact::Expires => day(accounts.expires.get(row)),
        Fact::Class => name(accounts.class.get(row)),
        Fact::LockedSince => day(accounts.locked_since.get(row)),
        Fact::Changed => day(accounts.changed.get(row)),
        Fact::MfaPlan => day(accounts.mfa_plan.get(row)),
        Fact::Factors => accounts.factors.get(row).words(),
        Fact::LastUse => match day(accounts.last_use.get(row)) {
            used if used.is_empty() => used,
            used => format!("{used} ({})", accounts.last_use_source.get(row).word()),
        },
    }
}

fn flagged(text: &mut String, site: &Inventory, rows: &[u32], flag: Flag) {
    for &row in rows {
        let answer = site.accounts.flag(row, flag);
        if answer == Tri::Unknown || site.accounts.filled_flags(row).get(flag).is_yes() {
            continue;
        }
        let origin = registered(site, row, flag);
        let origin = origin.unwrap_or_else(|| site.accounts.origin.get(row));
        line(text, site, flag.word(), answer.word(), origin);
    }
}

/// The row of a register that says it.
fn registered(site: &Inventory, row: u32, flag: Flag) -> Option<Origin> {
    let register = match flag {
        Flag::Shared => Register::Shared,
        Flag::Service => Register::Service,
        Flag::Vendor => Register::Vendor,
        Flag::BreakGlass => Register::BreakGlass,
        Flag::ApprovedAdministrator => Register::Administrator,
        _ => return None,
    };
    let login = login_key(site.text.get(site.accounts.login.get(row)));
    let listed = site.registers.iter().find(|listed| {
        let account = site.text.get(listed.text(Field::Account));
        listed.register == register && login_key(account) == login
    });
    listed.map(|listed| listed.origin)
}

/// The row of the register of non-employees that lists the account.
fn non_employee(text: &mut String, site: &Inventory, row: u32) {
    let listed = site.accounts.non_employee.get(row).checked_sub(1);
    if let Some(listed) = listed.and_then(|listed| site.registers.get(listed as usize)) {
        let class = site.text.get(listed.text(Field::Class));
        line(text, site, Register::NonEmployee.word(), class, listed.origin);
    }
}

fn unseen(text: &mut String, site: &Inventory, row: u32) {
    let unseen = site.accounts.unseen.get(row);
    if unseen.days > 0 {
        let value = format!("{} ({} days)", unseen.since, unseen.days);
        line(text, site, "not-in-log-since", &value, site.accounts.log_origin.get(row));
    }
}

fn secrets(text: &mut String, site: &Inventory, row: u32) {
    for credential in site.credentials.iter().filter(|c| c.account == row) {
        let scheme = site.names.get(credential.scheme);
        let words = [credential.kind.word(), scheme, credential.state.word()];
        let value: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
        line(text, site, "credential", &value.join(" "), credential.origin);
    }
}
