//! chap-secrets and pap-secrets of pppd: client, server, secret, addresses.

use crate::ingest::device::{Device, Secret, fallback_name, origin};
use crate::ingest::framing::blocks::undecodable;
use crate::ingest::source::{Probe, Source};
use crate::ingest::{Claim, FileError, Reader};
use crate::model::credential::{Kind, State};
use crate::model::file::{Problem, Weight};
use crate::model::inventory::Inventory;
use crate::model::site::SystemKind;
use crate::rules::RuleSet;
use crate::rules::device::pattern::{Word, split};

/// Reader of both files; their lines are alike.
pub struct PppSecrets;

const LIMIT: usize = 64 << 20;

impl Reader for PppSecrets {
    fn name(&self) -> &'static str {
        "ppp-secrets"
    }

    fn claim(&self, probe: &Probe<'_>) -> Option<Claim> {
        let headed = probe.text.lines().take(5).any(|line| {
            line.starts_with('#')
                && line.to_ascii_lowercase().contains("secrets for authentication using")
        });
        let named = probe.path.ends_with("chap-secrets") || probe.path.ends_with("pap-secrets");
        match (headed, named) {
            (true, _) => Some(Claim { score: 95, reason: "head line of pppd's secrets" }),
            (false, true) => Some(Claim { score: 70, reason: "name of pppd's secrets" }),
            _ => None,
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
        let text = source.text(LIMIT)?;
        let mut device = Device::of_kind(inventory, SystemKind::Host, &name, provisional);
        let mut words = Vec::new();
        for (index, line) in text.lines().enumerate() {
            let number = index as u32 + 1;
            let statement = line.trim();
            if statement.is_empty() || statement.starts_with('#') {
                inventory.rows.skip();
                continue;
            }
            split(statement, "", &mut words);
            let code = match words.as_slice() {
                _ if line.contains('\u{fffd}') => damage,
                _ if line.contains('\0') => "nul-byte",
                [client, server, secret, ..] => {
                    let [client, server, secret] =
                        [client, server, secret].map(|word: &Word| word.text(statement));
                    take(&mut device, inventory, (client, server, secret), number);
                    continue;
                }
                _ => "field-count",
            };
            inventory.refuse(Problem::new(origin(number), Weight::Row, code));
        }
        Ok(())
    }
}

/// A client `*` is anybody; a secret `@file` points elsewhere and an empty one lets everybody in.
fn take(
    device: &mut Device,
    inventory: &mut Inventory,
    (client, server, secret): (&str, &str, &str),
    number: u32,
) {
    let state = match secret {
        "" => State::NoPassword,
        "*" => State::Locked,
        _ if secret.starts_with('@') => State::Unknown,
        _ => State::Plain,
    };
    let value = if state == State::Plain { secret } else { "" };
    let row = device.itself(inventory, number);
    let principal = if server == "*" { client.to_owned() } else { format!("{client} at {server}") };
    let found = Secret {
        kind: Kind::Ppp,
        state,
        scheme: "",
        privilege: 0,
        principal: &principal,
        value,
        depth: 0,
    };
    Device::secret(inventory, row, &found, number);
    inventory.rows.take();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::testing::{claim, read, secrets};

    #[test]
    fn clients_and_their_secrets() {
        let text = "# Secrets for authentication using CHAP\n# client server secret IP\n\
                    \"u@isp\" * \"two words\" *\nv gw Abc#12 192.0.2.1\nw * @/etc/other\nx *\ny * \"\"\nz * *\n";
        let part = read(&PppSecrets, "devices/gw1/chap-secrets", text.as_bytes());
        assert_eq!(
            secrets(&part),
            [
                "|ppp|0||plain|u@isp|two words",
                "|ppp|0||plain|v at gw|Abc#12",
                "|ppp|0||unknown|w|",
                "|ppp|0||no-password|y|",
                "|ppp|0||locked|z|",
            ]
        );
        assert_eq!((part.problems[0].origin.line, part.problems[0].code), (6, "field-count"));
        assert_eq!((claim(&PppSecrets, "x", text), part.system_name(0)), (95, "gw1"));
        assert_eq!(claim(&PppSecrets, "devices/pap-secrets", "a b c\n"), 70);
        assert_eq!(claim(&PppSecrets, "devices/x", "a b c\n"), 0);
    }
}
