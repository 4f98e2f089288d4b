//! The engine on small inventories made by hand.

mod made;
mod schemes;
mod seven;
mod words;

use super::*;
use crate::model::account::Flag;
use crate::model::credential::{Kind, State};
use crate::model::evidence::{CredentialRef, Edges, Group, Proof, WordClass};
use crate::model::file::Origin;
use crate::model::inventory::CredentialDraft;
use crate::model::site::SystemKind;
use crate::model::tri::Tri;
use made::{Made, nt, prove_all, prove_with, type7};

fn members(group: &Group) -> Vec<u32> {
    group.members.iter().map(|member| member.credential.subject).collect()
}

fn classes(evidence: &Evidence, subject: u32) -> Vec<WordClass> {
    let own = evidence.hits.iter().filter(|hit| hit.credential.subject == subject);
    own.map(|hit| hit.class).collect()
}

#[test]
fn equal_nt_hashes_are_one_group() {
    let mut made = Made::default();
    for login in ["a", "b", "c"] {
        made.ad(login, "Demo-Byoto-3F!");
    }
    made.ad("d", "Demo-Another-1!");
    let evidence = prove_all(&[made.0]);
    assert_eq!(evidence.groups.len(), 1);
    let group = &evidence.groups[0];
    assert_eq!(members(group), [0, 1, 2]);
    assert!(group.members.iter().all(|m| m.edges == Edges::EQUAL_IN_SYSTEM));
    assert!(group.members.iter().all(|m| m.proof == Proof::EqualDigest));
    assert!(!group.restricted && group.tag.is_empty() && evidence.hits.is_empty());
    assert!(evidence.incomparable.is_empty(), "one algorithm is comparable with itself");
}

#[test]
fn groups_alone_are_the_groups_of_a_whole_search() {
    let site = || {
        let mut made = Made::default();
        made.ad("guest", "");
        // A login form in the group, one that nobody shares, and a group that no word opens.
        for (login, word) in [
            ("tanaka", "tanaka2024"),
            ("sato", "tanaka2024"),
            ("zq7mori", "zq7mori"),
            ("x1", "Demo-Byoto-3F!"),
            ("x2", "Demo-Byoto-3F!"),
        ] {
            made.ad(login, word);
        }
        made.0
    };
    let told = |hits: bool, change: fn(&mut Made)| {
        let mut made = Made(site());
        change(&mut made);
        let evidence = prove_with(&[made.0], |options| {
            options.needed = Needed { hits, login_digits: false, digits: false, ..Needed::ALL };
        });
        let tell = |group: &Group| (members(group), group.restricted);
        (evidence.groups.iter().map(tell).collect::<Vec<_>>(), evidence.hits.len())
    };
    let (whole, hits) = told(true, |_| {});
    let (alone, fewer) = told(false, |_| {});
    assert_eq!(whole, [(vec![1, 2], true), (vec![4, 5], false)]);
    assert_eq!(alone, whole);
    assert!(fewer < hits, "a word that nobody shares was looked for");
    // Where another algorithm is there, the same word may join: everything is looked for.
    let other = |made: &mut Made| {
        made.dolphin("doctor", "zq7mori");
    };
    assert_eq!(told(true, other), told(false, other));
}

#[test]
fn empty_passwords_are_hits_and_never_a_group() {
    let mut made = Made::default();
    made.ad("Guest", "");
    made.ad("ward3f", "");
    for (flag, login) in
        [(Flag::Machine, "PC01$"), (Flag::Managed, "gmsa$"), (Flag::SmartcardRequired, "card")]
    {
        let row = made.ad(login, "");
        made.0.accounts.set_flag(row, flag, Tri::Yes);
    }
    let blank = made.device("pacs", "dicom", State::NoPassword, "", "");
    let evidence = prove_all(&[made.0]);
    assert!(evidence.groups.is_empty());
    assert_eq!(classes(&evidence, 0), [WordClass::Empty]);
    assert_eq!(classes(&evidence, 1), [WordClass::Empty]);
    assert_eq!(evidence.hits.len(), 2);
    assert_eq!(evidence.recognised(0, blank as usize).state, State::NoPassword);
}

// The word of all six stored forms is "hashcat", as published in the list of schemes.
fn shared_over_six_schemes() -> Inventory {
    let mut made = Made::default();
    made.ad("a", "hashcat");
    made.dolphin("b", "hashcat");
    made.device("r1", "c", State::Reversible, "cisco-type7", &type7("hashcat"));
    made.device("r2", "d", State::Hash, "", "$1$38652870$DUjsu4TTlTsOe/xxZ05uf/");
    let sha512 = "$6$72820166$U4DVzpcYxgw7MVVDGGvB2/H5lRistD5.Ah4upwENR5UtffLR4X4SxSzfREv8z6wVl0jRFX40/KnYVvK4829kD1";
    made.device("r3", "e", State::Hash, "sha512crypt", sha512);
    let sh2 = "SH2lpcpFXM5QRlWYwY5vL9+5svfYyb+c79qENpxEoB3NtZpVxKwHjuq/9TH88U=";
    made.device("fw", "f", State::Hash, "fortios-sh2", sh2);
    made.0
}

