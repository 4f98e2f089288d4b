//! What a line that a rule fits gives: accounts, secrets, facts.

use super::config::{Config, Heading};
use super::decode::{Value, decode, localised};
use super::engine;
use super::told::in_words;
use crate::ingest::device::{origin, stand_in, url_password};
use crate::model::account::Flag;
use crate::model::credential::{Kind, State};
use crate::model::device::Topic;
use crate::model::file::{Problem, Weight};
use crate::model::inventory::CredentialDraft;
use crate::model::tri::Tri;
use crate::rules::device::pattern::{self, Captures, Line, Pattern, Slot};
use crate::rules::device::{Firsts, Rule};

/// What the headings above a line say.
#[derive(Default)]
struct Above {
    /// Depth of the heading that the rule asked for; `None` where it asked for none.
    depth: Option<usize>,
    user: String,
    peer: String,
}

impl Config<'_, '_> {
    /// Applies the first rule that fits.
    pub(super) fn rules(&mut self, line: Line<'_>, places: &[u16], number: u32) -> bool {
        let profile = self.profile;
        for &place in places {
            let rule = &profile.rules[usize::from(place)];
            let table = profile.types.get(&rule.types);
            let is_type = |word: &str| table.is_some_and(|table| table.contains_key(word));
            let Some(mut found) = rule.pattern.fit(line, 0, &is_type) else { continue };
            let Some(above) = self.above(rule) else { continue };
            options(rule, line, &mut found, &is_type);
            match above.depth {
                Some(depth) if rule.unless.is_some() => self.wait(depth, place, number),
                _ => self.apply(rule, line, &found, &above, number),
            }
            self.last_rule = Some(place);
            return true;
        }
        false
    }

    /// What stands above a line; `None` where the rule asks for another heading.
    fn above(&self, rule: &Rule) -> Option<Above> {
        let (mut above, mut named) = (Above::default(), "");
        let headings: Vec<&Heading<'_>> = self.headings().collect();
        for (depth, heading) in headings.iter().enumerate().rev() {
            // What a statement of a block names is nearer than its heading.
            if named.is_empty() {
                named = &heading.peer;
            }
            if above.depth.is_none() {
                let fits = rule.within.iter().find_map(|pattern| self.heading(heading, pattern));
                above.depth = fits.as_ref().map(|_| depth);
                (above.user, above.peer) = fits.unwrap_or_default();
            }
        }
        match (rule.within.is_empty(), above.depth) {
            (false, None) => return None,
            (true, _) => above.peer = self.context(),
            (false, Some(_)) if !named.is_empty() => named.clone_into(&mut above.peer),
            (false, Some(_)) => {}
        }
        Some(above)
    }

