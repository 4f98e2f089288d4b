//! What a check asked for and no export said, as a set of words.

#![expect(unreachable_pub, reason = "the shared macro writes `pub`")]

use crate::model::account::Flag;
use crate::model::credential::words;
use crate::model::device::Topic;

words! {
    /// Facts beside the account flags that a check may ask for.
    Lack {
        /// Day of last use.
        LastUse = "last-use",
        /// Day of creation.
        Created = "created",
        /// Day after which the account is void.
        Expires = "expires",
        /// A roster of people.
        Roster = "roster",
        /// A tie from the account to somebody.
        PersonLink = "person-link",
        /// Day of leaving.
        LeaveDate = "leave-date",
        /// Any mark of a second factor.
        SecondFactor = "second-factor",
        /// Any stored secret.
        Credentials = "credentials",
        /// Another system to compare with.
        SecondSystem = "second-system",
        /// The secret is masked or replaced.
        Masked = "masked",
        /// The secret opens only with a key that is not in the export.
        Keyed = "reversible-keyed",
        /// The scheme of the secret is not known.
        UnknownScheme = "unknown-scheme",
        /// The budget ended before the secret was tried.
        NotTried = "not-tried",
        /// Previous passwords.
        History = "history",
        /// Security identifiers.
        Rid = "rid",
        /// The role of an account.
        Role = "role",
        /// The day of the last password change.
        PasswordSet = "password-set",
        /// A register row of a sealed account with the day of its last test.
        LastTest = "last-test",
        /// The day on which an export was made.
        ExportDate = "export-date",
        /// Digests of the input files.
        Digest = "digest",
        /// Policies of a cloud directory about who may log in.
        AccessPolicies = "access-policies",
        /// The ledger of devices.
        Ledger = "ledger",
        /// The rule asks with a word that this version does not know.
        Predicate = "unknown-predicate",
    }
}

/// Lacks that one more column in an export would cure.
const COLUMNS: &[Lack] = &[Lack::LastUse, Lack::Created, Lack::Expires, Lack::SecondFactor];

/// A set of missing facts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Debug)]
pub(crate) struct Missing(u128);

/// Flags take the lower half of the bits, as many as their own word has.
const FLAGS: u32 = u64::BITS;

/// Other facts come next, topics of devices last.
const LACKS: u32 = 40;
const _: () = assert!(
    Lack::ALL.len() <= LACKS as usize && Topic::ALL.len() <= (FLAGS - LACKS) as usize,
    "a set of missing facts has no room for another word"
);

impl Missing {
    /// Nothing is missing.
    pub(crate) const NONE: Self = Self(0);

    /// A flag that the export does not say.
    pub(crate) const fn flag(flag: Flag) -> Self {
        Self(1 << flag as u32)
    }

    /// Another fact that no export says.
    pub(crate) const fn lack(lack: Lack) -> Self {
        Self(1 << (FLAGS + lack as u32))
    }

    /// A topic about which a device's configuration says nothing that its reader understands.
    pub(crate) const fn topic(topic: Topic) -> Self {
        Self(1 << (FLAGS + LACKS + topic as u32))
    }

    /// Adds another set.
    pub(crate) const fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// True where nothing is missing.
    pub(crate) const fn is_none(self) -> bool {
        self.0 == 0
    }

    /// True where all of `other` is missing.
    pub(crate) const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// The part that columns of an export would cure.
    pub(crate) fn columns(self) -> Self {
        let flags = Self(self.0 & u128::from(u64::MAX));
        COLUMNS.iter().filter(|&&lack| self.has(Self::lack(lack))).fold(flags, |mut set, &lack| {
            set.add(Self::lack(lack));
            set
        })
    }

    /// The words, flags first.
    pub(crate) fn words(self) -> Vec<&'static str> {
        let flags = Flag::ALL.iter().filter(|&&f| self.has(Self::flag(f))).map(|f| f.word());
        let lacks = Lack::ALL.iter().filter(|&&l| self.has(Self::lack(l))).map(|l| l.word());
        let topics = Topic::ALL.iter().filter(|&&t| self.has(Self::topic(t))).map(|t| t.word());
        flags.chain(lacks).chain(topics).collect()
    }
}

/// Every word that names a fact which a check can ask for.
pub(crate) fn words() -> impl Iterator<Item = &'static str> {
    let flags = Flag::ALL.iter().map(|flag| flag.word());
    let lacks = Lack::ALL.iter().map(|lack| lack.word());
    flags.chain(lacks).chain(Topic::ALL.iter().map(|topic| topic.word()))
}

/// True where `word` names a fact that a check can ask for.
pub(crate) fn known(word: &str) -> bool {
    Flag::from_word(word).is_some()
        || Lack::from_word(word).is_some()
        || Topic::from_word(word).is_some()
}
