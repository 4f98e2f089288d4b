//! `snmp-server`: communities, trap receivers, users of version 3.

use super::Config;
use super::statement::Outcome;
use super::value::{Reach, Value, value, word};
use crate::ingest::device::stand_in;
use crate::model::credential::{Kind, State};

impl Config<'_> {
    pub(super) fn snmp(&mut self, rest: &str, number: u32) -> Outcome {
        let (what, rest) = word(rest).unwrap_or_default();
        match what {
            "community" => self.community(rest, number),
            "host" => self.trap_host(rest, number),
            "user" => self.snmp_user(rest, number),
            _ => Outcome::Nothing,
        }
    }

    /// `community C [view V] [RO|RW] [ipv6 A] [A]`. Kept of it: what it may do and whether an
    /// access list guards it, as `rw acl 10`.
    fn community(&mut self, rest: &str, number: u32) -> Outcome {
        let Some((found, mut rest)) = value(rest, Reach::Word) else { return Outcome::Nothing };
        let found = match found {
            Ok(found) => found,
            Err(misfit) => return misfit.into(),
        };
        let (mut access, mut list) = ("ro", "");
        while let Some((option, behind)) = word(rest) {
            let (argument, after) = word(behind).unwrap_or_default();
            rest = after;
            match option {
                "ipv6" | "use-acl" | "use-ipv4acl" | "use-ipv6acl" => list = argument,
                "group" if argument == "network-admin" || argument == "vdc-admin" => access = "rw",
                "view" | "group" => {}
                "RW" | "rw" => {
                    access = "rw";
                    rest = behind;
                }
                "RO" | "ro" | "SystemOwner" | "LROwner" | "IPv4" | "IPv6" => rest = behind,
                other => {
                    list = other;
                    rest = behind;
                }
            }
        }
        let principal =
            if list.is_empty() { access.to_owned() } else { format!("{access} acl {list}") };
        self.shared(Kind::SnmpCommunity, &principal, found, number);
        Outcome::Taken
    }

    /// `host H [vrf X] [informs|traps] [version 1|2c|3 LEVEL] C [...]`
    fn trap_host(&mut self, rest: &str, number: u32) -> Outcome {
        let Some((host, mut rest)) = word(rest) else { return Outcome::Nothing };
        let mut version = "1";
        while let Some((option, behind)) = word(rest) {
            let (argument, after) = word(behind).unwrap_or_default();
            rest = match option {
                "vrf" | "use-vrf" | "source-interface" | "udp-port" => after,
                "informs" | "traps" => behind,
                "version" => {
                    version = argument;
                    if argument == "3" { word(after).unwrap_or_default().1 } else { after }
                }
                _ => break,
            };
        }
        // Under version 3 the word is a user's name.
        if version == "3" {
            return Outcome::Nothing;
        }
        match value(rest, Reach::Word) {
            None => Outcome::Nothing,
            Some((Err(misfit), _)) => misfit.into(),
            Some((Ok(found), _)) => {
                let host = host.to_owned();
                self.shared(Kind::SnmpCommunity, &host, found, number);
                Outcome::Taken
            }
        }
    }

    /// `user U G v3 [encrypted] auth {md5|sha} A [priv {des|3des|aes N} P]`
    fn snmp_user(&mut self, rest: &str, number: u32) -> Outcome {
        let Some((user, rest)) = word(rest) else { return Outcome::Nothing };
        let words: Vec<&str> = rest.split_ascii_whitespace().collect();
        if words.contains(&"v1") || words.contains(&"v2c") {
            return Outcome::Nothing;
        }
        let localised = words.contains(&"encrypted") || words.contains(&"localizedkey");
        let (user, mut found) = (user.to_owned(), false);
        let mut algorithm = "";
        for (index, word) in words.iter().enumerate() {
            let argument = |n: usize| words.get(index + n).copied().unwrap_or_default();
            let (kind, text) = match *word {
                "auth" => {
                    algorithm = argument(1);
                    (Kind::Snmpv3Auth, argument(2))
                }
                "priv" => (Kind::Snmpv3Priv, privacy_key(&words[index + 1..])),
                _ => continue,
            };
            if !text.is_empty() {
                found = true;
                self.shared(kind, &user, snmp_key(text, algorithm, localised), number);
            }
        }
        if !found {
            let open = Value { text: "", scheme: "", state: State::NoPassword };
            self.shared(Kind::Snmpv3Auth, &user, open, number);
        }
        Outcome::Taken
    }
}

/// The key behind `priv [des|3des|aes [128]|aes-128]`.
fn privacy_key<'a>(words: &[&'a str]) -> &'a str {
    let size = |word: &&str| matches!(*word, "128" | "192" | "256");
    let name =
        |word: &&str| matches!(*word, "des" | "des56" | "3des" | "aes" | "aes-128" | "aes-256");
    let mut words = words.iter().peekable();
    words.next_if(|word| name(word));
    words.next_if(|word| size(word));
    words.next().copied().unwrap_or_default()
}

fn snmp_key<'a>(text: &'a str, algorithm: &str, localised: bool) -> Value<'a> {
    if stand_in(text).is_some() {
        return Value { text, scheme: "", state: State::Masked };
    }
    if !localised && !text.starts_with("0x") {
        return Value { text, scheme: "", state: State::Plain };
    }
    let scheme = match algorithm {
        "md5" => "snmpv3-localized-md5",
        "sha" => "snmpv3-localized-sha1",
        _ => "",
    };
    let state = if scheme.is_empty() { State::Unknown } else { State::Hash };
    Value { text: text.strip_prefix("0x").unwrap_or(text), scheme, state }
}
