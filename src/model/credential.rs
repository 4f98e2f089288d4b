//! A stored credential: whose, of what kind, in which form. The secret itself stays in the pool.

use crate::model::arena::{NameId, Span};
use crate::model::file::Origin;
use crate::model::secret::SecretId;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// Every value, in the order of the contract.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word that stands in CSV files.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The value of a word.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}
pub(crate) use words;

words! {
    /// What a secret is for.
    Kind {
        /// A person or program logs in with it.
        Login = "login",
        /// Privileged mode of a device.
        Enable = "enable",
        /// A console or terminal line.
        Line = "line",
        /// SNMP v1/v2c community.
        SnmpCommunity = "snmp-community",
        /// SNMPv3 authentication.
        Snmpv3Auth = "snmpv3-auth",
        /// SNMPv3 privacy.
        Snmpv3Priv = "snmpv3-priv",
        /// RADIUS shared secret.
        RadiusKey = "radius-key",
        /// TACACS shared secret.
        TacacsKey = "tacacs-key",
        /// Pre-shared key of an IPsec tunnel.
        IkePsk = "ike-psk",
        /// Pre-shared key of a wireless network.
        WpaPsk = "wpa-psk",
        /// PPP or PPPoE client secret.
        Ppp = "ppp",
        /// Routing protocol key.
        Routing = "routing",
        /// Passphrase of a key.
        KeyPassphrase = "key-passphrase",
        /// Password inside a URL.
        UrlPassword = "url-password",
        /// A private key itself.
        PrivateKey = "private-key",
        /// Anything else.
        Other = "other",
    }
}

/// Principal of the password that a Windows machine keeps to log on by itself.
pub const AUTOMATIC_LOGON: &str = "DefaultPassword";

words! {
    /// In which form a secret is stored.
    State {
        /// The text is the password.
        Plain = "plain",
        /// Decodes without a key that is not in the file.
        Reversible = "reversible",
        /// Decodes only with a key of the device or its operator.
        ReversibleKeyed = "reversible-keyed",
        /// One-way.
        Hash = "hash",
        /// The device or exporter replaced it.
        Masked = "masked",
        /// A person or tool replaced it, or it does not fit its scheme.
        Placeholder = "placeholder",
        /// The account exists but no password opens it.
        Locked = "locked",
        /// Opens without a password.
        NoPassword = "no-password",
        /// The scheme is not known.
        Unknown = "unknown",
    }
}

/// One stored secret. 48 bytes.
#[derive(Clone, Copy)]
pub struct Credential {
    /// Row of the account in the inventory.
    pub account: u32,
    /// What it is for.
    pub kind: Kind,
    /// The state that the reader saw; the engine may refine a `Hash` after parsing.
    pub state: State,
    /// 0 = current, n = n-th previous.
    pub depth: u8,
    /// Privilege on a device (15 = everything); 0 where the export has no such number.
    pub privilege: u8,
    /// Scheme as the reader names it; empty = by announced prefix.
    pub scheme: NameId,
    /// Who the secret belongs to where that is not the account: a peer, a group, a host.
    pub principal: Span,
    /// Parameters that stand outside the stored text: a salt, a user name, a realm.
    pub salt: Span,
    /// The secret.
    pub secret: SecretId,
    /// Where it stands.
    pub origin: Origin,
}
