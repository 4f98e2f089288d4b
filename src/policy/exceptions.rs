//! suppressions.toml: findings that the operator excepts, each with a reason, an approver and an end.
//!
//! An exception never hides a finding: its row stays, with the status suppressed. Only the operator's
//! file decides; what staff propose in a workbook does not.

use crate::model::day::Day;
use crate::model::state::Exception;
use crate::policy::{PolicyError, error_at};
use crate::rules::RuleSet;
use crate::text::near::{near, near_or_list};
use serde::Deserialize;
use std::ops::Range;
use toml::{Spanned, Value};

/// Longest term in days, from the day that judges.
const LONGEST: i32 = 180;
/// The kind that may last longer.
const BREAK_GLASS: &str = "break-glass";
/// Fewest characters beside `*` in a pattern.
const LEAST: usize = 3;

const KEYS: &[&str] = &[
    "suppression",
    "rule",
    "match",
    "reason",
    "approved_by",
    "until",
    "kind",
    "site",
    "system",
    "account",
    "group",
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    #[serde(default)]
    suppression: Vec<Spanned<RawException>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawException {
    rule: Option<Spanned<String>>,
    #[serde(rename = "match")]
    matches: Option<Spanned<RawMatch>>,
    reason: Option<Spanned<String>>,
    approved_by: Option<Spanned<String>>,
    until: Option<Spanned<Value>>,
    kind: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMatch {
    site: Option<Spanned<String>>,
    system: Option<Spanned<String>>,
    account: Option<Spanned<String>>,
    group: Option<Spanned<String>>,
}

/// Parses suppressions.toml; `file` only names it in errors.
pub fn parse(file: &str, text: &str, rules: &RuleSet) -> Result<Vec<Exception>, PolicyError> {
    let reader = Reader { file, text, rules };
    let raw: Raw = toml::from_str(text).map_err(|error| reader.syntax(&error))?;
    raw.suppression.iter().map(|raw| reader.exception(raw)).collect()
}

/// Refuses an exception that outlasts the longest term as of a day.
pub fn check_terms(file: &str, exceptions: &[Exception], as_of: Day) -> Result<(), PolicyError> {
    let too_long = |e: &&Exception| e.kind.is_empty() && e.until.days_since(as_of) > LONGEST;
    match exceptions.iter().find(too_long) {
        None => Ok(()),
        Some(exception) => Err(PolicyError {
            file: file.to_owned(),
            line: exception.line as usize,
            column: 1,
            message: format!("until {} is more than {LONGEST} days away", exception.until),
            hint: format!(
                "set until to {} at the latest, or kind = \"{BREAK_GLASS}\" for a sealed account",
                as_of.plus(LONGEST)
            ),
        }),
    }
}

/// True where a pattern of an exception takes a text; `*` stands for any characters.
pub fn takes(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or("");
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return rest.is_empty() };
    for part in middle {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

struct Reader<'a> {
    file: &'a str,
    text: &'a str,
    rules: &'a RuleSet,
}

impl Reader<'_> {
    fn exception(&self, raw: &Spanned<RawException>) -> Result<Exception, PolicyError> {
        let (whole, raw) = (raw.span(), raw.get_ref());
        let written = self.needed(&whole, "rule", raw.rule.as_ref())?;
        let Some((_, rule)) = self.rules.check(written.get_ref()) else {
            let ids = self.rules.checks.iter().map(|rule| rule.id.as_str());
            let hint = near_or_list(written.get_ref(), ids);
            let message = format!("unknown rule '{}'", written.get_ref());
            return Err(self.error(written.span(), message, hint));
        };
        let matches = raw.matches.as_ref();
        let matches = matches.ok_or_else(|| self.lacking(whole.clone(), "match"))?;
        let (span, matches) = (matches.span(), matches.get_ref());
        let (account, group) = self.account_or_group(&span, matches)?;
        Ok(Exception {
            line: self.line(whole.start),
            rule: rule.id.clone(),
            site: self.pattern(self.needed(&span, "site", matches.site.as_ref())?)?,
            system: self.pattern(self.needed(&span, "system", matches.system.as_ref())?)?,
            account,
            group,
            reason: self.said(&whole, "reason", raw.reason.as_ref())?,
            approved_by: self.said(&whole, "approved_by", raw.approved_by.as_ref())?,
            until: self.until(&whole, raw.until.as_ref())?,
            kind: self.kind(raw.kind.as_ref())?,
            accounts: 0,
        })
    }

    fn account_or_group(
        &self,
        span: &Range<usize>,
        matches: &RawMatch,
    ) -> Result<(String, String), PolicyError> {
        match (&matches.account, &matches.group) {
            (Some(account), None) => Ok((self.pattern(account)?, String::new())),
            (None, Some(group)) if group.get_ref().contains('*') || group.get_ref().is_empty() => {
                let hint = "write the group_id of findings.csv".to_owned();
                Err(self.error(group.span(), "a group is named by its id".to_owned(), hint))
            }
            (None, Some(group)) => Ok((String::new(), group.get_ref().clone())),
            (None, None) => Err(self.lacking(span.clone(), "account or group")),
            (Some(_), Some(group)) => {
                let hint = "keep account or group; write two suppressions for both".to_owned();
                Err(self.error(group.span(), "account and group at once".to_owned(), hint))
            }
        }
    }

    /// A name, or a part of one with `*`: never everything.
    fn pattern(&self, text: &Spanned<String>) -> Result<String, PolicyError> {
        let written = text.get_ref();
        let named = written.chars().filter(|&c| c != '*').count();
        if written.contains('*') && named < LEAST {
            let message = format!("'{written}' takes nearly everything");
            let hint =
                "name what is excepted; a pattern needs three characters beside *".to_owned();
            return Err(self.error(text.span(), message, hint));
        }
        Ok(written.clone())
    }

    fn said(
        &self,
        whole: &Range<usize>,
        key: &str,
        text: Option<&Spanned<String>>,
    ) -> Result<String, PolicyError> {
        let text = self.needed(whole, key, text)?;
        match text.get_ref().trim() {
            "" => Err(self.error(text.span(), format!("{key} is empty"), "say it in words".into())),
            said => Ok(said.to_owned()),
        }
    }

    fn until(
        &self,
        whole: &Range<usize>,
        value: Option<&Spanned<Value>>,
    ) -> Result<Day, PolicyError> {
        let value = value.ok_or_else(|| self.lacking(whole.clone(), "until"))?;
        let text = match value.get_ref() {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let mut parts = text.splitn(3, '-').map(str::parse::<u32>);
        let mut part = || parts.next().and_then(Result::ok);
        let day = (part(), part(), part());
        let day = match day {
            (Some(year), Some(month), Some(day)) => Day::from_ymd(year as i32, month, day),
            _ => None,
        };
        let wrong = || {
            let hint = "until = 2026-12-31".to_owned();
            self.error(value.span(), "until is no day".to_owned(), hint)
        };
        day.ok_or_else(wrong)
    }

    fn kind(&self, kind: Option<&Spanned<String>>) -> Result<String, PolicyError> {
        match kind {
            None => Ok(String::new()),
            Some(kind) if kind.get_ref() == BREAK_GLASS => Ok(BREAK_GLASS.to_owned()),
            Some(kind) => {
                let message = format!("'{}' is not a value of kind", kind.get_ref());
                Err(self.error(kind.span(), message, format!("the only kind is \"{BREAK_GLASS}\"")))
            }
        }
    }

    fn needed<'t>(
        &self,
        whole: &Range<usize>,
        key: &str,
        text: Option<&'t Spanned<String>>,
    ) -> Result<&'t Spanned<String>, PolicyError> {
        text.ok_or_else(|| self.lacking(whole.clone(), key))
    }

    fn lacking(&self, span: Range<usize>, key: &str) -> PolicyError {
        let hint = "rule, match { site, system, account | group }, reason, approved_by and until \
                    are all needed";
        self.error(span, format!("{key} is missing"), hint.to_owned())
    }

    fn syntax(&self, error: &toml::de::Error) -> PolicyError {
        let span = error.span().unwrap_or(0..0);
        if !error.message().starts_with("unknown field") {
            return self.error(span, error.message().to_owned(), "correct the syntax".to_owned());
        }
        let key = self.text.get(span.clone()).unwrap_or("").trim_matches(['"', '\'']);
        let hint = near(key, KEYS.iter().copied()).unwrap_or_else(|| {
            "[[suppression]] with rule, match, reason, approved_by, until".into()
        });
        self.error(span, format!("unknown key '{key}'"), hint)
    }

    fn line(&self, byte: usize) -> u32 {
        self.text[..byte].matches('\n').count() as u32 + 1
    }

    fn error(&self, span: Range<usize>, message: String, hint: String) -> PolicyError {
        error_at(self.file, self.text, span, message, hint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "\
# one exception
[[suppression]]
rule = \"stale\"
match = { site = \"honin\", system = \"corp\", account = \"svc-*\" }
reason = \"月次バッチ\"
approved_by = \"情報システム室長\"
until = 2026-12-31
";

    fn read(text: &str) -> Result<Vec<Exception>, PolicyError> {
        parse("suppressions.toml", text, &RuleSet::embedded().unwrap())
    }

    #[test]
    fn an_exception_says_who_why_and_until() {
        let [exception] = &read(GOOD).unwrap()[..] else { panic!("one exception") };
        assert_eq!((exception.rule.as_str(), exception.line), ("LIFE-01", 2));
        assert_eq!(exception.until.to_string(), "2026-12-31");
        assert_eq!(read("").unwrap(), []);
    }

    #[test]
    fn every_fault_is_named_where_it_stands() {
        let without = |key: &str| {
            GOOD.lines().filter(|line| !line.starts_with(key)).collect::<Vec<_>>().join("\n")
        };
        for (text, wanted) in [
            (without("reason"), "2:1: reason is missing"),
            (without("until"), "2:1: until is missing"),
            (without("approved_by"), "2:1: approved_by is missing"),
            (without("match"), "2:1: match is missing"),
            (without("rule"), "2:1: rule is missing"),
            (GOOD.replace("svc-*", "*"), "4:54: '*' takes nearly everything"),
            (GOOD.replace("corp", "**"), "4:36: '**' takes nearly everything"),
            (GOOD.replace("stale", "*"), "3:8: unknown rule '*'"),
            (GOOD.replace("approved_by", "aproved_by"), "6:1: unknown key 'aproved_by'"),
            (GOOD.replace("2026-12-31", "\"soon\""), "7:9: until is no day"),
            (GOOD.replace("月次バッチ", " "), "5:10: reason is empty"),
            (GOOD.replace("site = \"honin\", ", ""), "4:9: site is missing"),
            (format!("{GOOD}kind = \"forever\"\n"), "8:8: 'forever' is not a value of kind"),
        ] {
            let error = read(&text).unwrap_err();
            let said = format!("{}:{}: {}", error.line, error.column, error.message);
            assert_eq!(said, wanted);
        }
        let error = read(&GOOD.replace("approved_by", "aproved_by")).unwrap_err();
        assert_eq!(error.hint, "did you mean 'approved_by'?");
    }

    #[test]
    fn a_term_ends_after_half_a_year_unless_the_account_is_sealed() {
        let as_of = Day::from_ymd(2026, 5, 1).unwrap();
        let exceptions = read(GOOD).unwrap();
        let error = check_terms("s", &exceptions, as_of).unwrap_err();
        assert_eq!((error.line, error.message.contains("180 days")), (2, true));
        assert!(check_terms("s", &exceptions, as_of.plus(64)).is_ok());
        let sealed = read(&format!("{GOOD}kind = \"break-glass\"\n")).unwrap();
        assert!(check_terms("s", &sealed, as_of).is_ok());
    }

    #[test]
    fn a_pattern_takes_what_it_says() {
        for (pattern, text, taken) in [
            ("svc-*", "svc-backup", true),
            ("svc-*", "xsvc-backup", false),
            ("svc", "svc", true),
            ("svc", "svc1", false),
            ("*-adm", "sato-adm", true),
            ("a*b*c", "a-b-c", true),
            ("a*b*c", "a-c", false),
            ("", "", true),
            ("", "x", false),
        ] {
            assert_eq!(takes(pattern, text), taken, "{pattern} {text}");
        }
    }
}
