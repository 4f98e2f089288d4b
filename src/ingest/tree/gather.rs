//! Statements → what they say, kept until the end of the device: a name, a role or a switch may
//! stand before or after the secret that it belongs to.

use super::entity::{Entity, Held};
use super::forms::announced;
use super::seen::Seen;
use super::sight::{in_sight, without_password};
use super::suspicion::Suspicion;
use super::table::{Act, Class, Form, Hit};
use super::{COUNTED, Product};
use crate::model::credential::Kind;
use crate::model::device::Topic;
use hashbrown::HashMap;
use std::borrow::Cow;
use zeroize::Zeroizing;

/// Longest value that is taken for a secret; private keys are longer than any password.
const LONGEST: usize = 64 << 10;

/// One statement: all words from the root of the configuration down to it.
pub(super) struct Statement<'s, 't> {
    pub(super) words: &'s [Cow<'t, str>],
    /// First of the words that stand in this statement and not in a heading above it.
    pub(super) own: usize,
    pub(super) line: u32,
    /// True for the heading of a block.
    pub(super) opens: bool,
    /// First word of the part that is switched off.
    pub(super) off: Option<usize>,
}

/// Something wrong at a line.
pub(super) struct Flaw {
    pub(super) code: &'static str,
    pub(super) line: u32,
    /// True where the whole file is concerned.
    pub(super) whole: bool,
    pub(super) detail: String,
}

