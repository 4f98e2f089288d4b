//! Device configurations of about 1,000 lines for benches and measurements.
//!
//! Everything follows from the number of the device. Most lines are ports and policies whose words
//! and numbers differ from file to file; some hold secrets of every form.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

/// Lines of a configuration, more or less.
const LINES: usize = 1_000;

/// Writes the beginning of a configuration.
type Head = fn(&mut Text);
/// Writes one of its repeated parts.
type Part = fn(&mut Text, u64);

/// What a configuration is of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum System {
    CiscoIos,
    CiscoNxos,
    Comware,
    YamahaRt,
    FortiOs,
    JunosBrace,
    JunosSet,
}

impl System {
    pub(crate) const ALL: [Self; 7] = [
        Self::CiscoIos,
        Self::CiscoNxos,
        Self::Comware,
        Self::YamahaRt,
        Self::FortiOs,
        Self::JunosBrace,
        Self::JunosSet,
    ];

    /// Head and repeated parts of a configuration.
    const fn parts(self) -> (Head, Part, &'static str) {
        match self {
            Self::CiscoIos => (ios_head, ios_port, "end\n"),
            Self::CiscoNxos => (nxos_head, nxos_port, ""),
            Self::Comware => (comware_head, comware_port, "return\n"),
            Self::YamahaRt => (yamaha_head, yamaha_tunnel, ""),
            Self::FortiOs => (fortios_head, fortios_policy, "end\n"),
            Self::JunosBrace => (junos_head, junos_port, "}\n"),
            Self::JunosSet => (junos_set_head, junos_set_port, ""),
        }
    }

    /// The configuration of one device.
    pub(crate) fn config(self, number: u64) -> String {
        let (head, part, end) = self.parts();
        let mut text = Text { out: String::new(), state: number ^ 0x5DEE_CE66, number };
        head(&mut text);
        let mut lines = text.out.lines().count();
        for index in 0.. {
            let before = text.out.len();
            part(&mut text, index);
            lines += text.out[before..].lines().count();
            if lines >= LINES {
                break;
            }
        }
        text.out.push_str(end);
        text.out
    }
}

/// Writes `count` configurations, of these systems by turns, into `devices/` of a site folder.
pub(crate) fn write(systems: &[System], count: u64, site: &Path) -> io::Result<()> {
    let folder = site.join("devices");
    fs::create_dir_all(&folder)?;
    for number in 0..count {
        let system = systems[number as usize % systems.len()];
        fs::write(folder.join(format!("{system:?}-{number:06}.cfg")), system.config(number))?;
    }
    Ok(())
}

/// A configuration while it grows.
struct Text {
    out: String,
    state: u64,
    number: u64,
}

