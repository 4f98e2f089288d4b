use super::testing::*;
use super::*;
use crate::model::account::{Draft, Flag, LastUse};
use crate::model::day::Stamp;
use crate::model::finding::{Confidence, Status};
use crate::model::inventory::RosterDraft;
use crate::model::person::Employment;
use crate::model::site::SystemKind;
use crate::model::tri::Tri;

mod files;
mod lifecycle;
mod report;
mod secrets;

fn used(login: &str, days: i32, source: LastUse) -> Draft<'_> {
    Draft { last_use: ago(days), last_use_source: source, ..fresh(login) }
}

fn unused(login: &str, made: i32) -> Draft<'_> {
    Draft { last_use: Stamp::NEVER, created: ago(made), ..fresh(login) }
}

fn admin(mut draft: Draft<'_>) -> Draft<'_> {
    draft.groups = "GG\nCN=Domain Admins,CN=Users,DC=corp";
    draft
}

#[test]
fn what_is_asked_and_not_known_is_recorded() {
    let mut estate = Estate::new();
    estate.corp(&used("a", 5, LastUse::Column));
    estate.corp(&Draft { login: "b", ..Draft::default() });
    let people = people::People::of(&estate.sites);
    let site = SiteFacts::new(0, &estate.sites[0], &people, &estate.evidence, as_of());
    let known = view::AccountView::new(&site, 0);
    assert_eq!(known.enabled(), Some(true));
    assert_eq!(known.expires(), Some(view::End::Never));
    assert!(known.last_use().is_some() && known.missing().is_none());
    let blank = view::AccountView::new(&site, 1);
    assert_eq!((blank.enabled(), blank.privileged()), (None, None));
    assert_eq!(blank.missing().words(), ["enabled", "privileged"]);
    assert!(blank.last_use().is_none() && blank.created().is_none() && blank.expires().is_none());
    assert!(blank.standing().is_none() && blank.second_factor().is_none());
    assert_eq!(
        blank.missing().words(),
        ["enabled", "privileged", "mfa-capable", "last-use", "created", "expires", "roster"]
    );
}

#[test]
fn stale_accounts_are_found_with_the_allowance_of_their_stamp() {
    let mut estate = Estate::new();
    for (login, days, source) in [
        ("column-91", 91, LastUse::Column),
        ("column-90", 90, LastUse::Column),
        ("stamp-105", 105, LastUse::LogonTimestamp),
        ("stamp-104", 104, LastUse::LogonTimestamp),
        ("dc-91", 91, LastUse::LastLogon),
    ] {
        estate.corp(&used(login, days, source));
    }
    estate.corp(&admin(used("adm-75", 75, LastUse::LogonTimestamp)));
    estate.corp(&admin(used("adm-74", 74, LastUse::LogonTimestamp)));
    estate.corp(&with(used("off", 400, LastUse::Column), Flag::Enabled, Tri::No));
    estate.corp(&with(used("pc$", 400, LastUse::Column), Flag::Machine, Tri::Yes));
    estate.corp(&Draft { rid: Some(500), ..used("Administrator", 400, LastUse::Column) });
    estate.corp(&used("sealed", 400, LastUse::Column));
    estate.corp(&with(used("sealed2", 400, LastUse::Column), Flag::BreakGlass, Tri::Yes));
    estate.last().site.break_glass.push("Sealed".to_owned());
    let report = estate.report();
    assert_eq!(
        of(&report, "LIFE-01"),
        ["corp/adm-75 high", "corp/column-91 medium", "corp/dc-91 medium", "corp/stamp-105 medium"]
    );
    assert_eq!(of(&report, "PRIV-02"), ["corp/adm-75 high"]);
    let partial = report.findings.iter().find(|f| report.text.get(f.facts.detail) == "lastLogon");
    assert_eq!(partial.unwrap().confidence, Confidence::Medium);
}

#[test]
fn a_profile_and_the_operator_move_the_threshold() {
    let rules = RuleSet::embedded().unwrap();
    let mut estate = Estate::new();
    estate.corp(&used("a", 50, LastUse::Column));
    let mut policy = Policy::default();
    policy.set_profile("cis-8.1").unwrap();
    assert_eq!(of(&estate.report_with(&policy), "LIFE-01"), ["corp/a medium"]);
    let text = "[rules.LIFE-01]\ndays = 49\nseverity = \"critical\"\n";
    let policy = Policy::parse("kagiban.toml", text, &rules).unwrap();
    assert_eq!(of(&estate.report_with(&policy), "LIFE-01"), ["corp/a critical"]);
    let policy =
        Policy::parse("kagiban.toml", "[rules.LIFE-01]\nenabled = false\n", &rules).unwrap();
    assert!(of(&estate.report_with(&policy), "LIFE-01").is_empty());
}

#[test]
fn never_used_accounts_are_old_or_new() {
    let mut estate = Estate::new();
    estate.corp(&fresh("someone"));
    estate.corp(&unused("old", 31));
    estate.corp(&unused("new", 30));
    estate.corp(&Draft { created: Stamp::UNKNOWN, ..unused("when", 0) });
    estate.corp(&Draft { last_use: Stamp::UNKNOWN, ..unused("who-knows", 31) });
    let report = estate.report();
    let gap = "corp: lacks last-use, created (2)";
    assert_eq!(of(&report, "LIFE-02"), ["corp/old medium", gap]);
    assert_eq!(of(&report, "LIFE-03"), ["corp/new info", gap]);
}

#[test]
fn a_system_in_which_nobody_was_ever_seen_proves_nothing() {
    let mut estate = Estate::new();
    estate.corp(&unused("a", 400));
    estate.corp(&unused("b", 4));
    let report = estate.report();
    for rule in ["LIFE-01", "LIFE-02", "LIFE-03"] {
        assert_eq!(of(&report, rule), ["corp: lacks last-use (2)"], "{rule}");
    }
}

#[test]
fn ends_are_respected_to_the_day() {
    let mut estate = Estate::new();
    estate.corp(&Draft { expires: ago(1), ..fresh("yesterday") });
    estate.corp(&Draft { expires: ago(0), ..fresh("today") });
    estate.corp(&with(Draft { expires: ago(9), ..fresh("off") }, Flag::Enabled, Tri::No));
    estate.account(
        SystemKind::Ecarte,
        "e",
        &Draft { expires: Stamp::UNKNOWN, ..fresh("nothing said") },
    );
    assert_eq!(estate.of("LIFE-04"), ["corp/yesterday medium", "e: lacks expires (1)"]);
}

fn employee<'a>(login: &'a str, number: &'a str) -> Draft<'a> {
    Draft { employee: number, ..fresh(login) }
}

fn leavers() -> Estate {
    let mut estate = Estate::new();
    let site = estate.last();
    for (number, left) in [("1", ago(8)), ("2", ago(7)), ("3", ago(0)), ("4", ago(-30))] {
        site.push_roster(&RosterDraft { left, ..roster(number) });
    }
    site.push_roster(&RosterDraft { status: Employment::Left, ..roster("5") });
    site.push_roster(&RosterDraft { left: ago(90), joined: ago(80), ..roster("6") });
    let active = RosterDraft { status: Employment::Active, ..roster("7") };
    site.push_roster(&RosterDraft { left: ago(90), ..active });
    site.push_roster(&roster("8"));
    estate
}

#[test]
fn leavers_are_found_from_the_day_after() {
    let mut estate = leavers();
    for (login, number) in
        [("a", "1"), ("b", "2"), ("c", "3"), ("d", "4"), ("e", "5"), ("f", "6"), ("g", "7")]
    {
        estate.corp(&employee(login, number));
    }
    estate.corp(&admin(employee("adm-b", "2")));
    estate.corp(&with(employee("off", "1"), Flag::Enabled, Tri::No));
    estate.account(SystemKind::Device, "fw", &fresh("admin"));
    estate.account(SystemKind::Device, "fw", &fresh("a"));
    let report = estate.report();
    let wanted = [
        "corp/a high",
        "corp/adm-b high",
        "corp/b medium",
        "corp/e high",
        "corp/g high",
        "fw/a high",
    ];
    assert_eq!(of(&report, "LIFE-06"), wanted);
    let confidence = |login: &str| {
        let same = |f: &&crate::model::finding::Finding| {
            let subject = &report.subjects[f.subject as usize];
            report.text.get(subject.login) == login && f.facts.metric == "days-since-leaving"
        };
        let mut found: Vec<_> = report.findings.iter().filter(same).map(|f| f.confidence).collect();
        found.sort();
        found
    };
    assert_eq!(confidence("a"), [Confidence::Medium, Confidence::High]);
    assert_eq!(confidence("e"), [Confidence::Medium]);
    assert_eq!(confidence("g"), [Confidence::Low]);
}

#[test]
fn without_a_roster_or_a_link_nobody_is_judged_to_have_left() {
    let mut estate = leavers();
    estate.corp(&fresh("stranger"));
    estate.corp(&with(fresh("svc"), Flag::HasSpn, Tri::Yes));
    assert_eq!(estate.of("LIFE-06"), ["corp: lacks person-link (1)"]);
    let mut estate = Estate::new();
    estate.corp(&employee("a", "1"));
    assert_eq!(estate.of("LIFE-06"), ["corp: lacks roster (1)"]);
    assert_eq!(estate.of("LIFE-07"), ["corp: lacks roster (1)"]);
}

#[test]
fn use_after_leaving_is_found_even_when_disabled_since() {
    let mut estate = leavers();
    let left = |login, number, days| Draft { last_use: ago(days), ..employee(login, number) };
    estate.corp(&with(left("off", "1", 6), Flag::Enabled, Tri::No));
    estate.corp(&left("next-day", "1", 7));
    estate.corp(&left("before", "2", 9));
    estate.corp(&employee("undated", "5"));
    estate.corp(&Draft { last_use: Stamp::UNKNOWN, ..employee("unseen", "1") });
    estate.corp(&Draft { last_use: Stamp::UNKNOWN, ..employee("here", "8") });
    assert_eq!(estate.of("LIFE-07"), ["corp/off critical", "corp: lacks last-use, leave-date (2)"]);
}

#[test]
fn closed_here_and_open_there_is_found_where_it_is_open() {
    let mut estate = leavers();
    let ecarte = SystemKind::Ecarte;
    let off = |login, number| with(employee(login, number), Flag::Enabled, Tri::No);
    estate.corp(&off("a", "1"));
    estate.account(ecarte, "e", &employee("a-e", "1"));
    estate.corp(&employee("b", "2"));
    estate.account(ecarte, "e", &employee("b-e", "2"));
    estate.corp(&Draft { expires: ago(3), ..employee("c", "3") });
    estate.account(ecarte, "e", &employee("c-e", "3"));
    estate.corp(&off("d-old", "4"));
    estate.corp(&employee("d", "4"));
    estate.account(ecarte, "e", &employee("d-e", "4"));
    estate.account(SystemKind::Device, "fw", &off("f-vpn", "6"));
    estate.corp(&employee("f", "6"));
    estate.corp(&with(employee("g", "7"), Flag::Enabled, Tri::Unknown));
    estate.account(ecarte, "e", &employee("g-e", "7"));
    let found = estate.of("LIFE-09");
    assert_eq!(
        found,
        ["corp: lacks enabled (1)", "e/a-e medium", "e: lacks second-system (1)"],
        "an end that has passed is LIFE-04's"
    );
}

#[test]
fn flags_are_judged_by_data_and_quiet_on_disabled_accounts() {
    let mut estate = Estate::new();
    let never = |draft, value| with(draft, Flag::PasswordNeverExpires, value);
    estate.corp(&never(fresh("a"), Tri::Yes));
    estate.corp(&never(admin(fresh("b")), Tri::Yes));
    estate.corp(&with(never(admin(fresh("off")), Tri::Yes), Flag::Enabled, Tri::No));
    estate.corp(&never(fresh("d"), Tri::No));
    estate.corp(&never(with(fresh("gmsa$"), Flag::Managed, Tri::Yes), Tri::Yes));
    estate.corp(&fresh("unsaid"));
    assert_eq!(
        estate.of("FLAG-01"),
        ["corp/a medium", "corp/b high", "corp/off info", "corp: lacks password-never-expires (1)"]
    );
    assert_eq!(estate.of("FLAG-02"), ["corp: lacks password-not-required (5)"]);
}

#[test]
fn members_need_a_usable_second_factor() {
    let mut estate = Estate::new();
    let capable = |login, value| with(fresh(login), Flag::MfaCapable, value);
    estate.corp(&capable("a", Tri::No));
    estate.corp(&with(capable("b", Tri::No), Flag::MfaRegistered, Tri::Yes));
    estate.corp(&capable("c", Tri::Yes));
    estate.corp(&with(capable("boss", Tri::No), Flag::Privileged, Tri::Yes));
    estate.corp(&with(capable("guest", Tri::No), Flag::Guest, Tri::Yes));
    estate.corp(&with(capable("off", Tri::No), Flag::Enabled, Tri::No));
    estate.corp(&capable("sealed", Tri::No));
    estate.corp(&with(fresh("demanded"), Flag::MfaEnforced, Tri::Yes));
    estate.corp(&with(fresh("not demanded"), Flag::MfaEnforced, Tri::No));
    estate.last().site.break_glass.push("sealed".to_owned());
    let report = estate.report();
    assert_eq!(
        of(&report, "MFA-01"),
        ["corp/a high", "corp/b high", "corp/boss critical", "corp: lacks mfa-capable (1)"]
    );
}

#[test]
fn remote_users_and_device_administrators_need_a_second_factor() {
    let mut estate = Estate::new();
    let user =
        |login, flag, value| with(with(fresh(login), Flag::MfaEnforced, value), flag, Tri::Yes);
    let device = SystemKind::Device;
    estate.account(device, "fw", &user("vpn", Flag::Remote, Tri::No));
    estate.account(device, "fw", &user("token", Flag::Remote, Tri::Yes));
    estate.account(device, "fw", &user("admin", Flag::Privileged, Tri::No));
    let off = with(user("old", Flag::Remote, Tri::No), Flag::Enabled, Tri::No);
    estate.account(device, "fw", &off);
    let local = with(fresh("monitor"), Flag::Privileged, Tri::No);
    estate.account(device, "fw", &with(local, Flag::Remote, Tri::No));
    estate.account(device, "sw", &with(fresh("netop"), Flag::Privileged, Tri::Yes));
    estate.corp(&fresh("t.sato"));
    let report = estate.report();
    assert_eq!(
        of(&report, "MFA-06"),
        ["fw/admin critical", "fw/vpn critical", "sw: lacks second-factor (1)"]
    );
}

#[test]
fn an_empty_column_of_an_mfa_export_is_said_once() {
    let mut estate = Estate::new();
    estate.last().files[0].path = "honin/mfa/users.json".to_owned();
    estate.corp(&unused("a", 4));
    estate.corp(&unused("b", 4));
    assert_eq!(estate.of("MFA-10"), ["corp: lacks mfa-capable, last-use (2)"]);
    estate.corp(&with(fresh("c"), Flag::MfaCapable, Tri::No));
    assert!(estate.of("MFA-10").is_empty());
}

#[test]
fn missing_columns_are_told_with_the_rules_they_silence() {
    let mut estate = Estate::new();
    let bare = Draft { login: "a", ..Draft::default() };
    estate.account(SystemKind::Ecarte, "e", &with(bare, Flag::Enabled, Tri::Yes));
    let report = estate.report();
    assert_eq!(of(&report, "AUD-03"), ["e/ info"]);
    let rules = RuleSet::embedded().unwrap();
    let (aud, _) = rules.check("AUD-03").unwrap();
    let found = report.findings.iter().find(|f| f.rule == aud).unwrap();
    let detail = report.text.get(found.facts.detail);
    assert!(detail.contains("last-use: LIFE-01 LIFE-02 LIFE-03 LIFE-18 PRIV-02"), "{detail}");
    assert!(detail.contains("expires: LIFE-04"), "{detail}");
    assert!(!detail.contains("QUAL"), "{detail}");
    assert_eq!(found.status, Status::New);
    let mut alone = Policy::default();
    alone.select(&["AUD-03".to_owned()], &rules).unwrap();
    let report = estate.report_with(&alone);
    assert_eq!(of(&report, "AUD-03"), ["e/ info"]);
    assert_eq!(report.findings.len(), 1);
    assert!(report.coverage.iter().all(|row| row.rule == aud));
}
