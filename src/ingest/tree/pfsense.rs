//! pfSense and OPNsense `config.xml`.

use super::forms::{self, Prefix, announced, plain};
use super::table::Act::{
    Entity, Expires, Fact, Factor, Grants, Host, Id, Member, Name, Off, Quiet, Role, Says, Secret,
};
use super::table::Class::{Admin, Community, Record, Remote};
use super::table::{Rule, Table};
use super::{Product, xml};
use crate::ingest::Claim;
use crate::ingest::source::Probe;
use crate::model::credential::{Kind, State};
use crate::model::device::Topic;
use std::borrow::Cow;
use std::sync::LazyLock;

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::new(&[RULES]));

/// Reader of pfSense and OPNsense.
pub(in crate::ingest) static PFSENSE: Product = Product {
    name: "pfsense",
    system: "pfsense",
    claim,
    signs: &[],
    syntax: |text, line, gather| xml::read(LISTED, text, line, gather),
    lines: false,
    table: &TABLE,
    admins: &["admins", "0", "page-all"],
    admin_by_default: false,
    sealed: &[],
    noise: &["pfsense", "opnsense", "system", "OPNsense"],
};

/// Elements that stand in lists without a key.
const LISTED: &[&str] = &[
    "user",
    "group",
    "authserver",
    "phase1",
    "mobilekey",
    "dyndns",
    "openvpn-server",
    "openvpn-client",
    "ppp",
    "vip",
    "cert",
    "ca",
    "item",
    "pppoe",
    "l2tp",
    "pptp",
    "row",
    "config",
    "wlan",
];

