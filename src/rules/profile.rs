//! rules/profiles/*.toml: what an edition of the official texts demands of passwords.
//!
//! A profile lists alternatives: a password is good where it meets one of them. Which list counts
//! depends on the second factor of the same account.

use crate::model::credential::words;
use crate::model::tri::Tri;
use crate::rules::{EMBEDDED, RuleError};
use serde::Deserialize;
use std::sync::LazyLock;

/// The profile that judges where nobody names one.
pub const DEFAULT: &str = "mhlw-7.0";

/// The profile that demands nothing; rules then go by their own thresholds.
pub const NONE: &str = "none";

/// Longest password that a profile may ask for, and longest age in days.
const LARGEST: u32 = 36_500;

words! {
    /// A class of characters that a password must hold.
    Characters {
        /// Letters of either case.
        Letters = "letters",
        /// Digits.
        Digits = "digits",
        /// Anything else.
        Symbols = "symbols",
    }
}

/// One way to satisfy a profile.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Demand {
    /// Least number of characters.
    pub length: u32,
    /// Classes of characters that must all occur; empty = no such rule.
    pub characters: Vec<Characters>,
    /// How long such a password may be kept.
    pub age: Age,
}

/// How long a password may be kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Age {
    /// As long as it is not known to have leaked: its age is information, no fault.
    Any,
    /// It must be changed at times, without a number in the text.
    Periodic,
    /// At most so many days.
    AtMost(u32),
}

/// When an account must be locked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lockout {
    /// The text does not ask for it.
    NotAsked,
    /// After some number of failed attempts that the text leaves open.
    Some,
    /// After at most so many.
    AtMost(u32),
}

/// What an edition demands of passwords.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Profile {
    /// Its name in kagiban.toml.
    pub id: String,
    /// How sure the text is: `V`, `D`, `T`, `I`, `M`.
    pub sure: String,
    /// Ways that hold without a second factor; empty = nothing is demanded.
    pub alone: Vec<Demand>,
    /// Ways that hold with one.
    pub with_factor: Vec<Demand>,
    /// Former passwords that may not come again.
    pub history: Option<u32>,
    /// Lockout.
    pub lockout: Lockout,
    /// Whether a password on a list of leaked ones must be refused.
    pub breached: bool,
    /// Whether one password for several accounts or systems is forbidden.
    pub reuse_ban: bool,
}

impl Profile {
    /// Parses a profile file, `profiles/<id>.toml`.
    pub fn parse(file: &str, text: &str) -> Result<Self, RuleError> {
        let raw: Raw = toml::from_str(text).map_err(|e| RuleError::toml(file, text, &e))?;
        let reader = Reader { file, text };
        reader.named_like_its_file(&raw.id)?;
        Ok(Self {
            alone: reader.demands(&raw.alone)?,
            with_factor: reader.demands(&raw.with_factor)?,
            lockout: reader.lockout(raw.lockout, raw.lockout_attempts)?,
            id: raw.id,
            sure: raw.sure,
            history: raw.history,
            breached: raw.breached,
            reuse_ban: raw.reuse_ban,
        })
    }

    /// The ways that count for an account with or without a second factor.
    pub fn demands(&self, second_factor: bool) -> &[Demand] {
        if second_factor { &self.with_factor } else { &self.alone }
    }

    /// True where the profile says anything about passwords; otherwise rules go by themselves.
    pub const fn demands_anything(&self) -> bool {
        !self.alone.is_empty() || !self.with_factor.is_empty()
    }

    /// The fewest characters that any way allows; `None` = the profile demands no length.
    pub fn least_length(&self, second_factor: bool) -> Option<u32> {
        self.demands(second_factor).iter().map(|demand| demand.length).min()
    }

    /// Whether so many characters are enough. Unknown where that hangs on a second factor which
    /// nobody knows of, and where the profile demands no length.
    pub fn long_enough(&self, length: u32, second_factor: Tri) -> Tri {
        let judge = |factor| self.least_length(factor).map(|least| length >= least);
        let (with, without) = (judge(true), judge(false));
        let answer = match second_factor {
            Tri::Yes => with,
            Tri::No => without,
            Tri::Unknown if with == without => with,
            Tri::Unknown => None,
        };
        answer.map_or(Tri::Unknown, Tri::from)
    }

