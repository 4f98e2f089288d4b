//! Juniper Junos, as `show configuration` and as `display set`.

use super::brace::{self, Style};
use super::forms::{self, Prefix, announced};
use super::table::Act::{
    Assumes, Elsewhere, Entity, Expires, Fact, Grants, Guard, Host, Quiet, Role, Says, Secret,
    Write,
};
use super::table::Class::{Admin, Community, Record, Remote, SnmpUser};
use super::table::{Rule, Table};
use super::text::lines;
use super::{Product, by_signs};
use crate::ingest::Claim;
use crate::ingest::source::Probe;
use crate::model::credential::{Kind, State};
use crate::model::device::Topic;
use std::borrow::Cow;
use std::sync::LazyLock;

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::new(&[RULES]));

/// Reader of Junos.
pub(in crate::ingest) static JUNOS: Product = Product {
    name: "junos",
    system: "juniper junos",
    claim,
    signs: &[SET, BRACE, OTHERS, USER],
    syntax: |text, line, gather| brace::read(&STYLE, text, line, gather),
    lines: true,
    table: &TABLE,
    admins: &["super-user", "superuser"],
    admin_by_default: false,
    sealed: SEALED,
    noise: &["groups", "configuration"],
};

const STYLE: Style = Style {
    semicolons: true,
    set: &["set"],
    off: &["deactivate"],
    ignored: &[
        "delete",
        "activate",
        "protect",
        "unprotect",
        "edit",
        "top",
        "up",
        "annotate",
        "rename",
        "insert",
    ],
    dropped: &[],
    programs: &[],
};

const RULES: &[Rule] = &[
    Rule("policy-options", Quiet),
    Rule("system license", Quiet),
    Rule("login class * permissions", Quiet),
    Rule("system host-name =", Host),
    Rule("system @root-authentication:root", Entity(Admin)),
    Rule("system @root-authentication:root", Grants),
    Rule("system @root-authentication:root encrypted-password =", Secret(Kind::Login, crypt)),
    Rule(
        "system @root-authentication:root plain-text-password-value =",
        Secret(Kind::Login, forms::plain),
    ),
    Rule("system login user @", Entity(Admin)),
    Rule("system login user @ class =", Role),
    Rule("system login user @ authentication encrypted-password =", Secret(Kind::Login, crypt)),
    Rule(
        "system login user @ authentication plain-text-password-value =",
        Secret(Kind::Login, forms::plain),
    ),
    Rule("access profile * client @", Entity(Remote)),
    Rule("access profile * client @ firewall-user password =", Secret(Kind::Login, value)),
    Rule("access profile * client @ chap-secret|pap-password =", Secret(Kind::Login, value)),
    Rule("access profile * client @ xauth ip-address *", Quiet),
    Rule("diag-port-authentication encrypted-password =", Secret(Kind::Other, crypt)),
    Rule("pic-console-authentication encrypted-password =", Secret(Kind::Other, crypt)),
    Rule("boot-loader-authentication encrypted-password =", Secret(Kind::Other, crypt)),
    Rule("radius-server @ secret =", Secret(Kind::RadiusKey, value)),
    Rule("radius-server @ preauthentication-secret =", Secret(Kind::RadiusKey, value)),
    Rule("accounting destination tacplus server @ secret =", Secret(Kind::TacacsKey, value)),
    Rule("radius server @ secret =", Secret(Kind::RadiusKey, value)),
    Rule("tacplus-server @ secret =", Secret(Kind::TacacsKey, value)),
    Rule("radius-options password-protocol", Quiet),
    Rule("ldap-options search admin-search password =", Secret(Kind::Other, value)),
    Rule("policy @ pre-shared-key ascii-text|hexadecimal =", Secret(Kind::IkePsk, value)),
    Rule("seeded-pre-shared-key ascii-text|hexadecimal =", Secret(Kind::IkePsk, value)),
    Rule(
        "manual direction * authentication key ascii-text|hexadecimal =",
        Secret(Kind::Other, value),
    ),
    Rule("manual direction * encryption key ascii-text|hexadecimal =", Secret(Kind::Other, value)),
    Rule("ppp-options chap default-chap-secret =", Secret(Kind::Ppp, value)),
    Rule(
        "ppp-options pap default-pap-password|local-password|default-password =",
        Secret(Kind::Ppp, value),
    ),
    Rule("ppp-options pap local-name * local-password =", Secret(Kind::Ppp, value)),
    Rule("neighbor @ authentication-key =", Secret(Kind::Routing, value)),
    Rule("interface @ authentication-key =", Secret(Kind::Routing, value)),
    Rule("group @ authentication-key =", Secret(Kind::Routing, value)),
    Rule("peer @ authentication-key =", Secret(Kind::Routing, value)),
    Rule("authentication-key-chains key-chain @ key * secret =", Secret(Kind::Routing, value)),
    Rule("ntp authentication-key @ type * value =", Secret(Kind::Other, value)),
    Rule("ntp authentication-key @ value =", Secret(Kind::Other, value)),
    Rule("ntp authentication-key * type *", Quiet),
    Rule("ntp server|peer * key *", Quiet),
    Rule("ntp trusted-key *", Quiet),
    Rule("interface @ authentication md5 * key =", Secret(Kind::Routing, value)),
    Rule("interface @ authentication simple-password =", Secret(Kind::Routing, value)),
    Rule("interface @ simple-password =", Secret(Kind::Routing, value)),
    Rule("authentication md5 * key =", Secret(Kind::Routing, value)),
    Rule("l2tp-tunnel|tunnel|group shared-secret|tunnel-password =", Secret(Kind::Other, value)),
    Rule("snmp community @", Entity(Community)),
    Rule("snmp community @ authorization =", Write(&["read-write"])),
    Rule("snmp community @ clients *", Guard(&[])),
    Rule("snmp community @ client-list-name *", Guard(&[])),
    Rule("snmp community @ routing-instance * client-list-name *", Guard(&[])),
    Rule("snmp v3 snmp-community @", Entity(Record)),
    Rule("snmp v3 snmp-community @ community-name =", Secret(Kind::SnmpCommunity, value)),
    Rule("v3 usm * user @", Entity(SnmpUser)),
    Rule("v3 usm remote-engine * user @", Entity(SnmpUser)),
    Rule(
        "user @ authentication-md5|authentication-sha authentication-password|authentication-key =",
        Secret(Kind::Snmpv3Auth, value),
    ),
    Rule(
        "user @ authentication-sha224|authentication-sha256|authentication-sha384|authentication-sha512 authentication-password|authentication-key =",
        Secret(Kind::Snmpv3Auth, value),
    ),
    Rule(
        "user @ privacy-des|privacy-3des|privacy-aes128 privacy-password|privacy-key =",
        Secret(Kind::Snmpv3Priv, value),
    ),
    Rule("trap-group * community *", Quiet),
    Rule("archive-sites @ password =", Secret(Kind::Other, value)),
    Rule("master-password", Quiet),
    Rule("wpa-psk|psk key =", Secret(Kind::WpaPsk, value)),
    Rule("dynamic-vpn clients * user *", Quiet),
    Rule("pre-shared-key ascii-text|hexadecimal =", Secret(Kind::IkePsk, value)),
    Rule("authentication-key =", Secret(Kind::Routing, value)),
    Rule("simple-password =", Secret(Kind::Routing, value)),
    Rule("interface @ hello-authentication-key =", Secret(Kind::Routing, value)),
    Rule("interface @ level * hello-authentication-key =", Secret(Kind::Routing, value)),
    Rule("shared-secret =", Secret(Kind::Other, value)),
    Rule("chap-secret|pap-password =", Secret(Kind::Ppp, value)),
    Rule("system authentication-order =", Fact(Topic::LoginMethod)),
    Rule("system root-authentication", Assumes(Topic::LoginMethod, "local")),
    Rule("system root-authentication", Assumes(Topic::Telnet, "no")),
    Rule("system root-authentication", Assumes(Topic::Http, "no")),
    Rule("system root-authentication", Assumes(Topic::SnmpCommunity, "off")),
    Rule("services telnet", Says(Topic::Telnet, "yes")),
    Rule("services web-management http", Says(Topic::Http, "yes")),
    Rule("login idle-timeout =", Fact(Topic::IdleMinutes)),
    Rule("login password minimum-length =", Fact(Topic::PasswordLength)),
    Rule("login password maximum-lifetime =", Fact(Topic::PasswordAge)),
    Rule("login retry-options tries-before-disconnect =", Fact(Topic::Lockout)),
    Rule("syslog host @", Fact(Topic::Syslog)),
    Rule("interfaces lo0 unit * family inet filter input =", Fact(Topic::ManagementSource)),
    Rule("login user @ authentication-type remote", Elsewhere),
    Rule("login user @ expires-on =", Expires),
];

