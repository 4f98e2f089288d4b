//! Access logs → last uses of the accounts they speak of.
//!
//! A log proves use; it proves disuse only for the time that it covers. So an account that does
//! not occur is not "never used", unless the log covers its whole life.

use crate::model::account::{LastUse, Unseen, later};
use crate::model::day::{Stamp, When};
use crate::model::file::{FileId, Origin, Problem, Weight};
use crate::model::inventory::Inventory;
use crate::model::register::{LogSpan, LogUse};
use crate::model::site::SystemKind;
use crate::text::name::login_key;
use hashbrown::HashMap;
use std::collections::BTreeMap;

/// Gives every log to its system.
pub(super) fn apply(site: &mut Inventory) {
    if site.log_spans.is_empty() {
        return;
    }
    let mut uses: BTreeMap<FileId, Vec<LogUse>> = BTreeMap::new();
    for log_use in std::mem::take(&mut site.log_uses) {
        uses.entry(log_use.origin.file).or_default().push(log_use);
    }
    site.log_spans = whole_spans(&site.log_spans);
    for span in site.log_spans.clone() {
        let uses = uses.remove(&span.origin.file).unwrap_or_default();
        match system(site, span) {
            Some(system) => give(site, system, span, &uses),
            None => complain(site, span.origin, "log-without-system", String::new()),
        }
    }
}

/// The parts of one file cover one time together.
fn whole_spans(parts: &[LogSpan]) -> Vec<LogSpan> {
    let mut spans: BTreeMap<FileId, LogSpan> = BTreeMap::new();
    for part in parts {
        let span = spans.entry(part.origin.file).or_insert(*part);
        span.first = span.first.min(part.first);
        span.last = span.last.max(part.last);
    }
    spans.into_values().collect()
}

/// The system that the folder names, else the one whose name begins the file's, else the only one
/// whose accounts have no last use of their own.
fn system(site: &Inventory, span: LogSpan) -> Option<u16> {
    let name = site.names.get(span.system).to_lowercase();
    let medical: Vec<u16> = (0..site.systems.len() as u16)
        .filter(|&index| site.systems[index as usize].kind == SystemKind::Ecarte)
        .filter(|&index| site.accounts.rows().any(|row| site.accounts.system.get(row) == index))
        .collect();
    let called = |index: &&u16| site.system_name(**index).to_lowercase();
    if let Some(&same) = medical.iter().find(|index| called(index) == name) {
        return Some(same);
    }
    if let Some(&begun) = medical.iter().find(|index| name.starts_with(&called(index))) {
        return Some(begun);
    }
    let unused = |index: &u16| {
        let mut rows = site.accounts.rows().filter(|&row| site.accounts.system.get(row) == *index);
        rows.all(|row| site.accounts.last_use.get(row) == Stamp::UNKNOWN)
    };
    let open: Vec<u16> = medical.into_iter().filter(unused).collect();
    if let [only] = open[..] { Some(only) } else { None }
}

fn give(site: &mut Inventory, system: u16, span: LogSpan, uses: &[LogUse]) {
    let mut by_login: HashMap<String, &LogUse> = HashMap::new();
    for log_use in uses {
        let key = login_key(site.text.get(log_use.login)).into_owned();
        let newest = by_login.entry(key).or_insert(log_use);
        if log_use.last > newest.last {
            *newest = log_use;
        }
    }
    let rows: Vec<u32> =
        site.accounts.rows().filter(|&row| site.accounts.system.get(row) == system).collect();
    let mut known = 0;
    for row in rows {
        let login = site.text.get(site.accounts.login.get(row));
        match by_login.get(login_key(login).as_ref()) {
            Some(log_use) => {
                known += 1;
                let used = Stamp::from(When::On(log_use.last));
                if later(used, site.accounts.last_use.get(row)) {
                    site.accounts.last_use.set(row, used);
                    site.accounts.last_use_source.set(row, LastUse::AccessLog);
                    site.accounts.log_origin.set(row, log_use.origin);
                }
            }
            None => unseen(site, row, span),
        }
    }
    let unknown = by_login.len().saturating_sub(known);
    if unknown > 0 {
        complain(site, span.origin, "log-unknown-users", format!("{unknown} ids"));
    }
}

