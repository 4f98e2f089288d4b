use super::*;
use crate::model::account::Flag;
use crate::model::credential::{Kind, State};
use crate::model::evidence::WordClass;
use crate::model::evidence::{CredentialRef, Edges, Untried, WordClasses};
use crate::model::finding::Sensitivity;
use crate::model::inventory::CredentialDraft;

#[test]
fn opened_secrets_are_found_by_class() {
    let mut estate = Estate::new();
    let classes = [WordClass::Empty, WordClass::Login, WordClass::Default, WordClass::List];
    for (login, class) in ["ward", "t.sato", "svc", "n.ito"].into_iter().zip(classes) {
        let row = estate.corp(&fresh(login));
        let secret = estate.secret(row, State::Hash);
        estate.hit(secret, class);
    }
    let guest = estate.corp(&with(fresh("Guest"), Flag::Enabled, Tri::No));
    let secret = estate.secret(guest, State::Hash);
    estate.hit(secret, WordClass::Empty);
    let report = estate.report();
    assert_eq!(of(&report, "QUAL-01"), ["corp/Guest info", "corp/ward critical"]);
    assert_eq!(of(&report, "QUAL-05"), ["corp/t.sato high"]);
    assert!(of(&report, "DEF-01").is_empty());
    let shown = |f: &crate::model::finding::Finding| f.sensitivity == Sensitivity::Restricted;
    assert_eq!(report.findings.iter().filter(|f| shown(f)).count(), 4);
}

#[test]
fn factory_words_are_found_where_factories_set_them() {
    let mut estate = Estate::new();
    let row = estate.account(SystemKind::Device, "sw", &fresh("admin"));
    let secret = estate.secret(row, State::Hash);
    estate.hit(secret, WordClass::Default);
    let old = estate
        .push(row, &CredentialDraft { depth: 1, ..CredentialDraft::login("nt", b"y", line(3)) });
    estate.hit(old, WordClass::Default);
    assert_eq!(estate.of("DEF-01"), ["sw/admin critical"]);
}

#[test]
fn what_could_not_be_tried_is_no_pass() {
    let mut estate = Estate::new();
    let states = [State::Masked, State::ReversibleKeyed, State::Unknown, State::Hash];
    for (login, state) in ["a", "b", "c", "d"].into_iter().zip(states) {
        let row = estate.account(SystemKind::Device, "fw", &fresh(login));
        estate.secret(row, state);
    }
    estate.account(SystemKind::Device, "fw", &fresh("none"));
    let row = estate.corp(&with(fresh("card"), Flag::SmartcardRequired, Tri::Yes));
    estate.secret(row, State::Hash);
    let gap = "fw: lacks credentials, masked, reversible-keyed, unknown-scheme (4)";
    assert_eq!(estate.of("QUAL-05"), [gap]);
    assert_eq!(estate.of("DEF-04"), ["fw: lacks credentials (1)"]);
    let classes = WordClasses::of(WordClass::ALL);
    estate.evidence.untried.push(Untried { credential: at(3, 3), classes });
    let gap = "fw: lacks credentials, masked, reversible-keyed, unknown-scheme, not-tried (5)";
    assert_eq!(estate.of("QUAL-05"), [gap]);
}

#[test]
fn a_system_without_secrets_is_one_gap_per_rule() {
    let mut estate = Estate::new();
    estate.corp(&fresh("a"));
    estate.corp(&fresh("b"));
    for rule in ["QUAL-01", "QUAL-05", "REUSE-01", "REUSE-02", "REUSE-04", "REUSE-06"] {
        assert_eq!(estate.of(rule), ["corp: lacks credentials (2)"], "{rule}");
    }
    assert!(estate.of("DEF-01").is_empty());
}

