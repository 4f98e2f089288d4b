//! AGE-10: the password ran out long ago, and the account is still enabled.

use crate::audit::account::{Verdict, each_account};
use crate::audit::check::{Asking, Check};
use crate::audit::missing::{Lack, Missing};
use crate::audit::sink::{Found, Sink};
use crate::audit::site::Class;
use crate::audit::view::{AccountView, Since};
use crate::model::account::Flag;
use std::ops::Range;

/// The check.
pub(crate) struct PasswordRanOut;

impl Check for PasswordRanOut {
    fn thresholds(&self) -> Vec<&'static str> {
        vec!["days"]
    }

    fn rows(&self, ask: &Asking<'_>, rows: Range<u32>, out: &mut Sink) {
        let days = ask.policy.threshold(ask.rule, "days") as i32;
        let systems: Vec<_> = (0..ask.scope.len() as u16).map(|s| Lifetime::of(ask, s)).collect();
        each_account(ask, Class::PERSONS, rows, out, |account| {
            let system = account.site.inventory.accounts.system.get(account.row);
            judge(account, systems[system as usize], days)
        });
    }
}

/// How long a system lets a password live.
#[derive(Clone, Copy)]
enum Lifetime {
    /// No export says.
    Unknown,
    /// For good, at least for some.
    Forever,
    /// So many days.
    Days(u32),
}

impl Lifetime {
    /// The longest life that any policy of the system gives: which fine-grained policy holds for
    /// whom hangs on groups, and nobody shall be blamed for the wrong one.
    fn of(ask: &Asking<'_>, system: u16) -> Self {
        let all = ask.site.inventory.password_policies.iter();
        let ages = all.filter(|policy| policy.system == system).map(|policy| {
            // A fine-grained policy that says nothing of it could say anything.
            policy.max_age_days
        });
        let mut longest = Self::Unknown;
        for age in ages {
            longest = match (age, longest) {
                (None, _) => return Self::Unknown,
                (Some(0), _) | (_, Self::Forever) => Self::Forever,
                (Some(days), Self::Days(other)) => Self::Days(days.max(other)),
                (Some(days), Self::Unknown) => Self::Days(days),
            };
        }
        longest
    }
}

fn judge(account: &AccountView<'_>, lifetime: Lifetime, days: i32) -> Verdict {
    let random = account.flag(Flag::SmartcardRequired).is_yes();
    // Only Windows accounts fall under the policy of a domain.
    if random || account.rid().is_none() || matches!(lifetime, Lifetime::Forever) {
        return Verdict::NotAsked;
    }
    let ends = [account.enabled(), account.ask(Flag::PasswordNeverExpires).map(|never| !never)];
    if ends.contains(&Some(false)) {
        return Verdict::Pass;
    }
    let Lifetime::Days(life) = lifetime else {
        account.lacks::<()>(Missing::lack(Lack::PasswordPolicy));
        return Verdict::Pass;
    };
    match account.password_set() {
        Some(Since::On(set)) => {
            let end = set.plus(life as i32);
            let over = account.days_since(end);
            let found = Found::days("days-since-expiry", over, end);
            if over > days { Verdict::Finding(found) } else { Verdict::Pass }
        }
        // Must be changed at the next logon: AGE-08.
        _ => Verdict::Pass,
    }
}
