//! Every verified scheme that stands in the configuration of a device, read from a configuration of
//! one device. The values come from the list of known answers; where it is absent nothing is tested.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use support::{kagiban, root, rows};

/// A scheme of the list, a configuration with `{}` for the value, and the scheme and state that it
/// must be read with.
struct Place {
    scheme: &'static str,
    config: &'static str,
    found: (&'static str, &'static str),
}

const fn hash(scheme: &'static str, config: &'static str) -> Place {
    Place { scheme, config, found: (scheme, "hash") }
}

const fn place(
    scheme: &'static str,
    config: &'static str,
    found: &'static str,
    state: &'static str,
) -> Place {
    Place { scheme, config, found: (found, state) }
}

const IOS: &str = "version 15.2\nhostname d\ninterface Vlan1\nusername u secret {}\nend\n";
const ASA: &str = ": Saved\nASA Version 9.8(2)\nhostname d\npasswd {} encrypted\n: end\n";
const PANOS: &str = "set deviceconfig system hostname d\nset mgt-config users u phash {}\n";
const SNMP: &str = "!Command: show running-config\nhostname d\nfeature telnet\n\
                    snmp-server user u network-admin auth ALG 0x{} localizedkey\n";
const SHADOW: &str = "u:{}:20000:0:99999:7:::\nd:!:20000:0:99999:7:::\n";
const JUNOS: &str = "set version 21.4R3\nset system host-name d\n\
                     set security ike policy p pre-shared-key ascii-text \"{}\"\n";
const PSK: &str = "network={\n\tssid=\"IEEE\"\n\tpsk={}\n}\n";