/// `$9$` reads back, `$8$` needs the master password, crypt is one-way.
fn crypt(text: &str, behind: &[Cow<'_, str>]) -> (&'static str, State) {
    announced(text, SEALED).unwrap_or_else(|| forms::crypt(text, behind))
}

/// A secret that the device has to know: sealed, or as it was typed.
fn value(text: &str, _: &[Cow<'_, str>]) -> (&'static str, State) {
    announced(text, SEALED).unwrap_or(("", State::Plain))
}

const SEALED: &[Prefix] =
    &[("$9$", "junos-9", State::Reversible), ("$8$", "junos-8", State::ReversibleKeyed)];

const USER: &[&str] = &["set system login user "];

const SET: &[&str] = &[
    "set version ",
    "set groups ",
    "set system root-authentication ",
    "set system services ",
    "set system syslog ",
    "set interfaces ge-",
    "set interfaces xe-",
    "set interfaces lo0",
    "set interfaces fxp0",
    "set snmp ",
    "set protocols ",
    "set security ",
    "set routing-options ",
    "set policy-options ",
    "set apply-groups ",
    "set access ",
];

const BRACE: &[&str] = &[
    "## Last c",
    "version ",
    "host-name ",
    "root-authentication {",
    "apply-groups ",
    "routing-options {",
    "policy-options {",
    "family inet",
    "security {",
    "snmp {",
    "login {",
    "system {",
    "interfaces {",
    "protocols {",
    "access {",
    "groups {",
];

const OTHERS: &[&str] =
    &["mgt-config", "deviceconfig", "set mgt-config", "set deviceconfig", "config system"];

fn claim(probe: &Probe<'_>) -> Option<Claim> {
    let text = probe.body();
    if probe.signs(OTHERS) > 0 {
        return None;
    }
    let user = |line: &str| {
        line.starts_with(USER[0])
            && (line.contains(" class ") || line.contains("encrypted-password \""))
    };
    let users = probe.signs(USER) > 0 && lines(text).any(|(_, line, _)| user(line));
    let set = probe.signs(SET) + usize::from(users);
    let brace = if text.contains(';') { probe.signs(BRACE) } else { 0 };
    match (set, brace) {
        (_, 2..) => by_signs(brace, "Junos blocks"),
        (1.., _) => by_signs(set, "Junos set commands"),
        _ => None,
    }
}
