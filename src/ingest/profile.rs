//! profile.toml beside an export: what its header and cells mean where they do not say themselves.
//!
//! A profile comes from outside, so it may describe and never exempt: it has no word that would
//! leave out a row, a rule or a limit.

use crate::ingest::table::{Layout, layout_of};
use crate::rules::source::values::{Polarity, date_rules};
use crate::rules::source::{Makes, Role, SourceSpec};
use crate::text::encoding::Encoding;
use crate::text::name::key;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Largest profile.toml.
const LIMIT: u64 = 256 << 10;
/// Most columns of fixed width.
const COLUMNS: usize = 1024;

/// A profile that fits a file.
pub struct Profile {
    raw: Raw,
    encoding: Option<Encoding>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Raw {
    /// Description of a table to start from, or the reader of a file that several would read.
    reader: String,
    /// File names that the profile is about, with `*`; empty = every table of the folder.
    files: Vec<String>,
    encoding: String,
    /// A character, or `tab`.
    separator: String,
    /// Lines before the first row; the last of them is the header unless `names` stands for it.
    skip: Option<u32>,
    /// Names of the columns of a table without a header.
    names: Vec<String>,
    /// Widths of the columns of a table without separators.
    widths: Vec<usize>,
    /// `bytes` or `characters`.
    unit: String,
    date_order: String,
    numbers: String,
    night_hours: bool,
    scheme: String,
    columns: BTreeMap<String, Names>,
    words: BTreeMap<String, Polarity>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Names {
    One(String),
    Several(Vec<String>),
}

/// How the columns of a table without separators are cut.
#[derive(Clone, Debug)]
pub struct Fixed {
    /// Widths of the columns.
    pub widths: Vec<usize>,
    /// Widths count bytes of the file's encoding, not characters.
    pub bytes: bool,
}

impl Profile {
    /// The profile beside a file, where there is one that speaks of it. The error is a reason code.
    pub fn beside(path: &Path) -> Result<Option<Self>, &'static str> {
        let Some(folder) = path.parent() else { return Ok(None) };
        let file = folder.join("profile.toml");
        let Ok(meta) = fs::symlink_metadata(&file) else { return Ok(None) };
        if !meta.is_file() || meta.len() > LIMIT {
            return Err("bad-profile");
        }
        let text = fs::read_to_string(&file).map_err(|_| "bad-profile")?;
        let raw: Raw = toml::from_str(&text).map_err(|_| "bad-profile")?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if !raw.files.is_empty() && !raw.files.iter().any(|pattern| matches(pattern, &name)) {
            return Ok(None);
        }
        Self::check(raw).map(Some)
    }

    fn check(raw: Raw) -> Result<Self, &'static str> {
        let sound = raw.widths.len() <= COLUMNS
            && raw.widths.iter().all(|&width| (1..=64 << 10).contains(&width))
            && matches!(raw.unit.as_str(), "" | "bytes" | "characters")
            && (raw.widths.is_empty() || raw.names.len() == raw.widths.len())
            && separator(&raw.separator).is_ok();
        let encoding = match raw.encoding.as_str() {
            "" => None,
            name => Some(encoding(name).ok_or("bad-profile")?),
        };
        if sound { Ok(Self { raw, encoding }) } else { Err("bad-profile") }
    }

    /// True where the profile says which files it is about.
    pub fn names_files(&self) -> bool {
        !self.raw.files.is_empty() || !self.raw.names.is_empty()
    }

    /// Who reads the files, where the profile says so.
    pub fn reader(&self) -> &str {
        &self.raw.reader
    }

    /// The encoding, where the profile names one.
    pub fn encoding(&self) -> Option<Encoding> {
        self.encoding
    }

    /// The cuts of a table without separators.
    pub fn fixed(&self) -> Option<Fixed> {
        let bytes = self.raw.unit != "characters";
        (!self.raw.widths.is_empty()).then(|| Fixed { widths: self.raw.widths.clone(), bytes })
    }

