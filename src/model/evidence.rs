//! What the credential engine found out: hits, groups, and what it could not compare.

use crate::kernel::paged::Paged;
use crate::model::account::Flag;
use crate::model::breach::CorpusUsed;
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
    /// Yes-bits of the flags that reuse questions ask for, which are among the first 32.
    pub flags: u32,
    /// Person in the run.
    pub person: PersonId,
}

impl Subject {
    /// True where the flag was known to be set.
    pub const fn is(self, flag: Flag) -> bool {
        debug_assert!((flag as u32) < u32::BITS, "a subject has no room for this flag");
        self.flags & (1 << flag as u32) != 0
    }
}

/// All accounts of the run; a subject's number is its site's first number plus its row.
#[derive(Default)]
pub struct Subjects {
    list: Paged<Subject>,
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
                    flags: site.accounts.flags.get(row).yes() as u32,
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
        /// A word of a list: the operator's, one of ours, the site's own names.
        List = "list",
        /// One to six digits.
        Digits = "digits",
        /// A name of the person, department or facility, with years or numbers.
        Person = "person-name",
        /// A name, model, number or address of the device.
        Device = "device-name",
        /// A word of a list with digits, marks or look-alike letters.
        Root = "root-word",
        /// The name of the computer, as it is when an account is made for it.
        Computer = "computer-name",
    }
}

/// A set of word classes.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct WordClasses(u16);

impl WordClasses {
    /// No class.
    pub const NONE: Self = Self(0);

    /// The set of some classes.
    pub fn of(classes: &[WordClass]) -> Self {
        classes.iter().fold(Self::NONE, |mut set, &class| {
            set.add(class);
            set
        })
    }

    /// Adds a class.
    pub const fn add(&mut self, class: WordClass) {
        self.0 |= 1 << class as u16;
    }

    /// Adds all classes of another set.
    pub const fn join(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// True where the class is in the set.
    pub const fn has(self, class: WordClass) -> bool {
        self.0 & (1 << class as u16) != 0
    }

    /// True where one of them is in the set.
    pub fn any(self, classes: &[WordClass]) -> bool {
        classes.iter().any(|&class| self.has(class))
    }

    /// The classes of the set.
    pub fn iter(self) -> impl Iterator<Item = WordClass> {
        WordClass::ALL.iter().copied().filter(move |&class| self.has(class))
    }

    /// True without any class.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// A word that stands in no list.
pub const NO_LIST: u8 = u8::MAX;

/// A stored secret that a candidate opened.
#[derive(Clone, Copy, Debug)]
pub struct Hit {
    /// Which secret.
    pub credential: CredentialRef,
    /// Class of the word.
    pub class: WordClass,
    /// Number of the word in the run's list: equal numbers, equal words.
    pub word: u32,
    /// Position of the list in [`Evidence::lists`], for words of lists; else [`NO_LIST`].
    pub list: u8,
    /// True for a factory default that is known from memory alone.
    pub remembered: bool,
    /// True for a word of digits alone or of letters alone.
    pub one_kind: bool,
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

/// Accounts of one legal entity that share one password.
#[derive(Clone, Debug)]
pub struct Group {
    /// Members, sorted; at least two accounts, or one that shares with another entity.
    pub members: Vec<Member>,
    /// Keyed tag; empty without a key.
    pub tag: String,
    /// Set when a member's password is guessable or a factory default: then the rows are restricted.
    pub restricted: bool,
    /// Sites of other legal entities that hold an equal digest. They are counted, never named.
    pub beyond: u32,
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
    /// Candidates that there were.
    pub of: u32,
}

/// A secret that stayed closed, and classes of words that were not all tried on it.
#[derive(Clone, Copy, Debug)]
pub struct Untried {
    /// Which secret.
    pub credential: CredentialRef,
    /// Classes of which words are left.
    pub classes: WordClasses,
}

/// A current secret that continues an earlier one of its account.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Repeat {
    /// The current secret.
    pub credential: CredentialRef,
    /// Which previous one: 1 = the last.
    pub depth: u8,
    /// False where they are equal, true where the number in the word was counted up.
    pub counted_up: bool,
}

/// How strong a password is that an export holds in the open.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rating {
    /// Which secret.
    pub credential: CredentialRef,
    /// Characters.
    pub length: u16,
    /// 0 = guessed at once, 4 = strong, by zxcvbn with the words of the run.
    pub score: u8,
}

/// A secret that was looked up in lists of breached passwords.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LookedUp {
    /// Which secret.
    pub credential: CredentialRef,
    /// How often the list has seen its password; 0 = it is not listed.
    pub count: u32,
    /// Position of the list in [`Evidence::corpora`] that saw it most often.
    pub corpus: u8,
}

/// Everything the engine says.
#[derive(Default)]
pub struct Evidence {
    /// Per site, parallel to its credentials.
    pub recognised: Vec<Paged<Recognised>>,
    /// Opened secrets, sorted by credential.
    pub hits: Paged<Hit>,
    /// Names of the lists that words were taken from.
    pub lists: Vec<String>,
    /// Closed secrets on which words are left to try, sorted by credential.
    pub untried: Paged<Untried>,
    /// Secrets that continue an earlier one, sorted by credential.
    pub repeats: Vec<Repeat>,
    /// Salted secrets with fewer rounds than their scheme should have today, sorted by credential.
    pub cheap: Vec<CredentialRef>,
    /// Ratings of passwords in the open, sorted by credential.
    pub ratings: Vec<Rating>,
    /// Lists of breached passwords that secrets were looked up in.
    pub corpora: Vec<CorpusUsed>,
    /// Secrets that were looked up, sorted by credential.
    pub looked_up: Vec<LookedUp>,
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
