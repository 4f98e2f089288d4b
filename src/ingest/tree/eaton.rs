//! Eaton network cards (M2, M3): the JSON of `save_configuration`.

use super::forms::{keyed, plain};
use super::table::Act::{Changed, Entity, Fact, Host, Name, Off, Past, Quiet, Role, Secret, Write};
use super::table::Class::{Admin, Community, Record, SnmpUser};
use super::table::{Rule, Table};
use super::{Product, json};
use crate::ingest::Claim;
use crate::ingest::source::Probe;
use crate::model::credential::Kind;
use crate::model::device::Topic;
use std::sync::LazyLock;

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::new(&[RULES]));

/// Reader of the cards' JSON.
pub(in crate::ingest) static EATON: Product = Product {
    name: "eaton-ups",
    system: "eaton network card",
    claim,
    signs: &[],
    syntax: json::read,
    lines: false,
    table: &TABLE,
    admins: &["administrators"],
    admin_by_default: false,
    sealed: &[],
    noise: &["features", "userAndSessionManagement", "data", "settings", "all", "1.0", "local"],
};

const RULES: &[Rule] = &[
    Rule("identification name =", Host),
    Rule("predefinedAccounts|createdAccounts @", Entity(Admin)),
    Rule("predefinedAccounts|createdAccounts @ name =", Name(0)),
    Rule("predefinedAccounts|createdAccounts @ profile =", Role),
    Rule("predefinedAccounts|createdAccounts @ enabled =", Off(&["false"])),
    Rule("predefinedAccounts|createdAccounts @ password cyphered =", Secret(Kind::Login, keyed)),
    Rule("predefinedAccounts|createdAccounts @ password plaintext =", Secret(Kind::Login, plain)),
    Rule("predefinedAccounts|createdAccounts @ password lastChangeISO =", Changed),
    Rule("predefinedAccounts|createdAccounts @ password history * cyphered =", Past(keyed)),
    Rule("password history", Quiet),
    Rule("communities @", Entity(Community)),
    Rule("communities @ name =", Name(0)),
    Rule("communities @ enabled =", Off(&["false"])),
    Rule("communities @readWrite:readWrite", Write(&[])),
    Rule("v3 users @", Entity(SnmpUser)),
    Rule("v3 users @ name =", Name(0)),
    Rule("v3 users @ enabled =", Off(&["false"])),
    Rule("v3 users @ auth password cyphered =", Secret(Kind::Snmpv3Auth, keyed)),
    Rule("v3 users @ auth password plaintext =", Secret(Kind::Snmpv3Auth, plain)),
    Rule("v3 users @ priv password cyphered =", Secret(Kind::Snmpv3Priv, keyed)),
    Rule("v3 users @ priv password plaintext =", Secret(Kind::Snmpv3Priv, plain)),
    Rule("receivers @", Entity(Record)),
    Rule("receivers @ host =", Name(0)),
    Rule("receivers @ community =", Secret(Kind::SnmpCommunity, plain)),
    Rule("@primaryServer secret cyphered =", Secret(Kind::RadiusKey, keyed)),
    Rule("@secondaryServer secret cyphered =", Secret(Kind::RadiusKey, keyed)),
    Rule("@primaryServer secret plaintext =", Secret(Kind::RadiusKey, plain)),
    Rule("@secondaryServer secret plaintext =", Secret(Kind::RadiusKey, plain)),
    Rule("@bind password cyphered =", Secret(Kind::Other, keyed)),
    Rule("@bind password plaintext =", Secret(Kind::Other, plain)),
    Rule("@peap password cyphered =", Secret(Kind::Other, keyed)),
    Rule(
        "password|proxyPassword|defaultPassword|secret|key cyphered|ciphered =",
        Secret(Kind::Other, keyed),
    ),
    Rule(
        "password|proxyPassword|defaultPassword|secret|key plaintext =",
        Secret(Kind::Other, plain),
    ),
    Rule("username|proxyUsername|user cyphered|plaintext", Quiet),
    Rule("^passphrase =", Secret(Kind::Other, keyed)),
    Rule("passwordStrength minLength =", Fact(Topic::PasswordLength)),
    Rule("passwordStrength|passwordExpiration", Quiet),
    Rule("lockAccount numberOfTries =", Fact(Topic::Lockout)),
    Rule("rsyslog data settings servers * hostname =", Fact(Topic::Syslog)),
];

fn claim(probe: &Probe<'_>) -> Option<Claim> {
    let text = probe.body().trim_start();
    let known = text.starts_with('{')
        && text.contains("\"features\"")
        && (text.contains("\"dmeData\"") || text.contains("\"userAndSessionManagement\""));
    known.then_some(Claim { score: 95, reason: "Eaton feature tree" })
}
