use super::*;
use crate::ingest::testing::{claim, configurations, login, read, secrets};
use crate::model::account::Flag;
use crate::model::day::{Day, When};
use crate::model::tri::Tri;

fn config(text: &str) -> Inventory {
    read(&FortiOs, "devices/fw20261101.conf", text.as_bytes())
}

const GLOBAL: &str = "#config-version=FGT60F-7.2.8-FW-build1639:opmode=0\nconfig system global\n\
                      set hostname \"fw01\"\nend\n";

#[test]
fn administrators() {
    let part = config(&format!(
        "{GLOBAL}config system admin\nedit \"admin\"\nset accprofile \"super_admin\"\nset vdom \"root\"\n\
         set password ENC SH2abc=\nnext\nedit \"ro\"\nset accprofile \"prof_admin\"\nset two-factor fortitoken\n\
         set password ENC AK1abc=\nnext\nedit \"rad\"\nset accprofile \"super_admin\"\nset remote-auth enable\n\
         next\nedit \"blank\"\nset accprofile \"super_admin\"\nnext\nedit \"masked\"\nset password ENC ******\nnext\nend\n"
    ));
    assert_eq!(
        secrets(&part),
        [
            "admin|login|15|fortios-sh2|hash||SH2abc=",
            "ro|login|1|fortios-ak1|hash||AK1abc=",
            "blank|login|15||no-password||",
            "masked|login|1|fortios-enc-reversible-legacy|masked||",
        ]
    );
    let flags: Vec<_> = (0..4)
        .map(|row| {
            let accounts = &part.accounts;
            (accounts.flag(row, Flag::Privileged), accounts.flag(row, Flag::MfaEnforced))
        })
        .collect();
    let (yes, no) = (Tri::Yes, Tri::No);
    assert_eq!(flags, [(yes, no), (no, yes), (yes, Tri::Unknown), (yes, no)]);
    assert_eq!(part.system_name(0), "fw01");
    assert_eq!(part.names.get(part.systems[0].product), "fortinet fortigate");
    assert!(part.problems.is_empty());
}

#[test]
fn a_file_without_any_password_line_says_nothing_about_blank_ones() {
    let part = config(&format!(
        "{GLOBAL}config system admin\nedit admin\nset accprofile super_admin\nnext\nend\n"
    ));
    assert!(part.credentials.is_empty());
}

#[test]
fn users_of_the_vpn() {
    let part = config(&format!(
        "{GLOBAL}config user local\nedit \"vpn\"\nset type password\nset passwd-time 2026-04-01 23:00:00\n\
         set passwd ENC Zm9v\nnext\nedit \"old\"\nset status disable\nset type password\nset two-factor disable\n\
         set passwd ENC Zm9v\nnext\nedit \"mail\"\nset type password\nset two-factor email\nnext\n\
         edit \"ext\"\nset type radius\nset radius-server \"R\"\nnext\nend\n"
    ));
    let accounts = &part.accounts;
    assert_eq!(accounts.flag(0, Flag::Enabled), Tri::Yes);
    assert_eq!(accounts.flag(1, Flag::Enabled), Tri::No);
    let factors: Vec<_> = (0..4).map(|row| accounts.flag(row, Flag::MfaEnforced)).collect();
    assert_eq!(factors, [Tri::No, Tri::No, Tri::Yes, Tri::Unknown]);
    assert!(accounts.flag(0, Flag::Remote).is_yes());
    let day = When::On(Day::from_ymd(2026, 4, 1).unwrap());
    assert_eq!(accounts.password_set.get(0), day.into());
    assert_eq!(part.systems[0].remote, Tri::Yes);
    assert_eq!(
        secrets(&part)[0],
        "vpn|login|0|fortios-enc-reversible-legacy|reversible-keyed||Zm9v"
    );
}

