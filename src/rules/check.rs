//! rules/checks/*.toml: what each rule is called, asks, says and demands.

use crate::model::finding::{Confidence, Sensitivity, Severity};
use crate::model::lang::Lang;
use crate::model::site::SystemKind;
use crate::rules::{RuleError, hex};
use serde::Deserialize;
use std::collections::BTreeMap;

/// One rule. `when` makes it a rule of data alone; without it a coded check of the same id judges.
#[derive(Clone, Debug)]
pub struct CheckRule {
    /// Path below rules/.
    pub file: String,
    /// Catalogue id, `LIFE-06`.
    pub id: String,
    /// Name for command lines, `leaver-enabled`.
    pub slug: String,
    /// Severity for ordinary accounts.
    pub severity: Severity,
    /// Severity for privileged accounts.
    pub severity_privileged: Severity,
    /// Severity for accounts that are disabled; `None` = it makes no difference.
    pub severity_disabled: Option<Severity>,
    /// Confidence, unless the check lowers it.
    pub confidence: Confidence,
    /// Whether its findings tell how to log in.
    pub sensitivity: Sensitivity,
    /// Kinds of systems it judges; empty = all.
    pub systems: Vec<SystemKind>,
    /// Facts it asks for, in the words of the account flags and columns.
    pub needs: Vec<String>,
    /// Numbers that kagiban.toml may override.
    pub thresholds: BTreeMap<String, i64>,
    /// Other numbers under another profile: profile -> threshold -> number.
    pub profiles: BTreeMap<String, BTreeMap<String, i64>>,
    /// Predicates of a data rule, all of which must hold.
    pub when: Vec<String>,
    /// References to official texts, collected from the frameworks.
    pub references: Vec<Reference>,
    /// The file as read, so that errors found later can point into it.
    text: String,
    ja: Words,
    en: Words,
}

/// Sentences of one language. `{value}`, `{unit}`, `{date}`, `{detail}`, `{group_size}` and
/// `{threshold}` are filled from the finding's facts.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// Title.
    pub title: String,
    /// Why it matters.
    pub why: String,
    /// What was seen, as a template.
    pub evidence: String,
    /// The template for findings without a number; empty = `evidence` serves.
    #[serde(default)]
    pub evidence_without_value: String,
    /// What to do.
    pub remedy: String,
    /// What is usually a false alarm; may be empty.
    #[serde(default)]
    pub false_alarms: String,
    /// Steps by kind of system (`directory`, `ecarte`, `device`, ...).
    #[serde(default)]
    pub steps: BTreeMap<String, String>,
}

/// A place in an official text, and how sure its wording is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reference {
    /// Edition: `mhlw-cl-r7`, `mhlw-7.0`, `cis-8.1`, ...
    pub edition: String,
    /// Item inside it; empty = its number is not known yet.
    pub item: String,
    /// `V` read, `D` draft, `T` third party, `I` inferred, `M` memory.
    pub sure: String,
    /// True for an edition that a later one replaced.
    pub superseded: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    id: String,
    slug: String,
    severity: String,
    severity_privileged: Option<String>,
    severity_disabled: Option<String>,
    #[serde(default)]
    confidence: Option<String>,
    #[serde(default)]
    sensitivity: Option<String>,
    #[serde(default)]
    systems: Vec<String>,
    needs: Vec<String>,
    #[serde(default)]
    thresholds: BTreeMap<String, i64>,
    #[serde(default)]
    profiles: BTreeMap<String, BTreeMap<String, i64>>,
    #[serde(default)]
    when: Vec<String>,
    ja: Words,
    en: Words,
}

impl CheckRule {
    /// Parses a rule file.
    pub fn parse(file: &str, text: &str) -> Result<Self, RuleError> {
        let raw: Raw = toml::from_str(text).map_err(|e| RuleError::toml(file, text, &e))?;
        let at = (file, text);
        let severity = word(at, "severity", &raw.severity, Severity::from_word)?;
        let rule = Self {
            file: file.to_owned(),
            severity,
            severity_privileged: match &raw.severity_privileged {
                Some(name) => word(at, "severity_privileged", name, Severity::from_word)?,
                None => severity,
            },
            severity_disabled: match &raw.severity_disabled {
                Some(name) => Some(word(at, "severity_disabled", name, Severity::from_word)?),
                None => None,
            },
            confidence: match &raw.confidence {
                Some(name) => word(at, "confidence", name, Confidence::from_word)?,
                None => Confidence::High,
            },
            sensitivity: match &raw.sensitivity {
                Some(name) => word(at, "sensitivity", name, Sensitivity::from_word)?,
                None => Sensitivity::Normal,
            },
            systems: raw
                .systems
                .iter()
                .map(|name| word(at, "systems", name, SystemKind::from_word))
                .collect::<Result<_, _>>()?,
            id: raw.id,
            slug: raw.slug,
            needs: raw.needs,
            thresholds: raw.thresholds,
            profiles: raw.profiles,
            when: raw.when,
            references: Vec::new(),
            text: text.to_owned(),
            ja: raw.ja,
            en: raw.en,
        };
        rule.named_like_its_file()?;
        Ok(rule)
    }

    /// The sentences of a language.
    pub const fn words(&self, lang: Lang) -> &Words {
        match lang {
            Lang::Ja => &self.ja,
            Lang::En => &self.en,
        }
    }

    /// References in one line, as findings.csv carries them: `mhlw-cl-r7 2-⑤ [I]; cis-8.1 5.3 [V]`.
    /// Editions in force, or the older ones where those are silent; numbered items only.
    pub fn guideline_ref(&self) -> String {
        let numbered = || self.references.iter().filter(|r| !r.item.is_empty());
        let in_force = numbered().any(|r| !r.superseded);
        let parts: Vec<_> = numbered()
            .filter(|r| !(in_force && r.superseded))
            .map(|r| format!("{} {} [{}]", r.edition, r.item, r.sure))
            .collect();
        parts.join("; ")
    }

    /// Digest of what the file says about judging: everything before its sentences.
    pub fn version(&self) -> String {
        use sha2::{Digest, Sha256};
        let judging = self.text.split("\n[ja").next().unwrap_or("");
        hex(&Sha256::digest(judging.as_bytes())[..6])
    }

    /// An error about a word of this rule's file.
    pub fn error_at(
        &self,
        word: &str,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> RuleError {
        RuleError::at_word(&self.file, &self.text, word, message, hint)
    }

    fn named_like_its_file(&self) -> Result<(), RuleError> {
        let wanted = format!("checks/{}-{}.toml", self.id, self.slug);
        if self.file == wanted {
            return Ok(());
        }
        let message = format!("the file of rule {} must be named {wanted}", self.id);
        Err(self.error_at(&self.id, message, "rename the file or correct id and slug"))
    }
}

fn word<T>(
    (file, text): (&str, &str),
    key: &str,
    value: &str,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<T, RuleError> {
    parse(value).ok_or_else(|| {
        let message = format!("'{value}' is not a value of {key}");
        RuleError::at_word(file, text, value, message, "see docs/rules.md")
    })
}
