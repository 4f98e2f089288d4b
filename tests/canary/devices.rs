//! The canaries of devices: a switch, a firewall, a server, and something nobody reads.

use crate::plant::{hashes, reversible};
use crate::secrets::{Canaries, type7};
use std::fmt::Write as _;

/// Statements with a secret between two texts; most readers know half of them.
const LINES: [(&str, &str); 43] = [
    ("snmp-server community", "RO"),
    ("snmp-server community", "RW 10"),
    ("snmp-server host 192.0.2.9 version 2c", ""),
    ("snmp-server user mon grp v3 auth sha", "priv aes 128 x"),
    ("snmp-server location", ""),
    ("radius-server host 192.0.2.8 key", ""),
    ("radius-server key", ""),
    ("tacacs-server key 0", ""),
    ("tacacs server one\n key", ""),
    ("aaa group server radius two\n server-private 192.0.2.6 key", ""),
    ("crypto isakmp key", "address 198.51.100.7"),
    ("crypto isakmp key 6", "hostname peer.example"),
    ("crypto keyring ring\n pre-shared-key address 198.51.100.8 key", ""),
    ("crypto isakmp client configuration group g\n key", ""),
    ("ntp authentication-key 1 md5", ""),
    ("some-feature secret-string 0", ""),
    ("another-feature password", "enable"),
    ("key chain k\n key 1\n  key-string", ""),
    ("interface Dialer1\n ppp chap hostname line@isp.example\n ppp chap password 0", ""),
    ("interface Dialer2\n ppp pap sent-username u password 0", ""),
    ("interface Vlan20\n ip ospf authentication-key", ""),
    ("interface Vlan21\n ip ospf message-digest-key 1 md5", ""),
    ("interface Vlan22\n standby 1 authentication", ""),
    ("interface Vlan23\n vrrp 1 authentication text", ""),
    ("interface Tunnel1\n ip nhrp authentication", ""),
    ("router isis\n area-password", ""),
    ("router bgp 65000\n neighbor 192.0.2.7 password", ""),
    ("dot11 ssid ward\n wpa-psk ascii 0", ""),
    ("wlan ward\n security wpa psk set-key ascii 0", ""),
    ("ip ftp password", ""),
    ("ip http client password 0", ""),
    ("ldap server l\n bind authenticate root-dn cn=x password", ""),
    ("archive\n path ftp://op:", "@192.0.2.5/x"),
    ("boot system ftp://op:", "@192.0.2.5/x"),
    ("event manager applet a\n action 1 cli command \"username x password", "\""),
    ("alias exec who", ""),
    ("enable password level 5", ""),
    ("username late password", ""),
    ("interface Vlan10\n description", ""),
    ("! comment", ""),
    ("no username gone password 0", ""),
    ("no snmp-server community", "RO"),
    ("banner motd ^C\n username sample password 0", "\n^C"),
];

/// A switch of Cisco's.
pub(crate) fn ios(canaries: &mut Canaries) -> String {
    let [md5crypt, _, _] = hashes(canaries);
    let shared = type7(&canaries.shared(), 8);
    let shared = canaries.keep("type 7 of the shared word", shared);
    let mut text = "version 15.2\n!\nhostname sw1\n!\n".to_owned();
    let _ = writeln!(text, "enable secret 5 {md5crypt}");
    let _ = writeln!(text, "enable password 7 {}", reversible(canaries));
    let _ = writeln!(text, "username op0 privilege 15 password 0 {}", canaries.word("type 0"));
    let _ = writeln!(text, "username op1 privilege 15 password {}", canaries.word("no type"));
    let _ = writeln!(text, "username op7 privilege 15 password 7 {}", reversible(canaries));
    let _ = writeln!(text, "username both privilege 15 password 7 {shared}");
    let _ = writeln!(text, "username op4 secret 4 {}", canaries.word("type 4 of a wrong shape"));
    let _ = writeln!(text, "username op6 password 6 {}", canaries.word("type 6"));
    let _ = writeln!(text, "username op9 secret 9 $9$abcdefghijklmn${}", canaries.word("type 9"));
    for (before, after) in LINES {
        let gap = if before.ends_with([':', '"']) { "" } else { " " };
        let _ = writeln!(text, "{before}{gap}{}{gap}{after}", canaries.word("line of a switch"));
    }
    let _ = writeln!(text, "line con 0\n password {}\n login", canaries.word("line password"));
    let _ = writeln!(text, "line vty 0 4\n password 7 {}\n login\n!\nend", reversible(canaries));
    text
}

