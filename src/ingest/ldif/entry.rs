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
    /// Part of the frame, not of an entry: `version`, `search`, `control`, `ref`.
    Frame,
    Nothing,
}

/// Names by length, as Active Directory and `OpenLDAP` write them; case does not matter.
#[inline]
pub(super) fn what(name: &[u8]) -> What {
    use Field::{
        AdminCount, ChangeType, CommonName, Control, Created, Deleted, Department, DisplayName, Dn,
        EmployeeId, EmployeeNumber, Expires, GroupType, Kana, LastLogon, Lockout, Login,
        LogonTimestamp, Mail, PasswordSet, PrimaryGroup, SearchResult, Sid, Title, Uid, Upn,
    };
    use What::{Class, Frame, Member, MemberOf, Nothing, One, ServicePrincipal};
    let candidates: &[(&str, What)] = match name.len() {
        2 => &[("cn", One(CommonName)), ("dn", One(Dn))],
        3 => &[("uid", One(Uid)), ("ref", Frame)],
        4 => &[("mail", One(Mail))],
        5 => &[("title", One(Title))],
        6 => &[("member", Member), ("result", One(SearchResult)), ("search", Frame)],
        7 => &[("version", Frame), ("control", Frame)],
        8 => &[("memberOf", MemberOf)],
        9 => &[
            ("objectSid", One(Sid)),
            ("lastLogon", One(LastLogon)),
            ("groupType", One(GroupType)),
            ("isDeleted", One(Deleted)),
        ],
        10 => &[
            ("pwdLastSet", One(PasswordSet)),
            ("department", One(Department)),
            ("employeeID", One(EmployeeId)),
            ("adminCount", One(AdminCount)),
            ("changetype", One(ChangeType)),
        ],
        11 => &[
            ("objectClass", Class),
            ("whenCreated", One(Created)),
            ("whenChanged", One(Field::Changed)),
            ("displayName", One(DisplayName)),
            ("lockoutTime", One(Lockout)),
        ],
        14 => &[
            ("sAMAccountName", One(Login)),
            ("accountExpires", One(Expires)),
            ("primaryGroupID", One(PrimaryGroup)),
            ("employeeNumber", One(EmployeeNumber)),
        ],
        17 => &[("userPrincipalName", One(Upn))],
        18 => &[("userAccountControl", One(Control)), ("lastLogonTimestamp", One(LogonTimestamp))],
        20 => &[("servicePrincipalName", ServicePrincipal)],
        24 => &[("msDS-PhoneticDisplayName", One(Kana))],
        _ => return Nothing,
    };
    let same = |candidate: &&(&str, What)| candidate.0.as_bytes().eq_ignore_ascii_case(name);
    candidates.iter().find(same).map_or(Nothing, |candidate| candidate.1)
}

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
        Field::SearchResult => "result",
    }
}

/// Classes of an entry that decide what it is.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) struct Classes(u8);

impl Classes {
    pub(super) const USER: Self = Self(1);
    pub(super) const COMPUTER: Self = Self(2);
    pub(super) const GROUP: Self = Self(4);
    pub(super) const MANAGED: Self = Self(8);
    pub(super) const PERSON: Self = Self(16);
    pub(super) const CONTACT: Self = Self(32);
    const OTHER: Self = Self(64);

    fn add(&mut self, name: &[u8]) {
        let known: &[(&str, Self)] = &[
            ("user", Self::USER),
            ("group", Self::GROUP),
            ("computer", Self::COMPUTER),
            ("person", Self::PERSON),
            ("inetOrgPerson", Self::PERSON),
            ("posixAccount", Self::PERSON),
            ("contact", Self::CONTACT),
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

/// Something that spoils the entry.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fault {
    pub(super) code: &'static str,
    pub(super) line: u32,
    pub(super) column: &'static str,
}

/// The attributes of the entry being read.
#[derive(Default)]
pub(super) struct Entry<'a> {
    noted: Vec<(Field, Attribute<'a>)>,
    /// Position in `noted` + 1 of each field; 0 = the entry has none.
    slots: [u8; FIELDS],
    pub(super) classes: Classes,
    pub(super) line: u32,
    pub(super) frame_only: bool,
    pub(super) has_spn: bool,
    pub(super) fault: Option<Fault>,
    class: Vec<u8>,
}

impl<'a> Entry<'a> {
    /// Forgets the entry before.
    pub(super) fn clear(&mut self) {
        self.noted.clear();
        self.slots = [0; FIELDS];
        self.classes = Classes::default();
        (self.line, self.frame_only, self.has_spn, self.fault) = (0, true, false, None);
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
#[derive(Default)]
pub(super) struct Values {
    text: String,
    /// The security identifier may be binary.
    sid: Vec<u8>,
    ranges: [(u32, u32); FIELDS],
}

impl Values {
    /// Decodes every field that was noted.
    pub(super) fn load(&mut self, entry: &Entry<'_>) -> Result<(), Fault> {
        let mut bytes = std::mem::take(&mut self.text).into_bytes();
        bytes.clear();
        self.sid.clear();
        self.ranges = [(0, 0); FIELDS];
        for (field, attribute) in &entry.noted {
            let buffer = if *field == Field::Sid { &mut self.sid } else { &mut bytes };
            let start = buffer.len() as u32;
            attribute.append_to(buffer).ok_or_else(|| of("bad-base64", *field, entry))?;
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

/// A URL in place of a value is an attempt to have another file read.
pub(super) fn is_url(attribute: &Attribute<'_>) -> bool {
    attribute.form == Form::Url
}
