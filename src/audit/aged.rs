//! How old a password is, and whether the profile that judges the run minds.

use crate::audit::check::Asking;
use crate::audit::check::hit::of_site;
use crate::audit::sink::Found;
use crate::audit::view::{AccountView, Since};
use crate::model::finding::Severity;
use crate::rules::profile::Age;

/// A password that is older than allowed, or than the rule's own number.
pub(crate) struct Old {
    /// The age.
    pub(crate) found: Found,
    /// True where the profile asks for a change; otherwise the age is information.
    pub(crate) demanded: bool,
}

impl Old {
    /// A finding as severe as the profile makes it.
    pub(crate) fn found(self) -> Found {
        let most = if self.demanded { Severity::Critical } else { Severity::Info };
        Found { most, ..self.found }
    }
}

/// Whether the profile lets a password of this account be kept: so many days, or for good.
fn limit(ask: &Asking<'_>, account: &AccountView<'_>, own: i32) -> Option<i32> {
    let profile = ask.policy.passwords();
    if !profile.demands_anything() {
        return Some(own);
    }
    match profile.age(length(ask, account.row), account.second_factor_if_known()) {
        Age::Any => None,
        Age::Periodic => Some(own),
        Age::AtMost(days) => Some(days as i32),
    }
}

/// Characters of a password that an export holds in the open.
fn length(ask: &Asking<'_>, row: u32) -> Option<u32> {
    let number = ask.run.subjects.number(ask.site.index, row);
    let ratings = of_site(ask, &ask.run.evidence.ratings, |row| row.credential.subject);
    let at = ratings.partition_point(|rating| rating.credential.subject < number);
    let own = ratings.get(at).filter(|rating| rating.credential.subject == number)?;
    Some(u32::from(own.length))
}

/// The age of a password that is too old; `None` also where it waits to be changed, or its day is
/// not known. `own` is the rule's number of days.
pub(crate) fn old(ask: &Asking<'_>, account: &AccountView<'_>, own: i32) -> Option<Old> {
    let Since::On(set) = account.password_set()? else { return None };
    let age = account.days_since(set);
    let limit = limit(ask, account, own);
    (age > limit.unwrap_or(own)).then(|| Old {
        found: Found::days("days-since-password", age, set),
        demanded: limit.is_some(),
    })
}
