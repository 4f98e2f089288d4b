//! rules/sources/*.toml: tables that one generic reader understands.

mod role;
pub mod values;

use crate::model::register::{Field, Register};
use crate::model::site::SystemKind;
use crate::rules::RuleError;
pub use role::Role;
use serde::Deserialize;
use std::collections::BTreeMap;
use values::{Polarity, Values};

/// What the rows of a table become.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Makes {
    /// Accounts of a system.
    Accounts,
    /// Rows of a roster.
    Roster,
    /// Hand-made links between accounts and people.
    Links,
    /// Rows of a register, the ledger or declarations.
    Register,
    /// Last uses of accounts.
    AccessLog,
}

/// Where the name of the system comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SystemName {
    /// From the distinguished name, row by row.
    Dn,
    /// From the folder or, failing that, the file's stem without its date.
    File,
    /// From the folder or, failing that, the name of the product.
    Product,
    /// Always this.
    Fixed(String),
}

/// One kind of table.
#[derive(Clone, Debug)]
pub struct SourceSpec {
    /// Name in `inventory --what files`.
    pub name: String,
    /// What the rows become.
    pub makes: Makes,
    /// Kind of the system.
    pub kind: SystemKind,
    /// Product, in lower case; empty when the table is anybody's.
    pub product: String,
    /// Folders that settle a tie.
    pub folders: Vec<String>,
    /// Where the system's name comes from.
    pub system: SystemName,
    /// Header keys that nobody else writes; all must be there for the strong claim.
    pub signature: Vec<String>,
    /// Roles without which the table is not this one.
    pub required: Vec<Role>,
    /// Of these roles at least one.
    pub any: Vec<Role>,
    /// Roles that show that it is something else.
    pub forbidden: Vec<Role>,
    /// Header keys by role.
    pub columns: BTreeMap<Role, Vec<String>>,
    /// Dates with `/` in the order month, day, year.
    pub month_first: bool,
    /// Roles whose empty cell means "never" because the column is always filled otherwise.
    pub empty_is_never: Vec<Role>,
    /// Scheme of the secret column.
    pub scheme: String,
    /// Rows that are tombstones: header key and value.
    pub tombstone: Option<(String, String)>,
    /// `facility:local`: the part after the separator is the login that people know.
    pub login_separator: Option<char>,
    /// No public sample of this form was seen.
    pub unverified: bool,
    /// Paths below the site, without extension, that alone settle what the table is.
    pub files: Vec<String>,
    /// The list that rows of a register stand on.
    pub register: Option<Register>,
    /// Header keys by column of a register.
    pub fields: BTreeMap<Field, Vec<String>>,
    /// Users of this system log in from outside.
    pub remote: bool,
    /// The table lists everybody with a second factor.
    pub lists_factors: bool,
    /// What cells mean.
    pub values: Values,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    name: String,
    makes: Makes,
    kind: String,
    #[serde(default)]
    product: String,
    folders: Vec<String>,
    system: String,
    #[serde(default)]
    signature: Vec<String>,
    #[serde(default)]
    required: Vec<String>,
    #[serde(default)]
    any: Vec<String>,
    #[serde(default)]
    forbidden: Vec<String>,
    columns: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    month_first: bool,
    #[serde(default)]
    empty_is_never: Vec<String>,
    #[serde(default)]
    scheme: String,
    tombstone: Option<RawTombstone>,
    login_separator: Option<char>,
    #[serde(default)]
    unverified: bool,
    #[serde(default)]
    files: Vec<String>,
    register: Option<String>,
    #[serde(default)]
    remote: bool,
    #[serde(default)]
    lists_factors: bool,
    #[serde(default)]
    numbers: String,
    #[serde(default)]
    words: BTreeMap<String, Polarity>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTombstone {
    column: String,
    value: String,
}

impl SourceSpec {
    /// Parses a source file.
    pub fn parse(file: &str, text: &str) -> Result<Self, RuleError> {
        let raw: Raw = toml::from_str(text).map_err(|e| RuleError::toml(file, text, &e))?;
        let key = crate::text::name::key;
        let (mut columns, mut fields) = (BTreeMap::new(), BTreeMap::new());
        for (word, aliases) in &raw.columns {
            let keys = aliases.iter().map(|alias| key(alias)).collect();
            match Field::from_word(word).filter(|_| raw.makes == Makes::Register) {
                Some(field) => fields.insert(field, keys),
                None => columns.insert(role(file, word)?, keys),
            };
        }
        Ok(Self {
            kind: SystemKind::from_word(&raw.kind).ok_or_else(|| {
                RuleError::meaning(file, format!("'{}' is no kind of system", raw.kind), KINDS)
            })?,
            system: match raw.system.as_str() {
                "dn" => SystemName::Dn,
                "file" => SystemName::File,
                "product" => SystemName::Product,
                fixed => SystemName::Fixed(fixed.to_owned()),
            },
            signature: raw.signature.iter().map(|name| key(name)).collect(),
            required: roles(file, &raw.required)?,
            any: roles(file, &raw.any)?,
            forbidden: roles(file, &raw.forbidden)?,
            empty_is_never: roles(file, &raw.empty_is_never)?,
            values: values(file, &raw)?,
            register: raw.register.as_deref().map(|word| register(file, word)).transpose()?,
            tombstone: raw.tombstone.map(|t| (key(&t.column), t.value)),
            name: raw.name,
            makes: raw.makes,
            product: raw.product,
            folders: raw.folders,
            columns,
            month_first: raw.month_first,
            scheme: raw.scheme,
            login_separator: raw.login_separator,
            unverified: raw.unverified,
            files: raw.files,
            fields,
            remote: raw.remote,
            lists_factors: raw.lists_factors,
        })
    }