    /// How long a password may be kept, as far as its length and the second factor of the account
    /// are known. Of the ways that are open the most lenient counts: what no export shows is never
    /// held against anybody.
    pub fn age(&self, length: Option<u32>, second_factor: impl Into<Tri>) -> Age {
        let fits = |demand: &&Demand| length.is_none_or(|length| length >= demand.length);
        let factor = second_factor.into();
        let alone = self.alone.iter().filter(|_| factor != Tri::Yes);
        let ways = alone.chain(self.with_factor.iter().filter(|_| factor != Tri::No)).filter(fits);
        ways.map(|demand| demand.age).max_by_key(|age| age.leniency()).unwrap_or(Age::Any)
    }
}

impl Age {
    const fn leniency(self) -> u32 {
        match self {
            Self::Any => u32::MAX,
            Self::Periodic => u32::MAX - 1,
            Self::AtMost(days) => days,
        }
    }
}

/// The profiles that the tool was built with, by id.
pub fn embedded() -> &'static [Profile] {
    static PROFILES: LazyLock<Vec<Profile>> = LazyLock::new(|| {
        let own = EMBEDDED.iter().filter(|(path, _)| path.starts_with("profiles/"));
        let parsed = own.map(|(path, text)| Profile::parse(path, text));
        parsed.collect::<Result<_, _>>().expect("the tests parse every embedded profile")
    });
    &PROFILES
}

/// An embedded profile by name.
pub fn find(id: &str) -> Option<&'static Profile> {
    embedded().iter().find(|profile| profile.id == id)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    id: String,
    sure: String,
    #[serde(default)]
    alone: Vec<RawDemand>,
    #[serde(default)]
    with_factor: Vec<RawDemand>,
    history: Option<u32>,
    #[serde(default)]
    lockout: bool,
    lockout_attempts: Option<u32>,
    #[serde(default)]
    breached: bool,
    #[serde(default)]
    reuse_ban: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDemand {
    length: toml::Spanned<u32>,
    #[serde(default)]
    characters: Vec<toml::Spanned<String>>,
    #[serde(default)]
    periodic: bool,
    max_age_days: Option<u32>,
}

struct Reader<'a> {
    file: &'a str,
    text: &'a str,
}

impl Reader<'_> {
    fn named_like_its_file(&self, id: &str) -> Result<(), RuleError> {
        let wanted = format!("profiles/{id}.toml");
        if self.file == wanted {
            return Ok(());
        }
        let message = format!("the file of profile {id} must be named {wanted}");
        Err(RuleError::at_word(self.file, self.text, id, message, "rename the file or correct id"))
    }

    fn demands(&self, raw: &[RawDemand]) -> Result<Vec<Demand>, RuleError> {
        raw.iter().map(|demand| self.demand(demand)).collect()
    }

    fn demand(&self, raw: &RawDemand) -> Result<Demand, RuleError> {
        let length = *raw.length.get_ref();
        if !(1..=LARGEST).contains(&length) {
            let message = "a length is a whole number from 1 to 36500";
            let at = raw.length.span().start;
            return Err(RuleError::at(self.file, self.text, at, message, "correct the value"));
        }
        let class = |name: &toml::Spanned<String>| {
            Characters::from_word(name.get_ref()).ok_or_else(|| {
                let message = format!("'{}' is no class of characters", name.get_ref());
                let hint = "one of letters, digits, symbols";
                RuleError::at(self.file, self.text, name.span().start, message, hint)
            })
        };
        Ok(Demand {
            length,
            characters: raw.characters.iter().map(class).collect::<Result<_, _>>()?,
            age: match (raw.max_age_days, raw.periodic) {
                (Some(days), _) => Age::AtMost(days),
                (None, true) => Age::Periodic,
                (None, false) => Age::Any,
            },
        })
    }

    fn lockout(&self, asked: bool, attempts: Option<u32>) -> Result<Lockout, RuleError> {
        match (asked, attempts) {
            (true, Some(attempts)) => Ok(Lockout::AtMost(attempts)),
            (true, None) => Ok(Lockout::Some),
            (false, None) => Ok(Lockout::NotAsked),
            (false, Some(_)) => Err(RuleError::at_word(
                self.file,
                self.text,
                "lockout_attempts",
                "attempts without lockout",
                "add lockout = true or take lockout_attempts away",
            )),
        }
    }
}

#[cfg(test)]
#[path = "profile/tests.rs"]
mod tests;
