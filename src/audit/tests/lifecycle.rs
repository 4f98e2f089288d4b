use super::*;
use crate::model::account::{Clock, Minute};
use crate::model::register::{Field, Register, RegisterRow};

/// A register row of the newest site.
fn listed(estate: &mut Estate, register: Register, texts: &[(Field, &str)], end: Stamp) {
    let site = estate.last();
    let texts = texts.iter().map(|&(field, text)| (field, site.text.push(text))).collect();
    let days = vec![(Field::EndDate, end)];
    site.registers.push(RegisterRow { register, texts, days, origin: line(3) });
    site.given.push(register);
}

/// `known` accounts of people on the roster and `strangers` of nobody.
fn staff(known: usize, strangers: usize) -> Estate {
    let mut estate = Estate::new();
    for number in 0..known {
        let number = format!("{number:03}");
        estate.last().push_roster(&roster(&number));
        estate.corp(&Draft { employee: &number, ..fresh(&format!("u{number}")) });
    }
    for number in 0..strangers {
        estate.corp(&fresh(&format!("x{number}")));
    }
    estate
}

#[test]
fn many_strangers_are_one_notice_and_few_are_findings() {
    let mut estate = staff(7, 3);
    listed(&mut estate, Register::NonEmployee, &[], Stamp::UNKNOWN);
    let found = ["corp/x0 medium", "corp/x1 medium", "corp/x2 medium"];
    assert_eq!(estate.of("LIFE-08"), found, "exactly 30 % are few");
    let mut estate = staff(6, 3);
    listed(&mut estate, Register::NonEmployee, &[], Stamp::UNKNOWN);
    assert_eq!(estate.of("LIFE-08"), ["corp: lacks person-link (3)"]);
    assert_eq!(staff(7, 1).of("LIFE-08"), ["corp: lacks nonemployee (1)"]);
    assert!(staff(7, 0).of("LIFE-08").is_empty(), "nobody is missing on a list that was not given");
    let mut bare = Estate::new();
    bare.corp(&fresh("a"));
    assert_eq!(bare.of("LIFE-08"), ["corp: lacks roster (1)"]);
}

#[test]
fn a_non_employee_is_an_owner_until_the_last_day() {
    let mut estate = staff(9, 2);
    listed(&mut estate, Register::NonEmployee, &[(Field::Logins, "x0")], ago(0));
    listed(&mut estate, Register::NonEmployee, &[(Field::Logins, "x1")], ago(1));
    assert_eq!(estate.of("LIFE-08"), ["corp/x1 medium"]);
}

#[test]
fn the_share_counts_what_the_list_of_stale_accounts_shows() {
    let mut estate = Estate::new();
    let names: Vec<String> = (0..12).map(|n| format!("u{n}")).collect();
    for (number, login) in names.iter().enumerate() {
        let idle = if number < 4 { 200 } else { 1 };
        estate.corp(&used(login, idle, LastUse::Column));
    }
    estate.corp(&with(used("off", 400, LastUse::Column), Flag::Enabled, Tri::No));
    estate.corp(&with(used("sealed", 400, LastUse::Column), Flag::BreakGlass, Tri::Yes));
    estate.corp(&Draft { last_use: Stamp::UNKNOWN, ..fresh("who-knows") });
    let report = estate.report();
    let stale = of(&report, "LIFE-01").iter().filter(|row| !row.contains("lacks")).count();
    let share = report.findings.iter().find(|f| f.facts.metric == "stale-accounts").unwrap();
    assert_eq!(share.facts.value, Some(stale as i64));
    assert_eq!(report.text.get(share.facts.detail), "4/12");
    let rules = RuleSet::embedded().unwrap();
    let text = "[rules.LIFE-01]\ndays = 300\n";
    let policy = Policy::parse("kagiban.toml", text, &rules).unwrap();
    let shown = of(&estate.report_with(&policy), "LIFE-18");
    // Within the days of an administrator and beyond: whether it is one, nobody said.
    assert_eq!(shown, ["corp: lacks privileged, last-use (5)"], "the operator's number moves both");
}

