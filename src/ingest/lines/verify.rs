//! The examples of rules/devices, tried.

use super::read_text;
use crate::model::credential::Credential;
use crate::model::inventory::Inventory;
use crate::rules::device::Profile;
use crate::rules::{RuleError, RuleSet};

/// Tries every example of every profile: each rule must take the lines it names, each example must
/// give what stands behind its `=>` and leave no line unread. Returns what fails.
pub fn verify(rules: &RuleSet) -> Vec<RuleError> {
    let of_rules = |profile: &Profile| {
        let rules = profile.rules.iter().enumerate();
        let lines = rules.flat_map(|(place, rule)| rule.yes.iter().map(move |line| (place, line)));
        lines.filter_map(|(place, line)| check_rule(profile, place, line).err()).collect::<Vec<_>>()
    };
    let of_examples = |profile: &Profile| {
        let examples = profile.examples.iter();
        examples.filter_map(|example| check_example(profile, example).err()).collect::<Vec<_>>()
    };
    let profiles = rules.devices.list();
    profiles.iter().flat_map(|p| of_rules(p).into_iter().chain(of_examples(p))).collect()
}

fn failed(profile: &Profile, message: String) -> RuleError {
    RuleError::meaning(
        &format!("devices/{}.toml", profile.name),
        message,
        "an example must be read as it says: correct the pattern or the example",
    )
}

/// `a > b > c` is a statement under its headings.
fn check_rule(profile: &Profile, place: usize, line: &str) -> Result<(), RuleError> {
    let statements: Vec<&str> = line.split(" > ").collect();
    let indented = |(depth, line): (usize, &&str)| [&" ".repeat(depth), *line].concat();
    let text = statements.iter().enumerate().map(indented).collect::<Vec<_>>().join("\n");
    let mut inventory = Inventory::default();
    let taken =
        read_text(profile, &text, &("example".to_owned(), true), "bad-utf8", &mut inventory);
    if taken.map(usize::from) != Some(place) {
        let pattern = &profile.rules[place].pattern.text;
        return Err(failed(profile, format!("'{pattern}' does not take '{line}'")));
    }
    Ok(())
}

/// `line // line => login|kind|privilege|scheme|state|principal & ...`, or `=> nothing`.
fn check_example(profile: &Profile, example: &str) -> Result<(), RuleError> {
    let Some((lines, wanted)) = example.split_once(" => ") else {
        return Err(failed(profile, format!("'{example}' has no '=>'")));
    };
    let text = lines.replace(" // ", "\n");
    let mut inventory = Inventory::default();
    read_text(profile, &text, &("example".to_owned(), true), "bad-utf8", &mut inventory);
    let found: Vec<String> =
        inventory.credentials.iter().map(|credential| summary(&inventory, credential)).collect();
    let found = if found.is_empty() { "nothing".to_owned() } else { found.join(" & ") };
    if found != wanted.trim() {
        return Err(failed(profile, format!("'{lines}' gives {found}, not {wanted}")));
    }
    if let Some(unread) = inventory.unread_secrets.first() {
        let line = unread.origin.line;
        return Err(failed(profile, format!("line {line} of '{lines}' is not understood")));
    }
    Ok(())
}

fn summary(inventory: &Inventory, credential: &Credential) -> String {
    format!(
        "{}|{}|{}|{}|{}|{}",
        inventory.text.get(inventory.accounts.login.get(credential.account)),
        credential.kind.word(),
        credential.privilege,
        inventory.names.get(credential.scheme),
        credential.state.word(),
        inventory.text.get(credential.principal),
    )
}
