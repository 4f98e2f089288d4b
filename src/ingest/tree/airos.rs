//! Ubiquiti airOS `system.cfg`: `users.1.name=value`.

use super::forms::{self, plain};
use super::gather::{Gather, Statement};
use super::table::Act::{Entity, Fact, Host, Name, Off, Quiet, Role, Says, Secret};
use super::table::Class::{Admin, Community, Record};
use super::table::{Rule, Table};
use super::{COUNTED, Product, by_signs, text};
use crate::ingest::Claim;
use crate::ingest::source::Probe;
use crate::model::credential::{Kind, State};
use crate::model::device::Topic;
use std::borrow::Cow;
use std::sync::LazyLock;

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::new(&[RULES]));

/// Reader of airOS.
pub(in crate::ingest) static AIROS: Product = Product {
    name: "airos",
    system: "ubiquiti airos",
    claim,
    signs: &[SIGNS],
    syntax,
    lines: true,
    table: &TABLE,
    admins: &["0"],
    admin_by_default: true,
    sealed: &[],
    noise: &[],
};

const RULES: &[Rule] = &[
    Rule("resolv host * name =", Host),
    Rule("users @ * *", Entity(Admin)),
    Rule("users @ name =", Name(1)),
    Rule("users @ password =", Secret(Kind::Login, crypt)),
    Rule("users @ status =", Off(&["disabled"])),
    Rule("users @ uid|gid =", Role),
    Rule("aaa @", Entity(Record)),
    Rule("aaa @ ssid =", Name(1)),
    Rule("aaa @ devname =", Name(2)),
    Rule("aaa @ wpa psk =", Secret(Kind::WpaPsk, plain)),
    Rule("aaa @ wpa * psk =", Secret(Kind::WpaPsk, plain)),
    Rule("aaa @ radius auth|acct * secret =", Secret(Kind::RadiusKey, plain)),
    Rule("radio * key =", Secret(Kind::WpaPsk, plain)),
    Rule("wpa key", Quiet),
    Rule("profile * network @", Entity(Record)),
    Rule("profile * network @ ssid =", Name(1)),
    Rule("profile * network @ psk =", Secret(Kind::WpaPsk, plain)),
    Rule("profile * network @ password =", Secret(Kind::Other, plain)),
    Rule("network * key_mgmt", Quiet),
    Rule("wireless * security", Quiet),
    Rule("wireless * wds", Quiet),
    Rule("ppp @", Entity(Record)),
    Rule("ppp @ name =", Name(1)),
    Rule("ppp @ password =", Secret(Kind::Ppp, plain)),
    Rule("snmp community @", Entity(Community)),
    Rule("dyndns @ password =", Secret(Kind::Other, plain)),
    Rule("pwdog|unms|sshd", Quiet),
    Rule("telnetd status enabled", Says(Topic::Telnet, "yes")),
    Rule("telnetd status disabled", Says(Topic::Telnet, "no")),
    Rule("httpd status enabled", Says(Topic::Http, "yes")),
    Rule("httpd status disabled", Says(Topic::Http, "no")),
    Rule("syslog remote ip =", Fact(Topic::Syslog)),
];

fn crypt(value: &str, behind: &[Cow<'_, str>]) -> (&'static str, State) {
    let found = forms::crypt(value, behind);
    if found.0 == "descrypt" { ("ubnt-airos-descrypt", State::Hash) } else { found }
}

fn syntax(part: &str, first: u32, gather: &mut Gather<'_>) {
    let mut words: Vec<Cow<'_, str>> = Vec::new();
    for (_, line, number) in text::lines(part) {
        let line = line.trim_end_matches('\r');
        let Some((key, value)) = line.split_once('=').filter(|_| !line.starts_with('#')) else {
            continue;
        };
        words.clear();
        words.extend(key.split('.').map(segment));
        let own = 0;
        words.push(Cow::Borrowed(value));
        let line = first + number - 1;
        gather.statement(&Statement { words: &words, own, line, opens: false, off: None });
    }
}

/// `users.1.name`: the number only counts.
fn segment(segment: &str) -> Cow<'_, str> {
    let number = !segment.is_empty() && segment.bytes().all(|b| b.is_ascii_digit());
    if number { Cow::Owned(format!("{COUNTED}{segment}")) } else { Cow::Borrowed(segment) }
}

const SIGNS: &[&str] = &[
    "users.1.name=",
    "users.status=",
    "aaa.status=",
    "aaa.1.",
    "radio.1.",
    "netconf.1.",
    "wireless.1.",
    "resolv.host.1.name=",
    "sshd.status=",
    "httpd.status=",
    "system.",
];

fn claim(probe: &Probe<'_>) -> Option<Claim> {
    let count = probe.signs(SIGNS);
    if count > 1 { by_signs(count, "airOS keys") } else { None }
}