    /// Headings above a line, outermost first.
    fn headings(&self) -> impl Iterator<Item = &Heading<'_>> {
        self.stack.iter().chain(self.loose.as_ref().filter(|_| self.stack.is_empty()))
    }

    /// User and peer that a heading names.
    fn heading(&self, heading: &Heading<'_>, pattern: &Pattern) -> Option<(String, String)> {
        let mut words = Vec::new();
        pattern::split(&heading.text, &self.profile.separators, &mut words);
        let line = Line { text: &heading.text, words: &words };
        let found = pattern.fit(line, 0, &|_| false)?;
        let text = |slot| found.get(slot, line.text).unwrap_or_default().to_owned();
        Some((text(Slot::User), text(Slot::Peer)))
    }

    /// The interface, network or process that a statement stands under. Nothing else of a heading:
    /// it may hold a secret of its own.
    fn context(&self) -> String {
        let contexts = &self.profile.contexts;
        let named =
            self.stack.iter().rev().chain(&self.loose).find_map(|heading| {
                contexts.iter().find_map(|pattern| self.heading(heading, pattern))
            });
        named.map_or_else(String::new, |(_, peer)| peer)
    }

    fn apply(&mut self, rule: &Rule, line: Line<'_>, found: &Captures, above: &Above, number: u32) {
        let get = |slot| found.get(slot, line.text);
        let user = get(Slot::User).unwrap_or(&above.user);
        let peer = get(Slot::Peer).unwrap_or(&above.peer);
        let is_login = matches!(rule.kind, None | Some(Kind::Login)) && !user.is_empty();
        let row = match () {
            () if !rule.account.is_empty() => {
                let row = self.device.account(self.inventory, &rule.account, number);
                self.inventory.accounts.set_flag(row, Flag::BuiltIn, Tri::Yes);
                row
            }
            () if is_login => self.device.account(self.inventory, user, number),
            () if rule.kind.is_none() => {
                return match (get(Slot::Access), get(Slot::Engine)) {
                    (Some(word), _) => self.regrade(get(Slot::Peer), rights(word)),
                    (None, Some(text)) => self.engine = engine::id(text),
                    (None, None) => self.name_block(above.depth, peer),
                };
            }
            () => self.device.itself(self.inventory, number),
        };
        let given: Option<u8> = get(Slot::Level).and_then(|level| level.parse().ok());
        let level = given.or(rule.level);
        let admin = self.rights(rule, get(Slot::Role), level);
        if is_login || !rule.account.is_empty() {
            self.flags(rule, row, admin);
        }
        // A role that may change everything says more than the usual level of such lines.
        let usual = if rule.admin.is_some() || admin != Some(true) { level } else { given };
        let most = if admin == Some(true) { self.profile.admin_level } else { 0 };
        let privilege = usual.unwrap_or(most.max(rule.level.unwrap_or(0)));
        self.secrets(rule, line, found, (row, privilege, user, peer), number);
    }

    /// A statement without secret or login names what the secrets of its block belong to.
    fn name_block(&mut self, depth: Option<usize>, peer: &str) {
        if let Some(heading) = depth.and_then(|depth| self.heading_at(depth)) {
            peer.clone_into(&mut heading.peer);
        }
    }

    fn wait(&mut self, depth: usize, place: u16, number: u32) {
        if let Some(heading) = self.heading_at(depth) {
            heading.pending.push((place, number));
        }
    }

    /// At the end of a block: rules that waited apply, unless a statement made them void.
    pub(super) fn settle(&mut self, heading: &Heading<'_>) {
        let profile = self.profile;
        for &(place, number) in heading.pending.iter().filter(|_| !heading.void) {
            let rule = &profile.rules[usize::from(place)];
            let named = rule.within.iter().find_map(|pattern| self.heading(heading, pattern));
            let (user, peer) = named.unwrap_or_default();
            let above = Above { depth: Some(0), user, peer };
            self.apply(rule, Line { text: "", words: &[] }, &Captures::EMPTY, &above, number);
        }
    }

    /// Statements that make waiting rules of their block void.
    pub(super) fn void(&mut self, line: Line<'_>) {
        let profile = self.profile;
        let unless: Vec<&Pattern> =
            profile.rules.iter().filter_map(|rule| rule.unless.as_ref()).collect();
        if !unless.iter().any(|pattern| pattern.fit(line, 0, &|_| false).is_some()) {
            return;
        }
        if let Some(heading) = self.stack.last_mut().or(self.loose.as_mut()) {
            heading.void = true;
        }
    }

    /// Whether the account may change everything; `None` where nothing says so.
    fn rights(&self, rule: &Rule, role: Option<&str>, level: Option<u8>) -> Option<bool> {
        let admin_role = role.is_some_and(|role| {
            self.profile.admin_roles.iter().any(|known| *known == role.to_lowercase())
        });
        let by_level = level.map(|level| level >= self.profile.admin_level);
        if admin_role { Some(true) } else { rule.admin.or(by_level) }
    }

    fn flags(&mut self, rule: &Rule, row: u32, admin: Option<bool>) {
        let accounts = &mut self.inventory.accounts;
        if let Some(admin) = admin
            && !accounts.flag(row, Flag::Privileged).is_yes()
        {
            accounts.set_flag(row, Flag::Privileged, Tri::from(admin));
        }
        if let Some(enabled) = rule.enabled {
            accounts.set_flag(row, Flag::Enabled, Tri::from(enabled));
        }
        if let Some(factor) = rule.factor {
            accounts.set_flag(row, Flag::MfaEnforced, Tri::from(factor));
        }
        if rule.remote {
            accounts.set_flag(row, Flag::Remote, Tri::Yes);
        }
    }

    /// The secrets of a line.
    fn secrets(
        &mut self,
        rule: &Rule,
        line: Line<'_>,
        found: &Captures,
        (row, privilege, user, peer): (u32, u8, &str, &str),
        number: u32,
    ) {
        let Some(kind) = rule.kind else { return };
        let get = |slot| found.get(slot, line.text);
        let announced = get(Slot::Type);
        let algorithm = get(Slot::Algorithm).unwrap_or_default();
        let plain = |text| decode(self.profile, rule, announced, text);
        // A key in hexadecimal was localised, unless its word says that it is written in a cipher,
        // whether or not it then is.
        let localised = |text| match plain(text) {
            value if value.state == State::Reversible || value.misfit > 0 => value,
            value => localised(text, algorithm).unwrap_or(value),
        };
        let mut values: Vec<(Kind, Value<'_>)> = Vec::new();
        values.extend(get(Slot::Secret).map(|text| (kind, plain(text))));
        values.extend(get(Slot::Second).map(|text| (rule.second.unwrap_or(kind), plain(text))));
        values.extend(get(Slot::Auth).map(|text| (Kind::Snmpv3Auth, localised(text))));
        values.extend(get(Slot::Priv).map(|text| (Kind::Snmpv3Priv, localised(text))));
        if let (Some(state), true) = (rule.state, values.is_empty()) {
            values.push((kind, Value::none(state)));
        }
        let principal = match kind {
            Kind::Login | Kind::Enable => String::new(),
            Kind::SnmpCommunity if peer.is_empty() => {
                access(rule, get(Slot::Access), get(Slot::Acl))
            }
            _ => peer.to_owned(),
        };
        self.snmp_facts(kind, peer, &principal, &values, number);
        let engine = get(Slot::Engine).map(engine::id).unwrap_or_default();
        for (kind, value) in values {
            let salt = match value.scheme {
                "asa-md5" | "htdigest-md5" => user,
                "wpa-psk" => peer,
                scheme if engine::needed(scheme) => &engine,
                _ => "",
            };
            self.secret(row, kind, privilege, &principal, salt, value, number);
        }
    }

    fn snmp_facts(
        &mut self,
        kind: Kind,
        peer: &str,
        principal: &str,
        values: &[(Kind, Value<'_>)],
        number: u32,
    ) {
        let has = |kind| {
            values.iter().any(|(found, value)| *found == kind && value.state != State::NoPassword)
        };
        let (topic, fact) = match kind {
            Kind::SnmpCommunity if peer.is_empty() => (Topic::SnmpCommunity, principal),
            Kind::Snmpv3Auth if has(Kind::Snmpv3Priv) => (Topic::SnmpUser, "priv"),
            Kind::Snmpv3Auth if has(Kind::Snmpv3Auth) => (Topic::SnmpUser, "auth"),
            Kind::Snmpv3Auth => (Topic::SnmpUser, "noauth"),
            _ => return,
        };
        self.inventory.push_fact(self.device.system, topic, fact, origin(number));
    }

    /// Adds one secret. A value that was removed is kept as the fact that it was.
    #[allow(clippy::too_many_arguments)]
    pub(super) fn secret(
        &mut self,
        row: u32,
        kind: Kind,
        privilege: u8,
        principal: &str,
        salt: &str,
        value: Value<'_>,
        number: u32,
    ) {
        if value.misfit > 0 {
            let problem = Problem::new(origin(number), Weight::Warning, "bad-hash-length");
            self.inventory.problems.push(problem.detail(format!("{} characters", value.misfit)));
        }
        let removed = stand_in(value.text).filter(|_| !value.text.is_empty());
        let draft = CredentialDraft {
            kind,
            state: removed.unwrap_or(value.state),
            depth: 0,
            privilege,
            scheme: if removed.is_some() { "" } else { value.scheme },
            principal,
            salt,
            secret: if removed.is_some() { b"" } else { value.text.as_bytes() },
            origin: origin(number),
        };
        self.inventory.push_credential(row, &draft);
    }

    /// Passwords in URLs, wherever they stand.
    pub(super) fn urls(&mut self, line: Line<'_>, number: u32) -> bool {
        let mut found = false;
        for (password, host) in line.text.split_ascii_whitespace().filter_map(url_password) {
            let row = self.device.itself(self.inventory, number);
            let value = Value { text: password, ..Value::none(State::Plain) };
            self.secret(row, Kind::UrlPassword, 0, host, "", value, number);
            found = true;
        }
        found
    }

    /// All facts of a line.
    pub(super) fn facts(&mut self, line: Line<'_>, firsts: &Firsts, number: u32) {
        let profile = self.profile;
        for &place in &firsts.facts {
            let fact = &profile.facts[usize::from(place)];
            let Some(found) = fact.pattern.fit(line, 0, &|_| true) else { continue };
            let within =
                |pattern| self.headings().any(|heading| self.heading(heading, pattern).is_some());
            if !fact.within.is_empty() && !fact.within.iter().any(within) {
                continue;
            }
            let value = found.get(Slot::Value, line.text).unwrap_or(&fact.value);
            let value = in_words(fact.topic, value, fact.seconds);
            match (value.as_str(), fact.assumed) {
                ("", _) => {}
                (value, true) => {
                    let system = self.device.system;
                    self.inventory.assume_fact(system, fact.topic, value, origin(number));
                }
                (value, false) => {
                    self.inventory.push_fact(self.device.system, fact.topic, value, origin(number));
                }
            }
        }
    }
}

/// What a community may do, then ` acl` and the list that guards it.
fn access(rule: &Rule, access: Option<&str>, acl: Option<&str>) -> String {
    let access = rights(access.unwrap_or(&rule.access));
    acl.map_or_else(|| access.to_owned(), |acl| format!("{access} acl {acl}"))
}

/// `rw` or `ro`.
fn rights(word: &str) -> &'static str {
    match word.to_ascii_lowercase().as_str() {
        "rw" | "read-write" | "readwrite" | "write" | "unrestricted" => "rw",
        _ => "ro",
    }
}

/// Options stand anywhere beside the secret, and end a secret that reaches to the end of the line.
fn options(rule: &Rule, line: Line<'_>, found: &mut Captures, is_type: &dyn Fn(&str) -> bool) {
    if rule.options.is_empty() {
        return;
    }
    let (start, mut end) = found.range(Slot::Secret).unwrap_or((usize::MAX, usize::MAX));
    let (user, _) = found.range(Slot::User).unwrap_or((usize::MAX, usize::MAX));
    for (index, word) in line.words.iter().enumerate().skip(1) {
        // The first word of a secret is always its own, and a login may be called like an option.
        let own = |at| word.start <= at && at < word.end;
        if own(start) || own(user) {
            continue;
        }
        let fits = |option: &Pattern| option.fit(line, index, is_type);
        let Some(option) = rule.options.iter().find_map(fits) else { continue };
        if word.start > start && word.start < end {
            end = line.text[..word.start].trim_end().len();
            found.cut(Slot::Secret, end);
        }
        found.take(&option);
    }
}
