//! Which settings hold a secret, and of what kind.

use crate::ingest::device::secret_word;
use crate::model::credential::Kind;

/// (beginning of the table's name, setting, kind); an empty name means any table.
pub(super) const SECRETS: &[(&str, &str, Kind)] = &[
    ("user radius", "secret", Kind::RadiusKey),
    ("user radius", "secondary-secret", Kind::RadiusKey),
    ("user radius", "tertiary-secret", Kind::RadiusKey),
    ("user radius", "rsso-secret", Kind::RadiusKey),
    ("system admin radius", "secret", Kind::RadiusKey),
    ("system admin radius", "secondary-secret", Kind::RadiusKey),
    ("system admin tacacs", "key", Kind::TacacsKey),
    ("system admin tacacs", "secondary-key", Kind::TacacsKey),
    ("system admin tacacs", "tertiary-key", Kind::TacacsKey),
    ("user tacacs+", "key", Kind::TacacsKey),
    ("user tacacs+", "secondary-key", Kind::TacacsKey),
    ("user tacacs+", "tertiary-key", Kind::TacacsKey),
    ("vpn ipsec", "psksecret", Kind::IkePsk),
    ("vpn ipsec", "psksecret-remote", Kind::IkePsk),
    ("vpn ipsec", "ppk-secret", Kind::IkePsk),
    ("vpn ipsec", "authpasswd", Kind::Other),
    ("wireless-controller", "passphrase", Kind::WpaPsk),
    ("wireless-controller", "sae-password", Kind::WpaPsk),
    ("wireless-controller", "secret", Kind::RadiusKey),
    ("system interface", "password", Kind::Ppp),
    ("system pppoe-interface", "password", Kind::Ppp),
    ("system modem", "passwd", Kind::Ppp),
    ("system snmp user", "auth-pwd", Kind::Snmpv3Auth),
    ("system snmp user", "priv-pwd", Kind::Snmpv3Priv),
    ("system ntp", "key", Kind::Other),
    ("router", "password", Kind::Routing),
    ("router", "authentication-key", Kind::Routing),
    ("router", "key-string", Kind::Routing),
    ("router", "md5-key", Kind::Routing),
    ("router", "auth-password-l1", Kind::Routing),
    ("router", "auth-password-l2", Kind::Routing),
    ("", "password", Kind::Other),
    ("", "passwd", Kind::Other),
    ("", "passphrase", Kind::Other),
    ("", "secret", Kind::Other),
    ("", "ddns-password", Kind::Other),
    ("", "login-passwd", Kind::Other),
    ("", "proxy-password", Kind::Other),
    ("", "psksecret", Kind::Other),
    ("", "shared-secret", Kind::Other),
];

/// Kind of the secret that a setting holds.
pub(super) fn kind(table: &str, setting: &str) -> Option<Kind> {
    place(table, setting).map(|at| SECRETS[at].2)
}

/// The row that tells about a setting.
pub(super) fn place(table: &str, setting: &str) -> Option<usize> {
    SECRETS.iter().position(|row| row.1 == setting && table.starts_with(row.0))
}

/// The word that makes an unknown setting look like a secret; `None` where it is known not to be.
pub(super) fn suspicious(table: &str, setting: &str, values: &[String]) -> Option<&'static str> {
    const ENDS: [&str; 19] = [
        "-policy",
        "-time",
        "-status",
        "-expire",
        "-id",
        "-type",
        "-length",
        "-lifetime",
        "-format",
        "-algo",
        "-size",
        "-mode",
        "-name",
        "-interval",
        "-renewal",
        "-attr",
        "-usage",
        "-level",
        "-exchange",
    ];
    let word = secret_word(setting)?;
    let switch =
        |v: &String| matches!(v.as_str(), "enable" | "disable" | "") || v.parse::<f64>().is_ok();
    let harmless = values.iter().all(switch)
        || ENDS.iter().any(|end| setting.ends_with(end))
        || setting.starts_with("ssh-public-key")
        || setting == "public-key"
        // Communities of BGP, key chains by name.
        || (table.starts_with("router") && (word == "community" || setting.ends_with("key-chain")
            || setting.ends_with("keychain")))
        || table.starts_with("system password-policy");
    (!harmless).then_some(word)
}

/// Tables whose secrets belong to the factory or to keys that are not compared.
pub(super) fn ignored(table: &str) -> bool {
    const TABLES: [&str; 6] = [
        "vpn certificate",
        "certificate",
        "firewall ssh",
        "system replacemsg",
        "system sshkey",
        "firewall internet-service",
    ];
    TABLES.iter().any(|known| table.starts_with(known))
}
