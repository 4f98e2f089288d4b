//! The last run and this one → the state of every finding: new, open, returned, fixed, or no longer to
//! be judged.
//!
//! "Fixed" is said only of what this run would have found (see `verdict`). A finding that is gone stays
//! as a row for the run that missed it, and by its id for good, so that its return is noticed.

mod accepted;
mod carry;
mod known;
mod verdict;

pub use accepted::{Accepted, AcceptedError};

use crate::model::day::{Stamp, When};
use crate::model::finding::Status;
use crate::model::month::Month;
use crate::model::report::{Report, is_active};
use crate::model::state::{Cause, Compared, FindingState, Past};
use crate::rules::RuleSet;
use known::Known;
use std::collections::{BTreeMap, BTreeSet};
use verdict::Verdicts;

/// Compares `current` with an earlier run: gives its findings their states, and adds a row for every
/// finding of the earlier run that is fixed or cannot be judged now. Sites that `current` does not know
/// are left alone.
pub fn compare(current: &mut Report, earlier: &Report, rules: &RuleSet) {
    let same_key = current.run.key_id == earlier.run.key_id;
    let compared =
        Some(Compared { name: earlier.run.name.clone(), as_of: earlier.run.as_of, same_key });
    // What it could not judge of an earlier run is known of one run alone.
    if current.compared != compared {
        current.unjudged.clear();
    }
    let told = current.compared == compared;
    current.compared = compared;
    current.months = Month::up_to(earlier);
    let memory = Memory::of(earlier);
    let first = Known::of(earlier);
    for index in 0..current.findings.len() {
        let finding = current.findings[index];
        if is_active(&finding) || finding.status == Status::Suppressed {
            let (status, state) = remembered(current, index, earlier, &memory, &first);
            current.findings[index].status = status;
            current.states[index] = state;
        }
    }
    let gone = gone(current, earlier);
    let verdicts = Verdicts::of(current, earlier, rules, (same_key, told));
    let judged: Vec<_> = gone.iter().filter_map(|&at| Some((at, verdicts.of_gone(at)?))).collect();
    current.past = past(current, &memory, &judged, earlier);
    carry::add(current, earlier, &judged, same_key);
}

/// Takes back what an earlier comparison added, so that a run can be compared with another one.
pub fn forget(report: &mut Report) {
    let kept: Vec<usize> =
        (0..report.findings.len()).filter(|&at| !is_carried(report, at)).collect();
    let as_of = When::On(report.run.as_of).into();
    report.findings = kept.iter().map(|&at| report.findings[at]).collect();
    report.ids = kept.iter().map(|&at| report.ids[at]).collect();
    let fresh = |at: &usize| {
        let state = report.states[*at];
        let seen = if state.last_seen == Stamp::UNKNOWN { Stamp::UNKNOWN } else { as_of };
        let cause = match state.cause {
            Cause::ExceptionEnded => state.cause,
            _ => Cause::None,
        };
        FindingState { first_seen: seen, last_seen: seen, cause, exception: state.exception }
    };
    report.states = kept.iter().map(fresh).collect();
    report.past.clear();
    for finding in &mut report.findings {
        if matches!(finding.status, Status::Open | Status::Returned) {
            finding.status = Status::New;
        }
    }
}

/// True for a row about something that its own run did not find.
fn is_carried(report: &Report, at: usize) -> bool {
    match report.findings[at].status {
        Status::Fixed => true,
        Status::NotEvaluable => report.states[at].cause != Cause::None,
        _ => false,
    }
}

/// What an earlier run knows of findings, by id: those that were there, and those that were gone.
struct Memory {
    there: BTreeMap<[u8; 16], usize>,
    gone: BTreeMap<[u8; 16], Past>,
}

impl Memory {
    fn of(earlier: &Report) -> Self {
        let mut memory = Self { there: BTreeMap::new(), gone: BTreeMap::new() };
        memory.gone.extend(earlier.past.iter().map(|past| (past.id, *past)));
        for (at, finding) in earlier.findings.iter().enumerate() {
            let (id, state) = (earlier.ids[at], &earlier.states[at]);
            match finding.status {
                Status::Fixed => {
                    let (first_seen, last_seen) = (state.first_seen, state.last_seen);
                    memory.gone.insert(id, Past { id, first_seen, last_seen });
                }
                Status::NotEvaluable if !is_carried(earlier, at) => {}
                _ => {
                    memory.there.insert(id, at);
                }
            }
        }
        memory
    }
}

fn remembered(
    current: &Report,
    index: usize,
    earlier: &Report,
    memory: &Memory,
    first: &Known,
) -> (Status, FindingState) {
    let (id, own) = (&current.ids[index], current.states[index]);
    let suppressed = current.findings[index].status == Status::Suppressed;
    let keep = |status| if suppressed { Status::Suppressed } else { status };
    if let Some(&at) = memory.there.get(id) {
        let first_seen = earlier.states[at].first_seen;
        return (keep(Status::Open), FindingState { first_seen, ..own });
    }
    if let Some(past) = memory.gone.get(id) {
        return (keep(Status::Returned), FindingState { first_seen: past.first_seen, ..own });
    }
    let cause = match own.cause {
        Cause::None => first.why_new(current, &current.findings[index], earlier),
        known => known,
    };
    (keep(Status::New), FindingState { cause, ..own })
}

/// Positions in `earlier` of findings that `current` does not have, of sites that it knows.
fn gone(current: &Report, earlier: &Report) -> Vec<usize> {
    let known = |at: &usize| {
        let site = earlier.subjects[earlier.findings[*at].subject as usize].site;
        let slug = &earlier.sites[site as usize].slug;
        current.sites.iter().any(|site| site.slug == *slug)
    };
    let there = |at: &usize| match earlier.findings[*at].status {
        Status::Fixed => false,
        Status::NotEvaluable => is_carried(earlier, *at),
        _ => true,
    };
    let again = |at: &usize| current.ids.binary_search(&earlier.ids[*at]).is_ok();
    let all = 0..earlier.findings.len();
    all.filter(|at| there(at) && !again(at) && known(at)).collect()
}

/// Findings that were gone before and still are.
fn past(
    current: &Report,
    memory: &Memory,
    judged: &[(usize, (Status, Cause))],
    earlier: &Report,
) -> Vec<Past> {
    let judged: BTreeSet<_> = judged.iter().map(|&(at, _)| earlier.ids[at]).collect();
    let back = |id: &[u8; 16]| current.ids.binary_search(id).is_ok() || judged.contains(id);
    memory.gone.values().filter(|past| !back(&past.id)).copied().collect()
}

#[cfg(test)]
mod tests;
