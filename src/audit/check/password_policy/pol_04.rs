//! POL-04: fine-grained policies: one that governs nobody, and none that makes the passwords of
//! programs long.

use super::each_policy;
use crate::audit::check::{Asking, Check};
use crate::audit::in_force::InForce;
use crate::audit::missing::Lack;
use crate::audit::sink::{Found, Sink};
use crate::model::arena::Span;
use crate::model::finding::Unit;

/// The check. An export without any such policy may lack the right to see them.
pub(crate) struct FineGrained;

impl Check for FineGrained {
    fn thresholds(&self) -> Vec<&'static str> {
        vec!["length"]
    }

    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        let least = ask.policy.threshold(ask.rule, "length");
        let says = |policy: &InForce| Some(policy.is_fine_grained());
        each_policy(ask, out, says, Lack::FineGrainedPolicy, |policy| {
            let nobody = policy.policy.applies_to == Span::EMPTY;
            let detail = format!("applies-to-nobody, {}", policy.name);
            let found = Found::new("unused-policy").detail(detail);
            nobody.then_some(found).into_iter().collect()
        });
        for system in ask.systems() {
            let of_system = |policy: &&InForce| policy.policy.system == system;
            let fine = ask.site.policies().iter().filter(of_system).filter(|p| p.is_fine_grained());
            let longest = fine.max_by_key(|policy| policy.policy.min_length);
            let Some(length) = longest.and_then(|policy| policy.policy.min_length) else {
                continue;
            };
            if i64::from(length) < least {
                let found = Found::count("longest-policy", i64::from(length), Unit::Characters);
                let origin = longest.map(|policy| policy.policy.origin);
                out.system_finding(
                    ask,
                    system,
                    Found { origin, ..found.detail("none-for-programs") },
                );
            }
        }
    }
}