#[test]
fn a_decoded_word_joins_all_algorithms() {
    let evidence = prove_with(&[shared_over_six_schemes()], |options| {
        options.needed.login_forms = false;
    });
    assert_eq!(evidence.groups.len(), 1);
    let group = &evidence.groups[0];
    assert_eq!(members(group), [0, 1, 2, 3, 4, 5]);
    for member in &group.members {
        assert!(member.edges.has(Edges::KNOWN_WORD) && member.edges.has(Edges::OTHER_SYSTEM));
        assert!(!member.edges.has(Edges::EQUAL_IN_SYSTEM) && member.proof == Proof::KnownWord);
    }
    assert!(classes(&evidence, 2).is_empty(), "the readable one was not opened by itself");
    assert_eq!(classes(&evidence, 4), [WordClass::Estate]);
    let schemes: Vec<_> = evidence.recognised[0].iter().map(|seen| seen.scheme).collect();
    assert_eq!(
        schemes,
        ["nt", "opendolphin-md5", "cisco-type7", "md5crypt", "sha512crypt", "fortios-sh2"]
    );
    assert!(evidence.incomparable.is_empty() && !group.restricted);
}

#[test]
fn without_the_question_nothing_is_tried() {
    let evidence = prove_with(&[shared_over_six_schemes()], |options| {
        options.needed.login_forms = false;
        options.needed.estate = false;
    });
    assert!(evidence.groups.is_empty() && evidence.hits.is_empty());
    let secrets: u32 = evidence.incomparable.iter().map(|row| row.secrets).sum();
    assert_eq!(secrets, 5, "{:?}", evidence.incomparable);
}

#[test]
fn masks_and_tombstones_never_meet() {
    let mut made = Made::default();
    for host in ["r1", "r2", "r3"] {
        for (login, word) in [("a", "*****"), ("b", "<removed>"), ("c", "xxxxx"), ("d", "*")] {
            made.device(host, login, State::Plain, "", word);
        }
        made.device(host, "e", State::Masked, "", "********");
    }
    let constant = b"c9dbeb1de83e60eb1eb3675fa7d69a02";
    for login in ["left1", "left2"] {
        let row = made.account(SystemKind::Ecarte, "opendolphin", login);
        made.secret(row, State::Hash, "opendolphin-md5", constant);
        let row = made.ad(login, "Demo-Same-1!");
        made.0.accounts.set_flag(row, Flag::Tombstone, Tri::Yes);
    }
    let evidence = prove_all(&[made.0]);
    assert!(evidence.groups.is_empty() && evidence.hits.is_empty());
    assert!(evidence.incomparable.is_empty(), "{:?}", evidence.incomparable);
}

#[test]
fn copied_salted_lines_are_cloned_and_factory_constants_are_not() {
    let mut made = Made::default();
    for host in ["r1", "r2"] {
        let line = "$1$d3Mo$nZBRx2S3E3yxxRkw8lCGW.";
        made.device(host, "enable", State::Hash, "cisco-type5-md5crypt", line);
        let factory = "$1$bJoVec4D$JwOJGPr7YqoExA0GVasdE0";
        made.device(host, "manager", State::Hash, "awplus-8-md5crypt", factory);
        made.device(
            host,
            "admin",
            State::Hash,
            "pfsense-bcrypt",
            "$2b$10$13u6qwCOwODv34GyCMgdWub6oQF3RX0rG7c3d3X4JvzuEmAXLYDd2",
        );
        let own = "$2b$04$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBuO";
        made.device(host, "own", State::Hash, "bcrypt", own);
    }
    let evidence = prove_all(&[made.0]);
    let cloned: Vec<_> = evidence
        .groups
        .iter()
        .map(|group| (members(group), group.members[0].edges.has(Edges::CLONED)))
        .collect();
    let wanted = [(vec![0, 4], true), (vec![1, 5], false), (vec![2, 6], false), (vec![3, 7], true)];
    assert_eq!(cloned, wanted);
    assert_eq!(classes(&evidence, 1), [WordClass::Default]);
    assert_eq!(classes(&evidence, 6), [WordClass::Default]);
    assert!(evidence.groups[1].restricted && !evidence.groups[0].restricted);
    let left: Vec<_> = evidence.incomparable.iter().map(|row| (row.scheme, row.secrets)).collect();
    assert_eq!(
        left,
        [("bcrypt", 1), ("cisco-type5-md5crypt", 1), ("bcrypt", 1), ("cisco-type5-md5crypt", 1)]
    );
    assert!(evidence.incomparable[1].tried > 100);
}

