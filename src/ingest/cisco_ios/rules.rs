//! Statements by pattern: where a secret stands, and where a word only looks like one.
//!
//! In a pattern `*` is any word, `@` any word that names whom the secret belongs to; the secret
//! follows the pattern. Without `@` it belongs to what the section's heading names.

use super::value::Reach;
use crate::model::credential::Kind;

/// A statement that carries a secret.
pub(super) struct Rule {
    /// Beginning of the heading it stands under; empty = anywhere.
    pub(super) section: &'static str,
    pub(super) words: &'static str,
    pub(super) kind: Kind,
    pub(super) reach: Reach,
}

const fn rule(section: &'static str, words: &'static str, kind: Kind) -> Rule {
    Rule { section, words, kind, reach: Reach::Line }
}

const fn inside(section: &'static str, words: &'static str, kind: Kind) -> Rule {
    Rule { section, words, kind, reach: Reach::Word }
}

/// The first that fits wins, apart from a second secret on the same line.
pub(super) const RULES: &[Rule] = &[
    rule("line", "password", Kind::Line),
    rule("parser view", "secret", Kind::Enable),
    rule("radius server", "key", Kind::RadiusKey),
    rule("tacacs server", "key", Kind::TacacsKey),
    rule("radius-server host", "key", Kind::RadiusKey),
    rule("tacacs-server host", "key", Kind::TacacsKey),
    rule("aaa server radius dynamic-author", "client @ server-key", Kind::RadiusKey),
    rule("aaa server radius dynamic-author", "server-key", Kind::RadiusKey),
    rule("radius-server local", "user @ password", Kind::Other),
    rule("radius-server local", "nas @ key", Kind::RadiusKey),
    inside("", "crypto isakmp key", Kind::IkePsk),
    rule("crypto isakmp client configuration group", "key", Kind::IkePsk),
    rule("crypto isakmp peer address", "set aggressive-mode password", Kind::IkePsk),
    rule("crypto isakmp peer hostname", "set aggressive-mode password", Kind::IkePsk),
    rule("crypto keyring", "pre-shared-key address @ key", Kind::IkePsk),
    rule("crypto keyring", "pre-shared-key address @ * key", Kind::IkePsk),
    rule("crypto keyring", "pre-shared-key hostname @ key", Kind::IkePsk),
    rule("crypto ikev2 keyring", "pre-shared-key local", Kind::IkePsk),
    rule("crypto ikev2 keyring", "pre-shared-key remote", Kind::IkePsk),
    rule("crypto ikev2 keyring", "pre-shared-key hex", Kind::IkePsk),
    rule("crypto ikev2 keyring", "pre-shared-key", Kind::IkePsk),
    rule("crypto ipsec client ezvpn", "group @ key", Kind::IkePsk),
    rule("crypto ipsec client ezvpn", "username @ password", Kind::Other),
    rule("key chain", "key-string", Kind::Routing),
    rule("", "ppp chap password", Kind::Ppp),
    rule("", "ppp pap sent-username @ password", Kind::Ppp),
    rule("", "wpa-psk ascii", Kind::WpaPsk),
    rule("", "wpa-psk hex", Kind::WpaPsk),
    rule("", "security wpa psk set-key ascii", Kind::WpaPsk),
    rule("", "security wpa psk set-key hex", Kind::WpaPsk),
    rule("", "security wpa akm psk set-key ascii", Kind::WpaPsk),
    rule("", "security wpa akm psk set-key hex", Kind::WpaPsk),
    inside("", "encryption key * size *", Kind::WpaPsk),
    inside("", "encryption vlan * key * size *", Kind::WpaPsk),
    inside("", "mgmtuser username @ password", Kind::Other),
    inside("", "mgmtuser username @ password * * secret", Kind::Other),
    rule("", "ip ospf authentication-key", Kind::Routing),
    rule("", "ip ospf message-digest-key * md5", Kind::Routing),
    rule("", "area * authentication-key", Kind::Routing),
    rule("", "area * virtual-link * authentication-key", Kind::Routing),
    rule("", "area * virtual-link * message-digest-key * md5", Kind::Routing),
    inside("", "ipv6 ospf authentication ipsec spi * md5", Kind::Routing),
    inside("", "ipv6 ospf authentication ipsec spi * sha1", Kind::Routing),
    rule("", "neighbor @ password", Kind::Routing),
    rule("", "mpls ldp neighbor @ password", Kind::Routing),
    inside("", "isis password", Kind::Routing),
    inside("", "domain-password", Kind::Routing),
    inside("", "area-password", Kind::Routing),
    inside("", "standby * authentication md5 key-string", Kind::Routing),
    inside("", "standby authentication md5 key-string", Kind::Routing),
    rule("", "standby * authentication text", Kind::Routing),
    rule("", "standby * authentication", Kind::Routing),
    rule("", "standby authentication", Kind::Routing),
    inside("", "vrrp * authentication md5 key-string", Kind::Routing),
    rule("", "vrrp * authentication text", Kind::Routing),
    rule("", "vrrp * authentication", Kind::Routing),
    inside("", "glbp * authentication md5 key-string", Kind::Routing),
    rule("", "glbp * authentication text", Kind::Routing),
    rule("", "ip nhrp authentication", Kind::Routing),
    rule("", "l2tp tunnel password", Kind::Other),
    rule("", "vtp password", Kind::Other),
    rule("", "ip ftp password", Kind::Other),
    rule("", "ip http client password", Kind::Other),
    rule("", "cts credentials id @ password", Kind::Other),
    rule("", "credentials username @ password", Kind::Other),
    rule("", "authentication username @ password", Kind::Other),
    rule("dot1x credentials", "password", Kind::Other),
    rule("crypto pki trustpoint", "password", Kind::Other),
    rule("crypto ca trustpoint", "password", Kind::Other),
    rule("voice register", "username @ password", Kind::Other),
    rule("ephone", "username @ password", Kind::Other),
];

