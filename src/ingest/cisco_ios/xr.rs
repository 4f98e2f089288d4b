//! Statements that only IOS-XR and NX-OS write; they are asked before those of IOS.

use super::rules::Rule;
use super::value::Reach;
use crate::model::credential::Kind;

const fn routing(section: &'static str, words: &'static str) -> Rule {
    Rule { section, words, kind: Kind::Routing, reach: Reach::Line }
}

/// `encrypted` and `clear` before the value say its form, as they do for logins.
pub(super) const RULES: &[Rule] = &[
    routing("router bgp", "password"),
    routing("router msdp", "password"),
    routing("router ospf", "message-digest-key * md5"),
    routing("router ospf", "authentication-key"),
    routing("router ospfv3", "authentication-key"),
    routing("router isis", "hello-password hmac-md5"),
    routing("router isis", "hello-password text"),
    routing("router isis", "hello-password"),
    routing("router isis", "lsp-password hmac-md5"),
    routing("router isis", "lsp-password text"),
    routing("router isis", "lsp-password"),
    routing("mpls ldp", "neighbor @ password"),
    routing("mpls ldp", "password"),
    routing("interface", "authentication md5 key-string"),
    routing("interface", "authentication text"),
    routing("router hsrp", "authentication"),
    routing("router vrrp", "authentication text"),
];

#[cfg(test)]
mod tests {
    use crate::ingest::cisco_ios::CiscoIos;
    use crate::ingest::testing::{read, secrets};

    #[test]
    fn keys_under_the_processes_of_ios_xr() {
        let text = "hostname xr1\nkey chain K\n key 1\n  key-string password 094F4107180B\n\
                    router bgp 65000\n neighbor 192.0.2.9\n  password encrypted 094F4107180B\n\
                    router ospf 1\n area 0\n  interface Gi0\n   message-digest-key 1 md5 encrypted 094F4107180B\n\
                    router isis X\n lsp-password keychain K\n interface Gi0\n  hello-password hmac-md5 encrypted 094F4107180B\n";
        let part = read(&CiscoIos, "devices/x", text.as_bytes());
        assert_eq!(
            secrets(&part),
            [
                "|routing|0|cisco-type7|reversible|K|094F4107180B",
                "|routing|0|cisco-type7|reversible|65000|094F4107180B",
                "|routing|0|cisco-type7|reversible|1|094F4107180B",
                "|routing|0|cisco-type7|reversible|X|094F4107180B",
            ]
        );
        assert!(part.unread_secrets.is_empty());
    }

    #[test]
    fn keys_under_the_processes_of_nx_os() {
        let text = "hostname nx1\nusername a passphrase  lifetime 99999 warntime 14 gracetime 3\n\
                    username b password 5 !  role network-operator\nrouter bgp 65000\n  neighbor 192.0.2.9\n\
                    \x20   password 3 a667d47acc18ea6b\ninterface Vlan1\n  hsrp 1\n    authentication md5 key-string 7 094F4107180B\n";
        let part = read(&CiscoIos, "devices/x", text.as_bytes());
        assert_eq!(
            secrets(&part),
            [
                "b|login|1||locked||!",
                "|routing|0||unknown|65000|a667d47acc18ea6b",
                "|routing|0|cisco-type7|reversible|Vlan1|094F4107180B",
            ]
        );
    }
}
