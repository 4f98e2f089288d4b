use super::*;
use crate::ingest::testing::{login, secrets};
use crate::model::account::Flag;
use crate::model::tri::Tri;
use crate::rules::RuleSet;

fn rules() -> RuleSet {
    RuleSet::embedded().unwrap()
}

fn config(profile: &str, text: &str) -> Inventory {
    let (rules, mut inventory) = (rules(), Inventory::default());
    let profile = rules.devices.named(profile).unwrap();
    read_text(profile, text, &("file".to_owned(), true), "bad-utf8", &mut inventory);
    assert!(inventory.rows.balanced());
    inventory
}

fn claims(text: &str) -> Vec<(String, u8)> {
    let rules = rules();
    let probe = Probe::new("devices/x", text, crate::text::encoding::Encoding::Ascii);
    let found = claim(&probe, &rules.devices);
    let mut found: Vec<_> =
        found.iter().map(|found| (found.profile.name.clone(), found.claim.score)).collect();
    found.sort_by_key(|(name, score)| (std::cmp::Reverse(*score), name.clone()));
    found
}

fn codes(part: &Inventory) -> Vec<(u32, &'static str)> {
    part.problems.iter().map(|p| (p.origin.line, p.code)).collect()
}

fn unread(part: &Inventory) -> Vec<(u32, &'static str)> {
    part.unread_secrets.iter().map(|line| (line.origin.line, line.word)).collect()
}

fn facts(part: &Inventory) -> Vec<String> {
    told(part, true)
}

fn told(part: &Inventory, stated: bool) -> Vec<String> {
    let facts = part.facts.iter().filter(|fact| fact.stated == stated);
    facts.map(|f| format!("{} {}", f.topic.word(), part.text.get(f.value))).collect()
}

#[test]
fn silence_means_what_the_profile_says_where_its_part_is_there() {
    let whole = "hostname a\nline vty 0 4\n login\nline vty 5 15\n login\n";
    let part = config("cisco-ios", whole);
    assert_eq!(facts(&part), ["login-method line", "login-method line"]);
    let wanted =
        ["snmp-community off", "management-source any", "login-method line", "idle-minutes 10"];
    assert_eq!(told(&part, false), wanted);
    let part = config("cisco-ios", "hostname a\nusername u password 0 x\n");
    assert_eq!(told(&part, false), ["snmp-community off"]);
}

