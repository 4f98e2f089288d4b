//! rules/defaults/*.toml: the passwords that products leave the factory with.

use crate::model::credential::Kind;
use crate::rules::RuleError;
use serde::Deserialize;
use toml::Spanned;

/// How sure a row is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Certainty {
    /// Read in a public configuration, manual or list, or recomputed from its hash.
    Seen,
    /// From memory: to be checked against a manual.
    Remembered,
}

/// One factory default.
#[derive(Clone, Debug)]
pub struct DefaultRow {
    /// Vendor, in lower case.
    pub vendor: String,
    /// Product, in lower case; empty = every product of the vendor.
    pub product: String,
    /// Kind of secret; `None` = a password of an account, a line or privileged mode.
    pub kind: Option<Kind>,
    /// Account it belongs to; empty = any.
    pub account: String,
    /// The password.
    pub password: String,
    /// The stored form that ships with the product, where it is a constant; else empty.
    pub constant: String,
    /// Where it is written.
    pub source: String,
    /// How sure it is.
    pub certainty: Certainty,
}

/// Factory defaults.
#[derive(Default)]
pub struct Defaults {
    rows: Vec<DefaultRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    #[serde(default)]
    default: Vec<Spanned<RawRow>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRow {
    vendor: String,
    #[serde(default)]
    product: String,
    kind: Option<String>,
    #[serde(default)]
    account: String,
    password: String,
    #[serde(default)]
    constant: String,
    source: String,
    certainty: String,
}

impl Defaults {
    /// Adds the rows of one file.
    pub fn add(&mut self, file: &str, text: &str) -> Result<(), RuleError> {
        let raw: RawFile = toml::from_str(text).map_err(|e| RuleError::toml(file, text, &e))?;
        for row in raw.default {
            let line = text[..row.span().start].matches('\n').count() + 1;
            let row = checked(row.into_inner()).map_err(|fault| RuleError {
                line,
                ..RuleError::meaning(file, fault.0, fault.1)
            })?;
            self.rows.push(row);
        }
        Ok(())
    }

    /// All rows, in the order of their files.
    pub fn rows(&self) -> &[DefaultRow] {
        &self.rows
    }
}

impl DefaultRow {
    /// True where the row is about this system. `product` is what the reader recognised: words in
    /// lower case, among which must be all words of the row's vendor or all of its product.
    pub fn fits_product(&self, product: &str) -> bool {
        let words = |text: &str| -> Vec<String> {
            let split = |c: char| !c.is_alphanumeric();
            text.split(split).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
        };
        let there = words(product);
        let all = |name: &str| {
            let name = words(name);
            !name.is_empty() && name.iter().all(|word| there.contains(word))
        };
        all(&self.product) || all(&self.vendor)
    }

    /// True where the row is about secrets of this kind.
    pub fn fits_kind(&self, kind: Kind) -> bool {
        match self.kind {
            Some(own) => own == kind,
            None => matches!(kind, Kind::Login | Kind::Enable | Kind::Line),
        }
    }

    /// True where the row names this account.
    pub fn names_account(&self, login: &str) -> bool {
        !self.account.is_empty() && self.account.eq_ignore_ascii_case(login)
    }
}

type Fault = (String, &'static str);

fn checked(raw: RawRow) -> Result<DefaultRow, Fault> {
    if raw.vendor.trim().is_empty() {
        return Err(("a default without vendor".to_owned(), "write `vendor = \"generic\"`"));
    }
    if raw.source.trim().is_empty() {
        return Err(("a default without source".to_owned(), "say where it is written"));
    }
    let kind = match &raw.kind {
        Some(name) => Some(Kind::from_word(name).ok_or_else(|| {
            (format!("'{name}' is not a kind of secret"), "kinds stand in docs/rules.md")
        })?),
        None => None,
    };
    let certainty = match raw.certainty.as_str() {
        "seen" => Certainty::Seen,
        "remembered" => Certainty::Remembered,
        other => {
            return Err((format!("'{other}' is not a certainty"), "write seen or remembered"));
        }
    };
    Ok(DefaultRow {
        vendor: raw.vendor.to_lowercase(),
        product: raw.product.to_lowercase(),
        kind,
        account: raw.account,
        password: raw.password,
        constant: raw.constant,
        source: raw.source,
        certainty,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RuleSet;

    const ROW: &str = "[[default]]\nvendor = \"Cisco\"\nproduct = \"ios\"\npassword = \"cisco\"\n\
                       source = \"x\"\ncertainty = \"seen\"\n";

    #[test]
    fn products_are_matched_by_whole_words() {
        let mut defaults = Defaults::default();
        defaults.add("defaults/x.toml", ROW).unwrap();
        let row = &defaults.rows()[0];
        assert!(
            row.fits_product("cisco-ios")
                && row.fits_product("ios")
                && row.fits_product("cisco nx-os")
        );
        assert!(!row.fits_product("fortios") && !row.fits_product(""));
        assert!(row.fits_kind(Kind::Enable) && !row.fits_kind(Kind::SnmpCommunity));
    }

    #[test]
    fn errors_name_file_and_line() {
        let mut defaults = Defaults::default();
        let wrong = format!("{ROW}\n{}", ROW.replace("seen", "sure"));
        let error = defaults.add("defaults/x.toml", &wrong).unwrap_err();
        assert_eq!((error.file.as_str(), error.line), ("defaults/x.toml", 8));
        let error = defaults.add("defaults/x.toml", &ROW.replace("source", "sauce")).unwrap_err();
        assert_eq!(error.line, 5);
    }

    #[test]
    fn shipped_rows_are_distinct_and_say_where_they_come_from() {
        let rules = RuleSet::embedded().unwrap();
        let rows = rules.defaults.rows();
        assert!(rows.len() >= 40, "{}", rows.len());
        for (index, row) in rows.iter().enumerate() {
            let twin = |other: &DefaultRow| {
                (&other.vendor, &other.product, other.kind, &other.account, &other.password)
                    == (&row.vendor, &row.product, row.kind, &row.account, &row.password)
            };
            assert!(!rows[..index].iter().any(twin), "{} {} stands twice", row.vendor, row.product);
        }
    }
}