    /// The role of a header cell, given its key.
    pub fn role_of(&self, key: &str) -> Option<Role> {
        if self.makes == Makes::Register {
            return self.field_of(key).map(|_| Role::Field);
        }
        self.columns.iter().find(|(_, keys)| keys.iter().any(|k| k == key)).map(|(role, _)| *role)
    }

    /// The column of a register that a header cell names, given its key.
    pub fn field_of(&self, key: &str) -> Option<Field> {
        self.fields.iter().find(|(_, keys)| keys.iter().any(|k| k == key)).map(|(field, _)| *field)
    }
}

fn values(file: &str, raw: &Raw) -> Result<Values, RuleError> {
    let mut words = BTreeMap::new();
    for (word, polarity) in &raw.words {
        words.insert(role(file, word)?, polarity.clone());
    }
    if raw.numbers.is_empty() {
        return Ok(Values { dates: None, words });
    }
    let order = if raw.month_first { "mdy" } else { "" };
    let dates = values::date_rules(order, &raw.numbers, false).map_err(|word| {
        RuleError::meaning(file, format!("'{word}' is no kind of number"), NUMBERS)
    })?;
    Ok(Values { dates: Some(dates), words })
}

fn register(file: &str, word: &str) -> Result<Register, RuleError> {
    Register::from_word(word).ok_or_else(|| {
        let known: Vec<_> = Register::ALL.iter().map(|list| list.word()).collect();
        RuleError::meaning(
            file,
            format!("'{word}' is no register"),
            format!("expected one of {}", known.join(", ")),
        )
    })
}

const NUMBERS: &str = "expected one of excel, unix, unix-ms, filetime";
const KINDS: &str = "expected one of directory, ecarte, device, host, application";

fn roles(file: &str, words: &[String]) -> Result<Vec<Role>, RuleError> {
    words.iter().map(|word| role(file, word)).collect()
}

fn role(file: &str, word: &str) -> Result<Role, RuleError> {
    Role::from_word(word).ok_or_else(|| {
        let known: Vec<_> = Role::ALL.iter().map(|role| role.word()).collect();
        RuleError::meaning(
            file,
            format!("'{word}' is no role of a column"),
            format!("expected one of {}", known.join(", ")),
        )
    })
}
