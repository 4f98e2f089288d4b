//! A configuration while it is read: its lines, the headings they stand under, its devices.

use super::decode::Value;
use super::stretch::{Pem, Place, Stretch};
use crate::ingest::device::{Device, Marks, origin, scan};
use crate::ingest::framing::console::{self, Prompt, Stream};
use crate::model::credential::{Kind, State};
use crate::model::file::{Problem, Weight};
use crate::model::inventory::Inventory;
use crate::rules::device::pattern::{self, Line, Pattern, Slot, Word};
use crate::rules::device::{Firsts, Profile};
use std::borrow::Cow;

/// Longest line of a device configuration.
const LINE_LIMIT: usize = 64 << 10;

/// A line that others are indented under.
#[derive(Default)]
pub(super) struct Heading<'t> {
    pub(super) text: Cow<'t, str>,
    indent: usize,
    /// What a statement of the block said that its secrets belong to.
    pub(super) peer: String,
    /// Rules that wait for the end of the block: their place and line.
    pub(super) pending: Vec<(u16, u32)>,
    /// A statement of the block made those void.
    pub(super) void: bool,
}

/// A configuration being read.
pub(super) struct Config<'i, 't> {
    pub(super) inventory: &'i mut Inventory,
    pub(super) device: Device,
    pub(super) profile: &'i Profile,
    /// Headings above the current line, outermost first.
    pub(super) stack: Vec<Heading<'t>>,
    /// A heading whose block lost its indentation.
    pub(super) loose: Option<Heading<'t>>,
    host: String,
    damage: &'static str,
    pub(super) stretch: Stretch,
    /// Between the prompt of another command and the next one.
    other: bool,
    /// SNMP engine of the current device; empty where nothing names it.
    pub(super) engine: String,
    /// Place of the first secret that may be the current device's.
    pub(super) first_secret: usize,
    /// Line of a beginning that has seen no end.
    begun: Option<u32>,
    /// Place of the rule that was applied last.
    pub(super) last_rule: Option<u16>,
    words: Vec<Word>,
}

impl<'i, 't> Config<'i, 't> {
    pub(super) fn new(
        inventory: &'i mut Inventory,
        device: Device,
        profile: &'i Profile,
        host: String,
        damage: &'static str,
    ) -> Self {
        let first_secret = inventory.credentials.len();
        Self {
            inventory,
            device,
            profile,
            stack: Vec::new(),
            loose: None,
            host,
            damage,
            stretch: Stretch::default(),
            other: false,
            engine: String::new(),
            first_secret,
            begun: None,
            last_rule: None,
            words: Vec::new(),
        }
    }

    pub(super) fn line(&mut self, line: Cow<'t, str>, number: u32) {
        match self.stretch.look(&line, number) {
            Place::Outside => {}
            Place::Inside => return self.inventory.rows.skip(),
            Place::Key(pem) => return self.private_key(&pem),
        }
        let text = line.trim();
        if text.is_empty() {
            return self.inventory.rows.skip();
        }
        if line.len() > LINE_LIMIT {
            let problem = Problem::new(origin(number), Weight::Row, "record-too-long");
            return self.inventory.refuse(problem.detail(format!("{} bytes", line.len())));
        }
        if self.profile.comments.iter().any(|mark| text.starts_with(mark.as_str())) {
            return self.comment(text, line.starts_with(char::is_whitespace), number);
        }
        match console::prompt(&line) {
            Some(prompt) if prompt.configures && !prompt.command.is_empty() => {
                let command = Cow::Owned(prompt.command.to_owned());
                self.other = false;
                self.statement(command, number);
            }
            Some(prompt) => self.prompt(prompt),
            None if self.other => self.inventory.rows.skip(),
            None => self.statement(line, number),
        }
    }

    /// A prompt ends what the last command printed; one of another name is another device.
    fn prompt(&mut self, prompt: Prompt<'_>) {
        self.inventory.rows.skip();
        self.close_to(0);
        self.close_loose();
        self.other = prompt.prints_other();
        let name = prompt.name.split('/').next().unwrap_or_default();
        if self.profile.hostname.is_empty() && !prompt.configures && !name.contains(' ') {
            self.rename(name);
        }
    }