/// Statements with a word of the coverage list that hold no secret.
const HARMLESS: &[&str] = &[
    "aaa",
    "accept-lifetime",
    "alias",
    "access-list",
    "authentication key-management",
    "authentication local pre-share",
    "authentication pre-share",
    "authentication remote pre-share",
    "banner",
    "crypto ca",
    "crypto ikev2 keyring",
    "crypto isakmp client configuration group",
    "crypto isakmp keepalive",
    "crypto key",
    "crypto keyring",
    "crypto pki",
    "description",
    "dot1x credentials",
    "encryption mode",
    "ip ssh",
    "ip http secure",
    "key chain",
    "key config-key",
    "key-hash",
    "key-server",
    "key-string",
    "logging",
    "mpls ldp password required",
    "name",
    "ntp broadcast",
    "ntp peer",
    "ntp server",
    "ntp trusted-key",
    "password encryption",
    "password strength",
    "privilege",
    "remark",
    "security password",
    "security passwords",
    "send-lifetime",
    "service password-encryption",
    "service password-recovery",
    "snmp-server contact",
    "snmp-server enable",
    "snmp-server group",
    "snmp-server location",
    "snmp-server view",
    "tunnel key",
];

/// True where the words of `line` begin with those of `pattern`. Returns what follows and the word
/// that `@` stood for.
pub(super) fn fit<'l>(line: &'l str, pattern: &str) -> Option<(&'l str, &'l str)> {
    let (mut rest, mut principal) = (line, "");
    for wanted in pattern.split_ascii_whitespace() {
        let (word, behind) = super::value::word(rest)?;
        match wanted {
            "*" => {}
            "@" => principal = word.trim_matches('"'),
            _ if word == wanted => {}
            _ => return None,
        }
        rest = behind;
    }
    Some((rest, principal))
}

/// True for statements that are known to hold no secret although a word suggests it.
pub(super) fn harmless(line: &str, section: &str) -> bool {
    if HARMLESS.iter().any(|known| fit(line, known).is_some()) {
        return true;
    }
    let words: Vec<&str> = line.split_ascii_whitespace().collect();
    // Of communities only those of SNMP are secret; BGP has communities of its own.
    let community = line.contains("community") && words.first() != Some(&"snmp-server");
    let named = words
        .iter()
        .any(|w| w.ends_with("key-chain") || matches!(*w, "keychain" | "key-management"));
    let numbered = words.len() == 2 && words[0] == "key" && words[1].parse::<u32>().is_ok();
    let public = fit(section, "crypto key").is_some() || fit(section, "crypto pki").is_some();
    let ageing = fit(line, "username * passphrase").is_some();
    community || named || numbered || public || ageing
}
