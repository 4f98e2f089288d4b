//! Palo Alto PAN-OS and Panorama: the XML file, `show` with braces, and `set` lines.

use super::brace::{self, Style};
use super::forms::{self, Prefix, announced};
use super::gather::Gather;
use super::table::Act::{
    Assumes, Elsewhere, Entity, Fact, Grants, Host, Off, Quiet, Role, Says, Secret,
};
use super::table::Class::{Admin, Community, Remote, SnmpUser};
use super::table::{Rule, Table};
use super::{Product, by_signs, xml};
use crate::ingest::Claim;
use crate::ingest::source::Probe;
use crate::model::credential::{Kind, State};
use crate::model::device::Topic;
use std::borrow::Cow;
use std::sync::LazyLock;

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::new(&[RULES]));

/// Reader of PAN-OS.
pub(in crate::ingest) static PANOS: Product = Product {
    name: "panos",
    system: "palo alto pan-os",
    claim,
    signs: &[SET, BRACE],
    syntax,
    lines: true,
    table: &TABLE,
    admins: &[],
    admin_by_default: false,
    sealed: SEALED,
    noise: &[
        "config",
        "devices",
        "localhost.localdomain",
        "vsys",
        "template",
        "response",
        "result",
    ],
};

const STYLE: Style = Style {
    semicolons: true,
    set: &["set"],
    off: &[],
    ignored: &["delete", "edit", "rename", "copy", "move"],
    dropped: &[],
    programs: &[],
};

const RULES: &[Rule] = &[
    Rule("deviceconfig system hostname =", Host),
    Rule("mgt-config users @", Entity(Admin)),
    Rule("mgt-config users @ permissions role-based *", Role),
    Rule("mgt-config users @ permissions role-based superuser yes", Grants),
    Rule("mgt-config users @ phash =", Secret(Kind::Login, phash)),
    Rule("mgt-config users @ password =", Secret(Kind::Login, sealed)),
    Rule("mgt-config users @ authentication-profile =", Elsewhere),
    Rule("mgt-config users @ client-certificate-only yes", Elsewhere),
    Rule("mgt-config users @ public-key", Quiet),
    Rule("mgt-config password-complexity minimum-length =", Fact(Topic::PasswordLength)),
    Rule(
        "mgt-config password-complexity password-change expiration-period =",
        Fact(Topic::PasswordAge),
    ),
    Rule("mgt-config password-complexity", Quiet),
    Rule("local-user-database user @", Entity(Remote)),
    Rule("local-user-database user @ phash =", Secret(Kind::Login, phash)),
    Rule("local-user-database user @ password =", Secret(Kind::Login, sealed)),
    Rule("local-user-database user @ disabled =", Off(&["yes"])),
    Rule("gateway @ authentication pre-shared-key key =", Secret(Kind::IkePsk, sealed)),
    Rule("authentication pre-shared-key key =", Secret(Kind::IkePsk, sealed)),
    Rule("ike-crypto-profiles|ipsec-crypto-profiles", Quiet),
    Rule("radius @ server @ secret =", Secret(Kind::RadiusKey, sealed)),
    Rule("tacplus @ server @ secret =", Secret(Kind::TacacsKey, sealed)),
    Rule("server @ secret =", Secret(Kind::RadiusKey, sealed)),
    Rule("ldap @ bind-password =", Secret(Kind::Other, sealed)),
    Rule("v2c snmp-community-string @", Entity(Community)),
    Rule("v2c server @ community =", Secret(Kind::SnmpCommunity, sealed)),
    Rule("v3 users @", Entity(SnmpUser)),
    Rule("v3 users @ authpwd =", Secret(Kind::Snmpv3Auth, sealed)),
    Rule("v3 users @ privpwd =", Secret(Kind::Snmpv3Priv, sealed)),
    Rule("v3 server @", Entity(SnmpUser)),
    Rule("v3 server @ authpwd =", Secret(Kind::Snmpv3Auth, sealed)),
    Rule("v3 server @ privpwd =", Secret(Kind::Snmpv3Priv, sealed)),
    Rule("bgp auth-profile @ secret =", Secret(Kind::Routing, sealed)),
    Rule("auth-profile @ secret|password =", Secret(Kind::Routing, sealed)),
    Rule("auth-profile @ md5 * key =", Secret(Kind::Routing, sealed)),
    Rule("pppoe password =", Secret(Kind::Ppp, sealed)),
    Rule("certificate @ private-key =", Secret(Kind::PrivateKey, sealed)),
    Rule("ssl-decrypt", Quiet),
    Rule("community", Quiet),
    Rule("authentication-key-chain|key-name|api-key-lifetime", Quiet),
    Rule(
        "shared-secret|group-password|proxy-password|bind-password|client-secret =",
        Secret(Kind::Other, sealed),
    ),
    Rule("service disable-telnet no", Says(Topic::Telnet, "yes")),
    Rule("service disable-telnet yes", Says(Topic::Telnet, "no")),
    Rule("service disable-http no", Says(Topic::Http, "yes")),
    Rule("service disable-http yes", Says(Topic::Http, "no")),
    Rule("interface-management-profile * telnet yes", Says(Topic::Telnet, "yes")),
    Rule("interface-management-profile * http yes", Says(Topic::Http, "yes")),
    Rule("interface-management-profile * permitted-ip @", Fact(Topic::ManagementSource)),
    Rule("system permitted-ip @", Fact(Topic::ManagementSource)),
    Rule("deviceconfig system ip-address", Assumes(Topic::ManagementSource, "any")),
    Rule("deviceconfig system ip-address", Assumes(Topic::LoginMethod, "local")),
    Rule("deviceconfig system ip-address", Assumes(Topic::Telnet, "no")),
    Rule("deviceconfig system ip-address", Assumes(Topic::Http, "no")),
    Rule("deviceconfig system ip-address", Assumes(Topic::SnmpCommunity, "off")),
    Rule("system ip-address =", Fact(Topic::Address)),
    Rule("management idle-timeout =", Fact(Topic::IdleMinutes)),
    Rule("management admin-lockout failed-attempts =", Fact(Topic::Lockout)),
    Rule("deviceconfig system authentication-profile =", Says(Topic::LoginMethod, "external")),
    Rule("syslog * server * server =", Fact(Topic::Syslog)),
];

