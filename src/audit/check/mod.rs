//! What a check is, and the table of all of them, one folder per family of rules.

mod age;
mod breakglass;
mod defaults;
mod device;
mod flag;
pub(crate) mod hit;
mod kerberos;
mod lifecycle;
mod mfa;
mod password_policy;
mod privilege;
mod quality;
mod reuse;
mod sealed;
mod service;
mod shared;
mod shared_name;
mod sources;
mod trail;

use crate::audit::mates::Judge;
use crate::audit::missing::Missing;
use crate::audit::run::RunFacts;
use crate::audit::sink::Sink;
use crate::audit::site::SiteFacts;
use crate::model::account::Flag;
use crate::policy::Policy;
use crate::rules::RuleSet;
use crate::rules::check::CheckRule;
use std::ops::Range;

/// What a check may look at while it judges one site.
pub(crate) struct Asking<'a> {
    /// Position of the rule in the rule set.
    pub(crate) index: u16,
    /// The rule.
    pub(crate) rule: &'a CheckRule,
    /// All rules, for their tables.
    pub(crate) rules: &'a RuleSet,
    /// The operator's settings.
    pub(crate) policy: &'a Policy,
    /// The whole run.
    pub(crate) run: &'a RunFacts<'a>,
    /// The site.
    pub(crate) site: &'a SiteFacts<'a>,
    /// Which systems of the site the rule is about.
    pub(crate) scope: Vec<bool>,
}

impl Asking<'_> {
    /// True for a row that was merged into another.
    pub(crate) fn absorbed(&self, row: u32) -> bool {
        self.site.inventory.accounts.flag(row, Flag::Absorbed).is_yes()
    }

    /// In place of a system where something is about the site as a whole.
    pub(crate) fn site_itself(&self) -> u16 {
        self.site.systems.len() as u16
    }

    /// Counts a system once for all its accounts, as rules about a whole system do.
    pub(crate) fn judged(&self, system: u16, out: &mut Sink) {
        out.tally(self.index, system).judged += self.weight(system);
    }

    /// Counts every system of which accounts were exported: a rule about the site looked at them all.
    pub(crate) fn judged_all(&self, out: &mut Sink) {
        let exported = |system: &u16| self.site.systems[*system as usize].accounts > 0;
        self.systems().filter(exported).for_each(|system| self.judged(system, out));
    }

    /// Says that a whole system could not be judged.
    pub(crate) fn unjudged(&self, system: u16, what: Missing, out: &mut Sink) {
        out.unjudged(self, system, self.weight(system), what);
    }

    fn weight(&self, system: u16) -> u32 {
        self.site.systems.get(system as usize).map_or(1, |system| system.accounts.max(1))
    }

    /// Systems that the rule is about.
    pub(crate) fn systems(&self) -> impl Iterator<Item = u16> + '_ {
        (0..self.scope.len() as u16).filter(|&system| self.scope[system as usize])
    }
}

/// A coded check. Every method has an empty body: a check fills in what it needs.
pub(crate) trait Check: Sync {
    /// Thresholds that its rule file must carry.
    fn thresholds(&self) -> Vec<&'static str> {
        Vec::new()
    }

    /// True for a check that speaks about the others, so that they must run even where only this
    /// one was asked for.
    fn about_all(&self) -> bool {
        false
    }

    /// Judges the accounts of one group beside each other, once a run: for checks whose `site` hands
    /// its answers over.
    fn mates(&self) -> Option<Judge> {
        None
    }

    /// Judges some rows of a site.
    fn rows(&self, _ask: &Asking<'_>, _rows: Range<u32>, _out: &mut Sink) {}

    /// Judges what is not asked row by row, once per site.
    fn site(&self, _ask: &Asking<'_>, _out: &mut Sink) {}

    /// Speaks about what the other checks did, once per site.
    fn last(&self, _ask: &Asking<'_>, _rules: &RuleSet, _out: &mut Sink) {}
}

/// A coded check and the id of its rule.
pub(crate) type Entry = (&'static str, &'static dyn Check);

/// Every family's table. Rules that are in none are data alone (`when` in their file).
pub(crate) const FAMILIES: &[&[Entry]] = &[
    age::CHECKS,
    breakglass::CHECKS,
    defaults::CHECKS,
    device::CHECKS,
    flag::CHECKS,
    kerberos::CHECKS,
    lifecycle::CHECKS,
    mfa::CHECKS,
    password_policy::CHECKS,
    privilege::CHECKS,
    quality::CHECKS,
    reuse::CHECKS,
    service::CHECKS,
    shared::CHECKS,
    trail::CHECKS,
];

/// The coded check of a rule.
pub(crate) fn coded(id: &str) -> Option<&'static dyn Check> {
    FAMILIES.iter().copied().flatten().find(|(known, _)| *known == id).map(|&(_, check)| check)
}