const PLACES: &[Place] = &[
    place(
        "cisco-type0",
        "version 15.2\nhostname d\ninterface Vlan1\nusername u password 0 {}\nend\n",
        "",
        "plain",
    ),
    hash("cisco-type4", "version 15.2\nhostname d\ninterface Vlan1\nenable secret 4 {}\nend\n"),
    hash(
        "cisco-type5-md5crypt",
        "version 12.2\nhostname d\nline vty 0 4\nenable secret 5 {}\nend\n",
    ),
    place(
        "cisco-type6",
        "version 15.2\nhostname d\nline vty 0 4\ncrypto isakmp key 6 {} address 192.0.2.1\nend\n",
        "cisco-type6",
        "reversible-keyed",
    ),
    place(
        "cisco-type7",
        "version 15.2\nhostname d\nline vty 0 4\n password 7 {}\nend\n",
        "cisco-type7",
        "reversible",
    ),
    hash("cisco-type8-pbkdf2", IOS),
    hash("cisco-type9-scrypt", IOS),
    hash(
        "iosxr-type10-sha512crypt",
        "!! IOS XR Configuration 6.6.2\nhostname d\nusername u\n group root-lr\n secret 10 {}\n!\nend\n",
    ),
    hash("asa-pix-md5", ASA),
    hash(
        "asa-md5",
        ": Saved\nASA Version 9.8(2)\nhostname d\nusername 4684 password {} encrypted\n: end\n",
    ),
    hash(
        "nxos-type5-sha256crypt",
        "!Command: show running-config\nhostname d\nusername u password 5 {} role network-admin\n",
    ),
    hash(
        "nxos-type8-nx-pbkdf2",
        "!Command: show running-config\nhostname d\nusername u password 8 {} role network-admin\n",
    ),
    hash(
        "nxos-type9-nx-scrypt",
        "!Command: show running-config\nhostname d\nusername u password 9 {} role network-admin\n",
    ),
    place("junos-9", JUNOS, "junos-9", "reversible"),
    place("junos-8", JUNOS, "junos-8", "reversible-keyed"),
    hash(
        "fortios-ak1",
        "config system admin\n    edit \"u\"\n        set password ENC {}\n    next\nend\n",
    ),
    hash(
        "fortios-sh2",
        "config system admin\n    edit \"u\"\n        set password ENC {}\n    next\nend\n",
    ),
    hash("panos-phash-descrypt", PANOS),
    hash("panos-phash-md5crypt", PANOS),
    hash("panos-phash-sha256crypt", PANOS),
    place(
        "panos-aes",
        "set deviceconfig system hostname d\nset shared server-profile radius r server s secret {}\n",
        "panos-aes",
        // Under a master key of the operator's own, which the value does not tell.
        "reversible-keyed",
    ),
    hash(
        "aos-s-sha1",
        "; J9625A Configuration Editor; Created on release #RA.16.02.0012\nhostname \"d\"\npassword manager user-name \"u\" sha1 \"{}\"\n",
    ),
    hash("arubaos-mgmt-user", "version 6.5\nhostname \"d\"\nmgmt-user u root {}\n"),
    hash(
        "awplus-8-md5crypt",
        "!\nservice password-encryption\n!\nhostname d\nusername u privilege 15 password 8 {}\ninterface port1.0.1-1.0.24\nend\n",
    ),
    hash(
        "ubnt-airos-descrypt",
        "users.1.name=u\nusers.1.password={}\nusers.1.status=enabled\nusers.status=enabled\nresolv.host.1.name=d\nhttpd.status=enabled\n",
    ),
    hash(
        "edgeos-md5crypt",
        "system {\n    host-name d\n    login {\n        user ubnt {\n            authentication {\n                encrypted-password {}\n                plaintext-password \"\"\n            }\n            level admin\n        }\n    }\n}\n/* === vyatta-config-version: \"system@4:ubnt-pptp@1\" === */\n/* Release version: v1.10.11.5274269.200221.1028 */\n",
    ),
    hash(
        "vyos-sha512crypt",
        "set system host-name 'd'\nset system login user vyos authentication encrypted-password '{}'\nset service ssh port '22'\n",
    ),
    hash(
        "pfsense-bcrypt",
        "<?xml version=\"1.0\"?>\n<pfsense><version>21.7</version><system><hostname>d</hostname><user><name>admin</name><bcrypt-hash>{}</bcrypt-hash></user></system></pfsense>\n",
    ),
    hash(
        "opnsense-bcrypt",
        "<?xml version=\"1.0\"?>\n<opnsense><system><hostname>d</hostname><user><name>root</name><password>{}</password></user></system></opnsense>\n",
    ),
    hash(
        "netscaler-sha1",
        "#NS13.0 Build 47.24\nset ns hostName d\nset system user nsroot {} -encrypted\n",
    ),
    hash(
        "netscaler-sha512",
        "#NS13.0 Build 47.24\nset ns hostName d\nadd system user u {} -encrypted -hashmethod SHA512\n",
    ),
    hash("wpa-psk", PSK),
    hash("snmpv3-localized-md5", SNMP),
    hash("snmpv3-localized-sha1", SNMP),
    hash("descrypt", SHADOW),
    hash("md5crypt", SHADOW),
    hash("sha256crypt", SHADOW),
    hash("sha512crypt", SHADOW),
    hash("bcrypt", SHADOW),
    hash("yescrypt", SHADOW),
    hash("apr1", "u:{}\n"),
    hash("ldap-sha", "u:{}\n"),
    hash("htdigest-md5", "admin:ManagementRealm:{}\n"),
    hash(
        "nt",
        ": Saved\nASA Version 9.8(2)\nhostname d\nusername u password {} nt-encrypted\n: end\n",
    ),
];

/// Verified rows that stand elsewhere: databases, directories, registries, cameras, applications.
const ELSEWHERE: &[&str] = &[
    "screenos",
    "dahua-camera-md5-8",
    "vnc-des-fixed-key",
    "wpa-supplicant-plain-psk",
    "scrypt-$7$",
    "bsdi-des",
    "lm-half",
    "lm",
    "dcc",
    "dcc2",
    "smbpasswd-line",
    "gpp-cpassword",
    "raw-md5",
    "raw-sha1",
    "raw-sha256",
    "raw-sha512",
    "raw-md4",
    "sha1(pass.salt)",
    "sha256(pass.salt)",
    "sha512(pass.salt)",
    "ldap-ssha",
    "ldap-ssha256",
    "ldap-ssha512",
    "ldap-md5",
    "ldap-smd5",
    "ldap-crypt",
    "ldap-pbkdf2-sha256",
    "postgres-md5",
    "postgres-scram-sha-256",
    "mysql41",
    "mysql323",
    "mysql-caching_sha2",
    "mssql2000",
    "mssql2005",
    "mssql2012",
    "oracle-10g",
    "oracle-11g",
    "oracle-12c",
    "phpass",
    "drupal7",
    "django-pbkdf2",
    "passlib-pbkdf2-sha256",
    "openmrs-sha1",
    "openemr-bcrypt",
    "opendolphin-md5",
];

