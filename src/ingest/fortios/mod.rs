//! Configuration backups of FortiOS.

mod entry;
mod facts;
mod grammar;
mod tables;
#[cfg(test)]
mod tests;

use crate::ingest::device::{CONFIG_LIMIT, Device, fallback_name, origin};
use crate::ingest::framing::blocks::undecodable;
use crate::ingest::framing::console;
use crate::ingest::source::{Probe, Source};
use crate::ingest::{Claim, FileError, Reader};
use crate::model::device::Topic;
use crate::model::file::{Problem, Weight};
use crate::model::inventory::Inventory;
use crate::rules::RuleSet;
use entry::Setting;
use grammar::Statement;

/// Reader of FortiOS configurations.
pub struct FortiOs;

impl Reader for FortiOs {
    fn name(&self) -> &'static str {
        "fortios"
    }

    fn claim(&self, probe: &Probe<'_>) -> Option<Claim> {
        if probe.text.trim_start_matches('\u{feff}').trim_start().starts_with("#config-version=") {
            return Some(Claim { score: 98, reason: "#config-version heading" });
        }
        // What a terminal left in a line may part the word.
        if console::stream(probe.text).is_clean() && !probe.text.contains("config ") {
            return None;
        }
        let lines = console::lines(probe.text);
        let starts = |word: &str| lines.lines.iter().any(|(_, l)| l.trim_start().starts_with(word));
        let tables =
            ["config system ", "config user ", "config vpn ", "config firewall ", "config vdom"];
        (tables.iter().any(|table| starts(table)) && starts("set "))
            .then_some(Claim { score: 85, reason: "config/set/end blocks" })
    }

    fn read(
        &self,
        source: &mut Source<'_>,
        _rules: &RuleSet,
        inventory: &mut Inventory,
    ) -> Result<(), FileError> {
        let (name, provisional) = fallback_name(source);
        let damage = undecodable(source.encoding);
        let text = source.text(CONFIG_LIMIT)?;
        let lines = console::lines(&text);
        if lines.noisy > 0 {
            let problem = Problem::new(origin(lines.first_noise), Weight::Warning, "console-noise");
            inventory.problems.push(problem.detail(format!("{} lines", lines.noisy)));
        }
        let statements = grammar::statements(&lines);
        let device = if let Some(name) = host_name(&statements) {
            Device::new(inventory, name, false)
        } else {
            inventory.problems.push(Problem::new(origin(0), Weight::Warning, "no-hostname"));
            Device::new(inventory, &name, provisional)
        };
        let heading = facts::heading(lines.lines.iter().map(|(_, line)| line.as_ref()));
        device.product(inventory, heading.product);
        if !heading.model.is_empty() {
            inventory.push_fact(device.system, Topic::Model, heading.model, origin(1));
        }
        let passwords = entry::has_admin_passwords(&statements);
        let mut config = Config { inventory, device, damage, frames: Vec::new(), passwords };
        for (line, statement) in statements {
            config.statement(statement, line);
        }
        config.finish(lines.lines.len() as u64);
        Ok(())
    }
}

fn host_name(statements: &[(u32, Statement)]) -> Option<&str> {
    statements.iter().find_map(|(_, statement)| match statement {
        Statement::Set(key, values) if key == "hostname" => {
            values.first().map(String::as_str).filter(|name| !name.is_empty())
        }
        _ => None,
    })
}

/// An open `config`, with the entry being edited in it.
#[derive(Default)]
struct Frame {
    table: String,
    edit: Option<String>,
    line: u32,
    settings: Vec<Setting>,
    /// True where a table inside limits who may ask.
    guarded: bool,
}

/// A configuration being read.
struct Config<'i> {
    inventory: &'i mut Inventory,
    device: Device,
    damage: &'static str,
    frames: Vec<Frame>,
    /// True where the file prints the passwords of administrators at all.
    passwords: bool,
}

impl Config<'_> {
    fn statement(&mut self, statement: Statement, line: u32) {
        match statement {
            Statement::Config(table) => {
                self.frames.push(Frame { table, line, ..Frame::default() });
            }
            Statement::Edit(name) => {
                self.close_entry();
                if let Some(frame) = self.frames.last_mut() {
                    (frame.edit, frame.line) = (Some(name), line);
                }
            }
            Statement::Set(key, values) => self.set(Setting { key, values, line }),
            Statement::Next => self.close_entry(),
            Statement::End => {
                self.close_entry();
                self.frames.pop();
            }
            Statement::Unclosed => {
                let problem = Problem::new(origin(line), Weight::Row, "unclosed-quote");
                self.inventory.refuse(problem);
            }
        }
    }

    fn set(&mut self, setting: Setting) {
        let damaged = setting.values.iter().any(|value| value.contains('\u{fffd}'));
        let matters = entry::matters(&setting);
        if damaged && matters {
            let problem = Problem::new(origin(setting.line), Weight::Row, self.damage);
            return self.inventory.refuse(problem.column(entry::column(&setting)));
        }
        if let Some(frame) = self.frames.last_mut() {
            frame.settings.push(setting);
        }
    }

    /// Virtual domain that the innermost table lies in.
    fn vdom(&self) -> &str {
        let frame = self.frames.iter().find(|frame| frame.table == "vdom");
        frame.and_then(|frame| frame.edit.as_deref()).unwrap_or_default()
    }

    /// Name of the innermost table with those around it, `vdom` and `global` apart.
    fn path(&self) -> String {
        let tables = self.frames.iter().map(|frame| frame.table.as_str());
        tables.filter(|table| !matches!(*table, "vdom" | "global")).collect::<Vec<_>>().join(" / ")
    }

    fn close_entry(&mut self) {
        let (path, vdom) = (self.path(), self.vdom().to_owned());
        let Some(frame) = self.frames.last_mut() else { return };
        let fresh = Frame { table: frame.table.clone(), ..Frame::default() };
        let frame = std::mem::replace(frame, fresh);
        if frame.settings.is_empty() && frame.edit.is_none() {
            return;
        }
        let factory = frame.edit.as_deref().is_some_and(|name| name.starts_with("Fortinet_"));
        self.facts(&path, &frame);
        if !factory && !tables::ignored(&path) {
            self.entry(&path, &vdom, &frame);
        }
    }

    fn finish(&mut self, lines: u64) {
        if let Some(frame) = self.frames.first() {
            let problem = Problem::new(origin(frame.line), Weight::File, "truncated");
            self.inventory.problems.push(problem.detail(format!("{} open", self.frames.len())));
        }
        while !self.frames.is_empty() {
            self.close_entry();
            self.frames.pop();
        }
        let rows = &mut self.inventory.rows;
        rows.read = lines;
        rows.skipped = lines - rows.ok - rows.quarantined;
    }
}
