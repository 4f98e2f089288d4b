//! When a password that nothing opened this time counts as changed.

use super::{compare, forget};
use crate::model::arena::{Arena, NameId, Span};
use crate::model::day::{Day, Stamp, When};
use crate::model::evidence::{WordClass, WordClasses};
use crate::model::file::Origin;
use crate::model::finding::{Confidence, Facts, Finding, NO_GROUP, Sensitivity, Severity, Status};
use crate::model::lists::{Listed, Lists, SecretCounts, Trace};
use crate::model::report::{Report, ReportSite, ReportSubject, ReportSystem, RuleUsed, Run};
use crate::model::site::SystemKind;
use crate::model::state::{Cause, FindingState};
use crate::model::tri::Tri;
use crate::rules::RuleSet;

fn day(number: i32) -> Day {
    Day::from_ymd(2026, 10, 1).unwrap().plus(number)
}

fn stamp(number: i32) -> Stamp {
    When::On(day(number)).into()
}

/// A run over one host with one account whose secret is a slow hash; nothing is found.
fn run(number: i32, rules: &RuleSet) -> Report {
    let mut text = Arena::default();
    let (login, tag) = (text.push("pacs"), text.push("t1"));
    let listed = Listed {
        site: 0,
        system: 0,
        login,
        person: Span::EMPTY,
        name: Span::EMPTY,
        department: NameId::EMPTY,
        role: NameId::EMPTY,
        enabled: Tri::Yes,
        privileged: Tri::Unknown,
        last_use: Stamp::UNKNOWN,
        source: crate::model::account::LastUse::None,
    };
    let trace = Trace {
        key: login,
        groups: NameId::EMPTY,
        password_set: stamp(-100),
        tag,
        triable: true,
        left: WordClasses::NONE,
    };
    let system = ReportSystem {
        kind: SystemKind::Host,
        name: "pacs01".to_owned(),
        accounts: 1,
        logins: 1,
        disabled: 0,
        secrets: SecretCounts::default(),
        gone: false,
    };
    let run = Run {
        name: format!("run {number}"),
        as_of: day(number),
        key_id: "k1".to_owned(),
        words: vec!["built-in 1".to_owned()],
        ..Run::default()
    };
    Report {
        sites: vec![ReportSite {
            slug: "honin".to_owned(),
            name: "本院".to_owned(),
            systems: vec![system],
            accounts: 1,
            people: 0,
        }],
        text,
        asked: vec![true; rules.checks.len()],
        used: vec![Some(RuleUsed::default()); rules.checks.len()],
        lists: Lists {
            accounts: vec![listed].into(),
            traces: vec![trace].into(),
            ..Lists::default()
        },
        ..Report::of(run, rules.checks.len())
    }
}

/// The same run, in which a word of a list opened the secret.
fn opened(number: i32, rules: &RuleSet) -> Report {
    let mut report = run(number, rules);
    let login = report.lists.accounts[0].login;
    report.subjects.push(ReportSubject {
        site: 0,
        system: 0,
        login,
        key: login,
        person: Span::EMPTY,
        name: Span::EMPTY,
        department: NameId::EMPTY,
    });
    report.findings.push(Finding {
        rule: rules.check("QUAL-04").unwrap().0,
        severity: Severity::High,
        confidence: Confidence::High,
        status: Status::New,
        sensitivity: Sensitivity::Restricted,
        subject: 0,
        group: NO_GROUP,
        discriminator: Span::EMPTY,
        facts: Facts::NONE,
        origin: Origin::default(),
    });
    report.ids.push(*b"aaaaaaaaaaaaaaaa");
    report.states.push(FindingState::since(stamp(number)));
    report
}

/// What becomes of the finding in a second run that `change` was done to.
fn later(change: impl FnOnce(&mut Report)) -> (Status, Cause) {
    let rules = RuleSet::embedded().unwrap();
    let mut second = run(30, &rules);
    change(&mut second);
    compare(&mut second, &opened(0, &rules), &rules);
    assert_eq!((second.findings.len(), second.states[0].first_seen), (1, stamp(0)));
    (second.findings[0].status, second.states[0].cause)
}

const FIXED: (Status, Cause) = (Status::Fixed, Cause::None);

const fn open(cause: Cause) -> (Status, Cause) {
    (Status::NotEvaluable, cause)
}

#[test]
fn a_slow_hash_that_was_not_tried_again_is_not_fixed() {
    let left = |class| move |run: &mut Report| run.lists.traces[0].left = WordClasses::of(&[class]);
    assert_eq!(later(left(WordClass::List)), open(Cause::NotTriedAgain));
    assert_eq!(later(left(WordClass::Digits)), FIXED, "every word of the lists was tried");
    assert_eq!(later(|_| {}), FIXED);
    assert_eq!(later(|run| run.run.words.clear()), open(Cause::NotTriedAgain));
    assert_eq!(later(|run| run.lists.traces[0].triable = false), open(Cause::NotTriedAgain));
}

#[test]
fn a_secret_that_changed_or_lets_nobody_in_is_fixed_without_a_trial() {
    fn untried(run: &mut Report) -> &mut Trace {
        run.lists.traces[0].left = WordClasses::of(&[WordClass::List]);
        &mut run.lists.traces[0]
    }
    let new_tag = |run: &mut Report| {
        let tag = run.text.push("t2");
        untried(run).tag = tag;
    };
    assert_eq!(later(new_tag), FIXED);
    assert_eq!(later(|run| untried(run).password_set = stamp(20)), FIXED);
    assert_eq!(later(|run| untried(run).tag = Span::EMPTY), open(Cause::NotTriedAgain));
    let other_key = |run: &mut Report| {
        new_tag(run);
        run.run.key_id = "k2".to_owned();
    };
    assert_eq!(later(other_key), open(Cause::NotTriedAgain), "tags of two keys say nothing");
    assert_eq!(
        later(|run| {
            untried(run);
            run.lists.accounts[0].enabled = Tri::No;
        }),
        FIXED
    );
    assert_eq!(
        later(|run| {
            run.lists.accounts.clear();
            run.lists.traces.clear();
        }),
        FIXED
    );
}

#[test]
fn what_was_not_looked_at_is_not_fixed() {
    assert_eq!(later(|run| run.asked.fill(false)), open(Cause::NotAsked));
    assert_eq!(later(|run| run.sites[0].systems[0].name.push('x')), open(Cause::SourceMissing));
}

#[test]
fn a_finding_that_is_gone_is_remembered_until_it_returns() {
    let rules = RuleSet::embedded().unwrap();
    let mut second = run(30, &rules);
    compare(&mut second, &opened(0, &rules), &rules);
    let mut third = run(60, &rules);
    compare(&mut third, &second, &rules);
    assert_eq!((third.findings.len(), third.past.len()), (0, 1));
    let mut fourth = opened(90, &rules);
    compare(&mut fourth, &third, &rules);
    assert_eq!(fourth.findings[0].status, Status::Returned);
    assert_eq!((fourth.states[0].first_seen, fourth.states[0].last_seen), (stamp(0), stamp(90)));
    assert!(fourth.past.is_empty());
    forget(&mut fourth);
    assert_eq!((fourth.findings[0].status, fourth.states[0].first_seen), (Status::New, stamp(90)));
}