#[test]
fn entities_do_not_exchange_candidates() {
    let sites = || {
        let (mut a, mut b) = (Made::in_entity("A"), Made::in_entity("B"));
        a.device("r1", "maint", State::Plain, "", "Demo-Vendor-9!");
        b.ad("boss", "Demo-Vendor-9!");
        b.device("r9", "maint", State::Plain, "", "Demo-Vendor-8!");
        [a.0, b.0]
    };
    assert!(prove_all(&sites()).groups.is_empty());
    assert!(prove_all(&sites()).hits.is_empty());
    let crossed = prove_with(&sites(), |options| options.cross_entity = true);
    assert_eq!(crossed.groups.len(), 1);
    assert_eq!(members(&crossed.groups[0]), [0, 1]);
}

#[test]
fn equal_digests_are_equal_across_entities() {
    let (mut a, mut b) = (Made::in_entity("A"), Made::in_entity("B"));
    a.ad("x", "Demo-Vendor-9!");
    b.ad("y", "Demo-Vendor-9!");
    b.ad("z", "Demo-Vendor-9!");
    let evidence = prove_all(&[a.0, b.0]);
    let groups: Vec<_> = evidence.groups.iter().map(|g| (members(g), g.beyond)).collect();
    assert_eq!(groups, [(vec![0], 1), (vec![1, 2], 1)], "counted, and never named");
    assert_eq!(evidence.groups[0].members[0].edges, Edges::OTHER_SYSTEM);
}

#[test]
fn every_class_of_a_found_word_is_a_hit() {
    let mut made = Made::default();
    let admin = made.dolphin("admin", "admin");
    let (hayashi, twin) =
        (made.ad("s.hayashi", "s.hayashi2026"), made.dolphin("s.hayashi", "s.hayashi2026"));
    let cisco = made.device("core-sw", "netop", State::Plain, "", "cisco");
    let person = made.ad("t.sato", "cisco");
    let digits = made.ad("m.mori", "4711");
    let listed = made.ad("k.ito", "Byouin#1");
    let suffix = made.ad("suzuki", "SUZUKI042");
    let evidence = prove_with(&[made.0], |options| {
        options.needed = Needed::ALL;
        options.wordlists = vec![b"zzz\r\nByouin#1\r\n"];
    });
    assert_eq!(classes(&evidence, admin), [WordClass::Login, WordClass::Default]);
    assert_eq!(classes(&evidence, hayashi), [WordClass::Login]);
    assert_eq!(classes(&evidence, cisco), [WordClass::Default]);
    assert_eq!(classes(&evidence, person), [WordClass::Estate, WordClass::List]);
    assert_eq!(classes(&evidence, digits), [WordClass::Digits]);
    assert_eq!(classes(&evidence, listed), [WordClass::List]);
    assert_eq!(classes(&evidence, suffix), [WordClass::Login]);
    let groups: Vec<_> = evidence.groups.iter().map(members).collect();
    assert_eq!(groups, [vec![hayashi, twin], vec![cisco, person]]);
    let edges = evidence.groups[0].members[0].edges;
    assert!(edges.has(Edges::LIST_WORD) && edges.has(Edges::OTHER_SYSTEM));
    assert!(!edges.has(Edges::KNOWN_WORD) && evidence.groups[0].restricted);
    assert!(evidence.groups[1].members[1].edges.has(Edges::KNOWN_WORD));
}

#[test]
fn previous_and_lm_hashes_prove_nothing() {
    let mut made = Made::default();
    made.ad("a", "Demo-Old-Word-1");
    for login in ["b", "c"] {
        let row = made.ad(login, &format!("Demo-{login}-1!"));
        let mut old = CredentialDraft::login("nt", b"", Origin::default());
        let digest = nt("Demo-Old-Word-1");
        (old.secret, old.depth) = (&digest, 1);
        made.0.push_credential(row, &old);
        made.secret(row, State::Hash, "lm", b"D1BA0012299000EBC2265B23734E0DAC");
        made.secret(row, State::Hash, "lm", b"aad3b435b51404eeaad3b435b51404ee");
    }
    let evidence = prove_all(&[made.0]);
    assert!(evidence.groups.is_empty() && evidence.hits.is_empty());
    assert_eq!(evidence.recognised(0, 3).state, State::Hash);
    assert_eq!(evidence.recognised(0, 4).state, State::Placeholder);
}

