//! POL-02: lockout, complexity, history and age that a policy demands. No lockout at all is what
//! let the intruders of Osaka 2022 guess as long as they liked.

use super::{called, each_policy};
use crate::audit::check::{Asking, Check};
use crate::audit::in_force::InForce;
use crate::audit::missing::Lack;
use crate::audit::sink::{Found, Sink};
use crate::model::finding::{Severity, Unit};
use crate::model::tri::Tri;
use crate::rules::profile::{Age, Lockout};

/// The check.
pub(crate) struct Settings;

impl Check for Settings {
    fn thresholds(&self) -> Vec<&'static str> {
        vec!["attempts", "window_minutes", "lock_minutes", "history"]
    }

    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        let says = |policy: &InForce| policy.policy.lockout_threshold.is_some().then_some(true);
        each_policy(ask, out, says, Lack::PasswordPolicy, |policy| faults(ask, policy));
    }
}

fn faults(ask: &Asking<'_>, policy: &InForce) -> Vec<Found> {
    if policy.is_fine_grained() && policy.accounts == 0 {
        return Vec::new();
    }
    let faults = lockout(ask, policy).into_iter();
    let faults = faults.chain(complexity(ask, policy)).chain(history(ask, policy));
    let named = |found: Found| {
        let detail = format!("{}, {}", found.metric, called(policy));
        Found { discriminator: found.metric.into(), ..found.detail(detail) }
    };
    faults.chain(age(ask, policy)).map(named).collect()
}

/// Nobody is ever locked out, or too late, or for too short a time: the first that holds.
fn lockout(ask: &Asking<'_>, policy: &InForce) -> Option<Found> {
    let limit = |key| ask.policy.threshold(ask.rule, key);
    let attempts = i64::from(policy.policy.lockout_threshold?);
    let most = match ask.policy.passwords().lockout {
        Lockout::AtMost(most) => i64::from(most),
        Lockout::Some | Lockout::NotAsked => limit("attempts"),
    };
    if attempts == 0 {
        // Accounts of programs are taken out of the lockout on purpose, by a policy of their own.
        let milder = policy.is_fine_grained();
        return Some(Found { milder, ..Found::new("no-lockout") });
    }
    let low = |metric, value, unit| {
        Some(Found { most: Severity::Low, ..Found::count(metric, value, unit) })
    };
    if attempts > most {
        let found = Found::count("late-lockout", attempts, Unit::Attempts);
        return Some(Found { milder: true, ..found });
    }
    match (policy.policy.lockout_minutes, policy.policy.lockout_window) {
        (Some(minutes @ 1..), _) if i64::from(minutes) < limit("lock_minutes") => {
            low("short-lockout", i64::from(minutes), Unit::Minutes)
        }
        (_, Some(minutes)) if i64::from(minutes) < limit("window_minutes") => {
            low("short-window", i64::from(minutes), Unit::Minutes)
        }
        _ => None,
    }
}

/// Classes of characters matter where no way that the policy's length opens does without them.
fn complexity(ask: &Asking<'_>, policy: &InForce) -> Option<Found> {
    if policy.policy.complexity != Tri::No {
        return None;
    }
    let length = policy.policy.min_length.unwrap_or(0);
    let ways = ask.policy.passwords().demands(policy.second_factor().is_yes());
    let without = ways.iter().any(|way| way.characters.is_empty() && length >= way.length);
    (!without).then(|| Found { milder: true, ..Found::new("no-complexity") })
}

fn history(ask: &Asking<'_>, policy: &InForce) -> Option<Found> {
    let wanted = ask.policy.passwords().history.map(i64::from);
    let wanted = wanted.unwrap_or_else(|| ask.policy.threshold(ask.rule, "history"));
    let kept = i64::from(policy.policy.history?);
    let found = || Found::count("short-history", kept, Unit::Passwords);
    (kept < wanted).then(|| Found { most: Severity::Low, ..found() })
}

/// Passwords that never have to be changed, where the profile asks for it at this length.
fn age(ask: &Asking<'_>, policy: &InForce) -> Option<Found> {
    let days = policy.policy.max_age_days?;
    let profile = ask.policy.passwords();
    let length = policy.policy.min_length;
    let late = match profile.age(length, policy.second_factor().is_yes()) {
        Age::Any => false,
        Age::Periodic => days == 0,
        Age::AtMost(most) => days == 0 || days > most,
    };
    let found = || match days {
        0 => Found::new("no-maximum-age"),
        days => Found::count("late-maximum-age", i64::from(days), Unit::Days),
    };
    late.then(|| Found { milder: true, ..found() })
}
