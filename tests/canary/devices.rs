//! The canaries of devices: a switch, a firewall, a server, and something nobody reads.

use crate::plant::{hashes, reversible};
use crate::secrets::{Canaries, type7};
use std::fmt::Write as _;

/// A switch of Cisco's.
pub fn ios(canaries: &mut Canaries) -> String {
    let [md5crypt, sha512crypt, _] = hashes(canaries);
    let shared = type7(&canaries.shared(), 8);
    let shared = canaries.keep("type 7 of the shared word", shared);
    let mut text = "version 15.2\n!\nhostname sw1\n!\n".to_owned();
    let _ = writeln!(text, "enable secret 5 {md5crypt}");
    let _ = writeln!(text, "enable password 7 {}", reversible(canaries));
    let _ = writeln!(text, "username op0 privilege 15 password 0 {}", canaries.word("type 0"));
    let _ = writeln!(text, "username op1 privilege 15 password {}", canaries.word("no type"));
    let _ = writeln!(text, "username op7 privilege 15 password 7 {}", reversible(canaries));
    let _ = writeln!(text, "username both privilege 15 password 7 {shared}");
    let _ = writeln!(text, "username op10 privilege 15 secret 10 {sha512crypt}");
    let _ = writeln!(text, "username op4 secret 4 {}", canaries.word("type 4 of a wrong shape"));
    let _ = writeln!(text, "username op6 password 6 {}", canaries.word("type 6"));
    let _ = writeln!(text, "username op9 secret 9 $9$abcdefghijklmn${}", canaries.word("type 9"));
    for (before, after) in [
        ("snmp-server community", "RO"),
        ("snmp-server community", "RW 10"),
        ("snmp-server host 192.0.2.9 version 2c", ""),
        ("snmp-server user mon grp v3 auth sha", "priv aes 128 x"),
        ("radius-server host 192.0.2.8 key", ""),
        ("tacacs-server key 0", ""),
        ("crypto isakmp key", "address 198.51.100.7"),
        ("ntp authentication-key 1 md5", ""),
        ("some-feature secret-string 0", ""),
        ("key chain k\n key 1\n  key-string", ""),
        ("interface Dialer1\n ppp chap hostname line@isp.example\n ppp chap password 0", ""),
        ("dot11 ssid ward\n wpa-psk ascii 0", ""),
        ("router bgp 65000\n neighbor 192.0.2.7 password", ""),
        ("ip ftp password", ""),
        ("boot system ftp://op:", "@192.0.2.5/x"),
        ("interface Vlan10\n description", ""),
        ("! comment", ""),
        ("no username gone password 0", ""),
        ("banner motd ^C\n username sample password 0", "\n^C"),
    ] {
        let gap = if before.ends_with(':') { "" } else { " " };
        let _ = writeln!(text, "{before}{gap}{}{gap}{after}", canaries.word("line of a switch"));
    }
    let _ = writeln!(text, "line con 0\n password {}\n login", canaries.word("line password"));
    let _ = writeln!(text, "line vty 0 4\n password 7 {}\n login\n!\nend", reversible(canaries));
    text
}

/// A firewall of Fortinet's.
pub fn fortios(canaries: &mut Canaries) -> String {
    let [_, _, sh2] = hashes(canaries);
    let mut text = "#config-version=FGT60F-7.2.8-FW-build1639-240313:opmode=0:vdom=0:user=admin\n\
                    config system global\n    set hostname \"fw1\"\nend\n"
        .to_owned();
    let _ = writeln!(
        text,
        "config system admin\n    edit \"admin\"\n        set password ENC {sh2}\n    next\n    edit \"second\"\n        set password \"{}\"\n        set comments \"{}\"\n    next\nend",
        canaries.word("plain password of a firewall"),
        canaries.word("comment of a firewall")
    );
    let _ = writeln!(
        text,
        "config user local\n    edit \"vpn1\"\n        set type password\n        set passwd ENC {}==\n    next\nend",
        canaries.hex("ENC", 48)
    );
    let _ = writeln!(
        text,
        "config system snmp community\n    edit 1\n        set name \"{}\"\n    next\nend",
        canaries.word("community of a firewall")
    );
    let _ = writeln!(
        text,
        "config vpn ipsec phase1-interface\n    edit \"to-clinic\"\n        set psksecret {}\n    next\nend",
        canaries.word("pre-shared key")
    );
    let _ = writeln!(
        text,
        "config user radius\n    edit \"r\"\n        set secret {}\n        set odd-secret {}\n    next\nend",
        canaries.word("RADIUS secret"),
        canaries.word("unknown secret")
    );
    let _ = writeln!(
        text,
        "config vpn certificate local\n    edit \"own\"\n        set private-key \"-----BEGIN ENCRYPTED PRIVATE KEY-----\n{}\n-----END ENCRYPTED PRIVATE KEY-----\"\n    next\nend",
        canaries.word("private key")
    );
    text
}

/// Hashes of a server.
pub fn shadow(canaries: &mut Canaries) -> String {
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
pub fn passwd(canaries: &mut Canaries) -> String {
    let [md5crypt, _, _] = hashes(canaries);
    format!(
        "root:x:0:0:root:/root:/bin/bash\nadm:x:3:4:adm:/var/adm:/bin/sh\n\
         older:{md5crypt}:500:500:older:/home/older:/bin/sh\n{}\n",
        canaries.word("line of a passwd file")
    )
}

/// A configuration of a kind that no reader knows.
pub fn unknown(canaries: &mut Canaries) -> String {
    format!(
        "<router>\n<login password=\"{}\"/>\nset pass {}\n</router>\n",
        canaries.word("attribute of an unknown device"),
        canaries.word("word of an unknown device")
    )
}