    /// Comments part blocks and may tell what device it is, but hold no statements.
    fn comment(&mut self, text: &str, indented: bool, number: u32) {
        self.inventory.rows.skip();
        if !indented {
            self.close_to(0);
            self.close_loose();
        }
        let first = text.split_ascii_whitespace().next().unwrap_or_default();
        let profile = self.profile;
        if let Some(firsts) = profile.firsts(first) {
            let words = self.split(text);
            let line = Line { text, words: &words };
            if firsts.names {
                self.names(line, number);
            }
            self.facts(line, firsts, number);
            self.words = words;
        }
    }

    fn split(&mut self, text: &str) -> Vec<Word> {
        let mut words = std::mem::take(&mut self.words);
        pattern::split(text, &self.profile.separators, &mut words);
        words
    }

    fn statement(&mut self, line: Cow<'t, str>, number: u32) {
        let indent = line.len() - line.trim_start().len();
        self.close_to(indent);
        let text = line.trim();
        if indent > 0 {
            self.loose = None;
        } else if matches!(text, "exit" | "quit" | "end") {
            self.close_loose();
        }
        let marks = scan(text);
        let profile = self.profile;
        let first = pattern::first_word(text, &profile.separators);
        let named = || marks.word.and_then(|_| profile.named());
        let firsts = profile.firsts(first).or_else(named);
        if firsts.is_none() && marks == Marks::default() {
            self.inventory.rows.skip();
        } else {
            let words = self.split(text);
            self.look(Line { text, words: &words }, firsts, marks, number);
            self.words = words;
        }
        self.head(line, indent, firsts);
    }

    fn look(&mut self, line: Line<'_>, firsts: Option<&'i Firsts>, marks: Marks, number: u32) {
        if let Some(firsts) = firsts {
            if self.stretch.begins(self.profile, &firsts.skips, line, number) {
                return self.inventory.rows.skip();
            }
            if firsts.names {
                self.names(line, number);
            }
            self.facts(line, firsts, number);
            if firsts.voids {
                self.void(line);
            }
        }
        let matters = marks.word.is_some() || firsts.is_some_and(|f| !f.rules.is_empty());
        if matters && self.damaged(line, firsts, number) {
            return;
        }
        let rules = firsts.map_or(&[][..], |firsts| &firsts.rules);
        let mut taken = self.rules(line, rules, number);
        if !taken && marks.url {
            taken = self.urls(line, number);
        }
        let unread = marks.word.filter(|_| !taken && !self.harmless(line, firsts));
        if let Some(word) = unread {
            self.device.unread(self.inventory, word, number);
        }
        if taken || unread.is_some() {
            self.inventory.rows.take();
        } else {
            self.inventory.rows.skip();
        }
    }

    /// A statement with damaged bytes is refused, unless it is only a description.
    fn damaged(&mut self, line: Line<'_>, firsts: Option<&Firsts>, number: u32) -> bool {
        if self.damage.is_empty() {
            return false;
        }
        let code = match line.text {
            text if text.contains('\0') => "nul-byte",
            text if text.contains('\u{fffd}') => self.damage,
            _ => return false,
        };
        if self.listed(line, firsts) {
            return false;
        }
        self.inventory.refuse(Problem::new(origin(number), Weight::Row, code));
        true
    }

    /// True for statements and blocks that are known to hold no secret.
    fn listed(&self, line: Line<'_>, firsts: Option<&Firsts>) -> bool {
        let profile = self.profile;
        let fits = |pattern: &Pattern, line: Line<'_>| pattern.fit(line, 0, &|_| false).is_some();
        let mut places = firsts.map_or(&[][..], |firsts| &firsts.harmless).iter();
        if places.any(|&at| fits(&profile.harmless[usize::from(at)], line)) {
            return true;
        }
        let mut words = Vec::new();
        self.stack.iter().any(|heading| {
            pattern::split(&heading.text, &profile.separators, &mut words);
            let line = Line { text: &heading.text, words: &words };
            profile.harmless_blocks.iter().any(|pattern| fits(pattern, line))
        })
    }

    /// True where a word of the coverage list means nothing: listed statements, facts, headings.
    fn harmless(&self, line: Line<'_>, firsts: Option<&Firsts>) -> bool {
        let profile = self.profile;
        let fits = |pattern: &Pattern| pattern.fit(line, 0, &|_| false).is_some();
        self.listed(line, firsts)
            || firsts.is_some_and(|firsts| {
                firsts.facts.iter().any(|&at| fits(&profile.facts[usize::from(at)].pattern))
                    || firsts.sections.iter().any(fits)
            })
    }

