//! The files of rules/devices as profiles.

use super::pattern::{Pattern, Slot};
use super::{FactRule, Firsts, Profile, Rule, Skip, SkipEnd, Types};
use crate::model::credential::{Kind, State};
use crate::model::device::Topic;
use crate::model::site::SystemKind;
use crate::rules::{File, RuleError};
use hashbrown::HashMap;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A file as written. Keys that are left out come from the file named by `extends`.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    name: String,
    #[serde(default)]
    extends: String,
    #[serde(default)]
    product: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    unverified: bool,
    comments: Option<Vec<String>>,
    #[serde(default)]
    separators: String,
    hostname: Option<Vec<String>>,
    #[serde(default)]
    products: BTreeMap<String, String>,
    admin_level: Option<u8>,
    #[serde(default)]
    admin_roles: Vec<String>,
    #[serde(default)]
    types: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    #[serde(default)]
    rules: Vec<RawRule>,
    #[serde(default)]
    facts: Vec<RawFact>,
    #[serde(default)]
    harmless: Vec<String>,
    #[serde(default)]
    harmless_blocks: Vec<String>,
    #[serde(default)]
    contexts: Vec<String>,
    #[serde(default)]
    skips: Vec<RawSkip>,
    whole: Option<RawWhole>,
    #[serde(default)]
    sure: Vec<String>,
    #[serde(default)]
    signs: Vec<String>,
    #[serde(default)]
    foreign: Vec<String>,
    #[serde(default)]
    examples: Vec<String>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    pattern: String,
    #[serde(default, rename = "in")]
    within: Vec<String>,
    #[serde(default)]
    options: Vec<String>,
    kind: Option<String>,
    second: Option<String>,
    #[serde(default)]
    types: String,
    #[serde(default)]
    account: String,
    level: Option<u8>,
    admin: Option<bool>,
    enabled: Option<bool>,
    #[serde(default)]
    remote: bool,
    factor: Option<bool>,
    state: Option<String>,
    unless: Option<String>,
    #[serde(default)]
    access: String,
    #[serde(default)]
    yes: Vec<String>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFact {
    pattern: String,
    #[serde(default, rename = "in")]
    within: Vec<String>,
    topic: String,
    #[serde(default)]
    value: String,
    #[serde(default)]
    seconds: bool,
    #[serde(default)]
    assumed: bool,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSkip {
    start: String,
    end: String,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawWhole {
    begin: String,
    end: String,
}

/// Parses all files. A file without signs claims nothing: it is there for others to extend.
pub(super) fn profiles<'f>(
    files: impl Iterator<Item = &'f File<'f>>,
) -> Result<Vec<Profile>, RuleError> {
    let mut raws = Vec::new();
    for (file, text) in files {
        let raw: Raw = toml::from_str(text).map_err(|e| RuleError::toml(file, text, &e))?;
        raws.push((&**file, raw));
    }
    let bases: BTreeMap<String, Raw> =
        raws.iter().map(|(_, raw)| (raw.name.clone(), raw.clone())).collect();
    raws.iter().map(|(file, raw)| profile(file, whole(file, raw, &bases)?)).collect()
}

/// A file with all that it extends. Its own statements come first.
fn whole(file: &str, raw: &Raw, bases: &BTreeMap<String, Raw>) -> Result<Raw, RuleError> {
    let mut all = raw.clone();
    let mut next = raw.extends.clone();
    for _ in 0..bases.len() {
        if next.is_empty() {
            return Ok(all);
        }
        let Some(base) = bases.get(&next) else {
            let known: Vec<_> = bases.keys().map(String::as_str).collect();
            let message = format!("'{next}' cannot be extended");
            return Err(RuleError::meaning(
                file,
                message,
                format!("expected one of {}", known.join(", ")),
            ));
        };
        all.inherit(base);
        next.clone_from(&base.extends);
    }
    Err(RuleError::meaning(file, "extends itself", "take one 'extends' away"))
}

impl Raw {
    fn inherit(&mut self, base: &Self) {
        self.comments = self.comments.take().or_else(|| base.comments.clone());
        self.hostname = self.hostname.take().or_else(|| base.hostname.clone());
        self.whole = self.whole.take().or_else(|| base.whole.clone());
        self.admin_level = self.admin_level.or(base.admin_level);
        for (name, table) in &base.types {
            let own = self.types.entry(name.clone()).or_default();
            for (word, forms) in table {
                own.entry(word.clone()).or_insert_with(|| forms.clone());
            }
        }
        // Lines that the base's rules must take are the base's own business.
        let silent = |rule: &RawRule| RawRule { yes: Vec::new(), ..rule.clone() };
        self.rules.extend(base.rules.iter().map(silent));
        self.facts.extend_from_slice(&base.facts);
        self.admin_roles.extend_from_slice(&base.admin_roles);
        self.harmless.extend_from_slice(&base.harmless);
        self.harmless_blocks.extend_from_slice(&base.harmless_blocks);
        self.contexts.extend_from_slice(&base.contexts);
        self.skips.extend_from_slice(&base.skips);
    }
}

/// Parses parts of one file and names it in errors.
struct Parser<'f> {
    file: &'f str,
}

