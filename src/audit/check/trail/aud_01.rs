//! AUD-01: exports that are too old to speak of today.

use crate::audit::check::sources;
use crate::audit::check::{Asking, Check};
use crate::audit::missing::{Lack, Missing};
use crate::audit::sink::{Found, Sink};
use crate::model::day::Day;
use crate::model::file::{FileId, Origin};
use std::collections::BTreeMap;

/// The check. It believes the day that an export carries in its name; the file system's own day is
/// that of the last copy.
pub(crate) struct OldSource;

impl Check for OldSource {
    fn thresholds(&self) -> Vec<&'static str> {
        vec!["days"]
    }

    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        let days = ask.policy.threshold(ask.rule, "days") as i32;
        // By system: the oldest of its exports, or none where no file says its day.
        let mut systems: BTreeMap<u16, Option<(Day, u32)>> = BTreeMap::new();
        for (file, system) in sources::systems(ask) {
            let oldest = systems.entry(system).or_default();
            if let Some(day) = ask.site.inventory.file(FileId(file)).exported {
                *oldest = Some(oldest.map_or((day, file), |old| old.min((day, file))));
            }
        }
        for (system, oldest) in systems {
            match oldest {
                _ if !ask.scope[system as usize] => {}
                None => ask.unjudged(system, Missing::lack(Lack::ExportDate), out),
                Some((day, file)) => {
                    ask.judged(system, out);
                    let age = ask.site.as_of.days_since(day);
                    if age > days {
                        let origin = Some(Origin { file: FileId(file), line: 0 });
                        let found = Found::days("days-since-export", age, day);
                        out.system_finding(ask, system, Found { origin, ..found });
                    }
                }
            }
        }
    }
}
