//! Traps, damage and facts; the full lists stand in fixtures/sources.

use super::*;
use crate::ingest::READERS;
use crate::ingest::testing::{claim, login, read, secrets};
use crate::model::account::Flag;
use crate::model::tri::Tri;

fn codes(part: &Inventory) -> Vec<(&'static str, u32)> {
    let told = part.problems.iter().filter(|problem| problem.code != "no-hostname");
    told.map(|problem| (problem.code, problem.origin.line)).collect()
}

fn unread(part: &Inventory) -> Vec<(&'static str, u32)> {
    part.unread_secrets.iter().map(|line| (line.word, line.origin.line)).collect()
}

fn facts(part: &Inventory) -> Vec<String> {
    let word =
        |f: &crate::model::device::Fact| format!("{}={}", f.topic.word(), part.text.get(f.value));
    part.facts.iter().filter(|fact| fact.stated).map(word).collect()
}

fn fixture(case: &str, file: &str) -> Vec<u8> {
    let path =
        format!("{}/fixtures/sources/{case}/site/devices/{file}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(path).expect("a fixture")
}

const CASES: [(&Product, &str, &str); 15] = [
    (&JUNOS, "junos/brace", "srx.conf"),
    (&JUNOS, "junos/set", "mx.set"),
    (&PANOS, "panos/xml", "running-config.xml"),
    (&PANOS, "panos/set", "pa-220.txt"),
    (&PANOS, "panos/brace", "pa-850.txt"),
    (&VYOS, "vyos/brace", "config.boot"),
    (&VYOS, "vyos/set", "gw2.txt"),
    (&VYOS, "vyos/edgeos", "edge.boot"),
    (&AIROS, "airos/bridge", "system.cfg"),
    (&F5, "f5-tmsh/base", "bigip_base.conf"),
    (&NETSCALER, "netscaler/ns-conf", "ns.conf"),
    (&GAIA, "gaia/clish", "cp.txt"),
    (&PFSENSE, "pfsense/opnsense", "config-opn.xml"),
    (&EATON, "eaton-ups/card", "ups.json"),
    (&ROUTEROS, "routeros/export", "router.rsc"),
];

#[test]
fn every_file_has_one_reader() {
    for (product, case, file) in CASES {
        let text = String::from_utf8(fixture(case, file)).unwrap();
        let mut claims: Vec<_> = READERS
            .iter()
            .map(|reader| (claim(*reader, "devices/x", &text), reader.name()))
            .filter(|(score, _)| *score > 0)
            .collect();
        claims.sort_unstable();
        let (best, name) = *claims.last().unwrap();
        assert_eq!(name, product.name, "{case}: {claims:?}");
        assert_eq!(
            claims.iter().filter(|(score, _)| *score == best).count(),
            1,
            "{case}: {claims:?}"
        );
    }
}

#[test]
fn a_set_line_of_two_products_is_refused() {
    let text =
        "set system login user a class super-user\nset snmp community x\nset protocols lldp\n";
    assert_eq!(claim(&VYOS, "x", text), 0);
    let both = "set system login user a full-name 'b c'\nset service ssh port 22\n";
    assert!(claim(&VYOS, "x", both) > claim(&JUNOS, "x", both));
}

#[test]
fn every_file_names_the_line_that_nobody_understands() {
    let expected: [&[(&str, u32)]; 15] = [
        &[("secret", 183)],
        &[("password", 23)],
        &[("token", 156)],
        &[],
        &[],
        &[],
        &[],
        &[],
        &[],
        &[("passphrase", 111)],
        &[("secret", 25)],
        &[("secret", 34)],
        &[],
        &[("secret", 73)],
        &[("passphrase", 41)],
    ];
    for ((product, case, file), expected) in CASES.into_iter().zip(expected) {
        let part = read(product, "devices/x", &fixture(case, file));
        assert_eq!(unread(&part), expected, "{case}");
        assert_eq!(codes(&part), [], "{case}");
    }
}

#[test]
fn a_cut_is_told_wherever_a_block_is_open() {
    for case in [0, 2, 5, 12, 13] {
        let (product, case, file) = CASES[case];
        let bytes = fixture(case, file);
        for cut in (bytes.len() / 4..bytes.len() - 20).step_by(bytes.len() / 40) {
            let part = read(product, "devices/x", &bytes[..cut]);
            let told = part.problems.iter().any(|p| p.weight == Weight::File);
            let count = |byte| memchr::memchr_iter(byte, &bytes[..cut]).count();
            let open =
                case.ends_with("xml") || case.ends_with("sense") || count(b'{') != count(b'}');
            assert!(told || !open, "{case} cut at {cut}");
        }
    }
}

#[test]
fn two_devices_in_one_log() {
    let part = read(&JUNOS, "devices/log", &fixture("junos/set", "mx.set"));
    let names: Vec<_> =
        (0..part.systems.len() as u16).map(|system| part.system_name(system)).collect();
    assert_eq!(names, ["mx01", "mx02"]);
    let clerk = (0..part.accounts.len()).find(|&row| login(&part, row) == "clerk").unwrap();
    assert_eq!(part.accounts.flag(clerk, Flag::Enabled), Tri::No, "deactivated");
}

#[test]
fn facts_of_every_grammar() {
    let part = read(&JUNOS, "devices/x", &fixture("junos/brace", "srx.conf"));
    assert_eq!(
        facts(&part),
        [
            "snmp-community=ro acl",
            "snmp-community=rw",
            "snmp-user=priv",
            "snmp-user=noauth",
            "password-length=10",
            "lockout=5",
            "telnet=yes",
            "http=yes",
            "syslog=192.0.2.30",
        ]
    );
    let part = read(&JUNOS, "devices/x", &fixture("junos/set", "mx.set"));
    assert!(facts(&part).contains(&"login-method=radius local".to_owned()));
    let part = read(&PANOS, "devices/x", &fixture("panos/xml", "running-config.xml"));
    assert_eq!(
        facts(&part),
        [
            "snmp-community=ro",
            "snmp-user=priv",
            "password-length=12",
            "address=192.0.2.2",
            "management-source=192.0.2.0/24",
            "telnet=yes",
            "http=no",
            "idle-minutes=10",
        ]
    );
    let part = read(&F5, "devices/x", &fixture("f5-tmsh/base", "bigip_base.conf"));
    let seen = facts(&part);
    for fact in [
        "login-method=radius",
        "model=BIG-IP Virtual Edition",
        "serial=chs000000s",
        "address=192.0.2.3/24",
    ] {
        assert!(seen.contains(&fact.to_owned()), "{fact}: {seen:?}");
    }
    let part = read(&ROUTEROS, "devices/x", &fixture("routeros/export", "router.rsc"));
    let seen = facts(&part);
    for fact in ["model=RB750Gr3", "serial=CC0000000000", "http=yes", "syslog=192.0.2.30"] {
        assert!(seen.contains(&fact.to_owned()), "{fact}: {seen:?}");
    }
    assert!(seen.contains(&"telnet=no".to_owned()), "{seen:?}");
}

#[test]
fn equal_keys_in_different_texts_are_both_kept_as_they_stand() {
    let text = "system { host-name a; }\nsecurity { ike { policy p { pre-shared-key ascii-text \"$9$LbHX-wg4Z\"; }\n\
                policy q { pre-shared-key ascii-text \"$9$HqfQ1IcrK8n/t0IcvM24aZGi6/t\"; } } }\n";
    let part = read(&JUNOS, "devices/x", text.as_bytes());
    assert_eq!(
        secrets(&part),
        [
            "|ike-psk|0|junos-9|reversible|p|$9$LbHX-wg4Z",
            "|ike-psk|0|junos-9|reversible|q|$9$HqfQ1IcrK8n/t0IcvM24aZGi6/t",
        ]
    );
}

#[test]
fn masks_are_never_secrets() {
    for (value, state) in [
        ("\"*****\"", "masked"),
        ("<SCRUBBED>", "placeholder"),
        ("xxxxx", "placeholder"),
        ("\"$sha1$1$a$b\"", "unknown"),
    ] {
        let text = format!(
            "system {{ login {{ user a {{ authentication {{ encrypted-password {value}; }} }} }} }}"
        );
        let part = read(&JUNOS, "devices/x", text.as_bytes());
        assert_eq!(part.credentials[0].state.word(), state, "{value}");
    }
}

#[test]
fn no_principal_holds_a_password() {
    let part = read(&JUNOS, "devices/x", &fixture("junos/brace", "srx.conf"));
    let principals: Vec<_> = part.credentials.iter().map(|c| part.text.get(c.principal)).collect();
    assert!(principals.contains(&"192.0.2.20"), "{principals:?}");
    assert!(principals.iter().all(|principal| !principal.contains("Attic")), "{principals:?}");
}

#[test]
fn damaged_bytes_and_nul_cost_their_line_only() {
    let text = "set system host-name a\nset system login user b authentication plain-text-password-value x\u{fffd}y\n\
                set system login user c authentication plain-text-password-value x\0y\n\
                set interfaces ge-0/0/0 description \"\u{fffd}\"\n\
                set system login user d authentication plain-text-password-value z\n";
    let part = read(&JUNOS, "devices/x", text.as_bytes());
    assert_eq!(codes(&part).iter().map(|c| c.1).collect::<Vec<_>>(), [2, 3]);
    assert_eq!(secrets(&part), ["d|login|0||plain||z"]);
}

#[test]
fn an_open_quote_costs_its_line_only() {
    let text = "system {\n    login {\n        message \"never closed;\n        user a {\n            authentication {\n\
                                encrypted-password \"$1$38652870$DUjsu4TTlTsOe/xxZ05uf/\";\n            }\n        }\n    }\n}\n";
    let part = read(&JUNOS, "devices/x", text.as_bytes());
    assert_eq!(codes(&part)[0], ("unclosed-quote", 3));
    assert_eq!(login(&part, 0), "a");
    assert_eq!(part.credentials.len(), 1);
}

#[test]
fn depth_and_length_are_bounded() {
    let deep =
        format!("{}x;{}\nsystem {{ host-name a; }}\n", "a {\n".repeat(5_000), "}\n".repeat(5_000));
    let part = read(&JUNOS, "devices/x", deep.as_bytes());
    assert!(codes(&part).contains(&("too-deep", 65)), "{:?}", codes(&part));
    assert_eq!(part.system_name(0), "a");
    let long = format!(
        "set system host-name a\nset x {}\nset system login user b class c\n",
        "y".repeat(70_000)
    );
    let part = read(&JUNOS, "devices/x", long.as_bytes());
    assert_eq!(codes(&part), [("record-too-long", 2)]);
    assert_eq!(login(&part, 0), "b");
    let deep = format!("<config>{}", "<a>".repeat(100_000));
    let part = read(&PANOS, "devices/x", deep.as_bytes());
    assert!(codes(&part).iter().any(|code| code.0 == "too-deep"));
    let deep = format!("{{\"a\":{}", "[".repeat(100_000));
    let part = read(&EATON, "devices/x", deep.as_bytes());
    assert_eq!(codes(&part)[0].0, "too-deep");
}

#[test]
fn document_types_and_entities_are_refused() {
    let bomb = "<?xml version=\"1.0\"?>\n<!DOCTYPE pfsense [<!ENTITY a \"x\"><!ENTITY f SYSTEM \"file:///etc/passwd\">]>\n\
                <pfsense><system><hostname>&f;</hostname></system></pfsense>\n";
    let part = read(&PFSENSE, "devices/x", bomb.as_bytes());
    assert_eq!(codes(&part)[0], ("xml-doctype", 2));
    assert!(part.credentials.is_empty());
    let entity = "<pfsense><system><hostname>a</hostname>\n<user><name>b</name>\n<password>x&f;y</password></user>\n\
                  <user><name>c</name><password>$2b$10$13u6qwCOwODv34GyCMgdWub6oQF3RX0rG7c3d3X4JvzuEmAXLYDd2</password></user>\n\
                  </system></pfsense>\n";
    let part = read(&PFSENSE, "devices/x", entity.as_bytes());
    assert!(codes(&part).contains(&("xml-entity", 3)), "{:?}", codes(&part));
    assert_eq!(part.credentials.len(), 1);
}

#[test]
fn damaged_xml_is_told_and_the_rest_is_read() {
    let text = "<pfsense>\n<system><hostname>a</hostname>\n<broken><x></broken>\n\
                <user><name>c</name><password>*</password></user></system>\n</pfsense>\n";
    let part = read(&PFSENSE, "devices/x", text.as_bytes());
    assert_eq!(codes(&part), [("bad-xml", 3)]);
    assert_eq!(login(&part, 0), "c");
}

#[test]
fn pagers_and_backspaces_are_taken_out() {
    let text = "user@r1> show configuration\nsystem {\n    host-name r1;\n---(more)---\n--More-- \r         \r    login {\n\
                        user a {\n            class super-user;\n        }\n    }\n}\n";
    let part = read(&JUNOS, "devices/x", text.as_bytes());
    assert_eq!((part.system_name(0), login(&part, 0)), ("r1", "a"));
    assert!(codes(&part).iter().any(|code| code.0 == "console-noise"));
}

#[test]
fn second_factors_of_vpn_users() {
    let part = read(&VYOS, "devices/x", &fixture("vyos/brace", "config.boot"));
    let factor = |name: &str| {
        let row = (0..part.accounts.len()).find(|&row| login(&part, row) == name).unwrap();
        (part.accounts.flag(row, Flag::Remote), part.accounts.flag(row, Flag::MfaEnforced))
    };
    assert_eq!(factor("kato"), (Tri::Yes, Tri::No));
    assert_eq!(factor("ono"), (Tri::Yes, Tri::Yes));
    assert_eq!(factor("mori").1, Tri::Yes);
}

#[test]
fn a_community_may_begin_with_anything() {
    let text = "<pfsense><system><hostname>a</hostname></system><snmpd><rocommunity>#1 x</rocommunity></snmpd></pfsense>";
    let part = read(&PFSENSE, "devices/x", text.as_bytes());
    assert_eq!(secrets(&part), ["|snmp-community|0||plain|ro|#1 x"]);
}

#[test]
fn what_a_terminal_says_before_a_command_is_no_part_of_it() {
    let text = "configure\nEntering configuration mode\nset system host-name a\n\
                set system login user b authentication encrypted-password \"$1$38652870$DUjsu4TTlTsOe/xxZ05uf/\"\n\
                set system login user c authentication encrypted-password \"$1$38652870$DUjsu4TTlTsOe/xxZ05uf/\"\n";
    let part = read(&JUNOS, "devices/x", text.as_bytes());
    assert_eq!(part.system_name(0), "a");
    let lines: Vec<_> = part.credentials.iter().map(|c| c.origin.line).collect();
    assert_eq!(lines, [4, 5]);
}