#[test]
fn shared_secrets_of_other_tables() {
    let part = config(&format!(
        "{GLOBAL}config system snmp community\nedit 1\nset name \"one\"\nconfig hosts\nedit 1\nset ip 192.0.2.1\nnext\nend\nnext\n\
         edit 2\nset name two\nnext\nedit 3\nset name off\nset status disable\nnext\nend\n\
         config system snmp user\nedit \"u\"\nset security-level auth-priv\nset auth-pwd ENC YQ==\nset priv-pwd ENC Yg==\nnext\n\
         edit \"open\"\nnext\nend\nconfig user radius\nedit \"R\"\nset server \"192.0.2.9\"\nset secret ENC Yw==\nnext\nend\n\
         config user tacacs+\nedit \"T\"\nset key ENC ZA==\nnext\nend\n\
         config vpn ipsec phase1-interface\nedit \"p\"\nset remote-gw 198.51.100.7\nset psksecret ENC ZQ==\nset keylife 86400\nnext\nend\n\
         config wireless-controller vap\nedit \"w\"\nset ssid \"WARD\"\nset passphrase ENC Zg==\nnext\nend\n\
         config router ospf\nconfig ospf-interface\nedit \"o\"\nset authentication-key ENC Zw==\nnext\nend\nend\n\
         config system interface\nedit \"wan1\"\nset mode pppoe\nset username u@isp\nset password ENC aA==\nnext\nend\n\
         config odd thing\nset strange ENC aQ==\nset shared-secret-file \"x\"\nset key-id 1\nend\n"
    ));
    let enc = "fortios-enc-reversible-legacy|reversible-keyed";
    assert_eq!(
        secrets(&part),
        [
            "|snmp-community|0||plain|ro acl hosts|one".to_owned(),
            "|snmp-community|0||plain|ro|two".to_owned(),
            format!("|snmpv3-auth|0|{enc}|u|YQ=="),
            format!("|snmpv3-priv|0|{enc}|u|Yg=="),
            "|snmpv3-auth|0||no-password|open|".to_owned(),
            format!("|radius-key|0|{enc}|192.0.2.9|Yw=="),
            format!("|tacacs-key|0|{enc}|T|ZA=="),
            format!("|ike-psk|0|{enc}|198.51.100.7|ZQ=="),
            format!("|wpa-psk|0|{enc}|WARD|Zg=="),
            format!("|routing|0|{enc}|o|Zw=="),
            format!("|ppp|0|{enc}|wan1|aA=="),
            format!("|other|0|{enc}|odd thing|aQ=="),
        ]
    );
    let unread: Vec<_> = part.unread_secrets.iter().map(|u| u.word).collect();
    assert_eq!(unread, ["secret"]);
}

#[test]
fn factory_objects_and_certificates_are_left_out() {
    let part = config(&format!(
        "{GLOBAL}config vpn certificate local\nedit \"Fortinet_SSL\"\nset password ENC YQ==\n\
         set private-key \"-----BEGIN\nset password ENC YQ==\n-----END\"\nnext\nedit \"own\"\nset password ENC YQ==\nnext\nend\n\
         config system password-policy\nset status enable\nend\nconfig firewall ssh local-key\nedit \"Fortinet_SSH\"\n\
         set password ENC YQ==\nnext\nend\n"
    ));
    assert!(part.credentials.is_empty() && part.unread_secrets.is_empty());
}

#[test]
fn the_same_login_in_two_virtual_domains_is_two_accounts() {
    let part = config(
        "#config-version=FGT60F\nconfig vdom\nedit root\nnext\nedit dmz\nnext\nend\nconfig global\n\
         config system global\nset hostname \"fw\"\nend\nconfig system admin\nedit a\nset password ENC SH2x\nnext\nend\nend\n\
         config vdom\nedit root\nconfig user local\nedit \"u\"\nset passwd ENC YQ==\nnext\nend\nend\n\
         config vdom\nedit dmz\nconfig user local\nedit \"u\"\nset passwd ENC Yg==\nnext\nend\nend\n",
    );
    let natives: Vec<_> = (0..3)
        .map(|row| (login(&part, row), part.text.get(part.accounts.native.get(row))))
        .collect();
    assert_eq!(natives, [("a", ""), ("u", "root/u"), ("u", "dmz/u")]);
    assert!(part.problems.is_empty());
}

#[test]
fn a_cut_file_and_damaged_lines_are_told() {
    let part = config(&format!("{GLOBAL}config system admin\nedit admin\nset password ENC SH2x\n"));
    assert_eq!(part.problems[0].code, "truncated");
    assert_eq!(part.credentials.len(), 1);
    let part = config(&format!(
        "{GLOBAL}config user ldap\nedit x\nset password \"\u{fffd}\"\nset comment \"\u{fffd}\"\nnext\nend\n"
    ));
    assert_eq!((part.problems.len(), part.rows.quarantined), (1, 1));
}

#[test]
fn claims_are_made_by_content() {
    assert_eq!(claim(&FortiOs, "x/a.csv", GLOBAL), 98);
    assert_eq!(
        claim(&FortiOs, "x/a", "fw # show\nconfig system admin\n    edit a\n  set x y\nend\n"),
        85
    );
    assert_eq!(claim(&FortiOs, "x/a", "hostname a\nversion 15\n"), 0);
}

/// Rows of the table of secrets that the settings of a configuration meet.
fn met(text: &str) -> Vec<usize> {
    let (mut open, mut met) = (Vec::new(), Vec::new());
    for (_, statement) in grammar::statements(&console::lines(text)) {
        match statement {
            Statement::Config(table) => open.push(table),
            Statement::End => drop(open.pop()),
            Statement::Set(key, _) => {
                let around =
                    open.iter().filter(|table| !matches!(table.as_str(), "vdom" | "global"));
                let path = around.map(String::as_str).collect::<Vec<_>>().join(" / ");
                met.extend(tables::place(&path, &key));
            }
            _ => {}
        }
    }
    met
}

#[test]
fn every_setting_that_holds_a_secret_stands_in_a_fixture() {
    let texts = configurations("fortios");
    let met: Vec<usize> = texts.iter().flat_map(|text| met(text)).collect();
    let missed = tables::SECRETS.iter().enumerate().filter(|(at, _)| !met.contains(at));
    let missed: Vec<String> = missed.map(|(_, row)| format!("{}: {}", row.0, row.1)).collect();
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}