#[test]
fn communities_and_keys_are_compared_and_defaults_named() {
    let mut made = Made::default();
    let mut rows = Vec::new();
    for host in ["r1", "r2"] {
        for word in ["public", "demo-kanshi-only"] {
            let row = made.account(SystemKind::Device, host, "");
            let mut draft = CredentialDraft::login("", word.as_bytes(), Origin::default());
            (draft.kind, draft.state) = (Kind::SnmpCommunity, State::Plain);
            made.0.push_credential(row, &draft);
            rows.push(row);
        }
    }
    let evidence = prove_all(&[made.0]);
    assert_eq!(classes(&evidence, rows[0]), [WordClass::Default]);
    assert!(classes(&evidence, rows[1]).is_empty());
    let groups: Vec<_> = evidence.groups.iter().map(members).collect();
    assert_eq!(groups, [vec![0, 2], vec![1, 3]]);
}

#[test]
fn an_absurd_cost_is_counted_and_not_run() {
    let mut made = Made::default();
    let digest =
        "U4DVzpcYxgw7MVVDGGvB2/H5lRistD5.Ah4upwENR5UtffLR4X4SxSzfREv8z6wVl0jRFX40/KnYVvK4829kD1";
    made.device("r", "a", State::Hash, "", &format!("$6$rounds=999999999$ab${digest}"));
    let evidence = prove_all(&[made.0]);
    let row = evidence.incomparable[0];
    assert_eq!((row.scheme, row.secrets, row.tried), ("sha512crypt", 1, 0));
    assert_eq!(evidence.recognised(0, 0).state, State::Unknown);
}

#[test]
fn work_beyond_the_budget_is_left_and_said() {
    let evidence = prove_with(&[shared_over_six_schemes()], |options| {
        options.needed.login_forms = false;
        options.work = 15_000;
    });
    assert_eq!(members(&evidence.groups[0]), [0, 1, 2, 3, 5]);
    assert_eq!(evidence.incomparable[0].scheme, "sha512crypt");
}

#[test]
fn tags_are_equal_for_equal_passwords_and_absent_without_a_key() {
    let key = TagKey::from_bytes(&[9; 32]).unwrap();
    let site = shared_over_six_schemes();
    let plain = prove_all(std::slice::from_ref(&site));
    assert!(plain.tags.iter().all(Vec::is_empty));
    let rules = RuleSet::embedded().unwrap();
    let options = Options {
        rules: &rules,
        key: Some(&key),
        device_keys: keys::Keys::none(),
        cross_entity: false,
        wordlists: Vec::new(),
        mask: &mask::NONE,
        as_of: Day::from_epoch_days(20_000),
        needed: Needed { digits: false, ..Needed::ALL },
        work: Options::WORK,
        timed: false,
        watch: &watch::Unwatched,
    };
    let sites = [site];
    let tagged = prove(&sites, &Subjects::of(&sites), &options);
    assert_eq!(tagged.groups[0].tag, key.tag("plain", b"hashcat"));
    assert_eq!(tagged.tags[0].len(), 6);
    assert!(tagged.tags[0].iter().all(|(_, tag)| *tag == tagged.groups[0].tag));
    assert_eq!(tagged.groups.len(), plain.groups.len());
}

fn crowd() -> Inventory {
    let mut made = Made::default();
    for number in 0..700 {
        let word = format!("Demo-{}!", number * number % 97);
        made.ad(&format!("u{number}"), &word);
        made.dolphin(&format!("u{number}"), &word);
        if number % 50 == 0 {
            made.device(
                &format!("r{number}"),
                "m",
                State::Reversible,
                "cisco-type7",
                &type7(&word),
            );
        }
    }
    made.0
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let evidence =
            pool.install(|| prove_with(&[crowd()], |options| options.needed.login_digits = false));
        format!("{:?} {:?} {:?}", evidence.groups, evidence.hits, evidence.incomparable)
    };
    let one = run(1);
    assert!(one == run(2) && one == run(5));
    assert!(!one.contains("Demo-"), "no secret in what can be printed");
}

#[test]
fn a_credential_is_named_by_its_account_and_place() {
    let mut made = Made::default();
    made.ad("a", "Demo-X-1!");
    let row = made.ad("b", "Demo-X-1!");
    made.secret(row, State::Plain, "", b"Demo-X-1!");
    let evidence = prove_all(&[made.0]);
    let at = |subject, index| CredentialRef { subject, index };
    let members: Vec<_> = evidence.groups[0].members.iter().map(|m| m.credential).collect();
    assert_eq!(members, [at(0, 0), at(1, 1), at(1, 2)]);
}
