use super::*;
use crate::ingest::testing::{claim, login, read, secrets};
use crate::model::account::Flag;
use crate::model::tri::Tri;

fn config(text: &str) -> Inventory {
    read(&CiscoIos, "devices/sw20261101.txt", text.as_bytes())
}

#[test]
fn users_and_enable() {
    let part = config(
        "version 15.2\nhostname core-sw\nenable secret 5 $1$s$h\nenable password level 7 7 094F4107180B\n\
         username admin privilege 15\nusername admin secret 9 $9$a$b\nusername op password 0 two words\n\
         username free nopassword\nusername old password 7 122A00190102180D3C2E\nno username gone\n\
         ! username note password 0 x\nusername op passphrase lifetime 90 warntime 14 gracetime 3\n",
    );
    assert_eq!(
        secrets(&part),
        [
            "enable|enable|15|cisco-type5-md5crypt|hash||$1$s$h",
            "enable|enable|7|cisco-type7|reversible||094F4107180B",
            "admin|login|1|cisco-type9-scrypt|hash||$9$a$b",
            "op|login|1||plain||two words",
            "free|login|1||no-password||",
            "old|login|1|cisco-type7|reversible||122A00190102180D3C2E",
        ]
    );
    let accounts = &part.accounts;
    let privileged: Vec<_> = (0..accounts.len())
        .map(|r| (login(&part, r), accounts.flag(r, Flag::Privileged)))
        .collect();
    assert_eq!(privileged[0], ("enable", Tri::Yes));
    assert_eq!(privileged[1], ("admin", Tri::Yes));
    assert_eq!(privileged[2], ("op", Tri::No));
    assert_eq!(part.system_name(0), "core-sw");
    assert!(part.unread_secrets.is_empty());
}

#[test]
fn masks_are_no_secrets_and_damage_is_quarantined() {
    let part = config(
        "hostname a\nusername a password 7 <removed>\nusername b secret 5 *****\n\
         username c password 7 094F4107180\nusername d password 7 5300\nusername e password 5 !\n\
         snmp-server community ***** RO\n",
    );
    assert_eq!(
        secrets(&part),
        [
            "a|login|1||masked||",
            "b|login|1||masked||",
            "e|login|1||locked||!",
            "|snmp-community|0||masked|ro|",
        ]
    );
    let codes: Vec<_> = part.problems.iter().map(|p| (p.origin.line, p.code)).collect();
    assert_eq!(codes, [(4, "bad-hash-length"), (5, "bad-hash-length")]);
}

#[test]
fn snmp() {
    let part = config(
        "hostname a\nsnmp-server community public RO\nsnmp-server community w view v RW 10\n\
         snmp-server community x RO ipv6 V6 99\nsnmp-server host 192.0.2.9 version 2c trapper\n\
         snmp-server host 192.0.2.8 vrf M informs version 3 auth someone\nsnmp-server host 192.0.2.7 one bgp\n\
         snmp-server user u g v3 auth sha Auth#1 priv aes 128 Priv#1\n\
         snmp-server user v g v3\nsnmp-server user w auth md5 0xab priv 0xcd localizedkey\n\
         snmp-server enable traps snmp authentication\nsnmp-server contact community center\n",
    );
    assert_eq!(
        secrets(&part),
        [
            "|snmp-community|0||plain|ro|public",
            "|snmp-community|0||plain|rw acl 10|w",
            "|snmp-community|0||plain|ro acl 99|x",
            "|snmp-community|0||plain|192.0.2.9|trapper",
            "|snmp-community|0||plain|192.0.2.7|one",
            "|snmpv3-auth|0||plain|u|Auth#1",
            "|snmpv3-priv|0||plain|u|Priv#1",
            "|snmpv3-auth|0||no-password|v|",
            "|snmpv3-auth|0|snmpv3-localized-md5|hash|w|ab",
            "|snmpv3-priv|0|snmpv3-localized-md5|hash|w|cd",
        ]
    );
    assert!(part.unread_secrets.is_empty());
    assert_eq!(part.accounts.len(), 1);
}

#[test]
fn shared_keys() {
    let part = config(
        "hostname a\nradius-server host 192.0.2.1 auth-port 1812 key 7 094F4107180B\nradius-server key rk\n\
         tacacs-server key 7 094F4107180B\nradius server ISE\n address ipv4 192.0.2.2\n key 0 k1\n\
         tacacs server T\n key k2\naaa group server radius G\n server-private 192.0.2.3 key k3\n\
         aaa server radius dynamic-author\n client 192.0.2.4 server-key k4\n\
         crypto isakmp key k5 address 198.51.100.1 no-xauth\ncrypto isakmp key 6 fe_a`iJ\\ hostname peer\n\
         crypto keyring K\n  pre-shared-key address 0.0.0.0 0.0.0.0 key k6\n  pre-shared-key address 192.0.2.77 key k7\n\
         crypto ikev2 keyring L\n peer P1\n  address 192.0.2.5\n  pre-shared-key local 0 k8\n\
         crypto isakmp client configuration group VPN\n key k9\n pool p\n",
    );
    assert_eq!(
        secrets(&part),
        [
            "|radius-key|0|cisco-type7|reversible|192.0.2.1|094F4107180B",
            "|radius-key|0||plain||rk",
            "|tacacs-key|0|cisco-type7|reversible||094F4107180B",
            "|radius-key|0||plain|ISE|k1",
            "|tacacs-key|0||plain|T|k2",
            "|radius-key|0||plain|192.0.2.3|k3",
            "|radius-key|0||plain|192.0.2.4|k4",
            "|ike-psk|0||plain|198.51.100.1|k5",
            "|ike-psk|0|cisco-type6|reversible-keyed|peer|fe_a`iJ\\",
            "|ike-psk|0||plain|0.0.0.0|k6",
            "|ike-psk|0||plain|192.0.2.77|k7",
            "|ike-psk|0||plain|P1|k8",
            "|ike-psk|0||plain|VPN|k9",
        ]
    );
    assert!(part.unread_secrets.is_empty());
}

