//! Line-shaped configurations: one reader that rules/devices describes.

mod community;
mod config;
mod decode;
mod engine;
#[cfg(test)]
mod reach;
mod stretch;
mod take;
#[cfg(test)]
mod tests;
mod told;
mod verify;

use crate::ingest::device::{CONFIG_LIMIT, Device, fallback_name, origin};
use crate::ingest::framing::blocks::undecodable;
use crate::ingest::framing::console;
use crate::ingest::source::{Probe, Source};
use crate::ingest::{Claim, FileError};
use crate::model::file::{Problem, Weight};
use crate::model::inventory::Inventory;
use crate::rules::device::pattern::{self, Line};
use crate::rules::device::{Profile, Profiles, Sign, Weight as Sure};
use config::Config;
use stretch::Stretch;
pub use verify::verify;

/// A profile's claim on a file, with the statement that shows it best.
pub struct Found<'r> {
    /// The profile.
    pub profile: &'r Profile,
    /// How sure.
    pub claim: Claim,
    /// The pattern of the best sign and the line where it was met.
    pub sign: (&'r str, u32),
}

/// What was seen of one profile.
#[derive(Clone, Default)]
struct Seen<'r> {
    sure: Vec<u16>,
    family: Vec<u16>,
    foreign: bool,
    first: Option<(&'r str, u32)>,
}

/// The surest claim of a profile.
pub const SUREST: u8 = 94;

/// Profiles that claim a file, judged by its first lines: each line is looked at once for all.
pub fn claim<'r>(probe: &Probe<'_>, profiles: &'r Profiles) -> Vec<Found<'r>> {
    let mut seen = vec![Seen::default(); profiles.list().len()];
    // A sign that was met says nothing new.
    let mut met = vec![false; profiles.sign_count()];
    let mut words = Vec::new();
    for (number, line) in console::stream(probe.text) {
        let signs = profiles.signs(pattern::first_word(line.trim_ascii_start(), ""));
        if signs.iter().all(|sign| met[usize::from(sign.number)]) {
            continue;
        }
        pattern::split(&line, "", &mut words);
        let line = Line { text: &line, words: &words };
        for &sign in signs {
            let (pattern, met) = (profiles.pattern(sign), &mut met[usize::from(sign.number)]);
            if !*met && pattern.fit(line, 0, &|_| true).is_some() {
                *met = true;
                seen[usize::from(sign.profile)].note(sign, &pattern.text, number);
            }
        }
    }
    profiles.list().iter().zip(seen).filter_map(|(profile, seen)| seen.claim(profile)).collect()
}

impl<'r> Seen<'r> {
    fn note(&mut self, sign: Sign, text: &'r str, line: u32) {
        match sign.weight {
            Sure::Foreign => self.foreign = true,
            Sure::Sure => {
                if self.sure.is_empty() {
                    self.first = Some((text, line));
                }
                if !self.sure.contains(&sign.place) {
                    self.sure.push(sign.place);
                }
            }
            Sure::Family => {
                self.first.get_or_insert((text, line));
                if !self.family.contains(&sign.place) {
                    self.family.push(sign.place);
                }
            }
        }
    }

    /// A statement that nobody else writes settles it, and several different ones outweigh one that
    /// somebody else writes after all; statements of a family need company.
    fn claim(self, profile: &'r Profile) -> Option<Found<'r>> {
        let sign = self.first.filter(|_| !self.foreign)?;
        let (score, reason) = match (self.sure.len(), self.family.len()) {
            (0, 0 | 1) => return None,
            (0, 2) => (60, "statements of its family"),
            (0, _) => (80, "statements of its family"),
            (1, _) => (92, "a statement of this product only"),
            (2, _) => (93, "statements of this product only"),
            _ => (SUREST, "statements of this product only"),
        };
        Some(Found { profile, claim: Claim { score, reason }, sign })
    }
}

/// Reads a configuration as its profile says.
pub fn read(
    profile: &Profile,
    source: &mut Source<'_>,
    inventory: &mut Inventory,
) -> Result<(), FileError> {
    let name = fallback_name(source);
    let damage = undecodable(source.encoding);
    let text = source.text(CONFIG_LIMIT)?;
    read_text(profile, &text, &name, damage, inventory);
    Ok(())
}

/// Returns the place of the rule that was applied last.
fn read_text(
    profile: &Profile,
    text: &str,
    fallback: &(String, bool),
    damage: &'static str,
    inventory: &mut Inventory,
) -> Option<u16> {
    let mut lines = console::stream(text);
    let first = config::first_name(profile, lines.clone());
    let device = match &first {
        Some(name) => Device::of_kind(inventory, profile.kind, name, false),
        None => Device::of_kind(inventory, profile.kind, &fallback.0, fallback.1),
    };
    if first.is_none() && !profile.hostname.is_empty() {
        inventory.problems.push(Problem::new(origin(0), Weight::Warning, "no-hostname"));
    }
    device.product(inventory, &profile.product);
    let damaged = memchr::memchr(0, text.as_bytes()).is_some()
        || !text.is_ascii() && text.contains('\u{fffd}');
    let damage = if damaged { damage } else { "" };
    let mut config = Config::new(inventory, device, profile, first.unwrap_or_default(), damage);
    config.stretch = Stretch::of_file(lines.is_clean(), text);
    for (number, line) in lines.by_ref() {
        config.line(line, number);
    }
    config.finish();
    let last_rule = config.last_rule;
    if lines.noisy > 0 {
        let problem = Problem::new(origin(lines.first_noise), Weight::Warning, "console-noise");
        inventory.problems.push(problem.detail(format!("{} lines", lines.noisy)));
    }
    last_rule
}
