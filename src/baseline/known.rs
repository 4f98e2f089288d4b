//! What an earlier run judged, rule by rule and system by system.

use crate::model::finding::Finding;
use crate::model::report::{Coverage, Report};
use crate::model::site::SystemKind;
use crate::model::state::Cause;
use std::collections::BTreeMap;

/// A system by what it is called: positions differ from run to run.
pub(super) type Place = (String, Option<(SystemKind, String)>);

/// Names of a site and system.
pub(super) fn place(report: &Report, site: u16, system: u16) -> Place {
    let site = &report.sites[site as usize];
    let system = site.systems.get(system as usize);
    (site.slug.clone(), system.map(|system| (system.kind, system.name.clone())))
}

/// Counts of a run, by rule and place.
pub(super) struct Known {
    counts: BTreeMap<(u16, Place), Coverage>,
    places: std::collections::BTreeSet<Place>,
}

impl Known {
    /// Looks at a run.
    pub(super) fn of(report: &Report) -> Self {
        let row = |row: &Coverage| ((row.rule, place(report, row.site, row.system)), row.clone());
        let mut places = std::collections::BTreeSet::new();
        for (number, site) in (0_u16..).zip(&report.sites) {
            places.insert(place(report, number, u16::MAX));
            let there = site.systems.iter().zip(0_u16..).filter(|(system, _)| !system.gone);
            places.extend(there.map(|(_, system)| place(report, number, system)));
        }
        Self { counts: report.coverage.iter().map(row).collect(), places }
    }

    /// True where the run has the system.
    pub(super) fn has(&self, place: &Place) -> bool {
        self.places.contains(place)
    }

    /// What a rule did at a place.
    pub(super) fn at(&self, rule: u16, place: &Place) -> Option<&Coverage> {
        self.counts.get(&(rule, place.clone()))
    }

    /// Why a finding is new, where that is not the accounts' doing. `self` is the earlier run.
    pub(super) fn why_new(&self, current: &Report, finding: &Finding, earlier: &Report) -> Cause {
        let rule = finding.rule as usize;
        let (Some(before), Some(now)) = (&earlier.used[rule], &current.used[rule]) else {
            return Cause::RuleAdded;
        };
        if !earlier.asked[rule] {
            return Cause::NotJudgedBefore;
        }
        if before.thresholds != now.thresholds {
            return Cause::ThresholdChanged;
        }
        if before.version != now.version {
            return Cause::RuleChanged;
        }
        let subject = &current.subjects[finding.subject as usize];
        let place = place(current, subject.site, subject.system);
        let judged_nothing = |row: &Coverage| row.judged == 0 && row.unjudged > 0;
        match self.at(finding.rule, &place) {
            _ if !self.has(&place) => Cause::NotJudgedBefore,
            Some(row) if judged_nothing(row) => Cause::NotJudgedBefore,
            _ => Cause::None,
        }
    }
}
