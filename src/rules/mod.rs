//! rules/ as checked tables: checks, sources, factory defaults, words.

pub mod advice;
pub mod check;
pub mod default;
pub mod device;
pub mod framework;
pub mod profile;
pub mod source;
pub mod words;

use crate::rules::advice::Advice;
use crate::rules::check::CheckRule;
use crate::rules::default::Defaults;
use crate::rules::device::{Devices, Profiles};
use crate::rules::framework::Framework;
use crate::rules::profile::Profile;
use crate::rules::source::SourceSpec;
use crate::rules::words::Words;
use crate::text::near::{near, near_or_list};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Files of rules/ as they were when the tool was built: (path below rules/, text).
pub const EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/rules.rs"));

/// File that lists rules which frameworks may already name.
pub const PLANNED: &str = "planned.toml";

/// A rule file that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{file}:{line}:{column}: {message}\nhint: {hint}")]
pub struct RuleError {
    /// File below rules/.
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

impl RuleError {
    /// An error of the TOML parser, with its position.
    pub fn toml(file: &str, text: &str, error: &toml::de::Error) -> Self {
        let start = error.span().map_or(0, |span| span.start);
        let written = error.span().and_then(|span| text.get(span)).unwrap_or("");
        // serde lists what it knows between backquotes, behind what it does not know.
        let known = error.message().split('`').skip(1).step_by(2).skip(1);
        let hint = near(written.trim_matches(['"', '\'']), known);
        let hint =
            hint.unwrap_or_else(|| "see docs/rules.md for the keys of rule files".to_owned());
        Self::at(file, text, start, error.message(), hint)
    }

    /// An error at a byte of the file.
    pub fn at(
        file: &str,
        text: &str,
        byte: usize,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        let before = &text[..text.floor_char_boundary(byte)];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Self {
            file: file.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            message: message.into(),
            hint: hint.into(),
        }
    }

    /// An error where a word stands as a string of the file, else at its beginning.
    pub fn at_word(
        file: &str,
        text: &str,
        word: &str,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        let quoted = text.find(&format!("\"{word}\""));
        let byte = quoted.or_else(|| text.find(word)).unwrap_or(0);
        Self::at(file, text, byte, message, hint)
    }

    /// An error about the file's meaning, without a better position than its first line.
    pub fn meaning(file: &str, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            file: file.to_owned(),
            line: 1,
            column: 1,
            message: message.into(),
            hint: hint.into(),
        }
    }
}

/// Everything that rules/ holds, checked.
#[derive(Default)]
pub struct RuleSet {
    /// Checks, sorted by id; findings point at them by position.
    pub checks: Vec<CheckRule>,
    /// Tables that the generic reader understands.
    pub sources: Vec<SourceSpec>,
    /// Device configurations that the generic line reader understands.
    pub devices: Devices,
    /// Factory defaults.
    pub defaults: Defaults,
    /// How to get what an export lacks.
    pub advice: Vec<Advice>,
    /// Official texts, in their order.
    pub frameworks: Vec<Framework>,
    /// Profiles of password rules.
    pub profiles: Vec<Profile>,
    /// Rules that frameworks may name although no file holds them yet.
    pub planned: BTreeSet<String>,
    /// Word lists.
    pub words: Words,
    /// SHA-256 over all files, in hex: which rules judged a run.
    pub digest: String,
    /// SHA-256 over word lists and factory defaults alone, in hex: which words were tried.
    pub words_digest: String,
}

/// A file of rules/: its path below the folder, with `/`, and its text.
pub type File<'f> = (Cow<'f, str>, Cow<'f, str>);

impl RuleSet {
    /// The rules that the tool was built with.
    pub fn embedded() -> Result<Self, RuleError> {
        let files = EMBEDDED.iter().map(|&(path, text)| (path.into(), text.into()));
        Self::parse(files.collect(), |_| Ok(Devices::Embedded))
    }

