//! rules/advice.toml: how to get what an export lacks.

use crate::model::lang::Lang;
use crate::rules::RuleError;
use serde::Deserialize;

/// What helps against one lack.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Advice {
    /// The lack, in the words of not-evaluable findings.
    lack: String,
    /// Whose exports it is about; empty = anybody's.
    readers: Vec<String>,
    ja: String,
    en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    advice: Vec<Advice>,
}

/// Parses the file.
pub fn parse(file: &str, text: &str) -> Result<Vec<Advice>, RuleError> {
    let raw: Raw = toml::from_str(text).map_err(|error| RuleError::toml(file, text, &error))?;
    Ok(raw.advice)
}

/// The first advice that fits; empty without one.
pub fn against<'a>(all: &'a [Advice], lack: &str, reader: &str, lang: Lang) -> &'a str {
    let fits = |advice: &&Advice| {
        advice.lack == lack
            && (advice.readers.is_empty() || advice.readers.iter().any(|r| r == reader))
    };
    all.iter().find(fits).map_or("", |advice| lang.pick(&advice.ja, &advice.en))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_product_comes_before_everybody() {
        let rules = crate::rules::RuleSet::embedded().unwrap();
        let said = |reader| against(&rules.advice, "last-use", reader, Lang::En);
        assert!(said("orca").contains("access log") && said("orca") != said("ecarte-generic"));
        assert!(!said("ecarte-generic").is_empty());
        assert_eq!(against(&rules.advice, "nothing", "orca", Lang::Ja), "");
    }
}
