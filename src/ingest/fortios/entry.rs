//! One entry of a table → an account or the secrets it holds.

use super::grammar::Statement;
use super::tables::{kind, suspicious};
use super::{Config, Frame};
use crate::ingest::device::{Device, Secret, secret_word};
use crate::model::account::Flag;
use crate::model::credential::{Kind, State};
use crate::model::day::When;
use crate::model::device::Topic;
use crate::model::tri::Tri;
use crate::text::date;
use zeroize::Zeroize;

/// `set KEY VALUES`
pub(super) struct Setting {
    pub(super) key: String,
    pub(super) values: Vec<String>,
    pub(super) line: u32,
}

impl Drop for Setting {
    fn drop(&mut self) {
        self.values.zeroize();
    }
}

/// True for settings that must not be read from damaged bytes.
pub(super) fn matters(setting: &Setting) -> bool {
    secret_word(&setting.key).is_some() || column(setting) == "name"
}

/// Our own word for a setting that is quarantined.
pub(super) fn column(setting: &Setting) -> &'static str {
    match secret_word(&setting.key) {
        Some(word) => word,
        None if setting.key == "name" => "name",
        None => "",
    }
}

impl Frame {
    pub(super) fn get(&self, key: &str) -> &str {
        let setting = self.settings.iter().find(|setting| setting.key == key);
        setting.and_then(|setting| setting.values.first()).map_or("", String::as_str)
    }

    fn name(&self) -> &str {
        self.edit.as_deref().unwrap_or_default()
    }
}

/// A stored value: its text, scheme and state.
struct Stored<'a> {
    text: &'a str,
    scheme: &'static str,
    state: State,
}

/// Reads `ENC blob` or plain text; `None` where nothing is set.
fn stored(values: &[String]) -> Option<Stored<'_>> {
    let encrypted = values.iter().position(|value| value == "ENC");
    let text = match encrypted {
        Some(at) => values.get(at + 1)?.as_str(),
        None => values.last()?.as_str(),
    };
    if text.is_empty() {
        return None;
    }
    let (scheme, state) = match encrypted {
        None if !text.starts_with("SH2") && !text.starts_with("AK1") => ("", State::Plain),
        _ if text.starts_with("SH2") => ("fortios-sh2", State::Hash),
        _ if text.starts_with("AK1") => ("fortios-ak1", State::Hash),
        _ if text.starts_with("PB2") => ("", State::Unknown),
        _ => ("fortios-enc-reversible-legacy", State::ReversibleKeyed),
    };
    Some(Stored { text, scheme, state })
}

/// True where the file prints the password of at least one administrator. Only then does a
/// missing line mean an empty password.
pub(super) fn has_admin_passwords(statements: &[(u32, Statement)]) -> bool {
    let mut admins = false;
    statements.iter().any(|(_, statement)| {
        match statement {
            Statement::Config(table) => admins = is_admins(table),
            Statement::End => admins = false,
            Statement::Set(key, _) => return admins && key == "password",
            _ => {}
        }
        false
    })
}

