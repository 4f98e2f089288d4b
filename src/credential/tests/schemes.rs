//! Stored forms of several schemes and devices, met in one run.

use super::*;
use crate::credential::keys::Keys;

const BLOB: &str = "-AQ==4oaXexPxqJ4g0EWSB1RdFf4eugg=yicd7NMQ47s6u8/GgByLMQ==";
const TYPE6: &str = r"fe_a`iJYE\DZYJhDhTP[`MYaTgRH_MAAB";

fn groups(evidence: &Evidence) -> Vec<Vec<u32>> {
    evidence.groups.iter().map(members).collect()
}

#[test]
fn unsalted_digests_meet_over_the_names_of_their_algorithm() {
    let mut made = Made::default();
    let sha1 = "b7a875fc1ea228b9061041b7cec4bd3c52ab3ce3"; // letmein
    let blob = made.device("fw", "psk", State::ReversibleKeyed, "panos-aes", BLOB);
    let switch = "e286977b13f1a89e20d0459207545d15fe1eba08"; // the SHA-1 inside the blob
    let aos = made.device("sw", "manager", State::Hash, "aos-s-sha1", switch);
    let other = made.device("sw2", "manager", State::Hash, "aos-s-sha1", sha1);
    let evidence = prove_all(&[made.0]);
    assert_eq!(groups(&evidence), [[blob, aos]]);
    assert_eq!(evidence.recognised(0, 0).state, State::ReversibleKeyed);
    assert_eq!(evidence.recognised(0, 0).scheme, "panos-aes");
    assert!(!groups(&evidence).concat().contains(&other));
}

#[test]
fn a_key_file_opens_what_a_device_encrypts() {
    let site = || {
        let mut made = Made::default();
        made.device("r1", "vpn", State::ReversibleKeyed, "cisco-type6", TYPE6);
        made.device("r2", "vpn", State::Plain, "", "Cisco123");
        made.0
    };
    let shut = prove_all(&[site()]);
    assert!(shut.groups.is_empty());
    let row = shut.incomparable[0];
    assert_eq!((row.scheme, row.secrets, row.tried), ("cisco-type6", 1, 0));
    assert_eq!(shut.recognised(0, 0).reason, "key-missing");
    let keys = Keys::parse(b"cisco-type6:Cisco123").unwrap();
    let rules = RuleSet::embedded().unwrap();
    let options = Options {
        rules: &rules,
        key: None,
        device_keys: &keys,
        cross_entity: false,
        wordlists: Vec::new(),
        mask: &mask::NONE,
        as_of: Day::from_epoch_days(20_000),
        needed: Needed { digits: false, login_digits: false, ..Needed::ALL },
        work: Options::WORK,
        timed: false,
        watch: &crate::credential::watch::Unwatched,
    };
    let sites = [site()];
    let open = prove(&sites, &Subjects::of(&sites), &options);
    assert_eq!(groups(&open), [[0, 1]]);
    assert!(open.incomparable.is_empty());
    assert_eq!(open.recognised(0, 0).state, State::ReversibleKeyed);
}

#[test]
fn encrypted_texts_without_a_key_meet_as_texts_alone() {
    let mut made = Made::default();
    let forti = "fortios-enc-reversible-legacy";
    let (one, two) = ("ESIzRHGpZ535ul+LW85PodWTQIU=", "AAAARHGpZ535ul+LW85PodWTQIU=");
    let a = made.device("fw1", "psk", State::ReversibleKeyed, forti, one);
    let b = made.device("fw2", "psk", State::ReversibleKeyed, forti, one);
    made.device("fw3", "psk", State::ReversibleKeyed, forti, two);
    let c = made.device("x1", "u", State::Unknown, "yamaha-encrypted", "AAECAwQFBgcICQoLDA");
    let d = made.device("x2", "u", State::Unknown, "yamaha-encrypted", "AAECAwQFBgcICQoLDA");
    let evidence = prove_all(&[made.0]);
    assert_eq!(groups(&evidence), [[a, b], [c, d]]);
    let counted: u32 = evidence.incomparable.iter().map(|row| row.secrets).sum();
    assert_eq!(counted, 5, "a word that nobody knows opens none of them");
}

#[test]
fn different_texts_of_one_key_meet_and_masks_do_not() {
    let mut made = Made::default();
    for (host, text) in [
        ("srx1", "$9$Qabcz3/u0IylMuOvWx-sYn/Cu1hlK8-dsrebs4aUD"),
        ("srx2", "$9$iHqPF390BEFnRhrKLX.P5F/tBIcKvLO1WLNdsY"),
    ] {
        made.device(host, "psk", State::Reversible, "junos-9", text);
        made.device(host, "root", State::Hash, "md5crypt", "*****");
        made.device(host, "scrubbed", State::Hash, "sha512crypt", "$6$abc$def");
        made.device(host, "locked", State::Hash, "", "!$6$abc$def");
    }
    let evidence = prove_all(&[made.0]);
    assert_eq!(groups(&evidence), [[0, 4]]);
}

#[test]
fn what_nobody_chose_and_what_is_no_password_forms_no_group() {
    let mut made = Made::default();
    let flags = [Flag::Machine, Flag::Managed, Flag::SmartcardRequired, Flag::Tombstone];
    for login in ["a", "b"] {
        for flag in flags {
            let row = made.ad(login, "Demo-Random-1!");
            made.0.accounts.set_flag(row, flag, Tri::Yes);
        }
        let closed: [(&str, &[u8]); 9] = [
            ("nt", &[0; 16]),
            ("nt", b"31d6cfe0d16ae931b73c59d7e0c089c0"),
            ("lm", b"aad3b435b51404eeaad3b435b51404ee"),
            ("raw-md5", b"d41d8cd98f00b204e9800998ecf8427e"),
            ("raw-sha1", b"da39a3ee5e6b4b0d3255bfef95601890afd80709"),
            ("opendolphin-md5", b"c9dbeb1de83e60eb1eb3675fa7d69a02"),
            ("ldap-sha", b"{SHA}2jmj7l5rSw0yVb/vlWAYkK/YBwk="),
            ("raw-sha256", &[0; 32]),
            ("bcrypt", b"NoLogin"),
        ];
        for (number, (scheme, stored)) in closed.iter().enumerate() {
            let row = made.account(SystemKind::Ecarte, &format!("s{number}"), login);
            made.secret(row, State::Hash, scheme, stored);
        }
    }
    let evidence = prove_all(&[made.0]);
    assert!(evidence.groups.is_empty(), "{:?}", evidence.groups);
    let empty = evidence.hits.iter().filter(|hit| hit.class == WordClass::Empty).count();
    assert_eq!(empty, 8, "the hashes of the empty word: four forms of two accounts");
}

#[test]
fn salts_that_stand_outside_come_from_reader_or_login() {
    let mut made = Made::default();
    let login = made.device("asa", "4684", State::Hash, "asa-md5", "YjDBNr.A0AN7DA8s");
    let plain = made.device("r1", "x", State::Plain, "", "hashcat");
    made.device("ap", "wlan", State::Hash, "wpa-psk", &"ab".repeat(32));
    made.device("ap2", "wlan", State::Hash, "wpa-psk", &"ab".repeat(32));
    let evidence = prove_all(&[made.0]);
    assert_eq!(groups(&evidence), [vec![login, plain], vec![2, 3]], "equal texts without an SSID");
    assert_eq!(evidence.recognised(0, 2).reason, "parameter-missing");
}
