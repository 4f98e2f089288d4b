//! The traps, by system.

/// A trap: what misleads, in a few words; a configuration that has it; what must be read, as
/// `line account|kind|scheme|state`.
pub(crate) struct Trap {
    pub(crate) name: &'static str,
    pub(crate) config: &'static str,
    pub(crate) found: &'static [&'static str],
}

const fn trap(name: &'static str, config: &'static str, found: &'static [&'static str]) -> Trap {
    Trap { name, config, found }
}

pub(crate) const TRAPS: &[Trap] = &[
    trap(
        "an NT hash of a local RADIUS user, obscured by type 7",
        "version 15.2\nhostname d\ninterface Dot11Radio0\nradius-server local\n\
         user w nthash 7 0529575803696F2C492143375828267C7A760E1113734624452725707C010B065B\nend\n",
        &["5 |other|cisco-type7|reversible"],
    ),
    trap(
        "keys of SNMPv3 localised to an engine are no passwords",
        "!Command: show running-config\nversion 9.3(5)\nhostname d\n\
         snmp-server user u network-admin auth md5 0x328945d53e05e8e7207f8c20b142f0b7 priv \
         0x328945d53e05e8e7207f8c20b142f0b7 localizedkey\n",
        &["4 |snmpv3-auth|snmpv3-localized-md5|hash", "4 |snmpv3-priv|snmpv3-localized-md5|hash"],
    ),
    // Masks, stand-ins, misfits.
    trap(
        "every mask and stand-in that was met",
        "version 15.2\nhostname d\ninterface Vlan1\n\
         username a secret 5 *****\nusername b secret 5 ********************\n\
         username c secret 5 <redacted_config>\nusername d secret 5 <SCRUBBED>\n\
         username e password 7 xxxxx\nusername f secret 9 AAAAAAAAAABBBBBBBBBBCCCCCCCCCC\n\
         username g secret 5 REDACTED\nusername h secret 10 $6$short$digest\n\
         snmp-server community <removed> RO\nend\n",
        &[
            "4 a|login||masked",
            "5 b|login||masked",
            "6 c|login||placeholder",
            "7 d|login||placeholder",
            "8 e|login||placeholder",
            "9 f|login||placeholder",
            "10 g|login||placeholder",
            "11 h|login||unknown",
            "12 |snmp-community||masked",
        ],
    ),
    trap(
        "masks of trees",
        "set deviceconfig system hostname d\nset mgt-config users a phash *\n\
         set mgt-config users b phash <SCRUBBED>\nset mgt-config users c phash $5$cut$x\n",
        &[
            "2 a|login||masked",
            "3 b|login||placeholder",
            "4 c|login|panos-phash-sha256crypt|placeholder",
        ],
    ),
    trap(
        "what a tool left behind may have a blank in it",
        "version 15.2\nhostname d\ninterface Vlan1\nusername a password <secret hidden>\n\
         username b secret 5 <secret hidden>\nsnmp-server community <configuration removed> RO\n\
         snmp-server host 192.0.2.1 version 2c <secret hidden>\n\
         crypto isakmp key <secret hidden> address 192.0.2.1\nend\n",
        &[
            "4 a|login||masked",
            "5 b|login||masked",
            "6 |snmp-community||masked",
            "7 |snmp-community||masked",
            "8 |ike-psk||masked",
        ],
    ),
    trap(
        "the same in braces",
        "version 20.2R3;\nsystem {\n host-name d;\n root-authentication { encrypted-password <secret hidden>; }\n\
         radius-server { 192.0.2.1 { secret <secret removed>; } }\n}\n",
        &["4 root|login||masked", "5 |radius-key||masked"],
    ),
    trap(
        "the same in set lines",
        "set system host-name 'd'\nset interfaces ethernet eth0 address dhcp\n\
         set system login user vyos authentication encrypted-password <secret hidden>\n\
         set vpn ipsec site-to-site peer 192.0.2.1 authentication pre-shared-secret <secret hidden>\n",
        &["3 vyos|login||masked", "4 |ike-psk||masked"],
    ),
    trap(
        "the same in tables and menus",
        "#config-version=FGT60F-7.2.8-FW\nconfig system global\nset hostname d\nend\nconfig system admin\n\
         edit a\nset password <configuration removed>\nnext\nend\n\
         config vpn ipsec phase1\nedit p\nset psksecret <secret hidden>\nnext\nend\n",
        &["7 a|login||masked", "12 |ike-psk||masked"],
    ),
    trap(
        "Gaia prints a star in place of a hash",
        "# Configuration of d\n# Language version: 14.1v1\nset hostname d\nset user admin password-hash *\n",
        &["4 admin|login||masked"],
    ),
    trap(
        "YAMAHA prints a star in place of a password",
        "# RTX1210 Rev.14.01.38\nlogin password *\nadministrator password encrypted *\nlogin user a *\npp select 1\n",
        &["2 |line||masked", "3 enable|enable||masked", "4 a|login||masked"],
    ),
    trap(
        "a value that does not fit its scheme is no hash",
        "version 15.2\nhostname d\ninterface Vlan1\nusername a secret 5 $1$cut\nusername b password 7 094F410718\n\
         username c password 7 5300\nusername d secret 8 $8$cut\nusername e secret 4 short\nend\n",
        &[
            "4 a|login||unknown",
            "5 b|login|cisco-type7|reversible",
            "6 c|login||unknown",
            "7 d|login||unknown",
            "8 e|login||unknown",
        ],
    ),
    // Cisco IOS.
    trap(
        "type 1 is known to nobody",
        "version 15.2\nhostname d\ninterface Vlan1\nusername a password 1 AbCd\nend\n",
        &["4 a|login||unknown"],
    ),
    trap(
        "without a type the text is the password, whatever it looks like otherwise",
        "version 15.2\nhostname d\ninterface Vlan1\nusername a password two words\nenable password 5ecret\n\
         line con 0\n password 7up\nend\n",
        &["4 a|login||plain", "5 enable|enable||plain", "7 |line||plain"],
    ),
    trap(
        "type 6 has quotes and brackets in its alphabet",
        "version 15.2\nhostname d\ninterface Vlan1\n\
         crypto isakmp key 6 NdUI^_YP[VEPG[MT_bfTEFNZYFCYe\\R\\M address 192.0.2.1\n\
         crypto isakmp key 6 XOUDEUYHeLGdB`UAZKX\\GK[iEgCWMZXEXN^dTGZ[UAAAB address 192.0.2.2\nend\n",
        &["4 |ike-psk|cisco-type6|reversible-keyed", "5 |ike-psk|cisco-type6|reversible-keyed"],
    ),
    trap(
        "a line can hold several secrets",
        "version 15.2\nhostname d\ninterface Vlan1\n\
         snmp-server user u g v3 auth sha Auth#1 priv aes 128 Priv#1\n\
         ap profile p\n mgmtuser username u password 0 p1 secret 0 p2\nend\n",
        &["4 |snmpv3-auth||plain", "4 |snmpv3-priv||plain", "6 |other||plain", "6 |other||plain"],
    ),
    trap(
        "a wireless key may hold blanks",
        "version 15.2\nhostname d\ninterface Vlan1\nwlan W 1 W\n security wpa psk set-key ascii 0 three plain words\nend\n",
        &["5 |wpa-psk||plain"],
    ),
    trap(
        "keys that are no secrets",
        "version 15.2\nhostname d\ninterface Vlan1\nservice password-encryption\nip ssh rsa keypair-name k\n\
         crypto key generate rsa\nkey config-key password-encrypt\nntp trusted-key 1\n\
         ip bgp-community new-format\nsecurity passwords min-length 8\nend\n",
        &[],
    ),
    trap(
        "SNMP version 3 names a user where version 2 names a community",
        "version 15.2\nhostname d\ninterface Vlan1\nsnmp-server host 192.0.2.8 version 3 auth someone\n\
         snmp-server host 192.0.2.8 version 2c Trap#1\nend\n",
        &["5 |snmp-community||plain"],
    ),
    trap(
        "banners, comments and negations say nothing",
        "version 15.2\nhostname d\ninterface Vlan1\nbanner motd ^C\nusername x password 0 y\n^C\n\
         ! username x password 0 y\nno username x password 0 y\nend\n",
        &[],
    ),
    trap(
        "a login may be called like an option",
        "version 15.2\nhostname d\ninterface Vlan1\nusername role privilege 15 password 0 Role#1\n\
         username secret password 0 Secret#1\nend\n",
        &["4 role|login||plain", "5 secret|login||plain"],
    ),
    // Cisco NX-OS.
    trap(
        "a lone exclamation mark locks an account",
        "!Command: show running-config\nhostname d\nfeature bgp\nusername a password 5 !  role network-operator\n",
        &["4 a|login||locked"],
    ),
    trap(
        "ageing of a passphrase is no passphrase",
        "!Command: show running-config\nhostname d\nfeature bgp\n\
         username a passphrase  lifetime 99999 warntime 14 gracetime 3\n",
        &[],
    ),
    trap(
        "NX-OS has schemes of its own behind the digits of IOS",
        "!Command: show running-config\nhostname d\nfeature bgp\n\
         username a password 8 $nx-pbkdf2$hhbDfWghBSrkpE$6Whp10GyRx8J82oTUHJ.Z3WBV2TtmqISWXZ/pFFvDx2 role vdc-admin\n\
         username b password 9 $nx-scrypt$1hYvWojAYSY7nk$fHkseAeAtlTv8az4j1/HuwOAVwWxK9bIrSTHy4wdOiU role vdc-admin\n",
        &["4 a|login|nxos-type8-nx-pbkdf2|hash", "5 b|login|nxos-type9-nx-scrypt|hash"],
    ),
    // Cisco ASA.
    trap(
        "the level stands behind the value",
        "ASA Version 9.8(2)\nhostname d\nenable password 2KFQnbNIdI.2KYOU level 5 encrypted\n",
        &["3 enable|enable|asa-pix-md5|hash"],
    ),
    trap(
        "the same look is salted behind a user and unsalted elsewhere",
        "ASA Version 9.8(2)\nhostname d\npasswd 2KFQnbNIdI.2KYOU encrypted\nusername u password YjDBNr.A0AN7DA8s encrypted\n",
        &["3 |line|asa-pix-md5|hash", "4 u|login|asa-md5|hash"],
    ),
    trap(
        "the key of a server need not be the first line of its block",
        "ASA Version 9.8(2)\nhostname d\naaa-server R (inside) host 192.0.2.9\n timeout 5\n authentication-port 1812\n key Rad#1\n",
        &["6 |radius-key||plain"],
    ),
    // Cisco AireOS.
    trap(
        "a community can be taken away",
        "config sysname d\nconfig snmp community create ward\nconfig snmp community delete public\n",
        &["2 |snmp-community||plain"],
    ),
    // Juniper.
    trap(
        "a mark behind the value is no part of it",
        "system {\n host-name d;\n login {\n user a { authentication { encrypted-password \"$1$38652870$DUjsu4TTlTsOe/xxZ05uf/\"; ## SECRET-DATA\n} } } }\n",
        &["4 a|login|md5crypt|hash"],
    ),
    trap(
        "a reversible value under the name of a hash",
        "set version 21.4\nset system host-name d\nset system login user a authentication encrypted-password \"$9$LbHX-wg4Z\"\n\
         set system radius-server 192.0.2.1 secret \"$8$aes256-gcm$hmac-sha2-256$100$p8XEvHtxRNE$d/hqRmh5etkBzo7WSdtvjg$7w1eMTYXkz4RdzMF9CAkJQ$qVLunbFwBWwyxln2Vg\"\n",
        &["3 a|login|junos-9|reversible", "4 |radius-key|junos-8|reversible-keyed"],
    ),
    // Fortinet.
    trap(
        "factory objects carry blobs of no interest",
        "#config-version=FGT60F-7.2.8-FW\nconfig system global\nset hostname d\nend\n\
         config vpn certificate local\nedit \"Fortinet_CA_SSL\"\nset password ENC YWJjZA==\nnext\nend\n\
         config firewall ssh local-key\nedit \"Fortinet_SSH_DSA1024\"\nset password ENC YWJjZA==\nnext\nend\n",
        &[],
    ),
    trap(
        "three digests and a cipher behind one word, with a key of a later release",
        "#config-version=FGT60F-7.4.1-FW\nconfig system global\nset hostname d\nend\nconfig system admin\n\
         edit a\nset password ENC SH2lpcpFXM5QRlWYwY5vL9+5svfYyb+c79qENpxEoB3NtZpVxKwHjuq/9TH88U=\nnext\n\
         edit b\nset password ENC AK1wTiFOMv7mZOTvQNmKQBAY98hZZjSRLxAY8vZp8NlDWU=\nnext\n\
         edit c\nset password ENC PB2AAECAwQFBgcICQoLDA0ODxAREhM=\nnext\nend\n\
         config vpn ipsec phase1\nedit p\nset psksecret ENC ESIzRHGpZ535ul+LW85PodWZjI2N3ZFQA==\nnext\nend\n",
        &[
            "7 a|login|fortios-sh2|hash",
            "10 b|login|fortios-ak1|hash",
            "13 c|login|fortios-pb2|hash",
            "18 |ike-psk|fortios-enc-reversible-legacy|reversible-keyed",
        ],
    ),
    // Aruba, HPE.
    trap(
        "without include-credentials an absent password means nothing",
        "; J9625A Configuration Editor; Created on release #RA.16.02\nhostname \"d\"\npassword manager\npassword operator\n",
        &[],
    ),
    trap(
        "a management hash has two lengths, one of them unknown",
        "version 6.5\nhostname \"d\"\nmgmt-user a root 83377286015bcebb857b23b94331e2b316b6ecbe9fbf26c4fc\n\
         mgmt-user b root 526f5eed9fcce26f8964c2930787d82b\n",
        &["3 a|login|arubaos-mgmt-user|hash", "4 b|login||unknown"],
    ),
    // Comware, NEC, YAMAHA: algorithms that nobody knows.
    trap(
        "a hash whose construction is not known",
        "#\n version 7.1.045\n#\n sysname d\n#\nlocal-user a class manage\n\
         \x20password hash $h$6$UbIhNnPevyKUwfpm$LqR3+yg1IvNct39MrOyXbLtvOhjrpoejSHSAhE4QBo4XjVt0BCnQBSxkAITFRKNTShJmV/8PWRcNkKrtpl1xlA==\n\
         #\nlocal-user b class manage\n password cipher $c$3$123456789012345678901234567890\n#\n",
        &["7 a|login|comware-h6|unknown", "10 b|login|comware-c3|unknown"],
    ),
    trap(
        "two forms of one vendor's hash",
        "! NEC Portable Internetwork Core Operating System Software\nhostname d\n\
         username a password hash 00112233aa operator\nusername b password hash 0123456789aBcDeFgHiJkLmNoPqRsT@ administrator\n",
        &["3 a|login|nec-ix-hash-old|unknown", "4 b|login|nec-ix-hash-new|unknown"],
    ),
    trap(
        "what a router encrypts itself, and a host key on a line",
        "# RTX1210 Rev.14.01.38\npp select 1\nlogin user a encrypted Xy12Zw34Ab56\nsshd host key generate 2048 AAAAB3NzaC1kc3MAAAEBAN\n",
        &["3 a|login|yamaha-encrypted|unknown", "4 |private-key||plain"],
    ),
    // Others.
    trap(
        "an export without users says nothing about them",
        "# oct/06/2026 09:00:00 by RouterOS 6.49.6\n/system identity\nset name=d\n/ppp secret\nadd name=u password=Ppp#1\n",
        &["5 u|login||plain"],
    ),
    trap(
        "another cipher under Cisco's digit",
        "!\nhostname FS-S3900\nusername admin access-level 15\nusername admin password 7 21232f297a57a5a743894a0e4a801fc3\n",
        &["4 admin|login||unknown"],
    ),
    trap(
        "none is no passphrase, and a key's file no key",
        "#TMSH-VERSION: 15.1.2\nltm profile client-ssl /Common/p {\n    key /Common/p.key\n    passphrase none\n}\n\
         auth radius-server /Common/r {\n    secret $M$Xa$p0kFb1Yx3S6PzB0n9Zk7Qw==\n    server 192.0.2.1\n}\n",
        &["7 |radius-key|f5-master-key|reversible-keyed"],
    ),
    trap(
        "a digit, a comma and a blob",
        "firmware-version \"SonicOS Enhanced 6.5.4\"\nadministrator password 4,AbCdEfGhIj\n",
        &["2 admin|login||unknown"],
    ),
    trap(
        "an empty seed is no second factor and no secret",
        "<?xml version=\"1.0\"?>\n<opnsense><system><hostname>d</hostname><user><name>a</name><uid>0</uid>\n<otp_seed></otp_seed>\n\
         <password>$2y$10$YRVoF4SgskIsrXOvOQjGieB9XqHPRra9R7d80B3BZdbY/j21TwBfS</password></user></system></opnsense>\n",
        &["4 a|login|opnsense-bcrypt|hash"],
    ),
    trap(
        "locked, never set and open are three things",
        "a:!:20000:0:99999:7:::\nb:*:20000:0:99999:7:::\nc:!!:20000:0:99999:7:::\nd::20000:0:99999:7:::\n\
         e:!$1$38652870$DUjsu4TTlTsOe/xxZ05uf/:20000:0:99999:7:::\n",
        &[
            "1 a|login||locked",
            "2 b|login||locked",
            "3 c|login||locked",
            "4 d|login||no-password",
            "5 e|login||locked",
        ],
    ),
];

