//! Facts in the words of their topics.

use crate::model::device::Topic;

/// A fact in the words of its topic; empty where the statement says nothing about it after all.
pub(super) fn in_words(topic: Topic, value: &str, seconds: bool) -> String {
    match topic {
        Topic::LoginMethod => methods(value),
        Topic::IdleMinutes if seconds => value
            .parse::<u32>()
            .map_or_else(|_| String::new(), |seconds| seconds.div_ceil(60).to_string()),
        // `logging console` names no host, `sshd host key` no network.
        Topic::Syslog if !value.contains(|c: char| c.is_ascii_digit() || c == '.') => String::new(),
        Topic::ManagementSource if value == "key" => String::new(),
        Topic::ManagementSource if matches!(value, "all" | "*") => "any".to_owned(),
        Topic::Model => value.trim_matches(['(', ')', ',', '"']).to_owned(),
        Topic::Serial => value.trim_start_matches("serial=").trim_matches(['"', ',']).to_owned(),
        _ => value.to_owned(),
    }
}

/// Login methods in the order tried: `group tacacs+ local`, `radius-scheme R local`.
fn methods(value: &str) -> String {
    let mut words = value.split_ascii_whitespace();
    let mut found: Vec<&str> = Vec::new();
    while let Some(word) = words.next() {
        let lower = word.to_ascii_lowercase();
        let method = match lower.trim_end_matches('+') {
            "group" | "login" | "default" | "method" | "server-group" => continue,
            "local" | "local-case" => "local",
            "radius" => "radius",
            "tacacs" | "hwtacacs" | "tacacs-plus" => "tacacs",
            "ldap" => "ldap",
            "none" => "none",
            "line" => "line",
            "enable" => "enable",
            scheme @ ("radius-scheme" | "hwtacacs-scheme" | "ldap-scheme") => {
                words.next();
                match scheme {
                    "radius-scheme" => "radius",
                    "ldap-scheme" => "ldap",
                    _ => "tacacs",
                }
            }
            _ => "external",
        };
        if !found.contains(&method) {
            found.push(method);
        }
    }
    found.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_stand_in_their_order_and_named_groups_are_servers() {
        for (value, ours) in [
            ("group tacacs+ local", "tacacs local"),
            ("group ISE local enable", "external local enable"),
            ("RAD LOCAL", "external local"),
            ("local-case", "local"),
            ("radius-scheme r1 local", "radius local"),
            ("hwtacacs-scheme t1 radius-scheme r1 none", "tacacs radius none"),
            ("line", "line"),
        ] {
            assert_eq!(in_words(Topic::LoginMethod, value, false), ours, "{value}");
        }
    }

    #[test]
    fn what_says_nothing_is_no_fact() {
        for (topic, value) in [
            (Topic::Syslog, "console"),
            (Topic::Syslog, "facility"),
            (Topic::ManagementSource, "key"),
            (Topic::LoginMethod, ""),
        ] {
            assert_eq!(in_words(topic, value, false), "", "{value}");
        }
        assert_eq!(in_words(Topic::Syslog, "log.byoin.example", false), "log.byoin.example");
        assert_eq!(in_words(Topic::Model, "(DCS-7050TX-64,", false), "DCS-7050TX-64");
        assert_eq!(in_words(Topic::Serial, "serial=S3K012345", false), "S3K012345");
        assert_eq!(in_words(Topic::IdleMinutes, "90", true), "2");
    }
}
