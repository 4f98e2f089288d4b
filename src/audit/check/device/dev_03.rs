//! DEV-03: management of a device in clear text, from everywhere, or without an idle timeout.

use crate::audit::check::{Asking, Check};
use crate::audit::facts::{DeviceFacts, Said, by_device};
use crate::audit::missing::Missing;
use crate::audit::sink::{Found, Sink};
use crate::model::device::Topic;
use crate::model::finding::Unit;

/// The check.
pub(crate) struct OpenManagement;

/// A topic and whether what is said about it is a fault, given the longest idle time.
type Question = (Topic, fn(&str, i64) -> bool);

const QUESTIONS: [Question; 4] = [
    (Topic::Telnet, |value, _| value == "yes"),
    (Topic::Http, |value, _| value == "yes"),
    (Topic::ManagementSource, |value, _| {
        matches!(value, "any" | "all" | "0.0.0.0" | "0.0.0.0/0" | "::/0")
    }),
    (Topic::IdleMinutes, |value, most| {
        value.parse::<i64>().is_ok_and(|minutes| minutes == 0 || minutes > most)
    }),
];

impl Check for OpenManagement {
    fn thresholds(&self) -> Vec<&'static str> {
        vec!["minutes"]
    }

    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        let most = ask.policy.threshold(ask.rule, "minutes");
        for (system, facts) in by_device(ask) {
            let mut missing = Missing::NONE;
            let faults = faults(&facts, most, &mut missing);
            if faults.is_empty() && missing != Missing::NONE {
                ask.unjudged(system, missing, out);
                continue;
            }
            ask.judged(system, out);
            if let Some((_, first)) = faults.first() {
                let words: Vec<&str> = faults.iter().map(|(word, _)| *word).collect();
                let found = Found::count("open-management", words.len() as i64, Unit::Settings);
                let origin = (first.origin.line > 0).then_some(first.origin);
                let found = Found { origin, ..found.detail(words.join(", ")) };
                out.system_finding(ask, system, found);
            }
        }
    }
}

/// The topics with a fault, each with the first statement that shows it.
fn faults<'a>(
    facts: &DeviceFacts<'a>,
    most: i64,
    missing: &mut Missing,
) -> Vec<(&'static str, Said<'a>)> {
    let mut faults = Vec::new();
    for (topic, is_fault) in QUESTIONS {
        let said = facts.ask(topic, missing);
        if let Some(&at) = said.iter().find(|said| is_fault(said.value, most)) {
            let word = if topic == Topic::ManagementSource { "any" } else { topic.word() };
            faults.push((word, at));
        }
    }
    faults
}
