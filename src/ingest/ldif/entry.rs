//! One entry of a directory: its attributes, noted while they pass and decoded when it ends.

use crate::ingest::framing::ldif::{Attribute, Form};

/// Attributes with one value that an account or group needs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Field {
    Dn,
    Login,
    Uid,
    Sid,
    Control,
    PasswordSet,
    LogonTimestamp,
    LastLogon,
    Created,
    Changed,
    Expires,
    Lockout,
    AdminCount,
    EmployeeId,
    EmployeeNumber,
    DisplayName,
    CommonName,
    Mail,
    Upn,
    Department,
    Title,
    Kana,
    PrimaryGroup,
    Deleted,
    GroupType,
    ChangeType,
    Description,
    Info,
    Comment,
    EncryptionTypes,
    MinLength,
    History,
    Properties,
    Complexity,
    Reversible,
    Threshold,
    Window,
    Duration,
    MaxAge,
    MinAge,
    Precedence,
    EmployeeType,
    SearchResult,
}

const FIELDS: usize = Field::SearchResult as usize + 1;

/// What an attribute name means here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum What {
    One(Field),
    Class,
    MemberOf,
    Member,
    ServicePrincipal,
    /// A password that others may read. Its value is never decoded.
    Password,
    SidHistory,
    /// The day on which LAPS changes a computer's local password.
    Laps,
    /// A service towards which the account may act for others.
    Delegates,
    /// The computers that the account may log on to.
    Workstations,
    /// Who a fine-grained password policy is for.
    AppliesTo,
    /// Returned only where all attributes were asked for.
    WholeObject,
    /// Part of the frame, not of an entry: `version`, `search`, `control`, `ref`.
    Frame,
    Nothing,
}

/// The meaning of an attribute's name.
#[inline]
pub(super) fn what(name: &[u8]) -> What {
    let candidates = NAMES.get(name.len()).copied().unwrap_or_default();
    let same = |candidate: &&(&str, What)| candidate.0.as_bytes().eq_ignore_ascii_case(name);
    candidates.iter().find(same).map_or(What::Nothing, |candidate| candidate.1)
}

/// True for attributes with several values, which tables join with `;`.
pub(super) const fn is_list(what: What) -> bool {
    use What::{AppliesTo, Class, Member, MemberOf, ServicePrincipal};
    matches!(what, AppliesTo | Class | Member | MemberOf | ServicePrincipal)
}

/// The names of each length, as Active Directory and `OpenLDAP` write them; case does not matter.
pub(super) static NAMES: [&[(&str, What)]; 41] = {
    use Field as F;
    use What::{AppliesTo, Class, Frame, Laps, Member, MemberOf, One, Password, WholeObject};
    let mut names: [&[(&str, What)]; 41] = [&[]; 41];
    names[2] = &[("cn", One(F::CommonName)), ("dn", One(F::Dn))];
    names[3] = &[("uid", One(F::Uid)), ("ref", Frame)];
    names[4] = &[("mail", One(F::Mail)), ("info", One(F::Info))];
    names[5] = &[("title", One(F::Title))];
    names[6] = &[("member", Member), ("result", One(F::SearchResult)), ("search", Frame)];
    names[7] = &[("version", Frame), ("control", Frame), ("comment", One(F::Comment))];
    names[8] = &[("memberOf", MemberOf)];
    names[9] = &[
        ("objectSid", One(F::Sid)),
        ("lastLogon", One(F::LastLogon)),
        ("groupType", One(F::GroupType)),
        ("isDeleted", One(F::Deleted)),
        ("maxPwdAge", One(F::MaxAge)),
        ("minPwdAge", One(F::MinAge)),
    ];
    names[10] = &[
        ("pwdLastSet", One(F::PasswordSet)),
        ("department", One(F::Department)),
        ("employeeID", One(F::EmployeeId)),
        ("adminCount", One(F::AdminCount)),
        ("changetype", One(F::ChangeType)),
        ("sIDHistory", What::SidHistory),
    ];
    names[11] = &[
        ("objectClass", Class),
        ("whenCreated", One(F::Created)),
        ("whenChanged", One(F::Changed)),
        ("displayName", One(F::DisplayName)),
        ("lockoutTime", One(F::Lockout)),
        ("description", One(F::Description)),
    ];
    names[12] = &[
        ("employeeType", One(F::EmployeeType)),
        ("userPassword", Password),
        ("minPwdLength", One(F::MinLength)),
        ("instanceType", WholeObject),
    ];
    names[13] = &[("pwdProperties", One(F::Properties))];
    names[14] = &[
        ("sAMAccountName", One(F::Login)),
        ("accountExpires", One(F::Expires)),
        ("primaryGroupID", One(F::PrimaryGroup)),
        ("employeeNumber", One(F::EmployeeNumber)),
    ];
    names[15] = &[("lockoutDuration", One(F::Duration))];
    names[16] = &[
        ("unixUserPassword", Password),
        ("userWorkstations", What::Workstations),
        ("pwdHistoryLength", One(F::History)),
        ("lockoutThreshold", One(F::Threshold)),
    ];
    names[17] = &[("userPrincipalName", One(F::Upn)), ("msDS-PSOAppliesTo", AppliesTo)];
    names[18] =
        &[("userAccountControl", One(F::Control)), ("lastLogonTimestamp", One(F::LogonTimestamp))];
    names[20] = &[
        ("servicePrincipalName", What::ServicePrincipal),
        ("msDS-LockoutDuration", One(F::Duration)),
    ];
    names[21] = &[("msDS-LockoutThreshold", One(F::Threshold))];
    names[23] =
        &[("msDS-MaximumPasswordAge", One(F::MaxAge)), ("msDS-MinimumPasswordAge", One(F::MinAge))];
    names[24] = &[
        ("msDS-PhoneticDisplayName", One(F::Kana)),
        ("lockOutObservationWindow", One(F::Window)),
        ("msDS-AllowedToDelegateTo", What::Delegates),
    ];
    names[26] = &[
        ("msDS-PasswordHistoryLength", One(F::History)),
        ("msDS-MinimumPasswordLength", One(F::MinLength)),
    ];
    names[27] = &[("ms-Mcs-AdmPwdExpirationTime", Laps)];
    names[29] = &[
        ("msDS-LockoutObservationWindow", One(F::Window)),
        ("msDS-SupportedEncryptionTypes", One(F::EncryptionTypes)),
        ("msLAPS-PasswordExpirationTime", Laps),
    ];
    names[30] = &[("msDS-PasswordComplexityEnabled", One(F::Complexity))];
    names[31] = &[("msDS-PasswordSettingsPrecedence", One(F::Precedence))];
    names[40] = &[("msDS-PasswordReversibleEncryptionEnabled", One(F::Reversible))];
    names
};

