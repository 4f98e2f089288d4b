//! What became of a finding that this run does not have: fixed, or not to be judged, and why.
//!
//! A finding may be missing because the fault is mended, or because nobody looked. Fixed needs that the
//! export was read to the end in both runs, and that the rule judged the account. Of a password it needs
//! more: that the secret changed, that the account is gone or disabled, or that every word which could
//! open it was tried again.

use crate::baseline::known::{Known, Place, place};
use crate::model::day::When;
use crate::model::evidence::{WordClass, WordClasses};
use crate::model::file::Weight;
use crate::model::finding::{NO_GROUP, Status};
use crate::model::lists::{Listed, Trace};
use crate::model::report::{Report, ReportSystem};
use crate::model::state::Cause;
use crate::model::tri::Tri;
use crate::rules::RuleSet;
use hashbrown::{HashMap, HashSet};

/// Rules about passwords, and the classes of words that may open one for them.
const WORDS: &[(&str, &[WordClass])] = &[
    ("QUAL-01", &[WordClass::Empty]),
    ("QUAL-04", &[WordClass::List]),
    ("QUAL-05", &[WordClass::Login]),
    ("QUAL-06", &[WordClass::Person]),
    ("QUAL-07", &[WordClass::Device]),
    ("QUAL-10", &[WordClass::Root]),
    ("QUAL-11", &[WordClass::Computer]),
    ("QUAL-13", &[WordClass::Digits]),
    ("DEF-", &[WordClass::Default]),
    ("REUSE-", &[WordClass::Estate, WordClass::List]),
    ("BRK-06", &[WordClass::Estate, WordClass::List]),
    ("QUAL-", &[]),
];

/// Rules that tell of something that happened between two runs: it does not go on, and is not mended.
const EVENTS: &[&str] = &["AUD-02", "LIFE-17", "SHR-04"];

/// Fixed, or not evaluable for a cause.
type Verdict = (Status, Cause);

const FIXED: Verdict = (Status::Fixed, Cause::None);

const fn open(cause: Cause) -> Verdict {
    (Status::NotEvaluable, cause)
}

/// An account of a run, by what it is known by.
type Key = (Place, String);

/// Both runs, ready to be asked.
pub(super) struct Verdicts<'a> {
    current: &'a Report,
    earlier: &'a Report,
    rules: &'a RuleSet,
    same_key: bool,
    /// The current run has told which accounts of the earlier one it could not judge.
    told: bool,
    now: Known,
    /// Systems of which a record or file was refused, in either run.
    incomplete: HashSet<Place>,
    /// Systems that lost so many accounts that the export was cut rather than the system cleaned.
    shrunk: HashSet<Place>,
    accounts: [HashMap<Key, u32>; 2],
    /// Members of the earlier groups, by group.
    members: HashMap<u32, Vec<Key>>,
    /// Every source of words of the earlier run serves this one too.
    same_words: bool,
}

impl<'a> Verdicts<'a> {
    pub(super) fn of(
        current: &'a Report,
        earlier: &'a Report,
        rules: &'a RuleSet,
        (same_key, told): (bool, bool),
    ) -> Self {
        let mut verdicts = Self {
            current,
            earlier,
            rules,
            same_key,
            told,
            now: Known::of(current),
            incomplete: HashSet::new(),
            shrunk: shrunk(current, earlier),
            accounts: [accounts(current), accounts(earlier)],
            members: HashMap::new(),
            same_words: earlier.run.words.iter().all(|word| current.run.words.contains(word)),
        };
        verdicts.note_incomplete(current);
        verdicts.note_incomplete(earlier);
        for finding in earlier.findings.iter().filter(|finding| finding.group != NO_GROUP) {
            let key = verdicts.key(finding.subject);
            let members = verdicts.members.entry(finding.group).or_default();
            if !members.contains(&key) {
                members.push(key);
            }
        }
        verdicts
    }