    /// The description of the table and where its columns lie, judged by its first lines.
    pub fn table(
        &self,
        text: &str,
        specs: &[SourceSpec],
    ) -> Result<(SourceSpec, Layout), &'static str> {
        let base = if self.raw.reader.is_empty() { "ecarte-generic" } else { &self.raw.reader };
        let spec = specs.iter().find(|spec| spec.name == base).ok_or("bad-profile")?;
        let spec = self.describe(spec.clone())?;
        let delimiter = match separator(&self.raw.separator)? {
            _ if !self.raw.widths.is_empty() => Some(b','),
            chosen => chosen,
        };
        let layout = layout_of(&spec, text, delimiter, self.raw.skip, &self.raw.names);
        let layout = layout.ok_or("unknown-header")?;
        if layout.duplicate.is_some() {
            return Err("duplicate-column");
        }
        if layout.keys.iter().any(|key| key == "個人番号" || key.contains("マイナンバー"))
        {
            return Err("individual-number");
        }
        Ok((spec, layout))
    }

    fn describe(&self, mut spec: SourceSpec) -> Result<SourceSpec, &'static str> {
        spec.signature.clear();
        spec.forbidden.clear();
        spec.any.clear();
        spec.files.clear();
        if spec.makes == Makes::Accounts {
            spec.required = vec![Role::Login];
        }
        for (word, names) in &self.raw.columns {
            let role = Role::from_word(word).ok_or("bad-profile")?;
            let keys: Vec<String> = match names {
                Names::One(name) => vec![key(name)],
                Names::Several(names) => names.iter().map(|name| key(name)).collect(),
            };
            for others in spec.columns.values_mut() {
                others.retain(|other| !keys.contains(other));
            }
            spec.columns.insert(role, keys);
        }
        for (word, polarity) in &self.raw.words {
            let role = Role::from_word(word).ok_or("bad-profile")?;
            spec.values.words.insert(role, polarity.clone());
        }
        if !self.raw.scheme.is_empty() {
            spec.scheme.clone_from(&self.raw.scheme);
        }
        let raw = &self.raw;
        if !raw.date_order.is_empty() || !raw.numbers.is_empty() || raw.night_hours {
            let rules = date_rules(&raw.date_order, &raw.numbers, raw.night_hours);
            spec.values.dates = Some(rules.map_err(|_| "bad-profile")?);
        }
        Ok(spec)
    }
}

/// The separator that a word names; `None` = found by looking.
fn separator(word: &str) -> Result<Option<u8>, &'static str> {
    Ok(Some(match word {
        "" => return Ok(None),
        "tab" | "\t" => b'\t',
        "," => b',',
        ";" => b';',
        "|" => b'|',
        _ => return Err("bad-profile"),
    }))
}

fn encoding(name: &str) -> Option<Encoding> {
    Some(match name.to_ascii_lowercase().replace(['-', '_'], "").as_str() {
        "utf8" => Encoding::Utf8,
        "cp932" | "shiftjis" | "sjis" | "windows31j" => Encoding::Cp932,
        "eucjp" => Encoding::EucJp,
        "iso2022jp" | "jis" => Encoding::Iso2022Jp,
        "utf16le" | "utf16" => Encoding::Utf16Le,
        "utf16be" => Encoding::Utf16Be,
        _ => return None,
    })
}

/// True where a name fits a pattern in which `*` stands for anything.
fn matches(pattern: &str, name: &str) -> bool {
    let mut pieces = pattern.split('*');
    let Some(rest) = name.strip_prefix(pieces.next().unwrap_or_default()) else { return false };
    let mut rest = rest;
    let pieces: Vec<&str> = pieces.collect();
    let Some((last, middle)) = pieces.split_last() else { return rest.is_empty() };
    for piece in middle {
        let Some(at) = rest.find(piece) else { return false };
        rest = &rest[at + piece.len()..];
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stand_for_anything() {
        assert!(matches("利用者*.csv", "利用者20261120.csv"));
        assert!(matches("*", "x") && matches("a*b*c", "a1b2c") && matches("x.csv", "x.csv"));
        assert!(!matches("利用者*.csv", "職員.csv") && !matches("x", "xy") && !matches("a*b", "a"));
    }

    #[test]
    fn profiles_have_no_word_that_exempts() {
        for text in ["ignore = true", "rules = []", "limit = 1", "[exempt]"] {
            assert!(toml::from_str::<Raw>(text).is_err(), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        for text in [
            "encoding = \"ebcdic\"",
            "separator = \"x\"",
            "widths = [0]\nnames = [\"a\"]",
            "widths = [4, 4]\nnames = [\"a\"]",
            "unit = \"inches\"",
        ] {
            let raw = toml::from_str(text).unwrap();
            assert_eq!(Profile::check(raw).err(), Some("bad-profile"), "{text}");
        }
    }
}