/// Name of a field as problems show it: ours, never the export's.
pub(super) const fn column(field: Field) -> &'static str {
    match field {
        Field::Dn => "dn",
        Field::Login => "sAMAccountName",
        Field::Uid => "uid",
        Field::Sid => "objectSid",
        Field::Control => "userAccountControl",
        Field::PasswordSet => "pwdLastSet",
        Field::LogonTimestamp => "lastLogonTimestamp",
        Field::LastLogon => "lastLogon",
        Field::Created => "whenCreated",
        Field::Changed => "whenChanged",
        Field::Expires => "accountExpires",
        Field::Lockout => "lockoutTime",
        Field::AdminCount => "adminCount",
        Field::EmployeeId => "employeeID",
        Field::EmployeeNumber => "employeeNumber",
        Field::DisplayName => "displayName",
        Field::CommonName => "cn",
        Field::Mail => "mail",
        Field::Upn => "userPrincipalName",
        Field::Department => "department",
        Field::Title => "title",
        Field::Kana => "msDS-PhoneticDisplayName",
        Field::PrimaryGroup => "primaryGroupID",
        Field::Deleted => "isDeleted",
        Field::GroupType => "groupType",
        Field::ChangeType => "changetype",
        Field::Description => "description",
        Field::Info => "info",
        Field::Comment => "comment",
        Field::EncryptionTypes => "msDS-SupportedEncryptionTypes",
        Field::MinLength => "minPwdLength",
        Field::History => "pwdHistoryLength",
        Field::Properties => "pwdProperties",
        Field::Complexity => "msDS-PasswordComplexityEnabled",
        Field::Reversible => "msDS-PasswordReversibleEncryptionEnabled",
        Field::Threshold => "lockoutThreshold",
        Field::Window => "lockoutObservationWindow",
        Field::Duration => "lockoutDuration",
        Field::MaxAge => "maxPwdAge",
        Field::MinAge => "minPwdAge",
        Field::Precedence => "msDS-PasswordSettingsPrecedence",
        Field::EmployeeType => "employeeType",
        Field::SearchResult => "result",
    }
}

/// Classes of an entry that decide what it is.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) struct Classes(u16);

impl Classes {
    pub(super) const USER: Self = Self(1);
    pub(super) const COMPUTER: Self = Self(2);
    pub(super) const GROUP: Self = Self(4);
    pub(super) const MANAGED: Self = Self(8);
    pub(super) const PERSON: Self = Self(16);
    pub(super) const CONTACT: Self = Self(32);
    pub(super) const DOMAIN: Self = Self(64);
    pub(super) const POLICY: Self = Self(128);
    const OTHER: Self = Self(256);

