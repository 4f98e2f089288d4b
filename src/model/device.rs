//! What a configuration states about itself beside its secrets: the facts that device checks ask.

use crate::model::arena::Span;
use crate::model::credential::words;
use crate::model::file::Origin;

words! {
    /// What a fact is about. The words behind each name say how its value is written.
    Topic {
        /// How logins are checked: `local`, `radius`, `tacacs`, `ldap`, `external` (a server or group
        /// of servers of unknown kind), `line` and `enable` (a password without a name), `none`, in
        /// the order tried.
        LoginMethod = "login-method",
        /// Telnet management: `yes` or `no`.
        Telnet = "telnet",
        /// Management by HTTP without TLS: `yes` or `no`.
        Http = "http",
        /// From where management is allowed: the name of a list or a network; `any` = from everywhere.
        ManagementSource = "management-source",
        /// Minutes until an idle session ends; `0` = never.
        IdleMinutes = "idle-minutes",
        /// Shortest password that the device accepts.
        PasswordLength = "password-length",
        /// Days after which a password must be changed; `0` = never.
        PasswordAge = "password-age",
        /// Days without a login after which an account is locked; `0` = never.
        UnusedDays = "unused-days",
        /// Failed logins until lockout; `0` = no lockout.
        Lockout = "lockout",
        /// Whether the device obscures plain passwords in its configuration: `yes` or `no`.
        PasswordEncryption = "password-encryption",
        /// Where it sends its log.
        Syslog = "syslog",
        /// SNMP v1 or v2c: `ro` or `rw`, then ` acl` where a list restricts who may ask; `off` = no
        /// community is set.
        SnmpCommunity = "snmp-community",
        /// SNMP v3: `noauth`, `auth` or `priv`.
        SnmpUser = "snmp-user",
        /// Model as the configuration states it.
        Model = "model",
        /// Serial number as the configuration states it.
        Serial = "serial",
        /// A group that everybody is in and that is a member of a machine's administrators, by name.
        LocalAdministrators = "local-administrators",
        /// Address of the device itself.
        Address = "address",
    }
}

/// One fact about one device.
#[derive(Clone, Copy)]
pub struct Fact {
    /// The device.
    pub system: u16,
    /// What it is about.
    pub topic: Topic,
    /// The value in the words of its topic.
    pub value: Span,
    /// False for what the silence of the configuration means: it holds where no statement of the
    /// device is about the topic. A topic without any fact is unknown.
    pub stated: bool,
    /// Where it stands.
    pub origin: Origin,
}
