//! BRK-06: a break-glass account that shares its password with anything.

use crate::audit::held::{Enough, count};
use crate::audit::reuse::{each_account, found};
use crate::audit::sink::Sink;
use crate::audit::{Asking, Check};

/// The check. Groups that reach into another legal entity count as well.
pub(crate) struct SharedBreakGlass;

impl Check for SharedBreakGlass {
    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        count(ask, Enough::Comparable, out);
        each_account(ask, out, |at| ask.site.break_glass(at.row).then(|| found(ask, at)));
    }
}