#[test]
fn every_example_of_every_profile_is_read_as_it_says() {
    let failed: Vec<String> = verify(&rules()).iter().map(ToString::to_string).collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn examples_that_are_wrong_are_told() {
    let text = "name = \"x\"\nhostname = []\nsigns = [\"a\"]\n\
                rules = [{ pattern = \"secret {secret}\", kind = \"other\", yes = [\"secret\"] }]\n\
                examples = [\"secret y => nothing\", \"my password => nothing\", \"no arrow\"]\n";
    let files = vec![(std::path::PathBuf::from("devices/x.toml"), text.to_owned())];
    let failed = verify(&RuleSet::from_folder(files).unwrap());
    let told: Vec<&str> = failed.iter().map(|error| error.message.as_str()).collect();
    assert_eq!(told.len(), 4, "{told:?}");
    assert!(failed.iter().all(|error| error.file == "devices/x.toml"));
}

#[test]
fn users_have_rights() {
    let part = config(
        "cisco-ios",
        "hostname core\nenable secret 5 $1$38652870$DUjsu4TTlTsOe/xxZ05uf/\nusername admin privilege 15\n\
         username admin secret 9 $9$87023684531115$phio0TBQwaO7KZ8toQFyGFyDvyOzidaypRWN0uKX0hU\nusername op password 0 two words\n",
    );
    let rights: Vec<_> =
        (0..3).map(|row| (login(&part, row), part.accounts.flag(row, Flag::Privileged))).collect();
    assert_eq!(rights, [("enable", Tri::Yes), ("admin", Tri::Yes), ("op", Tri::No)]);
    assert_eq!(part.credentials[1].privilege, 1);
    assert_eq!((part.system_name(0), codes(&part)), ("core", vec![]));
}

#[test]
fn masks_are_no_secrets_and_misfits_are_unknown() {
    let part = config(
        "cisco-ios",
        "hostname a\nusername a password 7 <removed>\nusername b secret 5 *****\nusername c password 7 094F4107180\n\
         username d password 5 !\nsnmp-server community ***** RO\nusername e secret 5 <SCRUBBED>\nusername f secret 5 $1$cut\n",
    );
    assert_eq!(
        secrets(&part),
        [
            "a|login|1||masked||",
            "b|login|1||masked||",
            "c|login|1||unknown||",
            "d|login|1||locked||",
            "|snmp-community|0||masked|ro|",
            "e|login|1||placeholder||",
            "f|login|1||unknown||",
        ]
    );
    assert_eq!(codes(&part), [(4, "bad-hash-length"), (8, "bad-hash-length")]);
}

#[test]
fn snmp_gives_secrets_and_facts() {
    let part = config(
        "cisco-ios",
        "hostname a\nsnmp-server community x RO ipv6 V6 99\nsnmp-server community w RW\n\
         snmp-server user u g v3 auth sha Auth#1 priv aes 128 Priv#1\nsnmp-server user v g v3\n\
         snmp-server user w g v3 encrypted auth md5 526f5eed9fcce26f8964c2930787d82b\nsnmp-server user x auth sha 0x6695febc9288e36282235fc7151f128497b38f3f localizedkey\n",
    );
    assert_eq!(
        secrets(&part)[2..],
        [
            "|snmpv3-auth|0||plain|u|Auth#1",
            "|snmpv3-priv|0||plain|u|Priv#1",
            "|snmpv3-auth|0||no-password|v|",
            "|snmpv3-auth|0|snmpv3-localized-md5|hash|w|526f5eed9fcce26f8964c2930787d82b",
            "|snmpv3-auth|0|snmpv3-localized-sha1|hash|x|6695febc9288e36282235fc7151f128497b38f3f",
        ]
    );
    let told = facts(&part);
    let expected = [
        "snmp-community ro acl V6",
        "snmp-community rw",
        "snmp-user priv",
        "snmp-user noauth",
        "snmp-user auth",
        "snmp-user auth",
    ];
    assert_eq!(told, expected);
}

#[test]
fn lines_without_indentation_still_stand_under_their_heading() {
    let text = "hostname a\nradius server ISE\naddress ipv4 192.0.2.2\nkey 0 k1\n!\nkey 0 k2\nline vty 0 4\nno login\ntransport input none\n!\n";
    let part = config("cisco-ios", text);
    assert_eq!(secrets(&part), ["|radius-key|0||plain|ISE|k1"]);
    assert_eq!(unread(&part), [(6, "key")]);
}

#[test]
fn headings_that_hold_a_secret_name_nothing() {
    let part = config(
        "cisco-ios",
        "hostname a\nip ftp password Word1\ncrypto isakmp key Word2 address 192.0.2.1\n ppp chap password Word3\n\
         radius-server host 192.0.2.2 key Word4\n key Word5\nusername u password 0 Word6\n security wpa psk set-key ascii Word7\n\
         snmp-server community Word8 RO\n-----BEGIN PRIVATE KEY-----\nWord9\n-----END PRIVATE KEY-----\n",
    );
    let spoken: Vec<_> = part.credentials.iter().map(|c| part.text.get(c.principal)).collect();
    assert!(
        part.credentials.len() >= 7 && spoken.iter().all(|p| !p.contains("Word")),
        "{spoken:?}"
    );
    assert_eq!(secrets(&part).last().unwrap(), "|private-key|0||plain||Word9");
}

#[test]
fn what_nobody_understands_is_counted() {
    let part = config(
        "cisco-ios",
        "hostname a\nsome-feature secret-string 0 abc\nservice password-encryption\n",
    );
    assert_eq!(unread(&part), [(2, "secret")]);
    assert!(part.credentials.is_empty());
}

#[test]
fn several_devices_of_a_terminal_log_are_parted() {
    let part = config(
        "cisco-ios",
        "sw1#show running-config\r\nBuilding configuration...\r\nhostname sw1\r\n --More-- \u{8}\u{8}\u{8}\u{8}\u{8}\u{8}\u{8}\u{8}\u{8}\u{8}          \
         \u{8}\u{8}\u{8}\u{8}\u{8}\u{8}\u{8}\u{8}\u{8}\u{8}username a password 0 b>c#d\r\nend\r\nsw1#show logging\r\n\
         username ghost password 0 x\r\nsw1#exit\r\nsw2#show run\r\nhostname sw2\r\nusername c password 0 d\r\n\
         sw2(config)#username e password 0 f\r\n",
    );
    assert_eq!(
        secrets(&part),
        ["a|login|1||plain||b>c#d", "c|login|1||plain||d", "e|login|1||plain||f"]
    );
    let systems: Vec<_> =
        (0..3).map(|row| part.system_name(part.accounts.system.get(row))).collect();
    assert_eq!(systems, ["sw1", "sw2", "sw2"]);
    assert_eq!(codes(&part), [(4, "console-noise")]);
}

#[test]
fn damage_costs_only_lines_that_matter() {
    let long = format!("description {}\n", "x".repeat(70_000));
    let text = format!(
        "Current configuration : 99 bytes\nhostname a\n description \u{fffd}\nusername x\u{fffd} password 0 y\nusername n\0 password 0 y\n{long}username z password 0 y\nbanner motd #\n"
    );
    let part = config("cisco-ios", &text);
    assert_eq!(secrets(&part), ["z|login|1||plain||y"]);
    assert_eq!(
        codes(&part),
        [
            (4, "bad-utf8"),
            (5, "nul-byte"),
            (6, "record-too-long"),
            (8, "unclosed-quote"),
            (1, "truncated")
        ]
    );
}

#[test]
fn the_masks_of_yamaha_are_masks_and_its_users_can_be_switched_off() {
    let part = config(
        "yamaha-rt",
        "# RTX1210 Rev.14.01.38\nlogin password *\nadministrator password encrypted *\nlogin user a Ward#9\nuser attribute a administrator=on\n\
         login user b Ward#8\nuser attribute b administrator=off connection=off\nlogin user c encrypted Xy12Zw34Ab56\n",
    );
    assert_eq!(
        secrets(&part),
        [
            "|line|0||masked||",
            "enable|enable|0||masked||",
            "a|login|0||plain||Ward#9",
            "b|login|0||plain||Ward#8",
            "c|login|0|yamaha-encrypted|unknown||Xy12Zw34Ab56",
        ]
    );
    let flags =
        |row| (part.accounts.flag(row, Flag::Privileged), part.accounts.flag(row, Flag::Enabled));
    assert_eq!((flags(2), flags(3)), ((Tri::Yes, Tri::Yes), (Tri::No, Tri::No)));
    assert_eq!(facts(&part)[0], "model RTX1210");
}

#[test]
fn claims_name_the_most_specific_product() {
    for (text, wanted) in [
        ("!\nversion 15.2\nhostname a\ninterface Vlan1\n", "cisco-ios"),
        (
            ": Saved\n:\nASA Version 9.1(5)\n!\nhostname a\ninterface GigabitEthernet0/0\n nameif outside\n",
            "cisco-asa",
        ),
        ("! device: a (DCS-7050, EOS-4.20.1F)\n!\nhostname a\ninterface Ethernet1\n", "arista-eos"),
        (
            "!\nservice password-encryption\nhostname awplus\nusername manager privilege 15 password 8 $1$bJoVec4D$JwOJGPr7YqoExA0GVasdE0\n",
            "alliedware-plus",
        ),
        (
            "ver 08.0.30\n!\nhostname a\nsnmp-server community ..... ro\ninterface ethernet 1/1/1\n",
            "fastiron",
        ),
        (
            "; J9625A Configuration Editor; Created on release #RA.16.02\nhostname \"a\"\nsnmp-server community \"public\" operator\n",
            "aruba-aos-s",
        ),
        (
            "!Version ArubaOS-CX ML.10.06\nhostname a\nuser admin group administrators password ciphertext AQ\n",
            "aruba-aos-cx",
        ),
        (
            "#\n version 7.1.045, Release 2418\n#\n sysname a\n#\nlocal-user u class manage\n",
            "comware",
        ),
        ("pp select 1\n pp always-on on\nip route default gateway pp 1\n", "yamaha-rt"),
        (
            "! NEC Portable Internetwork Core Operating System Software\nhostname a\ninterface GigaEthernet0.0\n",
            "nec-ix",
        ),
        ("config sysname wlc\nconfig mgmtuser add u p read-write\n", "cisco-aireos"),
        (
            "version 6.5\nhostname \"a\"\nmgmt-user admin root 83377286015bcebb857b23b94331e2b316b6ecbe9fbf26c4fc\n",
            "arubaos",
        ),
        (
            "!Current Configuration:\n!System Description \"GS724T\"\nnetwork parms 192.0.2.1 255.255.255.0\n",
            "netgear-smart",
        ),
        ("ctrl_interface=/run/wpa\nnetwork={\n  psk=\"x\"\n}\n", "wpa-supplicant"),
    ] {
        let found = claims(text);
        assert_eq!(found.first().map(|(name, _)| name.as_str()), Some(wanted), "{found:?}");
        assert!(found.get(1).is_none_or(|second| second.1 < found[0].1), "{found:?}");
    }
    for text in [
        "職員番号,氏名\n1,x\n",
        "hostname a\n",
        "#config-version=FGT60F\nconfig system global\n    set hostname \"a\"\n",
    ] {
        assert_eq!(claims(text), [], "{text}");
    }
}
