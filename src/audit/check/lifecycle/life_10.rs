//! LIFE-10: somebody moved to another department, and the rights are those of the old one.

use crate::audit::account::Verdict;
use crate::audit::check::{Asking, Check};
use crate::audit::earlier::{Before, Earlier, each_before};
use crate::audit::missing::{Lack, Missing};
use crate::audit::people::who;
use crate::audit::sink::{Found, Sink};
use crate::audit::site::Class;
use crate::audit::view::AccountView;
use crate::model::finding::Confidence;
use crate::text::name::key;
use std::ops::Range;

/// The check. Once found, it lasts until the rights change.
pub(crate) struct Mover;

impl Check for Mover {
    fn rows(&self, ask: &Asking<'_>, rows: Range<u32>, out: &mut Sink) {
        each_before(ask, Class::PERSONS, rows, out, |account, before| match &ask.run.earlier {
            Some(earlier) => judge(earlier, &ask.rule.id, account, before),
            None => Verdict::NotAsked,
        });
    }
}

fn judge(
    earlier: &Earlier<'_>,
    rule: &str,
    account: &AccountView<'_>,
    before: &Before<'_>,
) -> Verdict {
    if account.is_nobodys() || account.is_local() || account.enabled() != Some(true) {
        return Verdict::NotAsked;
    }
    let (inventory, row) = (account.site.inventory, account.row);
    let accounts = &inventory.accounts;
    let (now, was) = (who(account.site, row).department, before.department());
    if now.is_empty() || was.is_empty() {
        account.lacks::<()>(Missing::lack(Lack::Department));
        return Verdict::Pass;
    }
    let rights = [accounts.role.get(row), accounts.groups.get(row)];
    let rights = rights.map(|name| inventory.names.get(name));
    if rights == [""; 2] || before.rights() == [""; 2] {
        account.lacks::<()>(Missing::lack(Lack::Rights));
        return Verdict::Pass;
    }
    let moved = key(now) != key(was);
    if rights != before.rights() || !(moved || earlier.found(rule, inventory, row)) {
        return Verdict::Pass;
    }
    let days = account.days_since(earlier.day());
    let found = Found::days("days-since-last-run", days, earlier.day());
    let detail = if moved { format!("{was} → {now}") } else { now.to_owned() };
    Verdict::Finding(found.at_most(Confidence::Medium).detail(detail))
}
