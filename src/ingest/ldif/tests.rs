#![allow(clippy::format_push_string, reason = "texts are put together, not measured")]

use super::*;
use crate::ingest::testing::{claim, login, read};
use crate::model::arena::NameId;
use crate::model::day::{Day, When};
use crate::model::site::SystemKind;

const DC: &str = "DC=corp,DC=byoin,DC=example";

fn ldif(text: &str) -> Inventory {
    read(&Ldif, "ad/export20261101.ldif", text.as_bytes())
}

/// A user with a binary SID of the domain S-1-5-21-1-2-3.
fn user(login: &str, rid: u32, more: &str) -> String {
    format!(
        "dn: CN={login},OU=x,{DC}\nobjectClass: top\nobjectClass: person\nobjectClass: user\n\
         sAMAccountName: {login}\nobjectSid: S-1-5-21-1-2-3-{rid}\n{more}\n\n"
    )
}

fn group(name: &str, rid: u32, more: &str) -> String {
    format!(
        "dn: CN={name},CN=Users,{DC}\nobjectClass: group\nsAMAccountName: {name}\n\
         objectSid: S-1-5-21-1-2-3-{rid}\n{more}\n\n"
    )
}

fn groups(part: &Inventory, row: u32) -> &str {
    part.names.get(part.accounts.groups.get(row))
}

fn flags(part: &Inventory, flag: Flag) -> Vec<Tri> {
    (0..part.accounts.len()).map(|row| part.accounts.flag(row, flag)).collect()
}

fn on(y: i32, m: u32, d: u32) -> Stamp {
    When::On(Day::from_ymd(y, m, d).unwrap()).into()
}

#[test]
fn a_lockout_a_class_and_times_of_day_are_kept() {
    let more = "employeeType: 派遣\nlockoutTime: 133563708600000000\n\
                whenCreated: 20240331150500.0Z\npwdLastSet: 133563708600000000";
    let part = ldif(&[user("a", 1101, more), user("b", 1102, "lockoutTime: 0")].concat());
    let accounts = &part.accounts;
    assert_eq!(part.names.get(accounts.class.get(0)), "派遣");
    let locked = (accounts.locked_since.get(0), accounts.locked_since.get(1));
    assert_eq!(locked, (on(2024, 4, 1), Stamp::NEVER));
    let clock = accounts.clock.get(0);
    assert_eq!((clock.created.get(), clock.password_set.get()), (Some(5), Some(1)));
    assert_eq!(flags(&part, Flag::Conflict), [Tri::No, Tri::No]);
}

