//! VyOS, Vyatta and Ubiquiti EdgeOS: config.boot and `set` commands.

use super::brace::{self, Style};
use super::forms::{self, Prefix, announced, plain};
use super::table::Act::{
    Assumes, Entity, Fact, Factor, Guard, Host, Off, Quiet, Role, Says, Secret, Write,
};
use super::table::Class::{Admin, Community, Remote, SnmpUser};
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

/// Reader of VyOS and EdgeOS.
pub(in crate::ingest) static VYOS: Product = Product {
    name: "vyos",
    system: "vyos",
    claim,
    signs: &[SET, BRACE, OTHERS],
    syntax: |text, line, gather| brace::read(&STYLE, text, line, gather),
    lines: true,
    table: &TABLE,
    admins: &["admin"],
    admin_by_default: true,
    sealed: &[],
    noise: &["configuration", "vpn", "remote-access", "authentication", "service"],
};

const STYLE: Style = Style {
    semicolons: false,
    set: &["set"],
    off: &["deactivate"],
    ignored: &["delete", "comment", "edit", "top", "up", "commit", "save", "exit", "configure"],
    dropped: &[],
    programs: &[],
};

const RULES: &[Rule] = &[
    Rule("system host-name =", Host),
    Rule("system host-name =", Assumes(Topic::SnmpCommunity, "off")),
    Rule("authentication mode pre-shared-secret", Quiet),
    Rule("system login user @", Entity(Admin)),
    Rule("system login user @ level =", Role),
    Rule("system login user @ authentication encrypted-password =", Secret(Kind::Login, crypt)),
    Rule("system login user @ authentication plaintext-password =", Secret(Kind::Login, plain)),
    Rule("system login user @ authentication otp key", Factor),
    Rule("system login user @ authentication otp key =", Secret(Kind::Other, plain)),
    Rule("system login user @ authentication public-keys", Quiet),
    Rule("system login user @ disable", Off(&[])),
    Rule("login radius server|radius-server @ key|secret =", Secret(Kind::RadiusKey, plain)),
    Rule("login radius-server @ secret =", Secret(Kind::RadiusKey, plain)),
    Rule("login tacacs server @ key =", Secret(Kind::TacacsKey, plain)),
    Rule("local-users username @", Entity(Remote)),
    Rule("local-users username @ password =", Secret(Kind::Login, plain)),
    Rule("local-users username @ otp key", Factor),
    Rule("local-users username @ otp key =", Secret(Kind::Other, plain)),
    Rule("local-users username @ disable", Off(&[])),
    Rule("radius server|radius-server @ key|secret =", Secret(Kind::RadiusKey, plain)),
    Rule("radius-server @ key|secret =", Secret(Kind::RadiusKey, plain)),
    Rule("radius dynamic-author|dae-server key|secret =", Secret(Kind::RadiusKey, plain)),
    Rule("peer @ authentication pre-shared-secret =", Secret(Kind::IkePsk, plain)),
    Rule("connection @ authentication pre-shared-secret =", Secret(Kind::IkePsk, plain)),
    Rule("profile @ authentication pre-shared-secret =", Secret(Kind::IkePsk, plain)),
    Rule("authentication psk @ secret =", Secret(Kind::IkePsk, plain)),
    Rule("authentication pre-shared-secret =", Secret(Kind::IkePsk, plain)),
    Rule("wireguard @ private-key =", Secret(Kind::PrivateKey, plain)),
    Rule("peer @ preshared-key =", Secret(Kind::IkePsk, plain)),
    Rule("interfaces wireless @ security wpa passphrase =", Secret(Kind::WpaPsk, plain)),
    Rule("wpa passphrase =", Secret(Kind::WpaPsk, plain)),
    Rule("pppoe @ authentication password =", Secret(Kind::Ppp, plain)),
    Rule("pppoe @ password =", Secret(Kind::Ppp, plain)),
    Rule("sstpc|l2tp-client|pptp-client @ authentication password =", Secret(Kind::Ppp, plain)),
    Rule("authentication user|username * password =", Secret(Kind::Other, plain)),
    Rule("dynamic interface @ service * password =", Secret(Kind::Other, plain)),
    Rule("dynamic name|address @ password =", Secret(Kind::Other, plain)),
    Rule("dynamic name|address * key *", Quiet),
    Rule("tsig-key @ secret =", Secret(Kind::Other, plain)),
    Rule("neighbor @ password =", Secret(Kind::Routing, plain)),
    Rule("peer-group @ password =", Secret(Kind::Routing, plain)),
    Rule("authentication md5 key-id * md5-key =", Secret(Kind::Routing, plain)),
    Rule("md5-key =", Secret(Kind::Routing, plain)),
    Rule("authentication plaintext-password|password =", Secret(Kind::Routing, plain)),
    Rule("authentication md5 * password =", Secret(Kind::Routing, plain)),
    Rule("snmp community @", Entity(Community)),
    Rule("snmp community @ authorization =", Write(&["rw"])),
    Rule("snmp community @ client|network *", Guard(&[])),
    Rule("trap-target @ community =", Secret(Kind::SnmpCommunity, plain)),
    Rule("v3 user @", Entity(SnmpUser)),
    Rule("v3 trap-target @", Entity(SnmpUser)),
    Rule(
        "v3 user|trap-target @ auth plaintext-password|plaintext-key =",
        Secret(Kind::Snmpv3Auth, plain),
    ),
    Rule(
        "v3 user|trap-target @ auth encrypted-password|encrypted-key =",
        Secret(Kind::Snmpv3Auth, forms::unknown),
    ),
    Rule(
        "v3 user|trap-target @ privacy plaintext-password|plaintext-key =",
        Secret(Kind::Snmpv3Priv, plain),
    ),
    Rule(
        "v3 user|trap-target @ privacy encrypted-password|encrypted-key =",
        Secret(Kind::Snmpv3Priv, forms::unknown),
    ),
    Rule("pki certificate|ca|key-pair @ private key =", Secret(Kind::PrivateKey, plain)),
    Rule("pki openvpn shared-secret @ key =", Secret(Kind::Other, plain)),
    Rule("pki openssh @ private key =", Secret(Kind::PrivateKey, plain)),
    Rule("private password-protected|passphrase", Quiet),
    // The public half of a peer.
    Rule("rsa-key-name @ rsa-key", Quiet),
    Rule("https api keys id @ key =", Secret(Kind::Other, plain)),
    Rule("policy", Quiet),
    Rule("service telnet", Says(Topic::Telnet, "yes")),
    Rule("gui http-port *", Says(Topic::Http, "yes")),
    Rule("syslog host @", Fact(Topic::Syslog)),
    Rule("syslog remote @", Fact(Topic::Syslog)),
    Rule("ssh listen-address =", Fact(Topic::ManagementSource)),
];

