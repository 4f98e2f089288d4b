//! Running configurations of Cisco IOS, IOS-XE, IOS-XR and NX-OS.

mod login;
mod rules;
mod skip;
mod snmp;
mod statement;
#[cfg(test)]
mod tests;
mod value;
mod xr;

use crate::ingest::device::{CONFIG_LIMIT, Device, fallback_name, origin, secret_word};
use crate::ingest::framing::blocks::undecodable;
use crate::ingest::framing::console;
use crate::ingest::source::{Probe, Source};
use crate::ingest::{Claim, FileError, Reader};
use crate::model::file::{Problem, Weight};
use crate::model::inventory::Inventory;
use crate::rules::RuleSet;
use skip::Skip;
use statement::{Outcome, Section};
use zeroize::Zeroizing;

/// Reader of `show running-config`.
pub struct CiscoIos;

impl Reader for CiscoIos {
    fn name(&self) -> &'static str {
        "cisco-ios"
    }

    fn claim(&self, probe: &Probe<'_>) -> Option<Claim> {
        let (mut signs, mut comments) = ([false; SIGNS.len()], 0);
        for (_, line) in console::lines(probe.text).lines {
            if FOREIGN.iter().any(|foreign| line.starts_with(foreign)) {
                return None;
            }
            comments += u32::from(line.starts_with('!'));
            for (sign, seen) in SIGNS.iter().zip(&mut signs) {
                *seen |= rules::fit(&line, sign).is_some();
            }
        }
        let count = signs.iter().filter(|seen| **seen).count() + usize::from(comments > 2);
        match count {
            0 | 1 => None,
            2 => Some(Claim { score: 60, reason: "IOS statements" }),
            _ => Some(Claim { score: 80, reason: "IOS statements" }),
        }
    }

    fn read(
        &self,
        source: &mut Source<'_>,
        _rules: &RuleSet,
        inventory: &mut Inventory,
    ) -> Result<(), FileError> {
        let (name, provisional) = fallback_name(source);
        let damage = undecodable(source.encoding);
        let text = Zeroizing::new(source.text(CONFIG_LIMIT)?);
        let lines = console::lines(&text);
        if lines.noisy > 0 {
            let problem = Problem::new(origin(lines.first_noise), Weight::Warning, "console-noise");
            inventory.problems.push(problem.detail(format!("{} lines", lines.noisy)));
        }
        let first = lines.lines.iter().find_map(|(_, line)| host_name(line));
        let device = match first {
            Some(name) => Device::new(inventory, name, false),
            None => Device::new(inventory, &name, provisional),
        };
        if first.is_none() {
            inventory.problems.push(Problem::new(origin(0), Weight::Warning, "no-hostname"));
        }
        device.product(inventory, "cisco ios");
        let mut config = Config::new(inventory, device, first.unwrap_or_default(), damage);
        for (number, line) in &lines.lines {
            config.line(line, *number);
        }
        config.finish();
        Ok(())
    }
}

/// Beginnings of statements that this family of products writes.
const SIGNS: [&str; 13] = [
    "hostname",
    "version",
    "interface",
    "line vty",
    "line con",
    "enable secret",
    "enable password",
    "username * privilege",
    "service timestamps",
    "snmp-server",
    "ip address",
    "Building configuration...",
    "Current configuration",
];

/// Beginnings of lines that only other products write.
const FOREIGN: [&str; 9] = [
    ": Saved",
    "ASA Version",
    "PIX Version",
    "#config-version",
    "config system",
    "! NEC ",
    "set system",
    "system {",
    "<?xml",
];

fn host_name(line: &str) -> Option<&str> {
    let (name, _) = rules::fit(line, "hostname").or_else(|| rules::fit(line, "switchname"))?;
    let name = name.split_ascii_whitespace().next()?.trim_matches('"');
    (!name.is_empty()).then_some(name)
}

/// True for statements that must not be read from damaged bytes; a damaged description is no loss.
fn names_somebody(statement: &str) -> bool {
    let free_text =
        ["description", "remark", "name"].iter().any(|w| rules::fit(statement, w).is_some());
    let named = rules::fit(statement, "username").is_some() || host_name(statement).is_some();
    !free_text && (named || secret_word(statement).is_some())
}

/// A configuration being read.
struct Config<'i> {
    inventory: &'i mut Inventory,
    device: Device,
    host: String,
    damage: &'static str,
    section: Section,
    skip: Skip,
}

impl<'i> Config<'i> {
    fn new(inventory: &'i mut Inventory, device: Device, host: &str, damage: &'static str) -> Self {
        let (section, skip) = (Section::default(), Skip::default());
        Self { inventory, device, host: host.to_owned(), damage, section, skip }
    }

    fn line(&mut self, line: &str, number: u32) {
        if let Some(key) = self.skip.line(line, number) {
            return self.private_key(&key);
        }
        if self.skip.skipping(number) {
            return self.inventory.rows.skip();
        }
        let statement = line.trim();
        if statement.is_empty() || statement.starts_with('!') || console::command(line).is_some() {
            return self.inventory.rows.skip();
        }
        if statement.contains('\u{fffd}') && names_somebody(statement) {
            let problem = Problem::new(origin(number), Weight::Row, self.damage);
            return self.inventory.refuse(problem);
        }
        match self.statement(line, statement, number) {
            Outcome::Taken => self.inventory.rows.take(),
            Outcome::Bad(code, length) => {
                let problem = Problem::new(origin(number), Weight::Row, code);
                self.inventory.refuse(problem.detail(format!("{length} characters")));
            }
            Outcome::Nothing => self.inventory.rows.skip(),
        }
    }

    fn statement(&mut self, line: &str, statement: &str, number: u32) -> Outcome {
        let outcome = if line.starts_with(char::is_whitespace) {
            self.sub_statement(statement, number)
        } else {
            self.close_section();
            self.section = Section::new(statement);
            self.top_statement(statement, number)
        };
        if outcome != Outcome::Nothing || statement.starts_with("no ") {
            return outcome;
        }
        match secret_word(statement) {
            Some(word) if !rules::harmless(statement, &self.section.heading) => {
                self.device.unread(self.inventory, word, number);
                Outcome::Taken
            }
            _ => Outcome::Nothing,
        }
    }

    /// A second host name begins a second device in the same file.
    fn rename(&mut self, name: &str) {
        if name == self.host {
            return;
        }
        name.clone_into(&mut self.host);
        self.device = Device::new(self.inventory, name, false);
        self.device.product(self.inventory, "cisco ios");
    }

    fn finish(&mut self) {
        self.close_section();
        if let Some(line) = self.skip.open_banner() {
            // Its first line was counted as skipped, and all that it swallowed.
            self.inventory.rows.skipped -= 1;
            self.inventory.rows.read -= 1;
            let problem = Problem::new(origin(line), Weight::Row, "unclosed-quote");
            self.inventory.refuse(problem.column("banner"));
        }
    }
}
