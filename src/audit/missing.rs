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
        /// How a person's name is read.
        Reading = "name-reading",
        /// How people of the roster are employed.
        Status = "status",
        /// Previous passwords.
        History = "history",
        /// Day of the last change to the account.
        Changed = "changed",
        /// Day the password was set.
        PasswordSet = "password-set",
        /// Groups that the account belongs to.
        Groups = "groups",
        /// Class of employment of its owner.
        Class = "class",
        /// Day since which it is locked.
        LockedSince = "locked-since",
        /// Time of day beside a date.
        TimeOfDay = "time-of-day",
        /// The register of people who are not employed here.
        NonEmployees = "nonemployee",
        /// The password policy of the system.
        PasswordPolicy = "password-policy",
        /// Mail addresses.
        Mail = "mail",
        /// Relative id of the primary group.
        PrimaryGroup = "primary-group",
        /// Job of the person.
        Job = "job",
        /// Role of the account.
        Role = "role",
        /// A register of approved administrators that speaks of the system.
        AdministratorRegister = "administrator-register",
        /// A register of service or vendor accounts.
        ServiceRegister = "service-register",
        /// Columns of a register.
        RegisterColumns = "register-columns",
        /// End of a contract.
        ContractEnd = "contract-end",
        /// Fine-grained password policies.
        FineGrainedPolicy = "fine-grained-policy",
        /// Preference files of group policies.
        GroupPolicyFiles = "group-policy-files",
        /// Name of the owner.
        PersonName = "name",
        /// Department of the owner.
        Department = "department",
        /// An earlier run that knows the system.
        PreviousRun = "previous-run",
        /// Roles or groups.
        Rights = "rights",
        /// A list of breached passwords.
        Corpus = "corpus",
        /// A form of the secret that a list of breached passwords holds.
        ListedForm = "listed-form",
        /// Security identifiers.
        Rid = "rid",
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
const COLUMNS: &[Lack] = &[
    Lack::LastUse,
    Lack::Created,
    Lack::Expires,
    Lack::SecondFactor,
    Lack::Changed,
    Lack::PasswordSet,
    Lack::Groups,
    Lack::LockedSince,
    Lack::Mail,
    Lack::PrimaryGroup,
    Lack::Job,
    Lack::Role,
];

/// A set of missing facts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Debug)]
pub(crate) struct Missing {
    /// Flags, by their number.
    flags: u64,
    /// Other facts, then topics of devices.
    others: u128,
}

/// Bits of other facts; topics have the rest.
const LACKS: u32 = 96;
const _: () = assert!(
    Lack::ALL.len() <= LACKS as usize && Topic::ALL.len() <= (u128::BITS - LACKS) as usize,
    "a set of missing facts has no room for another word"
);

impl Missing {
    /// Nothing is missing.
    pub(crate) const NONE: Self = Self { flags: 0, others: 0 };

    /// A flag that the export does not say.
    pub(crate) const fn flag(flag: Flag) -> Self {
        Self { flags: 1 << flag as u32, others: 0 }
    }

    /// Another fact that no export says.
    pub(crate) const fn lack(lack: Lack) -> Self {
        Self { flags: 0, others: 1 << lack as u32 }
    }

    /// A topic about which a device's configuration says nothing that its reader understands.
    pub(crate) const fn topic(topic: Topic) -> Self {
        Self { flags: 0, others: 1 << (LACKS + topic as u32) }
    }

    /// Adds another set.
    pub(crate) const fn add(&mut self, other: Self) {
        self.flags |= other.flags;
        self.others |= other.others;
    }

    /// True where nothing is missing.
    pub(crate) const fn is_none(self) -> bool {
        self.flags == 0 && self.others == 0
    }

    /// True where all of `other` is missing.
    pub(crate) const fn has(self, other: Self) -> bool {
        self.flags & other.flags == other.flags && self.others & other.others == other.others
    }

    /// The part that columns of an export would cure.
    pub(crate) fn columns(self) -> Self {
        let cured = COLUMNS.iter().filter(|&&lack| self.has(Self::lack(lack)));
        cured.fold(Self { others: 0, ..self }, |mut set, &lack| {
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
