//! rules/ as checked tables: checks, sources, factory defaults, words.

pub mod check;
pub mod default;
pub mod source;
pub mod words;

use crate::rules::check::CheckRule;
use crate::rules::default::Defaults;
use crate::rules::source::SourceSpec;
use crate::rules::words::Words;
use std::path::PathBuf;

/// Files of rules/ as they were when the tool was built: (path below rules/, text).
pub const EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/rules.rs"));

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
        let start = error.span().map_or(0, |span| span.start).min(text.len());
        let before = &text.as_bytes()[..start];
        let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
        let column =
            start - before.iter().rposition(|&byte| byte == b'\n').map_or(0, |p| p + 1) + 1;
        Self {
            file: file.to_owned(),
            line,
            column,
            message: error.message().to_owned(),
            hint: "see docs/rules.md for the keys of rule files".to_owned(),
        }
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
pub struct RuleSet {
    /// Checks, sorted by id; findings point at them by position.
    pub checks: Vec<CheckRule>,
    /// Tables that the generic reader understands.
    pub sources: Vec<SourceSpec>,
    /// Factory defaults.
    pub defaults: Defaults,
    /// Word lists.
    pub words: Words,
    /// SHA-256 over all files, in hex: which rules judged a run.
    pub digest: String,
}

impl RuleSet {
    /// The rules that the tool was built with.
    pub fn embedded() -> Result<Self, RuleError> {
        Self::parse(EMBEDDED.iter().map(|&(path, text)| (path.to_owned(), text.to_owned())))
    }

    /// Rules from a folder laid out like rules/.
    pub fn from_folder(files: Vec<(PathBuf, String)>) -> Result<Self, RuleError> {
        Self::parse(
            files.into_iter().map(|(path, text)| (path.to_string_lossy().replace('\\', "/"), text)),
        )
    }

    fn parse(files: impl Iterator<Item = (String, String)>) -> Result<Self, RuleError> {
        use sha2::{Digest, Sha256};
        let mut digest = Sha256::new();
        let (mut checks, mut sources) = (Vec::new(), Vec::new());
        let (mut defaults, mut words) = (Defaults::default(), Words::default());
        let mut files: Vec<_> = files.collect();
        files.sort();
        for (path, text) in &files {
            digest.update(path.as_bytes());
            digest.update([0]);
            digest.update(text.as_bytes());
            match path.split('/').next() {
                Some("checks") => checks.push(CheckRule::parse(path, text)?),
                Some("sources") => sources.push(SourceSpec::parse(path, text)?),
                Some("defaults") => defaults.add(path, text)?,
                Some("words") => words.add(path, text)?,
                _ => {}
            }
        }
        defaults.verify()?;
        checks.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(Self { checks, sources, defaults, words, digest: hex(&digest.finalize()) })
    }

    /// Finds a check by id (`LIFE-06`, any case) or slug.
    pub fn check(&self, name: &str) -> Option<(u16, &CheckRule)> {
        let same = |rule: &CheckRule| rule.id.eq_ignore_ascii_case(name) || rule.slug == name;
        self.checks.iter().position(same).map(|index| (index as u16, &self.checks[index]))
    }
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