#[test]
fn a_user_as_ldapsearch_prints_it() {
    let part = ldif(
        "# extended LDIF\n\ndn:: Q0495L2Q6JekIOaLk+S5nyxPVT3ljLvlsYAsREM9Y29ycCxEQz1ieW9pbixEQz1leGFtcGx\n l\n\
         objectClass: top\nobjectClass: user\ncn:: 5L2Q6JekIOaLk+S5nw==\nwhenCreated: 20190401000000.0Z\n\
         whenChanged: 20261122131504.0Z\ndisplayName:: 5L2Q6JekIOaLk+S5nw==\nuserAccountControl: 512\n\
         pwdLastSet: 134143813230000000\nprimaryGroupID: 513\n\
         objectSid:: AQUAAAAAAAUVAAAAxzU6Qo7XPg1Voa7GUQQAAA==\naccountExpires: 0\nsAMAccountName: t.sato\n\
         userPrincipalName: t.sato@corp.byoin.example\nlastLogonTimestamp: 134191299030000000\nlastLogon: 0\n\
         employeeID: 00123\nmail: t.sato@byoin.example\ndepartment:: 5Yy75bGA\nadminCount: 1\n\
         msDS-PhoneticDisplayName:: 44K144OI44Km\n\n# search result\nsearch: 2\nresult: 0 Success\n",
    );
    assert!(part.problems.is_empty());
    assert_eq!(part.rows, crate::model::file::Rows { read: 1, ok: 1, ..Default::default() });
    let accounts = &part.accounts;
    let text = |span| part.text.get(span);
    assert_eq!(
        (part.system_name(0), part.systems[0].kind),
        ("corp.byoin.example", SystemKind::Directory)
    );
    assert_eq!(login(&part, 0), "t.sato");
    assert_eq!(text(accounts.name.get(0)), "佐藤 拓也");
    assert_eq!(text(accounts.kana.get(0)), "サトウ");
    assert_eq!(text(accounts.native.get(0)), "S-1-5-21-1111111111-222222222-3333333333-1105");
    assert_eq!((accounts.rid.get(0), text(accounts.employee.get(0))), (1106, "00123"));
    assert_eq!(part.names.get(accounts.department.get(0)), "医局");
    assert_eq!(accounts.flag(0, Flag::Enabled), Tri::Yes);
    assert_eq!(accounts.flag(0, Flag::AdminCount), Tri::Yes);
    assert_eq!(accounts.flag(0, Flag::MustChange), Tri::No);
    assert_eq!(accounts.flag(0, Flag::Privileged), Tri::Unknown);
    assert_eq!(
        (accounts.created.get(0), accounts.changed.get(0)),
        (on(2019, 4, 1), on(2026, 11, 22))
    );
    assert_eq!(accounts.last_use.get(0), on(2026, 3, 28));
    assert_eq!(accounts.last_use_source.get(0), LastUse::LogonTimestamp);
    assert_eq!(accounts.expires.get(0), Stamp::NEVER);
    assert_eq!(accounts.origin.get(0).line, 3);
}

#[test]
fn absence_means_never_only_where_others_have_the_attribute() {
    let mut text =
        user("a", 1101, "lastLogonTimestamp: 134191299030000000\nservicePrincipalName: http/a");
    text += &user("b", 1102, "pwdLastSet: 0\naccountExpires: 9223372036854775807");
    let part = ldif(&text);
    assert_eq!(part.accounts.last_use.get(1), Stamp::NEVER);
    assert_eq!(flags(&part, Flag::HasSpn), [Tri::Yes, Tri::No]);
    assert_eq!(flags(&part, Flag::AdminCount), [Tri::Unknown, Tri::Unknown]);
    assert_eq!(flags(&part, Flag::MustChange)[1], Tri::Yes);
    assert_eq!(part.accounts.password_set.get(1), Stamp::NEVER);
    assert_eq!(part.accounts.expires.get(1), Stamp::NEVER);
    let part = ldif(&user("b", 1102, ""));
    assert_eq!(part.accounts.last_use.get(0), Stamp::UNKNOWN);
}

#[test]
fn classes_and_bits_decide_what_an_account_is() {
    let mut text = user("PC01$", 1201, "objectClass: computer\nuserAccountControl: 4096");
    text +=
        &user("g$", 1202, "objectClass: msDS-GroupManagedServiceAccount\nuserAccountControl: 4096");
    text += &user("card", 1203, "userAccountControl: 262656");
    text += &user("Guest", 501, "userAccountControl: 66082");
    text += &user("blind", 1204, "userAccountControl: 0");
    text += &format!("dn: OU=x,{DC}\nobjectClass: organizationalUnit\n\n");
    text += &format!("dn: CN=c,{DC}\nobjectClass: person\nobjectClass: contact\ncn: c\n\n");
    let part = ldif(&text);
    let (yes, no) = (Tri::Yes, Tri::No);
    assert_eq!(flags(&part, Flag::Machine), [yes, yes, no, no, no]);
    assert_eq!(flags(&part, Flag::Managed), [no, yes, no, no, no]);
    assert_eq!(flags(&part, Flag::SmartcardRequired)[2], yes);
    assert_eq!(flags(&part, Flag::BuiltIn)[3], yes);
    assert_eq!(flags(&part, Flag::Enabled), [yes, yes, yes, no, Tri::Unknown]);
    assert_eq!((part.rows.ok, part.rows.skipped), (5, 2));
}

