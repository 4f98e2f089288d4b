//! MFA-10: an export about second factors with a column that is empty for everybody.

use crate::audit::check::{Asking, Check};
use crate::audit::missing::{Lack, Missing};
use crate::audit::sink::Sink;
use crate::model::account::Flag;

/// The check. It never finds anything: a missing licence or right is not a fault of an account.
pub(crate) struct EmptyColumn;

impl Check for EmptyColumn {
    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        for system in ask.systems() {
            let facts = &ask.site.systems[system as usize];
            if facts.from_mfa == 0 {
                continue;
            }
            let mut empty = Missing::NONE;
            if !facts.capable {
                empty.add(Missing::flag(Flag::MfaCapable));
            }
            if !facts.used {
                empty.add(Missing::lack(Lack::LastUse));
            }
            if empty.is_none() {
                out.tally(ask.index, system).judged += facts.from_mfa;
            } else {
                out.unjudged(ask, system, facts.from_mfa, empty);
            }
        }
    }
}
