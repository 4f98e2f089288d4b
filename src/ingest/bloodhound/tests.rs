use super::*;
use crate::ingest::merge;
use crate::ingest::testing::{claim, login, read};
use crate::model::day::{Day, When};

pub(super) const USERS: &str = r#"{"data":[
{"ObjectIdentifier":"S-1-5-21-1-2-3-1101","Properties":{"domain":"CORP.EXAMPLE","distinguishedname":"CN=A,DC=CORP,DC=EXAMPLE",
 "samaccountname":"a","displayname":"佐藤","enabled":true,"lastlogon":0,"lastlogontimestamp":1774656303,"pwdlastset":1769907723,
 "whencreated":1554076800,"useraccountcontrol":66048,"admincount":1,"description":"PW: x","sidhistory":["S-1"],"hasspn":false,
 "userpassword":"geheim","supportedencryptiontypes":["RC4-HMAC-MD5"],"lockedout":false},"PrimaryGroupSID":"S-1-5-21-1-2-3-513","SPNTargets":[]},
{"ObjectIdentifier":"S-1-5-21-1-2-3-1102","Properties":{"domain":"CORP.EXAMPLE","samaccountname":"b","enabled":false,"lastlogon":-1,
 "lastlogontimestamp":-1,"pwdlastset":0},"PrimaryGroupSID":"S-1-5-21-1-2-3-1202"},
{"ObjectIdentifier":"S-1-5-21-1-2-3-1103","Properties":{"domain":"CORP.EXAMPLE","samaccountname":"c"},"PrimaryGroupSID":"S-1-5-21-1-2-3-513"},
{"ObjectIdentifier":"CORP.EXAMPLE-S-1-5-20","Properties":{"name":"NT AUTHORITY@CORP.EXAMPLE"},"PrimaryGroupSID":"","SPNTargets":[]},
{"ObjectIdentifier":"S-1-5-21-1-2-3-1104","Properties":{"samaccountname":""},"PrimaryGroupSID":""},
{"ObjectIdentifier":"S-1-5-21-1-2-3-1105","Properties":{"samaccountname":"e","lastlogon":1e400}}
],"meta":{"methods":0,"type":"users","count":6,"version":6}}"#;

pub(super) const GROUPS: &str = r#"{"data":[
{"ObjectIdentifier":"S-1-5-21-1-2-3-512","Properties":{"domain":"CORP.EXAMPLE","name":"DOMAIN ADMINS@CORP.EXAMPLE","samaccountname":"Domain Admins"},
 "Members":[{"ObjectIdentifier":"S-1-5-21-1-2-3-1201","ObjectType":"Group"}]},
{"ObjectIdentifier":"S-1-5-21-1-2-3-1201","Properties":{"domain":"CORP.EXAMPLE","name":"OPS@CORP.EXAMPLE"},
 "Members":[{"ObjectIdentifier":"S-1-5-21-1-2-3-1101","ObjectType":"User"},{"ObjectIdentifier":"S-1-5-21-1-2-3-512","ObjectType":"Group"},
  {"ObjectIdentifier":"S-1-5-21-1-2-3-1202","ObjectType":"Group"}]},
{"ObjectIdentifier":"S-1-5-21-1-2-3-1202","Properties":{"domain":"CORP.EXAMPLE","name":"VENDOR@CORP.EXAMPLE"},"Members":[]}
]}"#;

const DOMAIN: &str = r#"{"data":[{"ObjectIdentifier":"S-1-5-21-1-2-3","Properties":{"domain":"CORP.EXAMPLE","minpwdlength":7,
 "pwdproperties":17,"pwdhistorylength":24,"lockoutthreshold":0,"minpwdage":"less than a minute","maxpwdage":"42 days",
 "lockoutduration":"30 minutes","lockoutobservationwindow":-18000000000},"Trusts":[]}]}"#;

fn on(y: i32, m: u32, d: u32) -> Stamp {
    When::On(Day::from_ymd(y, m, d).unwrap()).into()
}

#[test]
fn users_dates_and_flags() {
    let part = read(&BloodHound, "ad/x_users.json", USERS.as_bytes());
    assert_eq!((part.rows.read, part.rows.ok, part.rows.skipped), (6, 3, 1));
    let codes: Vec<_> = part.problems.iter().map(|p| (p.origin.line, p.code)).collect();
    assert_eq!(codes, [(10, "empty-account"), (11, "bad-json")]);
    assert_eq!(part.system_name(part.accounts.system.get(0)), "corp.example");
    let accounts = &part.accounts;
    assert_eq!(
        (accounts.created.get(0), accounts.last_use.get(0)),
        (on(2019, 4, 1), on(2026, 3, 28))
    );
    assert_eq!(
        (accounts.last_use.get(1), accounts.password_set.get(1)),
        (Stamp::NEVER, Stamp::NEVER)
    );
    let yes = |row, flags: &[Flag]| flags.iter().all(|f| accounts.flag(row, *f) == Tri::Yes);
    assert!(yes(
        0,
        &[
            Flag::Enabled,
            Flag::PasswordNeverExpires,
            Flag::AdminCount,
            Flag::NotedSecret,
            Flag::SidHistory,
            Flag::PasswordAttribute,
            Flag::NoAes,
        ]
    ));
    assert_eq!(accounts.flag(0, Flag::Locked), Tri::Unknown);
    assert!(yes(1, &[Flag::MustChange]));
    assert_eq!(accounts.expires.get(0), Stamp::UNKNOWN);
    assert_eq!(login(&part, 2), "c");
}

#[test]
fn groups_of_another_file_make_administrators_through_loops_and_primary_groups() {
    let mut site = read(&BloodHound, "ad/x_users.json", USERS.as_bytes());
    site.absorb(read(&BloodHound, "ad/x_groups.json", GROUPS.as_bytes()));
    merge::join(&mut site);
    let accounts = &site.accounts;
    let admin = |row| accounts.flag(row, Flag::Privileged);
    assert_eq!([admin(0), admin(1), admin(2)], [Tri::Yes, Tri::Yes, Tri::No]);
    let groups = |row| site.names.get(accounts.groups.get(row));
    assert_eq!(
        [groups(0), groups(1), groups(2)],
        ["OPS\nDomain Admins", "VENDOR\nOPS\nDomain Admins", "-"]
    );
}

#[test]
fn the_policy_of_the_domain() {
    let part = read(&BloodHound, "ad/x_domains.json", DOMAIN.as_bytes());
    let policy = part.password_policies[0];
    assert_eq!(
        (policy.min_length, policy.history, policy.max_age_days),
        (Some(7), Some(24), Some(42))
    );
    assert_eq!((policy.complexity, policy.reversible), (Tri::Yes, Tri::Yes));
    let lockout = (policy.lockout_threshold, policy.lockout_minutes, policy.lockout_window);
    assert_eq!(lockout, (Some(0), Some(30), Some(30)));
    assert_eq!(policy.min_age_days, Some(0));
}

#[test]
fn claims_are_made_by_content() {
    assert_eq!(claim(&BloodHound, "x/a", USERS), 96);
    assert_eq!(claim(&BloodHound, "x/a", "{\"data\":[{\"id\":1}]}"), 0);
}
