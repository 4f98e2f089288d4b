//! rules/frameworks/*.toml: items of official texts and the rules that answer them.
//!
//! Many to many, and the only place that ties rules to texts. Items stand in words of our own.

use crate::model::credential::words;
use crate::model::lang::Lang;
use crate::model::site::SystemKind;
use crate::rules::RuleError;
use crate::rules::check::Reference;
use serde::Deserialize;
use std::collections::BTreeSet;
use toml::Spanned;

/// Marks of how sure a text is, surest first.
pub const SURE: &[&str] = &["V", "D", "T", "I", "M"];

words! {
    /// For whom a form is that a checklist sheet is made of.
    Form {
        /// One sheet per site.
        Hospital = "hospital",
        /// One sheet per vendor, system and site.
        Vendor = "vendor",
    }
}

/// One edition of an official text, or one of its forms.
#[derive(Clone, Debug)]
pub struct Framework {
    /// Path below rules/.
    pub file: String,
    /// The word of references: `mhlw-cl-r7`.
    pub edition: String,
    /// Place among the editions, first = 1.
    pub order: u32,
    /// The form of which sheets are made, if any.
    pub form: Option<Form>,
    /// True for an edition that a later one replaced: findings then cite it only where nothing
    /// else speaks of their rule.
    pub superseded: bool,
    /// Its items, in their order.
    pub rows: Vec<Row>,
    title: Words,
}

/// An item.
#[derive(Clone, Debug)]
pub struct Row {
    /// Number inside the edition; empty = not known yet.
    pub item: String,
    /// How sure number and gist are, one of [`SURE`].
    pub sure: String,
    /// Ids of the rules that answer it: each must have judged before nothing found means anything.
    pub rules: Vec<String>,
    /// Further rules, about things that a site may simply not have: what they find counts, and
    /// what they could not judge, but not that there was nothing to judge.
    pub where_present: Vec<String>,
    /// Kinds of systems of which exports must be there before nothing found means anything.
    pub kinds: Vec<SystemKind>,
    /// True where no export could answer it.
    pub outside: bool,
    /// A declaration of one of these must be there before nothing found means anything.
    pub unless_declared: Vec<String>,
    /// True where disabled accounts that still exist are counted beside the answer.
    pub tells_disabled: bool,
    words: Words,
}

#[derive(Clone, Debug)]
struct Words {
    ja: String,
    en: String,
}

impl Framework {
    /// Title of the edition.
    pub fn title(&self, lang: Lang) -> &str {
        lang.pick(&self.title.ja, &self.title.en)
    }

    /// Parses a framework file. `known` are the ids that rows may name.
    pub fn parse(file: &str, text: &str, known: &BTreeSet<String>) -> Result<Self, RuleError> {
        let raw: Raw = toml::from_str(text).map_err(|e| RuleError::toml(file, text, &e))?;
        let reader = Reader { file, text, known };
        let form = raw.form.as_ref().map(|form| reader.word(form, Form::from_word, Form::ALL));
        Ok(Self {
            file: file.to_owned(),
            edition: raw.edition,
            order: raw.order,
            form: form.transpose()?,
            superseded: raw.superseded,
            rows: raw.rows.into_iter().map(|row| reader.row(row)).collect::<Result<_, _>>()?,
            title: Words { ja: raw.ja, en: raw.en },
        })
    }
}

impl Row {
    /// All rules that answer it.
    pub fn all_rules(&self) -> impl Iterator<Item = &str> {
        self.rules.iter().chain(&self.where_present).map(String::as_str)
    }

    /// The gist of the item.
    pub fn gist(&self, lang: Lang) -> &str {
        lang.pick(&self.words.ja, &self.words.en)
    }
}

/// Every reference to a rule, in the order of editions, each once.
pub fn references(frameworks: &[Framework], rule: &str) -> Vec<Reference> {
    let mut found: Vec<Reference> = Vec::new();
    for framework in frameworks {
        for row in framework.rows.iter().filter(|row| row.all_rules().any(|id| id == rule)) {
            let reference = Reference {
                edition: framework.edition.clone(),
                item: row.item.clone(),
                sure: row.sure.clone(),
                superseded: framework.superseded,
            };
            // The two forms of a checklist number their items alike.
            if !found.contains(&reference) {
                found.push(reference);
            }
        }
    }
    found
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    edition: String,
    order: u32,
    form: Option<Spanned<String>>,
    #[serde(default)]
    superseded: bool,
    ja: String,
    en: String,
    rows: Vec<RawRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRow {
    item: String,
    sure: Spanned<String>,
    ja: String,
    en: String,
    #[serde(default)]
    rules: Vec<Spanned<String>>,
    #[serde(default)]
    where_present: Vec<Spanned<String>>,
    #[serde(default)]
    kinds: Vec<Spanned<String>>,
    #[serde(default)]
    outside: bool,
    #[serde(default)]
    unless_declared: Vec<String>,
    #[serde(default)]
    tells_disabled: bool,
}

struct Reader<'a> {
    file: &'a str,
    text: &'a str,
    known: &'a BTreeSet<String>,
}

impl Reader<'_> {
    fn row(&self, raw: RawRow) -> Result<Row, RuleError> {
        if !SURE.contains(&raw.sure.get_ref().as_str()) {
            return Err(self.unknown("mark", &raw.sure, SURE.iter().copied()));
        }
        let named = || raw.rules.iter().chain(&raw.where_present);
        let answered = !raw.rules.is_empty();
        if raw.outside == answered || (raw.outside && named().count() > 0) {
            let message = "an item has rules, or it stands outside: exactly one of the two";
            let hint = "give rules = [...] or outside = true";
            return Err(RuleError::at(self.file, self.text, raw.sure.span().start, message, hint));
        }
        if let Some(rule) = named().find(|id| !self.known.contains(id.get_ref())) {
            return Err(self.unknown("rule", rule, self.known.iter().map(String::as_str)));
        }
        let kind = |kind| self.word(kind, SystemKind::from_word, SystemKind::ALL);
        Ok(Row {
            item: raw.item,
            sure: raw.sure.into_inner(),
            kinds: raw.kinds.iter().map(kind).collect::<Result<_, _>>()?,
            rules: raw.rules.into_iter().map(Spanned::into_inner).collect(),
            where_present: raw.where_present.into_iter().map(Spanned::into_inner).collect(),
            outside: raw.outside,
            unless_declared: raw.unless_declared,
            tells_disabled: raw.tells_disabled,
            words: Words { ja: raw.ja, en: raw.en },
        })
    }

    fn word<T: Copy + Word>(
        &self,
        name: &Spanned<String>,
        parse: impl Fn(&str) -> Option<T>,
        all: &[T],
    ) -> Result<T, RuleError> {
        let known = all.iter().map(|&value| value.word());
        parse(name.get_ref()).ok_or_else(|| self.unknown("word", name, known))
    }

    fn unknown<'k>(
        &self,
        what: &str,
        name: &Spanned<String>,
        known: impl Iterator<Item = &'k str>,
    ) -> RuleError {
        let message = format!("unknown {what} '{}'", name.get_ref());
        let hint = crate::text::near::near_or_list(name.get_ref(), known);
        RuleError::at(self.file, self.text, name.span().start, message, hint)
    }
}

/// A closed list of words, for messages that name them all.
trait Word {
    fn word(self) -> &'static str;
}

impl Word for Form {
    fn word(self) -> &'static str {
        self.word()
    }
}

impl Word for SystemKind {
    fn word(self) -> &'static str {
        self.word()
    }
}

#[cfg(test)]
#[path = "framework/tests.rs"]
mod tests;
