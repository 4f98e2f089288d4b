//! POL-05: a policy beside the chosen profile and the checklist's, for whoever fills in the form.

use super::{called, each_policy};
use crate::audit::check::{Asking, Check};
use crate::audit::in_force::InForce;
use crate::audit::missing::Lack;
use crate::audit::sink::{Found, Sink};
use crate::rules::profile::{self, Age, Lockout, Profile};

/// The profile of the checklist, shown beside whichever was chosen.
const BESIDE: &str = "mhlw-cl-r7";

/// The check.
pub(crate) struct Comparison;

impl Check for Comparison {
    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        let says = |policy: &InForce| policy.policy.says_something().then_some(true);
        let chosen = ask.policy.passwords();
        let beside = profile::find(BESIDE).filter(|beside| beside.id != chosen.id);
        each_policy(ask, out, says, Lack::PasswordPolicy, |policy| {
            if policy.is_fine_grained() && policy.accounts == 0 {
                return Vec::new();
            }
            let profiles = [Some(chosen), beside];
            let parts = profiles.into_iter().flatten().filter_map(|p| compare(policy, p));
            let parts: Vec<String> = parts.collect();
            if parts.is_empty() {
                return Vec::new();
            }
            let detail = format!("{}; {}", called(policy), parts.join("; "));
            vec![Found::new("policy-comparison").detail(detail)]
        });
    }
}

/// `minimum-length no-lockout: mhlw-7.0`: what falls short of a profile; nothing where all that is
/// known does.
fn compare(policy: &InForce, profile: &Profile) -> Option<String> {
    let (stated, factor) = (&policy.policy, policy.second_factor().is_yes());
    let short = |have: Option<u32>, want: Option<u32>| {
        have.zip(want).is_some_and(|(have, want)| have < want)
    };
    let lockout = |attempts: u32| match profile.lockout {
        Lockout::NotAsked => false,
        Lockout::Some => attempts == 0,
        Lockout::AtMost(most) => attempts == 0 || attempts > most,
    };
    let kept = |days: u32| match profile.age(stated.min_length, factor) {
        Age::Any => false,
        Age::Periodic => days == 0,
        Age::AtMost(most) => days == 0 || days > most,
    };
    let faults = [
        (short(stated.min_length, profile.least_length(factor)), "minimum-length"),
        (short(stated.history, profile.history), "short-history"),
        (stated.lockout_threshold.is_some_and(lockout), "no-lockout"),
        (stated.max_age_days.is_some_and(kept), "no-maximum-age"),
    ];
    let words: Vec<_> =
        faults.into_iter().filter(|(fault, _)| *fault).map(|(_, word)| word).collect();
    (!words.is_empty()).then(|| format!("{}: {}", words.join(" "), profile.id))
}
