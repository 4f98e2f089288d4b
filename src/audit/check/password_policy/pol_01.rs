//! POL-01: the shortest password that a policy allows, against the chosen profile.

use super::{called, each_policy};
use crate::audit::check::{Asking, Check};
use crate::audit::in_force::InForce;
use crate::audit::missing::Lack;
use crate::audit::sink::{Found, Sink};
use crate::model::finding::{Confidence, Unit};
use crate::model::tri::Tri;

/// The check. A policy that governs anybody without a second factor must demand what such
/// accounts need; where nobody knows of second factors it is judged so, and says so.
pub(crate) struct Length;

impl Check for Length {
    fn thresholds(&self) -> Vec<&'static str> {
        vec!["length", "short_length"]
    }

    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        let says = |policy: &InForce| policy.policy.min_length.is_some().then_some(true);
        each_policy(ask, out, says, Lack::PasswordPolicy, |policy| {
            judge(ask, policy).into_iter().collect()
        });
    }
}

/// The least length that the policy must demand, and the word for why.
fn needed(ask: &Asking<'_>, policy: &InForce) -> (i64, &'static str) {
    let factor = policy.second_factor();
    let word = match factor {
        Tri::Yes => "with-second-factor",
        Tri::No => "without-second-factor",
        Tri::Unknown => "second-factor-unknown",
    };
    let least = ask.policy.passwords().least_length(factor.is_yes());
    (least.map_or_else(|| ask.policy.threshold(ask.rule, "length"), i64::from), word)
}

fn judge(ask: &Asking<'_>, policy: &InForce) -> Option<Found> {
    // Whom a fine-grained policy governs is known from its members; without any it is POL-04.
    if policy.is_fine_grained() && policy.accounts == 0 {
        return None;
    }
    let length = i64::from(policy.policy.min_length?);
    let (least, why) = needed(ask, policy);
    if length >= least {
        return None;
    }
    let detail = format!("{}, {why}, ≥ {least}", called(policy));
    let found = Found::count("minimum-length", length, Unit::Characters).detail(detail);
    let milder = length >= ask.policy.threshold(ask.rule, "short_length");
    let unsure = policy.second_factor() == Tri::Unknown;
    let confidence = if unsure { Confidence::Medium } else { Confidence::High };
    Some(Found { milder, ..found.at_most(confidence) })
}