const RULES: &[Rule] = &[
    Rule("system hostname =", Host),
    Rule("system user @", Entity(Admin)),
    Rule("system user @ name =", Name(0)),
    Rule("system user @ uid =", Id),
    Rule("system user @ uid 0", Grants),
    Rule("system user @ groupname|priv =", Role),
    Rule("system user @ bcrypt-hash|sha512-hash|md5-hash|password =", Secret(Kind::Login, crypt)),
    Rule("system user @ nt-hash =", Secret(Kind::Other, forms::unknown)),
    Rule("system user @ disabled =", Off(&["", "1", "yes", "on", "true"])),
    Rule("system user @ expires =", Expires),
    Rule("system user @ otp_seed =", Factor),
    Rule("system user @ otp_seed =", Secret(Kind::Other, plain)),
    Rule("system user @ ipsecpsk =", Secret(Kind::IkePsk, plain)),
    Rule("system user @ apikeys item * secret =", Secret(Kind::Other, forms::crypt)),
    Rule("system user @ authorizedkeys|apikeys|dashboard", Quiet),
    Rule("system group @ name =", Name(0)),
    Rule("system group @ member =", Member),
    Rule("system authserver @", Entity(Record)),
    Rule("system authserver @ host =", Name(0)),
    Rule("authserver @ radius_secret =", Secret(Kind::RadiusKey, plain)),
    Rule("authserver @ ldap_bindpw =", Secret(Kind::Other, plain)),
    Rule("phase1 @", Entity(Record)),
    Rule("phase1 @ remote-gateway =", Name(0)),
    Rule("phase1 @ pre-shared-key =", Secret(Kind::IkePsk, plain)),
    Rule("mobilekey @", Entity(Record)),
    Rule("mobilekey @ ident =", Name(0)),
    Rule("mobilekey @ pre-shared-key =", Secret(Kind::IkePsk, plain)),
    Rule("preSharedKey @", Entity(Record)),
    Rule("preSharedKey @ ident =", Name(0)),
    Rule("preSharedKey @ Key =", Secret(Kind::IkePsk, plain)),
    Rule("preSharedKey @ keyType", Quiet),
    Rule("l2tp|pptp|pppoe * user @", Entity(Remote)),
    Rule("l2tp|pptp|pppoe * user @ name|username =", Name(0)),
    Rule("l2tp|pptp|pppoe * user @ password =", Secret(Kind::Login, plain)),
    Rule("l2tp|pptp|pppoe * secret =", Secret(Kind::IkePsk, plain)),
    Rule("radius secret =", Secret(Kind::RadiusKey, plain)),
    Rule("radiussecret|radacct_secret|radiuskey|radiuskey2 =", Secret(Kind::RadiusKey, plain)),
    Rule("ppp @", Entity(Record)),
    Rule("ppp @ username =", Name(0)),
    Rule("ppp @ password =", Secret(Kind::Ppp, forms::unknown)),
    Rule("dyndns @", Entity(Record)),
    Rule("dyndns @ host =", Name(0)),
    Rule("dyndns @ password =", Secret(Kind::Other, plain)),
    Rule("vip @", Entity(Record)),
    Rule("vip @ subnet =", Name(0)),
    Rule("vip @ password =", Secret(Kind::Routing, plain)),
    Rule("openvpn-server @", Entity(Record)),
    Rule("openvpn-client @", Entity(Record)),
    Rule("openvpn-server|openvpn-client @ description =", Name(0)),
    Rule("openvpn-server|openvpn-client @ shared_key|tls =", Secret(Kind::Other, forms::unknown)),
    Rule("openvpn-client @ auth_pass|proxy_passwd =", Secret(Kind::Other, plain)),
    Rule("cert|ca @", Entity(Record)),
    Rule("cert|ca @ descr =", Name(0)),
    Rule("cert|ca @ prv =", Secret(Kind::PrivateKey, plain)),
    Rule("clients|servers client|server @", Entity(Record)),
    Rule("clients|servers client|server @ name =", Name(0)),
    Rule("client|server|peer @ privkey|privatekey =", Secret(Kind::PrivateKey, plain)),
    Rule("client|server|peer @ psk|presharedkey =", Secret(Kind::IkePsk, plain)),
    Rule("privkey|privatekey =", Secret(Kind::PrivateKey, plain)),
    Rule("presharedkey =", Secret(Kind::IkePsk, plain)),
    Rule("rocommunity @", Entity(Community)),
    Rule("rwcommunity @", Entity(Community)),
    Rule("rwcommunity @", super::table::Act::Write(&[])),
    Rule("snmpd trapstring =", Secret(Kind::SnmpCommunity, plain)),
    Rule("wpa passphrase =", Secret(Kind::WpaPsk, plain)),
    Rule("@hasync password =", Secret(Kind::Other, plain)),
    Rule("smtp|notifications password =", Secret(Kind::Other, plain)),
    Rule("prompt_timeout|passwordauth|sshdkeyonly|disableconsolemenu", Quiet),
    Rule("ssh passwordauth|sshdkeyonly|permitrootlogin", Quiet),
    Rule("user @ varuserspassword|varusersmotpinitsecret =", Secret(Kind::Login, plain)),
    Rule(
        "password|passwd|encryption_password|proxypass|bindpw|secret|sharedsecret|eap_password|accountkey =",
        Secret(Kind::Other, plain),
    ),
    Rule(
        "dns_cf_token|dns_cf_key|influx_token|maxmind_key|apikey|api_key|token =",
        Secret(Kind::Other, plain),
    ),
    Rule("webgui protocol http", Says(Topic::Http, "yes")),
    Rule("webgui protocol https", Says(Topic::Http, "no")),
    Rule("webgui authmode =", Fact(Topic::LoginMethod)),
    Rule("webgui session_timeout =", Fact(Topic::IdleMinutes)),
    Rule("syslog remoteserver|remoteserver2|remoteserver3 =", Fact(Topic::Syslog)),
];

fn crypt(value: &str, behind: &[Cow<'_, str>]) -> (&'static str, State) {
    const OWN: &[Prefix] = &[
        ("$2y$", "opnsense-bcrypt", State::Hash),
        ("$2b$", "pfsense-bcrypt", State::Hash),
        ("$2a$", "pfsense-bcrypt", State::Hash),
    ];
    announced(value, OWN).unwrap_or_else(|| forms::crypt(value, behind))
}

fn claim(probe: &Probe<'_>) -> Option<Claim> {
    let text = probe.body().trim_start();
    let head = text.get(..1024).unwrap_or(text);
    let known =
        text.starts_with('<') && (head.contains("<pfsense>") || head.contains("<opnsense>"));
    known.then_some(Claim { score: 97, reason: "pfsense or opnsense root element" })
}