#[test]
fn groups_are_followed_through_groups_and_loops() {
    let cn = |name: &str| format!("CN={name},CN=Users,{DC}");
    let mut text = user("chief", 1101, &format!("memberOf: {}", cn("ops").to_uppercase()));
    text += &user("plain", 1102, &format!("memberOf: {}\nprimaryGroupID: 513", cn("staff")));
    text += &user("alone", 1103, "primaryGroupID: 513");
    text += &user("quiet", 1104, "primaryGroupID: 512");
    text += &group("Domain Admins", 512, &format!("memberOf: {}", cn("loop")));
    text += &group("Domain Users", 513, "");
    text += &group("ops", 1301, &format!("memberOf: {}", cn("nested")));
    text += &group("nested", 1302, "");
    text += &group(
        "loop",
        1303,
        &format!("member: {}\nmemberOf: {}", cn("Domain Admins"), cn("Domain Admins")),
    );
    text += &group("staff", 1304, "");
    text = text.replace(
        &format!("dn: {}\n", cn("Domain Admins")),
        &format!("dn: {}\nmember: {}\n", cn("Domain Admins"), cn("nested")),
    );
    let part = ldif(&text);
    assert_eq!(groups(&part, 0), "ops\nnested\nDomain Admins\nloop");
    assert_eq!(groups(&part, 1), "staff");
    assert_eq!(groups(&part, 2), "-");
    assert_eq!(groups(&part, 3), "Domain Admins\nloop");
    assert_eq!(flags(&part, Flag::Privileged), [Tri::Yes, Tri::No, Tri::No, Tri::Yes]);
}

#[test]
fn without_group_entries_names_tell_who_is_an_administrator() {
    let mut text = user("a", 1101, &format!("memberOf: CN=Domain Admins,CN=Users,{DC}"));
    text += &user("b", 1102, "memberOf:: Q049U2F0b1wsIFRha3V5YSxPVT14");
    text += &user("c", 1103, "");
    let part = ldif(&text);
    assert_eq!(flags(&part, Flag::Privileged), [Tri::Yes, Tri::Unknown, Tri::Unknown]);
    assert_eq!(groups(&part, 1), "Sato, Takuya");
    assert_eq!(groups(&part, 2), "-");
}

#[test]
fn members_serve_where_memberof_was_not_exported() {
    let mut text = user("a", 1101, "") + &user("b", 1102, "");
    text += &group("Domain Admins", 512, &format!("member: cn=a,ou=X,{DC}"));
    let part = ldif(&text);
    assert_eq!((groups(&part, 0), groups(&part, 1)), ("Domain Admins", "-"));
    assert_eq!(flags(&part, Flag::Privileged), [Tri::Yes, Tri::No]);
    let part = ldif(&(user("a", 1101, "") + &group("Domain Admins", 512, "")));
    assert_eq!(part.accounts.groups.get(0), NameId::EMPTY);
}

#[test]
fn cut_lists_of_members_and_cut_searches_are_told() {
    let mut text = user("a", 1101, "");
    text += &group("big", 1301, &format!("member;range=0-1499: CN=a,OU=x,{DC}"));
    text += &group(
        "whole",
        1302,
        &format!("member;range=0-1: CN=a,OU=x,{DC}\nmember;range=2-*: CN=b,{DC}"),
    );
    text += "search: 2\nresult: 4 Size limit exceeded\n";
    let part = ldif(&text);
    let codes: Vec<_> = part.problems.iter().map(|p| (p.code, p.weight)).collect();
    assert_eq!(codes, [("server-limit", Weight::File), ("range-truncated", Weight::Warning)]);
    // Nobody can say that the others are no administrators.
    assert_eq!(flags(&part, Flag::Privileged), [Tri::Unknown]);
}