/// Scheme, stored value and note of every verified row.
fn vectors(list: &Path) -> Vec<[String; 3]> {
    let text = fs::read_to_string(list).expect("the list is text");
    let rows = text.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>());
    rows.filter(|row| row.get(3) == Some(&"yes"))
        .map(|row| [row[0], row[1], row.get(5).copied().unwrap_or_default()].map(str::to_owned))
        .collect()
}

/// Type digits of Cisco and algorithms of SNMP that belong to the value.
fn config(place: &Place, value: &str) -> String {
    let typed = match place.scheme {
        "cisco-type8-pbkdf2" => format!("8 {value}"),
        "cisco-type9-scrypt" => format!("9 {value}"),
        _ => value.to_owned(),
    };
    let algorithm = if place.scheme.ends_with("md5") { "md5" } else { "sha" };
    place.config.replace("{}", &typed).replace("ALG", algorithm)
}

/// Scheme and state of all secrets of a site that holds one configuration.
fn found(config: &str) -> Vec<(String, String)> {
    let scratch = tempfile::tempdir().expect("a folder");
    let devices = scratch.path().join("clinic/devices");
    fs::create_dir_all(&devices).expect("a new folder");
    fs::write(devices.join("d"), config).expect("a new file");
    let site = scratch.path().join("clinic");
    let site = site.to_str().expect("a plain path");
    let run = kagiban(&["inventory", site, "--what", "credentials", "--csv", "machine"]);
    let list = scratch.path().join("credentials.csv");
    fs::write(&list, run.stdout).expect("a new file");
    rows(&list)
        .into_iter()
        .map(|mut row| (take(&mut row, "scheme"), take(&mut row, "state")))
        .collect()
}

fn take(row: &mut std::collections::BTreeMap<String, String>, column: &str) -> String {
    row.remove(column).expect("the column")
}

#[test]
fn every_verified_scheme_of_a_device_is_read_with_its_scheme_and_state() {
    let list = root().join("../shared/vectors/schemes.tsv");
    if !list.exists() {
        println!("skipped: {} is absent", list.display());
        return;
    }
    let (mut wrong, mut met) = (Vec::new(), BTreeSet::new());
    for [scheme, value, note] in vectors(&list) {
        let Some(place) = PLACES.iter().find(|place| place.scheme == scheme) else {
            if !ELSEWHERE.contains(&scheme.as_str()) {
                wrong.push(format!("{scheme} has no configuration"));
            }
            continue;
        };
        met.insert(place.scheme);
        let found = found(&config(place, &value));
        let secrets: Vec<_> = found.iter().filter(|(_, state)| state != "locked").collect();
        let [(scheme, state)] = secrets[..] else {
            wrong.push(format!("{}: {found:?}", place.scheme));
            continue;
        };
        // Whether a value needs the operator's key, PAN-OS tells by the key that it was made with.
        let default_key = note.contains("the default master key");
        let wanted = match place.found {
            (scheme, "reversible-keyed") if default_key => (scheme, "reversible"),
            found => found,
        };
        if (scheme.as_str(), state.as_str()) != wanted {
            wrong.push(format!("{}: read as {scheme:?}, {state}", place.scheme));
        }
    }
    // `ldap-sha` and others of the list may leave it; that most are there shows that it was read.
    assert!(met.len() >= 40, "only {} schemes were met", met.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
