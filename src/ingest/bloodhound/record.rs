//! One object of a collection, with the properties that are used.

use crate::ingest::note::noted_secret;
use crate::ingest::windows;
use crate::model::account::Flag;
use serde::Deserialize;
use serde_json::Value;
use std::borrow::Cow;

/// What an object is. The file's own word stands behind all objects, so their shape decides.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    User,
    Computer,
    Group,
    Domain,
    Other,
}

/// Names of the properties that are used.
pub(super) const NAMES: [&str; 12] = [
    "ObjectIdentifier",
    "samaccountname",
    "displayname",
    "email",
    "useraccountcontrol",
    "whencreated",
    "pwdlastset",
    "lastlogon",
    "lastlogontimestamp",
    "PrimaryGroupSID",
    "Members",
    "pwdproperties",
];

#[derive(Deserialize)]
pub(super) struct Object<'a> {
    #[serde(rename = "ObjectIdentifier", borrow, default)]
    pub(super) id: Cow<'a, str>,
    #[serde(rename = "Properties", borrow, default)]
    pub(super) properties: Properties<'a>,
    #[serde(rename = "PrimaryGroupSID", borrow, default)]
    primary_group: Option<Cow<'a, str>>,
    #[serde(rename = "Members", borrow, default)]
    pub(super) members: Option<Vec<Member<'a>>>,
    #[serde(rename = "Sessions", default)]
    sessions: Option<serde::de::IgnoredAny>,
    #[serde(rename = "Trusts", default)]
    trusts: Option<serde::de::IgnoredAny>,
}

#[derive(Deserialize)]
pub(super) struct Member<'a> {
    #[serde(rename = "ObjectIdentifier", borrow)]
    pub(super) id: Cow<'a, str>,
}

#[derive(Deserialize, Default)]
pub(super) struct Properties<'a> {
    #[serde(borrow, default)]
    pub(super) domain: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    pub(super) name: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    pub(super) distinguishedname: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    pub(super) samaccountname: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    pub(super) displayname: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    pub(super) email: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    pub(super) title: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    description: Option<Cow<'a, str>>,
    #[serde(default)]
    pub(super) useraccountcontrol: Option<i64>,
    #[serde(default)]
    pub(super) whencreated: Option<i64>,
    #[serde(default)]
    pub(super) pwdlastset: Option<i64>,
    #[serde(default)]
    pub(super) lastlogon: Option<i64>,
    #[serde(default)]
    pub(super) lastlogontimestamp: Option<i64>,
    #[serde(default)]
    enabled: Option<bool>,
    #[serde(default)]
    passwordnotreqd: Option<bool>,
    #[serde(default)]
    pwdneverexpires: Option<bool>,
    #[serde(default)]
    dontreqpreauth: Option<bool>,
    #[serde(default)]
    unconstraineddelegation: Option<bool>,
    #[serde(default)]
    trustedtoauth: Option<bool>,
    #[serde(default)]
    sensitive: Option<bool>,
    #[serde(default)]
    smartcardrequired: Option<bool>,
    #[serde(default)]
    usedeskeyonly: Option<bool>,
    #[serde(default)]
    encryptedtextpwdallowed: Option<bool>,
    #[serde(default)]
    hasspn: Option<bool>,
    #[serde(default)]
    haslaps: Option<bool>,
    #[serde(default)]
    pub(super) lockedout: Option<bool>,
    #[serde(default)]
    pub(super) gmsa: Option<bool>,
    /// A number in some collectors.
    #[serde(default)]
    admincount: Option<Value>,
    #[serde(default)]
    sidhistory: Option<Vec<serde::de::IgnoredAny>>,
    /// Never kept: only whether it is empty.
    #[serde(borrow, default)]
    userpassword: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    unixpassword: Option<Cow<'a, str>>,
    #[serde(default)]
    supportedencryptiontypes: Option<Value>,
    #[serde(default)]
    allowedtodelegate: Option<Vec<serde::de::IgnoredAny>>,
    #[serde(default)]
    pub(super) minpwdlength: Option<i64>,
    #[serde(default)]
    pub(super) pwdproperties: Option<i64>,
    #[serde(default)]
    pub(super) pwdhistorylength: Option<i64>,
    #[serde(default)]
    pub(super) lockoutthreshold: Option<i64>,
    #[serde(default)]
    pub(super) lockoutduration: Option<Value>,
    #[serde(default)]
    pub(super) lockoutobservationwindow: Option<Value>,
    #[serde(default)]
    pub(super) maxpwdage: Option<Value>,
    #[serde(default)]
    pub(super) minpwdage: Option<Value>,
}