impl Text {
    /// A number below `end`.
    fn below(&mut self, end: u64) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB) % end
    }

    fn pick(&mut self, words: &[&'static str]) -> &'static str {
        words[self.below(words.len() as u64) as usize]
    }

    fn place(&mut self) -> String {
        const PLACES: [&str; 8] =
            ["ward", "lab", "pharmacy", "radiology", "office", "theatre", "icu", "reception"];
        format!("{}-{}", self.pick(&PLACES), self.below(4_000))
    }

    fn address(&mut self) -> String {
        format!("10.{}.{}.{}", self.below(250), self.below(250), self.below(250) + 1)
    }

    /// Letters and digits as secrets and hashes have them.
    fn code(&mut self, length: usize) -> String {
        const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyzABCDEF27";
        (0..length).map(|_| char::from(LETTERS[self.below(32) as usize])).collect()
    }

    fn line(&mut self, line: std::fmt::Arguments<'_>) {
        let _ = self.out.write_fmt(line);
        self.out.push('\n');
    }
}

fn ios_head(t: &mut Text) {
    let (number, secret) = (t.number, t.code(22));
    t.line(format_args!(
        "Building configuration...\n\nCurrent configuration : 21000 bytes\n!\nversion 15.2\n\
         service timestamps log datetime msec\nservice password-encryption\n!\nhostname sw{number:05}\n!\n\
         enable secret 5 $1$salt${secret}\nusername admin privilege 15 secret 5 $1$abcd${secret}\n\
         aaa new-model\naaa authentication login default group tacacs+ local\nip ssh version 2"
    ));
    let host = t.address();
    t.line(format_args!(
        "snmp-server community c{number} RO 10\nlogging host {host}\ntacacs server T1\n \
         address ipv4 {host}\n key 7 094F4107180B\n!\nline con 0\n password 7 094F4107180B\n\
         line vty 0 4\n access-class 10 in\n transport input ssh\n!"
    ));
}

fn ios_port(t: &mut Text, index: u64) {
    let (place, vlan, number) = (t.place(), t.below(4_000) + 1, t.number);
    t.line(format_args!("interface GigabitEthernet{}/0/{}", index / 48 + 1, index % 48));
    t.line(format_args!(" description {place} outlet {number}"));
    t.line(format_args!(" switchport access vlan {vlan}\n switchport mode access"));
    match t.below(4) {
        0 => {
            t.line(format_args!(
                " switchport voice vlan {vlan}\n authentication port-control auto"
            ));
        }
        1 => t.line(format_args!(" storm-control broadcast level {vlan}.00\n no cdp enable")),
        2 => t.line(format_args!(" ip dhcp snooping limit rate {vlan}\n shutdown")),
        _ => {}
    }
    t.line(format_args!(" spanning-tree portfast\n!"));
    if index % 20 == 7 {
        let (from, to, login) = (t.address(), t.address(), t.code(8));
        t.line(format_args!("ip route {from} 255.255.255.0 {to} name {place}"));
        t.line(format_args!("access-list {} permit tcp host {from} any eq 443", 100 + index % 90));
        t.line(format_args!("username {login} privilege 15 password 7 094F4107180B"));
        t.line(format_args!("radius server R{index}\n key 7 094F4107180B\n!"));
    }
}

fn nxos_head(t: &mut Text) {
    let (number, secret, host) = (t.number, t.code(43), t.address());
    t.line(format_args!(
        "!Command: show running-config\n!Time: Thu Apr  2 10:00:00 2026\n\nversion 9.3(8) Bios:\n\
         hostname core{number}\nvdc core{number} id 1\n  limit-resource vlan minimum 16 maximum 4094\n\
         feature ospf\nfeature lacp\nfeature vpc\n\
         username admin password 5 $5$ABCDEF${secret}  role network-admin\n\
         snmp-server user admin network-admin auth md5 0x526f5eed9fcce26f8964c2930787d82b priv \
         0x526f5eed9fcce26f8964c2930787d82b localizedkey\n\
         snmp-server community r{number} group network-operator\nvrf context management\n  \
         ip route 0.0.0.0/0 {host}"
    ));
}

fn nxos_port(t: &mut Text, index: u64) {
    let (place, vlan) = (t.place(), t.below(4_000) + 1);
    t.line(format_args!("\ninterface Ethernet{}/{}", index / 54 + 1, index % 54));
    t.line(format_args!("  description {place}\n  switchport"));
    if t.below(2) == 0 {
        let list = t.below(90) + vlan;
        t.line(format_args!(
            "  switchport mode trunk\n  switchport trunk allowed vlan {vlan}-{list}"
        ));
        t.line(format_args!("  channel-group {} mode active", index + 1));
    } else {
        t.line(format_args!("  switchport access vlan {vlan}\n  spanning-tree port type edge"));
    }
    t.line(format_args!("  mtu {}\n  no shutdown", 1500 + vlan));
    if index % 20 == 9 {
        let (login, secret) = (t.code(8), t.code(43));
        t.line(format_args!(
            "username {login} password 5 $5$GHIJKL${secret}  role network-operator"
        ));
    }
}

fn comware_head(t: &mut Text) {
    let (number, secret) = (t.number, t.code(86));
    t.line(format_args!(
        "#\n version 7.1.070, Release 6315P03\n#\n sysname AGG-{number}\n#\n\
         local-user admin class manage\n password hash $h$6$abcdefghijklmnop${secret}==\n \
         service-type ssh terminal\n authorization-attribute user-role network-admin\n#\n \
         snmp-agent\n snmp-agent community read simple r{number} acl 2000\n#\n\
         user-interface vty 0 15\n authentication-mode scheme\n#"
    ));
}

fn comware_port(t: &mut Text, index: u64) {
    let (place, vlan, number) = (t.place(), t.below(4_000) + 1, t.number);
    t.line(format_args!("interface GigabitEthernet{}/0/{}", index / 48 + 1, index % 48 + 1));
    t.line(format_args!(" port link-mode bridge\n description {place} {number}"));
    t.line(format_args!(" port access vlan {vlan}\n stp edged-port\n#"));
    if index % 20 == 3 {
        let (host, login, secret) = (t.address(), t.code(8), t.code(20));
        t.line(format_args!("acl number {}\n rule 0 permit source {host} 0\n#", 2000 + index));
        t.line(format_args!("local-user {login} class network\n password cipher $c$3${secret}"));
        t.line(format_args!(" service-type lan-access\n#"));
    }
}

fn yamaha_head(t: &mut Text) {
    let (number, secret) = (t.number, t.code(10));
    t.line(format_args!(
        "# RTX1210 Rev.14.01.38\n# Reporting Date: Apr 2 10:00:00 2026\n\
         administrator password encrypted {secret}\nlogin password encrypted {secret}\n\
         login user site{number} {secret}\nuser attribute connection=serial,ssh\n\
         ip lan1 address 192.168.{}.1/24\nsnmp community read-only r{number}\n\
         telnetd service off\nsshd service on",
        number % 250
    ));
}

fn yamaha_tunnel(t: &mut Text, index: u64) {
    let (place, peer, secret) = (t.place(), t.address(), t.code(14));
    let n = index + 1;
    t.line(format_args!("tunnel select {n}\n description tunnel {place}\n ipsec tunnel {n}"));
    t.line(format_args!("  ipsec sa policy {n} {n} esp aes256-cbc sha256-hmac"));
    t.line(format_args!("  ipsec ike keepalive use {n} on\n  ipsec ike local address {n} {peer}"));
    if index % 4 == 1 {
        t.line(format_args!("  ipsec ike pre-shared-key {n} text {secret}"));
    }
    t.line(format_args!("  ipsec ike remote address {n} {peer}\n ip tunnel tcp mss limit auto"));
    t.line(format_args!(" tunnel enable {n}\nip route 10.{}.0.0/16 gateway tunnel {n}", n % 250));
    for _ in 0..t.below(8) {
        let (from, to, rule) = (t.address(), t.address(), t.below(60_000));
        t.line(format_args!("ip filter {rule} pass {from} {to} tcp * 443"));
        t.line(format_args!("nat descriptor masquerade static {n} {rule} {from} udp {rule}"));
    }
}

fn fortios_head(t: &mut Text) {
    let (number, secret) = (t.number, t.code(60));
    t.line(format_args!(
        "#config-version=FGT60F-7.2.8-FW-build1639-240313:opmode=0:vdom=0:user=admin\n\
         #conf_file_ver=1234567890\nconfig system global\n    set admintimeout 10\n    \
         set hostname \"FW{number}\"\n    set timezone 60\nend\nconfig system admin\n    \
         edit \"admin\"\n        set accprofile \"super_admin\"\n        set vdom \"root\"\n        \
         set password ENC SH2{secret}=\n    next\nend\nconfig vpn ipsec phase1-interface\n    \
         edit \"clinic\"\n        set remote-gw 192.0.2.1\n        set psksecret ENC {secret}\n    \
         next\nend\nconfig firewall policy"
    ));
}

fn fortios_policy(t: &mut Text, index: u64) {
    let (from, to, place, unique) = (t.place(), t.place(), t.place(), t.below(1 << 40));
    t.line(format_args!("    edit {}\n        set name \"{place}\"", index + 1));
    t.line(format_args!("        set uuid {unique:036}"));
    t.line(format_args!(
        "        set srcintf \"{from}\"\n        set dstintf \"wan{}\"",
        index % 3
    ));
    t.line(format_args!("        set action accept\n        set srcaddr \"{from}\" \"{to}\""));
    t.line(format_args!("        set dstaddr \"all\"\n        set schedule \"always\""));
    t.line(format_args!("        set service \"HTTPS\" \"DNS\"\n        set comments \"to {to}\""));
    t.line(format_args!("    next"));
    if index % 20 == 11 {
        let (login, secret) = (t.code(8), t.code(60));
        t.line(format_args!(
            "end\nconfig user local\n    edit \"{login}\"\n        set type password"
        ));
        t.line(format_args!(
            "        set passwd ENC {secret}==\n    next\nend\nconfig firewall policy"
        ));
    }
}

fn junos_head(t: &mut Text) {
    let (number, secret) = (t.number, t.code(86));
    t.line(format_args!(
        "## Last commit: 2026-04-02 10:00:00 JST by admin\nversion 21.4R3.15;\nsystem {{\n    \
         host-name mx{number};\n    root-authentication {{\n        encrypted-password \
         \"$6$abcdefgh${secret}\"; ## SECRET-DATA\n    }}\n    login {{\n        user admin {{\n            \
         uid 2000;\n            class super-user;\n            authentication {{\n                \
         encrypted-password \"$6$abcdefgh${secret}\"; ## SECRET-DATA\n            }}\n        }}\n    }}\n    \
         services {{\n        ssh;\n    }}\n}}\nsnmp {{\n    community r{number} {{\n        \
         authorization read-only;\n    }}\n}}\ninterfaces {{"
    ));
}

fn junos_port(t: &mut Text, index: u64) {
    let (place, vlan, host) = (t.place(), t.below(4_000) + 1, t.address());
    t.line(format_args!(
        "    ge-0/{}/{} {{\n        description \"{place}\";",
        index / 48,
        index % 48
    ));
    t.line(format_args!("        vlan-tagging;\n        mtu {};", vlan + 1_500));
    t.line(format_args!("        unit {vlan} {{\n            vlan-id {vlan};"));
    t.line(format_args!("            family inet {{\n                address {host}/30;"));
    t.line(format_args!("            }}\n        }}\n    }}"));
    if index % 20 == 5 {
        let (login, secret) = (t.code(8), t.code(24));
        t.line(format_args!("}}\nsystem {{\n    radius-server {{\n        {host} {{"));
        t.line(format_args!(
            "            secret \"$9${secret}\"; ## SECRET-DATA\n        }}\n    }}"
        ));
        t.line(format_args!("    login {{\n        user {login} {{\n            class operator;"));
        t.line(format_args!("        }}\n    }}\n}}\ninterfaces {{"));
    }
}

fn junos_set_head(t: &mut Text) {
    let (number, secret) = (t.number, t.code(86));
    t.line(format_args!(
        "set version 21.4R3.15\nset system host-name srx{number}\n\
         set system root-authentication encrypted-password \"$6$abcdefgh${secret}\"\n\
         set system login user admin class super-user\n\
         set system login user admin authentication encrypted-password \"$6$abcdefgh${secret}\"\n\
         set system services ssh\nset snmp community r{number} authorization read-only"
    ));
}

fn junos_set_port(t: &mut Text, index: u64) {
    let (place, vlan, host) = (t.place(), t.below(4_000) + 1, t.address());
    let port = format!("set interfaces ge-0/{}/{}", index / 48, index % 48);
    t.line(format_args!("{port} description {place}\n{port} unit {vlan} vlan-id {vlan}"));
    t.line(format_args!("{port} unit {vlan} family inet address {host}/30"));
    let policy = format!("set security policies from-zone a to-zone b policy {place}");
    t.line(format_args!("{policy} match source-address {host}\n{policy} match application any"));
    t.line(format_args!("{policy} then permit"));
    if index % 20 == 5 {
        let secret = t.code(24);
        t.line(format_args!("set system radius-server {host} secret \"$9${secret}\""));
    }
}