fn profile(file: &str, raw: Raw) -> Result<Profile, RuleError> {
    let parser = Parser { file };
    let kind = if raw.kind.is_empty() { "device" } else { &raw.kind };
    let products =
        raw.products.iter().map(|(text, name)| Ok((parser.pattern(text)?, name.clone())));
    let facts = raw.facts.iter().map(|fact| parser.fact(fact));
    let rules = raw.rules.iter().map(|rule| parser.rule(rule, &raw.types));
    let pair = |whole: &RawWhole| Ok((parser.pattern(&whole.begin)?, parser.pattern(&whole.end)?));
    let mut profile = Profile {
        kind: parser.word(kind, "kind of a system", SystemKind::from_word)?,
        products: products.collect::<Result<_, RuleError>>()?,
        hostname: parser.patterns(&raw.hostname.unwrap_or_default())?,
        rules: rules.collect::<Result<_, RuleError>>()?,
        facts: facts.collect::<Result<_, RuleError>>()?,
        harmless: parser.patterns(&raw.harmless)?,
        harmless_blocks: parser.patterns(&raw.harmless_blocks)?,
        contexts: parser.patterns(&raw.contexts)?,
        skips: raw.skips.iter().map(|skip| parser.skip(skip)).collect::<Result<_, RuleError>>()?,
        whole: raw.whole.as_ref().map(pair).transpose()?,
        sure: parser.patterns(&raw.sure)?,
        signs: parser.patterns(&raw.signs)?,
        foreign: parser.patterns(&raw.foreign)?,
        types: raw.types.into_iter().map(|(name, table)| (named(&name), types(table))).collect(),
        name: raw.name,
        product: raw.product,
        unverified: raw.unverified,
        comments: raw.comments.unwrap_or_default(),
        separators: raw.separators,
        admin_level: raw.admin_level.unwrap_or(15),
        admin_roles: raw.admin_roles.iter().map(|role| role.to_lowercase()).collect(),
        examples: raw.examples,
        firsts: HashMap::new(),
    };
    profile.firsts = firsts(&profile);
    Ok(profile)
}

/// `usual` is what rules mean that name no table.
fn named(table: &str) -> String {
    if table == "usual" { String::new() } else { table.to_owned() }
}

/// `none` is the word that is not there.
fn types(table: BTreeMap<String, Vec<String>>) -> Types {
    let word = |word: String| if word == "none" { String::new() } else { word };
    table.into_iter().map(|(announced, forms)| (word(announced), forms)).collect()
}

fn firsts(profile: &Profile) -> HashMap<String, Firsts> {
    let mut index = HashMap::new();
    note(&mut index, profile.rules.iter().map(|rule| &rule.pattern), |first, at| {
        first.rules.push(at);
    });
    note(&mut index, profile.facts.iter().map(|fact| &fact.pattern), |first, at| {
        first.facts.push(at);
    });
    note(&mut index, profile.harmless.iter(), |first, at| first.harmless.push(at));
    note(&mut index, profile.skips.iter().map(|skip| &skip.pattern), |first, at| {
        first.skips.push(at);
    });
    let products = profile.products.iter().map(|(pattern, _)| pattern);
    let bounds = profile.whole.iter().flat_map(|(begin, end)| [begin, end]);
    let names = profile.hostname.iter().chain(products).chain(bounds);
    note(&mut index, names, |first, _| first.names = true);
    let unless = profile.rules.iter().filter_map(|rule| rule.unless.as_ref());
    note(&mut index, unless, |first, _| first.voids = true);
    for heading in profile.rules.iter().flat_map(|rule| &rule.within) {
        note(&mut index, std::iter::once(heading), |first, _| {
            if !first.sections.contains(heading) {
                first.sections.push(heading.clone());
            }
        });
    }
    index
}

