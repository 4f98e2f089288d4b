//! One entry of a directory: its attributes, noted while they pass.

use super::field::{FIELDS, Field, column};
use crate::ingest::framing::ldif::{Attribute, Form};

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
    /// Fields in the order they were met, and apart from them their attributes: a copy of both
    /// together would cost more than all that is asked about them.
    fields: Vec<Field>,
    attributes: Vec<Attribute<'a>>,
    /// Position in `fields` + 1 of each field; 0 = the entry has none.
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
            fields: Vec::new(),
            attributes: Vec::new(),
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
        self.fields.clear();
        self.attributes.clear();
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
            self.fields.push(field);
            self.attributes.push(attribute);
            *slot = self.fields.len() as u8;
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
        self.attributes.get(usize::from(slot).wrapping_sub(1))
    }

    /// Fields that the entry has, in the order they were met.
    pub(super) fn noted(&self) -> impl Iterator<Item = (Field, &Attribute<'a>)> {
        self.fields.iter().copied().zip(&self.attributes)
    }
}

/// A fault of a field that the entry has.
pub(super) fn of(code: &'static str, field: Field, entry: &Entry<'_>) -> Fault {
    let line = entry.attribute(field).map_or(entry.line, |attribute| attribute.line);
    Fault { code, line, column: column(field) }
}

/// Reason code of a value that is not what its form says.
pub(super) fn undecoded(attribute: &Attribute<'_>) -> &'static str {
    if attribute.form == Form::Hex { "bad-hex" } else { "bad-base64" }
}

/// A URL in place of a value is an attempt to have another file read.
pub(super) fn is_url(attribute: &Attribute<'_>) -> bool {
    attribute.form == Form::Url
}
