//! The canaries of devices that the tables of rules/devices describe: lines, and trees of words.

use crate::exports::filled;
use crate::secrets::Canaries;

/// Path in the site, and configuration; marks as in `exports`.
const CONFIGS: [(&str, &str); 10] = [
    (
        "devices/rtx.txt",
        "# RTX1210 Rev.14.01.38 (Fri Jul  3 11:08:22 2020)\n# @w\nlogin password @w\n\
         administrator password encrypted @w\nlogin user admin2 @w\nlogin user old encrypted @w\n\
         pp select 1\n pp auth accept pap chap\n pp auth myname u-isp @w\n\
         tunnel select 1\n  ipsec ike pre-shared-key 1 text @w\n l2tp tunnel auth on @w\n\
         auth user 1 remote2 @w\nsnmp community read-only @w\nsnmp host 192.0.2.8 @w\n\
         snmpv3 usm user 1 mon group 1 sha @w aes128-cfb @w\nradius secret @w\n\
         httpd custom-gui api password @w\nsomething new password @w\n",
    ),
    (
        "devices/tz400.txt",
        "firmware-version \"SonicOS Enhanced 6.5.4\"\nmodel \"TZ 400\"\nserial-number 000000000001\n\
         administrator password 4,@w\nuser local nurse1\n    password 4,@w\n\
         vpn policy site-to-site branch\n    shared-secret 4,@w\nldap\n    bind-password 4,@w\n",
    ),
    (
        "devices/router.rsc",
        "# oct/06/2026 09:00:00 by RouterOS 6.49.6\n# software id = AAAA-BBBB\n#\n# model = RB750Gr3\n\
         /interface wireless security-profiles\nadd authentication-types=wpa2-psk mode=dynamic-keys name=ward \\\n\
         \x20   supplicant-identity=\"\" wpa2-pre-shared-key=\"@w\"\n\
         /interface pppoe-client\nadd disabled=no interface=ether1 name=wan password=@w user=u\n\
         /ip ipsec identity\nadd peer=branch secret=@w\n/radius\nadd address=192.0.2.8 secret=@w\n\
         /user\nadd name=ono password=@w comment=\"@w\"\n",
    ),
    (
        "devices/wpa_supplicant.conf",
        "ctrl_interface=/run/wpa_supplicant\nupdate_config=1\nnetwork={\n\tssid=\"WARD\"\n\tpsk=\"@w\"\n}\n\
         network={\n\tssid=\"EAP\"\n\tidentity=\"nurse1\"\n\tpassword=\"@w\"\n\t#psk=\"@w\"\n}\n",
    ),
    (
        "devices/gw1/chap-secrets",
        "# Secrets for authentication using CHAP\n# client\tserver\tsecret\t\t\tIP addresses\n\
         \"u-isp\"\t*\t\"@w\"\t*\nvpn1\tgw\t@w\t192.0.2.40\n@w\n",
    ),
    (
        "devices/srx.conf",
        "## Last commit: 2026-10-01 09:12:33 JST by sato\nversion 21.4R3.15;\nsystem {\n    host-name srx;\n\
         \x20   /* @w */\n    root-authentication {\n        encrypted-password \"$6$@w\"; ## SECRET-DATA\n    }\n\
         \x20   login {\n        user sato {\n            class super-user;\n            authentication {\n\
         \x20               plain-text-password-value \"@w\";\n            }\n        }\n    }\n\
         \x20   radius-server {\n        192.0.2.8 secret \"@w\"; ## SECRET-DATA\n    }\n\
         \x20   tacplus-server {\n        192.0.2.9 secret \"$9$@w\"; ## SECRET-DATA\n    }\n}\n\
         snmp {\n    community @w {\n        authorization read-write;\n    }\n}\n\
         security {\n    ike {\n        policy p {\n            pre-shared-key ascii-text \"@w\"; ## SECRET-DATA\n        }\n    }\n}\n",
    ),
    (
        "devices/mx.set",
        "set version 21.4R3.15\nset system host-name mx\nset system root-authentication encrypted-password \"$1$@w\"\n\
         set system radius-server 192.0.2.8 secret \"@w\"\nset snmp community @w authorization read-only\n\
         set security ike policy p pre-shared-key ascii-text \"@w\"\nset apply-macro m password \"@w\"\n",
    ),
    (
        "devices/config.boot",
        "interfaces {\n    pppoe pppoe0 {\n        authentication {\n            password @w\n            username u\n        }\n    }\n\
         \x20   wireguard wg0 {\n        private-key @w\n    }\n\
         \x20   wireless wlan0 {\n        security {\n            wpa {\n                passphrase \"@w\"\n            }\n        }\n    }\n}\n\
         protocols {\n    bgp 65000 {\n        neighbor 203.0.113.1 {\n            password @w\n        }\n    }\n}\n\
         service {\n    snmp {\n        community @w {\n            authorization ro\n        }\n    }\n}\n\
         system {\n    host-name vy\n    login {\n        user ono {\n            authentication {\n\
         \x20               plaintext-password \"@w\"\n            }\n            level admin\n        }\n    }\n}\n\
         /* === vyatta-config-version: \"config-management@1:conntrack@1:system@5\" === */\n",
    ),
    (
        "devices/running-config.xml",
        "<?xml version=\"1.0\"?>\n<config version=\"10.1.0\" urldb=\"paloaltonetworks\">\n<mgt-config><users>\
         <entry name=\"admin\"><phash>@w</phash><permissions><role-based><superuser>yes</superuser></role-based></permissions></entry>\
         </users></mgt-config>\n<shared><certificate><entry name=\"web\"><private-key>-AQ==@w</private-key></entry></certificate>\
         <server-profile><radius><entry name=\"r\"><server><entry name=\"s\"><secret>-AQ==@w</secret></entry></server></entry></radius>\
         </server-profile></shared>\n<devices><entry name=\"localhost.localdomain\"><deviceconfig><system><hostname>pa</hostname>\
         <snmp-setting><access-setting><version><v2c><snmp-community-string>@w</snmp-community-string></v2c></version>\
         </access-setting></snmp-setting></system></deviceconfig><odd @w=\"@w\">@w</odd></entry></devices>\n</config>\n",
    ),
    (
        "devices/config-fw1.xml",
        "<?xml version=\"1.0\"?>\n<pfsense>\n<version>21.7</version>\n<system><hostname>pf</hostname>\n\
         <user><name>admin</name><bcrypt-hash>$2b$10$@w</bcrypt-hash><uid>0</uid><ipsecpsk>@w</ipsecpsk></user>\n\
         <authserver><name>radius</name><host>192.0.2.11</host><radius_secret>@w</radius_secret></authserver></system>\n\
         <ipsec><phase1><ikeid>1</ikeid><remote-gateway>198.51.100.7</remote-gateway><pre-shared-key>@w</pre-shared-key></phase1></ipsec>\n\
         <snmpd><rocommunity>@w</rocommunity></snmpd><odd><password>@w</password></odd>\n</pfsense>\n",
    ),
];

/// Every configuration by its path.
pub(crate) fn files(canaries: &mut Canaries) -> Vec<(String, Vec<u8>)> {
    let file = |(path, text): &(&'static str, &str)| {
        ((*path).to_owned(), filled(canaries, path, text).into_bytes())
    };
    CONFIGS.iter().map(file).collect()
}