    fn add(&mut self, name: &[u8]) {
        let known: &[(&str, Self)] = &[
            ("user", Self::USER),
            ("group", Self::GROUP),
            ("computer", Self::COMPUTER),
            ("person", Self::PERSON),
            ("inetOrgPerson", Self::PERSON),
            ("posixAccount", Self::PERSON),
            ("contact", Self::CONTACT),
            ("domainDNS", Self::DOMAIN),
            ("msDS-PasswordSettings", Self::POLICY),
            ("groupOfNames", Self::GROUP),
            ("groupOfUniqueNames", Self::GROUP),
            ("msDS-ManagedServiceAccount", Self::MANAGED),
            ("msDS-GroupManagedServiceAccount", Self::MANAGED),
            ("msDS-DelegatedManagedServiceAccount", Self::MANAGED),
        ];
        let same = |known: &&(&str, Self)| known.0.as_bytes().eq_ignore_ascii_case(name);
        self.0 |= known.iter().find(same).map_or(Self::OTHER, |known| known.1).0;
    }

    pub(super) const fn has(self, class: Self) -> bool {
        self.0 & class.0 != 0
    }

    pub(super) const fn any(self) -> bool {
        self.0 != 0
    }
}

/// Attributes of which only the presence counts.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is an attribute of its own")]
pub(super) struct Seen {
    pub(super) spn: bool,
    pub(super) password: bool,
    pub(super) sid_history: bool,
    pub(super) laps: bool,
    pub(super) delegates: bool,
    pub(super) workstations: bool,
    pub(super) whole: bool,
}

impl Seen {
    pub(super) const fn add(&mut self, other: Self) {
        self.spn |= other.spn;
        self.password |= other.password;
        self.sid_history |= other.sid_history;
        self.laps |= other.laps;
        self.delegates |= other.delegates;
        self.workstations |= other.workstations;
        self.whole |= other.whole;
    }
}

/// Something that spoils the entry.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fault {
    pub(super) code: &'static str,
    pub(super) line: u32,
    pub(super) column: &'static str,
}

/// The attributes of the entry being read.
pub(super) struct Entry<'a> {
    noted: Vec<(Field, Attribute<'a>)>,
    /// Position in `noted` + 1 of each field; 0 = the entry has none.
    slots: [u8; FIELDS],
    pub(super) classes: Classes,
    pub(super) line: u32,
    pub(super) frame_only: bool,
    pub(super) seen: Seen,
    /// One bit for each field that any entry of the block had.
    pub(super) used: u64,
    pub(super) fault: Option<Fault>,
    class: Vec<u8>,
}

impl<'a> Entry<'a> {
    /// An entry without attributes.
    pub(super) const fn new() -> Self {
        Self {
            noted: Vec::new(),
            slots: [0; FIELDS],
            classes: Classes(0),
            line: 0,
            frame_only: true,
            seen: Seen {
                spn: false,
                password: false,
                sid_history: false,
                laps: false,
                delegates: false,
                workstations: false,
                whole: false,
            },
            used: 0,
            fault: None,
            class: Vec::new(),
        }
    }

    /// Forgets the entry before.
    pub(super) fn clear(&mut self) {
        self.noted.clear();
        self.slots = [0; FIELDS];
        self.classes = Classes::default();
        (self.line, self.frame_only, self.fault) = (0, true, None);
        self.seen = Seen::default();
    }

    /// Notes the line of the entry's beginning.
    pub(super) fn meet(&mut self, line: u32) {
        if self.line == 0 {
            self.line = line;
        }
    }

    /// Notes an attribute with one value; of several the first counts.
    pub(super) fn note(&mut self, field: Field, attribute: Attribute<'a>) {
        let slot = &mut self.slots[field as usize];
        if *slot == 0 {
            self.used |= 1 << field as u64;
            self.noted.push((field, attribute));
            *slot = self.noted.len() as u8;
        } else if field == Field::Dn {
            // Two entries without an empty line between them: nobody knows what belongs to whom.
            self.spoil("bad-ldif", attribute.line, "dn");
        }
    }

    pub(super) fn add_class(&mut self, attribute: &Attribute<'_>) {
        if let Some(name) = attribute.plain() {
            return self.classes.add(name);
        }
        self.class.clear();
        if attribute.append_to(&mut self.class).is_some() {
            self.classes.add(&self.class);
        }
    }

    pub(super) fn spoil(&mut self, code: &'static str, line: u32, column: &'static str) {
        self.fault.get_or_insert(Fault { code, line, column });
    }

    pub(super) fn has(&self, field: Field) -> bool {
        self.slots[field as usize] != 0
    }

    pub(super) fn attribute(&self, field: Field) -> Option<&Attribute<'a>> {
        let slot = self.slots[field as usize];
        self.noted.get(usize::from(slot).wrapping_sub(1)).map(|noted| &noted.1)
    }
}