/// What the index calls patterns that begin with a name: no line begins so.
pub(super) const NAMED: &str = "";

fn note<'p>(
    index: &mut HashMap<String, Firsts>,
    patterns: impl Iterator<Item = &'p Pattern>,
    mut add: impl FnMut(&mut Firsts, u16),
) {
    for (place, pattern) in patterns.enumerate() {
        let first = pattern.first_words();
        let named = first.is_empty().then_some(NAMED);
        for first in first.into_iter().chain(named) {
            add(index.entry(first.to_owned()).or_default(), place as u16);
        }
    }
}

impl Parser<'_> {
    fn error(&self, message: String) -> RuleError {
        RuleError::meaning(
            self.file,
            message,
            "see src/rules/device/pattern.rs for the language of patterns",
        )
    }

    fn pattern(&self, text: &str) -> Result<Pattern, RuleError> {
        Pattern::parse(text).map_err(|message| self.error(message))
    }

    fn patterns(&self, texts: &[String]) -> Result<Vec<Pattern>, RuleError> {
        texts.iter().map(|text| self.pattern(text)).collect()
    }

    fn word<T>(&self, word: &str, what: &str, from: fn(&str) -> Option<T>) -> Result<T, RuleError> {
        from(word).ok_or_else(|| self.error(format!("'{word}' is no {what}")))
    }

    fn rule(
        &self,
        raw: &RawRule,
        types: &BTreeMap<String, BTreeMap<String, Vec<String>>>,
    ) -> Result<Rule, RuleError> {
        let kind = |word: &String| self.word(word, "kind of a secret", Kind::from_word);
        let state = |word: &String| self.word(word, "state of a secret", State::from_word);
        let option =
            |text: &String| Pattern::parse_option(text).map_err(|message| self.error(message));
        if !raw.types.is_empty() && !types.contains_key(&raw.types) {
            return Err(self.error(format!("'{}' is no table of types of this file", raw.types)));
        }
        let rule = Rule {
            pattern: Pattern::parse_named(&raw.pattern).map_err(|text| self.error(text))?,
            within: self.patterns(&raw.within)?,
            options: raw.options.iter().map(option).collect::<Result<_, _>>()?,
            kind: raw.kind.as_ref().map(kind).transpose()?,
            second: raw.second.as_ref().map(kind).transpose()?,
            types: raw.types.clone(),
            account: raw.account.clone(),
            level: raw.level,
            admin: raw.admin,
            enabled: raw.enabled,
            remote: raw.remote,
            factor: raw.factor,
            state: raw.state.as_ref().map(state).transpose()?,
            unless: raw.unless.as_deref().map(|text| self.pattern(text)).transpose()?,
            access: raw.access.clone(),
            yes: raw.yes.clone(),
        };
        let holds = [Slot::Secret, Slot::Auth].iter().any(|slot| {
            rule.pattern.has(*slot) || rule.options.iter().any(|option| option.has(*slot))
        });
        if rule.kind.is_some() != (holds || rule.state.is_some()) {
            return Err(
                self.error(format!("'{}' needs both a kind and a secret or state", raw.pattern))
            );
        }
        Ok(rule)
    }

    fn fact(&self, raw: &RawFact) -> Result<FactRule, RuleError> {
        let pattern = self.pattern(&raw.pattern)?;
        if raw.value.is_empty() != pattern.has(Slot::Value) {
            return Err(self.error(format!("'{}' needs either a value or its slot", raw.pattern)));
        }
        Ok(FactRule {
            pattern,
            within: self.patterns(&raw.within)?,
            topic: self.word(&raw.topic, "topic of a fact", Topic::from_word)?,
            value: raw.value.clone(),
            seconds: raw.seconds,
            assumed: raw.assumed,
        })
    }

    fn skip(&self, raw: &RawSkip) -> Result<Skip, RuleError> {
        let end = match raw.end.as_str() {
            "delimiter" => SkipEnd::Delimiter,
            "quote" => SkipEnd::Quote,
            end => SkipEnd::Line(
                end.strip_prefix("line ")
                    .ok_or_else(|| self.error(format!("'{end}' is no end of a stretch")))?
                    .to_owned(),
            ),
        };
        Ok(Skip { pattern: self.pattern(&raw.start)?, end })
    }
}
