//! Attributes of a directory that mean something here, and their names.

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

pub(super) const FIELDS: usize = Field::SearchResult as usize + 1;

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
    // Names of one length mostly differ in these two; a comparison is worth its call only then.
    let outline = |name: &[u8]| (name[0] | 0x20, name[name.len() / 2] | 0x20);
    let same = |candidate: &&(&str, What)| {
        let known = candidate.0.as_bytes();
        outline(known) == outline(name) && (known == name || known.eq_ignore_ascii_case(name))
    };
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