/// Decoded values of one entry, end to end in one buffer that is used again.
pub(super) struct Values {
    text: String,
    /// The security identifier may be binary.
    sid: Vec<u8>,
    ranges: [(u32, u32); FIELDS],
}

impl Values {
    /// No values yet.
    pub(super) const fn new() -> Self {
        Self { text: String::new(), sid: Vec::new(), ranges: [(0, 0); FIELDS] }
    }

    /// Decodes every field that was noted.
    pub(super) fn load(&mut self, entry: &Entry<'_>) -> Result<(), Fault> {
        let mut bytes = std::mem::take(&mut self.text).into_bytes();
        bytes.clear();
        self.sid.clear();
        self.ranges = [(0, 0); FIELDS];
        for (field, attribute) in &entry.noted {
            let buffer = if *field == Field::Sid { &mut self.sid } else { &mut bytes };
            let start = buffer.len() as u32;
            attribute.append_to(buffer).ok_or_else(|| of(undecoded(attribute), *field, entry))?;
            self.ranges[*field as usize] = (start, buffer.len() as u32);
        }
        // One check of everything; which field is to blame is asked only when there is one.
        if memchr::memchr(0, &bytes).is_some() {
            return Err(self.blame(&bytes, "nul-byte", entry, |value| !value.contains(&0)));
        }
        match String::from_utf8(bytes) {
            Ok(text) => self.text = text,
            Err(error) => {
                let good = |value: &[u8]| str::from_utf8(value).is_ok();
                return Err(self.blame(error.as_bytes(), "bad-utf8", entry, good));
            }
        }
        Ok(())
    }

    fn blame(
        &self,
        bytes: &[u8],
        code: &'static str,
        entry: &Entry<'_>,
        good: impl Fn(&[u8]) -> bool,
    ) -> Fault {
        let bad = |field: &Field| {
            let (start, end) = self.ranges[*field as usize];
            *field != Field::Sid && !good(&bytes[start as usize..end as usize])
        };
        let field = entry.noted.iter().map(|noted| noted.0).find(bad);
        of(code, field.unwrap_or(Field::Dn), entry)
    }

    /// The value of a field as it was decoded; empty where the entry has none.
    pub(super) fn bytes(&self, field: Field) -> &[u8] {
        let (start, end) = self.ranges[field as usize];
        let buffer = if field == Field::Sid { &self.sid } else { self.text.as_bytes() };
        &buffer[start as usize..end as usize]
    }

    /// The text of a field; empty where the entry has none.
    pub(super) fn text(&self, field: Field, entry: &Entry<'_>) -> Result<&str, Fault> {
        let bad = || of("bad-utf8", field, entry);
        if field == Field::Sid {
            return str::from_utf8(&self.sid).map_err(|_| bad());
        }
        let (start, end) = self.ranges[field as usize];
        // Halves of one character in two fields are good together and bad alone.
        self.text.get(start as usize..end as usize).ok_or_else(bad)
    }

    /// The number of a field, exactly.
    pub(super) fn number(&self, field: Field, entry: &Entry<'_>) -> Result<Option<i64>, Fault> {
        match self.bytes(field).trim_ascii() {
            [] => Ok(None),
            bytes => integer(bytes).map(Some).ok_or_else(|| of("bad-number", field, entry)),
        }
    }
}

/// Names of the fields in a set of bits, as problems show them.
pub(super) fn names(used: u64) -> Vec<String> {
    let every = NAMES.iter().flat_map(|names| names.iter());
    let fields = every.filter_map(|(_, what)| match what {
        What::One(field) if used & 1 << *field as u64 != 0 => Some(column(*field).to_owned()),
        _ => None,
    });
    let mut names: Vec<String> = fields.collect();
    names.sort();
    names.dedup();
    names
}

/// A decimal number of up to 64 bits with a sign.
fn integer(bytes: &[u8]) -> Option<i64> {
    let (sign, digits) = match bytes {
        [b'-', digits @ ..] => (-1, digits),
        digits => (1, digits),
    };
    if digits.is_empty() {
        return None;
    }
    digits.iter().try_fold(0_i64, |number, &byte| {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        number.checked_mul(10)?.checked_add(sign * i64::from(digit))
    })
}

/// A fault of a field that the entry has.
pub(super) fn of(code: &'static str, field: Field, entry: &Entry<'_>) -> Fault {
    let line = entry.attribute(field).map_or(entry.line, |attribute| attribute.line);
    Fault { code, line, column: column(field) }
}

/// Reason code of a value that is not what its form says.
fn undecoded(attribute: &Attribute<'_>) -> &'static str {
    if attribute.form == Form::Hex { "bad-hex" } else { "bad-base64" }
}

/// A URL in place of a value is an attempt to have another file read.
pub(super) fn is_url(attribute: &Attribute<'_>) -> bool {
    attribute.form == Form::Url
}
