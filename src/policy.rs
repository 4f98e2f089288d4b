//! kagiban.toml: which rules judge, how severely and with which numbers.
//!
//! Raw serde structs refuse unknown keys; what they hold is then checked against the rule set.

pub mod exceptions;

use crate::model::finding::Severity;
use crate::model::lang::Lang;
use crate::model::state::Exception;
use crate::rules::RuleSet;
use crate::rules::check::CheckRule;
use crate::rules::profile::{self, Profile};
use crate::text::near::near;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;
use toml::{Spanned, Value};

/// Keys outside the rules, for near misses.
const KEYS: &[&str] = &["lang", "profile", "fail_on", "scope", "rules", "cross_entity", "basis"];

/// Longest threshold: a hundred years of days.
const LARGEST: i64 = 36_500;

/// A configuration that cannot be used.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}:{column}: {message}\nhint: {hint}")]
pub struct PolicyError {
    /// File as the operator named it.
    pub file: String,
    /// Line, 1 = first.
    pub line: usize,
    /// Column, 1 = first.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What to do next.
    pub hint: String,
}

/// A checked kagiban.toml. The default is what an empty file means.
#[derive(Clone, Debug)]
pub struct Policy {
    lang: Option<Lang>,
    profile: &'static Profile,
    fail_on: Option<Severity>,
    cross_entity: Option<String>,
    rules: BTreeMap<String, RulePolicy>,
    selection: Vec<String>,
    exceptions: Vec<Exception>,
    some_sites: bool,
}

#[derive(Clone, Debug, Default)]
struct RulePolicy {
    enabled: Option<bool>,
    severity: Option<Severity>,
    thresholds: BTreeMap<String, i64>,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            lang: None,
            profile: profile::find(profile::DEFAULT).expect("a test finds it"),
            fail_on: None,
            cross_entity: None,
            rules: BTreeMap::new(),
            selection: Vec::new(),
            exceptions: Vec::new(),
            some_sites: false,
        }
    }
}

impl Policy {
    /// Parses and checks a configuration; `file` only names it in errors.
    pub fn parse(file: &str, text: &str, rules: &RuleSet) -> Result<Self, PolicyError> {
        Reader { file, text, rules }.read()
    }

    /// A number of a rule: the operator's, else the profile's, else the rule's own.
    pub fn threshold(&self, rule: &CheckRule, key: &str) -> i64 {
        let own = self.rules.get(&rule.id).and_then(|r| r.thresholds.get(key));
        let profile = || rule.profiles.get(self.profile()).and_then(|p| p.get(key));
        own.or_else(profile).or_else(|| rule.thresholds.get(key)).copied().unwrap_or(0)
    }

    /// Severity of a rule for an ordinary or a privileged account.
    pub fn severity(&self, rule: &CheckRule, privileged: bool) -> Severity {
        let own = if privileged { rule.severity_privileged } else { rule.severity };
        self.severity_override(rule).unwrap_or(own)
    }

    /// The severity that the operator gave, if any: it is used as it stands.
    pub fn severity_override(&self, rule: &CheckRule) -> Option<Severity> {
        self.rules.get(&rule.id).and_then(|r| r.severity)
    }

    /// True where the rule judges this run.
    pub fn selected(&self, rule: &CheckRule) -> bool {
        if !self.selection.is_empty() {
            return self.selection.contains(&rule.id);
        }
        self.enabled(rule)
    }

    /// True where the file leaves the rule switched on, whatever was picked by name.
    pub fn enabled(&self, rule: &CheckRule) -> bool {
        self.rules.get(&rule.id).and_then(|r| r.enabled).unwrap_or(true)
    }

    /// Restricts the run to the named rules (`--rule`); ids in any case, or slugs.
    pub fn select(&mut self, names: &[String], rules: &RuleSet) -> Result<(), PolicyError> {
        for name in names {
            let Some((_, rule)) = rules.check(name) else {
                let ids = rules.checks.iter().map(|rule| rule.id.as_str());
                return Err(option_error("--rule", &format!("unknown rule '{name}'"), name, ids));
            };
            self.selection.push(rule.id.clone());
        }
        Ok(())
    }

    /// Takes the exceptions of suppressions.toml. With `some_sites` the run was restricted to some of
    /// its sites, so that an exception for another one is not unused.
    pub fn except(&mut self, exceptions: Vec<Exception>, some_sites: bool) {
        (self.exceptions, self.some_sites) = (exceptions, some_sites);
    }

