//! QUAL-02: a directory or host still keeps the LM hash of a password.

use crate::audit::check::hit::concerns;
use crate::audit::check::{Asking, Check};
use crate::audit::held::{Enough, count};
use crate::audit::sink::{Found, Sink};
use crate::model::credential::State;

/// The check. Readers leave out the LM hash of the empty word, which stands for "none kept".
pub(crate) struct LmKept;

impl Check for LmKept {
    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        count(ask, Enough::Any, out);
        let inventory = ask.site.inventory;
        let mut told = None;
        for (index, credential) in inventory.credentials.iter().enumerate() {
            let seen = ask.run.recognised(ask.site, index);
            let lm = seen.state == State::Hash && matches!(seen.scheme, "lm" | "lm-half");
            if lm && told != Some(credential.account) && concerns(ask, credential) {
                told = Some(credential.account);
                let found = Found::new("lm-kept");
                let origin = Some(credential.origin);
                out.finding(ask, credential.account, Found { origin, ..found });
            }
        }
    }
}
