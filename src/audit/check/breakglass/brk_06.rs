//! BRK-06: a break-glass account that shares its password with anything.

use crate::audit::check::reuse::edge::{each_account, found};
use crate::audit::check::{Asking, Check};
use crate::audit::held::{Enough, count};
use crate::audit::sink::Sink;

/// The check. Groups that reach into another legal entity count as well.
pub(crate) struct SharedBreakGlass;

impl Check for SharedBreakGlass {
    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        count(ask, Enough::Comparable, out);
        each_account(ask, out, |at| ask.site.break_glass(at.row).then(|| found(ask, at)));
    }
}
