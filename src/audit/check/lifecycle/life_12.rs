//! LIFE-12: disabled, and still in groups: whoever enables it again gives all rights back.

use crate::audit::account::{PerAccount, Verdict};
use crate::audit::sink::Found;
use crate::audit::view::AccountView;
use crate::model::finding::Unit;
use crate::model::person::Employment;

/// The check.
pub(crate) struct DisabledInGroups;

/// Groups that everybody is in.
const EVERYBODY: &[&str] =
    &["domain users", "domain guests", "users", "ドメイン ユーザー", "ドメイン ユーザ"];

impl PerAccount<0> for DisabledInGroups {
    const THRESHOLDS: [&'static str; 0] = [];

    fn judge(&self, account: &AccountView<'_>, []: [i32; 0]) -> Verdict {
        if account.enabled() != Some(false) || is_on_leave(account) {
            return Verdict::Pass;
        }
        let found = |count| Verdict::Finding(Found::count("groups", count, Unit::Groups));
        // A primary group stands in no list of groups, and may be the one that counts.
        if account.privileged_if_known().is_yes() && account.system.grouped {
            let groups = account.groups().map_or(0, |groups| groups.filter(special).count());
            return found(groups.max(1) as i64);
        }
        match account.groups().map(|groups| groups.filter(special).count()) {
            Some(count) if count > 0 => found(count as i64),
            _ => Verdict::Pass,
        }
    }
}

/// Somebody who comes back needs the groups again, and the roster says that they will.
fn is_on_leave(account: &AccountView<'_>) -> bool {
    let roster = account.person_id().and_then(|person| account.site.people.roster(person));
    roster.is_some_and(|(_, row)| row.status == Employment::Leave)
}

fn special(group: &&str) -> bool {
    let group = group.trim().to_lowercase();
    !group.is_empty() && !EVERYBODY.contains(&group.as_str())
}