impl Config<'_> {
    pub(super) fn entry(&mut self, path: &str, vdom: &str, frame: &Frame) {
        match path {
            path if is_admins(path) => self.admin(frame),
            "user local" => self.user(vdom, frame),
            "system snmp community" => self.community(frame),
            "system snmp community / hosts" | "system snmp community / hosts6" => {
                if let Some(community) = self.frames.iter_mut().rev().nth(1) {
                    community.guarded |= !frame.get("ip").is_empty();
                }
            }
            _ => {
                let principal = principal(path, frame);
                self.secrets(path, &principal, frame);
                if path == "system snmp user" && frame.get("auth-pwd").is_empty() {
                    self.shared(Kind::Snmpv3Auth, frame.name(), &OPEN, frame.line);
                }
            }
        }
    }

    fn admin(&mut self, frame: &Frame) {
        let row = self.device.account(self.inventory, frame.name(), frame.line);
        let profile = [frame.get("accprofile"), frame.get("profileid")];
        let super_admin = profile.iter().any(|name| matches!(*name, "super_admin" | "Super_User"));
        let elsewhere =
            ["remote-auth", "peer-auth", "wildcard"].iter().any(|k| frame.get(k) == "enable")
                || !matches!(frame.get("user_type"), "" | "local");
        let accounts = &mut self.inventory.accounts;
        accounts.set_flag(row, Flag::Privileged, Tri::from(super_admin));
        let factor = if elsewhere && second_factor(frame).is_empty() {
            Tri::Unknown
        } else {
            two_factor(frame)
        };
        accounts.set_flag(row, Flag::MfaEnforced, factor);
        let privilege = if super_admin { 15 } else { 1 };
        self.inventory.rows.take();
        let open = self.passwords && !elsewhere && frame.get("password").is_empty();
        if open {
            return self.login(row, privilege, &OPEN, frame.line);
        }
        self.passwords_of(row, "password", privilege, frame);
    }

    fn user(&mut self, vdom: &str, frame: &Frame) {
        // Somebody who comes in is not the administrator of the same name.
        let admin = vdom.is_empty() && self.device.has(frame.name());
        let scope = if admin { "vpn" } else { vdom };
        let row = self.device.account_in(self.inventory, scope, frame.name(), frame.line);
        let accounts = &mut self.inventory.accounts;
        accounts.set_flag(row, Flag::Enabled, Tri::from(frame.get("status") != "disable"));
        accounts.set_flag(row, Flag::Remote, Tri::Yes);
        accounts.set_flag(row, Flag::Privileged, Tri::No);
        // A user of another server may have a second factor there.
        let own = matches!(frame.get("type"), "" | "password" | "ldap");
        let factor =
            if own || !second_factor(frame).is_empty() { two_factor(frame) } else { Tri::Unknown };
        accounts.set_flag(row, Flag::MfaEnforced, factor);
        if let Some(day) = password_day(frame) {
            accounts.password_set.set(row, day.into());
        }
        self.inventory.systems[self.device.system as usize].remote = Tri::Yes;
        self.inventory.rows.take();
        self.passwords_of(row, "passwd", 0, frame);
    }

    fn passwords_of(&mut self, row: u32, key: &str, privilege: u8, frame: &Frame) {
        for setting in frame.settings.iter().filter(|setting| setting.key == key) {
            if let Some(stored) = stored(&setting.values) {
                self.login(row, privilege, &stored, setting.line);
                self.inventory.rows.take();
            }
        }
    }

    fn login(&mut self, row: u32, privilege: u8, stored: &Stored<'_>, line: u32) {
        let Stored { text, scheme, state } = *stored;
        let (kind, principal) = (Kind::Login, "");
        let secret = Secret { kind, state, scheme, privilege, principal, value: text, depth: 0 };
        Device::secret(self.inventory, row, &secret, line);
    }

    /// This product answers, it does not let itself be changed by SNMP.
    fn community(&mut self, frame: &Frame) {
        let name = frame.settings.iter().find(|setting| setting.key == "name");
        let (Some(setting), false) = (name, frame.get("status") == "disable") else { return };
        let Some(stored) = stored(&setting.values) else { return };
        let principal = if frame.guarded { "ro acl hosts" } else { "ro" };
        let access = if frame.guarded { "ro acl" } else { "ro" };
        self.fact(Topic::SnmpCommunity, access, setting.line);
        self.shared(Kind::SnmpCommunity, principal, &stored, setting.line);
        self.inventory.rows.take();
    }

    /// Every other table: known settings, encrypted values of any name, then the suspicious ones.
    fn secrets(&mut self, path: &str, principal: &str, frame: &Frame) {
        for setting in &frame.settings {
            let Setting { key, values, line } = setting;
            let encrypted = values.iter().any(|value| value == "ENC");
            let known = kind(path, key).or(encrypted.then_some(Kind::Other));
            if let (Some(kind), Some(stored)) = (known, stored(values)) {
                self.shared(kind, principal, &stored, *line);
                self.inventory.rows.take();
            } else if let Some(word) = suspicious(path, key, values) {
                self.device.unread(self.inventory, word, *line);
                self.inventory.rows.take();
            }
        }
    }

    fn shared(&mut self, kind: Kind, principal: &str, stored: &Stored<'_>, line: u32) {
        let row = self.device.itself(self.inventory, line);
        let Stored { text, scheme, state } = *stored;
        let secret = Secret { kind, state, scheme, privilege: 0, principal, value: text, depth: 0 };
        Device::secret(self.inventory, row, &secret, line);
    }
}

const OPEN: Stored<'static> = Stored { text: "", scheme: "", state: State::NoPassword };

/// The line is left out where no second factor is asked for.
fn two_factor(frame: &Frame) -> Tri {
    Tri::from(!matches!(second_factor(frame), "" | "disable" | "none" | "no-otp"))
}

/// FortiManager has another word for it.
fn second_factor(frame: &Frame) -> &str {
    match frame.get("two-factor") {
        "" => frame.get("two-factor-auth"),
        factor => factor,
    }
}

/// Administrators of FortiOS and of FortiManager.
fn is_admins(table: &str) -> bool {
    matches!(table, "system admin" | "system admin user")
}

/// `set passwd-time 2026-04-01 09:00:00`
fn password_day(frame: &Frame) -> Option<When> {
    let rules = date::DateRules::default();
    date::parse(frame.get("passwd-time"), &rules).ok().map(|parsed| parsed.when)
}

/// Whom a secret belongs to: the server, peer or network of the entry, else its name.
fn principal(path: &str, frame: &Frame) -> String {
    let key = match path {
        "user radius"
        | "user tacacs+"
        | "user ldap"
        | "system admin radius"
        | "system admin tacacs"
        | "system admin ldap" => "server",
        "vpn ipsec phase1-interface" | "vpn ipsec phase1" => "remote-gw",
        "wireless-controller vap" => "ssid",
        _ => "",
    };
    match frame.get(key) {
        "" if frame.name().is_empty() => path.to_owned(),
        "" => frame.name().to_owned(),
        value => value.to_owned(),
    }
}
