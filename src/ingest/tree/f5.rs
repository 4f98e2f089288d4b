//! F5 TMOS: bigip.conf, bigip_base.conf, bigip_user.conf, `list` of tmsh.

use super::brace::{self, Style};
use super::forms::{self, Prefix, announced};
use super::table::Act::{Entity, Fact, Guard, Host, Name, Quiet, Role, Seconds, Secret, Write};
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

/// Reader of TMOS.
pub(in crate::ingest) static F5: Product = Product {
    name: "f5-tmsh",
    system: "f5 big-ip",
    claim,
    signs: &[SIGNS, HEADING],
    syntax: |text, line, gather| brace::read(&STYLE, text, line, gather),
    lines: true,
    table: &TABLE,
    admins: &["admin"],
    admin_by_default: false,
    sealed: SEALED,
    noise: &[],
};

const STYLE: Style = Style {
    semicolons: false,
    set: &["create", "modify"],
    off: &[],
    ignored: &["delete"],
    dropped: &[],
    programs: &["ltm rule", "gtm rule", "cli script", "sys icall"],
};

const RULES: &[Rule] = &[
    Rule("passphrase|password|secret|shared-secret|bind-pw none", Quiet),
    Rule("sys global-settings hostname =", Host),
    Rule("auth user @", Entity(Admin)),
    Rule("auth user @ encrypted-password =", Secret(Kind::Login, forms::crypt)),
    Rule("auth user @ password =", Secret(Kind::Login, value)),
    Rule("auth user @ role =", Role),
    Rule("auth user @ partition-access * role =", Role),
    Rule("auth user @ partition-access role =", Role),
    Rule("auth source type =", Fact(Topic::LoginMethod)),
    Rule("auth password-policy minimum-length =", Fact(Topic::PasswordLength)),
    Rule("auth password-policy max-login-failures =", Fact(Topic::Lockout)),
    Rule("auth password-policy max-duration =", Fact(Topic::PasswordAge)),
    Rule("auth password-policy", Quiet),
    Rule("auth radius-server @", Entity(Record)),
    Rule("auth radius-server @ server =", Name(0)),
    Rule("auth radius-server @ secret =", Secret(Kind::RadiusKey, value)),
    Rule("auth tacacs @ secret =", Secret(Kind::TacacsKey, value)),
    Rule("auth ldap @ bind-pw =", Secret(Kind::Other, value)),
    Rule("aaa radius @ secret =", Secret(Kind::RadiusKey, value)),
    Rule("aaa tacacsplus @ secret =", Secret(Kind::TacacsKey, value)),
    Rule("aaa * @ admin-encrypted-password =", Secret(Kind::Other, value)),
    Rule("local-user-db|localdb user|local-user @", Entity(Remote)),
    Rule("snmp communities @", Entity(Community)),
    Rule("snmp communities @ community-name =", Name(0)),
    Rule("snmp communities @ access =", Write(&["rw"])),
    Rule("snmp communities @ source =", Guard(&["default"])),
    Rule("snmp users @", Entity(SnmpUser)),
    Rule("snmp users @ username =", Name(0)),
    Rule("snmp users @ auth-password =", Secret(Kind::Snmpv3Auth, value)),
    Rule("snmp users @ privacy-password =", Secret(Kind::Snmpv3Priv, value)),
    Rule("traps|v2-traps|v1-traps @ community =", Secret(Kind::SnmpCommunity, value)),
    Rule("traps|v1-traps|v2-traps @", Entity(Record)),
    Rule("traps @ auth-password =", Secret(Kind::Snmpv3Auth, value)),
    Rule("traps @ privacy-password =", Secret(Kind::Snmpv3Priv, value)),
    Rule("trap-community =", Secret(Kind::SnmpCommunity, value)),
    Rule("monitor * @ community =", Secret(Kind::SnmpCommunity, value)),
    Rule("monitor * @ password|secret =", Secret(Kind::Other, value)),
    Rule("client-ssl|server-ssl @ passphrase =", Secret(Kind::KeyPassphrase, value)),
    Rule("cert-key-chain @ passphrase =", Secret(Kind::KeyPassphrase, value)),
    Rule("ssl-key @ passphrase =", Secret(Kind::KeyPassphrase, value)),
    Rule("ike-peer @ preshared-key|preshared-key-encrypted =", Secret(Kind::IkePsk, value)),
    Rule("smtp-server @ password|encrypted-password =", Secret(Kind::Other, value)),
    Rule("proxy-user|proxy-password =", Secret(Kind::Other, value)),
    Rule("http-cookie|cookie-encryption|cookie-encryption-passphrase", Quiet),
    Rule("cert|key|ca-key|ca-file *", Quiet),
    Rule("persistence", Quiet),
    Rule("form-password|form-username", Quiet),
    Rule("sys sshd|httpd allow @", Fact(Topic::ManagementSource)),
    Rule("sys sshd inactivity-timeout =", Seconds(Topic::IdleMinutes)),
    Rule("sys httpd auth-pam-idle-timeout =", Seconds(Topic::IdleMinutes)),
    Rule("sys management-ip @", Fact(Topic::Address)),
    Rule("remote-servers * host =", Fact(Topic::Syslog)),
    Rule("cm device * marketing-name =", Fact(Topic::Model)),
    Rule("cm device * chassis-id =", Fact(Topic::Serial)),
];

/// Encrypted under the master key of the unit.
const SEALED: &[Prefix] = &[("$M$", "", State::ReversibleKeyed)];

fn value(text: &str, _: &[Cow<'_, str>]) -> (&'static str, State) {
    announced(text, SEALED).unwrap_or(("", State::Plain))
}

const HEADING: &[&str] = &["#TMSH-VERSION"];

const SIGNS: &[&str] = &[
    "ltm virtual ",
    "ltm pool ",
    "ltm node ",
    "ltm monitor ",
    "ltm profile ",
    "auth user ",
    "auth radius-server ",
    "auth tacacs ",
    "sys snmp {",
    "sys global-settings {",
    "net self ",
    "net vlan ",
    "cm device ",
    "sys management-ip ",
];

fn claim(probe: &Probe<'_>) -> Option<Claim> {
    let text = probe.body();
    if probe.signs(HEADING) > 0 {
        return Some(Claim { score: 97, reason: "#TMSH-VERSION heading" });
    }
    let begun = SIGNS.iter().filter(|sign| probe.signs(&[sign]) > 0);
    let found = begun.filter(|sign| blocks_with(text, sign)).count();
    by_signs(found, "tmsh objects")
}

/// A block of this kind begins at the beginning of a line.
fn blocks_with(text: &str, sign: &str) -> bool {
    super::text::lines(text).any(|(_, line, _)| line.starts_with(sign) && line.contains('{'))
}
