//! Yes/no facts about accounts, as known and value bits.

use crate::model::credential::words;
use crate::model::tri::Tri;

words! {
    /// A yes/no fact about an account.
    Flag {
        /// Can log in.
        Enabled = "enabled",
        /// A computer or other machine account.
        Machine = "machine",
        /// Ships with the product: Administrator, Guest, krbtgt.
        BuiltIn = "built-in",
        /// No password is required.
        PasswordNotRequired = "password-not-required",
        /// The password never expires.
        PasswordNeverExpires = "password-never-expires",
        /// The password is stored so that it can be decrypted.
        Reversible = "reversible-encryption",
        /// Must change the password at the next logon.
        MustChange = "must-change",
        /// Logs in with a smart card; the stored hash is random.
        SmartcardRequired = "smartcard-required",
        /// Locked out.
        Locked = "locked",
        /// A managed service account; its password is random.
        Managed = "managed-service-account",
        /// Administrator rights.
        Privileged = "privileged",
        /// A guest of a directory.
        Guest = "guest",
        /// A second factor is registered.
        MfaRegistered = "mfa-registered",
        /// The registered factor can be used.
        MfaCapable = "mfa-capable",
        /// A second factor is demanded.
        MfaEnforced = "mfa-enforced",
        /// Logs in from outside.
        Remote = "remote",
        /// A removed account that the system keeps as a tombstone.
        Tombstone = "tombstone",
        /// Administrator only by an old mark (adminCount).
        AdminCount = "admin-count",
        /// Pre-authentication is switched off.
        NoPreauth = "no-preauth",
        /// Only DES keys.
        DesOnly = "des-only",
        /// Unconstrained delegation.
        Delegation = "delegation",
        /// Protocol transition.
        ProtocolTransition = "protocol-transition",
        /// Must not be delegated.
        NotDelegated = "not-delegated",
        /// Has a service principal name.
        HasSpn = "has-spn",
        /// A shared account by declaration.
        Shared = "shared",
        /// Break-glass by declaration.
        BreakGlass = "break-glass",
        /// A register lists it as a program's.
        Service = "service",
        /// A register lists it as a maintenance company's.
        Vendor = "vendor",
        /// Merged into another row.
        Absorbed = "absorbed",
        /// An attribute holds a password that others may read: userPassword, unixUserPassword.
        PasswordAttribute = "password-attribute",
        /// Carries identifiers of another domain.
        SidHistory = "sid-history",
        /// The encryption types were set and leave AES out. Unset means that the default holds,
        /// which has AES.
        NoAes = "no-aes",
        /// A description or note looks as if it held a password. The text itself is not kept.
        NotedSecret = "noted-secret",
        /// A computer whose local administrator password is managed (LAPS).
        Laps = "laps",
        /// Left over where two copies of one entry were made at once (CNF:, $DUPLICATE-).
        Conflict = "conflict-object",
        /// A guest who has not accepted the invitation.
        Invited = "invitation-pending",
        /// A domain controller: delegation and its own group are right there.
        DomainController = "domain-controller",
        /// May act for others towards named services.
        ConstrainedDelegation = "constrained-delegation",
        /// The encryption types were set and name DES among them.
        DesAllowed = "des-allowed",
        /// May log on to named computers only.
        WorkstationLimit = "workstation-limit",
        /// A register lists it among the approved administrators.
        ApprovedAdministrator = "approved-administrator",
        /// All of its second factors are of the kinds that are easily talked out of somebody or
        /// redirected: SMS, telephone call, mail.
        MfaWeakOnly = "mfa-weak-only",
        /// A registered factor cannot be passed on to a false page: passkey, certificate.
        MfaResistant = "mfa-phishing-resistant",
        /// The second factor is asked for by somebody else: another company, a guest's own tenant.
        MfaDeclared = "mfa-declared",
    }
}

/// Known and value bits of all flags of one account.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Flags {
    known: u64,
    value: u64,
}

impl Flags {
    /// Reads a flag.
    pub const fn get(self, flag: Flag) -> Tri {
        let bit = 1_u64 << flag as u32;
        if self.known & bit == 0 {
            Tri::Unknown
        } else if self.value & bit == 0 {
            Tri::No
        } else {
            Tri::Yes
        }
    }

    /// Writes a flag; [`Tri::Unknown`] forgets it.
    pub const fn set(&mut self, flag: Flag, value: Tri) {
        let bit = 1_u64 << flag as u32;
        match value {
            Tri::Unknown => self.known &= !bit,
            Tri::No => {
                self.known |= bit;
                self.value &= !bit;
            }
            Tri::Yes => {
                self.known |= bit;
                self.value |= bit;
            }
        }
    }

    /// Bits of the flags that are set.
    pub const fn yes(self) -> u64 {
        self.known & self.value
    }

    /// Takes every flag that only `other` knows.
    pub const fn fill_from(&mut self, other: Self) {
        let new = other.known & !self.known;
        self.known |= new;
        self.value = (self.value & !new) | (other.value & new);
    }
}