impl Object<'_> {
    pub(super) fn kind(&self) -> Kind {
        if self.members.is_some() {
            Kind::Group
        } else if self.trusts.is_some() {
            Kind::Domain
        } else if self.primary_group.is_none() && self.properties.samaccountname.is_none() {
            Kind::Other
        } else if self.sessions.is_some() {
            Kind::Computer
        } else {
            Kind::User
        }
    }

    pub(super) fn primary_group(&self) -> &str {
        self.primary_group.as_deref().unwrap_or_default()
    }
}

impl Properties<'_> {
    /// Yes/no properties by the flag they mean; `None` where the collector leaves one out.
    pub(super) fn answers(&self) -> [(Flag, Option<bool>); 17] {
        let filled = |text: &Option<Cow<'_, str>>| text.as_ref().map(|text| !text.is_empty());
        let password = match (filled(&self.userpassword), filled(&self.unixpassword)) {
            (None, None) => None,
            (a, b) => Some(a == Some(true) || b == Some(true)),
        };
        let admin = self.admincount.as_ref().and_then(|count| match count {
            Value::Bool(yes) => Some(*yes),
            Value::Number(number) => number.as_i64().map(|number| number > 0),
            _ => None,
        });
        [
            (Flag::Enabled, self.enabled),
            (Flag::PasswordNotRequired, self.passwordnotreqd),
            (Flag::PasswordNeverExpires, self.pwdneverexpires),
            (Flag::NoPreauth, self.dontreqpreauth),
            (Flag::Delegation, self.unconstraineddelegation),
            (Flag::ProtocolTransition, self.trustedtoauth),
            (Flag::NotDelegated, self.sensitive),
            (Flag::SmartcardRequired, self.smartcardrequired),
            (Flag::DesOnly, self.usedeskeyonly),
            (Flag::Reversible, self.encryptedtextpwdallowed),
            (Flag::HasSpn, self.hasspn),
            (Flag::Laps, self.haslaps),
            (Flag::AdminCount, admin),
            (Flag::SidHistory, self.sidhistory.as_ref().map(|list| !list.is_empty())),
            (Flag::ConstrainedDelegation, self.allowedtodelegate.as_ref().map(|l| !l.is_empty())),
            (Flag::PasswordAttribute, password),
            (Flag::NotedSecret, self.description.as_deref().map(noted_secret)),
        ]
    }

    /// The bits of the encryption types: 1 and 2 for DES, 4 for RC4, 8 and 16 for AES. An empty
    /// list is the default, like 0.
    pub(super) fn encryption_types(&self) -> Option<i64> {
        let bit = |word: &Value| match word.as_str().map(str::to_uppercase) {
            Some(word) if word.contains("AES") => 0x18,
            Some(word) if word.contains("DES") => 3,
            Some(word) if word.contains("RC4") => 4,
            _ => 0,
        };
        match self.supportedencryptiontypes.as_ref()? {
            Value::Array(types) => Some(types.iter().map(bit).fold(0, |bits, bit| bits | bit)),
            Value::Number(bits) => bits.as_i64(),
            _ => None,
        }
    }
}

/// Minutes of `30 minutes` or of a number of 100 ns. Longer units than days were rounded by the
/// collector and say nothing exact.
pub(super) fn minutes(span: &Value) -> Option<u32> {
    match span {
        Value::Number(ticks) => ticks.as_i64().map(windows::minutes),
        Value::String(words) => words_to_minutes(words),
        _ => None,
    }
}

/// Days of `42 days` or of a number of 100 ns.
pub(super) fn days(span: &Value) -> Option<u32> {
    match span {
        Value::Number(ticks) => ticks.as_i64().map(windows::days),
        Value::String(words) => words_to_minutes(words).map(|minutes| minutes / (24 * 60)),
        _ => None,
    }
}

fn words_to_minutes(words: &str) -> Option<u32> {
    let lower = words.to_ascii_lowercase();
    if matches!(&*lower, "forever" | "never" | "none") || lower.starts_with("less than a") {
        return Some(0);
    }
    let (number, unit) = lower.split_once(' ')?;
    let number: u32 = number.parse().ok()?;
    let factor = match unit.trim_end_matches('s') {
        "minute" => 1,
        "hour" => 60,
        "day" => 24 * 60,
        _ => return None,
    };
    number.checked_mul(factor)
}