    /// A refused file that names no system may have been any system of its site.
    fn note_incomplete(&mut self, report: &Report) {
        for problem in report.problems.iter().filter(|problem| problem.weight >= Weight::Row) {
            let Some((site, file)) = report.files.get(problem.origin.file.0 as usize) else {
                continue;
            };
            let systems = &report.sites[*site as usize].systems;
            for (at, system) in (0_u16..).zip(systems) {
                if file.system.is_empty() || file.system == system.name {
                    self.incomplete.insert(place(report, *site, at));
                }
            }
            if file.system.is_empty() {
                self.incomplete.insert(place(report, *site, u16::MAX));
            }
        }
    }

    fn key(&self, subject: u32) -> Key {
        let subject = &self.earlier.subjects[subject as usize];
        let place = place(self.earlier, subject.site, subject.system);
        (place, self.earlier.text.get(subject.key).to_owned())
    }

    /// What became of a finding of the earlier run. `None` where this run does not have the rule, was
    /// asked for others, or the finding told of an event.
    pub(super) fn of_gone(&self, at: usize) -> Option<Verdict> {
        let finding = &self.earlier.findings[at];
        let rule = finding.rule as usize;
        self.current.used[rule].as_ref()?;
        // Whoever asks for some rules is not told of all the others.
        if !self.current.asked[rule] && !self.current.run.selected.is_empty() {
            return None;
        }
        let id = &self.rules.checks[rule].id;
        if EVENTS.contains(&id.as_str()) {
            return None;
        }
        let verdict = self.verdict(at, id);
        // What is said of an export cannot be said of none.
        let about_exports = id.starts_with("AUD-") && verdict.0 == Status::NotEvaluable;
        (!about_exports).then_some(verdict)
    }

    fn verdict(&self, at: usize, id: &str) -> Verdict {
        let finding = &self.earlier.findings[at];
        let rule = finding.rule as usize;
        let key = self.key(finding.subject);
        let system = &key.0;
        if !self.current.asked[rule] {
            return open(Cause::NotAsked);
        }
        if !self.now.has(system) {
            return open(Cause::SourceMissing);
        }
        if self.incomplete.contains(system) {
            return open(Cause::SourceIncomplete);
        }
        if self.shrunk.contains(system) && !self.accounts[0].contains_key(&key) {
            return open(Cause::SourceIncomplete);
        }
        match WORDS.iter().find(|(prefix, _)| id.starts_with(prefix)) {
            _ if self.is_closed(&key) => FIXED,
            Some((_, classes)) => self.secret(finding.rule, finding.group, &key, classes),
            None if self.told && !key.1.is_empty() => self.judged_account(at, system),
            None => self.judged(finding.rule, system),
        }
    }

    /// The account is gone or disabled.
    fn is_closed(&self, key: &Key) -> bool {
        match (self.accounts[0].get(key), self.accounts[1].get(key)) {
            (Some(&now), _) => self.current.lists.accounts[now as usize].enabled == Tri::No,
            (None, before) => before.is_some(),
        }
    }

    /// The rule judged this account, whatever it lacks of others.
    fn judged_account(&self, at: usize, system: &Place) -> Verdict {
        let rule = self.earlier.findings[at].rule;
        match self.now.at(rule, system) {
            Some(row) if row.unjudged > row.by_account => self.judged(rule, system),
            _ if self.current.unjudged.binary_search(&self.earlier.ids[at]).is_ok() => {
                open(Cause::CouldNotJudge)
            }
            _ => FIXED,
        }
    }

    /// The rule judged every account of the system that it is about.
    fn judged(&self, rule: u16, system: &Place) -> Verdict {
        match self.now.at(rule, system) {
            Some(row) if row.unjudged > 0 && row.missing.contains(&"not-tried") => {
                open(Cause::NotTriedAgain)
            }
            Some(row) if row.unjudged > 0 => open(Cause::CouldNotJudge),
            _ => FIXED,
        }
    }

