//! Citrix NetScaler `ns.conf`.

use super::brace::{self, Style};
use super::forms::is_hex;
use super::table::Act::{Entity, Fact, Grants, Host, Quiet, Role, Says, Seconds, Secret, Write};
use super::table::Class::{Admin, Community, Record, Remote, SnmpUser};
use super::table::{Rule, Table};
use super::{Product, by_signs};
use crate::ingest::Claim;
use crate::ingest::source::Probe;
use crate::model::credential::{Kind, State};
use crate::model::device::Topic;
use std::borrow::Cow;
use std::sync::LazyLock;

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::new(&[RULES]));

/// Reader of NetScaler.
pub(in crate::ingest) static NETSCALER: Product = Product {
    name: "netscaler",
    system: "citrix netscaler",
    claim,
    signs: &[SIGNS],
    syntax: |text, line, gather| brace::read(&STYLE, text, line, gather),
    lines: true,
    table: &TABLE,
    admins: &["superuser"],
    admin_by_default: false,
    sealed: &[],
    noise: &[],
};

const STYLE: Style = Style {
    semicolons: false,
    set: &["set", "add", "bind"],
    off: &[],
    ignored: &["unset", "rm", "enable", "disable", "link", "save", "unbind"],
    dropped: &[],
    programs: &[],
};

const RULES: &[Rule] = &[
    Rule("ns hostName =", Host),
    Rule("ns hostname =", Host),
    Rule("system user @", Entity(Admin)),
    Rule("system user @nsroot:nsroot", Grants),
    Rule("system user @ superuser *", Grants),
    Rule("system user @ operator|network|read-only *", Role),
    Rule("system user @ = -encrypted|-hashmethod", Secret(Kind::Login, login)),
    Rule("system user @ -password =", Secret(Kind::Login, value)),
    Rule("aaa user @", Entity(Remote)),
    Rule("aaa user @ -password =", Secret(Kind::Login, value)),
    Rule("db user @ -password =", Secret(Kind::Other, value)),
    Rule("radiusAction|tacacsAction|ldapAction @", Entity(Record)),
    Rule("lb monitor @", Entity(Record)),
    Rule("ssl certKey @", Entity(Record)),
    Rule("-radKey|-radkey =", Secret(Kind::RadiusKey, value)),
    Rule("-tacacsSecret|-tacacssecret =", Secret(Kind::TacacsKey, value)),
    Rule("-ldapBindDnPassword|-ldapbinddnpassword =", Secret(Kind::Other, value)),
    Rule("rpcNode @ -password =", Secret(Kind::Other, value)),
    Rule("rpcnode @ -password =", Secret(Kind::Other, value)),
    Rule("-inform PFX = -encrypted", Secret(Kind::KeyPassphrase, keyed)),
    Rule("ns encryptionParams -method * -keyValue =", Secret(Kind::Other, value)),
    Rule("-passcrypt =", Secret(Kind::KeyPassphrase, keyed)),
    Rule("-passplain =", Secret(Kind::KeyPassphrase, value)),
    Rule("snmp community @", Entity(Community)),
    Rule("snmp community @ =", Write(&["SET", "ALL"])),
    Rule("snmp user @", Entity(SnmpUser)),
    Rule("-authPasswd|-authpasswd =", Secret(Kind::Snmpv3Auth, value)),
    Rule("-privPasswd|-privpasswd =", Secret(Kind::Snmpv3Priv, value)),
    Rule("snmp trap", Quiet),
    Rule("-communityName|-communityname =", Secret(Kind::SnmpCommunity, value)),
    Rule("-password|-secondaryPassword|-secondarypassword =", Secret(Kind::Other, value)),
    Rule("-psk|-sharedSecret|-clientSecret|-ikePSK =", Secret(Kind::Other, value)),
    Rule("system parameter", Quiet),
    Rule("-minpasswordlen =", Fact(Topic::PasswordLength)),
    Rule("-maxloginattempts =", Fact(Topic::Lockout)),
    Rule("ns config -IPAddress =", Fact(Topic::Address)),
    Rule("system parameter -timeout =", Seconds(Topic::IdleMinutes)),
    Rule("-telnet ENABLED", Says(Topic::Telnet, "yes")),
    Rule("-telnet DISABLED", Says(Topic::Telnet, "no")),
    Rule("-gui ENABLED", Says(Topic::Http, "yes")),
    Rule("-gui SECUREONLY|DISABLED", Says(Topic::Http, "no")),
    Rule("audit syslogAction * =", Fact(Topic::Syslog)),
    Rule("snmp manager =", Fact(Topic::ManagementSource)),
];

/// A salted digest of a login, something encrypted under a key of the appliance, or plain text.
fn value(text: &str, behind: &[Cow<'_, str>]) -> (&'static str, State) {
    if !behind.iter().any(|word| word.eq_ignore_ascii_case("-encrypted")) {
        return digest(text).unwrap_or(("", State::Plain));
    }
    digest(text).unwrap_or(("", State::ReversibleKeyed))
}

/// The digest of a login; one that does not fit is nothing that anybody knows.
fn login(text: &str, _: &[Cow<'_, str>]) -> (&'static str, State) {
    digest(text).unwrap_or(("", State::Unknown))
}

fn digest(text: &str) -> Option<(&'static str, State)> {
    match text.as_bytes().first()? {
        b'1' if is_hex(text, 49) => Some(("netscaler-sha1", State::Hash)),
        b'2' if is_hex(text, 137) => Some(("netscaler-sha512", State::Hash)),
        _ => None,
    }
}

fn keyed(text: &str, _: &[Cow<'_, str>]) -> (&'static str, State) {
    digest(text).unwrap_or(("", State::ReversibleKeyed))
}

const SIGNS: &[&str] = &[
    "set ns config ",
    "set ns hostName ",
    "enable ns feature ",
    "enable ns mode ",
    "set system user ",
    "add system user ",
    "add ns ip ",
    "add lb vserver ",
    "add authentication radiusAction ",
    "add authentication ldapAction ",
    "set ns rpcNode ",
    "add snmp community ",
    "bind system user ",
];

fn claim(probe: &Probe<'_>) -> Option<Claim> {
    if probe.body().trim_start().starts_with("#NS") {
        return Some(Claim { score: 96, reason: "#NS heading" });
    }
    let count = probe.signs(SIGNS);
    if count > 1 { by_signs(count, "NetScaler commands") } else { None }
}