    /// Rules from a folder laid out like rules/.
    pub fn from_folder(files: Vec<(PathBuf, String)>) -> Result<Self, RuleError> {
        let slashes = |path: PathBuf| path.to_string_lossy().replace('\\', "/");
        let files = files.into_iter().map(|(path, text)| (slashes(path).into(), text.into()));
        Self::parse(files.collect(), |files| Profiles::parse(files).map(Devices::Own))
    }

    fn parse(
        mut files: Vec<File<'_>>,
        devices: fn(&[File<'_>]) -> Result<Devices, RuleError>,
    ) -> Result<Self, RuleError> {
        use sha2::{Digest, Sha256};
        let (mut digest, mut words) = (Sha256::new(), Sha256::new());
        let mut set = Self::default();
        files.sort();
        for (path, text) in &files {
            digest.update(path.as_bytes());
            digest.update([0]);
            digest.update(text.as_bytes());
            if path.starts_with("words/") || path.starts_with("defaults/") {
                words.update(text.as_bytes());
            }
            match path.split('/').next() {
                Some("checks") => set.checks.push(CheckRule::parse(path, text)?),
                Some("advice.toml") => set.advice = advice::parse(path, text)?,
                Some("sources") => set.sources.push(SourceSpec::parse(path, text)?),
                Some("defaults") => set.defaults.add(path, text)?,
                Some("words") => set.words.add(path, text)?,
                Some("profiles") => set.profiles.push(Profile::parse(path, text)?),
                Some(PLANNED) => set.planned = planned(path, text)?,
                _ => {}
            }
        }
        set.defaults.verify()?;
        set.checks.sort_by(|a, b| a.id.cmp(&b.id));
        set.devices = devices(&files)?;
        set.digest = hex(&digest.finalize());
        set.words_digest = hex(&words.finalize());
        set.check_profiles()?;
        set.join_frameworks(&files)?;
        Ok(set)
    }

    /// Reads the frameworks, which name rules, and gives every rule its references.
    fn join_frameworks(&mut self, files: &[File<'_>]) -> Result<(), RuleError> {
        let mut known = self.planned.clone();
        known.extend(self.checks.iter().map(|rule| rule.id.clone()));
        let texts = files.iter().filter(|(path, _)| path.starts_with("frameworks/"));
        self.frameworks = texts
            .map(|(path, text)| Framework::parse(path, text, &known))
            .collect::<Result<_, _>>()?;
        self.frameworks.sort_by(|a, b| (a.order, &a.file).cmp(&(b.order, &b.file)));
        for rule in &mut self.checks {
            rule.references = framework::references(&self.frameworks, &rule.id);
        }
        Ok(())
    }

    /// Refuses a rule with numbers under a profile that does not exist.
    fn check_profiles(&self) -> Result<(), RuleError> {
        let own = || self.profiles.iter().chain(profile::embedded()).map(|p| p.id.as_str());
        for rule in &self.checks {
            if let Some(name) = rule.profiles.keys().find(|name| own().all(|id| id != *name)) {
                let message = format!("unknown profile '{name}'");
                return Err(rule.error_at(name, message, near_or_list(name, own())));
            }
        }
        Ok(())
    }

    /// Planned rules that are still to be written.
    pub fn unwritten(&self) -> impl Iterator<Item = &str> {
        let written = |id: &str| self.checks.iter().any(|rule| rule.id == id);
        self.planned.iter().map(String::as_str).filter(move |id| !written(id))
    }

    /// Finds a check by id (`LIFE-06`, any case) or slug.
    pub fn check(&self, name: &str) -> Option<(u16, &CheckRule)> {
        let same = |rule: &CheckRule| rule.id.eq_ignore_ascii_case(name) || rule.slug == name;
        self.checks.iter().position(same).map(|index| (index as u16, &self.checks[index]))
    }
}

/// planned.toml: ids of rules that frameworks may already name.
fn planned(file: &str, text: &str) -> Result<BTreeSet<String>, RuleError> {
    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Raw {
        rules: BTreeSet<String>,
    }
    let raw: Raw = toml::from_str(text).map_err(|e| RuleError::toml(file, text, &e))?;
    Ok(raw.rules)
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        for nibble in [byte >> 4, byte & 15] {
            text.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
        }
        text
    })
}
