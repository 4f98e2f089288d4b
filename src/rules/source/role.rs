//! What a column of a table means.

macro_rules! roles {
    ($($(#[$doc:meta])* $variant:ident = $word:literal),+ $(,)?) => {
        /// What a column means. Source files name columns by these words.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
        pub enum Role { $($(#[$doc])* $variant),+ }

        impl Role {
            /// Every role.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word of source files.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The role of a word.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

roles! {
    /// Login as the system writes it.
    Login = "login",
    /// The system's own id.
    Native = "native",
    /// A Windows security identifier.
    Sid = "sid",
    /// Distinguished name; its DC parts name the domain.
    Dn = "dn",
    /// Class of a directory object.
    ObjectClass = "object-class",
    /// Name for people.
    Name = "name",
    /// Reading of the name.
    Kana = "kana",
    /// Mail address.
    Mail = "mail",
    /// User principal name.
    Upn = "upn",
    /// Employee number.
    Employee = "employee",
    /// Department.
    Department = "department",
    /// Job.
    Job = "job",
    /// Role or rights group.
    RoleName = "role",
    /// Group names joined with `;`.
    Groups = "groups",
    /// Positive state: yes = can log in.
    Enabled = "enabled",
    /// Negative state: yes = cannot log in.
    Disabled = "disabled",
    /// State in words that explain themselves (有効, 停止, 退職).
    State = "state",
    /// userAccountControl.
    Uac = "uac",
    /// Day of creation.
    Created = "created",
    /// Day of the last change.
    Changed = "changed",
    /// Last use, by the system itself.
    LastUse = "last-use",
    /// Replicated logon stamp.
    LogonTimestamp = "logon-timestamp",
    /// Logon stamp of one domain controller.
    LastLogon = "last-logon",
    /// Last sign-in of a cloud directory.
    SignIn = "sign-in",
    /// Day the password was set.
    PasswordSet = "password-set",
    /// End of validity.
    Expires = "expires",
    /// The password never expires.
    NeverExpires = "password-never-expires",
    /// No password required.
    NotRequired = "password-not-required",
    /// Locked out.
    Locked = "locked",
    /// Administrator rights.
    Privileged = "privileged",
    /// adminCount.
    AdminCount = "admin-count",
    /// A guest.
    Guest = "guest",
    /// A second factor is registered.
    MfaRegistered = "mfa-registered",
    /// A second factor can be used.
    MfaCapable = "mfa-capable",
    /// A second factor is demanded.
    MfaEnforced = "mfa-enforced",
    /// Who asks for the second factor: this site, another company, a guest's own tenant.
    MfaSource = "mfa-source",
    /// Logs in from outside.
    Remote = "remote",
    /// NT hash in hex.
    NtHash = "nt-hash",
    /// Stored password in the scheme of `[secret]`.
    Secret = "secret",
    /// Salt of that secret.
    Salt = "salt",
    /// Last working day.
    Left = "left",
    /// First working day.
    Joined = "joined",
    /// Class of employment.
    Class = "class",
    /// Status of employment.
    Status = "status",
    /// Name of a system, in link tables.
    System = "system",
    /// Free text beside an account; only whether it looks as if it held a password is kept.
    Note = "note",
    /// Positive sense: a password is required.
    PasswordRequired = "password-required",
    /// Day on which the password expires; empty = never.
    PasswordExpires = "password-expires",
    /// Relative id of the primary group.
    PrimaryGroup = "primary-group",
    /// Must change the password at the next logon.
    MustChange = "must-change",
    /// The password can be decrypted.
    Reversible = "reversible-encryption",
    /// Logs in with a smart card.
    Smartcard = "smartcard-required",
    /// Only DES keys.
    DesOnly = "des-only",
    /// No pre-authentication.
    NoPreauth = "no-preauth",
    /// Unconstrained delegation may be used: yes = trusted.
    Delegation = "delegation",
    /// Must not be delegated.
    NotDelegated = "not-delegated",
    /// Has a service principal name.
    HasSpn = "has-spn",
    /// Identifiers of another domain; empty = none.
    SidHistory = "sid-history",
    /// msDS-SupportedEncryptionTypes.
    EncryptionTypes = "encryption-types",
    /// Service principal names; empty = none.
    ServicePrincipals = "service-principals",
    /// Services towards which the account may act for others; empty = none.
    Delegates = "delegates",
    /// Protocol transition: yes = allowed.
    ProtocolTransition = "protocol-transition",
    /// Computers that the account may log on to; empty = all.
    Workstations = "workstations",
    /// Never logged on: yes = never.
    NeverUsed = "never-used",
    /// Name of the PC that a local account belongs to.
    Host = "host",
    /// Kinds of factors that a login takes, all of them.
    Factors = "factors",
    /// Methods registered beside the password.
    Methods = "methods",
    /// Per-user MFA state of MSOnline: Enforced, Enabled, Disabled.
    MfaStatus = "mfa-status",
    /// Day by which a second factor is planned.
    MfaPlan = "mfa-plan",
    /// Family name, where it stands apart.
    FamilyName = "family-name",
    /// Given name, where it stands apart.
    GivenName = "given-name",
    /// Login of accounts whose first login is empty.
    SecondLogin = "second-login",
    /// Name of a property of the account.
    Property = "property",
    /// Value of that property.
    PropertyValue = "property-value",
    /// Earlier stored passwords, newest first.
    History = "history",
    /// What was done, in an access log.
    Event = "event",
    /// Whether it succeeded, in an access log.
    Success = "success",
    /// First day of a leave of absence.
    LeaveStart = "leave-start",
    /// Moment since which an account is locked by failed logons.
    LockedSince = "locked-since",
    /// State of a guest's invitation: PendingAcceptance, Accepted.
    Invitation = "invitation",
    /// A column of a register.
    Field = "field",
    /// Read and left alone.
    Ignore = "ignore",
}
