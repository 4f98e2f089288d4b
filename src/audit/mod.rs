//! Inventory + evidence → findings: one check per file, and rules that are data alone.
//!
//! A check asks typed fields of an account; what it asked and no export said is recorded by the
//! account itself, so that "could not be judged" cannot be forgotten. Missing data is never a
//! pass and never a finding.

mod account;
mod aged;
mod assemble;
mod check;
mod earlier;
mod except;
mod facts;
mod group;
mod held;
mod id;
mod idle;
mod in_force;
mod lists;
mod mates;
mod missing;
mod order;
mod people;
mod predicate;
mod privilege;
mod registered;
mod remedy;
mod run;
mod sink;
mod site;
mod subjects;
mod view;

use crate::model::day::Day;
use crate::model::evidence::{Evidence, Subjects};
use crate::model::inventory::Inventory;
use crate::model::report::{Report, Run};
use crate::model::tri::Tri;
use crate::policy::Policy;
use crate::rules::check::CheckRule;
use crate::rules::{RuleError, RuleSet};
use crate::text::near::near_or_list;
use check::{Check, coded};
pub use predicate::words as predicates;
use run::RunFacts;
use site::SiteFacts;

/// Refuses a rule set that cannot judge: a rule without check or predicates, an unknown
/// predicate, a missing threshold, a word in `needs` that no export could supply.
pub fn verify(rules: &RuleSet) -> Result<(), RuleError> {
    for rule in &rules.checks {
        predicate::verify(rule)?;
        let fault = match (coded(&rule.id), rule.when.is_empty()) {
            (None, true) => Some(("id", "neither `when` nor a coded check judges it".to_owned())),
            (Some(_), false) => {
                Some(("when", "a coded check judges it: `when` has no effect".to_owned()))
            }
            (Some(check), true) => lacking_threshold(check, rule).map(|fault| ("id", fault)),
            (None, false) => None,
        };
        if let Some((key, fault)) = fault {
            let message = format!("rule {}: {fault}", rule.id);
            return Err(rule.error_at(key, message, "see docs/rules.md"));
        }
        if let Some(word) = rule.needs.iter().find(|word| !missing::known(word)) {
            let message = format!("rule {}: unknown word '{word}' in needs", rule.id);
            return Err(rule.error_at(word, message, near_or_list(word, missing::words())));
        }
    }
    Ok(())
}

fn lacking_threshold(check: &dyn Check, rule: &CheckRule) -> Option<String> {
    let lacking = check.thresholds().into_iter().find(|key| !rule.thresholds.contains_key(*key))?;
    Some(format!("threshold '{lacking}' is missing"))
}

/// Whether each account of each site administers its system, by site and row.
pub fn privileged(sites: &[Inventory]) -> Vec<Vec<Tri>> {
    let day = Day::from_epoch_days(0);
    let people = people::People::of(sites);
    let nothing = Evidence::default();
    let of_site = |(index, site)| {
        let facts = SiteFacts::new(index, site, &people, &nothing, day);
        (0..site.accounts.len()).map(|row| facts.privileged(row)).collect()
    };
    sites.iter().enumerate().map(of_site).collect()
}

/// Judges a run.
///
/// `subjects` and `evidence` must come from the same sites in the same order, after correlation.
/// The rules should have passed [`verify`]; a rule that would not is reported as not evaluable.
pub fn judge(
    run: Run,
    sites: &[Inventory],
    subjects: &Subjects,
    evidence: &Evidence,
    rules: &RuleSet,
    policy: &Policy,
) -> Report {
    judge_since(run, sites, subjects, evidence, (rules, policy), None)
}

/// As [`judge`], with the last run before it for rules about what has changed.
pub fn judge_since(
    run: Run,
    sites: &[Inventory],
    subjects: &Subjects,
    evidence: &Evidence,
    (rules, policy): (&RuleSet, &Policy),
    earlier: Option<&Report>,
) -> Report {
    let people = people::People::of(sites);
    let facts = RunFacts::new(sites, &people, subjects, evidence, run.as_of);
    let facts = facts.since(earlier).with_mates(rules, policy);
    let (sinks, exceptions) = run::judge_sites(&facts, rules, policy);
    let report = assemble::report(run, &facts, rules, policy, sinks);
    Report { exceptions, ..report }
}

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