/// Secrets that are the same although their texts differ.
pub(crate) const EQUAL: &[(&str, &[&str])] = &[
    (
        "one key in two texts of Junos, and in the open elsewhere",
        &[
            "set version 20.2\nset system host-name a\nset security ike policy p pre-shared-key ascii-text \"$9$sSgJD.mTn9poJQn9pREcylvLN\"\n",
            "version 15.2\nhostname b\ninterface Vlan1\ncrypto isakmp key 0 netconan address 192.0.2.1\nend\n",
        ],
    ),
    (
        "one password under three offsets of type 7",
        &[
            "version 15.2\nhostname a\ninterface Vlan1\nusername u password 7 094F4107180B\nend\n",
            "version 15.2\nhostname b\ninterface Vlan1\nusername u password 7 00071C080555\nend\n",
            "version 15.2\nhostname c\ninterface Vlan1\nusername u password 0 conan\nend\n",
        ],
    ),
    (
        "one secret under two master keys of PAN-OS",
        &[
            "set deviceconfig system hostname a\nset shared server-profile radius r server s secret -AQ==4oaXexPxqJ4g0EWSB1RdFf4eugg=QB2FTzPzPnegOOdK2VtojQ==\n",
            "set deviceconfig system hostname b\nset shared server-profile radius r server s secret -AQ==4oaXexPxqJ4g0EWSB1RdFf4eugg=yicd7NMQ47s6u8/GgByLMQ==\n",
        ],
    ),
];

