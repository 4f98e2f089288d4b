//! rules/devices/*.toml: line-shaped configurations that one generic reader understands.

mod parse;
pub mod pattern;
#[cfg(test)]
mod tests;

use crate::model::credential::{Kind, State};
use crate::model::device::Topic;
use crate::model::site::SystemKind;
use crate::rules::{EMBEDDED, File, RuleError};
use hashbrown::HashMap;
use pattern::Pattern;
use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::LazyLock;

/// Forms of a secret by the word that announces them (`7`, `cipher`); the empty word stands for
/// "no such word". The first form of a list whose shape fits is taken.
pub type Types = BTreeMap<String, Vec<String>>;

/// A statement that holds secrets or says something about an account.
#[derive(Clone, Debug)]
pub struct Rule {
    /// The statement.
    pub pattern: Pattern,
    /// Headings one of which it must stand under; none = anywhere.
    pub within: Vec<Pattern>,
    /// Patterns tried at every other word of the line: options that have no fixed place.
    pub options: Vec<Pattern>,
    /// Kind of the secret; `None` = the line tells of an account or names what follows.
    pub kind: Option<Kind>,
    /// Kind of a second secret on the line.
    pub second: Option<Kind>,
    /// Name of the table of types.
    pub types: String,
    /// Login that the secret always belongs to (`enable`).
    pub account: String,
    /// Privilege where the line gives none.
    pub level: Option<u8>,
    /// Whether the account has administrator rights, where that needs no role or level.
    pub admin: Option<bool>,
    /// Whether the account can log in.
    pub enabled: Option<bool>,
    /// The account logs in from outside.
    pub remote: bool,
    /// A second factor is there (true) or the line shows that there is none.
    pub factor: Option<bool>,
    /// State of a line without a secret.
    pub state: Option<State>,
    /// A statement of the same block that makes this one void.
    pub unless: Option<Pattern>,
    /// What a community of this statement may do.
    pub access: String,
    /// Lines that must be taken by this rule, headings before ` > `.
    pub yes: Vec<String>,
}

/// A statement that tells a fact about the device.
#[derive(Clone, Debug)]
pub struct FactRule {
    /// The statement; `{value}` is the fact where `value` is empty.
    pub pattern: Pattern,
    /// Headings one of which it must stand under; none = anywhere.
    pub within: Vec<Pattern>,
    /// What it is about.
    pub topic: Topic,
    /// The fact in the words of its topic.
    pub value: String,
    /// The value counts seconds, the topic minutes.
    pub seconds: bool,
    /// It holds only where no other statement is about the topic: what silence means.
    pub assumed: bool,
}

/// Where a stretch that is no configuration ends.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SkipEnd {
    /// At the character that stands behind the pattern, which may be on the same line.
    Delimiter,
    /// At the quote that closes the one behind the pattern.
    Quote,
    /// At a line with this text.
    Line(String),
}

/// A stretch of text that is no configuration: a banner, a certificate.
#[derive(Clone, Debug)]
pub struct Skip {
    /// Its first line.
    pub pattern: Pattern,
    /// Where it ends.
    pub end: SkipEnd,
}

/// What a line can be that begins with a certain word; numbers are places in the profile's lists.
#[derive(Clone, Debug, Default)]
pub struct Firsts {
    /// Of `rules`.
    pub rules: Vec<u16>,
    /// Of `facts`.
    pub facts: Vec<u16>,
    /// Of `harmless`.
    pub harmless: Vec<u16>,
    /// Of `skips`.
    pub skips: Vec<u16>,
    /// Headings that rules stand under.
    pub sections: Vec<Pattern>,
    /// The line may name the device or its product, or bound the configuration.
    pub names: bool,
    /// The line may make other statements of its block void.
    pub voids: bool,
}

/// One kind of configuration.
#[derive(Clone, Debug)]
pub struct Profile {
    /// Name in `inventory --what files`.
    pub name: String,
    /// Product, in lower case.
    pub product: String,
    /// Kind of the systems.
    pub kind: SystemKind,
    /// No public sample of this form was seen.
    pub unverified: bool,
    /// What comments begin with.
    pub comments: Vec<String>,
    /// Characters that part words beside blanks.
    pub separators: String,
    /// Statements that name the device; `{value}` is the name.
    pub hostname: Vec<Pattern>,
    /// Statements that name the product more closely, with that name.
    pub products: Vec<(Pattern, String)>,
    /// Privilege from which on an account is an administrator.
    pub admin_level: u8,
    /// Roles that may change everything, in lower case.
    pub admin_roles: Vec<String>,
    /// Tables of types by name; the empty name is the usual one.
    pub types: BTreeMap<String, Types>,
    /// Statements with secrets, tried in order.
    pub rules: Vec<Rule>,
    /// Statements with facts; all that fit are taken.
    pub facts: Vec<FactRule>,
    /// Statements that hold no secret although a word suggests it.
    pub harmless: Vec<Pattern>,
    /// Headings whose blocks hold no secret although words suggest it.
    pub harmless_blocks: Vec<Pattern>,
    /// Headings that name what the secrets below them belong to.
    pub contexts: Vec<Pattern>,
    /// Stretches that are no configuration.
    pub skips: Vec<Skip>,
    /// Statement that a complete configuration ends with, and what it begins with.
    pub whole: Option<(Pattern, Pattern)>,
    /// Statements that nobody else writes.
    pub sure: Vec<Pattern>,
    /// Statements that its family writes.
    pub signs: Vec<Pattern>,
    /// Statements that show that it is something else.
    pub foreign: Vec<Pattern>,
    /// Configurations with what they give: lines parted by ` // `, then ` => ` and the secrets.
    pub examples: Vec<String>,
    /// All of these by the first word of a line.
    firsts: HashMap<String, Firsts>,
}