/// What one device has said so far.
pub(super) struct Gather<'p> {
    pub(super) product: &'p Product,
    pub(super) host: String,
    pub(super) entities: Vec<Entity>,
    pub(super) shared: Vec<Held>,
    pub(super) facts: Vec<(Topic, String, u32)>,
    /// What holds where no fact is about the topic.
    pub(super) assumed: Vec<(Topic, &'static str, u32)>,
    pub(super) switched_off: Vec<String>,
    pub(super) unread: Vec<(&'static str, u32)>,
    pub(super) flaws: Vec<Flaw>,
    /// Lines that said something.
    pub(super) taken: u64,
    names: HashMap<String, (u8, String)>,
    /// Groups by path, and the number of a member.
    members: Vec<(String, String)>,
    places: HashMap<String, usize>,
    damage: &'static str,
    counted: u32,
    suspicion: Suspicion,
    hits: Vec<Hit>,
    /// Places of the rules that told a secret.
    #[cfg(test)]
    pub(super) told: std::collections::BTreeSet<u16>,
}

impl<'p> Gather<'p> {
    /// Nothing said yet; `damage` is the reason code of bytes that did not decode.
    pub(super) fn new(product: &'p Product, damage: &'static str) -> Self {
        Self {
            product,
            host: String::new(),
            entities: Vec::new(),
            shared: Vec::new(),
            facts: Vec::new(),
            assumed: Vec::new(),
            switched_off: Vec::new(),
            unread: Vec::new(),
            flaws: Vec::new(),
            taken: 0,
            names: HashMap::new(),
            members: Vec::new(),
            places: HashMap::new(),
            damage,
            counted: 0,
            suspicion: Suspicion::default(),
            hits: Vec::new(),
            #[cfg(test)]
            told: std::collections::BTreeSet::new(),
        }
    }

    /// True where nothing worth a device was found.
    pub(super) fn is_empty(&self) -> bool {
        self.entities.is_empty()
            && self.shared.is_empty()
            && self.facts.is_empty()
            && self.unread.is_empty()
    }

    /// Notes what is wrong at a line; the line is refused.
    pub(super) fn refuse(&mut self, code: &'static str, line: u32, length: usize) {
        let detail = if length == 0 { String::new() } else { format!("{length} bytes") };
        self.flaws.push(Flaw { code, line, whole: false, detail });
    }

    /// Notes what is wrong with the file as a whole.
    pub(super) fn spoil(&mut self, code: &'static str, line: u32) {
        self.flaws.push(Flaw { code, line, whole: true, detail: String::new() });
    }

    /// Takes a statement.
    pub(super) fn statement(&mut self, statement: &Statement<'_, '_>) {
        let mut hits = std::mem::take(&mut self.hits);
        self.product.table.hits(statement.words, &mut hits);
        let suspect =
            if statement.opens { None } else { self.suspicion.of(statement.words, statement.own) };
        if (!hits.is_empty() || suspect.is_some()) && self.damaged(statement, &hits) {
            self.hits = hits;
            return;
        }
        let mut told = false;
        let mut seen = Seen::default();
        for hit in &hits {
            told |= matches!(hit.act, Act::Quiet) || suspect.is_none_or(|(_, at)| hit.end >= at);
            self.act(hit, statement, &mut seen);
        }
        told |= self.keys_and_urls(statement);
        told |= !seen.secret && self.sealed(statement);
        match suspect {
            Some((word, _)) if !told => self.unread.push((word, statement.line)),
            _ if hits.is_empty() && !told => {}
            _ => return self.done(hits, statement.line),
        }
        if suspect.is_some() {
            return self.done(hits, statement.line);
        }
        self.hits = hits;
    }

    fn done(&mut self, hits: Vec<Hit>, line: u32) {
        self.hits = hits;
        if line != self.counted {
            self.counted = line;
            self.taken += 1;
        }
    }

    /// A secret or a name must not be read from damaged bytes.
    fn damaged(&mut self, statement: &Statement<'_, '_>, hits: &[Hit]) -> bool {
        let own = &statement.words[statement.own..];
        if hits.iter().all(|hit| {
            matches!(hit.act, Act::Quiet | Act::Fact(_) | Act::Says(..) | Act::Assumes(..))
        }) && !hits.is_empty()
        {
            return false;
        }
        let code = if own.iter().any(|word| word.contains('\0')) {
            "nul-byte"
        } else if own.iter().any(|word| word.contains('\u{fffd}')) {
            self.damage
        } else {
            return false;
        };
        if self.flaws.last().is_none_or(|flaw| flaw.line != statement.line) {
            self.refuse(code, statement.line, 0);
        }
        true
    }

    fn act(&mut self, hit: &Hit, statement: &Statement<'_, '_>, seen: &mut Seen) {
        let value = match hit.value {
            Some(at) if statement.opens || at < statement.own => return,
            Some(at) => statement.words[at].as_ref(),
            None => "",
        };
        #[cfg(test)]
        if hit.act.tells_secret() && !(hit.value.is_some() && value.is_empty()) && !seen.known(hit)
        {
            self.told.insert(hit.rule);
        }
        match hit.act {
            Act::Host if self.host.is_empty() => value.clone_into(&mut self.host),
            Act::Fact(Topic::LoginMethod) => self.methods(hit, statement),
            Act::Fact(topic) => {
                let named = hit.key.map_or("", |(at, _)| statement.words[at].as_ref());
                let value = if hit.value.is_some() { value } else { named };
                let days = matches!(topic, Topic::PasswordAge | Topic::UnusedDays);
                let value = if days && value == "never" { "0" } else { value };
                self.fact(topic, value, statement.line);
            }
            Act::Says(topic, ours) => self.fact(topic, ours, statement.line),
            Act::Assumes(topic, ours) => self.assumed.push((topic, ours, statement.line)),
            Act::Secret(kind, form) if !seen.covers(hit) => {
                seen.secret = true;
                self.secret(kind, form, hit, statement, seen.owner);
            }
            Act::Past(form) if !seen.covers(hit) => {
                seen.secret = true;
                self.past(form, hit, statement);
            }
            Act::Seconds(topic) => {
                if let Ok(seconds) = value.parse::<u32>() {
                    self.fact(topic, &seconds.div_ceil(60).to_string(), statement.line);
                }
            }
            Act::Quiet => drop(seen.covers(hit)),
            Act::Name(rank) => self.name(rank, hit, statement, value),
            Act::Member => self.member(hit, statement, value),
            Act::Host | Act::Secret(..) | Act::Past(_) => {}
            Act::Entity(class) => seen.owner = self.entity(hit, statement, class),
            Act::Factor if hit.value.is_some() && value.is_empty() => {}
            act => {
                let admins = self.product.admins;
                if let Some(entity) = self.entity_at(hit, statement) {
                    entity.learn(act, value, admins);
                }
            }
        }
    }

    fn fact(&mut self, topic: Topic, value: &str, line: u32) {
        let value: String = value.chars().take(80).collect();
        if !self.facts.iter().any(|fact| fact.0 == topic && fact.1 == value) {
            self.facts.push((topic, value, line));
        }
    }

    /// All words from the value on, in our words.
    fn methods(&mut self, hit: &Hit, statement: &Statement<'_, '_>) {
        let words = &statement.words[hit.value.unwrap_or(hit.end)..];
        let ours = words.iter().map(|word| match word.to_ascii_lowercase().as_str() {
            "password" | "local" | "local-database" | "none" => "local".to_owned(),
            "tacplus" | "tacacs+" | "tacacs-plus" => "tacacs".to_owned(),
            other => other.to_owned(),
        });
        self.fact(Topic::LoginMethod, &ours.collect::<Vec<_>>().join(" "), statement.line);
    }

    fn secret(
        &mut self,
        kind: Kind,
        form: Form,
        hit: &Hit,
        statement: &Statement<'_, '_>,
        owner: Option<usize>,
    ) {
        let Some(at) = hit.value else { return };
        let value = statement.words[at].as_ref();
        if value.is_empty() {
            return;
        }
        if value.len() > LONGEST {
            return self.refuse("cell-too-long", statement.line, value.len());
        }
        let (scheme, state) = form(value, &statement.words[at + 1..]);
        let value = Zeroizing::new(value.to_owned());
        let line = statement.line;
        let (principal, path) = (String::new(), String::new());
        let mut held = Held { kind, scheme, state, value, principal, owner: path, line, depth: 0 };
        // A secret that names nobody belongs to the entry that it stands in.
        let place = if hit.key.is_some() { self.place(hit, statement) } else { owner };
        if let Some(place) = place {
            self.entities[place].secrets.push(held);
        } else {
            if let Some((at, login)) = hit.key {
                match login {
                    Some(login) => login.clone_into(&mut held.principal),
                    None if nameless(&statement.words[at]) => {
                        held.owner = statement.words[..=at].join(" ");
                    }
                    None => held.principal = without_password(&statement.words[at]),
                }
            }
            self.shared.push(held);
        }
    }

    /// A former password of the entry that the pattern names.
    fn past(&mut self, form: Form, hit: &Hit, statement: &Statement<'_, '_>) {
        let Some(place) = self.place(hit, statement) else { return };
        let before = self.entities[place].secrets.len();
        self.secret(Kind::Login, form, hit, statement, None);
        let secrets = &mut self.entities[place].secrets;
        let earlier = secrets[..before].iter().map(|held| held.depth).max().unwrap_or(0);
        if let Some(held) = secrets.get_mut(before) {
            held.depth = earlier.saturating_add(1);
        }
    }

    fn name(&mut self, rank: u8, hit: &Hit, statement: &Statement<'_, '_>, value: &str) {
        // Rank 0 names an entry whatever its key is.
        let named = |&(at, _): &(usize, _)| rank == 0 || nameless(&statement.words[at]);
        let Some((at, _)) = hit.key.filter(named) else { return };
        if value.is_empty() {
            return;
        }
        let path = statement.words[..=at].join(" ");
        match self.names.get(&path) {
            Some((known, _)) if *known <= rank => {}
            _ => drop(self.names.insert(path, (rank, value.to_owned()))),
        }
    }

    /// What an entry without a name of its own is called; empty where nothing says it.
    pub(super) fn name_of(&self, path: &str, own: &str) -> String {
        let named = self.names.get(path).map(|(_, name)| name.as_str());
        named.unwrap_or(if nameless(own) { "" } else { own }).to_owned()
    }

    /// True where the file says who belongs to which group.
    pub(super) fn knows_groups(&self) -> bool {
        !self.members.is_empty()
    }

    fn member(&mut self, hit: &Hit, statement: &Statement<'_, '_>, value: &str) {
        if let Some((at, _)) = hit.key {
            let group = statement.words[..=at].join(" ");
            self.members.extend(value.split(',').map(|id| (group.clone(), id.trim().to_owned())));
        }
    }

    /// True where a group of administrators counts this number among its own.
    pub(super) fn in_admin_group(&self, id: &str) -> bool {
        let mut groups = self.members.iter().filter(|member| member.1 == id);
        groups.any(|(group, _)| self.product.admins.contains(&self.name_of(group, "").as_str()))
    }

    fn place(&self, hit: &Hit, statement: &Statement<'_, '_>) -> Option<usize> {
        let (at, _) = hit.key?;
        self.places.get(&statement.words[..=at].join(" ")).copied()
    }

    fn entity_at(&mut self, hit: &Hit, statement: &Statement<'_, '_>) -> Option<&mut Entity> {
        let place = self.place(hit, statement)?;
        self.entities.get_mut(place)
    }

    fn entity(&mut self, hit: &Hit, statement: &Statement<'_, '_>, class: Class) -> Option<usize> {
        let (at, login) = hit.key?;
        let off = statement.off.is_some_and(|off| off <= at);
        if let Some(place) = self.place(hit, statement) {
            self.entities[place].off |= off;
            return Some(place);
        }
        let key = statement.words[..=at].join(" ");
        let own = statement.words[at].as_ref();
        let login = login.unwrap_or(own).to_owned();
        let scope = self.scope(hit.start, class, statement);
        let place = self.entities.len();
        self.places.insert(key.clone(), place);
        self.entities.push(Entity::new(class, key, scope, login, statement.line, off));
        Some(place)
    }

    /// The words before a pattern that tell virtual devices apart; a remote user's account is
    /// never that of an administrator of the same name.
    fn scope(&self, start: usize, class: Class, statement: &Statement<'_, '_>) -> String {
        let words = statement.words[..start].iter().map(Cow::as_ref);
        let kept: Vec<&str> =
            words.filter(|word| !self.product.noise.contains(word) && !nameless(word)).collect();
        match (class, kept.is_empty()) {
            (Class::Remote, true) => "vpn".to_owned(),
            _ => kept.join("/"),
        }
    }

    /// A value that announces by its look that it is a secret, under a name that no rule knows.
    fn sealed(&mut self, statement: &Statement<'_, '_>) -> bool {
        let (words, line) = (statement.words, statement.line);
        let Some((value, before)) = words.split_last().filter(|_| !statement.opens) else {
            return false;
        };
        let Some((scheme, state)) = announced(value, self.product.sealed) else { return false };
        let principal = before.last().map_or("", Cow::as_ref);
        self.shared.push(Held::alone((Kind::Other, scheme, state), value, principal, line));
        true
    }

    /// Private keys in PEM and passwords in URLs need no rule to be seen.
    fn keys_and_urls(&mut self, statement: &Statement<'_, '_>) -> bool {
        let mut found = false;
        for word in &statement.words[statement.own..] {
            let Some((kind, state, value, principal)) = in_sight(word) else { continue };
            self.shared.push(Held::alone((kind, "", state), value, principal, statement.line));
            found = true;
        }
        found
    }
}

/// True for a key that a syntax made up.
fn nameless(word: &str) -> bool {
    word.starts_with(COUNTED)
}
