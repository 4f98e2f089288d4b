//! BRK-03: a sealed account of a cloud without a factor that a false page cannot pass on.

use crate::audit::account::Verdict;
use crate::audit::check::sealed::{self, UNDECLARED};
use crate::audit::check::{Asking, Check};
use crate::audit::sink::{Found, Sink};
use crate::model::account::Flag;
use crate::model::tri::Tri;

/// The check. Sealed accounts of a domain or a device log in at the place itself.
pub(crate) struct NoKey;

impl Check for NoKey {
    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        let cloud = |system: &u16| ask.site.systems[*system as usize].cloud;
        if !sealed::declared(ask.site) {
            return ask.systems().filter(cloud).for_each(|s| ask.unjudged(s, UNDECLARED, out));
        }
        sealed::each(ask, out, |sealed| {
            let account = &sealed.account;
            if !account.system.cloud || account.flag(Flag::Enabled) == Tri::No {
                return Verdict::NotAsked;
            }
            match account.ask(Flag::MfaResistant) {
                Some(false) => Verdict::Finding(Found::new("no-key")),
                _ => Verdict::Pass,
            }
        });
    }
}