#[test]
fn bad_entries_are_refused_and_reading_goes_on() {
    let mut text = String::from("version: 1\n");
    text += &user("a", 1101, "objectGUID:: AAAA");
    text += &user("b", 1102, "displayName:: %%%");
    text += &user("c", 1103, "description:< file:///etc/shadow");
    text += &user("d", 1104, "userAccountControl: many");
    text += &user("e", 1105, "userAccountControl: 99999999999");
    text += &user("f", 1106, "whenCreated: 20191301000000.0Z");
    text += &user("g", 1107, "displayName:: /w==");
    text += &format!("dn: CN=h,{DC}\nchangetype: modify\nreplace: title\ntitle: x\n-\n\n");
    text += user("i", 1108, "").trim_end();
    text += "\n";
    text += &user("j", 1109, "");
    text += &format!("dn: CN=k,{DC}\nobjectClass: user\n\n");
    text += &user("l", 1110, "changetype: add");
    let part = ldif(&text);
    let codes: Vec<_> = part.problems.iter().map(|p| (p.code, p.column.as_str())).collect();
    assert_eq!(
        codes,
        [
            ("bad-base64", "displayName"),
            ("ldif-url", ""),
            ("bad-number", "userAccountControl"),
            ("bad-number", "userAccountControl"),
            ("bad-date", "whenCreated"),
            ("bad-utf8", "displayName"),
            ("bad-ldif", ""),
            ("bad-ldif", "dn"),
            ("empty-account", "sAMAccountName"),
        ]
    );
    assert_eq!((login(&part, 0), login(&part, 1), part.accounts.len()), ("a", "l", 2));
    assert_eq!((part.rows.read, part.rows.quarantined), (11, 9));
}

#[test]
fn several_domains_and_none() {
    let mut text = user("a", 1101, "");
    text += &user("b", 1102, "").replace(DC, &format!("DC=Sub,{DC}"));
    text += &user("c", 1103, "");
    text += "dn: uid=d,ou=people,o=hospital\nobjectClass: inetOrgPerson\nuid: d\ncn: D\n\n";
    let part = ldif(&text);
    let systems: Vec<_> =
        (0..4).map(|row| part.system_name(part.accounts.system.get(row))).collect();
    let domain = "corp.byoin.example";
    assert_eq!(systems, [domain, "sub.corp.byoin.example", domain, "export"]);
    assert!(part.systems[2].provisional);
    assert_eq!(login(&part, 3), "d");
}

#[test]
fn deleted_objects_are_tombstones() {
    let text = user("old", 1101, "isDeleted: TRUE\nuserAccountControl: 512");
    let part = ldif(&text);
    assert_eq!(flags(&part, Flag::Tombstone), [Tri::Yes]);
    assert_eq!(flags(&part, Flag::Enabled), [Tri::No]);
}

#[test]
fn utf16_and_crlf_read_the_same() {
    let text =
        (user("a", 1101, "displayName:: 5L2Q\n 6Jek") + &user("b", 1102, "")).replace('\n', "\r\n");
    let bytes: Vec<u8> =
        format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    for part in [ldif(&text), read(&Ldif, "ad/x.ldf", &bytes)] {
        assert_eq!(part.accounts.len(), 2);
        assert_eq!(part.text.get(part.accounts.name.get(0)), "佐藤");
        assert_eq!(part.accounts.origin.get(1).line, 10);
    }
}

#[test]
fn many_blocks_give_the_same_as_one() {
    let mut text = String::new();
    let cn = format!("CN=ward,CN=Users,{DC}");
    for i in 0..40_000 {
        text += &user(&format!("user{i:05}"), 2000 + i, &format!("memberOf: {cn}\nlastLogon: 0"));
    }
    text += &group("ward", 1301, "");
    text += &group("Domain Admins", 512, &format!("member: {cn}"));
    assert!(text.len() > 6 << 20);
    let part = ldif(&text);
    assert_eq!(part.accounts.len(), 40_000);
    let last = 39_999;
    assert_eq!(login(&part, last), "user39999");
    assert_eq!(groups(&part, last), "ward\nDomain Admins");
    assert!(part.accounts.flag(last, Flag::Privileged).is_yes());
    assert_eq!(part.accounts.origin.get(last).line, 9 * last + 1);
    assert_eq!(part.systems.len(), 1);
}

