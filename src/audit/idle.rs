//! How long an account has been idle, and where that answer comes from.

use crate::audit::sink::Found;
use crate::audit::view::{AccountView, Used};
use crate::model::account::LastUse;
use crate::model::finding::Confidence;

/// A finding where the account was last used more than `days` ago; nothing where it was used
/// later, never, or nobody knows.
///
/// The replicated stamp of a directory runs late, so it proves disuse only `lag` days later.
pub(crate) fn idle(account: &AccountView<'_>, days: i32, lag: i32) -> Option<Found> {
    // A log that covers more than the time allowed, and has not seen the account in it.
    if let Some(log) = account.unseen().filter(|log| i32::from(log.days) > days) {
        let found = Found::days("days-since-use", i32::from(log.days), log.since);
        return Some(found.detail(LastUse::AccessLog.word()).at_most(Confidence::Medium));
    }
    let Used::On(last) = account.last_use()? else { return None };
    let source = account.last_use_source();
    let allowance = if source == LastUse::LogonTimestamp { lag } else { 0 };
    let idle = account.days_since(last);
    if idle <= days + allowance {
        return None;
    }
    let found = Found::days("days-since-use", idle, last).detail(source.word());
    // One domain controller sees only the logons that it served.
    Some(if source == LastUse::LastLogon { found.at_most(Confidence::Medium) } else { found })
}
