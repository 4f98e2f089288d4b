//! What the credential engine found out: hits, groups, and what it could not compare.

use crate::model::account::{Flag, Flags};
use crate::model::credential::{State, words};
use crate::model::inventory::Inventory;
use crate::model::person::PersonId;

/// An account of the run in 16 bytes: what outlives the reading of its site.
#[derive(Clone, Copy, Debug)]
pub struct Subject {
    /// Position of the site in the run.
    pub site: u16,
    /// Position of the system in the site.
    pub system: u16,
    /// Row in the site's inventory.
    pub row: u32,
    /// Yes-bits of the flags that reuse questions ask for.
    pub flags: u32,
    /// Person in the run.
    pub person: PersonId,
}

impl Subject {
    /// True where the flag was known to be set.
    pub const fn is(self, flag: Flag) -> bool {
        self.flags & (1 << flag as u32) != 0
    }
}

/// All accounts of the run; a subject's number is its site's first number plus its row.
#[derive(Default)]
pub struct Subjects {
    list: Vec<Subject>,
    first: Vec<u32>,
}

impl Subjects {
    /// Lists the accounts of every site.
    pub fn of(sites: &[Inventory]) -> Self {
        let mut subjects = Self::default();
        for (index, site) in sites.iter().enumerate() {
            subjects.first.push(subjects.list.len() as u32);
            for row in 0..site.accounts.len() {
                subjects.list.push(Subject {
                    site: index as u16,
                    system: site.accounts.system.get(row),
                    row,
                    flags: yes_bits(site.accounts.flags.get(row)),
                    person: site.accounts.person.get(row),
                });
            }
        }
        subjects
    }

    /// Number of an account.
    pub fn number(&self, site: usize, row: u32) -> u32 {
        self.first[site] + row
    }

    /// The account behind a number.
    pub fn get(&self, number: u32) -> Subject {
        self.list[number as usize]
    }
}

fn yes_bits(flags: Flags) -> u32 {
    Flag::ALL.iter().filter(|&&f| flags.get(f).is_yes()).fold(0, |bits, &f| bits | 1 << f as u32)
}

/// A credential of the run: its subject and its position in the site's list.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub struct CredentialRef {
    /// Account.
    pub subject: u32,
    /// Position in the site's credentials.
    pub index: u32,
}

words! {
    /// Where a candidate word came from. Results carry the class, never the word.
    WordClass {
        /// The empty word.
        Empty = "empty",
        /// The account's own login or a form of it.
        Login = "login",
        /// A factory default of the vendor or product.
        Default = "factory-default",
        /// A password that stands readable somewhere in the run.
        Estate = "estate",
        /// A word list that the operator gave.
        List = "list",
        /// One to six digits.
        Digits = "digits",
    }
}

/// A stored secret that a candidate opened.
#[derive(Clone, Copy, Debug)]
pub struct Hit {
    /// Which secret.
    pub credential: CredentialRef,
    /// Class of the word.
    pub class: WordClass,
    /// Number of the word in the run's list: equal numbers, equal words.
    pub word: u32,
}

words! {
    /// How equality was proven.
    Proof {
        /// Equal unsalted digest.
        EqualDigest = "PL1",
        /// Equal salt and digest: a cloned line.
        Cloned = "PL1c",
        /// From an NT hash, without the plaintext.
        FromNt = "PL2",
        /// A known plaintext verified on both.
        KnownWord = "PL3",
    }
}

/// Kinds of edges that meet at a group's member.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Edges(u16);

impl Edges {
    /// Equal unsalted digest with another account of the same system.
    pub const EQUAL_IN_SYSTEM: Self = Self(1);
    /// Equal salt and digest.
    pub const CLONED: Self = Self(2);
    /// Proven from an NT hash.
    pub const FROM_NT: Self = Self(4);
    /// A word known from the estate verified on it.
    pub const KNOWN_WORD: Self = Self(8);
    /// A word list hit it under two algorithms.
    pub const LIST_WORD: Self = Self(16);
    /// Any proof towards another system or site.
    pub const OTHER_SYSTEM: Self = Self(32);

    /// Adds kinds.
    pub const fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// True where every kind of `other` is present.
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

/// One member of a reuse group.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    /// The secret that the group shares.
    pub credential: CredentialRef,
    /// Kinds of edges that meet here.
    pub edges: Edges,
    /// The weakest proof that holds this member in the group.
    pub proof: Proof,
}

/// Accounts that share one password.
#[derive(Clone, Debug)]
pub struct Group {
    /// Members, sorted; at least two accounts.
    pub members: Vec<Member>,
    /// Keyed tag; empty without a key.
    pub tag: String,
    /// Set when a member's password is guessable or a factory default: then the rows are restricted.
    pub restricted: bool,
}

/// What the engine made of one stored secret.
#[derive(Clone, Copy, Debug)]
pub struct Recognised {
    /// Scheme name; empty for plain text or where nothing was recognised.
    pub scheme: &'static str,
    /// State after parsing.
    pub state: State,
    /// Why its scheme refused it, as a word: `cost-limit`, `bad-shape`; empty where it did not.
    pub reason: &'static str,
}

/// Secrets of one system and scheme that could not be compared with everything else.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Incomparable {
    /// Site.
    pub site: u16,
    /// System in the site.
    pub system: u16,
    /// Scheme.
    pub scheme: &'static str,
    /// Secrets that no candidate opened.
    pub secrets: u32,
    /// Candidates tried on each.
    pub tried: u32,
}

/// Everything the engine says.
#[derive(Default)]
pub struct Evidence {
    /// Per site, parallel to its credentials.
    pub recognised: Vec<Vec<Recognised>>,
    /// Opened secrets, sorted by credential.
    pub hits: Vec<Hit>,
    /// Reuse groups, sorted by their first member.
    pub groups: Vec<Group>,
    /// What stayed uncomparable.
    pub incomparable: Vec<Incomparable>,
    /// Most digits behind a login that every unsalted password was tried with.
    pub login_digits: u8,
    /// Tags of all comparable secrets, by site and credential; empty without a key.
    pub tags: Vec<Vec<(u32, String)>>,
}

impl Evidence {
    /// What was recognised about a credential.
    pub fn recognised(&self, site: usize, index: usize) -> Recognised {
        self.recognised[site][index]
    }
}