    /// Exceptions in the order of their file.
    pub fn exceptions(&self) -> &[Exception] {
        &self.exceptions
    }

    /// True where the run is about some of its sites only.
    pub const fn some_sites(&self) -> bool {
        self.some_sites
    }

    /// Takes another profile (`--profile`).
    pub fn set_profile(&mut self, name: &str) -> Result<(), PolicyError> {
        self.profile = profile::find(name).ok_or_else(|| {
            let message = format!("unknown profile '{name}'");
            option_error("--profile", &message, name, profile_names())
        })?;
        Ok(())
    }

    /// Rules that were picked by name; empty = all.
    pub fn selection(&self) -> &[String] {
        &self.selection
    }

    /// Language of the outputs, where the file names one.
    pub const fn lang(&self) -> Option<Lang> {
        self.lang
    }

    /// Name of the profile of password rules.
    pub fn profile(&self) -> &'static str {
        &self.profile.id
    }

    /// What the profile demands of passwords.
    pub const fn passwords(&self) -> &'static Profile {
        self.profile
    }

    /// Rules that the file switches off, in order.
    pub fn switched_off(&self) -> impl Iterator<Item = &str> {
        let off = self.rules.iter().filter(|(_, own)| own.enabled == Some(false));
        off.map(|(id, _)| id.as_str())
    }

    /// Severity from which a run exits 1, where the file names one.
    pub const fn fail_on(&self) -> Option<Severity> {
        self.fail_on
    }

    /// The basis on which sites of different legal entities may be joined, if they may.
    pub fn cross_entity(&self) -> Option<&str> {
        self.cross_entity.as_deref()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    lang: Option<Spanned<String>>,
    profile: Option<Spanned<String>>,
    fail_on: Option<Spanned<String>>,
    scope: Option<Spanned<RawScope>>,
    #[serde(default)]
    rules: BTreeMap<Spanned<String>, BTreeMap<Spanned<String>, Spanned<Value>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawScope {
    #[serde(default)]
    cross_entity: bool,
    #[serde(default)]
    basis: String,
}

struct Reader<'a> {
    file: &'a str,
    text: &'a str,
    rules: &'a RuleSet,
}