#[test]
fn accounts_and_lines_without_a_password_are_found() {
    let mut estate = Estate::new();
    let host = estate.account(SystemKind::Host, "pacs01", &fresh("dicom"));
    estate.secret(host, State::NoPassword);
    let device = estate.account(SystemKind::Device, "rt01", &Draft::default());
    for principal in ["vty 0 4", "vty 5 15"] {
        let draft = CredentialDraft::login("", b"", line(40));
        let state = if principal == "vty 0 4" { State::Hash } else { State::NoPassword };
        estate.push(device, &CredentialDraft { kind: Kind::Line, state, principal, ..draft });
    }
    let report = estate.report();
    assert_eq!(of(&report, "DEF-04"), ["pacs01/dicom critical", "rt01/ critical"]);
    let details: Vec<_> = report.findings.iter().map(|f| report.text.get(f.facts.detail)).collect();
    assert!(details.contains(&"line vty 5 15") && details.contains(&""), "{details:?}");
}

fn reuse() -> Estate {
    let mut estate = Estate::new();
    for login in ["a", "b", "c"] {
        let row = estate.corp(&fresh(login));
        estate.secret(row, State::Hash);
    }
    let row = estate.account(SystemKind::Ecarte, "e", &fresh("d"));
    estate.secret(row, State::Hash);
    estate
}

#[test]
fn each_edge_is_told_by_its_own_rule() {
    let mut estate = reuse();
    let here = Edges::EQUAL_IN_SYSTEM;
    let group = estate.group(&[(0, 0), (0, 1), (0, 3)], here);
    group.members[2].edges = Edges::OTHER_SYSTEM;
    group.members[0].edges.add(Edges::OTHER_SYSTEM);
    group.restricted = true;
    let report = estate.report();
    assert_eq!(of(&report, "REUSE-01"), ["corp/a high", "corp/b high"]);
    assert_eq!(of(&report, "REUSE-06"), ["corp/a high", "e/d high"]);
    assert!(of(&report, "REUSE-02").is_empty() && of(&report, "REUSE-04").is_empty());
    assert_eq!(report.groups.len(), 1);
    assert_eq!((report.groups[0].size, report.groups[0].id.len()), (3, 11));
    let rows: Vec<_> = report.findings.iter().filter(|f| f.group == 0).collect();
    assert_eq!(rows.len(), 4);
    assert!(rows.iter().all(|f| f.sensitivity == Sensitivity::Restricted));
    assert!(rows.iter().all(|f| f.facts.value == Some(3)));
}

#[test]
fn an_administrator_in_the_group_makes_every_row_graver() {
    let mut estate = reuse();
    let boss = estate.corp(&with(fresh("boss"), Flag::Privileged, Tri::Yes));
    let secret = estate.secret(boss, State::Hash);
    let off = estate.corp(&with(fresh("off"), Flag::Enabled, Tri::No));
    let old = estate.secret(off, State::Hash);
    estate.group(&[(0, 0), (0, secret), (0, old)], Edges::EQUAL_IN_SYSTEM);
    assert_eq!(estate.of("REUSE-01"), ["corp/a critical", "corp/boss critical", "corp/off info"]);
}

#[test]
fn two_accounts_of_one_person_are_milder() {
    let mut estate = Estate::new();
    estate.last().push_roster(&roster("1"));
    for login in ["a", "a-test"] {
        let row = estate.corp(&Draft { employee: "1", ..fresh(login) });
        estate.secret(row, State::Hash);
    }
    estate.group(&[(0, 0), (0, 1)], Edges::EQUAL_IN_SYSTEM);
    assert_eq!(estate.of("REUSE-01"), ["corp/a medium", "corp/a-test medium"]);
}

#[test]
fn groups_reach_over_sites() {
    let mut estate = reuse();
    estate.site("clinic");
    let row = estate.account(SystemKind::Device, "rt01", &fresh("admin"));
    estate.secret(row, State::Reversible);
    let mut edges = Edges::KNOWN_WORD;
    edges.add(Edges::OTHER_SYSTEM);
    estate.group(&[(0, 2), (1, 0)], edges);
    let report = estate.report();
    assert_eq!(of(&report, "REUSE-04"), ["corp/c high", "rt01/admin high"]);
    assert_eq!(of(&report, "REUSE-06"), ["corp/c high", "rt01/admin high"]);
}

