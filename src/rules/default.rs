//! rules/defaults/: the passwords that products leave the factory with.
//!
//! `*.toml` hold our own rows, each with its source and how sure it is; vendors.txt lists the
//! vendors that they may name. Lists of others are read as CSV from a path and are not shipped.

use crate::model::credential::Kind;
use crate::rules::RuleError;
use serde::Deserialize;
use std::collections::{BTreeSet, HashMap};
use toml::Spanned;

/// How sure a row is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Certainty {
    /// Read in a public configuration, manual or list, or recomputed from its hash.
    Seen,
    /// From memory: to be checked against a manual. Never alone a finding above medium.
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
    /// File and line of each row.
    places: Vec<(String, usize)>,
    vendors: BTreeSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    #[serde(default)]
    default: Vec<Spanned<RawRow>>,
    #[serde(default)]
    product: Vec<Spanned<RawProduct>>,
}

/// One row with everything of its own.
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

/// Several accounts of one product from one source.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawProduct {
    vendor: String,
    #[serde(default)]
    product: String,
    kind: Option<String>,
    source: String,
    certainty: String,
    logins: Vec<(String, String)>,
}

impl RawProduct {
    fn rows(self) -> impl Iterator<Item = RawRow> {
        self.logins.into_iter().map(move |(account, password)| RawRow {
            vendor: self.vendor.clone(),
            product: self.product.clone(),
            kind: self.kind.clone(),
            account,
            password,
            constant: String::new(),
            source: self.source.clone(),
            certainty: self.certainty.clone(),
        })
    }
}

impl Defaults {
    /// Adds one file of rules/defaults/: rows, or the list of vendors.
    pub fn add(&mut self, file: &str, text: &str) -> Result<(), RuleError> {
        if file.strip_suffix(".txt").is_some() {
            let lines = text.lines().map(str::trim);
            let names = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
            self.vendors.extend(names.map(str::to_owned));
            return Ok(());
        }
        let raw: RawFile = toml::from_str(text).map_err(|e| RuleError::toml(file, text, &e))?;
        // Blocks of one kind stand in order: each counts on from the one before.
        let (mut at, mut number) = (0, 1);
        let mut line = |start: usize| {
            if start < at {
                (at, number) = (0, 1);
            }
            number += memchr::memchr_iter(b'\n', &text.as_bytes()[at..start]).count();
            at = start;
            number
        };
        for row in raw.default {
            let line = line(row.span().start);
            self.push(file, line, row.into_inner())?;
        }
        for product in raw.product {
            let line = line(product.span().start);
            for row in product.into_inner().rows() {
                self.push(file, line, row)?;
            }
        }
        Ok(())
    }

    fn push(&mut self, file: &str, line: usize, row: RawRow) -> Result<(), RuleError> {
        let place = |(message, hint)| RuleError { line, ..RuleError::meaning(file, message, hint) };
        self.rows.push(checked(row).map_err(place)?);
        self.places.push((file.to_owned(), line));
        Ok(())
    }

    /// Adds a public list: CSV with the columns productvendor, username and password, in which
    /// `<blank>` is empty. What stands twice in it is taken once.
    pub fn add_public(&mut self, file: &str, bytes: &[u8]) -> Result<(), RuleError> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
        let fault = |line: usize, message: &str| RuleError {
            line,
            ..RuleError::meaning(file, message, "expected productvendor,username,password")
        };
        let header = reader.headers().map_err(|_| fault(1, "not a CSV in UTF-8"))?.clone();
        let column = |name: &str| header.iter().position(|cell| cell.trim() == name);
        let columns = ["productvendor", "username", "password"].map(column);
        let [Some(vendor), Some(account), Some(password)] = columns else {
            return Err(fault(1, "a column is missing"));
        };
        for (line, record) in (2..).zip(reader.records()) {
            let record = record.map_err(|_| fault(line, "not a row of CSV in UTF-8"))?;
            let cell = |at: usize| match record.get(at).map(str::trim) {
                None | Some("<blank>") => String::new(),
                Some(text) => text.to_owned(),
            };
            self.rows.push(DefaultRow {
                vendor: cell(vendor).to_lowercase(),
                product: String::new(),
                kind: None,
                account: cell(account),
                password: cell(password),
                constant: String::new(),
                source: file.to_owned(),
                certainty: Certainty::Seen,
            });
        }
        Ok(())
    }

    /// Refuses rows that stand twice and vendors that vendors.txt does not list.
    pub fn verify(&self) -> Result<(), RuleError> {
        let mut seen = HashMap::new();
        for (row, (file, line)) in self.rows.iter().zip(&self.places) {
            let fault = |message: String, hint: &str| {
                Err(RuleError { line: *line, ..RuleError::meaning(file, message, hint) })
            };
            if !self.vendors.is_empty() && !self.vendors.contains(&row.vendor) {
                let message = format!("vendor '{}' is not listed", row.vendor);
                return fault(message, "correct it, or add it to defaults/vendors.txt");
            }
            let account = row.account.as_str();
            let own = (&row.vendor, &row.product, row.kind, account, &row.password);
            if let Some((other, at)) = seen.insert(own, (file, line)) {
                let message = format!("a row of {} stands twice: also {other}:{at}", row.vendor);
                return fault(message, "delete one of the rows");
            }
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
    fn shipped_rows_are_enough_and_verified() {
        let rules = RuleSet::embedded().unwrap();
        let rows = rules.defaults.rows();
        assert!(rows.len() >= 300, "{}", rows.len());
        rules.defaults.verify().unwrap();
        let communities = rows.iter().filter(|row| row.kind == Some(Kind::SnmpCommunity));
        assert!(communities.count() > 10);
    }

    #[test]
    fn rows_that_stand_twice_and_unknown_vendors_are_refused() {
        let mut defaults = Defaults::default();
        let block = "[[product]]\nvendor = \"cisco\"\nproduct = \"ios\"\nsource = \"x\"\n\
                     certainty = \"seen\"\nlogins = [[\"a\", \"b\"], [\"\", \"cisco\"]]\n";
        defaults.add("defaults/a.toml", block).unwrap();
        defaults.verify().unwrap();
        defaults.add("defaults/b.toml", ROW).unwrap();
        let error = defaults.verify().unwrap_err();
        assert_eq!((error.file.as_str(), error.line), ("defaults/b.toml", 1));
        assert!(error.message.contains("defaults/a.toml:1"), "{}", error.message);
        defaults.add("defaults/vendors.txt", "# all\nyamaha\n").unwrap();
        assert!(defaults.verify().unwrap_err().message.contains("'cisco'"));
    }

    #[test]
    fn public_lists_are_read_in_their_own_form() {
        let mut defaults = Defaults::default();
        let list = b"productvendor,username,password\nAcme Cam,admin,<blank>\nAcme,root,\"a,b\"\n";
        defaults.add_public("list.csv", list).unwrap();
        let rows: Vec<_> =
            defaults.rows().iter().map(|r| [&r.vendor, &r.account, &r.password]).collect();
        assert_eq!(rows, [["acme cam", "admin", ""], ["acme", "root", "a,b"]]);
        for (text, line) in [("a,b\n", 1), ("productvendor,username,password\na,\u{7f}b,c", 0)] {
            let result = Defaults::default().add_public("x", text.as_bytes());
            assert_eq!(result.err().map_or(0, |error| error.line), line);
        }
        let broken = b"productvendor,username,password\nx,y,z\n\xff,b,c\n";
        assert_eq!(Defaults::default().add_public("x", broken).unwrap_err().line, 3);
    }
}
