//! Runs every selected rule over every site: rows in parallel, each range by all rules in turn.

use crate::audit::check::{Asking, Check, coded};
use crate::audit::earlier::Earlier;
use crate::audit::except;
use crate::audit::group::GroupFacts;
use crate::audit::mates::{self, Answers};
use crate::audit::people::People;
use crate::audit::predicate;
use crate::audit::sink::Sink;
use crate::audit::site::{CHUNK, SiteFacts};
use crate::model::day::Day;
use crate::model::evidence::{Evidence, Group, Member, Recognised, Subjects};
use crate::model::inventory::Inventory;
use crate::model::report::Report;
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
    /// By site: the groups that have a member in it.
    groups_at: Vec<Vec<GroupPart>>,
    /// By rule: what those say that hold the accounts of a group beside each other.
    pub(crate) mates: Vec<Answers>,
    /// Systems that hold secrets at all.
    pub(crate) systems_with_secrets: usize,
    /// The last run, where there is one.
    pub(crate) earlier: Option<Earlier<'a>>,
}

/// The members of a group that live in one site.
#[derive(Clone, Debug)]
struct GroupPart {
    group: u32,
    members: Range<u32>,
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
        let groups = evidence.groups.par_iter();
        let groups = groups.map(|group| GroupFacts::of(group, &sites, subjects)).collect();
        let groups_at = groups_at(evidence, subjects, sites.len());
        let (mates, earlier) = (Vec::new(), None);
        Self { sites, subjects, evidence, groups, groups_at, mates, systems_with_secrets, earlier }
    }

    /// Adds the last run.
    pub(crate) fn since(mut self, earlier: Option<&'a Report>) -> Self {
        self.earlier = earlier.map(|report| Earlier::of(report).with_groups(&self));
        self
    }

    /// Asks the rules that run about every group.
    pub(crate) fn with_mates(mut self, rules: &RuleSet, policy: &Policy) -> Self {
        let runs = running(rules, policy);
        let judge =
            |rule: &CheckRule| coded(&rule.id).and_then(Check::mates).filter(|_| runs(rule));
        let answers =
            |rule| judge(rule).map_or_else(Vec::new, |judge| mates::answers(&self, judge));
        self.mates = rules.checks.iter().map(answers).collect();
        self
    }

    /// Groups that have a member in a site: position, group, and places of these members.
    pub(crate) fn groups_of(
        &self,
        site: &SiteFacts<'_>,
    ) -> impl Iterator<Item = (usize, &'a Group, Range<usize>)> {
        let groups = &self.evidence.groups;
        self.groups_at[site.index].iter().map(|part| {
            let members = part.members.start as usize..part.members.end as usize;
            (part.group as usize, &groups[part.group as usize], members)
        })
    }

    /// What the engine made of a secret, else what its reader saw.
    pub(crate) fn recognised(&self, site: &SiteFacts<'_>, index: usize) -> Recognised {
        let list = self.evidence.recognised.get(site.index);
        let state = site.inventory.credentials[index].state;
        let unseen = Recognised { scheme: "", state, reason: "" };
        list.and_then(|list| list.get(index)).copied().unwrap_or(unseen)
    }
}

/// Sites times groups are many where a vendor has thousands of sites: each site gets its own.
fn groups_at(evidence: &Evidence, subjects: &Subjects, sites: usize) -> Vec<Vec<GroupPart>> {
    let site = |member: &Member| usize::from(subjects.get(member.credential.subject).site);
    let mut at = vec![Vec::new(); sites];
    for (group, found) in (0..).zip(&evidence.groups) {
        let mut start = 0;
        // Members are sorted by account, and the accounts of a site stand together.
        for members in found.members.chunk_by(|a, b| site(a) == site(b)) {
            let end = start + members.len() as u32;
            at[site(&members[0])].push(GroupPart { group, members: start..end });
            start = end;
        }
    }
    at
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
    let runs = running(rules, policy);
    let asking: Vec<_> = (0_u16..)
        .zip(&rules.checks)
        .filter(|(_, rule)| runs(rule))
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

/// Which rules run: those that were asked for, and all where one of them speaks about the others.
fn running<'a>(rules: &'a RuleSet, policy: &'a Policy) -> impl Fn(&CheckRule) -> bool + 'a {
    let about_all =
        |rule: &CheckRule| policy.selected(rule) && coded(&rule.id).is_some_and(Check::about_all);
    let needs_all = rules.checks.iter().any(about_all);
    move |rule| policy.selected(rule) || (needs_all && policy.enabled(rule))
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