#[test]
fn claims_are_made_by_content() {
    assert_eq!(claim(&Ldif, "x/a.csv", "# extended LDIF\n#\n"), 98);
    assert_eq!(claim(&Ldif, "x/a", "version: 1\n\ndn: CN=x\n"), 95);
    assert_eq!(claim(&Ldif, "x/a", "dn:: Q049\n"), 95);
    assert_eq!(claim(&Ldif, "x/a", "DN,objectClass\n"), 0);
}

#[test]
fn every_name_stands_at_its_length() {
    for (length, names) in field::NAMES.iter().enumerate() {
        assert!(names.iter().all(|(name, _)| name.len() == length), "{length}");
    }
    assert_eq!(field::what(b"MSDS-minimumpasswordlength"), field::What::One(Field::MinLength));
}

#[test]
fn policies_of_the_domain_and_of_some_accounts() {
    let mut text = format!(
        "dn: {DC}\nobjectClass: domain\nobjectClass: domainDNS\nminPwdLength: 8\npwdProperties: 17\n\
         maxPwdAge: -9223372036854775808\nlockoutThreshold: 5\nlockoutDuration: -18000000000\n\n\
         dn: CN=Builtin,{DC}\nobjectClass: builtinDomain\nminPwdLength: 0\n\n"
    );
    text += &format!(
        "dn: CN=svc,CN=Password Settings Container,{DC}\nobjectClass: msDS-PasswordSettings\n\
         msDS-MinimumPasswordLength: 20\nmsDS-PasswordComplexityEnabled: TRUE\n\
         msDS-MaximumPasswordAge: -315360000000000\nmsDS-PSOAppliesTo: CN=a,{DC}\n\
         msDS-PSOAppliesTo: CN=b,{DC}\nmsDS-PasswordSettingsPrecedence: 20\n\n"
    );
    let part = ldif(&text);
    let [domain, fine] = part.password_policies.as_slice() else { panic!("two policies") };
    assert_eq!((domain.min_length, domain.max_age_days), (Some(8), Some(0)));
    assert_eq!((domain.complexity, domain.reversible), (Tri::Yes, Tri::Yes));
    assert_eq!((domain.lockout_threshold, domain.lockout_minutes), (Some(5), Some(30)));
    assert_eq!(
        (fine.min_length, fine.max_age_days, fine.precedence),
        (Some(20), Some(365), Some(20))
    );
    assert_eq!((part.text.get(fine.name), part.text.get(fine.applies_to)), ("svc", "a\nb"));
    assert_eq!((part.rows.ok, part.rows.skipped), (2, 1));
}

#[test]
fn attributes_that_say_something_by_being_there() {
    let mut text = user(
        "a",
        1101,
        "instanceType: 4\nuserPassword:: eA==\nsIDHistory: x\ndescription: PW: x\n\
         msDS-AllowedToDelegateTo: HTTP/a\nuserWorkstations: PC01\n\
         msDS-SupportedEncryptionTypes: 4",
    );
    text += &user("b", 1102, "msDS-SupportedEncryptionTypes: 28");
    let part = ldif(&text);
    for flag in [
        Flag::PasswordAttribute,
        Flag::SidHistory,
        Flag::NotedSecret,
        Flag::NoAes,
        Flag::ConstrainedDelegation,
        Flag::WorkstationLimit,
    ] {
        assert_eq!(flags(&part, flag), [Tri::Yes, Tri::No], "{flag:?}");
    }
    // One attribute of the second says nothing where not all were asked for.
    let part = ldif(&user("b", 1102, ""));
    assert_eq!(flags(&part, Flag::PasswordAttribute), [Tri::Unknown]);
}