#[test]
fn the_age_of_a_password_is_a_fault_where_the_profile_says_so() {
    let aged = |login| {
        let draft = Draft { password_set: ago(400), ..fresh(login) };
        with(draft, Flag::PasswordNeverExpires, Tri::No)
    };
    let mut estate = Estate::new();
    estate.corp(&aged("user"));
    estate.corp(&admin(aged("adm")));
    estate.corp(&with(aged("svc"), Flag::Service, Tri::Yes));
    estate.corp(&with(aged("card"), Flag::SmartcardRequired, Tri::Yes));
    estate.corp(&with(aged("off"), Flag::Enabled, Tri::No));
    let report = estate.report();
    assert_eq!(of(&report, "AGE-01"), ["corp/adm info"]);
    assert_eq!(of(&report, "AGE-02"), ["corp/ info"]);
    assert_eq!(of(&report, "AGE-03"), ["corp/svc info"]);
    let mut policy = Policy::default();
    policy.set_profile("none").unwrap();
    let report = estate.report_with(&policy);
    assert_eq!(of(&report, "AGE-01"), ["corp/adm medium"]);
    assert_eq!(of(&report, "AGE-02"), ["corp/user low"]);
    assert_eq!(of(&report, "AGE-03"), ["corp/svc medium"]);
}

#[test]
fn a_short_password_must_be_changed_under_an_edition_that_asks_for_it() {
    use crate::model::evidence::{CredentialRef, Rating};
    let mut estate = Estate::new();
    for login in ["short", "long"] {
        let row = estate.corp(&with(
            Draft { password_set: ago(100), ..fresh(login) },
            Flag::MfaCapable,
            Tri::No,
        ));
        let index = estate.secret(row, crate::model::credential::State::Plain);
        let length = if login == "short" { 8 } else { 13 };
        let credential = CredentialRef { subject: row, index };
        estate.evidence.ratings.push(Rating { credential, length, score: 4 });
    }
    let mut policy = Policy::default();
    policy.set_profile("mhlw-6.0").unwrap();
    assert_eq!(of(&estate.report_with(&policy), "AGE-02"), ["corp/short low"]);
}

#[test]
fn the_built_in_administrator_has_two_faults_of_its_own() {
    let mut estate = Estate::new();
    let admin = Draft { rid: Some(500), password_set: ago(400), ..fresh("Administrator") };
    estate.corp(&admin);
    estate.corp(&Draft { rid: Some(1104), password_set: ago(400), ..fresh("administrator2") });
    let found = ["corp/Administrator info", "corp/Administrator medium"];
    assert_eq!(estate.of("AGE-05"), found, "use is a fault, the age of the word information");
}

#[test]
fn weak_words_are_told_once_they_are_old() {
    let mut estate = Estate::new();
    for (login, set) in [("old", ago(181)), ("young", ago(180)), ("when", Stamp::UNKNOWN)] {
        let row = estate.corp(&Draft { password_set: set, ..fresh(login) });
        let index = estate.secret(row, crate::model::credential::State::Hash);
        let class = crate::model::evidence::WordClass::Digits;
        estate.hit(index, class);
    }
    assert_eq!(estate.of("AGE-12"), ["corp/old medium", "corp: lacks password-set (1)"]);
}

#[test]
fn passwords_of_one_minute_are_one_hint() {
    let mut estate = Estate::new();
    let names: Vec<String> = (0..6).map(|n| format!("u{n}")).collect();
    for (number, login) in names.iter().enumerate() {
        let minute = if number < 5 { 600 } else { 601 };
        let clock = Clock { password_set: Minute::of(minute), ..Clock::default() };
        estate.corp(&Draft { password_set: ago(9), clock, ..fresh(login) });
    }
    let report = estate.report();
    let hints: Vec<_> =
        report.findings.iter().filter(|f| f.facts.metric == "set-together").collect();
    assert_eq!(hints.len(), 1);
    assert_eq!(hints[0].facts.value, Some(5));
    assert_eq!(report.text.get(hints[0].facts.detail), "10:00");
}
