//! How the cells of a table are to be read where its columns alone do not say.

use crate::rules::source::Role;
use crate::text::date::{DateRules, Epoch, FieldOrder};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Words of a column that mean yes and no; every other word leaves the answer open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Polarity {
    /// Words that mean yes.
    pub yes: Vec<String>,
    /// Words that mean no.
    pub no: Vec<String>,
}

/// What cells mean.
#[derive(Clone, Debug, Default)]
pub struct Values {
    /// How dates are written, where that is not the usual way.
    pub dates: Option<DateRules>,
    /// Words of columns by role.
    pub words: BTreeMap<Role, Polarity>,
}

impl Values {
    /// The cell, or the word that every reader understands where this table has words of its own.
    pub fn spoken<'c>(&self, role: Role, cell: &'c str) -> &'c str {
        let Some(polarity) = self.words.get(&role) else { return cell };
        match () {
            () if polarity.yes.iter().any(|word| word == cell) => "有効",
            () if polarity.no.iter().any(|word| word == cell) => "無効",
            () => "",
        }
    }
}

/// Rules for the forms of dates that need a word before they may be read.
///
/// `order` is one of ymd, mdy, dmy; `numbers` one of excel, unix, unix-ms, filetime; both may be
/// empty. The error is the word that is not known.
pub fn date_rules(order: &str, numbers: &str, night_hours: bool) -> Result<DateRules, String> {
    let mut rules = DateRules { night_hours, ..DateRules::default() };
    rules.order = match order {
        "" | "ymd" => None,
        "mdy" => Some(FieldOrder::Mdy),
        "dmy" => Some(FieldOrder::Dmy),
        other => return Err(other.to_owned()),
    };
    match numbers {
        "" => {}
        "excel" => rules.excel_serial = true,
        "unix" => rules.epoch = Some(Epoch::Seconds),
        "unix-ms" => rules.epoch = Some(Epoch::Millis),
        "filetime" => rules.filetime = true,
        other => return Err(other.to_owned()),
    }
    Ok(rules)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn polarity_leaves_other_words_open() {
        let mut values = Values::default();
        let polarity = Polarity { yes: vec!["0".to_owned()], no: vec!["1".to_owned()] };
        values.words.insert(Role::Enabled, polarity);
        assert_eq!(values.spoken(Role::Enabled, "0"), "有効");
        assert_eq!(values.spoken(Role::Enabled, "1"), "無効");
        assert_eq!(values.spoken(Role::Enabled, "9"), "");
        assert_eq!(values.spoken(Role::Name, "9"), "9");
    }

    #[test]
    fn unknown_words_are_named() {
        assert_eq!(date_rules("ydm", "", false), Err("ydm".to_owned()));
        assert_eq!(date_rules("", "days", false), Err("days".to_owned()));
    }
}
