//! Inventory + evidence → findings: one check per file, and rules that are data alone.
//!
//! A check asks typed fields of an account; what it asked and no export said is recorded by the
//! account itself, so that "could not be judged" cannot be forgotten. Missing data is never a
//! pass and never a finding.

mod account;
mod assemble;
mod aud_03;
mod brk_06;
mod def_02;
mod def_05;
mod dev_06;
mod group;
mod held;
mod hit;
mod id;
mod idle;
mod life_01;
mod life_02;
mod life_03;
mod life_04;
mod life_06;
mod life_07;
mod life_09;
mod lists;
mod mfa_01;
mod mfa_06;
mod mfa_10;
mod missing;
mod no_password;
mod people;
mod predicate;
mod priv_02;
mod privilege;
mod qual_08;
mod qual_09;
mod qual_11;
mod qual_12;
mod reuse;
mod reuse_08;
mod reuse_09;
mod reuse_10;
mod reuse_11;
mod reuse_12;
mod reuse_15;
mod run;
mod sink;
mod site;
mod view;

use crate::model::account::Flag;
use crate::model::day::Day;
use crate::model::evidence::{Edges, Evidence, Subjects, WordClass};
use crate::model::inventory::Inventory;
use crate::model::report::{Report, Run};
use crate::model::tri::Tri;
use crate::policy::Policy;
use crate::rules::check::CheckRule;
use crate::rules::{RuleError, RuleSet};
use crate::text::near::near_or_list;
use account::ByAccount;
use hit::Hits;
pub use predicate::words as predicates;
use reuse::Reuse;
use run::RunFacts;
use sink::Sink;
use site::SiteFacts;
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

    /// Judges some rows of a site.
    fn rows(&self, _ask: &Asking<'_>, _rows: Range<u32>, _out: &mut Sink) {}

    /// Judges what is not asked row by row, once per site.
    fn site(&self, _ask: &Asking<'_>, _out: &mut Sink) {}

    /// Speaks about what the other checks did, once per site.
    fn last(&self, _ask: &Asking<'_>, _rules: &RuleSet, _out: &mut Sink) {}
}

/// All coded checks by rule id. Rules that are not here are data alone (`when` in their file).
const CHECKS: &[(&str, &dyn Check)] = &[
    ("AUD-03", &aud_03::MissingColumns),
    ("BRK-06", &brk_06::SharedBreakGlass),
    ("DEF-01", &Hits(WordClass::Default)),
    ("DEF-02", &def_02::FactoryName),
    ("DEF-03", &hit::Communities),
    ("DEF-04", &no_password::NoPassword),
    ("DEF-05", &def_05::VendorWide),
    ("DEV-06", &dev_06::UnreadLines),
    ("LIFE-01", &ByAccount(life_01::Stale)),
    ("LIFE-02", &ByAccount(life_02::NeverUsed)),
    ("LIFE-03", &ByAccount(life_03::NewUnused)),
    ("LIFE-04", &ByAccount(life_04::Expired)),
    ("LIFE-06", &ByAccount(life_06::Leaver)),
    ("LIFE-07", &ByAccount(life_07::UsedAfterLeaving)),
    ("LIFE-09", &ByAccount(life_09::Mixed)),
    ("MFA-01", &ByAccount(mfa_01::NoSecondFactor)),
    ("MFA-06", &ByAccount(mfa_06::RemoteWithoutFactor)),
    ("MFA-10", &mfa_10::EmptyColumn),
    ("PRIV-02", &ByAccount(priv_02::StalePrivileged)),
    ("QUAL-01", &Hits(WordClass::Empty)),
    ("QUAL-04", &Hits(WordClass::List)),
    ("QUAL-05", &Hits(WordClass::Login)),
    ("QUAL-06", &Hits(WordClass::Person)),
    ("QUAL-07", &Hits(WordClass::Device)),
    ("QUAL-08", &qual_08::Weak),
    ("QUAL-09", &qual_09::Repeated),
    ("QUAL-10", &Hits(WordClass::Root)),
    ("QUAL-11", &qual_11::ComputerName),
    ("QUAL-12", &qual_12::WeakStorage),
    ("QUAL-13", &Hits(WordClass::Digits)),
    ("REUSE-01", &Reuse(Edges::EQUAL_IN_SYSTEM)),
    ("REUSE-02", &Reuse(Edges::CLONED)),
    ("REUSE-03", &Reuse(Edges::FROM_NT)),
    ("REUSE-04", &Reuse(Edges::KNOWN_WORD)),
    ("REUSE-05", &Reuse(Edges::LIST_WORD)),
    ("REUSE-06", &Reuse(Edges::OTHER_SYSTEM)),
    ("REUSE-08", &reuse_08::AdminAndUser),
    ("REUSE-09", &reuse_09::Unequal),
    ("REUSE-10", &reuse_10::LocalAdministrator),
    ("REUSE-11", &reuse_11::SharedKey),
    ("REUSE-12", &reuse_12::Spread),
    ("REUSE-15", &reuse_15::OnePerson),
];

fn coded(id: &str) -> Option<&'static dyn Check> {
    CHECKS.iter().find(|(known, _)| *known == id).map(|&(_, check)| check)
}

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
    let people = people::People::of(sites);
    let facts = RunFacts::new(sites, &people, subjects, evidence, run.as_of);
    let sinks = run::judge_sites(&facts, rules, policy);
    assemble::report(run, &facts, rules, policy, sinks)
}

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