#[test]
fn interfaces_routing_and_the_rest() {
    let part = config(
        "hostname a\ninterface Dialer1\n ppp chap hostname u@isp\n ppp chap password 7 094F4107180B\n\
         interface Vlan1\n ip ospf message-digest-key 1 md5 7 094F4107180B\n standby 1 authentication text hs\n\
         standby 1 authentication md5 key-chain KC\nkey chain KC\n key 1\n  key-string 7 094F4107180B\n\
         router bgp 65000\n neighbor 192.0.2.1 password bg\n neighbor 192.0.2.1 send-community both\n\
         dot11 ssid WARD\n wpa-psk ascii 7 094F4107180B\n\
         ap dot11 profile\n mgmtuser username U password 0 p1 secret 0 p2\n\
         ntp authentication-key 1 md5 094F4107180B 7\narchive\n path ftp://u:pw@192.0.2.6/cfg\n\
         -----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----\n",
    );
    assert_eq!(
        secrets(&part),
        [
            "|ppp|0|cisco-type7|reversible|Dialer1|094F4107180B",
            "|routing|0|cisco-type7|reversible|Vlan1|094F4107180B",
            "|routing|0||plain|Vlan1|hs",
            "|routing|0|cisco-type7|reversible|KC|094F4107180B",
            "|routing|0||plain|192.0.2.1|bg",
            "|wpa-psk|0|cisco-type7|reversible|WARD|094F4107180B",
            "|other|0||plain|U|p1",
            "|other|0||plain|U|p2",
            "|other|0|cisco-type7|reversible|ntp 1|094F4107180B",
            "|url-password|0||plain|192.0.2.6|pw",
            "|private-key|0||plain||MIIB",
        ]
    );
    assert!(part.unread_secrets.is_empty(), "{:?}", part.unread_secrets);
}

#[test]
fn headings_that_hold_a_secret_name_nothing() {
    let part = config(
        "hostname a\nip ftp password Word1\ncrypto isakmp key Word2 address 192.0.2.1\n ppp chap password Word3\n\
         radius-server host 192.0.2.2 key Word4\n key Word5\nusername u password 0 Word6\n security wpa psk set-key ascii Word7\n\
         snmp-server community Word8 RO\n-----BEGIN PRIVATE KEY-----\nWord9\n-----END PRIVATE KEY-----\n",
    );
    let spoken: Vec<_> = part.credentials.iter().map(|c| part.text.get(c.principal)).collect();
    assert!(
        part.credentials.len() >= 7 && spoken.iter().all(|p| !p.contains("Word")),
        "{spoken:?}"
    );
}

#[test]
fn lines_open_only_where_the_configuration_says_so() {
    let part = config(
        "hostname a\nline con 0\n no login\nline vty 0 4\n password 7 094F4107180B\n login\n\
         line vty 5 15\n no login\nline vty 16 20\n no login\n transport input none\nline aux 0\n login\nend\n",
    );
    assert_eq!(
        secrets(&part),
        ["|line|0|cisco-type7|reversible|vty 0 4|094F4107180B", "|line|0||no-password|vty 5 15|",]
    );
    assert_eq!(part.credentials[1].origin.line, 8);
}

#[test]
fn banners_certificates_and_comments_are_no_statements() {
    let part = config(
        "hostname a\nbanner motd ^C\nusername sample privilege 15 password 0 text\n^C\n\
         banner login # enable secret x #\nbanner exec %\nenable password x\n%\n\
         crypto pki certificate chain TP\n certificate self-signed 01\n  30820229 30820192\n  \tquit\n\
         username real secret 5 $1$a$b\n",
    );
    assert_eq!(secrets(&part), ["real|login|1|cisco-type5-md5crypt|hash||$1$a$b"]);
    assert!(part.unread_secrets.is_empty() && part.problems.is_empty());
}

#[test]
fn a_banner_without_end_is_a_problem() {
    let part = config("hostname a\nbanner motd #\nusername x password 0 y\n");
    assert_eq!(part.problems[0].code, "unclosed-quote");
    assert_eq!(part.problems[0].origin.line, 2);
    assert_eq!((part.rows.read, part.rows.quarantined), (3, 1));
}