const SEALED: &[Prefix] = &[("-AQ==", "panos-aes", State::Reversible)];

/// The password hash of an administrator or local user.
fn phash(text: &str, behind: &[Cow<'_, str>]) -> (&'static str, State) {
    const OWN: &[Prefix] = &[
        ("$1$", "panos-phash-md5crypt", State::Hash),
        ("$5$", "panos-phash-sha256crypt", State::Hash),
    ];
    let found = announced(text, OWN).unwrap_or_else(|| forms::crypt(text, behind));
    if found.0 == "descrypt" { ("panos-phash-descrypt", State::Hash) } else { found }
}

/// Encrypted under the master key of the device, which often is the default one.
fn sealed(text: &str, _: &[Cow<'_, str>]) -> (&'static str, State) {
    announced(text, SEALED).unwrap_or(("", State::Plain))
}

fn syntax(text: &str, line: u32, gather: &mut Gather<'_>) {
    if text.trim_start().starts_with('<') {
        xml::read(&[], text, line, gather);
    } else {
        brace::read(&STYLE, text, line, gather);
    }
}

const SET: &[&str] = &[
    "set mgt-config ",
    "set deviceconfig ",
    "set shared ",
    "set network interface ",
    "set network ike ",
    "set network virtual-router ",
    "set network profiles ",
    "set vsys ",
    "set rulebase ",
    "set template ",
    "set device-group ",
];

const BRACE: &[&str] = &[
    "mgt-config {",
    "deviceconfig {",
    "local-user-database {",
    "phash ",
    "permissions {",
    "vsys {",
    "zone {",
];

fn claim(probe: &Probe<'_>) -> Option<Claim> {
    let text = probe.body();
    if text.trim_start().starts_with('<') {
        let head = text.get(..4096).unwrap_or(text);
        let own = head.contains("<config ") || head.contains("<config>");
        let tables =
            ["<mgt-config>", "<deviceconfig>", "<entry name=\"localhost.localdomain\"", "urldb="];
        let known = own && tables.iter().any(|table| text.contains(table));
        return known.then_some(Claim { score: 95, reason: "PAN-OS XML" });
    }
    let (set, brace) = (probe.signs(SET), probe.signs(BRACE));
    if brace > 0 && text.contains(';') {
        return by_signs(brace + 1, "PAN-OS blocks");
    }
    by_signs(set, "PAN-OS set commands")
}