/// Sections of a firewall and settings that hold secrets there.
const SETTINGS: [(&str, &str); 11] = [
    ("user radius", "secret"),
    ("user radius", "odd-secret"),
    ("user ldap", "password"),
    ("user tacacs+", "key"),
    ("user fsso", "password"),
    ("wireless-controller vap", "passphrase"),
    ("system snmp user", "auth-pwd"),
    ("system snmp user", "priv-pwd"),
    ("system api-user", "api-key"),
    ("vpn l2tp", "shared-secret-of-tomorrow"),
    ("system interface", "description"),
];

/// A firewall of Fortinet's.
pub(crate) fn fortios(canaries: &mut Canaries) -> String {
    let [_, _, sh2] = hashes(canaries);
    let mut text = "#config-version=FGT60F-7.2.8-FW-build1639-240313:opmode=0:vdom=0:user=admin\n\
                    config system global\n    set hostname \"fw1\"\nend\n"
        .to_owned();
    text += &table("system admin", "admin", &[("password", format!("ENC {sh2}"))]);
    let plain = [
        ("password", canaries.word("plain password of a firewall")),
        ("comments", canaries.word("comment of a firewall")),
    ];
    text += &table("system admin", "second", &plain);
    let enc = canaries.hex("ENC", 48);
    let user = [("type", "password".to_owned()), ("passwd", format!("ENC {enc}=="))];
    text += &table("user local", "vpn1", &user);
    let community = canaries.word("community of a firewall");
    text += &table("system snmp community", "1", &[("name", community)]);
    let psk = canaries.word("pre-shared key");
    text += &table("vpn ipsec phase1-interface", "to-clinic", &[("psksecret", psk)]);
    for (section, setting) in SETTINGS {
        text += &table(section, "one", &[(setting, canaries.word("setting of a firewall"))]);
    }
    let key = canaries.word("private key");
    let pem = "ENCRYPTED PRIVATE KEY-----";
    let key = format!("\"-----BEGIN {pem}\n{key}\n-----END {pem}\"");
    text + &table("vpn certificate local", "own", &[("private-key", key)])
}

fn table(section: &str, edit: &str, settings: &[(&str, String)]) -> String {
    let mut text = format!("config {section}\n    edit \"{edit}\"\n");
    for (name, value) in settings {
        let _ = writeln!(text, "        set {name} {value}");
    }
    text + "    next\nend\n"
}

/// Hashes of a server.
pub(crate) fn shadow(canaries: &mut Canaries) -> String {
    let [md5crypt, sha512crypt, _] = hashes(canaries);
    let (locked, odd) = (canaries.word("locked hash"), canaries.word("hash of no scheme"));
    let plain = canaries.word("plain text in shadow");
    format!(
        "root:{sha512crypt}:20200:0:99999:7:::\nadm:{md5crypt}:20200:0:99999:7:::\n\
         old:!$6$salt${locked}:20200:0:99999:7:::\nodd:$zz${odd}:20200:0:99999:7:::\n\
         plain:{plain}:20200:0:99999:7:::\n{}\n",
        canaries.word("line of a shadow file")
    )
}

/// Accounts of a server; one line still carries its hash.
pub(crate) fn passwd(canaries: &mut Canaries) -> String {
    let [md5crypt, _, _] = hashes(canaries);
    format!(
        "root:x:0:0:root:/root:/bin/bash\nadm:x:3:4:adm:/var/adm:/bin/sh\n\
         older:{md5crypt}:500:500:older:/home/older:/bin/sh\n{}\n",
        canaries.word("line of a passwd file")
    )
}

/// A configuration of a kind that no reader knows.
pub(crate) fn unknown(canaries: &mut Canaries) -> String {
    format!(
        "<router>\n<login password=\"{}\"/>\nset pass {}\n</router>\n",
        canaries.word("attribute of an unknown device"),
        canaries.word("word of an unknown device")
    )
}
