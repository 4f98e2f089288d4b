//! Check Point Gaia: `show configuration` of clish.

use super::brace::{self, Style};
use super::forms::{self, plain};
use super::table::Act::{Entity, Fact, Grants, Host, Off, Quiet, Role, Says, Secret, Write};
use super::table::Class::{Admin, Community, SnmpUser};
use super::table::{Rule, Table};
use super::{Product, by_signs};
use crate::ingest::Claim;
use crate::ingest::source::Probe;
use crate::model::credential::Kind;
use crate::model::device::Topic;
use std::sync::LazyLock;

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::new(&[RULES]));

/// Reader of Gaia.
pub(in crate::ingest) static GAIA: Product = Product {
    name: "gaia",
    system: "check point gaia",
    claim,
    signs: &[SIGNS, HEADING],
    syntax: |text, line, gather| brace::read(&STYLE, text, line, gather),
    lines: true,
    table: &TABLE,
    admins: &["adminRole", "0"],
    admin_by_default: false,
    sealed: &[],
    noise: &[],
};

const STYLE: Style = Style {
    semicolons: false,
    set: &["set", "add"],
    off: &[],
    ignored: &["delete", "save", "lock", "unlock"],
    dropped: &["rba"],
    programs: &[],
};

const RULES: &[Rule] = &[
    Rule("^hostname =", Host),
    Rule("^user @", Entity(Admin)),
    Rule("^user @ uid|roles =", Role),
    Rule("^user @ password-hash =", Secret(Kind::Login, forms::crypt)),
    Rule("^user @ newpass =", Secret(Kind::Login, plain)),
    Rule("^user @ lock-out on", Off(&[])),
    Rule("^user * force-password-change *", Quiet),
    Rule("^@expert-password-hash:expert", Entity(Admin)),
    Rule("^@expert-password-hash:expert", Grants),
    Rule("^@expert-password-hash:expert =", Secret(Kind::Enable, forms::crypt)),
    Rule("^@expert-password:expert", Entity(Admin)),
    Rule("^@expert-password:expert =", Secret(Kind::Enable, forms::crypt)),
    Rule("grub2-password-hash =", Secret(Kind::Other, forms::crypt)),
    Rule("grub-password-hash =", Secret(Kind::Other, forms::crypt)),
    Rule("snmp community @", Entity(Community)),
    Rule("snmp community @ =", Write(&["read-write"])),
    Rule("snmp usm user @", Entity(SnmpUser)),
    Rule("snmp * user-list", Quiet),
    Rule("auth-pass-phrase =", Secret(Kind::Snmpv3Auth, plain)),
    Rule("auth-pass-phrase-hashed =", Secret(Kind::Snmpv3Auth, forms::unknown)),
    Rule("privacy-pass-phrase =", Secret(Kind::Snmpv3Priv, plain)),
    Rule("privacy-pass-phrase-hashed =", Secret(Kind::Snmpv3Priv, forms::unknown)),
    Rule("receiver @ version * community =", Secret(Kind::SnmpCommunity, plain)),
    Rule("radius-servers priority * host @ port * secret =", Secret(Kind::RadiusKey, plain)),
    Rule("radius-servers priority * host @ secret =", Secret(Kind::RadiusKey, plain)),
    Rule("radius-servers priority @ secret =", Secret(Kind::RadiusKey, plain)),
    Rule("tacacs-servers priority * server @ key =", Secret(Kind::TacacsKey, plain)),
    Rule("tacacs-servers priority @ key =", Secret(Kind::TacacsKey, plain)),
    Rule(
        "interface @ authtype simple|md5|cleartext secret|password =",
        Secret(Kind::Routing, plain),
    ),
    Rule("authtype simple|md5|cleartext secret|password =", Secret(Kind::Routing, plain)),
    Rule("interface @ authtype simple|cleartext =", Secret(Kind::Routing, plain)),
    Rule("authtype simple|cleartext =", Secret(Kind::Routing, plain)),
    Rule("authtype md5 key * secret =", Secret(Kind::Routing, plain)),
    Rule("authtype md5 key * algorithm * secret =", Secret(Kind::Routing, plain)),
    Rule("md5-key|auth-key =", Secret(Kind::Routing, plain)),
    Rule("ntp authentication-key * value =", Secret(Kind::Other, plain)),
    Rule("password-controls min-password-length =", Fact(Topic::PasswordLength)),
    Rule("password-controls password-expiration =", Fact(Topic::PasswordAge)),
    Rule("password-controls deny-on-nonuse allowed-days =", Fact(Topic::UnusedDays)),
    Rule("password-controls deny-on-fail failures-allowed =", Fact(Topic::Lockout)),
    Rule("password-controls", Quiet),
    Rule("inactivity-timeout =", Fact(Topic::IdleMinutes)),
    Rule("net-access telnet on", Says(Topic::Telnet, "yes")),
    Rule("net-access telnet off", Says(Topic::Telnet, "no")),
    Rule("allowed-client host|network ipv4-address =", Fact(Topic::ManagementSource)),
    Rule("allowed-client host any-host", Quiet),
    Rule("syslog log-remote-address =", Fact(Topic::Syslog)),
    Rule("aaa tacacs-servers state on", Says(Topic::LoginMethod, "tacacs local")),
    Rule("community *", Quiet),
];

const HEADING: &[&str] = &["# Configuration of ", "# Language version"];

const SIGNS: &[&str] = &[
    "set expert-password",
    "set password-controls ",
    "set installer policy ",
    "set user admin password-hash ",
    "set user monitor ",
    "add rba ",
    "set inactivity-timeout ",
    "add allowed-client ",
    "set net-access ",
    "set management interface ",
    "set core-dump ",
    "set clienv ",
    "set web ",
    "set interface eth",
];

fn claim(probe: &Probe<'_>) -> Option<Claim> {
    if probe.signs(HEADING) == HEADING.len() {
        return Some(Claim { score: 96, reason: "clish heading" });
    }
    let count = probe.signs(SIGNS);
    if count > 1 { by_signs(count, "Gaia commands") } else { None }
}