#[test]
fn what_nobody_understands_is_counted_and_what_is_harmless_is_not() {
    let part = config(
        "hostname a\nsome-feature secret-string 0 abc\nservice password-encryption\nkey chain X\n key 7\n\
         aaa authentication login default group tacacs+ local\nip ssh version 2\n\
         security passwords min-length 12\ncrypto key generate rsa\nip bgp-community new-format\n\
         route-map X\n set community 65000:1\n match ip address 1\n description password is on the wall\n\
         crypto isakmp policy 1\n authentication pre-share\ntunnel key 7\nntp server 192.0.2.1 key 1\n\
         ip ssh pubkey-chain\n username x\n  key-hash ssh-rsa AABB\nno snmp-server community x\n\
         snmp-server group g v3 priv\ncrypto pki trustpoint T\n rsakeypair T\n enrollment selfsigned\n",
    );
    let unread: Vec<_> = part.unread_secrets.iter().map(|u| (u.origin.line, u.word)).collect();
    assert_eq!(unread, [(2, "secret")]);
    assert!(part.credentials.is_empty());
}

#[test]
fn two_devices_in_one_file_are_two_systems() {
    let part = config(
        "hostname a\nenable secret 5 $1$a$b\nline vty 0 4\n no login\nhostname b\nusername x secret 5 $1$c$d\n",
    );
    let systems: Vec<_> =
        (0..3).map(|row| part.system_name(part.accounts.system.get(row))).collect();
    assert_eq!(systems, ["a", "a", "b"]);
}

#[test]
fn a_device_without_a_name_is_called_by_its_file() {
    let part = config("version 15.2\nenable secret 5 $1$a$b\n");
    assert_eq!(part.system_name(0), "sw");
    assert!(part.systems[0].provisional);
    assert_eq!(part.problems[0].code, "no-hostname");
    let part = read(&CiscoIos, "devices/rt9/run.txt", b"version 15.2\nenable secret 5 $1$a$b\n");
    assert_eq!((part.system_name(0), part.systems[0].provisional), ("rt9", false));
}

#[test]
fn noise_of_a_terminal_is_cleaned() {
    let part = config(
        "core-sw#show running-config\r\nversion 15.2\r\nhostname core-sw\r\n --More-- \u{8}\u{8}\u{8}\u{8}\u{8}\u{8}\u{8}\u{8}\u{8}\u{8}          \
         \u{8}\u{8}\u{8}\u{8}\u{8}\u{8}\u{8}\u{8}\u{8}\u{8}username a password 0 b\r\ncore-sw#exit\r\n",
    );
    assert_eq!(secrets(&part), ["a|login|1||plain||b"]);
    assert_eq!(part.problems[0].code, "console-noise");
}

#[test]
fn damaged_bytes_cost_only_lines_that_matter() {
    let mut text =
        b"hostname a\ninterface Vlan1\n description \xe6\x97\xa5\xff\nusername x".to_vec();
    text.extend_from_slice(b"\xff password 0 y\nusername z password 0 y\n");
    let mut source = crate::ingest::source::Source::new(
        "devices/a.txt",
        crate::text::encoding::Encoding::Utf8,
        0,
        Box::new(text.as_slice()),
    );
    let text = source.text(1 << 20).unwrap();
    let part = config(&text);
    assert_eq!(secrets(&part), ["z|login|1||plain||y"]);
    assert_eq!((part.problems[0].origin.line, part.problems.len()), (4, 1));
}

#[test]
fn nx_os_and_xr_forms() {
    let part = config(
        "version 9.3(5)\nhostname n\nusername admin password 5 $5$a$b  role network-admin\n\
         username off password 5 !  role network-operator\nsnmp-server community c group network-operator\n",
    );
    assert_eq!(
        secrets(&part),
        [
            "admin|login|15|nxos-type5-sha256crypt|hash||$5$a$b",
            "off|login|1||locked||!",
            "|snmp-community|0||plain|ro|c",
        ]
    );
    assert_eq!(part.names.get(part.systems[0].product), "cisco nx-os");
    let part = config("hostname x\nusername u\n group root-lr\n secret 10 $6$a$b\n!\n");
    assert_eq!(secrets(&part), ["u|login|0|iosxr-type10-sha512crypt|hash||$6$a$b"]);
    assert!(part.accounts.flag(0, Flag::Privileged).is_yes());
}

#[test]
fn claims_are_made_by_content() {
    let ios = "!\nversion 15.2\nhostname a\ninterface Vlan1\n";
    assert_eq!(claim(&CiscoIos, "x/a.csv", ios), 80);
    assert_eq!(claim(&CiscoIos, "x/a", "hostname a\nline vty 0 4\n"), 60);
    assert_eq!(claim(&CiscoIos, "x/a", "ASA Version 9.1\nhostname a\ninterface x\n"), 0);
    assert_eq!(claim(&CiscoIos, "x/a", "#config-version=FGT60F\nhostname a\nversion 1\n"), 0);
    assert_eq!(claim(&CiscoIos, "x/a", "職員番号,氏名\n1,x\n"), 0);
}
