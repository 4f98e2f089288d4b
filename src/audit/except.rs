//! Exceptions on findings: which of them an exception covers, and which exceptions deserve a look
//! themselves (AUD-04 ended, AUD-05 matches nothing, AUD-06 matches much).

use crate::audit::assemble::group_id;
use crate::audit::run::RunFacts;
use crate::audit::sink::{self, Found, NO_ROW, NO_SYSTEM, Pending, Sink};
use crate::model::file::{FileId, Origin};
use crate::model::finding::{NO_GROUP, Sensitivity, Status, Unit};
use crate::model::state::Exception;
use crate::policy::Policy;
use crate::policy::exceptions::takes;
use crate::rules::RuleSet;
use crate::text::name::login_key;
use hashbrown::{HashMap, HashSet};

/// Marks the findings that exceptions cover and adds findings about exceptions. The result counts, for
/// each exception, the accounts that it matches.
pub(super) fn apply(
    facts: &RunFacts<'_>,
    rules: &RuleSet,
    policy: &Policy,
    sinks: &mut [Sink],
) -> Vec<Exception> {
    let mut exceptions = policy.exceptions().to_vec();
    let (Some(first), false) = (facts.sites.first(), exceptions.is_empty()) else {
        return exceptions;
    };
    let as_of = first.as_of;
    let matching = Matching::of(facts, rules, &exceptions);
    let mut accounts = vec![HashSet::new(); exceptions.len()];
    for pending in sinks.iter_mut().flat_map(|sink| &mut sink.pending) {
        let Some(at) = matching.find(pending) else { continue };
        accounts[at].insert((pending.about.site, pending.about.system, pending.about.row));
        pending.exception = at as u32;
        if exceptions[at].until >= as_of {
            pending.about.status = Status::Suppressed;
        }
    }
    for (exception, accounts) in exceptions.iter_mut().zip(accounts) {
        exception.accounts = accounts.len() as u32;
    }
    let about = About { facts, rules, policy };
    for exception in &exceptions {
        about.look_at(exception, sinks);
    }
    exceptions
}

/// Exceptions by rule, and the group ids that they name.
struct Matching<'a> {
    facts: &'a RunFacts<'a>,
    exceptions: &'a [Exception],
    of_rule: HashMap<u16, Vec<usize>>,
    /// Ids of groups, only where an exception names one.
    groups: Vec<String>,
}

impl<'a> Matching<'a> {
    fn of(facts: &'a RunFacts<'a>, rules: &RuleSet, exceptions: &'a [Exception]) -> Self {
        let mut of_rule: HashMap<u16, Vec<usize>> = HashMap::new();
        for (at, exception) in exceptions.iter().enumerate() {
            if let Some((rule, _)) = rules.check(&exception.rule) {
                of_rule.entry(rule).or_default().push(at);
            }
        }
        let named = exceptions.iter().any(|exception| !exception.group.is_empty());
        let all = if named { facts.evidence.groups.len() } else { 0 };
        let groups = (0..all).map(|number| group_id(facts, number)).collect();
        Self { facts, exceptions, of_rule, groups }
    }

    /// The exception of a finding: one in force before one that has ended.
    fn find(&self, pending: &Pending) -> Option<usize> {
        if pending.about.status != Status::New {
            return None;
        }
        let candidates = self.of_rule.get(&pending.about.rule)?.iter().copied();
        let matching = candidates.filter(|&at| self.matches(&self.exceptions[at], pending));
        matching.max_by_key(|&at| (self.exceptions[at].until, std::cmp::Reverse(at)))
    }

    fn matches(&self, exception: &Exception, pending: &Pending) -> bool {
        let inventory = self.facts.sites[pending.about.site as usize].inventory;
        if !takes(&exception.site, &inventory.site.slug)
            || !takes(&exception.system, inventory.system_name(pending.about.system))
        {
            return false;
        }
        if !exception.group.is_empty() {
            let group = pending.group;
            return group != NO_GROUP && self.groups[group as usize] == exception.group;
        }
        let login = match pending.about.row {
            NO_ROW => "",
            row => inventory.text.get(inventory.accounts.login.get(row)),
        };
        takes(&exception.account, login) || takes(&login_key(&exception.account), &login_key(login))
    }
}

struct About<'a> {
    facts: &'a RunFacts<'a>,
    rules: &'a RuleSet,
    policy: &'a Policy,
}

impl About<'_> {
    fn look_at(&self, exception: &Exception, sinks: &mut [Sink]) {
        let as_of = self.facts.sites[0].as_of;
        let accounts = i64::from(exception.accounts);
        let counted = |metric| Found::count(metric, accounts, Unit::Accounts);
        let ended = exception.until < as_of;
        if ended && accounts > 0 {
            let days = as_of.days_since(exception.until);
            let found = Found::days("days-since-end", days, exception.until);
            self.tell("AUD-04", exception, found, sinks);
        }
        if accounts == 0 && !self.policy.some_sites() {
            self.tell("AUD-05", exception, Found::new("matches-nothing"), sinks);
        }
        let broad =
            self.rules.check("AUD-06").map(|(_, rule)| self.policy.threshold(rule, "accounts"));
        if !ended && broad.is_some_and(|most| accounts > most) {
            self.tell("AUD-06", exception, counted("accounts-excepted"), sinks);
        }
    }

    fn tell(&self, id: &str, exception: &Exception, found: Found, sinks: &mut [Sink]) {
        let Some((rule, check)) = self.rules.check(id) else { return };
        let sites = &self.facts.sites;
        let own = sites.iter().position(|site| site.inventory.site.slug == exception.site);
        let site = own.unwrap_or(0);
        let inventory = sites[site].inventory;
        let systems = 0..inventory.systems.len() as u16;
        let system = systems.into_iter().find(|&at| inventory.system_name(at) == exception.system);
        let whom = if exception.group.is_empty() { &exception.account } else { &exception.group };
        let what = format!("{} {}/{}/{whom}", exception.rule, exception.site, exception.system);
        let about = sink::About {
            rule,
            site: site as u16,
            system: system.filter(|_| own.is_some()).unwrap_or(NO_SYSTEM),
            row: NO_ROW,
            severity: self.policy.severity(check, false),
            status: Status::New,
            sensitivity: Sensitivity::Normal,
            origin: Origin { file: FileId(u32::MAX), line: exception.line },
        };
        sinks[site].add(about, &found.detail(what.clone()).told_apart(what));
    }
}