impl Profile {
    /// What a line can be that begins with a word.
    pub fn firsts(&self, first: &str) -> Option<&Firsts> {
        self.firsts.get(first)
    }

    /// What a line can be that begins with a name of its own.
    pub fn named(&self) -> Option<&Firsts> {
        self.firsts.get(parse::NAMED)
    }
}

/// All profiles, and the signs of all of them by first word.
#[derive(Clone, Debug, Default)]
pub struct Profiles {
    list: Vec<Profile>,
    signs: HashMap<String, Vec<Sign>>,
    count: u16,
}

/// The profiles of a set of rules. Those that the tool was built with are parsed when a file is
/// met whose reader they may decide; the tests parse them all.
pub enum Devices {
    /// Those of the tool.
    Embedded,
    /// Those of a folder.
    Own(Profiles),
}

static OF_THE_TOOL: LazyLock<Profiles> = LazyLock::new(|| {
    let mut files: Vec<File<'_>> =
        EMBEDDED.iter().map(|&(path, text)| (path.into(), text.into())).collect();
    files.sort();
    Profiles::parse(&files).expect("the tests parse them")
});

impl Default for Devices {
    fn default() -> Self {
        Self::Own(Profiles::default())
    }
}

impl Deref for Devices {
    type Target = Profiles;

    fn deref(&self) -> &Profiles {
        match self {
            Self::Embedded => &OF_THE_TOOL,
            Self::Own(profiles) => profiles,
        }
    }
}

/// A sign of a profile, by position.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sign {
    /// The profile.
    pub profile: u16,
    /// How it counts.
    pub weight: Weight,
    /// Its place in its list.
    pub place: u16,
    /// Its number among all signs.
    pub number: u16,
}

/// How a sign counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Weight {
    /// Nobody else writes it.
    Sure,
    /// The family writes it.
    Family,
    /// Only others write it.
    Foreign,
}

impl Profiles {
    /// Parses the files of rules/devices among others, which are in order of name.
    pub fn parse(files: &[File<'_>]) -> Result<Self, RuleError> {
        let list = parse::profiles(files.iter().filter(|file| file.0.starts_with("devices/")))?;
        let mut signs: HashMap<String, Vec<Sign>> = HashMap::new();
        let mut number = 0;
        for (profile, spec) in list.iter().enumerate() {
            let lists = [
                (&spec.sure, Weight::Sure),
                (&spec.signs, Weight::Family),
                (&spec.foreign, Weight::Foreign),
            ];
            for (patterns, weight) in lists {
                for (place, pattern) in patterns.iter().enumerate() {
                    let (profile, place) = (profile as u16, place as u16);
                    let sign = Sign { profile, weight, place, number };
                    number += 1;
                    for first in pattern.first_words() {
                        signs.entry(first.to_owned()).or_default().push(sign);
                    }
                }
            }
        }
        Ok(Self { list, signs, count: number })
    }

    /// The profiles.
    pub fn list(&self) -> &[Profile] {
        &self.list
    }

    /// A profile by name.
    pub fn named(&self, name: &str) -> Option<&Profile> {
        self.list.iter().find(|profile| profile.name == name)
    }

    /// How many signs there are.
    pub fn sign_count(&self) -> usize {
        usize::from(self.count)
    }

    /// Signs that begin with a word.
    pub fn signs(&self, first: &str) -> &[Sign] {
        self.signs.get(first).map_or(&[], Vec::as_slice)
    }

    /// The pattern of a sign.
    pub fn pattern(&self, sign: Sign) -> &Pattern {
        let profile = &self.list[usize::from(sign.profile)];
        let list = match sign.weight {
            Weight::Sure => &profile.sure,
            Weight::Family => &profile.signs,
            Weight::Foreign => &profile.foreign,
        };
        &list[usize::from(sign.place)]
    }
}