    fn secret(&self, rule: u16, group: u32, key: &Key, classes: &[WordClass]) -> Verdict {
        if self.changed(key) {
            return FIXED;
        }
        let classes = WordClasses::of(classes);
        if !self.accounts[0].contains_key(key) {
            // A bare secret of a device: no list of accounts holds it.
            let verdict = self.judged(rule, &key.0);
            return if self.same_words { verdict } else { open(Cause::NotTriedAgain) };
        }
        let others = self.members.get(&group).map_or(&[][..], Vec::as_slice);
        let others: Vec<_> = others.iter().filter(|other| *other != key).collect();
        if !others.is_empty() && others.iter().all(|other| self.resolved(other)) {
            return FIXED;
        }
        if let Some(verdict) = others.iter().find_map(|other| self.unread(other)) {
            return verdict;
        }
        let again = |key: &Key| self.tried_again(key, classes);
        if self.same_words && again(key) && others.iter().all(|other| again(other)) {
            FIXED
        } else {
            open(Cause::NotTriedAgain)
        }
    }

    /// An account of a group no longer has the group's password, or nobody logs in with it.
    fn resolved(&self, key: &Key) -> bool {
        self.unread(key).is_none() && (self.is_closed(key) || self.changed(key))
    }

    fn unread(&self, (system, _): &Key) -> Option<Verdict> {
        if !self.now.has(system) {
            return Some(open(Cause::SourceMissing));
        }
        self.incomplete.contains(system).then_some(open(Cause::SourceIncomplete))
    }

    /// The stored secret is another one: by its keyed tag, or by the day that it was set.
    fn changed(&self, key: &Key) -> bool {
        let (Some((_, now)), Some((_, before))) = (self.trace(0, key), self.trace(1, key)) else {
            return false;
        };
        let (one, two) = (self.earlier.text.get(before.tag), self.current.text.get(now.tag));
        let by_tag = self.same_key && !one.is_empty() && !two.is_empty() && one != two;
        by_tag
            || match (before.password_set.when(), now.password_set.when()) {
                (When::On(before), When::On(now)) => now > before,
                _ => false,
            }
    }

    /// Words can be tried on the secret, and none of the classes was left.
    fn tried_again(&self, key: &Key, classes: WordClasses) -> bool {
        self.trace(0, key).is_some_and(|(_, trace)| {
            trace.triable && !classes.iter().any(|class| trace.left.has(class))
        })
    }

    fn trace(&self, run: usize, key: &Key) -> Option<(&Listed, &Trace)> {
        let lists = [&self.current.lists, &self.earlier.lists][run];
        let at = *self.accounts[run].get(key)? as usize;
        Some((&lists.accounts[at], &lists.traces[at]))
    }
}

/// Fewest accounts of a system whose size says anything.
const LEAST: u32 = 10;
/// A system that keeps less than this part of its accounts, in percent, was not read whole.
const KEPT: u32 = 80;

fn shrunk(current: &Report, earlier: &Report) -> HashSet<Place> {
    let mut found = HashSet::new();
    for (number, site) in (0_u16..).zip(&current.sites) {
        let Some(old) = earlier.sites.iter().find(|old| old.slug == site.slug) else { continue };
        for (at, system) in (0_u16..).zip(&site.systems) {
            let same = |old: &&ReportSystem| old.kind == system.kind && old.name == system.name;
            let before = old.systems.iter().find(same).map_or(0, |old| old.accounts);
            if before >= LEAST && system.accounts * 100 < before * KEPT {
                found.insert(place(current, number, at));
            }
        }
    }
    found
}

fn accounts(report: &Report) -> HashMap<Key, u32> {
    let lists = &report.lists;
    let rows = lists.accounts.iter().zip(&lists.traces).zip(0..);
    rows.map(|((account, trace), at)| {
        let place = place(report, account.site, account.system);
        ((place, report.text.get(trace.key).to_owned()), at)
    })
    .collect()
}
