//! POL-03: a policy that keeps passwords readable, keeps LM hashes, or lets accounts without a
//! password in over the network.

use super::{called, each_policy};
use crate::audit::check::{Asking, Check};
use crate::audit::in_force::InForce;
use crate::audit::missing::Lack;
use crate::audit::sink::{Found, Sink};
use crate::model::tri::Tri;

/// The check. What a domain's own policy says is whether passwords are kept readable; LM hashes
/// and empty passwords are settings of machines, told where they are known.
pub(crate) struct Storage;

impl Check for Storage {
    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        let says = |policy: &InForce| (policy.policy.reversible != Tri::Unknown).then_some(true);
        each_policy(ask, out, says, Lack::PasswordPolicy, |policy| {
            let stated = &policy.policy;
            let all = [
                (stated.reversible, "reversible-storage", false),
                (stated.lm_hash, "lm-hashes", true),
                (stated.blank_remote, "empty-passwords", true),
            ];
            let faults = all.into_iter().filter(|(answer, ..)| answer.is_yes());
            let found = |(_, word, milder)| {
                let detail = format!("{word}, {}", called(policy));
                let discriminator = std::borrow::Cow::Borrowed(word);
                Found { milder, discriminator, ..Found::new("storage").detail(detail) }
            };
            faults.map(found).collect()
        });
    }
}