/// Secrets whose texts are equal, or look so, and prove nothing.
pub(crate) const UNEQUAL: &[(&str, &[&str])] = &[
    (
        "two masks",
        &[
            "version 15.2\nhostname a\ninterface Vlan1\nusername u password 7 *****\nend\n",
            "version 15.2\nhostname b\ninterface Vlan1\nusername u password 7 *****\nend\n",
        ],
    ),
    (
        "two stand-ins",
        &[
            "version 15.2\nhostname a\ninterface Vlan1\nusername u secret 5 <SCRUBBED>\nend\n",
            "version 15.2\nhostname b\ninterface Vlan1\nusername u secret 5 <SCRUBBED>\nend\n",
        ],
    ),
    (
        "two values that fit no scheme",
        &[
            "version 15.2\nhostname a\ninterface Vlan1\nusername u secret 5 $1$cut\nend\n",
            "version 15.2\nhostname b\ninterface Vlan1\nusername u secret 5 $1$cut\nend\n",
        ],
    ),
    (
        "two locked accounts",
        &[
            "!Command: show running-config\nhostname a\nfeature bgp\nusername u password 5 !  role vdc-admin\n",
            "!Command: show running-config\nhostname b\nfeature bgp\nusername u password 5 !  role vdc-admin\n",
        ],
    ),
];
