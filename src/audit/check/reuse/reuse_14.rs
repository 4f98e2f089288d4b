//! REUSE-14: a group that has lasted: the same accounts have shared one password for months.

use crate::audit::check::hit::lets_in;
use crate::audit::check::reuse::edge::{each_account, found};
use crate::audit::check::{Asking, Check};
use crate::audit::held::{Enough, count};
use crate::audit::missing::{Lack, Missing};
use crate::audit::sink::{Found, Sink};
use crate::model::day::When;
use crate::model::finding::Unit;

/// The check.
pub(crate) struct Lasting;

impl Check for Lasting {
    fn thresholds(&self) -> Vec<&'static str> {
        vec!["days"]
    }

    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        count(ask, Enough::Comparable, out);
        let Some(earlier) = &ask.run.earlier else {
            for system in ask.systems() {
                let judged = std::mem::take(&mut out.tally(ask.index, system).judged);
                if judged > 0 {
                    out.unjudged(ask, system, judged, Missing::lack(Lack::PreviousRun));
                }
            }
            return;
        };
        let least = ask.policy.threshold(ask.rule, "days");
        each_account(ask, out, |at| {
            let since = earlier.group_since(at.index)?;
            let days = ask.site.as_of.days_since(since);
            let lasting = i64::from(days) >= least && lets_in(at.credential.kind);
            lasting.then(|| Found {
                metric: "days-shared",
                value: Some(i64::from(days)),
                unit: Unit::Days,
                date: When::On(since).into(),
                ..found(ask, at)
            })
        });
    }
}
