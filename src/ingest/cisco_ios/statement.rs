//! One statement, and the section it stands in.

use super::rules::{RULES, Rule, fit};
use super::value::{Misfit, Reach, Value, value, word};
use super::{Config, host_name, xr};
use crate::ingest::cisco_ios::skip::Key;
use crate::ingest::device::{Device, Secret, url_password};
use crate::model::account::Flag;
use crate::model::credential::{Kind, State};
use crate::model::tri::Tri;

/// What a line gave.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Outcome {
    /// An account, a secret, or a line that is counted as not understood.
    Taken,
    /// Nothing for us.
    Nothing,
    /// A secret that is damaged: reason code and length.
    Bad(&'static str, usize),
}

impl From<Misfit> for Outcome {
    fn from(misfit: Misfit) -> Self {
        Self::Bad("bad-hash-length", misfit.length)
    }
}

/// The statement that indented lines belong to.
#[derive(Default)]
pub(super) struct Section {
    pub(super) heading: String,
    /// `peer NAME` of a keyring.
    peer: String,
    /// Line of `no login`.
    no_login: Option<u32>,
    unreachable: bool,
}

impl Section {
    pub(super) fn new(heading: &str) -> Self {
        Self { heading: heading.to_owned(), ..Self::default() }
    }
}

impl Config<'_> {
    pub(super) fn top_statement(&mut self, line: &str, number: u32) -> Outcome {
        if let Some(name) = host_name(line) {
            self.rename(name);
            return Outcome::Nothing;
        }
        let (first, rest) = word(line).unwrap_or_default();
        match first {
            "no" | "default" => Outcome::Nothing,
            "version" if rest.contains('(') && !rest.contains(' ') => {
                self.device.product(self.inventory, "cisco nx-os");
                Outcome::Nothing
            }
            "enable" => self.enable(rest, number),
            "username" => self.username(rest, number),
            "snmp-server" => self.snmp(rest, number),
            "ntp" => self.ntp_key(line, number),
            _ => self.by_rule(line, number),
        }
    }

    pub(super) fn sub_statement(&mut self, line: &str, number: u32) -> Outcome {
        if fit(&self.section.heading, "username").is_some() {
            return self.xr_user(line, number);
        }
        if fit(&self.section.heading, "line").is_some() {
            if line == "no login" {
                self.section.no_login = Some(number);
            }
            self.section.unreachable |= line == "transport input none";
        }
        if let Some((peer, _)) = fit(line, "peer") {
            peer.clone_into(&mut self.section.peer);
        }
        // A public key that somebody logs in with is no secret.
        if fit(line, "no").is_some() || fit(line, "description").is_some() {
            return Outcome::Nothing;
        }
        self.by_rule(line, number)
    }

    /// Statements that the table of rules or a URL explains.
    fn by_rule(&mut self, line: &str, number: u32) -> Outcome {
        // A chain is named here; its keys stand where it is made.
        if line.split_ascii_whitespace().any(|w| matches!(w, "key-chain" | "keychain")) {
            return Outcome::Nothing;
        }
        let mut outcome = self.server_key(line, number);
        for rule in xr::RULES.iter().chain(RULES) {
            let heading = fit(&self.section.heading, rule.section);
            let (Some((named, _)), Some((rest, principal))) = (heading, fit(line, rule.words))
            else {
                continue;
            };
            let named = match rule.section {
                "" => self.context(),
                "line" => named.to_owned(),
                _ => first_word(named),
            };
            let principal = if principal.is_empty() { named } else { principal.to_owned() };
            match self.rule_value(rule, rest, &principal, number) {
                Outcome::Nothing => {}
                taken => {
                    outcome = taken;
                    if rule.words != "mgmtuser username @ password" {
                        break;
                    }
                }
            }
        }
        if outcome == Outcome::Nothing {
            outcome = self.urls(line, number);
        }
        outcome
    }

    fn rule_value(&mut self, rule: &Rule, rest: &str, principal: &str, number: u32) -> Outcome {
        let Some((found, behind)) = value(rest, rule.reach) else { return Outcome::Nothing };
        let found = match found {
            Ok(found) => found,
            Err(misfit) => return misfit.into(),
        };
        // `crypto isakmp key V address P`: the peer stands behind the key.
        let peer = fit(behind, "address @").or_else(|| fit(behind, "hostname @"));
        let principal = match peer {
            Some((_, peer)) if rule.kind == Kind::IkePsk => peer,
            _ if rule.kind == Kind::IkePsk && !self.section.peer.is_empty() => &self.section.peer,
            _ => principal,
        };
        let principal = principal.to_owned();
        self.shared(rule.kind, &principal, found, number);
        Outcome::Taken
    }

    /// What a secret belongs to that names nobody: the interface, network or process it stands
    /// under. Nothing else of a heading: it may hold a secret of its own.
    fn context(&self) -> String {
        const HEADINGS: [&str; 5] =
            ["interface", "dot11 ssid", "wlan", "router bgp", "router ospf"];
        let named = HEADINGS.iter().find_map(|known| fit(&self.section.heading, known));
        named.map_or_else(String::new, |(name, _)| first_word(name))
    }

    /// `radius-server host H ... key V`, `radius-server key V`, ` server-private H ... key V`.
    fn server_key(&mut self, line: &str, number: u32) -> Outcome {
        let (first, mut rest) = word(line).unwrap_or_default();
        let kind = match first {
            "tacacs-server" => Kind::TacacsKey,
            "server-private" if self.section.heading.contains("tacacs") => Kind::TacacsKey,
            "radius-server" | "server-private" => Kind::RadiusKey,
            _ => return Outcome::Nothing,
        };
        let mut host = "";
        if first == "server-private" {
            host = word(rest).unwrap_or_default().0;
        }
        while let Some((option, behind)) = word(rest) {
            rest = behind;
            match option {
                "host" => host = word(rest).unwrap_or_default().0,
                "key" | "encryption-key" => {
                    return match value(rest, Reach::Line) {
                        None => Outcome::Nothing,
                        Some((Err(misfit), _)) => misfit.into(),
                        Some((Ok(found), _)) => {
                            let host = host.to_owned();
                            self.shared(kind, &host, found, number);
                            Outcome::Taken
                        }
                    };
                }
                _ => {}
            }
        }
        Outcome::Nothing
    }

    /// `ntp authentication-key N md5 V [T]`: the type stands last.
    fn ntp_key(&mut self, line: &str, number: u32) -> Outcome {
        let Some((rest, id)) = fit(line, "ntp authentication-key @ *") else {
            return Outcome::Nothing;
        };
        let (text, kind) = word(rest).unwrap_or_default();
        if text.is_empty() {
            return Outcome::Nothing;
        }
        let typed = format!("{} {text}", if kind.is_empty() { "0" } else { kind });
        match value(&typed, Reach::Line) {
            Some((Ok(found), _)) => {
                let principal = format!("ntp {id}");
                self.shared(Kind::Other, &principal, found, number);
                Outcome::Taken
            }
            Some((Err(misfit), _)) => misfit.into(),
            None => Outcome::Nothing,
        }
    }

    fn urls(&mut self, line: &str, number: u32) -> Outcome {
        let mut outcome = Outcome::Nothing;
        for (password, host) in line.split_ascii_whitespace().filter_map(url_password) {
            let found = Value { text: password, scheme: "", state: State::Plain };
            self.shared(Kind::UrlPassword, host, found, number);
            outcome = Outcome::Taken;
        }
        outcome
    }

    /// A secret that belongs to the device itself.
    pub(super) fn shared(&mut self, kind: Kind, principal: &str, found: Value<'_>, number: u32) {
        let row = self.device.itself(self.inventory, number);
        let Value { text, scheme, state } = found;
        let secret = Secret { kind, state, scheme, privilege: 0, principal, value: text };
        Device::secret(self.inventory, row, &secret, number);
    }

    pub(super) fn private_key(&mut self, key: &Key) {
        let state = if key.encrypted { State::ReversibleKeyed } else { State::Plain };
        let found = Value { text: &key.body, scheme: "", state };
        self.shared(Kind::PrivateKey, "", found, key.line);
        self.inventory.rows.take();
    }

    /// A terminal line that says `no login` lets everybody in.
    pub(super) fn close_section(&mut self) {
        let section = std::mem::take(&mut self.section);
        let (Some(number), Some((id, _))) = (section.no_login, fit(&section.heading, "line"))
        else {
            return;
        };
        if id.starts_with("vty") && !section.unreachable {
            let open = Value { text: "", scheme: "", state: State::NoPassword };
            self.shared(Kind::Line, id, open, number);
        }
    }

    /// Marks a login as administrator; once so, it stays so.
    pub(super) fn privileged(&mut self, row: u32, yes: bool) {
        let accounts = &mut self.inventory.accounts;
        if !accounts.flag(row, Flag::Privileged).is_yes() {
            accounts.set_flag(row, Flag::Privileged, Tri::from(yes));
        }
    }
}

fn first_word(text: &str) -> String {
    word(text).unwrap_or_default().0.to_owned()
}