    /// The line becomes a heading for what is indented below it.
    fn head(&mut self, line: Cow<'t, str>, indent: usize, firsts: Option<&Firsts>) {
        if let (0, Some(firsts)) = (indent, firsts.filter(|firsts| !firsts.sections.is_empty())) {
            let words = self.split(&line);
            let statement = Line { text: &line, words: &words };
            if firsts.sections.iter().any(|p| p.fit(statement, 0, &|_| false).is_some()) {
                self.close_loose();
                self.loose = Some(Heading { text: line.clone(), ..Heading::default() });
            }
            self.words = words;
        }
        let text = match line {
            Cow::Borrowed(line) => Cow::Borrowed(line.trim()),
            Cow::Owned(line) => Cow::Owned(line.trim().to_owned()),
        };
        self.stack.push(Heading { text, indent, ..Heading::default() });
    }

    /// Leaves the blocks that a line of this indentation is no part of.
    fn close_to(&mut self, indent: usize) {
        while let Some(heading) = self.stack.pop_if(|heading| heading.indent >= indent) {
            if !heading.pending.is_empty() {
                self.settle(&heading);
            }
        }
    }

    /// The heading at a depth, or the one whose block lost its indentation.
    pub(super) fn heading_at(&mut self, depth: usize) -> Option<&mut Heading<'t>> {
        self.stack.get_mut(depth).or(self.loose.as_mut())
    }

    /// Leaves a block without indentation.
    fn close_loose(&mut self) {
        if let Some(heading) = self.loose.take() {
            self.settle(&heading);
        }
    }

    /// A second name begins a second device in the same file.
    fn names(&mut self, line: Line<'_>, number: u32) {
        let profile = self.profile;
        if let Some(name) = host_name(profile, line) {
            self.rename(name);
        }
        for (pattern, product) in &profile.products {
            if pattern.fit(line, 0, &|_| false).is_some() {
                self.device.product(self.inventory, product);
            }
        }
        if let Some((begin, end)) = &profile.whole {
            if begin.fit(line, 0, &|_| false).is_some() {
                self.begun = Some(number);
            } else if end.fit(line, 0, &|_| false).is_some() {
                self.begun = None;
            }
        }
    }

    fn rename(&mut self, name: &str) {
        if name == self.host {
            return;
        }
        let first = std::mem::replace(&mut self.host, name.to_owned()).is_empty();
        if !first || self.profile.hostname.is_empty() {
            self.localise();
            self.device = Device::of_kind(self.inventory, self.profile.kind, name, false);
            self.device.product(self.inventory, &self.profile.product);
        }
    }

    fn private_key(&mut self, pem: &Pem) {
        let state = if pem.encrypted { State::ReversibleKeyed } else { State::Plain };
        let value = Value { text: &pem.body, ..Value::none(state) };
        let row = self.device.itself(self.inventory, pem.line);
        self.secret(row, Kind::PrivateKey, 0, "", "", value, pem.line);
        self.inventory.rows.take();
    }

    pub(super) fn finish(&mut self) {
        self.close_to(0);
        self.close_loose();
        self.localise();
        if let Some(line) = self.stretch.open() {
            // Its first line was counted as skipped, and all that it swallowed.
            self.inventory.rows.skipped -= 1;
            self.inventory.rows.read -= 1;
            let problem = Problem::new(origin(line), Weight::Row, "unclosed-quote");
            self.inventory.refuse(problem.column("banner"));
        }
        if let Some(line) = self.begun {
            self.inventory.problems.push(Problem::new(origin(line), Weight::File, "truncated"));
        }
    }
}

fn host_name<'l>(profile: &Profile, line: Line<'l>) -> Option<&'l str> {
    let named = |pattern: &Pattern| pattern.fit(line, 0, &|_| false)?.get(Slot::Value, line.text);
    profile.hostname.iter().find_map(named).filter(|name| !name.is_empty())
}

/// The name of the first device of a file.
pub(super) fn first_name(profile: &Profile, mut lines: Stream<'_>) -> Option<String> {
    if profile.hostname.is_empty() {
        return None;
    }
    let mut words = Vec::new();
    lines.find_map(|(_, line)| {
        let statement = line.trim_start();
        let first = statement.split_ascii_whitespace().next()?;
        if !profile.firsts(first).is_some_and(|firsts| firsts.names) {
            return None;
        }
        pattern::split(statement, &profile.separators, &mut words);
        host_name(profile, Line { text: statement, words: &words }).map(str::to_owned)
    })
}
