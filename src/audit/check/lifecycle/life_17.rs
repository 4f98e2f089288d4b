//! LIFE-17: disabled in the last run, enabled now.

use crate::audit::account::Verdict;
use crate::audit::check::{Asking, Check};
use crate::audit::earlier::{Earlier, each_before};
use crate::audit::sink::{Found, Sink};
use crate::audit::site::Class;
use crate::model::tri::Tri;
use std::ops::Range;

/// The check.
pub(crate) struct EnabledAgain;

impl Check for EnabledAgain {
    fn rows(&self, ask: &Asking<'_>, rows: Range<u32>, out: &mut Sink) {
        each_before(ask, Class::PERSONS, rows, out, |account, before| {
            let Some(day) = ask.run.earlier.as_ref().map(Earlier::day) else {
                return Verdict::NotAsked;
            };
            match (before.listed().enabled, account.enabled()) {
                (Tri::No, Some(true)) => {
                    let days = account.days_since(day);
                    Verdict::Finding(Found::days("days-since-last-run", days, day))
                }
                (Tri::Unknown, Some(true)) => {
                    account.lacks::<()>(crate::audit::missing::Missing::flag(
                        crate::model::account::Flag::Enabled,
                    ));
                    Verdict::Pass
                }
                _ => Verdict::Pass,
            }
        });
    }
}
