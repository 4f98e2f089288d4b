//! What a configuration states beside its secrets.

use super::{Config, Frame};
use crate::ingest::device::origin;
use crate::model::device::Topic;

/// What the first line says.
pub(super) struct Heading<'a> {
    /// Name of the product, in lower case.
    pub(super) product: &'static str,
    /// Model; empty where the heading is missing.
    pub(super) model: &'a str,
}

/// `#config-version=FGT60F-7.2.8-FW-build1639:opmode=0`, or nothing where it was cut off.
pub(super) fn heading<'a>(lines: impl Iterator<Item = &'a str>) -> Heading<'a> {
    let mut manager = false;
    for line in lines.take(20) {
        manager |= line.contains("FortiManager") || line.contains("FortiAnalyzer");
        if let Some(rest) = line.trim_start_matches('\u{feff}').strip_prefix("#config-version=") {
            // A virtual one has hyphens in its model: the version begins with a digit and a dot.
            let end = rest.match_indices('-').map(|(at, _)| at).find(|at| version(&rest[at + 1..]));
            let model = end.map_or("", |end| &rest[..end]);
            manager |= model.starts_with("FMG") || model.starts_with("FAZ");
            return Heading { product: product(manager), model };
        }
    }
    Heading { product: product(manager), model: "" }
}

fn version(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|c| c.is_ascii_digit()) && chars.next() == Some('.')
}

const fn product(manager: bool) -> &'static str {
    if manager { "fortinet fortimanager" } else { "fortinet fortigate" }
}

/// (table, setting, what it tells): the value is the setting's own.
const FACTS: &[(&str, &str, Topic)] = &[
    ("system global", "admintimeout", Topic::IdleMinutes),
    ("system global", "admin-lockout-threshold", Topic::Lockout),
    ("system admin setting", "idle_timeout", Topic::IdleMinutes),
    ("system password-policy", "minimum-length", Topic::PasswordLength),
    ("system password-policy", "expire-day", Topic::PasswordAge),
    ("log syslogd setting", "server", Topic::Syslog),
    ("log syslogd2 setting", "server", Topic::Syslog),
    ("system syslog", "ip", Topic::Syslog),
];

impl Config<'_> {
    /// Notes what an entry states.
    pub(super) fn facts(&mut self, path: &str, frame: &Frame) {
        for setting in &frame.settings {
            let (key, line) = (setting.key.as_str(), setting.line);
            let known = FACTS.iter().find(|row| row.0 == path && row.1 == key);
            match (known, setting.values.first()) {
                (Some((_, _, topic)), Some(value)) => self.fact(*topic, value, line),
                _ if path == "system interface" && key == "allowaccess" => {
                    self.access(&setting.values, line);
                }
                _ if path.starts_with("system admin") && key.starts_with("trusthost") => {
                    let everywhere = setting.values.iter().all(|value| value == "0.0.0.0");
                    if !everywhere {
                        self.fact(Topic::ManagementSource, &setting.values.join("/"), line);
                    }
                }
                _ => {}
            }
        }
        self.silence(path, frame);
        if path == "system snmp user" && !frame.settings.is_empty() {
            let level = match frame.get("security-level") {
                "auth-priv" => "priv",
                "auth-no-priv" => "auth",
                _ => "noauth",
            };
            self.fact(Topic::SnmpUser, level, frame.line);
        }
    }

    /// What an entry tells by what it leaves out: defaults are not printed.
    fn silence(&mut self, path: &str, frame: &Frame) {
        let (system, at) = (self.device.system, origin(frame.line));
        match path {
            "system interface" => {
                self.inventory.assume_fact(system, Topic::Telnet, "no", at);
                self.inventory.assume_fact(system, Topic::Http, "no", at);
            }
            "system global" => {
                self.inventory.assume_fact(system, Topic::IdleMinutes, "5", at);
                self.inventory.assume_fact(system, Topic::SnmpCommunity, "off", at);
            }
            "system admin" if !frame.settings.is_empty() => {
                let guarded = frame.settings.iter().any(|setting| {
                    let everywhere = setting.values.iter().all(|value| value == "0.0.0.0");
                    setting.key.contains("trusthost") && !everywhere
                });
                if !guarded {
                    self.fact(Topic::ManagementSource, "any", frame.line);
                }
            }
            _ => {}
        }
    }

    /// Ways in that an interface offers.
    fn access(&mut self, ways: &[String], line: u32) {
        for (way, topic) in [("telnet", Topic::Telnet), ("http", Topic::Http)] {
            if ways.iter().any(|offered| offered == way) {
                self.fact(topic, "yes", line);
            }
        }
    }

    pub(super) fn fact(&mut self, topic: Topic, value: &str, line: u32) {
        self.inventory.push_fact(self.device.system, topic, value, origin(line));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::fortios::FortiOs;
    use crate::ingest::testing::read;

    #[test]
    fn headings_name_product_and_model() {
        for (line, product, model) in [
            ("#config-version=FGT60F-7.2.8-FW-build1639:opmode=0", "fortinet fortigate", "FGT60F"),
            ("#config-version=FMG-VM64-KVM-6.4.0-FW", "fortinet fortimanager", "FMG-VM64-KVM"),
            ("config system global", "fortinet fortigate", ""),
        ] {
            let seen = heading([line].into_iter());
            assert_eq!((seen.product, seen.model), (product, model), "{line}");
        }
    }

    #[test]
    fn facts_of_a_firewall() {
        let text = "#config-version=FGT60F-7.2.8-FW\nconfig system global\nset hostname a\nset admintimeout 60\nend\n\
                    config system interface\nedit wan1\nset allowaccess ping https http telnet\nnext\nend\n\
                    config system admin\nedit a\nset trusthost1 192.0.2.0 255.255.255.0\nset password ENC SH2x\nnext\nend\n\
                    config system snmp user\nedit u\nset security-level no-auth-no-priv\nnext\nend\n";
        let part = read(&FortiOs, "devices/a.conf", text.as_bytes());
        let facts: Vec<_> = part
            .facts
            .iter()
            .filter(|fact| fact.stated)
            .map(|f| format!("{}={}@{}", f.topic.word(), part.text.get(f.value), f.origin.line))
            .collect();
        assert_eq!(
            facts,
            [
                "model=FGT60F@1",
                "idle-minutes=60@4",
                "telnet=yes@8",
                "http=yes@8",
                "management-source=192.0.2.0/255.255.255.0@13",
                "snmp-user=noauth@18",
            ]
        );
    }

    #[test]
    fn what_is_left_out_is_the_default() {
        let text = "config system global\nset hostname a\nend\nconfig system interface\nedit wan1\n\
                    set allowaccess ping\nnext\nend\nconfig system admin\nedit a\nset password ENC SH2x\n\
                    next\nend\n";
        let part = read(&FortiOs, "devices/a.conf", text.as_bytes());
        let word = |fact: &crate::model::device::Fact| {
            format!("{}={} {}", fact.topic.word(), part.text.get(fact.value), fact.stated)
        };
        let facts: Vec<_> = part.facts.iter().map(word).collect();
        let wanted = [
            "idle-minutes=5 false",
            "snmp-community=off false",
            "telnet=no false",
            "http=no false",
            "management-source=any true",
        ];
        assert_eq!(facts, wanted);
    }
}