/// The two systems kept the name and changed the algorithm.
fn crypt(text: &str, behind: &[Cow<'_, str>]) -> (&'static str, State) {
    const OWN: &[Prefix] =
        &[("$1$", "edgeos-md5crypt", State::Hash), ("$6$", "vyos-sha512crypt", State::Hash)];
    announced(text, OWN).unwrap_or_else(|| forms::crypt(text, behind))
}

const SET: &[&str] = &[
    "set interfaces ethernet eth",
    "set interfaces bonding ",
    "set interfaces wireguard ",
    "set interfaces openvpn ",
    "set service ",
    "set vpn ipsec ",
    "set vpn l2tp ",
    "set system host-name '",
    "set system login user ",
    "set firewall ",
    "set nat source ",
    "set nat destination ",
    "set pki ",
];

const BRACE: &[&str] = &[
    "ethernet eth",
    "encrypted-password ",
    "plaintext-password ",
    "host-name ",
    "login {",
    "service {",
    "interfaces {",
    "system {",
];

const OTHERS: &[&str] = &[
    "set system root-authentication",
    "set interfaces ge-",
    "set version ",
    "set snmp ",
    "set protocols lldp",
];

fn claim(probe: &Probe<'_>) -> Option<Claim> {
    let text = probe.body();
    if text.contains("vyos-config-version") || text.contains("vyatta-config-version") {
        return Some(Claim { score: 96, reason: "configuration version mark" });
    }
    let set = probe.signs(SET);
    let quoted =
        |(_, line, _): (_, &str, _)| line.starts_with("set ") && line.trim_end().ends_with('\'');
    if set > 0 && probe.signs(OTHERS) == 0 && (set > 1 || lines(text).any(quoted)) {
        return by_signs(set, "VyOS set commands");
    }
    let brace = probe.signs(BRACE);
    let ends = |(_, line, _): (_, &str, _)| line.trim_end().ends_with(';');
    if brace > 1 && !lines(text).any(ends) { by_signs(brace, "VyOS blocks") } else { None }
}