impl Reader<'_> {
    fn read(&self) -> Result<Policy, PolicyError> {
        let raw: Raw = toml::from_str(self.text).map_err(|error| self.syntax(&error))?;
        let mut policy = Policy::default();
        if let Some(lang) = &raw.lang {
            let known = [("ja", Lang::Ja), ("en", Lang::En)];
            policy.lang = Some(self.one_of("lang", lang, &known)?);
        }
        if let Some(profile) = &raw.profile {
            let known: Vec<_> = profile::embedded().iter().map(|p| (p.id.as_str(), p)).collect();
            policy.profile = self.one_of("profile", profile, &known)?;
        }
        if let Some(severity) = &raw.fail_on {
            policy.fail_on = Some(self.one_of("fail_on", severity, &severities())?);
        }
        if let Some(scope) = raw.scope {
            policy.cross_entity = self.scope(&scope)?;
        }
        for (name, keys) in &raw.rules {
            let (rule, own) = self.rule(name, keys)?;
            if policy.rules.insert(rule, own).is_some() {
                return Err(self.error(
                    name.span(),
                    format!("'{}' names a rule that has settings already", name.get_ref()),
                    "put the keys into one table; id and slug are the same rule".to_owned(),
                ));
            }
        }
        Ok(policy)
    }

    fn scope(&self, scope: &Spanned<RawScope>) -> Result<Option<String>, PolicyError> {
        let raw = scope.get_ref();
        if raw.cross_entity && raw.basis.trim().is_empty() {
            return Err(self.error(
                scope.span(),
                "cross_entity = true needs a basis".to_owned(),
                "add basis = \"...\" and name the contract or consent that allows it".to_owned(),
            ));
        }
        Ok(raw.cross_entity.then(|| raw.basis.clone()))
    }

    fn rule(
        &self,
        name: &Spanned<String>,
        keys: &BTreeMap<Spanned<String>, Spanned<Value>>,
    ) -> Result<(String, RulePolicy), PolicyError> {
        let Some((_, rule)) = self.rules.check(name.get_ref()) else {
            let ids = self.rules.checks.iter().map(|rule| rule.id.as_str());
            return Err(self.unknown("rule", name, ids, "kagiban rules list shows all rules"));
        };
        let mut own = RulePolicy::default();
        for (key, value) in keys {
            match key.get_ref().as_str() {
                "enabled" => own.enabled = Some(self.truth(value)?),
                "severity" => own.severity = Some(self.severity(value)?),
                name if rule.thresholds.contains_key(name) => {
                    own.thresholds.insert(name.to_owned(), self.number(value)?);
                }
                _ => {
                    let known = ["enabled", "severity"].into_iter();
                    let known = known.chain(rule.thresholds.keys().map(String::as_str));
                    let hint = format!("kagiban explain {} shows the keys of the rule", rule.id);
                    return Err(self.unknown("key", key, known, &hint));
                }
            }
        }
        Ok((rule.id.clone(), own))
    }

    fn truth(&self, value: &Spanned<Value>) -> Result<bool, PolicyError> {
        value.get_ref().as_bool().ok_or_else(|| self.wrong(value.span(), "true or false"))
    }

    fn number(&self, value: &Spanned<Value>) -> Result<i64, PolicyError> {
        let number = value.get_ref().as_integer().filter(|n| (0..=LARGEST).contains(n));
        number.ok_or_else(|| self.wrong(value.span(), "a whole number from 0 to 36500"))
    }

    fn severity(&self, value: &Spanned<Value>) -> Result<Severity, PolicyError> {
        let word = value.get_ref().as_str().and_then(Severity::from_word);
        word.ok_or_else(|| self.wrong(value.span(), "one of info, low, medium, high, critical"))
    }

    fn one_of<T: Copy>(
        &self,
        key: &str,
        value: &Spanned<String>,
        known: &[(&str, T)],
    ) -> Result<T, PolicyError> {
        let found = known.iter().find(|(word, _)| word == value.get_ref());
        found.map(|&(_, meaning)| meaning).ok_or_else(|| {
            let words: Vec<_> = known.iter().map(|&(word, _)| word).collect();
            let message = format!("'{}' is not a value of {key}", value.get_ref());
            let hint = near(value.get_ref(), words.iter().copied())
                .unwrap_or_else(|| format!("one of {}", words.join(", ")));
            self.error(value.span(), message, hint)
        })
    }

    fn wrong(&self, span: Range<usize>, wanted: &str) -> PolicyError {
        self.error(span, format!("expected {wanted}"), "correct the value".to_owned())
    }

    fn unknown<'k>(
        &self,
        what: &str,
        name: &Spanned<String>,
        known: impl Iterator<Item = &'k str>,
        otherwise: &str,
    ) -> PolicyError {
        let hint = near(name.get_ref(), known).unwrap_or_else(|| otherwise.to_owned());
        self.error(name.span(), format!("unknown {what} '{}'", name.get_ref()), hint)
    }

    fn syntax(&self, error: &toml::de::Error) -> PolicyError {
        let span = error.span().unwrap_or(0..0);
        if !error.message().starts_with("unknown field") {
            return self.error(span, error.message().to_owned(), "correct the syntax".to_owned());
        }
        let key = self.text.get(span.clone()).unwrap_or("").trim_matches(['"', '\'']);
        let hint = near(key, KEYS.iter().copied())
            .unwrap_or_else(|| "one of lang, profile, fail_on, [scope], [rules.ID]".to_owned());
        self.error(span, format!("unknown key '{key}'"), hint)
    }

    fn error(&self, span: Range<usize>, message: String, hint: String) -> PolicyError {
        error_at(self.file, self.text, span, message, hint)
    }
}

/// An error at a place of a file.
fn error_at(
    file: &str,
    text: &str,
    span: Range<usize>,
    message: String,
    hint: String,
) -> PolicyError {
    let before = &text[..span.start.min(text.len())];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    PolicyError {
        file: file.to_owned(),
        line: before.matches('\n').count() + 1,
        column: before[line_start..].chars().count() + 1,
        message,
        hint,
    }
}

fn severities() -> Vec<(&'static str, Severity)> {
    Severity::ALL.iter().map(|&severity| (severity.word(), severity)).collect()
}

fn profile_names() -> impl Iterator<Item = &'static str> {
    profile::embedded().iter().map(|profile| profile.id.as_str())
}

fn option_error<'a>(
    option: &str,
    message: &str,
    name: &str,
    known: impl Iterator<Item = &'a str>,
) -> PolicyError {
    let known: Vec<_> = known.collect();
    PolicyError {
        file: option.to_owned(),
        line: 1,
        column: 1,
        message: message.to_owned(),
        hint: near(name, known.iter().copied())
            .unwrap_or_else(|| format!("one of {}", known.join(", "))),
    }
}

#[cfg(test)]
mod tests;
