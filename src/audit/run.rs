//! Runs every selected rule over every site: rows in parallel, each range by all rules in turn.

use crate::audit::check::{Asking, Check, coded};
use crate::audit::except;
use crate::audit::group::GroupFacts;
use crate::audit::people::People;
use crate::audit::predicate;
use crate::audit::sink::Sink;
use crate::audit::site::{CHUNK, SiteFacts};
use crate::model::day::Day;
use crate::model::evidence::{Evidence, Recognised, Subjects};
use crate::model::inventory::Inventory;
use crate::model::state::Exception;
use crate::policy::Policy;
use crate::rules::RuleSet;
use crate::rules::check::CheckRule;
use rayon::prelude::*;
use std::ops::Range;

/// What was worked out about the whole run.
pub(crate) struct RunFacts<'a> {
    /// Sites.
    pub(crate) sites: Vec<SiteFacts<'a>>,
    /// All accounts.
    pub(crate) subjects: &'a Subjects,
    /// What the credential engine says.
    pub(crate) evidence: &'a Evidence,
    /// Reuse groups, parallel to the evidence's.
    pub(crate) groups: Vec<GroupFacts>,
    /// Systems that hold secrets at all.
    pub(crate) systems_with_secrets: usize,
}

impl<'a> RunFacts<'a> {
    /// Works a run out.
    pub(crate) fn new(
        sites: &'a [Inventory],
        people: &'a People<'a>,
        subjects: &'a Subjects,
        evidence: &'a Evidence,
        as_of: Day,
    ) -> Self {
        let sites: Vec<_> = sites
            .par_iter()
            .enumerate()
            .map(|(index, site)| SiteFacts::new(index, site, people, evidence, as_of))
            .collect();
        let systems = sites.iter().flat_map(|site| &site.systems);
        let systems_with_secrets = systems.filter(|system| system.secrets).count();
        let groups = evidence.groups.iter();
        let groups = groups.map(|group| GroupFacts::of(group, &sites, subjects)).collect();
        Self { sites, subjects, evidence, groups, systems_with_secrets }
    }

    /// What the engine made of a secret, else what its reader saw.
    pub(crate) fn recognised(&self, site: &SiteFacts<'_>, index: usize) -> Recognised {
        let list = self.evidence.recognised.get(site.index);
        let state = site.inventory.credentials[index].state;
        let unseen = Recognised { scheme: "", state, reason: "" };
        list.and_then(|list| list.get(index)).copied().unwrap_or(unseen)
    }
}

/// Judges all sites; the sinks stand in the order of the sites. Exceptions see every finding, also
/// those of rules that only others asked for.
pub(crate) fn judge_sites(
    facts: &RunFacts<'_>,
    rules: &RuleSet,
    policy: &Policy,
) -> (Vec<Sink>, Vec<Exception>) {
    let judged = facts.sites.par_iter().map(|site| judge_site(facts, site, rules, policy));
    let mut sinks: Vec<Sink> = judged.collect();
    let exceptions = except::apply(facts, rules, policy, &mut sinks);
    for sink in &mut sinks {
        sink.keep(|rule| policy.selected(&rules.checks[rule as usize]));
    }
    (sinks, exceptions)
}

fn judge_site(run: &RunFacts<'_>, site: &SiteFacts<'_>, rules: &RuleSet, policy: &Policy) -> Sink {
    let selected = |rule: &CheckRule| policy.selected(rule);
    let about_all =
        |rule: &CheckRule| selected(rule) && coded(&rule.id).is_some_and(Check::about_all);
    let needs_all = rules.checks.iter().any(about_all);
    let asking: Vec<_> = (0_u16..)
        .zip(&rules.checks)
        .filter(|(_, rule)| selected(rule) || (needs_all && policy.enabled(rule)))
        .map(|(index, rule)| asking(run, site, (rules, policy), index, rule))
        .collect();
    let empty = || Sink::new(rules.checks.len(), site.systems.len());
    let rows = site.inventory.accounts.len();
    let mut sink = (0..rows.div_ceil(CHUNK))
        .into_par_iter()
        .fold(empty, |mut sink, chunk| {
            let range = chunk * CHUNK..rows.min((chunk + 1) * CHUNK);
            for ask in &asking {
                judge_rows(ask, range.clone(), &mut sink);
            }
            sink
        })
        .reduce(empty, Sink::merge);
    let checks = || asking.iter().filter_map(|ask| Some((ask, coded(&ask.rule.id)?)));
    for (ask, check) in checks() {
        check.site(ask, &mut sink);
    }
    for ask in &asking {
        sink.state_gaps(ask);
    }
    for (ask, check) in checks() {
        check.last(ask, rules, &mut sink);
    }
    sink
}

fn asking<'a>(
    run: &'a RunFacts<'a>,
    site: &'a SiteFacts<'a>,
    (rules, policy): (&'a RuleSet, &'a Policy),
    index: u16,
    rule: &'a CheckRule,
) -> Asking<'a> {
    let about = |kind| rule.systems.is_empty() || rule.systems.contains(kind);
    let scope = site.systems.iter().map(|system| about(&system.kind)).collect();
    Asking { index, rule, rules, policy, run, site, scope }
}

fn judge_rows(ask: &Asking<'_>, rows: Range<u32>, out: &mut Sink) {
    match coded(&ask.rule.id) {
        Some(check) => check.rows(ask, rows, out),
        None => predicate::rows(ask, rows, out),
    }
}