fn unseen(site: &mut Inventory, row: u32, span: LogSpan) {
    if site.accounts.last_use.get(row) != Stamp::UNKNOWN {
        return;
    }
    if matches!(site.accounts.created.get(row).when(), When::On(made) if made >= span.first) {
        site.accounts.last_use.set(row, Stamp::NEVER);
        site.accounts.last_use_source.set(row, LastUse::AccessLog);
        site.accounts.log_origin.set(row, span.origin);
        return;
    }
    let days = span.last.days_since(span.first).clamp(0, i32::from(u16::MAX)) as u16;
    if days > site.accounts.unseen.get(row).days {
        site.accounts.unseen.set(row, Unseen { since: span.first, days });
        site.accounts.log_origin.set(row, span.origin);
    }
}

// Numbers only: who stands in a log and in no list is nobody that this tool may name.
fn complain(site: &mut Inventory, origin: Origin, code: &'static str, detail: String) {
    site.problems.push(Problem::new(origin, Weight::Warning, code).detail(detail));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::account::Draft;
    use crate::model::day::Day;

    fn day(text: (i32, u32, u32)) -> Day {
        Day::from_ymd(text.0, text.1, text.2).unwrap()
    }

    fn site(log: &str) -> Inventory {
        let mut site = Inventory::default();
        let system = site.system(SystemKind::Ecarte, "orca", false);
        let made = |d| Stamp::from(When::On(day(d)));
        for (login, created) in
            [("seen", Stamp::UNKNOWN), ("old", made((2020, 4, 1))), ("new", made((2026, 6, 1)))]
        {
            site.push_account(system, &Draft { login, created, ..Draft::default() });
        }
        let (name, login) = (site.names.intern(log), site.text.push("SEEN"));
        let stranger = site.text.push("stranger");
        let origin = Origin { file: FileId(0), line: 3 };
        let last = day((2026, 11, 2));
        site.log_uses.push(LogUse { system: name, login, last, origin });
        site.log_uses.push(LogUse { system: name, login: stranger, last, origin });
        let (first, last) = (day((2026, 5, 1)), day((2026, 11, 20)));
        site.log_spans.push(LogSpan { system: name, first, last, origin: Origin::default() });
        apply(&mut site);
        site
    }

    #[test]
    fn a_log_proves_use_and_covers_only_its_time() {
        let site = site("orca");
        let accounts = &site.accounts;
        assert_eq!(accounts.last_use.get(0), Stamp::from(When::On(day((2026, 11, 2)))));
        assert_eq!(accounts.last_use_source.get(0), LastUse::AccessLog);
        assert_eq!(accounts.last_use.get(1), Stamp::UNKNOWN);
        assert_eq!(accounts.unseen.get(1), Unseen { since: day((2026, 5, 1)), days: 203 });
        assert_eq!(accounts.last_use.get(2), Stamp::NEVER);
        let codes: Vec<_> = site.problems.iter().map(|p| (p.code, p.detail.as_str())).collect();
        assert_eq!(codes, [("log-unknown-users", "1 ids")]);
    }

    #[test]
    fn a_log_finds_its_system_by_folder_name_or_exclusion() {
        for name in ["ORCA", "orca_log", "access"] {
            assert_eq!(site(name).accounts.last_use_source.get(0), LastUse::AccessLog, "{name}");
        }
        let mut two = Inventory::default();
        for name in ["a", "b"] {
            let system = two.system(SystemKind::Ecarte, name, false);
            two.push_account(system, &Draft { login: "x", ..Draft::default() });
        }
        let system = two.names.intern("log");
        let first = day((2026, 5, 1));
        two.log_spans.push(LogSpan { system, first, last: first, origin: Origin::default() });
        apply(&mut two);
        assert_eq!(two.problems[0].code, "log-without-system");
    }
}
