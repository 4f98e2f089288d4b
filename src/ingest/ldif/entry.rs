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
    fields: [Option<Attribute<'a>>; FIELDS],
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
        let class = std::mem::take(&mut self.class);
        *self = Self { class, frame_only: true, ..Self::default() };
    }

    /// Notes the line of the entry's beginning.
    pub(super) fn meet(&mut self, line: u32) {
        if self.line == 0 {
            self.line = line;
        }
    }

    /// Notes an attribute with one value; of several the first counts.
    pub(super) fn note(&mut self, field: Field, attribute: Attribute<'a>) {
        let slot = &mut self.fields[field as usize];
        if slot.is_none() {
            *slot = Some(attribute);
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
        self.fields[field as usize].is_some()
    }

    pub(super) fn attribute(&self, field: Field) -> Option<&Attribute<'a>> {
        self.fields[field as usize].as_ref()
    }
}

/// Decoded values of one entry, end to end in one buffer that is used again.
#[derive(Default)]
pub(super) struct Values {
    bytes: Vec<u8>,
    ranges: [(u32, u32); FIELDS],
}

impl Values {
    /// Decodes every field that was noted.
    pub(super) fn load(&mut self, entry: &Entry<'_>) -> Result<(), Fault> {
        self.bytes.clear();
        self.ranges = [(0, 0); FIELDS];
        for (field, range) in entry.fields.iter().zip(&mut self.ranges) {
            let Some(attribute) = field else { continue };
            let start = self.bytes.len() as u32;
            if attribute.append_to(&mut self.bytes).is_none() {
                return Err(fault("bad-base64", attribute));
            }
            *range = (start, self.bytes.len() as u32);
        }
        Ok(())
    }

    pub(super) fn bytes(&self, field: Field) -> &[u8] {
        let (start, end) = self.ranges[field as usize];
        &self.bytes[start as usize..end as usize]
    }

    /// The text of a field; empty where the entry has none.
    pub(super) fn text(&self, field: Field, entry: &Entry<'_>) -> Result<&str, Fault> {
        let text = str::from_utf8(self.bytes(field)).map_err(|_| of("bad-utf8", field, entry))?;
        if text.contains('\0') {
            return Err(of("nul-byte", field, entry));
        }
        Ok(text)
    }

    /// The number of a field, exactly.
    pub(super) fn number(&self, field: Field, entry: &Entry<'_>) -> Result<Option<i64>, Fault> {
        let bytes = self.bytes(field).trim_ascii();
        if bytes.is_empty() {
            return Ok(None);
        }
        let text = str::from_utf8(bytes).ok();
        let number = text.and_then(|text| text.parse().ok());
        number.map(Some).ok_or_else(|| of("bad-number", field, entry))
    }
}

/// A fault of a field that the entry has.
pub(super) fn of(code: &'static str, field: Field, entry: &Entry<'_>) -> Fault {
    let line = entry.attribute(field).map_or(entry.line, |attribute| attribute.line);
    Fault { code, line, column: column(field) }
}

fn fault(code: &'static str, attribute: &Attribute<'_>) -> Fault {
    let column = match what(attribute.name) {
        What::One(field) => column(field),
        _ => "",
    };
    Fault { code, line: attribute.line, column }
}

/// A URL in place of a value is an attempt to have another file read.
pub(super) fn is_url(attribute: &Attribute<'_>) -> bool {
    attribute.form == Form::Url
}
