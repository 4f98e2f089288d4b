//! DEV-06: a line of a configuration that holds a secret and that no rule understood.

use crate::audit::sink::{Found, Sink};
use crate::audit::{Asking, Check};
use crate::model::finding::Unit;

/// The check.
pub(crate) struct UnreadLine;

impl Check for UnreadLine {
    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        for system in ask.systems() {
            out.tally(ask.index, system).judged += ask.site.systems[system as usize].accounts;
        }
        for line in &ask.site.inventory.unread_secrets {
            if ask.scope[line.system as usize] {
                let found = Found::count("unread-line", 1, Unit::Lines);
                let found = Found { origin: Some(line.origin), ..found.detail(line.word) };
                let found = Found { discriminator: line.word.into(), ..found };
                out.system_finding(ask, line.system, found);
            }
        }
    }
}