#[test]
fn a_secret_that_the_search_never_reached_is_not_judged() {
    let mut estate = reuse();
    assert!(estate.of("REUSE-04").is_empty(), "tried and not opened is judged");
    let classes = WordClasses::of(&[WordClass::Estate]);
    estate.evidence.untried.push(Untried { credential: at(3, 3), classes });
    assert_eq!(estate.of("REUSE-04"), ["e: lacks not-tried (1)"]);
    assert!(estate.of("QUAL-05").is_empty(), "its own words were all tried");
    estate.evidence.untried[0].classes.add(WordClass::Login);
    assert_eq!(estate.of("QUAL-05"), ["e: lacks not-tried (1)"]);
}

const fn at(subject: u32, index: u32) -> CredentialRef {
    CredentialRef { subject, index }
}

#[test]
fn what_is_only_remembered_is_at_most_medium() {
    let mut estate = Estate::new();
    let row = estate.account(SystemKind::Device, "sw", &fresh("admin"));
    let secret = estate.secret(row, State::Hash);
    estate.hit(secret, WordClass::Default);
    estate.evidence.hits[0].remembered = true;
    assert_eq!(estate.of("DEF-01"), ["sw/admin medium"]);
}

#[test]
fn rules_about_pairs_look_at_both_sides() {
    let mut estate = Estate::new();
    for (login, privileged) in [("t.sato", Tri::No), ("adm-t.sato", Tri::Yes), ("m.ito", Tri::No)] {
        let row = estate.corp(&with(fresh(login), Flag::Privileged, privileged));
        estate.secret(row, State::Hash);
    }
    estate.group(&[(0, 0), (0, 1), (0, 2)], Edges::EQUAL_IN_SYSTEM);
    assert_eq!(estate.of("REUSE-08"), ["corp/adm-t.sato critical", "corp/t.sato critical"]);
    assert_eq!(estate.of("REUSE-09").len(), 3);
    let mut alone = Estate::new();
    for login in ["a", "b"] {
        let row = alone.corp(&with(fresh(login), Flag::Privileged, Tri::No));
        alone.secret(row, State::Hash);
    }
    alone.group(&[(0, 0), (0, 1)], Edges::EQUAL_IN_SYSTEM);
    assert!(alone.of("REUSE-08").is_empty() && alone.of("REUSE-09").is_empty());
    alone.evidence.groups[0].beyond = 4;
    let report = alone.report();
    let details = report.findings.iter().map(|f| report.text.get(f.facts.detail));
    let told: Vec<_> = details.filter(|detail| detail.starts_with("PL1")).collect();
    assert_eq!(told, ["PL1, other-entities 2-9"; 2]);
}

#[test]
fn one_system_alone_cannot_show_reuse_across_systems() {
    let mut estate = Estate::new();
    let row = estate.corp(&fresh("a"));
    estate.secret(row, State::Hash);
    assert_eq!(estate.of("REUSE-06"), ["corp: lacks second-system (1)"]);
}

#[test]
fn communities_are_told_where_they_cross_systems() {
    let mut estate = Estate::new();
    for device in ["edge-sw", "fw01"] {
        let row = estate.account(SystemKind::Device, device, &Draft::default());
        let draft = CredentialDraft::login("", b"demo", line(7));
        let kind = Kind::SnmpCommunity;
        estate.push(row, &CredentialDraft { kind, state: State::Plain, ..draft });
    }
    let mut edges = Edges::KNOWN_WORD;
    edges.add(Edges::OTHER_SYSTEM);
    estate.group(&[(0, 0), (0, 1)], edges);
    assert!(estate.of("REUSE-04").is_empty() && estate.of("REUSE-06").is_empty());
    assert_eq!(estate.of("REUSE-11"), ["edge-sw/ medium", "fw01/ medium"]);
}
